// What a server lacks: a folder of its own, descriptors, a place for its log, room on the disk. It says so, and goes on.
import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {chmod, stat} from 'node:fs/promises';
import process from 'node:process';
import test, {type ExecutionContext} from 'ava';
import {askAdmin} from '../../source/server/admin-socket.ts';
import {parseJoinLink} from '../../source/wire/join-link.ts';
import {
	type DirectoryClient,
	FrameSocket,
	type Place,
	attemptLogin,
	signUp,
} from '../../tools/members/directory-client.ts';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {serverDoor} from '../programs.ts';

type Running = {
	readonly child: ChildProcess;
	readonly place: Place;
	/** Resolves once this is in what was printed. */
	readonly said: (part: string) => Promise<void>;
};

/** A server that a shell starts, `"$@"` being its command. */
async function start(t: ExecutionContext, data: string, script: string): Promise<Running> {
	const command = [process.execPath, serverDoor, '--data', data, '--listen', '127.0.0.1:0'];
	const child = spawn('sh', ['-c', script, 'sh', ...command, '--registration', 'open'], {
		stdio: ['ignore', 'pipe', 'pipe'],
		detached: true,
	});
	// The shell and whatever it has started.
	t.teardown(() => process.kill(-child.pid!, 'SIGKILL'));
	let text = '';
	const waiting = new Set<() => void>();
	const hear = (chunk: unknown) => {
		text += String(chunk);
		for (const look of waiting) look();
	};

	child.stdout.on('data', hear);
	child.stderr.on('data', hear);
	const closed = once(child, 'close').then(() => 'closed' as const);
	for (;;) {
		const reply = await askAdmin(data, {command: 'status', name: ''});
		if (reply?.kind === 'status') {
			const {joinLink} = reply.status;
			const {port} = parseJoinLink(joinLink)!;
			return {
				child,
				place: {address: {port}, joinLink},
				async said(part) {
					await new Promise<void>(resolve => {
						const look = () => {
							if (text.includes(part)) resolve();
						};

						waiting.add(look);
						look();
					});
				},
			};
		}

		const state = await Promise.race([closed, new Promise(resolve => setImmediate(resolve))]);
		if (state === 'closed') throw new Error(`the server did not start: ${text}`);
	}
}

test('a data folder that others can open is closed, and the log says so', async t => {
	const data = temporaryFolder(t);
	await chmod(data, 0o777);
	const {said} = await start(t, data, 'exec "$@"');
	await said('was open to others (mode 0777) and is closed now (0700)');
	t.is((await stat(data)).mode & 0o777, 0o700);
});

test('descriptors run out: who waits idly gives way, the log says so, and once one is free clients get in again', async t => {
	const data = temporaryFolder(t);
	// Fewer than one address may have half open.
	const {place, said} = await start(t, data, 'ulimit -n 56; exec "$@"');
	const idle: FrameSocket[] = [];
	for (let count = 0; count < 80; count++) idle.push(await FrameSocket.connect(place.address.port));
	const members: DirectoryClient[] = [];
	for (;;) {
		const result = await attemptLogin(place, 'sign-up', {name: `user${members.length}`});
		if (result.kind !== 'established') break;
		members.push(result.client);
	}

	t.true(members.length > 5 && members.length < 56, String(members.length));
	await said('connection dropped: crowded out');
	await said('connection dropped: no descriptors');
	const last = members.pop()!;
	await last.close();
	await said(`${last.person.name} left`);
	await (await signUp(place, {name: 'late'})).close();
	for (const {socket} of idle) socket.destroy();
	for (const member of members) await member.close();
});

test('a log that nobody reads any more, or that has no room, stops no server', async t => {
	for (const script of ['"$@" | head -n 1', 'exec "$@" >/dev/full']) {
		const data = temporaryFolder(t);
		const {child, place} = await start(t, data, script);
		for (const name of ['alice', 'bob', 'carol']) await (await signUp(place, {name})).close();
		t.is(child.exitCode, null);
		const reply = await askAdmin(data, {command: 'status', name: ''});
		t.like(reply, {status: {logins: 3}});
	}
});

test('a full disk refuses what cannot be kept, says so, and the server goes on once there is room', async t => {
	const data = temporaryFolder(t);
	const {child, place, said} = await start(t, data, 'exec "$@"');
	await (await signUp(place, {name: 'alice'})).close();
	const limit = async (size: string) => {
		await once(spawn('prlimit', ['--pid', String(child.pid), `--fsize=${size}:unlimited`]), 'close');
	};

	await limit('0');
	t.like(await attemptLogin(place, 'sign-up', {name: 'bob'}), {kind: 'refused', alert: {reason: 'internal'}});
	t.like(await attemptLogin(place, 'sign-in', {name: 'alice', password: 'wrong'}), {alert: {reason: 'internal'}});
	await said('failed: ');
	await limit('unlimited');
	await (await signUp(place, {name: 'bob'})).close();
});
