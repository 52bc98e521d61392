// pipe: lines in become messages, messages come out as lines.
import {type Client} from '../../client/facade.ts';
import {type ConversationId, type Snapshot, contactIn, otherIn} from '../../client/snapshot.ts';
import {type CommandIo} from '../command-io.ts';
import {addressee} from '../addressee.ts';
import {inHalfTime} from '../half-time.ts';
import {printableLine} from '../printable.ts';
import {stoppedFailure} from '../report.ts';
import {UnreadPrinter} from '../unread.ts';
import {until, whenStopped} from '../until.ts';
import {failureSince, keyFailure, notYet} from '../until-delivered.ts';
import {sendOnce} from './send.ts';

/**
 * Ends with what there is to send, once all of it is delivered. Throws Failure, 75 when some of it is kept for later, ClientError, and OutputError
 * when nobody takes the output: what was not printed then stays unread.
 */
export async function pipe(client: Client, to: string, waitMs: number, io: CommandIo): Promise<void> {
	const {toSend, stop} = io;
	const conversation = await addressee(client, to);
	client.addContact(otherIn(conversation));
	const printing = new Printing(client, conversation, io);
	const isOver = until(client, now => stoppedFailure(now) !== undefined, {stop}).then(() => undefined);
	const over = Promise.race([isOver, printing.failed]);
	let first: string | undefined;
	for (;;) {
		const line = await Promise.race([toSend.next(), over]);
		if (line === undefined) break;
		// What came together is written down together: each step waits for the disk, and what was said before must go out meanwhile.
		const more = toSend.ready?.().filter(text => text !== '') ?? [];
		const ids: string[] = [];
		if (line.text !== '') ids.push(await inHalfTime(() => sendOnce(client, conversation, line, toSend)));
		if (more.length > 0) ids.push(...(await inHalfTime(() => client.sendAll(conversation, more))));
		first ??= ids[0];
	}

	const whyNever = (now: Snapshot) => keyFailure(now, conversation) ?? stoppedFailure(now);
	const delivered = until(client, now => isDelivered(now, conversation) || whyNever(now) !== undefined, {
		withinMs: waitMs,
		stop,
	});
	await Promise.race([delivered, printing.failed]);
	const now = client.snapshot();
	if (!isDelivered(now, conversation)) throw whyNever(now) ?? notYet(client, conversation);
	const lost = first === undefined ? undefined : failureSince(now, conversation, first);
	if (lost !== undefined) throw lost;
}

/** Whether nothing waits: neither among the messages on show nor before them. */
function isDelivered(snapshot: Snapshot, conversation: ConversationId): boolean {
	const messages = snapshot.conversations.get(conversation)?.messages ?? [];
	const isWaiting = messages.some(({state}) => state === 'queued' || state === 'sent');
	return !isWaiting && (contactIn(snapshot, conversation)?.outbox ?? 0) === 0;
}

/** Prints what is unread in a conversation, and what comes, until the output takes nothing more: then `failed` rejects. */
class Printing {
	readonly failed: Promise<never>;
	readonly #fail: (reason: unknown) => void;
	readonly #unread: UnreadPrinter;
	readonly #conversation: ConversationId;
	#last: Promise<void> = Promise.resolve();

	constructor(client: Client, conversation: ConversationId, io: CommandIo) {
		const {promise, reject} = Promise.withResolvers<never>();
		this.failed = promise;
		this.#fail = reject;
		this.#conversation = conversation;
		this.#unread = new UnreadPrinter(client, async ({text}) => io.print(printableLine(text)));
		const stopListening = client.onMessage(message => {
			if (message.conversation !== conversation) return;
			this.#unread.arrived(message);
			this.#print();
		});
		whenStopped(io.stop, stopListening);
		this.#print();
	}

	/** One after the other, so that each message is printed once. */
	#print(): void {
		this.#last = this.#last.then(async () => this.#unread.print(this.#conversation));
		this.#last.catch(this.#fail);
	}
}
