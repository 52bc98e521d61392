// The socket between a command and the process that has the profile: who is let in, and what a broken or hostile side can do.
import {Buffer} from 'node:buffer';
import {chmodSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {once} from 'node:events';
import {type Socket, connect} from 'node:net';
import path from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';
import test, {type ExecutionContext} from 'ava';
import * as z from 'zod/mini';
import {Client, type HandoverKey, openHandoverKey} from '../../source/client/facade.ts';
import {type CommandIo} from '../../source/cli/command-io.ts';
import {handOver} from '../../source/cli/handover/hand-over.ts';
import {HANDOVER_SOCKET, HANDOVER_VERSION, Lines} from '../../source/cli/handover/handover-lines.ts';
import {holdFor} from '../../source/cli/handover/holder.ts';
import {ToSend} from '../../source/cli/to-send.ts';
import {socketPath} from '../../source/os/private-socket.ts';
import {hello, impostor, password, profileOf, refusal} from './handover-sides.ts';

const search = {kind: 'search', words: 'straw', json: false, limit: 5} as const;

/** A process that has the profile open, and what commands prove. */
async function holding(t: ExecutionContext, {signsIn = true, signInMs = 60_000, lineMs = 60_000} = {}) {
	const folder = await profileOf(t);
	const client = Client.open({folder});
	const holder = await holdFor(client, folder, {signInMs, lineMs});
	t.teardown(async () => {
		holder.close();
		await client.close();
	});
	if (signsIn) await client.signIn(password);
	const key = await openHandoverKey(folder, password);
	return {folder, client, holder, key};
}

function recorder(text?: string) {
	const output: string[] = [];
	const texts = text === undefined ? [] : [text];
	const io: CommandIo = {
		print: async line => void output.push(line),
		write: async each => void output.push(each),
		complain: words => output.push(words),
		askYes: async () => undefined,
		newWords: async () => undefined,
		toSend: new ToSend(async () => texts.shift()),
		stop: new AbortController().signal,
	};
	return {io, output};
}

/** What the socket says until it is closed. */
async function heard(socket: Socket): Promise<string> {
	let all = '';
	socket.on('data', chunk => {
		all += String(chunk);
		// Whoever is let in would be waited for.
		if (all.includes('"type":"write"')) socket.destroy();
	});
	socket.on('error', () => {});
	await new Promise<void>(resolve => socket.on('close', () => resolve()));
	return all;
}

async function found(t: ExecutionContext, folder: string, key: HandoverKey): Promise<void> {
	const {io, output} = recorder();
	t.is(await handOver({folder, task: search, key, io}), 'done');
	t.regex(output.join(''), /bob: strawberry\n$/);
}

async function until(holds: () => boolean): Promise<void> {
	for (let look = 0; look < 3000 && !holds(); look++) await pause(10);
	if (!holds()) throw new Error('it never came true');
}

test('who has the password has it done, with the server out of reach too', async t => {
	const {folder, key, client} = await holding(t);
	await found(t, folder, key);
	const {io} = recorder('hello');
	const failure = await refusal(handOver({folder, task: {kind: 'send', name: 'bob', waitMs: 0}, key, io}));
	t.is(failure.exitCode, 75);
	t.deepEqual(
		client.outbox().map(({text}) => text),
		['hello'],
	);
	t.like((io.toSend as ToSend).last, {text: 'hello', isKept: true});
});

test('a proof is good for one connection, and one of another password for none', async t => {
	const {folder, client, key} = await holding(t);
	const other = await profileOf(t);
	const stranger = await openHandoverKey(other, password);
	const failure = await refusal(handOver({folder, task: search, key: stranger, io: recorder().io}));
	t.is(failure.exitCode, 69, 'the command sees first that it is not its own profile');

	// Without looking at what the other side proves.
	const nonces = {holder: '', command: '2'.repeat(64)};
	const proofs = [stranger.proof('command', nonces), key.proof('command', {...nonces, holder: '1'.repeat(64)})];
	for (const proof of [...proofs, key.proof('holder', nonces)]) {
		const socket = connect(socketPath(folder, HANDOVER_SOCKET));
		const all = heard(socket);
		socket.write(`${JSON.stringify({type: 'hello', version: HANDOVER_VERSION, nonce: nonces.command})}\n`);
		socket.write(`${JSON.stringify({type: 'task', proof, task: search})}\n`);
		t.regex(await all, /"exitCode":77,"words":"wrong password/);
	}

	await client.signOff();
	await client.signIn(password);
	await found(t, folder, key);
});

test('what is no line of the exchange, and a line without an end, end the connection and nothing else', async t => {
	const {folder, key} = await holding(t);
	const task = {type: 'task', proof: '0'.repeat(64), task: {kind: 'screen'}};
	for (const bytes of [
		'what?\n',
		'[]\n',
		'null\n',
		'{"type":"hello"}\n',
		`${hello()}{"type":"stop"}\n`,
		`${hello()}${JSON.stringify(task)}\n`,
		`${'['.repeat(100_000)}\n`,
		'x'.repeat(2_000_000),
		Buffer.alloc(2_000_000, 0xff),
	]) {
		const socket = connect(socketPath(folder, HANDOVER_SOCKET));
		const all = heard(socket);
		socket.write(bytes);
		t.notRegex(await all, /"exitCode":0/);
	}

	await found(t, folder, key);
});

test('of a thousand connections that say nothing, most are turned away, and commands are done after them', async t => {
	const {folder, key} = await holding(t);
	const sockets: Socket[] = [];
	let closed = 0;
	for (let number = 0; number < 1000; number++) {
		const socket = connect(socketPath(folder, HANDOVER_SOCKET));
		socket.on('error', () => {});
		socket.on('close', () => closed++);
		socket.resume();
		sockets.push(socket);
		await once(socket, 'connect');
	}

	await until(() => closed === 1000 - 64);
	t.deepEqual(await handOver({folder, task: search, key, io: recorder().io}), {kind: 'gone', ranMs: undefined});
	for (const socket of sockets) socket.destroy();
	await until(() => closed === 1000);
	for (let tries = 0; tries < 1000; tries++) {
		const {io, output} = recorder();
		if ((await handOver({folder, task: search, key, io})) !== 'done') continue;
		return t.regex(output.join(''), /strawberry/);
	}

	t.fail('no command is done any more');
});

test('a connection that says nothing is not kept', async t => {
	const {folder} = await holding(t, {lineMs: 1000});
	const first = connect(socketPath(folder, HANDOVER_SOCKET));
	t.regex(await heard(first), /^\{"type":"hello"[^\n]*\n$/);
	const second = connect(socketPath(folder, HANDOVER_SOCKET));
	second.write(hello());
	t.regex(await heard(second), /"type":"proof"[^\n]*\n$/);
});

test('a line without an end is not collected', async t => {
	const got = Promise.withResolvers<Lines>();
	const {folder} = await impostor(t, socket => got.resolve(new Lines(socket)));
	const socket = connect(path.join(folder, HANDOVER_SOCKET));
	socket.on('error', () => {});
	socket.write('x'.repeat(2_000_000));
	const lines = await got.promise;
	t.is(await lines.next(z.unknown(), 30_000), undefined);
	t.false(lines.wasSilent);
});

test('a side that does not read is cut off', async t => {
	const {folder} = await impostor(t, socket => socket.pause());
	const socket = connect(path.join(folder, HANDOVER_SOCKET));
	await once(socket, 'connect');
	const lines = new Lines(socket);
	const words = 'x'.repeat(65_536);
	for (let number = 0; number < 200 && !socket.destroyed; number++) lines.send({type: 'complain', words});
	t.true(socket.destroyed);
});

test('a process that does not have the key gets no task', async t => {
	const got: string[] = [];
	const {folder, key} = await impostor(t, socket => {
		socket.on('data', chunk => got.push(String(chunk)));
		socket.write(`${hello()}${JSON.stringify({type: 'proof', proof: '0'.repeat(64)})}\n`);
	});
	const failure = await refusal(handOver({folder, task: search, key, io: recorder().io}));
	t.is(failure.exitCode, 69);
	t.regex(failure.message, /does not know the key/);
	t.notRegex(got.join(''), /straw/);
});

test('one of another version is told so, on either side', async t => {
	const old = await impostor(t, socket => socket.write(hello(HANDOVER_VERSION - 1)));
	const failure = await refusal(handOver({...old, task: search, io: recorder().io}));
	t.is(failure.exitCode, 69);
	t.regex(failure.message, /of another version: quit it/);

	const {folder} = await holding(t);
	const socket = connect(socketPath(folder, HANDOVER_SOCKET));
	const all = heard(socket);
	socket.write(hello(HANDOVER_VERSION + 1));
	t.regex(await all, /"type":"end","exitCode":69,"words":".*of another version/);
});

test('silence is told apart: before the task, and after it', async t => {
	const mute = await impostor(t, () => {});
	t.deepEqual(await handOver({...mute, task: search, io: recorder().io, silenceMs: 50}), {
		kind: 'silent',
		ranMs: undefined,
	});

	const {folder, key} = await impostor(t, socket => {
		socket.write(hello());
		socket.once('data', chunk => {
			const {nonce} = JSON.parse(String(chunk)) as {nonce: string};
			const proof = key.proof('holder', {holder: '1'.repeat(64), command: nonce});
			socket.write(`${JSON.stringify({type: 'proof', proof})}\n{"type":"next","number":0}\n`);
		});
	});
	const {io} = recorder('hello');
	const task = {kind: 'send', name: 'bob', waitMs: 1000} as const;
	const end = await handOver({folder, key, task, io, silenceMs: 2000});
	t.true(typeof end === 'object' && end.kind === 'silent' && end.ranMs !== undefined);
	t.like((io.toSend as ToSend).last, {text: 'hello', isKept: false});
});

test('where nobody has signed in, it is said; a sign-in that comes meanwhile is waited for', async t => {
	const none = await holding(t, {signsIn: false, signInMs: 1});
	const failure = await refusal(handOver({...none, task: search, io: recorder().io}));
	t.is(failure.exitCode, 69);
	t.regex(failure.message, /nobody has signed in there/);

	const {folder, key, client} = await holding(t, {signsIn: false});
	const [end] = await Promise.all([handOver({folder, key, task: search, io: recorder().io}), client.signIn(password)]);
	t.is(end, 'done');
});

test('a socket that is no socket, is a link, or is open to others is as good as none', async t => {
	const {folder, key} = await holding(t);
	const file = socketPath(folder, HANDOVER_SOCKET);
	const absent = async () => handOver({folder, task: search, key, io: recorder().io});
	chmodSync(file, 0o660);
	t.is(await absent(), 'absent');
	chmodSync(file, 0o600);
	chmodSync(folder, 0o750);
	t.is(await absent(), 'absent');
	chmodSync(folder, 0o700);
	await found(t, folder, key);
	rmSync(file);
	t.is(await absent(), 'absent');
	symlinkSync(path.join(folder, 'elsewhere'), file);
	t.is(await absent(), 'absent');
	rmSync(file);
	writeFileSync(file, '', {mode: 0o600});
	t.is(await absent(), 'absent');
});
