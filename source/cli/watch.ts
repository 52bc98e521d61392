// What happened between two snapshots that a script wants to hear of. Pure.
import {type Connection, type Contact, type Message, type Snapshot} from '../client/snapshot.ts';

export type TailEvent =
	| {readonly type: 'message'; readonly id: string; readonly peer: string; readonly time: number; readonly text: string}
	| {readonly type: 'presence'; readonly name: string; readonly presence: Contact['presence']}
	| ({readonly type: 'connection'} & Connection);

export function messageEvent({id, peer, time, text}: Message): TailEvent {
	return {type: 'message', id, peer, time, text};
}

/** The connection first, then who came and went; without an earlier snapshot all of it is news. */
export function changes(before: Snapshot | undefined, after: Snapshot): TailEvent[] {
	const events: TailEvent[] = [];
	if (JSON.stringify(before?.connection) !== JSON.stringify(after.connection)) {
		events.push({type: 'connection', ...after.connection});
	}

	const known = new Map(before?.contacts.map(({name, presence}) => [name, presence]));
	for (const {name, presence} of after.contacts) {
		if (known.get(name) !== presence) events.push({type: 'presence', name, presence});
	}

	return events;
}
