// pipe: lines in become messages, messages come out as lines.
import {type Client} from '../../client/facade.ts';
import {type Snapshot} from '../../client/snapshot.ts';
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
	peer: string,
	input: TextInput,
	waitMs: number,
	stop: AbortSignal,
): Promise<void> {
	const name = client.addContact(peer);
	const printing = new Printing(client, name);
	const isOver = until(client, now => stoppedFailure(now) !== undefined, {stop}).then(() => undefined);
	const over = Promise.race([isOver, printing.failed]);
	let first: string | undefined;
	try {
		for (;;) {
			const line = await Promise.race([input.line(LINE_LIMIT), over]);
			if (line === undefined) break;
			if (line === '') continue;
			const id = client.send(name, line);
			first ??= id;
		}
	} finally {
		input.close();
	}

	const whyNever = (now: Snapshot) => keyFailure(now, name) ?? stoppedFailure(now);
	const delivered = until(client, now => isDelivered(now, name) || whyNever(now) !== undefined, {
		withinMs: waitMs,
		stop,
	});
	await Promise.race([delivered, printing.failed]);
	const now = client.snapshot();
	if (!isDelivered(now, name)) throw whyNever(now) ?? notYet(now, name);
	const lost = first === undefined ? undefined : failureSince(now, name, first);
	if (lost !== undefined) throw lost;
}

/** Whether nothing waits: neither among the messages on show nor before them. */
function isDelivered({contacts, conversations}: Snapshot, name: string): boolean {
	const messages = conversations.get(name)?.messages ?? [];
	const isWaiting = messages.some(({state}) => state === 'queued' || state === 'sent');
	return !isWaiting && contacts.every(contact => contact.name !== name || contact.outbox === 0);
}

/** Prints what is unread from `name`, and what comes, until the output takes nothing more: then `failed` rejects. */
class Printing {
	readonly failed: Promise<never>;
	readonly #fail: (reason: unknown) => void;
	readonly #unread: UnreadPrinter;
	readonly #name: string;
	#last: Promise<void> = Promise.resolve();

	constructor(client: Client, name: string) {
		const {promise, reject} = Promise.withResolvers<never>();
		this.failed = promise;
		this.#fail = reject;
		this.#name = name;
		this.#unread = new UnreadPrinter(client, async ({text}) => print(printableLine(text)));
		client.onMessage(({peer}) => {
			if (peer === name) this.#print();
		});
		this.#print();
	}

	/** One after the other, so that each message is printed once. */
	#print(): void {
		this.#last = this.#last.then(async () => this.#unread.print(this.#name));
		this.#last.catch(this.#fail);
	}
}
