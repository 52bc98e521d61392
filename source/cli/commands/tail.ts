// tail: what comes in, one line a message, until the process is told to end.
import {type Client} from '../../client/facade.ts';
import {type Change, type Message, type Snapshot} from '../../client/snapshot.ts';
import {changeLine, messageLine} from '../lines.ts';
import {complain, print} from '../output.ts';
import {jsonLine} from '../printable.ts';
import {PROBLEM_WORDS, stoppedFailure} from '../report.ts';
import {takeUnread} from '../unread.ts';
import {until} from '../until.ts';
import {type TailEvent, changeEvent, changes, messageEvent} from '../watch.ts';

/** Prints what is unread, then what comes; printed is read. Throws Failure when the connection ends for good. */
export async function tail(client: Client, asJson: boolean, stop: AbortSignal): Promise<void> {
	const printMessage = asJson
		? (message: Message) => print(jsonLine(messageEvent(message)))
		: (message: Message) => print(messageLine(message));
	const printChange = asJson ? (event: TailEvent) => print(jsonLine(event)) : complainOf;
	let before: Snapshot | undefined;
	const printChanges = () => {
		const now = client.snapshot();
		for (const event of changes(before, now)) printChange(event);
		before = now;
	};

	printChanges();
	client.subscribe(printChanges);
	for (const {name} of client.snapshot().contacts) takeUnread(client, name).forEach(printMessage);
	client.onMessage(message => {
		printMessage(message);
		client.markRead(message.peer);
	});
	client.onChange(asJson ? change => print(jsonLine(changeEvent(change))) : printChangeLine);
	await until(client, now => stoppedFailure(now) !== undefined, {stop});
	const failure = stoppedFailure(client.snapshot());
	if (failure !== undefined) throw failure;
}

function printChangeLine(change: Change): void {
	const line = changeLine(change);
	if (line !== undefined) print(line);
}

function complainOf(event: TailEvent): void {
	if (event.type === 'disk' && event.problem !== null) complain(`${event.problem}; what comes meanwhile comes again`);
	if (event.type !== 'connection' || event.state !== 'waiting') return;
	complain(`${PROBLEM_WORDS[event.problem]}; trying again by itself`);
}
