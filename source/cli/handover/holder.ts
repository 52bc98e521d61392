// The process that has the profile does commands for others: it listens on a socket in the profile's folder, for its own user alone.
import {randomBytes} from 'node:crypto';
import {rmSync} from 'node:fs';
import {type Socket, createServer} from 'node:net';
import {type Client, type HandoverNonces} from '../../client/facade.ts';
import {listenPrivately} from '../../os/private-socket.ts';
import {Failure} from '../failure.ts';
import {clockLine, explain, stoppedFailure} from '../report.ts';
import {type SharedTask, doShared, isArchiveTask} from '../shared-task.ts';
import {EXIT_CODES} from '../sysexits.ts';
import {until} from '../until.ts';
import {HANDOVER_SOCKET, HANDOVER_VERSION, Lines, commandLine, helloLine} from './handover-lines.ts';
import {nobodyHere, otherVersion} from './handover-refusals.ts';
import {RemoteIo} from './remote-io.ts';
import {catalogue, catalogueOf, saying} from '../../catalogue/catalogue.ts';

/** Commands at once; more are turned away, and try again. */
const COMMAND_LIMIT = 64;
/** `lineMs`: a command has this long for each of its first two lines; `signInMs`: how long it waits for the person here to sign in. */
const LIMITS = {lineMs: 10_000, signInMs: 10_000} as const;
/** So often a command is told that this process runs, ms. */
const ALIVE_MS = 5000;

type Limits = Readonly<Record<keyof typeof LIMITS, number>>;

export type Holder = {
	/** Leaves the commands that are not done yet: they go on by themselves. */
	close(): void;
};

/** Does commands with `client`, which has `folder` open, until it is closed. Where no socket can be made, it does none, and the trace says why. */
export async function holdFor(client: Client, folder: string, limits: Limits = LIMITS): Promise<Holder> {
	const open = new Set<Socket>();
	const server = createServer(socket => {
		open.add(socket);
		socket.on('close', () => open.delete(socket));
		void serve(new Lines(socket), client, folder, limits).catch((error: unknown) => {
			client.caught('handed-over command', error);
			socket.destroy();
		});
	});
	server.maxConnections = COMMAND_LIMIT;
	server.on('error', error => client.caught('commands.sock', error));
	let file: string | undefined;
	try {
		file = await listenPrivately(server, folder, HANDOVER_SOCKET);
	} catch (error) {
		client.caught('commands.sock', error);
	}

	return {
		close() {
			server.close();
			for (const socket of open) socket.destroy();
			if (file !== undefined) rmSync(file, {force: true});
		},
	};
}

async function serve(lines: Lines, client: Client, folder: string, limits: Limits): Promise<void> {
	const holder = randomBytes(32).toString('hex');
	lines.send({type: 'hello', version: HANDOVER_VERSION, nonce: holder});
	const hello = await lines.next(helloLine, limits.lineMs);
	if (hello === undefined) return;
	// All that the command says is in its own language; that of an older version is not known.
	const words = await catalogueOf(hello.language ?? '');
	const caller = {lines, version: hello.version, nonces: {holder, command: hello.nonce}};
	const rest = async () => attend(caller, client, folder, limits);
	await (words === undefined ? rest() : saying(words, rest));
}

type Caller = {readonly lines: Lines; readonly version: number; readonly nonces: HandoverNonces};

/** To the end of a command that has sent its first line. */
async function attend(
	{lines, version, nonces}: Caller,
	client: Client,
	folder: string,
	{lineMs, signInMs}: Limits,
): Promise<void> {
	const alive = setInterval(() => lines.send({type: 'alive'}), ALIVE_MS);
	try {
		if (version !== HANDOVER_VERSION) throw otherVersion(folder);
		if (!(await isSignedIn(client, lines, signInMs))) throw nobodyHere(folder);
		const task = await taskFrom(lines, client, nonces, lineMs);
		if (task === undefined) return;
		await doTask(client, task, new RemoteIo(lines));
		lines.send({type: 'end', exitCode: 0});
	} catch (error) {
		const isFailure = error instanceof Failure;
		const {words, exitCode} = isFailure ? {words: error.message, exitCode: error.exitCode} : explain(error);
		lines.send({type: 'end', exitCode, words});
	} finally {
		clearInterval(alive);
		lines.end();
	}
}

/** Waits for it. */
async function isSignedIn(client: Client, lines: Lines, withinMs: number): Promise<boolean> {
	return until(client, ({connection}) => connection.state !== 'signed-out', {withinMs, stop: lines.closed});
}

/** Its task, once both sides have proved that they have the key; undefined when one of them ends before. Throws Failure. */
async function taskFrom(
	lines: Lines,
	client: Client,
	nonces: HandoverNonces,
	lineMs: number,
): Promise<SharedTask | undefined> {
	const key = client.handoverKey();
	if (key === undefined) return undefined;
	try {
		lines.send({type: 'proof', proof: key.proof('holder', nonces)});
		const line = await lines.next(commandLine, lineMs);
		if (line?.type !== 'task') return undefined;
		if (key.accepts('command', nonces, line.proof)) return line.task;
		throw new Failure(EXIT_CODES.noPermission, catalogue.handover.wrongPassword);
	} finally {
		key.forget();
	}
}

async function doTask(client: Client, task: SharedTask, io: RemoteIo): Promise<void> {
	try {
		if (!isArchiveTask(task)) {
			const clock = clockLine(client.snapshot().clockOffset);
			if (clock !== undefined) io.complain(clock);
			const stopped = stoppedFailure(client.snapshot());
			// A newer password is what it waits for.
			if (stopped !== undefined && task.kind !== 'password') throw stopped;
		}

		await doShared(client, task, io);
	} finally {
		io.end();
	}
}
