// The administrator's commands, asked of a server that runs and of its data alone, and the socket between.
import {once} from 'node:events';
import {chmod, mkdir, rename, rm, stat} from 'node:fs/promises';
import {connect, createServer} from 'node:net';
import os from 'node:os';
import path from 'node:path';
import test from 'ava';
import {adminPath, askAdmin} from '../../source/server/admin-socket.ts';
import {manage} from '../../source/server/manage.ts';
import {StoreError} from '../../source/server/store/open-store.ts';
import {parseJoinLink} from '../../source/wire/join-link.ts';
import {FRAME} from '../../source/wire/frame.ts';
import {decodePresence, encodeNames} from '../../source/wire/messages/directory.ts';
import {attemptLogin, signIn, signUp} from '../../tools/members/directory-client.ts';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {startTestServer} from './servers.ts';

const ask = async (data: string, command: 'users' | 'status' | 'invite' | 'unlock' | 'reset' | 'remove', name = '') =>
	manage({data}, {command, name});

test('each command does on data alone what it does through a server', async t => {
	for (const isRunning of [true, false]) {
		const server = await startTestServer(t, {registration: 'invite'});
		const {data} = server;
		if (!isRunning) await server.close();
		const link = parseJoinLink((await ask(data, 'invite', 'alice')).text);
		t.deepEqual({...link, invite: ''}, {...parseJoinLink(server.joinLink)!, invite: '', name: 'alice'});
		t.is(link?.invite?.length, 22);
		t.regex((await ask(data, 'users')).text, /no accounts yet/);
		const running = isRunning ? server : await startTestServer(t, {data, registration: 'invite'});
		const alice = await signUp(running, {name: 'alice', invite: link?.invite ?? ''});
		if (!isRunning) await running.close();

		t.like(await ask(data, 'invite', 'alice'), {exitCode: 73});
		t.like(await ask(data, 'reset', 'nobody'), {exitCode: 67});
		t.like(await ask(data, 'remove', 'nobody'), {exitCode: 67});
		t.like(await ask(data, 'unlock', 'alice'), {exitCode: 0, text: 'alice was not locked'});
		t.regex(
			(await ask(data, 'users')).text,
			isRunning ? /^alice +since \S+ {2}online$/ : /^alice +since \S+ {2}offline$/,
		);
		const status = await ask(data, 'status');
		t.is(status.exitCode, isRunning ? 0 : 69);
		t.regex(status.text, isRunning ? /online +1 of 1 accounts/ : /no server runs here; 1 accounts/);
		t.truthy(parseJoinLink((await ask(data, 'reset', 'alice')).text)?.invite);
		t.regex((await ask(data, 'users')).text, /waits for its reset link/);
		if (isRunning) t.like(await alice.alert(), {reason: 'removed'});
		t.like(await ask(data, 'remove', 'alice'), {exitCode: 0, text: 'alice is removed'});
		t.regex((await ask(data, 'users')).text, /no accounts yet/);
		await alice.close();
	}
});

test('unlock lets somebody try again at once', async t => {
	const server = await startTestServer(t);
	await (await signUp(server, {name: 'alice'})).close();
	for (let count = 0; count < 5; count++) {
		await attemptLogin(server, 'sign-in', {name: 'alice', password: 'wrong'});
	}

	t.like(await attemptLogin(server, 'sign-in', {name: 'alice'}), {alert: {reason: 'locked'}});
	t.regex((await ask(server.data, 'users')).text, /locked for \d\d s$/);
	t.like(await ask(server.data, 'unlock', 'alice'), {text: 'alice may try again at once'});
	await (await signIn(server, {name: 'alice'})).close();
});

test('users come in pages, of a prefix too, and a person is told how to see the next', async t => {
	for (const isRunning of [true, false]) {
		const server = await startTestServer(t);
		const {data} = server;
		for (const name of ['anna', 'alice', 'bob']) await (await signUp(server, {name})).close();
		if (!isRunning) await server.close();
		const names = async (prefix: string, more: {after?: string; limit?: number} = {}) => {
			const {text, note} = await manage({data}, {command: 'users', name: prefix, ...more});
			return [text.split('\n').map(line => line.split(' ')[0]), note];
		};

		t.deepEqual(await names(''), [['alice', 'anna', 'bob'], undefined]);
		t.deepEqual(await names('a', {limit: 1}), [['alice'], 'there may be more: simchat-server users a --after alice']);
		t.deepEqual(await names('a', {limit: 2, after: 'alice'}), [['anna'], undefined]);
		t.deepEqual(await names('', {limit: 1, after: 'anna'}), [
			['bob'],
			'there may be more: simchat-server users --after bob',
		]);
		t.deepEqual(await names('c'), [[''], undefined]);
	}
});

test('who is removed goes offline at once, and cannot come back', async t => {
	const server = await startTestServer(t);
	const [alice, bob] = [await signUp(server, {name: 'alice'}), await signUp(server, {name: 'bob'})];
	await alice.register();
	await bob.request(FRAME.watch, encodeNames(['alice']), FRAME.presence);
	await ask(server.data, 'remove', 'alice');
	t.like(await alice.alert(), {reason: 'removed'});
	t.deepEqual(decodePresence(await bob.next(FRAME.presence)), [{name: 'alice', online: false}]);
	t.like(await attemptLogin(server, 'sign-in', {name: 'alice'}), {alert: {reason: 'credentials'}});
	await alice.close();
	await bob.close();
});

test('one server at a time has a data directory', async t => {
	const server = await startTestServer(t);
	const error = await t.throwsAsync(startTestServer(t, {data: server.data}), {instanceOf: StoreError});
	t.is(error?.code, 'busy');
	t.like(await askAdmin(server.data, {command: 'status', name: ''}), {kind: 'status'});
});

test('the socket is its owner’s alone, goes with the server, and a dead one is no obstacle', async t => {
	const server = await startTestServer(t);
	const place = adminPath(server.data);
	t.is((await stat(place)).mode & 0o777, 0o600);
	await server.close();
	await t.throwsAsync(stat(place));
	// What a server that was killed leaves behind: a socket file that nobody listens on.
	const dead = createServer().listen(place);
	await once(dead, 'listening');
	await rename(place, `${place}.kept`);
	dead.close();
	await rename(`${place}.kept`, place);
	t.is(await askAdmin(server.data, {command: 'status', name: ''}), undefined);
	const again = await startTestServer(t, {data: server.data});
	t.like(await askAdmin(again.data, {command: 'status', name: ''}), {kind: 'status'});
});

test('a path too long for a socket gets a private directory among the temporary ones', async t => {
	const data = path.join(temporaryFolder(t), 'd'.repeat(120));
	const place = adminPath(data);
	t.true(place.length <= 100 && place.startsWith(os.tmpdir()));
	t.teardown(async () => rm(path.dirname(place), {recursive: true, force: true}));
	const server = await startTestServer(t, {data});
	t.is((await stat(path.dirname(place))).mode & 0o777, 0o700);
	t.like(await ask(data, 'status'), {exitCode: 0});
	await server.close();

	await rm(path.dirname(place), {recursive: true, force: true});
	await mkdir(path.dirname(place), {mode: 0o777, recursive: true});
	await chmod(path.dirname(place), 0o777);
	await t.throwsAsync(startTestServer(t, {data}), {message: /belongs to somebody else/});
});

test('the socket answers nothing but commands', async t => {
	const server = await startTestServer(t);
	const say = async (text: string) => {
		const socket = connect(adminPath(server.data));
		let answer = '';
		socket.on('data', chunk => {
			answer += String(chunk);
		});
		socket.on('error', () => {});
		socket.end(text);
		await once(socket, 'close');
		return answer;
	};

	for (const text of [
		'',
		'\n',
		'status\n',
		'{"command":"status"}\n',
		'{"command":"format","name":""}\n',
		'[1]\n',
		'x'.repeat(5000),
	]) {
		t.is(await say(text), '', text);
	}

	t.is(await say('{"command":"invite","name":"../etc"}\n'), '');
	t.true((await say('{"command":"status","name":""}\n')).startsWith('{"kind":"status"'));
});

test('without any data, a command says where it looked', async t => {
	const data = path.join(temporaryFolder(t), 'nothing');
	const outcome = await ask(data, 'users');
	t.is(outcome.exitCode, 69);
	t.true(outcome.text.includes(data));
	await t.throwsAsync(stat(data));
});
