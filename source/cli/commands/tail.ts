// tail: what comes in, one line a message, until the process is told to end.
import {type Client, type SaidFrom} from '../../client/facade.ts';
import {type Change, type Message, type Snapshot, talkWith} from '../../client/snapshot.ts';
import {type CommandIo} from '../command-io.ts';
import {type ChatEvent} from '../events.ts';
import {changeLine, devicesLine, messageLine} from '../lines.ts';
import {jsonLine} from '../printable.ts';
import {problemWords, stoppedFailure} from '../report.ts';
import {UnreadPrinter} from '../unread.ts';
import {stopped, whenStopped} from '../until.ts';
import {messageAnywhere} from '../verbs.ts';
import {changeEvent, changes, messageEvent} from '../watch.ts';
import {catalogue} from '../../catalogue/catalogue.ts';

/** Changes that wait for a slow reader; past them the oldest are not printed. Messages wait on the disk. */
const CHANGE_LIMIT = 1000;

/** Of messages that are kept: from that time on, server ms; or behind the message with this id. */
export type Since = {readonly time: number} | {readonly id: string};

export type TailOptions = {readonly json: boolean; readonly since?: Since | undefined};

/**
 * Prints what is unread, or all that has come since then; then what comes. Printed is read. Throws Failure when the connection ends for
 * good, ClientError, and OutputError when nobody takes the output: what was not printed then comes with the next tail.
 */
export async function tail(client: Client, {json, since}: TailOptions, io: CommandIo): Promise<void> {
	const from = since && fromOf(client, since);
	await Promise.race([follow(client, json ? inJson(io) : inWords(client, io), io, from), stopped(io.stop)]);
}

function fromOf(client: Client, since: Since): SaidFrom {
	if ('time' in since) return since;
	return {after: messageAnywhere(client, since.id)};
}

type Printer = {
	readonly message: (message: Message) => Promise<void>;
	readonly change: (change: Change) => Promise<void>;
	readonly event: (event: ChatEvent) => Promise<void>;
};

async function follow(
	client: Client,
	printer: Printer,
	{stop, complain}: CommandIo,
	from: SaidFrom | undefined,
): Promise<void> {
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

	if (from !== undefined) {
		const everybody = client.snapshot().contacts.map(({name}) => talkWith(name));
		await unread.printFrom(client.kept(), from, everybody);
	}

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
	event: async event => print(jsonLine(event)),
});

const inWords = (client: Client, {print, complain}: CommandIo): Printer => ({
	message: async message => print(messageLine(message)),
	async change(change) {
		const line = changeLine(change);
		if (line !== undefined) await print(line);
	},
	async event(event) {
		if (event.type === 'devices') await print(devicesLine(event));
		const {disk} = client.snapshot();
		if (event.type === 'disk' && disk !== undefined) complain(catalogue.lines.comesAgain(disk.message));
		if (event.type !== 'connection' || event.state !== 'waiting' || event.problem === undefined) return;
		complain(catalogue.connection.tryingAgain(problemWords(event.problem)));
	},
});
