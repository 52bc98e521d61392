// Follows what happens to an account: messages, what is done about them, and how it stands with everybody, each handed on once.
import {type Client, type SaidFrom} from '../client/facade.ts';
import {type Change, type Message, type Snapshot, talkWith} from '../client/snapshot.ts';
import {type CommandIo} from './command-io.ts';
import {type ChatEvent} from './events.ts';
import {stoppedFailure} from './report.ts';
import {UnreadPrinter} from './unread.ts';
import {whenStopped} from './until.ts';
import {changes} from './watch.ts';
import {catalogue} from '../catalogue/catalogue.ts';

/** Changes that wait for a slow reader; past them the oldest are not printed. Messages wait on the disk. */
const CHANGE_LIMIT = 1000;

/** What takes the events, one after the other. */
export type Follower = {
	/** When it resolves the message counts as read. */
	readonly message: (message: Message) => Promise<void>;
	readonly change: (change: Change) => Promise<void>;
	readonly event: (event: ChatEvent) => Promise<void>;
	/** Whether messages are wanted now; always unless given. Until then they stay unread. */
	readonly wantsMessages?: () => boolean;
	/** Calls `listener` when they are wanted from then on. */
	readonly onWanted?: (listener: () => void) => void;
};

/**
 * Hands on what is unread, before it all that has come since `from`, and then what comes, until `stop`. Throws Failure when the connection
 * ends for good, ClientError, and what the follower throws: what it has not taken then stays unread.
 */
export async function followAccount(
	client: Client,
	follower: Follower,
	{stop, complain}: Pick<CommandIo, 'stop' | 'complain'>,
	from?: SaidFrom,
): Promise<void> {
	const unread = new UnreadPrinter(client, follower.message);
	const pending: Change[] = [];
	// What listens is called by whoever makes the change, in another language perhaps.
	const {changeLost} = catalogue.lines;
	let news = Promise.withResolvers<void>();
	const stopListening = [
		client.subscribe(() => news.resolve()),
		client.onMessage(message => {
			unread.arrived(message);
			news.resolve();
		}),
		client.onChange(change => {
			pending.push(change);
			if (pending.length > CHANGE_LIMIT) {
				pending.shift();
				complain(changeLost);
			}

			news.resolve();
		}),
	];
	whenStopped(stop, () => stopListening.forEach(end => end()));
	follower.onWanted?.(() => news.resolve());

	if (from !== undefined) {
		const everybody = client.snapshot().contacts.map(({name}) => talkWith(name));
		await unread.printFrom(client.kept(), from, everybody);
	}

	let before: Snapshot | undefined;
	while (!stop.aborted) {
		news = Promise.withResolvers();
		const now = client.snapshot();
		for (const event of changes(before, now)) await follower.event(event);
		before = now;
		// What has come since `now` is unread by now, too.
		const {contacts} = client.snapshot();
		const waiting = contacts.filter(contact => contact.unread > 0).map(({name}) => talkWith(name));
		if (follower.wantsMessages?.() ?? true) await unread.print(...waiting);
		for (const change of pending.splice(0)) await follower.change(change);
		const failure = stoppedFailure(client.snapshot());
		if (failure !== undefined) throw failure;
		await news.promise;
	}
}
