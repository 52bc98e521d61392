// What happened between two snapshots that a script wants to hear of. Pure.
import {type ActName, actKind} from '../content/kinds.ts';
import {
	type Change,
	type ConnectionState,
	type Contact,
	type DiskProblem,
	type Message,
	type NoWay,
	type Path,
	type Snapshot,
	lastKnown,
	obstacleWords,
	otherIn,
	pathWords,
} from '../client/snapshot.ts';
import {inEnglish} from '../catalogue/catalogue.ts';

/** `peer` is the name of the other one. */
export type TailEvent =
	| {
			readonly type: 'message';
			readonly id: string;
			readonly peer: string;
			readonly time: number;
			readonly text: string;
			/** The id of the message that this one answers, and whether it is ours. */
			readonly reply?: {readonly id: string; readonly own: boolean};
			/** Seconds after reading that it disappears. */
			readonly lifetime?: number;
	  }
	| ChangeEvent
	| {readonly type: 'presence'; readonly name: string; readonly presence: Contact['presence']}
	| PathEvent
	| DevicesEvent
	/** Why the disk takes nothing, null when it does again: what comes meanwhile comes again. */
	| {readonly type: 'disk'; readonly problem: DiskProblem | null}
	| ({readonly type: 'connection'} & ConnectionState);

/**
 * What somebody did: `id` is of the message that it is about, `own` says whether that is ours where it can be either's. What else there is
 * depends on the kind of act.
 */
type ChangeEvent = {
	readonly type: ActName;
	readonly peer: string;
	readonly time: number;
	readonly id?: string;
	readonly own?: boolean;
	readonly [more: string]: unknown;
};

/** A contact uses so many devices from then on, server ms, and not those of before. */
export type DevicesEvent = {
	readonly type: 'devices';
	readonly name: string;
	readonly time: number;
	readonly count: number;
};

/** How a contact is reached now: `path` is the kind, `words` is what a person is told; the rest says more of some kinds. */
type PathEvent = {
	readonly type: 'path';
	readonly name: string;
	readonly path: Path['kind'];
	readonly words: string;
	/** Of lan and direct. */
	readonly address?: string;
	/** Of no-way. */
	readonly reason?: NoWay['kind'];
	/** Of blocked. */
	readonly why?: string;
};

/** Without the round-trip time, which is another each time. */
function pathEvent({name, path: current}: Contact): PathEvent {
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

export function messageEvent({id, conversation, time, text, reply, lifetime}: Message): TailEvent {
	return {
		type: 'message',
		id,
		peer: otherIn(conversation),
		time,
		text,
		...(reply && {reply: {id: reply.id, own: reply.direction === 'out'}}),
		...(lifetime !== undefined && {lifetime}),
	};
}

/** A message of the history, all of it. */
export function messageRecord({id, conversation, ...rest}: Message): Readonly<Record<string, unknown>> {
	return {id, peer: otherIn(conversation), ...rest};
}

export function changeEvent({kind, conversation, time, message, value}: Change): TailEvent {
	const {about, event} = actKind(kind);
	return {
		type: kind,
		peer: otherIn(conversation),
		time,
		...(message && {id: message.id}),
		...(about === 'any' && {own: message?.direction === 'out'}),
		...event(value),
	};
}

/** As one object of JSON: its words are English, whatever language is spoken. */
export function eventRecord(event: TailEvent): Readonly<Record<string, unknown>> {
	if (event.type !== 'disk') return event;
	return {...event, problem: inEnglish(() => event.problem?.message ?? null)};
}

/** The connection first, then the disk, then who came and went, who uses other devices, and how they are reached; without an earlier snapshot all of it is news, but for devices. */
export function changes(before: Snapshot | undefined, after: Snapshot): TailEvent[] {
	const events: TailEvent[] = [];
	if (JSON.stringify(before?.connection) !== JSON.stringify(after.connection)) {
		events.push({type: 'connection', ...after.connection});
	}

	if (before?.disk !== after.disk) events.push({type: 'disk', problem: after.disk ?? null});
	const known = new Map(before?.contacts.map(contact => [contact.name, contact]));
	for (const contact of after.contacts) {
		const {name, presence} = contact;
		const former = known.get(name);
		if (former?.presence !== presence) events.push({type: 'presence', name, presence});
		const {devices} = contact;
		if (former !== undefined && devices !== undefined && devices.since !== former.devices?.since) {
			events.push({type: 'devices', name, time: devices.since, count: devices.count});
		}

		const [was, is] = [pathEvent(former ?? {...contact, path: {kind: 'none'}}), pathEvent(contact)];
		if (JSON.stringify(was) !== JSON.stringify(is)) events.push(is);
	}

	return events;
}
