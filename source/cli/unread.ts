// What came in while nobody looked.
import {type Client} from '../client/facade.ts';
import {type Message, type Snapshot} from '../client/snapshot.ts';

/** The unread messages of `name`, oldest first; they count as read from now on. */
export function takeUnread(client: Pick<Client, 'snapshot' | 'loadOlder' | 'markRead'>, name: string): Message[] {
	const unread = client.snapshot().contacts.find(contact => contact.name === name)?.unread ?? 0;
	if (unread === 0) return [];
	let incoming = incomingOf(client.snapshot(), name);
	while (incoming.length < unread && client.snapshot().conversations.get(name)?.hasOlder) {
		client.loadOlder(name);
		incoming = incomingOf(client.snapshot(), name);
	}

	client.markRead(name);
	return incoming.slice(-unread);
}

function incomingOf({conversations}: Snapshot, name: string): Message[] {
	return (conversations.get(name)?.messages ?? []).filter(message => message.direction === 'in');
}
