// What `simchat-server top` asks: who is online, who is locked, what happened lately, and the bounds of the answer.
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {Buffer} from 'node:buffer';
import {once} from 'node:events';
import {mkdir} from 'node:fs/promises';
import {createServer} from 'node:net';
import path from 'node:path';
import test from 'ava';
import {GUESS_LIMIT, LOCK_MS} from '../../source/protocol/login/lockout.ts';
import {adminPath, askAdmin} from '../../source/server/admin-socket.ts';
import {type AdminReply, LOCKS_PAGE, ONLINE_PAGE} from '../../source/server/administration.ts';
import {manage} from '../../source/server/manage.ts';
import {type Member} from '../../source/server/member.ts';
import {PACE_SECONDS, Pace} from '../../source/server/pace.ts';
import {PresenceRegistry} from '../../source/server/presence-registry.ts';
import {RECENT_LIMIT, RecentLog} from '../../source/server/recent-log.ts';
import {type ServerEvent, type Tally, emptyTally} from '../../source/server/server-events.ts';
import {attemptLogin, signUp} from '../../tools/members/directory-client.ts';
import {startTestServer} from './servers.ts';

type Answer = Extract<AdminReply, {kind: 'top'}>;

const login: ServerEvent = {kind: 'signed in', name: 'alice', from: '192.0.2.1:1'};
const SECOND = 1_800_000_000_000;

async function ask(data: string, from?: number): Promise<Answer> {
	const reply = await askAdmin(data, {command: 'top', name: '', ...(from === undefined ? {} : {from})});
	if (reply?.kind !== 'top') throw new Error(`no such answer: ${JSON.stringify(reply)}`);
	return reply;
}

test('it tells who is online since when, who is locked, and what the log says', async t => {
	const server = await startTestServer(t);
	const before = Date.now();
	const bob = await signUp(server, {name: 'bob'});
	const alice = await signUp(server, {name: 'alice'});
	for (let count = 0; count <= GUESS_LIMIT; count++) {
		await attemptLogin(server, 'sign-in', {name: 'bob', password: 'wrong', device: 'other'});
	}

	const {status, top} = await ask(server.data);
	t.like(status, {online: 2, accounts: 2, logins: 2, registrations: 2, refusals: GUESS_LIMIT + 1});
	t.deepEqual(
		top.online.map(({name}) => name),
		['alice', 'bob'],
	);
	for (const {since} of top.online) t.true(since >= before && since <= top.now);
	t.is(top.locked, 1);
	t.is(top.locks[0]?.name, 'bob');
	const left = (top.locks[0]?.until ?? 0) - top.now;
	t.true(left > 0 && left <= LOCK_MS);
	t.true(top.memory > 1 << 20);
	const said = top.lines.map(({text}) => text);
	for (const line of [
		/^listening on 127/,
		/^bob signed in, from 127/,
		/^alice registered/,
		/^bob refused: credentials/,
	]) {
		t.true(
			said.some(text => line.test(text)),
			String(line),
		);
	}

	// The rest of the refusals is counted, as in the log.
	t.is(said.filter(text => /refused: credentials/.test(text)).length, 1);

	server.clock.ahead = 2000;
	const later = await ask(server.data);
	const sum = (kind: keyof Tally) => later.top.paces[kind].reduce((all, count) => all + count, 0);
	t.deepEqual([sum('logins'), sum('registrations'), sum('refusals')], [2, 2, GUESS_LIMIT + 1]);
	server.clock.ahead = LOCK_MS + 2000;
	t.like((await ask(server.data)).top, {locked: 0, locks: []});
	await alice.close();
	await bob.close();
});

test('those online come by pages', async t => {
	const server = await startTestServer(t);
	const people = await Promise.all(['alice', 'bob', 'carol'].map(async name => signUp(server, {name})));
	const {status, top} = await ask(server.data, 2);
	t.is(status.online, 3);
	t.like(top, {from: 2, online: [{name: 'carol'}]});
	t.deepEqual((await ask(server.data, 1_000_000)).top.online, []);
	for (const from of [-1, 1.5, '2', null]) {
		await t.throwsAsync(
			askAdmin(server.data, {command: 'top', name: '', from: from as number}),
			undefined,
			String(from),
		);
	}

	await Promise.all(people.map(async person => person.close()));
});

test('of a crowd, a page has as many as one answer may', t => {
	const presence = new PresenceRegistry();
	for (let index = 999; index >= 0; index--) {
		const name = `user-${String(index).padStart(3, '0')}`;
		presence.add({name, id: name} as Member);
	}

	const page = presence.page(100, ONLINE_PAGE);
	t.is(page.length, ONLINE_PAGE);
	t.is(page[0]?.name, 'user-100');
	t.is(page.at(-1)?.name, 'user-299');
});

test('locks are counted by name, whoever is locked, and the last to end come first', async t => {
	const server = await startTestServer(t);
	for (const name of ['alice', 'bob']) {
		for (let count = 0; count < GUESS_LIMIT; count++) {
			await attemptLogin(server, 'sign-in', {name, password: 'wrong', device: 'other'});
		}

		server.clock.ahead += 5000;
	}

	const {locked, locks} = (await ask(server.data)).top;
	t.is(locked, 2);
	t.true(locks.length <= LOCKS_PAGE);
	t.deepEqual(
		locks.map(({name}) => name),
		['bob', 'alice'],
	);
});

test('without a server it gets the words of status', async t => {
	const server = await startTestServer(t);
	const {data} = server;
	const request = {command: 'top', name: ''} as const;
	t.regex((await manage({data}, request)).text, /online +0 of 0 accounts/);
	await server.close();
	t.deepEqual(await manage({data}, request), {text: 'no server runs here; 0 accounts', exitCode: 69});
});

test('a server that takes a question and never answers is not waited for without end', async t => {
	const data = path.join(temporaryFolder(t), 'data');
	await mkdir(data);
	const silent = createServer(socket => socket.resume()).listen(adminPath(data));
	await once(silent, 'listening');
	t.teardown(() => silent.close());
	await t.throwsAsync(askAdmin(data, {command: 'status', name: ''}), {message: /does not answer/});
});

test('a pace has whole seconds, no more than two minutes of them, and a clock set back starts over', t => {
	const pace = new Pace(SECOND);
	pace.add(login, SECOND);
	pace.add(login, SECOND + 999);
	t.deepEqual(pace.read(SECOND + 999).logins, []);
	t.deepEqual(pace.read(SECOND + 1000).logins, [2]);
	pace.add({kind: 'refused', reason: 'locked', from: ''}, SECOND + 3000);
	t.deepEqual(pace.read(SECOND + 4000), {
		logins: [2, 0, 0, 0],
		registrations: [0, 0, 0, 0],
		refusals: [0, 0, 0, 1],
		lockouts: [0, 0, 0, 1],
		introductions: [0, 0, 0, 0],
	});
	const late = pace.read(SECOND + (PACE_SECONDS + 3) * 1000);
	t.is(late.refusals.length, PACE_SECONDS);
	t.deepEqual([late.refusals[0], late.refusals.indexOf(1)], [1, 0]);
	t.deepEqual(
		pace.read(SECOND + 1e9).refusals,
		Array.from({length: PACE_SECONDS}, () => 0),
	);
	t.deepEqual(pace.read(SECOND).refusals, []);
	pace.add(login, SECOND + 500);
	t.deepEqual(pace.read(SECOND + 1500).logins, [1]);
	t.deepEqual(Object.keys(pace.read(SECOND)), Object.keys(emptyTally()));
});

test('the lines kept are the last ones, and never many', t => {
	let now = SECOND;
	const recent = new RecentLog({now: () => now, elapsed: () => now});
	t.teardown(() => recent.close());
	for (let index = 0; index < RECENT_LIMIT + 50; index++) {
		now++;
		recent.emit({kind: 'signed in', name: `user-${index}`, from: '192.0.2.1:1'});
		recent.emit({kind: 'refused', reason: 'credentials', from: '192.0.2.1:1'});
		recent.emit({kind: 'introduced', granted: true});
	}

	t.is(recent.lines.length, RECENT_LIMIT);
	t.deepEqual(recent.lines.at(-1), {
		at: now,
		level: 'info',
		text: `user-${RECENT_LIMIT + 49} signed in, from 192.0.2.1:1`,
	});
	t.true(Buffer.byteLength(JSON.stringify(recent.lines)) < 20_000);
});
