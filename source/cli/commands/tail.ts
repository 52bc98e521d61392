// tail: what comes in, one line a message, until the process is told to end.
import {type Client} from '../../client/facade.ts';
import {type Change, type Message, type Snapshot, talkWith} from '../../client/snapshot.ts';
import {type CommandIo} from '../command-io.ts';
import {changeLine, devicesLine, messageLine} from '../lines.ts';
import {jsonLine} from '../printable.ts';
import {problemWords, stoppedFailure} from '../report.ts';
import {UnreadPrinter} from '../unread.ts';
import {stopped, whenStopped} from '../until.ts';
import {type TailEvent, changeEvent, changes, eventRecord, messageEvent} from '../watch.ts';
import {catalogue} from '../../catalogue/catalogue.ts';

/** Changes that wait for a slow reader; past them the oldest are not printed. Messages wait on the disk. */
const CHANGE_LIMIT = 1000;

/**
 * Prints what is unread, then what comes; printed is read. Throws Failure when the connection ends for good, and OutputError when
 * nobody takes the output: what was not printed then comes with the next tail.
 */
export async function tail(client: Client, asJson: boolean, io: CommandIo): Promise<void> {
	await Promise.race([follow(client, asJson ? inJson(io) : inWords(io), io), stopped(io.stop)]);
}

type Printer = {
	readonly message: (message: Message) => Promise<void>;
	readonly change: (change: Change) => Promise<void>;
	readonly event: (event: TailEvent) => Promise<void>;
};

async function follow(client: Client, printer: Printer, {stop, complain}: CommandIo): Promise<void> {
	const unread = new UnreadPrinter(client, printer.message);
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

	let before: Snapshot | undefined;
	while (!stop.aborted) {
		news = Promise.withResolvers();
		const now = client.snapshot();
		for (const event of changes(before, now)) await printer.event(event);
		before = now;
		// What has come since `now` is unread by now, too.
		const {contacts} = client.snapshot();
		await unread.print(...contacts.filter(contact => contact.unread > 0).map(({name}) => talkWith(name)));
		for (const change of pending.splice(0)) await printer.change(change);
		const failure = stoppedFailure(client.snapshot());
		if (failure !== undefined) throw failure;
		await news.promise;
	}
}

const inJson = ({print}: CommandIo): Printer => ({
	message: async message => print(jsonLine(messageEvent(message))),
	change: async change => print(jsonLine(changeEvent(change))),
	event: async event => print(jsonLine(eventRecord(event))),
});

const inWords = ({print, complain}: CommandIo): Printer => ({
	message: async message => print(messageLine(message)),
	async change(change) {
		const line = changeLine(change);
		if (line !== undefined) await print(line);
	},
	async event(event) {
		if (event.type === 'devices') await print(devicesLine(event));
		if (event.type === 'disk' && event.problem !== null) complain(catalogue.lines.comesAgain(event.problem.message));
		if (event.type !== 'connection' || event.state !== 'waiting') return;
		complain(catalogue.connection.tryingAgain(problemWords(event.problem)));
	},
});
