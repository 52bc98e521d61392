// The server as its users run it: real processes, real signals, the exit codes and words they see.
import {Buffer} from 'node:buffer';
import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {readFile, writeFile} from 'node:fs/promises';
import {type AddressInfo, createServer} from 'node:net';
import path from 'node:path';
import process from 'node:process';
import {createInterface} from 'node:readline';
import test, {type ExecutionContext} from 'ava';
import {parseJoinLink} from '../../source/wire/join-link.ts';
import {type Place, attemptLogin, identityOf, signIn, signUp} from '../../tools/members/directory-client.ts';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {serverDoor} from '../programs.ts';
import {standInForSystemd, testWithSystemd, withSystemd} from './systemd.ts';

function launch(t: ExecutionContext, ...args: string[]): ChildProcess {
	const child = spawn(process.execPath, [serverDoor, ...args], {stdio: ['ignore', 'pipe', 'pipe']});
	t.teardown(() => child.kill('SIGKILL'));
	return child;
}

type Ended = {readonly code: number | null; readonly stdout: string; readonly stderr: string};

async function run(t: ExecutionContext, ...args: string[]): Promise<Ended> {
	const child = launch(t, ...args);
	let [stdout, stderr] = ['', ''];
	child.stdout?.on('data', chunk => (stdout += String(chunk)));
	child.stderr?.on('data', chunk => (stderr += String(chunk)));
	const [code] = (await once(child, 'close')) as [number | null];
	return {code, stdout, stderr};
}

type Running = Place & {
	readonly child: ChildProcess;
	/** Every line it has printed. */
	readonly lines: string[];
	stop(signal?: NodeJS.Signals): Promise<number | null>;
};

/** Started once its second line has given the join link. */
async function start(t: ExecutionContext, data: string, ...args: string[]): Promise<Running> {
	const child = launch(t, '--data', data, '--listen', '127.0.0.1:0', ...args);
	const lines: string[] = [];
	const reader = createInterface({input: child.stdout!});
	reader.on('line', line => lines.push(line));
	child.stderr?.on('data', chunk => lines.push(String(chunk)));
	while (lines.length < 2) await once(reader, 'line');
	const {joinLink} = JSON.parse(lines[1]!) as {joinLink: string};
	const {port} = parseJoinLink(joinLink)!;
	const closed = once(child, 'close');
	return {
		child,
		lines,
		joinLink,
		address: {port},
		async stop(signal = 'SIGTERM') {
			child.kill(signal);
			const [code] = (await closed) as [number | null];
			return code;
		},
	};
}

test('from first start to a second login: invite, sign up, restart, sign in, status, remove', async t => {
	const data = temporaryFolder(t);
	const first = await start(t, data);
	t.regex(first.lines[0]!, /listening on 127\.0\.0\.1:\d+, TCP and UDP/);
	t.regex(first.lines[1]!, /join link: simchat:\/\/127\.0\.0\.1:\d+\/#/);
	const invited = await run(t, 'invite', 'alice', '--data', data);
	t.is(invited.code, 0);
	const invite = parseJoinLink(invited.stdout.trim())?.invite ?? '';
	const alice = await signUp(first, {name: 'alice', invite});
	t.truthy(await alice.register());
	const status = await run(t, 'status', '--data', data);
	t.is(status.code, 0);
	t.regex(status.stdout, /online +1 of 1 accounts/);
	const stopping = first.stop();
	t.like(await alice.alert(), {reason: 'shutdown'});
	t.is(await stopping, 0);
	t.regex(first.lines.at(-1)!, /stopped/);
	await alice.close();

	const second = await start(t, data);
	t.deepEqual(parseJoinLink(second.joinLink)?.serverKey, parseJoinLink(first.joinLink)?.serverKey);
	const again = await signIn(second, {name: 'alice'});
	t.is((await run(t, 'remove', 'alice', '--data', data)).code, 0);
	t.like(await again.alert(), {reason: 'removed'});
	t.is(await second.stop('SIGINT'), 0);
	const offline = await run(t, 'status', '--data', data);
	t.is(offline.code, 69);
	t.regex(offline.stderr, /no server runs here; 0 accounts/);
	await again.close();
});

testWithSystemd(withSystemd('systemd hears when it is ready, and when it stops'), async t => {
	const manager = await standInForSystemd(t);
	const child = spawn(process.execPath, [serverDoor, '--data', temporaryFolder(t), '--listen', '127.0.0.1:0'], {
		stdio: 'ignore',
		env: {...process.env, NOTIFY_SOCKET: manager.socket},
	});
	t.teardown(() => child.kill('SIGKILL'));
	const closed = once(child, 'close');
	await manager.hears(/^READY=1$/);
	child.kill('SIGTERM');
	await manager.hears(/^STOPPING=1$/);
	t.deepEqual(await closed, [0, null]);
});

test('one that drains goes on until its time is over; a second signal ends it at once', async t => {
	const server = await start(t, temporaryFolder(t), '--registration', 'open', '--drain', '3600');
	const alice = await signUp(server, {name: 'alice'});
	server.child.kill('SIGTERM');
	while (!server.lines.some(line => line.includes('"begins":3600'))) await once(server.child.stdout!, 'data');
	t.deepEqual(await alice.register(), {host: '127.0.0.1', port: (await alice.udp()).address().port});
	t.is(await server.stop(), 143);
	await alice.close();
});

test('a server that is killed has forgotten nothing: not the account, not the lockout', async t => {
	const data = temporaryFolder(t);
	const first = await start(t, data, '--registration', 'open');
	await (await signUp(first, {name: 'alice'})).close();
	for (let count = 0; count < 5; count++) await attemptLogin(first, 'sign-in', {name: 'alice', password: 'wrong'});
	await first.stop('SIGKILL');
	const second = await start(t, data);
	t.like(await attemptLogin(second, 'sign-in', {name: 'alice'}), {kind: 'refused', alert: {reason: 'locked'}});
	t.is((await run(t, 'unlock', 'alice', '--data', data)).code, 0);
	await (await signIn(second, {name: 'alice'})).close();
	t.is(await second.stop(), 0);
});

test('what goes wrong is said with a way out, and told apart by the exit code', async t => {
	const data = temporaryFolder(t);
	const running = await start(t, data);
	const taken = createServer().listen(0, '127.0.0.1');
	await once(taken, 'listening');
	const {port} = taken.address() as AddressInfo;
	const damaged = temporaryFolder(t);
	const file = path.join(damaged, 'directory.db');
	await writeFile(file, 'this is no database, whatever its name says');
	const other = path.join(damaged, 'other');
	const cases: Array<[string[], number, RegExp]> = [
		[['--bogus'], 64, /no flag --bogus[^]*--help/],
		[['--listen', 'nowhere'], 64, /--listen takes HOST:PORT/],
		[['invite'], 64, /takes a name/],
		[['--data', other, '--listen', `127.0.0.1:${port}`], 69, /the port is taken.*--listen HOST:PORT/],
		[['--data', other, '--listen', '192.0.2.1:0'], 69, /no such address/],
		[['--data', data, '--listen', '127.0.0.1:0'], 69, /another simchat-server uses/],
		[['--data', file, '--listen', '127.0.0.1:0'], 73, /cannot write/],
		[['--data', damaged, '--listen', '127.0.0.1:0'], 78, /is damaged and was left as it is/],
		[['users', '--data', damaged], 78, /is damaged/],
		[['reset', 'nobody', '--data', data], 67, /no account nobody/],
		[['status', '--data', path.join(damaged, 'nothing')], 69, /there is no server in/],
	];
	for (const [args, code, words] of cases) {
		const ended = await run(t, ...args);
		t.is(ended.code, code, args.join(' '));
		t.regex(ended.stderr, words);
		t.false(ended.stderr.includes('    at '), 'no stack trace');
	}

	t.is(await readFile(file, 'utf8'), 'this is no database, whatever its name says');
	taken.close();
	t.is(await running.stop(), 0);
});

test('no secret is in the log, in the arguments or in clear in the database', async t => {
	const data = temporaryFolder(t);
	const server = await start(t, data);
	const {stdout} = await run(t, 'invite', 'alice', '--data', data);
	const invite = parseJoinLink(stdout.trim())?.invite ?? '';
	const person = {name: 'alice', password: 'a password to look for', invite};
	const alice = await signUp(server, person);
	await attemptLogin(server, 'sign-in', {...person, password: 'another one to look for', device: 'other'});
	const {session} = alice;
	const secrets = [
		Buffer.from(person.password),
		Buffer.from('another one to look for'),
		Buffer.from(invite),
		session.ticketKey,
		session.bindKey,
		session.sessionId,
		session.send.key,
		session.receive.key,
		identityOf(person).privateKey.export({format: 'der', type: 'pkcs8'}).subarray(-32),
	].map(secret => Buffer.from(secret));
	await alice.close();
	t.is(await server.stop(), 0);
	const log = server.lines.join('\n');
	t.true(log.includes('alice signed in'));
	const database = await readFile(path.join(data, 'directory.db'));
	for (const secret of secrets) {
		t.false(log.includes(secret.toString('latin1')));
		t.false(log.includes(secret.toString('hex')));
		t.false(log.includes(secret.toString('base64')) || log.includes(secret.toString('base64url')));
		t.false(database.includes(secret));
	}
});
