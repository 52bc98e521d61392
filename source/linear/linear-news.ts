// What the linear client says by itself, without being asked: (what it has said, an event, the time) to lines. Pure.
import {
	type Change,
	type ConnectionState,
	type ConversationId,
	type Message,
	type Snapshot,
	contactIn,
	otherIn,
	talkWith,
} from '../client/snapshot.ts';
import {clockLine, problemWords} from '../cli/report.ts';
import {mentions} from '../ui/text/mentions.ts';
import {type FilesHeard, fileNews} from './file-news.ts';
import {deviceLines} from './linear-devices.ts';
import {actWords, presenceWords, spoken} from './linear-words.ts';
import {type OwnMessages, follow, lateNews, nothingFollowed, ownNews} from './own-messages.ts';
import {catalogue} from '../catalogue/catalogue.ts';

/** What has been said, so that it is said once. */
export type Heard = {
	/** Undefined before the first one. */
	readonly snapshot: Snapshot | undefined;
	readonly open: ConversationId | undefined;
	/** What was said last of the connection. */
	readonly connection: 'nothing' | 'online' | 'waiting' | 'stopped';
	readonly wasOnline: boolean;
	/** Of whom we talk to, as said last: online or offline, and why they are away. */
	readonly presence: string | undefined;
	readonly away: string | undefined;
	readonly own: OwnMessages;
	readonly files: FilesHeard;
	/** Where unread messages have been told of; at most one entry a contact. */
	readonly announced: ReadonlySet<ConversationId>;
};

export const nothingHeard: Heard = {
	snapshot: undefined,
	open: undefined,
	connection: 'nothing',
	wasOnline: false,
	presence: undefined,
	away: undefined,
	own: nothingFollowed,
	files: new Map(),
	announced: new Set(),
};

export type NewsEvent =
	| {readonly kind: 'snapshot'; readonly snapshot: Snapshot}
	/** A new incoming message. */
	| {readonly kind: 'message'; readonly message: Message; readonly isMuted: boolean}
	| {readonly kind: 'change'; readonly change: Change}
	/** A message that was typed here. */
	| {readonly kind: 'sent'; readonly id: string; readonly conversation: ConversationId}
	| {readonly kind: 'opened'; readonly conversation: ConversationId | undefined}
	/** Nothing but time. */
	| {readonly kind: 'time'};

export type News = {
	readonly heard: Heard;
	/** As they are, not cleaned. */
	readonly lines: readonly string[];
	/** In this conversation there is something to read out. */
	readonly reads?: ConversationId;
	/** Somebody wrote elsewhere: the person may want to be rung for. */
	readonly rings?: {readonly conversation: ConversationId; readonly isMention: boolean};
};

/** `now` in local ms. */
export function hear(heard: Heard, event: NewsEvent, now: number): News {
	switch (event.kind) {
		case 'snapshot':
			return hearSnapshot(heard, event.snapshot, now);
		case 'message':
			return hearMessage(heard, event.message, event.isMuted);
		case 'change':
			return {heard, lines: changeWords(heard, event.change)};
		case 'sent':
			return {heard: {...heard, own: follow(heard.own, event.conversation, event.id, now)}, lines: []};
		case 'opened': {
			const {conversation: open} = event;
			const contact = heard.snapshot && contactIn(heard.snapshot, open);
			const announced = new Set([...heard.announced].filter(each => each !== open));
			return {
				heard: {...heard, open, announced, presence: contact && presenceWords(contact), away: contact?.away},
				lines: [],
			};
		}

		default: {
			if (heard.snapshot === undefined) return {heard, lines: []};
			const {own, lines} = lateNews(heard.own, heard.snapshot, now);
			return {heard: {...heard, own}, lines};
		}
	}
}

function hearSnapshot(heard: Heard, snapshot: Snapshot, now: number): News {
	const {snapshot: before} = heard;
	const connection = connectionNews(heard, snapshot);
	const states = ownNews(heard.own, {before, after: snapshot, open: heard.open}, now);
	const files = fileNews(heard.files, {before, after: snapshot}, now);
	const contacts = contactNews({...connection.heard, own: states.own, files: files.files}, snapshot);
	const disk = snapshot.disk !== undefined && snapshot.disk !== before?.disk ? [spoken(snapshot.disk.message)] : [];
	return {
		heard: {...contacts.heard, snapshot},
		lines: [
			...connection.lines,
			...disk,
			...deviceLines(before?.devices, snapshot.devices, now),
			...states.lines,
			...files.lines,
			...contacts.lines,
		],
	};
}

/** Each outage is said once, whatever its reason becomes while it lasts, and so is its end. */
function connectionNews(heard: Heard, {connection, clockOffset}: Snapshot): News {
	const said = sayable(connection);
	if (said === undefined || said === heard.connection) return {heard, lines: []};
	const {linear: words} = catalogue;
	const next = {...heard, connection: said, wasOnline: heard.wasOnline || said === 'online'};
	if (connection.state === 'online') {
		const clock = heard.wasOnline ? undefined : clockLine(clockOffset);
		return {
			heard: next,
			lines: [
				heard.wasOnline ? words.connectedAgain : words.connected,
				...(clock === undefined ? [] : [spoken(clock)]),
			],
		};
	}

	const problem = 'problem' in connection ? problemWords(connection.problem) : '';
	if (said === 'waiting') return {heard: next, lines: [spoken(words.retried(problem))]};
	return {
		heard: next,
		lines: [...problem.split('\n').map(line => spoken(line)), words.stopped],
	};
}

function sayable({state}: ConnectionState): 'online' | 'waiting' | 'stopped' | undefined {
	return state === 'online' || state === 'waiting' || state === 'stopped' ? state : undefined;
}

function contactNews(heard: Heard, snapshot: Snapshot): News {
	const {snapshot: before, open} = heard;
	const known = new Map(before?.contacts.map(contact => [contact.name, contact]));
	const lines: string[] = [];
	const announced = new Set(heard.announced);
	let {presence, away} = heard;
	const {isAway, isBack} = catalogue.linear;
	for (const contact of snapshot.contacts) {
		const conversation = talkWith(contact.name);
		const former = known.get(contact.name);
		if (contact === former) continue;
		if (contact.unread === 0) announced.delete(conversation);
		if (contact.identity === 'changed' && former?.identity !== 'changed') lines.push(...keyWords(contact.name));
		if (contact.request === true && contact.unread > 0 && conversation !== open && !announced.has(conversation)) {
			announced.add(conversation);
			lines.push(...requestWords(contact.name));
		}

		if (former === undefined) continue;
		const {devices} = contact;
		if (devices !== undefined && devices.since !== former.devices?.since) {
			const words = catalogue.conversation.devices(contact.name, devices.count);
			lines.push(spoken(words, new Set([contact.name])));
		}

		if (conversation !== open) continue;
		const is = presenceWords(contact);
		if (is !== presence && contact.presence !== 'unknown') {
			presence = is;
			lines.push(catalogue.linear.isNow(contact.name, is));
		}

		if (contact.away !== away) {
			away = contact.away;
			lines.push(away === undefined ? isBack(contact.name) : isAway(contact.name, away));
		}
	}

	return {heard: {...heard, announced, presence, away}, lines};
}

/** What a person must decide about a key. */
export function keyWords(name: string): string[] {
	return [...catalogue.linear.keyWarning(name), keyChoices(name)];
}

export function keyChoices(name: string): string {
	return catalogue.linear.keyChoices(name);
}

export function requestWords(name: string): string[] {
	const {requestWarning, requestReads} = catalogue.linear;
	return [requestWarning(name), requestReads(name)];
}

export function requestChoices(name: string): string {
	return catalogue.linear.requestChoices(name);
}

/** The open conversation is read out; of others it is said once that there is something. */
function hearMessage(heard: Heard, {conversation, text}: Message, isMuted: boolean): News {
	const {snapshot, open, announced} = heard;
	if (conversation === open) return {heard, lines: [], reads: conversation};
	const contact = snapshot && contactIn(snapshot, conversation);
	// Of strangers the snapshot tells. There is no notification of their messages.
	if (isMuted || contact?.request === true || contact === undefined) return {heard, lines: []};
	const name = otherIn(conversation);
	const isMention = mentions(text, snapshot?.account?.name ?? '');
	const rings = {conversation, isMention};
	if (isMention) return {heard: announcing(heard, conversation), lines: [catalogue.linear.mention(name)], rings};
	if (announced.has(conversation)) return {heard, lines: [], rings};
	return {heard: announcing(heard, conversation), lines: [catalogue.linear.newFrom(name)], rings};
}

function announcing(heard: Heard, conversation: ConversationId): Heard {
	return {...heard, announced: new Set([...heard.announced, conversation])};
}

function changeWords({snapshot, open}: Heard, change: Change): readonly string[] {
	const {conversation, direction, message} = change;
	if (conversation !== open || direction === 'out') return [];
	const about = snapshot?.conversations
		.get(conversation)
		?.messages.find(each => each.id === message?.id && each.direction === message?.direction);
	return actWords(change, about) ?? [];
}
