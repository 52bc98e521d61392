// The password of one's own account, on two devices of it: changing it, and taking it over where it was changed elsewhere.
import test, {type ExecutionContext} from 'ava';
import {ClientError} from '../../source/client/facade.ts';
import {type TestServer, startTestServer} from '../server/servers.ts';
import {secondDevice} from '../twins/recovered.ts';
import {type Someone, passwordOf, signedUp, someone} from '../twins/people.ts';

const FRESH = 'quite another password';

/** Alice with two devices. */
async function twoDevices(t: ExecutionContext) {
	const server = await startTestServer(t);
	const first = await signedUp(t, server.joinLink, 'alice');
	const second = await secondDevice(t, first, server.joinLink);
	return {server, first, second};
}

async function refusal(work: Promise<unknown>, t: ExecutionContext): Promise<ClientError> {
	return t.throwsAsync(work, {instanceOf: ClientError});
}

/** The second device was away while the first one changed the password. */
async function changedMeanwhile(t: ExecutionContext) {
	const {server, first, second} = await twoDevices(t);
	await second.client.close();
	await first.client.changePassword(passwordOf('alice'), FRESH);
	return {server, first, second: await someone(t, {folder: second.folder})};
}

const isOnline = ({client}: Someone) => client.snapshot().connection.state === 'online';

test('changed elsewhere: the former password opens the device once, says why, and the new one is taken over', async t => {
	const {second} = await changedMeanwhile(t);
	const told = await refusal(second.client.signIn(passwordOf('alice')), t);
	t.is(told.code, 'password-changed');
	t.regex(told.message, /opens the profile, but the account has another by now.*Type the new password/);
	const wrong = await refusal(second.client.signIn('no password of hers'), t);
	t.is(wrong.code, 'wrong-password');
	await second.client.signIn(FRESH);
	t.true(isOnline(second));
	await second.client.signOff();
	t.is((await refusal(second.client.signIn(passwordOf('alice')), t)).code, 'wrong-password');
	await second.client.signIn(FRESH);
	t.true(isOnline(second));
});

test('changed elsewhere: the new password first, then the former one, comes to the same', async t => {
	const {second} = await changedMeanwhile(t);
	const told = await refusal(second.client.signIn(FRESH), t);
	t.is(told.code, 'former-password');
	t.regex(told.message, /the account’s new password, but the profile still opens with the former one/);
	await second.client.signIn(passwordOf('alice'));
	t.true(isOnline(second));
	await second.client.signOff();
	await second.client.signIn(FRESH);
	t.true(isOnline(second));
});

/** Restarts nothing: the connection ends, and the next login finds out. */
async function outOfDate(server: TestServer, first: Someone, second: Someone): Promise<void> {
	await first.client.changePassword(passwordOf('alice'), FRESH);
	// The machine was asleep: its connection is gone.
	server.clock.ahead += 10 * 60_000;
	const isStopped = () => {
		const {connection} = second.client.snapshot();
		return connection.state === 'stopped' && connection.problem === 'credentials';
	};
	await second.until(isStopped, 'it finds out that the password is out of date');
}

test('changed elsewhere while it runs: it says so, and goes on with the new password without a restart', async t => {
	const {server, first, second} = await twoDevices(t);
	await outOfDate(server, first, second);
	t.is((await refusal(second.client.takePassword('no password of hers'), t)).code, 'wrong-password');
	t.is((await refusal(second.client.takePassword(''), t)).code, 'bad-password');
	const before = second.client.handoverKey()!;
	await second.client.takePassword(FRESH);
	await second.until(() => isOnline(second), 'it is online again');
	// What commands have to prove is of the new password.
	const after = second.client.handoverKey()!;
	const nonces = {holder: '00', command: '11'};
	t.not(before.proof('command', nonces), after.proof('command', nonces));
	before.forget();
	after.forget();
	await second.client.signOff();
	await second.client.signIn(FRESH);
	t.true(isOnline(second));
});

test('a wrong old password changes nothing and counts: in the end the form is locked', async t => {
	const server = await startTestServer(t);
	const alice = await signedUp(t, server.joinLink, 'alice');
	const codes: string[] = [];
	for (let tries = 0; tries < 6; tries++) {
		codes.push((await refusal(alice.client.changePassword('not it', FRESH), t)).code);
	}

	t.deepEqual(
		codes.slice(0, 4),
		Array.from({length: 4}, () => 'wrong-password'),
	);
	t.is(codes.at(-1), 'locked');
	t.not(alice.client.lockedUntil, undefined);
	t.is((await refusal(alice.client.changePassword(passwordOf('alice'), FRESH), t)).code, 'locked');
	t.true(isOnline(alice));
	t.is((await refusal(alice.client.changePassword(passwordOf('alice'), ''), t)).code, 'bad-password');
});
