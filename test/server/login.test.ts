// Signing up and in over real sockets: who may register, the lockout as strangers and owners meet it, and displacement.
import test from 'ava';
import {askAdmin} from '../../source/server/admin-socket.ts';
import {parseJoinLink} from '../../source/wire/join-link.ts';
import {attemptLogin, signIn, signUp} from '../../tools/members/directory-client.ts';
import {startTestServer} from './servers.ts';

async function inviteFor(data: string, name: string): Promise<string> {
	const reply = await askAdmin(data, {command: 'invite', name});
	if (reply?.kind !== 'link') throw new Error(JSON.stringify(reply));
	return parseJoinLink(reply.link)?.invite ?? '';
}

test('an invite makes one account, for the name it was made for', async t => {
	const server = await startTestServer(t, {registration: 'invite'});
	const invite = await inviteFor(server.data, 'alice');
	const refused = {kind: 'refused', alert: {reason: 'inviteInvalid'}};
	t.like(await attemptLogin(server, 'sign-up', {name: 'alice'}), refused);
	t.like(await attemptLogin(server, 'sign-up', {name: 'alice', invite: `${invite}x`}), refused);
	t.like(await attemptLogin(server, 'sign-up', {name: 'mallory', invite}), refused);
	const alice = await signUp(server, {name: 'alice', invite});
	t.is(alice.session.observed.host, '127.0.0.1');
	t.is(alice.session.observed.port, alice.frames.socket.localPort ?? 0);
	t.like(await attemptLogin(server, 'sign-up', {name: 'alice', invite, device: 'other'}), refused);
	t.like(await attemptLogin(server, 'sign-up', {name: 'bob', invite}), refused);
	await alice.close();
	await (await signIn(server, {name: 'alice'})).close();
});

test('an invite expires after a week', async t => {
	const server = await startTestServer(t, {registration: 'invite'});
	const invite = await inviteFor(server.data, 'alice');
	server.clock.ahead = 7 * 24 * 3_600_000;
	t.like(await attemptLogin(server, 'sign-up', {name: 'alice', invite}), {alert: {reason: 'inviteInvalid'}});
});

test('open registration takes any free name, closed none', async t => {
	const open = await startTestServer(t, {registration: 'open'});
	await (await signUp(open, {name: 'alice'})).close();
	t.like(await attemptLogin(open, 'sign-up', {name: 'alice', device: 'other'}), {alert: {reason: 'nameTaken'}});
	await open.close();
	const closed = await startTestServer(t, {data: open.data, registration: 'closed'});
	t.like(await attemptLogin(closed, 'sign-up', {name: 'bob'}), {alert: {reason: 'registrationClosed'}});
	await (await signIn(closed, {name: 'alice'})).close();
});

test('five wrong passwords lock the device out for 60 s, also over a restart', async t => {
	const server = await startTestServer(t);
	await (await signUp(server, {name: 'alice'})).close();
	const wrong = {name: 'alice', password: 'wrong'};
	for (let triesLeft = 4; triesLeft > 0; triesLeft--) {
		t.like(await attemptLogin(server, 'sign-in', wrong), {alert: {reason: 'credentials', triesLeft, retryAfter: 0}});
	}

	t.like(await attemptLogin(server, 'sign-in', wrong), {alert: {reason: 'locked', triesLeft: 0, retryAfter: 60}});
	const sixth = await attemptLogin(server, 'sign-in', {name: 'alice'});
	t.true(sixth.kind === 'refused' && sixth.alert.reason === 'locked');
	t.true(sixth.kind === 'refused' && sixth.alert.retryAfter > 0 && sixth.alert.retryAfter <= 60);
	await server.close();

	const again = await startTestServer(t, {data: server.data});
	t.like(await attemptLogin(again, 'sign-in', {name: 'alice'}), {kind: 'refused', alert: {reason: 'locked'}});
	again.clock.ahead = 61_000;
	await (await signIn(again, {name: 'alice'})).close();
	t.like(await attemptLogin(again, 'sign-in', wrong), {alert: {reason: 'credentials', triesLeft: 4}});
});

test('a right password gives the attempt back', async t => {
	const server = await startTestServer(t);
	await (await signUp(server, {name: 'alice'})).close();
	for (let round = 0; round < 3; round++) {
		for (const triesLeft of [4, 3]) {
			const result = await attemptLogin(server, 'sign-in', {name: 'alice', password: 'wrong'});
			t.like(result, {alert: {reason: 'credentials', triesLeft}});
		}

		await (await signIn(server, {name: 'alice'})).close();
	}
});

test('fifty strangers at once get five guesses, and the owner’s device gets in meanwhile', async t => {
	// Time passes slowly there: on a machine that does much else, fifty logins at once take longer than a login may.
	const server = await startTestServer(t, {clock: {now: Date.now, elapsed: () => performance.now() / 20}});
	await (await signUp(server, {name: 'alice'})).close();
	const guesses = Array.from({length: 50}, async (_, guess) =>
		attemptLogin(server, 'sign-in', {name: 'alice', password: `guess ${guess}`, device: 'stranger'}),
	);
	const owner = signIn(server, {name: 'alice'});
	const reasons = (await Promise.all(guesses)).map(result => (result.kind === 'refused' ? result.alert : undefined));
	// The fifth wrong one is answered with the lock itself, and 60 s; who comes later is told what is left of them.
	const heard = reasons.filter(alert => alert?.reason === 'credentials').length;
	t.is(heard, 4);
	t.is(reasons.filter(alert => alert?.reason === 'locked').length, 46);
	await (await owner).close();
});

test('the right password on another device is told so, and is no guess', async t => {
	const server = await startTestServer(t);
	await (await signUp(server, {name: 'alice'})).close();
	for (let round = 0; round < 7; round++) {
		const result = await attemptLogin(server, 'sign-in', {name: 'alice', device: 'other'});
		t.like(result, {kind: 'refused', alert: {reason: 'identityUnknown'}});
	}
});

test('a name without an account answers like one with, frame by frame and alert by alert', async t => {
	const server = await startTestServer(t);
	await (await signUp(server, {name: 'alice'})).close();
	const story = async (name: string) => {
		const sizes: number[][] = [];
		const alerts: unknown[] = [];
		for (let round = 0; round < 6; round++) {
			const seen: number[] = [];
			const result = await attemptLogin(server, 'sign-in', {name, password: 'wrong', device: 'stranger'}, seen);
			sizes.push(seen);
			alerts.push(result.kind === 'refused' ? {...result.alert, retryAfter: result.alert.retryAfter > 0} : result);
		}

		return {sizes, alerts};
	};

	t.deepEqual(await story('nobody'), await story('alice'));
});

test('a second login displaces the first, which is told', async t => {
	const server = await startTestServer(t);
	const first = await signUp(server, {name: 'alice'});
	const second = await signIn(server, {name: 'alice'});
	t.like(await first.alert(), {reason: 'displaced'});
	await first.frames.closed;
	t.deepEqual(
		server.events.filter(event => event.kind === 'signed out'),
		[{kind: 'signed out', name: 'alice', how: 'displaced'}],
	);
	t.like(await askAdmin(server.data, {command: 'status', name: ''}), {status: {online: 1, logins: 2}});
	await second.close();
});

test('after a reset the old password and device are worth nothing, and the link makes a new start', async t => {
	const open = await startTestServer(t);
	const old = await signUp(open, {name: 'alice'});
	const reply = await askAdmin(open.data, {command: 'reset', name: 'alice'});
	t.like(await old.alert(), {reason: 'removed'});
	t.like(await attemptLogin(open, 'sign-in', {name: 'alice'}), {alert: {reason: 'credentials'}});
	const invite = reply?.kind === 'link' ? parseJoinLink(reply.link)?.invite : undefined;
	t.truthy(invite);
	await open.close();

	const closed = await startTestServer(t, {data: open.data, registration: 'closed'});
	const anew = {name: 'alice', device: 'new', password: 'new', invite: invite ?? ''};
	await (await signUp(closed, anew)).close();
	await (await signIn(closed, anew)).close();
	t.like(await attemptLogin(closed, 'sign-in', {name: 'alice'}), {alert: {reason: 'credentials'}});
});
