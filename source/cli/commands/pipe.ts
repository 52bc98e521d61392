// pipe: lines in become messages, messages come out as lines.
import {type Client} from '../../client/facade.ts';
import {type ConversationId, type Snapshot, contactIn, otherIn} from '../../client/snapshot.ts';
import {addressee} from '../addressee.ts';
import {inHalfTime} from '../half-time.ts';
import {print} from '../streams.ts';
import {printableLine} from '../printable.ts';
import {stoppedFailure} from '../report.ts';
import {type TextInput} from '../text-input.ts';
import {UnreadPrinter} from '../unread.ts';
import {until} from '../until.ts';
import {failureSince, keyFailure, notYet} from './send.ts';

/** UTF-16 units; what one message holds is for the client to say. */
const LINE_LIMIT = 65_536;

/**
 * Ends with `input`, once all of it is delivered. Throws Failure, 75 when some of it is kept for later, ClientError, and OutputError
 * when nobody takes the output: what was not printed then stays unread.
 */
export async function pipe(
	client: Client,
	to: string,
	input: TextInput,
	waitMs: number,
	stop: AbortSignal,
): Promise<void> {
	const conversation = await addressee(client, to);
	client.addContact(otherIn(conversation));
	const printing = new Printing(client, conversation);
	const isOver = until(client, now => stoppedFailure(now) !== undefined, {stop}).then(() => undefined);
	const over = Promise.race([isOver, printing.failed]);
	let first: string | undefined;
	try {
		for (;;) {
			const line = await Promise.race([input.line(LINE_LIMIT), over]);
			if (line === undefined) break;
			// What came together is written down together: each step waits for the disk, and what was said before must go out meanwhile.
			const lines = [line, ...input.ready(LINE_LIMIT)].filter(each => each !== '');
			const [id] = await inHalfTime(() => client.sendAll(conversation, lines));
			first ??= id;
		}
	} finally {
		input.close();
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

	constructor(client: Client, conversation: ConversationId) {
		const {promise, reject} = Promise.withResolvers<never>();
		this.failed = promise;
		this.#fail = reject;
		this.#conversation = conversation;
		this.#unread = new UnreadPrinter(client, async ({text}) => print(printableLine(text)));
		client.onMessage(message => {
			if (message.conversation === conversation) this.#print();
		});
		this.#print();
	}

	/** One after the other, so that each message is printed once. */
	#print(): void {
		this.#last = this.#last.then(async () => this.#unread.print(this.#conversation));
		this.#last.catch(this.#fail);
	}
}
