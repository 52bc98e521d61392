// simchat password by real processes: alone, beside a simchat that has the profile open, and after a change on another device.
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {Client} from '../../source/client/facade.ts';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {Running, isHeld, signUpQuickly, startServer} from '../cli/processes.ts';
import {clientDoor} from '../programs.ts';
import {passwordOf, quickScrypt} from '../twins/people.ts';
import {secondDevice} from '../twins/recovered.ts';

const FRESH = 'quite another password';

async function profileOfAlice(t: ExecutionContext, link: string): Promise<string> {
	const profile = path.join(temporaryFolder(t), 'alice');
	await signUpQuickly(link, 'alice', profile, passwordOf('alice'));
	return profile;
}

/** A command with a password of its own; `lines` are its standard input. */
async function command(t: ExecutionContext, profile: string, args: readonly string[], lines: readonly string[]) {
	const running = new Running(t, clientDoor, [...args, '--password-stdin', '--profile', profile]);
	running.child.stdin?.end(lines.map(line => `${line}\n`).join(''));
	return running.ended();
}

/** The exit codes of a command with the former password, and with the new one. */
async function opensWith(t: ExecutionContext, profile: string) {
	const former = await command(t, profile, ['contacts'], [passwordOf('alice')]);
	const fresh = await command(t, profile, ['contacts'], [FRESH]);
	return [former.code, fresh.code];
}

test('the password is changed by a command, and a weak one is told', async t => {
	const {link} = await startServer(t);
	const profile = await profileOfAlice(t, link);
	const none = await command(t, profile, ['password'], [passwordOf('alice')]);
	t.is(none.code, 65);
	t.regex(none.stderr, /the second line of standard input is the new password/);
	const wrong = await command(t, profile, ['password'], ['not it', FRESH]);
	t.is(wrong.code, 77);
	t.regex(wrong.stderr, /wrong password: \d tries left/);
	const weak = await command(t, profile, ['password'], [passwordOf('alice'), 'password1']);
	t.is(weak.code, 0);
	t.regex(weak.stderr, /the password is weak/);
	const {code, stdout} = await command(t, profile, ['password'], ['password1', FRESH]);
	t.is(code, 0);
	t.regex(stdout, /the password is changed: your other devices want the new one/);
	t.deepEqual(await opensWith(t, profile), [77, 0]);
});

test('the password is changed beside a tail that has the profile open, which goes on', async t => {
	const {link} = await startServer(t);
	const profile = await profileOfAlice(t, link);
	const tail = new Running(t, clientDoor, ['tail', '--profile', profile], {SIMCHAT_PASSWORD: passwordOf('alice')});
	await isHeld(profile);
	const {code, stderr} = await command(t, profile, ['password'], [passwordOf('alice'), FRESH]);
	t.is(code, 0, stderr);
	t.deepEqual(await opensWith(t, profile), [77, 0]);
	t.is((await tail.stop()).code, 0);
	t.deepEqual(await opensWith(t, profile), [77, 0]);
});

/** Alice's second device, closed, while her first one has changed the password. */
async function changedElsewhere(t: ExecutionContext, link: string): Promise<string> {
	const first = Client.open({folder: await profileOfAlice(t, link), scrypt: quickScrypt});
	t.teardown(async () => first.close());
	await first.signIn(passwordOf('alice'));
	const second = await secondDevice(t, {client: first}, link);
	await second.client.close();
	await first.changePassword(passwordOf('alice'), FRESH);
	return second.folder;
}

test('changed on another device: every command says what to do, and simchat password takes the new one over', async t => {
	const {link} = await startServer(t);
	const profile = await changedElsewhere(t, link);
	const told = await command(t, profile, ['contacts'], [passwordOf('alice')]);
	t.is(told.code, 77);
	t.regex(told.stderr, /the account has another by now.*run simchat password/);
	const newer = await command(t, profile, ['contacts'], [FRESH]);
	t.is(newer.code, 77);
	t.regex(newer.stderr, /the profile still opens with the former one.*run simchat password/);
	const {code, stdout, stderr} = await command(t, profile, ['password'], [passwordOf('alice'), FRESH]);
	t.is(code, 0, stderr);
	t.regex(stdout, /the new password is taken over/);
	t.deepEqual(await opensWith(t, profile), [77, 0]);
});

test('changed on another device, and the new one is given as the old one: the former one is asked for', async t => {
	const {link} = await startServer(t);
	const profile = await changedElsewhere(t, link);
	const third = 'a third password, then';
	const {code, stdout, stderr} = await command(t, profile, ['password'], [FRESH, third, passwordOf('alice')]);
	t.is(code, 0, stderr);
	t.regex(stdout, /is taken over[^]*is changed/);
	t.is((await command(t, profile, ['contacts'], [FRESH])).code, 77);
	t.is((await command(t, profile, ['contacts'], [third])).code, 0);
});
