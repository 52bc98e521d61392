// What became of own messages between two snapshots. Pure.
import {type Message, type Snapshot, otherIn} from '../client/snapshot.ts';
import {type ChatEvent} from './events.ts';

/** Of each own message on show whose state is another one now, and of each that is new. */
export function stateChanges(before: Snapshot, after: Snapshot): ChatEvent[] {
	const events: ChatEvent[] = [];
	for (const [id, {messages}] of after.conversations) {
		const former = before.conversations.get(id)?.messages ?? [];
		if (former === messages) continue;
		// Mostly it is the newest that have changed, of many.
		let same = 0;
		while (same < former.length && former[same] === messages[same]) same++;
		const known = new Map(
			former
				.slice(same)
				.filter(isOwn)
				.map(message => [message.id, message]),
		);
		const last = former.at(-1);
		const lastAt = messages.findLastIndex(message => message.id === last?.id && message.direction === last.direction);
		for (const [index, message] of messages.entries()) {
			if (index < same || !isOwn(message)) continue;
			const was = known.get(message.id);
			// What is older has only come on show; without anything to compare with, what still waits is new.
			const isNew = lastAt === -1 ? message.state === 'queued' || message.state === 'sent' : index > lastAt;
			if (was === undefined ? isNew : was.state !== message.state) events.push(stateEvent(message));
		}
	}

	return events;
}

function isOwn({direction}: Message): boolean {
	return direction === 'out';
}

function stateEvent({id, conversation, state, reason}: Message): ChatEvent {
	return {type: 'state', id, peer: otherIn(conversation), state, ...(reason && {reason})};
}
