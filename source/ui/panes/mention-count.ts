// How many of a contact's unread messages mention the account.
import {type Contact, type Conversation, type Snapshot, talkWith} from '../../client/snapshot.ts';
import {mentions} from '../text/mentions.ts';

type Counted = {readonly unread: number; readonly count: number};

/** A cache by conversation, as the snapshot holds it; an entry goes with its conversation. */
const counted = new WeakMap<Conversation, Counted>();

export function mentionCount({account, conversations}: Snapshot, {name, unread}: Contact): number {
	const conversation = conversations.get(talkWith(name));
	if (unread === 0 || conversation === undefined || account === undefined) return 0;
	const known = counted.get(conversation);
	if (known?.unread === unread) return known.count;
	let left = unread;
	let count = 0;
	for (let index = conversation.messages.length - 1; index >= 0 && left > 0; index--) {
		const message = conversation.messages[index];
		if (message?.direction !== 'in') continue;
		left--;
		if (mentions(message.text, account.name)) count++;
	}

	counted.set(conversation, {unread, count});
	return count;
}
