// pipe: lines in become messages, messages come out as lines.
import {type Client} from '../../client/facade.ts';
import {type Message, type Snapshot} from '../../client/snapshot.ts';
import {print} from '../output.ts';
import {printableLine} from '../printable.ts';
import {stoppedFailure} from '../report.ts';
import {type TextInput} from '../text-input.ts';
import {takeUnread} from '../unread.ts';
import {until} from '../until.ts';
import {keyFailure, notYet} from './send.ts';

/** UTF-16 units; what one message holds is for the client to say. */
const LINE_LIMIT = 65_536;

/** Ends with `input`, once all of it is delivered. Throws Failure, 75 when some of it is kept for later, and ClientError. */
export async function pipe(
	client: Client,
	peer: string,
	input: TextInput,
	waitMs: number,
	stop: AbortSignal,
): Promise<void> {
	const name = client.addContact(peer);
	takeUnread(client, name).forEach(printMessage);
	client.onMessage(message => {
		if (message.peer !== name) return;
		printMessage(message);
		client.markRead(name);
	});

	const over = until(client, now => stoppedFailure(now) !== undefined, {stop}).then(() => undefined);
	try {
		for (;;) {
			const line = await Promise.race([input.line(LINE_LIMIT), over]);
			if (line === undefined) break;
			if (line !== '') client.send(name, line);
		}
	} finally {
		input.close();
	}

	const whyNever = (now: Snapshot) => keyFailure(now, name) ?? stoppedFailure(now);
	await until(client, now => isDelivered(now, name) || whyNever(now) !== undefined, {withinMs: waitMs, stop});
	const now = client.snapshot();
	if (!isDelivered(now, name)) throw whyNever(now) ?? notYet(now, name);
}

/** Whether nothing waits: neither among the messages on show nor before them. */
function isDelivered({contacts, conversations}: Snapshot, name: string): boolean {
	const messages = conversations.get(name)?.messages ?? [];
	const isWaiting = messages.some(({state}) => state === 'queued' || state === 'sent');
	return !isWaiting && contacts.every(contact => contact.name !== name || contact.outbox === 0);
}

function printMessage({text}: Message): void {
	print(printableLine(text));
}
