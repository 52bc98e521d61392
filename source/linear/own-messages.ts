// What becomes of the person's own messages: each change is said once. Pure: (what is followed, a snapshot, the time) to lines.
import {type ConversationId, type Message, type MessageState, type Snapshot, otherIn} from '../client/snapshot.ts';
import {whyWaiting} from '../cli/until-delivered.ts';
import {failureWords, messageWords, quoted, spoken} from './linear-words.ts';
import {catalogue} from '../catalogue/catalogue.ts';

/** An own message that is not delivered by then is told to wait, ms. */
export const LATE_MS = 3000;
/** Messages that are followed; past them the oldest are not told of any more. */
const FOLLOWED_LIMIT = 1000;

type Followed = {readonly conversation: ConversationId; readonly since: number; readonly state: MessageState};

export type OwnMessages = {
	/** By id: what may still change, FOLLOWED_LIMIT at most, oldest first. */
	readonly followed: ReadonlyMap<string, Followed>;
	/** Where it has been said that messages wait; at most one entry a contact. */
	readonly late: ReadonlySet<ConversationId>;
};

export type OwnNews = {readonly own: OwnMessages; readonly lines: readonly string[]};

export const nothingFollowed: OwnMessages = {followed: new Map(), late: new Set()};

/** A message was sent here. `now` in local ms. */
export function follow(own: OwnMessages, conversation: ConversationId, id: string, now: number): OwnMessages {
	return following(own, [[id, {conversation, since: now, state: 'queued'}]]);
}

/** When something is to be said though nothing has happened, local ms; undefined while there is nothing. */
export function wakeAt({followed, late}: OwnMessages): number | undefined {
	const waiting = [...followed.values()].filter(each => isWaiting(each.state) && !late.has(each.conversation));
	return waiting.length === 0 ? undefined : Math.min(...waiting.map(({since}) => since)) + LATE_MS;
}

/** What waits at the first look is followed and not told of; later what another process has sent in the open conversation is said. */
export function ownNews(
	own: OwnMessages,
	{before, after, open}: {before: Snapshot | undefined; after: Snapshot; open: ConversationId | undefined},
	now: number,
): OwnNews {
	const lines: string[] = [];
	let next = own;
	const isFirst = before === undefined;
	for (const [id, conversation] of after.conversations) {
		const former = before?.conversations.get(id);
		if (conversation === former) continue;
		const sent = isFirst ? conversation.messages.filter(isWaitingOwn) : newOwn(former?.messages, conversation.messages);
		const {followed} = next;
		const fresh = isFirst || id === open ? sent.filter(message => !followed.has(message.id)) : [];
		if (!isFirst) lines.push(...fresh.flatMap(message => messageWords(message, {now: message.time})));
		const since = isFirst ? -Infinity : now;
		next = following(
			next,
			fresh.map(message => [message.id, {conversation: id, since, state: 'queued'}]),
		);
		const told = stateNews(next, id, {messages: conversation.messages, isOpen: id === open});
		next = told.own;
		lines.push(...told.lines);
	}

	return {own: next, lines};
}

/** A conversation in which something waits for too long is told of once, until something arrives there. */
export function lateNews(own: OwnMessages, snapshot: Snapshot, now: number): OwnNews {
	const late = new Set(own.late);
	const lines: string[] = [];
	for (const {conversation, since, state} of own.followed.values()) {
		if (!isWaiting(state) || late.has(conversation) || now - since < LATE_MS) continue;
		late.add(conversation);
		lines.push(spoken(catalogue.linear.notDelivered(whyWaiting(snapshot, conversation))), catalogue.linear.goesOut);
	}

	return {own: {...own, late}, lines};
}

/** Own messages behind the last one from before. */
function newOwn(former: readonly Message[] | undefined, messages: readonly Message[]): readonly Message[] {
	const last = former?.at(-1);
	if (last === undefined) return messages.length === 1 ? messages.filter(isOwn) : [];
	const at = messages.findLastIndex(({id, direction}) => id === last.id && direction === last.direction);
	return at === -1 ? [] : messages.slice(at + 1).filter(isOwn);
}

function stateNews(
	own: OwnMessages,
	conversation: ConversationId,
	{messages, isOpen}: {messages: readonly Message[]; isOpen: boolean},
): OwnNews {
	const wanted = [...own.followed].filter(([, each]) => each.conversation === conversation);
	if (wanted.length === 0) return {own, lines: []};
	const followed = new Map(own.followed);
	const late = new Set(own.late);
	const byState = new Map<MessageState, Message[]>();
	const shown = ownById(messages, new Set(wanted.map(([id]) => id)));
	for (const [id, {since, state: said}] of wanted) {
		const message = shown.get(id);
		if (message?.state === said) continue;
		// What is read changes no more; what has failed may be sent again.
		if (message === undefined || message.state === 'read') followed.delete(id);
		else followed.set(id, {conversation, since, state: message.state});
		if (message === undefined) continue;
		byState.set(message.state, [...(byState.get(message.state) ?? []), message]);
		if (!isWaiting(message.state)) late.delete(conversation);
	}

	const name = otherIn(conversation);
	const failed = byState.get('failed')?.filter(({reason}) => reason !== 'cancelled') ?? [];
	return {
		own: {followed, late},
		lines: [
			...deliveredLines(isOpen ? undefined : name, byState.get('delivered')?.length),
			...readLines(isOpen ? undefined : name, byState.get('read')?.length),
			...failed.map(message => spoken(catalogue.linear.notSent(quoted(message.text), failureWords(message)))),
		],
	};
}

/** Those of the wanted that are there, found from the newest on. */
function ownById(messages: readonly Message[], wanted: ReadonlySet<string>): ReadonlyMap<string, Message> {
	const found = new Map<string, Message>();
	for (let index = messages.length - 1; index >= 0 && found.size < wanted.size; index--) {
		const message = messages[index]!;
		if (isOwn(message) && wanted.has(message.id)) found.set(message.id, message);
	}

	return found;
}

/** `whom` is undefined for who is talked to just now. */
function deliveredLines(whom: string | undefined, count = 0): string[] {
	if (count === 0) return [];
	const {delivered, deliveredTo, deliveredCount, deliveredCountTo} = catalogue.linear;
	if (whom === undefined) return [count === 1 ? delivered : deliveredCount(count)];
	return [count === 1 ? deliveredTo(whom) : deliveredCountTo(whom, count)];
}

function readLines(whom: string | undefined, count = 0): string[] {
	if (count === 0) return [];
	const {read, readBy, readCount, readCountBy} = catalogue.linear;
	if (whom === undefined) return [count === 1 ? read : readCount(count)];
	return [count === 1 ? readBy(whom) : readCountBy(whom, count)];
}

function isOwn({direction}: Message): boolean {
	return direction === 'out';
}

function isWaitingOwn(message: Message): boolean {
	return isOwn(message) && isWaiting(message.state);
}

function isWaiting(state: MessageState): boolean {
	return state === 'queued' || state === 'sent';
}

/** What waits since before this start is not late: it is told of at the start. */
function following({followed, late}: OwnMessages, added: ReadonlyArray<readonly [string, Followed]>): OwnMessages {
	if (added.length === 0) return {followed, late};
	const old = added.filter(([, {since}]) => since === -Infinity).map(([, {conversation}]) => conversation);
	return {
		followed: new Map([...followed, ...added].slice(-FOLLOWED_LIMIT)),
		late: new Set([...late, ...old]),
	};
}
