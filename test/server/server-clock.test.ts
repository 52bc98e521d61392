// Somebody sets the server's wall clock, forwards or back: no lock lasts longer because of it, and nobody is shut out.
import test from 'ava';
import {LOCK_MS} from '../../source/protocol/login/lockout.ts';
import {askAdmin} from '../../source/server/admin-socket.ts';
import {INVITE_LIFE_MS} from '../../source/server/invites.ts';
import {createLog} from '../../source/server/log.ts';
import {manage} from '../../source/server/manage.ts';
import {ClockSteps} from '../../source/server/server-clock.ts';
import {parseJoinLink} from '../../source/wire/join-link.ts';
import {attemptLogin, signIn, signUp} from '../../tools/members/directory-client.ts';
import {type TestServer, startTestServer} from './servers.ts';

const HOUR = 3_600_000;

async function lockAlice(server: TestServer): Promise<void> {
	await (await signUp(server, {name: 'alice'})).close();
	for (let guess = 0; guess < 5; guess++) await attemptLogin(server, 'sign-in', {name: 'alice', password: 'wrong'});
}

/** Sets the wall clock, and waits until the server has noticed. */
async function setClock(server: TestServer, by: number): Promise<void> {
	server.clock.set += by;
	await server.event(event => event.kind === 'clock set');
}

async function secondsLeft(server: TestServer): Promise<number> {
	const result = await attemptLogin(server, 'sign-in', {name: 'alice'});
	return result.kind === 'refused' && result.alert.reason === 'locked' ? result.alert.retryAfter : 0;
}

test('a server whose clock is set back an hour locks for what is left of 60 s, not for 3,661', async t => {
	const server = await startTestServer(t);
	await lockAlice(server);
	server.clock.ahead += 20_000;
	await setClock(server, -HOUR);
	const left = await secondsLeft(server);
	t.true(left > 0 && left <= 40, String(left));
	server.clock.ahead += 40_000;
	await (await signIn(server, {name: 'alice'})).close();
});

test('a lock that was made before the clock was set back ends 60 s after a restart at most', async t => {
	const server = await startTestServer(t);
	await lockAlice(server);
	await server.close();
	let ahead = 0;
	const clock = {now: () => Date.now() + ahead - HOUR, elapsed: () => performance.now() + ahead};
	const users = await manage({data: server.data}, {command: 'users', name: ''}, clock);
	const [, seconds] = /locked for (\d+) s/.exec(users.text) ?? [];
	t.is(Number(seconds), 60);
	// Cut at the start, not with a later sweep.
	const again = await startTestServer(t, {data: server.data, clock, sweepMs: HOUR});
	const left = await secondsLeft(again);
	t.true(left > 0 && left <= 60, String(left));
	ahead += LOCK_MS;
	await (await signIn(again, {name: 'alice'})).close();
});

test('wrong passwords are forgotten after 15 minutes also when the clock is set back meanwhile', async t => {
	const server = await startTestServer(t);
	await (await signUp(server, {name: 'alice'})).close();
	const wrong = {name: 'alice', password: 'wrong'};
	t.like(await attemptLogin(server, 'sign-in', wrong), {alert: {triesLeft: 4}});
	await setClock(server, -HOUR);
	server.clock.ahead += 15 * 60_000;
	t.like(await attemptLogin(server, 'sign-in', wrong), {alert: {triesLeft: 4}});
});

test('an invite outlives no week for a clock that is set back, and survives one that was wrong for a while', async t => {
	const server = await startTestServer(t, {registration: 'invite'});
	const inviteFor = async (name: string) => {
		const reply = await askAdmin(server.data, {command: 'invite', name});
		return {name, invite: reply?.kind === 'link' ? (parseJoinLink(reply.link)?.invite ?? '') : ''};
	};

	const [alice, bob] = [await inviteFor('alice'), await inviteFor('bob')];
	await setClock(server, 400 * 24 * HOUR);
	t.like(await attemptLogin(server, 'sign-up', alice), {alert: {reason: 'inviteInvalid'}});
	// Long enough for what has expired to be forgotten.
	server.clock.ahead += 2 * 60_000;
	t.like(await attemptLogin(server, 'sign-in', {name: 'nobody'}), {alert: {reason: 'credentials'}});
	server.clock.set = -400 * 24 * HOUR;
	await server.event(event => event.kind === 'clock set' && event.by < 0);
	await (await signUp(server, alice)).close();
	server.clock.ahead += 2 * 60_000;
	await (await signIn(server, {name: 'alice'})).close();
	server.clock.ahead += INVITE_LIFE_MS;
	t.like(await attemptLogin(server, 'sign-up', bob), {alert: {reason: 'inviteInvalid'}});
});

test('a clock that is set ends no session as silent and starves no rate; those signed in learn the time anew', async t => {
	const server = await startTestServer(t);
	const alice = await signUp(server, {name: 'alice'});
	await setClock(server, 2 * HOUR);
	t.like(await alice.alert(), {reason: 'shutdown', retryAfter: 1});
	const again = await signIn(server, {name: 'alice'});
	t.true(Math.abs(again.session.clockOffset - 2 * HOUR) < 60_000);
	t.truthy(await again.register(Date.now() + again.session.clockOffset));
	t.false(server.events.some(event => event.kind === 'dropped'));
	await again.close();
});

test('a small step of the clock is noticed, and small corrections add up', async t => {
	let [now, elapsed] = [1_000_000, 0];
	const clockSteps = new ClockSteps({now: () => now, elapsed: () => elapsed});
	t.is(clockSteps.take(), 0);
	now += 100;
	elapsed += 200;
	t.is(clockSteps.take(), 0);
	now -= 200;
	t.is(clockSteps.take(), -300);
	t.is(clockSteps.take(), 0);
	now += 5000;
	elapsed += 1000;
	t.is(clockSteps.take(), 4000);
});

test('the log says that the clock was set, and counts repetitions', t => {
	const lines: string[] = [];
	const log = createLog(undefined, ({text}) => lines.push(text));
	for (const by of [-3_600_000, 10]) log.emit({kind: 'clock set', by});
	log.close();
	t.deepEqual(lines, ['the clock was set back by 3600 s', '1 more: changes of the clock']);
});
