// The Unix socket between a subcommand and the running server. Only the owner can open it. One JSON line goes each way.
import {once} from 'node:events';
import {type Server, type Socket, connect, createServer} from 'node:net';
import {listenPrivately, socketPath} from '../os/private-socket.ts';
import {isName} from '../wire/name.ts';
import {type AdminReply, type AdminRequest, ADMIN_COMMANDS, USERS_PAGE} from './administration.ts';
import {StoreError} from './store/open-store.ts';

const NAME = 'admin.sock';
/** Bytes of the longest request. */
const REQUEST_LIMIT = 1024;
/** How long a request may take to arrive, ms. */
const REQUEST_MS = 2000;
/** How long a server may take to answer, ms. */
const ANSWER_MS = 5000;

/** The socket's path. */
export function adminPath(data: string): string {
	return socketPath(data, NAME);
}

/** Serves requests. The caller holds the lock of the database, so an existing socket was left by a server that has ended. */
export async function serveAdmin(
	data: string,
	answer: (request: AdminRequest) => Promise<AdminReply>,
): Promise<Server> {
	const server = createServer(socket => {
		socket.on('error', () => {});
		void serveOne(socket, answer);
	});
	await listenPrivately(server, data, NAME);
	return server;
}

/** Asks the server that uses this data directory; undefined when none runs. Rejects when it does not answer. */
export async function askAdmin(data: string, request: AdminRequest): Promise<AdminReply | undefined> {
	const socket = connect(adminPath(data));
	try {
		await once(socket, 'connect');
	} catch {
		return undefined;
	}

	socket.setTimeout(ANSWER_MS, () =>
		socket.destroy(new Error('the server runs but does not answer: try again, or look at its log')),
	);
	socket.write(`${JSON.stringify(request)}\n`);
	return JSON.parse(await readAll(socket)) as AdminReply;
}

async function serveOne(socket: Socket, answer: (request: AdminRequest) => Promise<AdminReply>): Promise<void> {
	socket.setTimeout(REQUEST_MS, () => socket.destroy());
	try {
		const request = parseRequest(await readLine(socket));
		socket.setTimeout(ANSWER_MS);
		if (request !== undefined) socket.write(`${JSON.stringify(await answer(request))}\n`);
		socket.end();
	} catch (error) {
		const text = error instanceof Error ? error.message : 'unknown reason';
		const isAway = error instanceof StoreError && error.code === 'unreachable';
		const reply: AdminReply = {kind: 'failed', reason: isAway ? 'no database' : 'trouble', text};
		socket.end(`${JSON.stringify(reply)}\n`);
	}
}

/** Reads up to the first newline, or until the text is too long for a request. */
async function readLine(socket: Socket): Promise<string> {
	let text = '';
	for await (const chunk of socket.setEncoding('utf8').iterator({destroyOnReturn: false})) {
		text += String(chunk);
		if (text.includes('\n') || text.length > REQUEST_LIMIT) break;
	}

	return text;
}

function parseRequest(text: string): AdminRequest | undefined {
	try {
		const {command, name, from = 0, after = '', limit = USERS_PAGE} = JSON.parse(text) as Record<string, unknown>;
		const known = ADMIN_COMMANDS.find(candidate => candidate === command);
		if (known === undefined || !isNameOrNone(name) || !isNameOrNone(after)) return undefined;
		return isWhole(from) && isWhole(limit) ? {command: known, name, from, after, limit} : undefined;
	} catch {
		return undefined;
	}
}

function isNameOrNone(value: unknown): value is string {
	return typeof value === 'string' && (value === '' || isName(value));
}

function isWhole(value: unknown): value is number {
	return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

async function readAll(socket: Socket): Promise<string> {
	let text = '';
	for await (const chunk of socket.setEncoding('utf8')) text += String(chunk);
	return text;
}
