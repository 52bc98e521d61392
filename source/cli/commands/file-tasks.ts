// send-file and get: files that are offered and taken, each until it is there.
import {type Client, ClientError} from '../../client/facade.ts';
import {type ConversationId, type MessageName, type Snapshot, otherIn, transferKey} from '../../client/snapshot.ts';
import {addressee} from '../addressee.ts';
import {type CommandIo} from '../command-io.ts';
import {Failure} from '../failure.ts';
import {printableLine} from '../printable.ts';
import {stoppedFailure} from '../report.ts';
import {EXIT_CODES} from '../sysexits.ts';
import {until} from '../until.ts';
import {keyFailure} from '../until-delivered.ts';
import {messageNamed} from '../verbs.ts';
import {catalogue} from '../../catalogue/catalogue.ts';

/** Messages among which the newest offer is looked for. */
const LOOKED_AT = 10_000;

export type FileTask =
	| {
			readonly kind: 'send-file';
			readonly name: string;
			/** Absolute, each with the id that its message is to have. */
			readonly files: ReadonlyArray<{readonly path: string; readonly id: string}>;
			readonly waitMs: number;
	  }
	| {readonly kind: 'get'; readonly name: string; readonly id?: string | undefined; readonly waitMs: number};

/** Returns once the files are there. Throws Failure, 75 when nothing moves for `waitMs`, ClientError and OutputError. */
export async function doFiles(client: Client, task: FileTask, io: CommandIo): Promise<void> {
	const conversation = await addressee(client, task.name);
	if (task.kind === 'get') return get(client, conversation, task, io);
	for (const {path, id} of task.files) await client.files.offer(conversation, path, id);
	for (const {id} of task.files) await untilReceived(client, conversation, id, {waitMs: task.waitMs, stop: io.stop});
}

type Waiting = {readonly waitMs: number; readonly stop: AbortSignal};

async function untilReceived(client: Client, conversation: ConversationId, id: string, how: Waiting): Promise<void> {
	const name = {direction: 'out', id} as const;
	const {waits, declined, stopped} = catalogue.transfers.ends;
	const other = otherIn(conversation);
	await whileMoving(client, conversation, name, how, () => {
		const answers = client.kept().message(conversation, name)?.file?.answers;
		if (answers?.in === 'received') return 'done';
		if (answers?.in === 'declined') return new Failure(EXIT_CODES.unavailable, declined(other));
		const isStopped = answers === undefined || answers.in === 'stopped' || answers.out === 'stopped';
		return isStopped ? new Failure(EXIT_CODES.unavailable, stopped(other)) : undefined;
	}).catch(notMoving(waits(other)));
}

async function get(
	client: Client,
	conversation: ConversationId,
	{id: typed, waitMs}: Extract<FileTask, {readonly kind: 'get'}>,
	{print, stop}: CommandIo,
): Promise<void> {
	const {id} =
		typed === undefined
			? await newestOffer(client, conversation, {waitMs, stop})
			: messageNamed(client, conversation, typed);
	const {ends, problems} = catalogue.transfers;
	const name = {direction: 'in', id} as const;
	const saved = client.files.saved(conversation, id);
	if (saved !== undefined) return print(saved);
	await client.files.take(conversation, id);
	const key = transferKey({conversation, message: name});
	await whileMoving(client, conversation, name, {waitMs, stop}, ({transfers}) => {
		const transfer = transfers?.get(key);
		if (transfer?.state === 'done') return 'done';
		if (transfer?.state === 'stopped') return new Failure(EXIT_CODES.unavailable, ends.stopped(otherIn(conversation)));
		const {problem} = transfer ?? {};
		return problem && new Failure(EXIT_CODES.unavailable, problems[problem]);
	}).catch(notMoving(ends.comesLater(otherIn(conversation))));
	const path = client.files.saved(conversation, id);
	if (path !== undefined) await print(path);
}

class NotMoving extends Error {}

function notMoving(words: string): (error: unknown) => never {
	return error => {
		throw error instanceof NotMoving ? new Failure(EXIT_CODES.tempFail, words) : error;
	};
}

/** Until `endOf` says how it ends. Throws that, or NotMoving when nothing of the file has changed for `waitMs`. */
async function whileMoving(
	client: Client,
	conversation: ConversationId,
	name: MessageName,
	{waitMs, stop}: Waiting,
	endOf: (snapshot: Snapshot) => 'done' | Failure | undefined,
): Promise<void> {
	// It may be older than what is on show.
	const moved = ({transfers}: Snapshot) => {
		const offer = client.kept().message(conversation, name);
		const transfer = transfers?.get(transferKey({conversation, message: name}));
		return JSON.stringify([offer?.state, offer?.file?.answers, transfer?.state, transfer?.done]);
	};

	const end = (snapshot: Snapshot) => endOf(snapshot) ?? keyFailure(snapshot, conversation) ?? stoppedFailure(snapshot);
	for (;;) {
		const before = moved(client.snapshot());
		const isNews = (now: Snapshot) => end(now) !== undefined || moved(now) !== before;
		const isMoving = await until(client, isNews, {withinMs: waitMs, stop});
		const outcome = end(client.snapshot());
		if (outcome === 'done') return;
		if (outcome !== undefined) throw outcome;
		if (stop.aborted) return;
		if (!isMoving) throw new NotMoving();
	}
}

/** The newest that is there, or the first that comes. Throws ClientError 'bad-message' where there is none within `waitMs`. */
async function newestOffer(
	client: Client,
	conversation: ConversationId,
	{waitMs, stop}: Waiting,
): Promise<MessageName> {
	const shown = () => client.snapshot().conversations.get(conversation);
	const offer = () => shown()?.messages.findLast(({direction, file}) => direction === 'in' && file !== undefined);
	while (offer() === undefined && shown()?.hasOlder === true && shown()!.messages.length < LOOKED_AT)
		client.loadOlder(conversation);
	await until(client, () => offer() !== undefined, {withinMs: waitMs, stop});
	const found = offer();
	if (found !== undefined) return found;
	throw new ClientError('bad-message', catalogue.transfers.ends.noOffer(printableLine(otherIn(conversation))));
}
