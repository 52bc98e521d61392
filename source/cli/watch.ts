// What happened between two snapshots that a script wants to hear of. Pure.
import {type ActName, actKind} from '../content/kinds.ts';
import {
	type Change,
	type Contact,
	type Message,
	type Snapshot,
	lastKnown,
	obstacleWords,
	otherIn,
	pathWords,
} from '../client/snapshot.ts';
import {type ChatEvent, type EventOf} from './events.ts';
import {stateChanges} from './own-states.ts';
import {inEnglish} from '../catalogue/catalogue.ts';

/** Without the round-trip time, which is another each time. */
function pathEvent({name, path: current}: Contact): EventOf<'path'> {
	// That it is tried again is no news.
	const path = lastKnown(current);
	const {kind} = path;
	const isReached = kind === 'lan' || kind === 'direct';
	const words = isReached ? kind : inEnglish(() => pathWords(path, name, 'since' in path ? path.since : 0));
	return {
		type: 'path',
		name,
		path: kind,
		words,
		...('address' in path && {address: path.address}),
		...('reason' in path && {reason: path.reason.kind}),
		...('why' in path && {why: inEnglish(() => obstacleWords(path))}),
	};
}

export function messageEvent({id, conversation, time, text, reply, lifetime, file}: Message): EventOf<'message'> {
	return {
		type: 'message',
		id,
		peer: otherIn(conversation),
		time,
		text,
		...(reply && {reply: {id: reply.id, own: reply.direction === 'out'}}),
		...(lifetime !== undefined && {lifetime}),
		...(file && {file: {name: file.name, size: file.size}}),
	};
}

/** A message of the history, all of it. */
export function messageRecord({id, conversation, ...rest}: Message): Readonly<Record<string, unknown>> {
	return {id, peer: otherIn(conversation), ...rest};
}

export function changeEvent({kind, conversation, time, message, value}: Change): ChatEvent {
	const {about, event} = actKind(kind);
	return {
		type: kind,
		peer: otherIn(conversation),
		time,
		...(message && {id: message.id}),
		...(about === 'any' && {own: message?.direction === 'out'}),
		...event(value),
	} as EventOf<ActName>;
}

/** The connection first, then the disk, then each contact, then what became of own messages; without an earlier snapshot all of it is news, but for devices and messages. */
export function changes(before: Snapshot | undefined, after: Snapshot): ChatEvent[] {
	const events: ChatEvent[] = [];
	if (JSON.stringify(before?.connection) !== JSON.stringify(after.connection)) {
		events.push({type: 'connection', ...after.connection});
	}

	if (before?.disk !== after.disk) {
		events.push({type: 'disk', problem: inEnglish(() => after.disk?.message ?? null)});
	}

	const known = new Map(before?.contacts.map(contact => [contact.name, contact]));
	for (const contact of after.contacts) events.push(...contactChanges(known.get(contact.name), contact));
	if (before === undefined) return events;
	return [...events, ...stateChanges(before, after), ...transferChanges(before, after)];
}

/** That more of it is there is no news. */
function transferChanges(before: Snapshot, {transfers = new Map()}: Snapshot): ChatEvent[] {
	return [...transfers].flatMap(([key, {conversation, message, state, problem, path}]): ChatEvent[] => {
		if (before.transfers?.get(key)?.state === state) return [];
		const own = message.direction === 'out';
		const peer = otherIn(conversation);
		return [{type: 'transfer', id: message.id, peer, own, state, ...(problem && {problem}), ...(path && {path})}];
	});
}

function contactChanges(former: Contact | undefined, contact: Contact): ChatEvent[] {
	const events: ChatEvent[] = [];
	const {name, presence, identity, devices} = contact;
	if (contact.request === true && former?.request !== true) events.push({type: 'request', name});
	if (former?.presence !== presence) events.push({type: 'presence', name, presence});
	if ((former?.identity ?? 'unknown') !== identity) events.push({type: 'identity', name, identity});
	if (former?.away !== contact.away) events.push({type: 'away', name, text: contact.away ?? null});
	if (former !== undefined && devices !== undefined && devices.since !== former.devices?.since) {
		events.push({type: 'devices', name, time: devices.since, count: devices.count});
	}

	const [was, is] = [pathEvent(former ?? {...contact, path: {kind: 'none'}}), pathEvent(contact)];
	if (JSON.stringify(was) !== JSON.stringify(is)) events.push(is);
	return events;
}
