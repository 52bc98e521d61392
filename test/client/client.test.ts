import {mkdir, readFile, rm, stat, writeFile} from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import {Client, ClientError, typedTalk} from '../../source/client/facade.ts';
import {startTestServer} from '../server/servers.ts';
import {passwordOf, quickScrypt, reachable, signedUp, someone} from '../twins/people.ts';
import {talkWith} from '../../source/messaging/conversation.ts';

// One after the other: a server that shares a process with thirty clients is late, and refuses some of them.
test.serial(
	'two people sign up, meet and talk both ways; each message is on the other’s disk when it says delivered',
	async t => {
		const server = await startTestServer(t);
		const alice = await signedUp(t, server.joinLink, 'alice');
		const bob = await signedUp(t, server.joinLink, 'bob');
		alice.client.send(talkWith('bob'), 'hello 👩‍👩‍👧 你好');
		await bob.until(() => bob.inbox.length === 1, 'bob has it');
		bob.client.send(talkWith('alice'), 'hi');
		await alice.until(() => alice.inbox.length === 1, 'alice has it');
		await alice.until(() => alice.states('bob').join('') === 'delivered', 'delivered');
		t.is(bob.inbox[0]?.text, 'hello 👩‍👩‍👧 你好');
		t.is(alice.inbox[0]?.text, 'hi');
		t.is(alice.contact('bob')?.presence, 'online');
		t.is(bob.contact('alice')?.identity, 'pinned');
		t.is(bob.contact('alice')?.unread, 1);
		t.is(alice.contact('bob')?.path.kind, 'lan');
		t.is(alice.client.safetyNumber('bob'), bob.client.safetyNumber('alice'));
		bob.client.markRead(talkWith('alice'));
		t.is(bob.contact('alice')?.unread, 0);
	},
);

test.serial(
	'what is written for somebody who is away goes out when they come, also after a restart of both',
	async t => {
		const server = await startTestServer(t);
		const alice = await signedUp(t, server.joinLink, 'alice');
		const bob = await signedUp(t, server.joinLink, 'bob');
		alice.client.send(talkWith('bob'), 'one');
		await alice.until(() => alice.states('bob')[0] === 'delivered', 'delivered');
		await bob.client.close();
		await alice.until(() => alice.contact('bob')?.presence === 'offline', 'bob is away');
		alice.client.send(talkWith('bob'), 'two');
		alice.client.send(talkWith('bob'), 'three');
		t.deepEqual(alice.states('bob'), ['delivered', 'queued', 'queued']);
		await alice.client.close();

		const later = await someone(t, {folder: alice.folder});
		await later.client.signIn(passwordOf('alice'));
		t.deepEqual(later.states('bob'), ['delivered', 'queued', 'queued']);
		const back = await someone(t, {folder: bob.folder});
		await back.client.signIn(passwordOf('bob'));
		await later.until(() => later.states('bob').every(state => state === 'delivered'), 'delivered');
		t.deepEqual(
			back.client
				.snapshot()
				.conversations.get(talkWith('alice'))
				?.messages.map(({text}) => text),
			['one', 'two', 'three'],
		);
	},
);

test.serial('the directory stops and comes back: a session lives on meanwhile, and the login is made anew', async t => {
	const server = await startTestServer(t);
	const alice = await signedUp(t, server.joinLink, 'alice');
	const bob = await signedUp(t, server.joinLink, 'bob');
	alice.client.send(talkWith('bob'), 'one');
	await alice.until(() => alice.states('bob')[0] === 'delivered', 'delivered');
	await server.close();
	await alice.until(() => alice.client.snapshot().connection.state === 'waiting', 'the link is down');
	t.is(alice.contact('bob')?.presence, 'unknown');
	alice.client.send(talkWith('bob'), 'two');
	await alice.until(() => alice.states('bob')[1] === 'delivered', 'delivered without a directory');
	await startTestServer(t, {data: server.data, listen: {host: '127.0.0.1', port: server.address.port}});
	await alice.until(() => alice.client.snapshot().connection.state === 'online', 'the link is back');
	await alice.until(() => alice.contact('bob')?.presence === 'online', 'bob is back');
	await reachable(bob);
	t.is(bob.inbox.length, 2);
});

test.serial(
	'wrong passwords: the tries left are the server’s, then its lockout; the right one opens the vault all the while',
	async t => {
		const server = await startTestServer(t);
		const alice = await signedUp(t, server.joinLink, 'alice');
		await alice.client.signOff();
		const tries: Array<number | undefined> = [];
		for (let guess = 0; guess < 5; guess++) {
			const error = await t.throwsAsync(alice.client.signIn(`guess ${guess}`), {instanceOf: ClientError});
			tries.push(error?.triesLeft);
		}

		t.deepEqual(tries, [4, 3, 2, 1, 0]);
		const locked = await t.throwsAsync(alice.client.signIn('guess 6'), {instanceOf: ClientError});
		t.is(locked?.code, 'locked');
		t.true((locked?.retryAfter ?? 0) > 50 && (locked?.retryAfter ?? 0) <= 60);
		t.true((alice.client.lockedUntil ?? 0) > Date.now());
		await alice.client.signIn(passwordOf('alice'));
		t.is(alice.client.snapshot().connection.state, 'online');
	},
);

test.serial('an identity that was replaced stops what goes out until it is decided', async t => {
	const server = await startTestServer(t);
	const alice = await signedUp(t, server.joinLink, 'alice');
	const bob = await signedUp(t, server.joinLink, 'bob');
	alice.client.send(talkWith('bob'), 'one');
	await alice.until(() => alice.states('bob')[0] === 'delivered', 'delivered');
	const before = alice.client.safetyNumber('bob');
	alice.client.verify('bob');
	t.is(alice.contact('bob')?.identity, 'verified');
	await bob.client.close();
	await alice.until(() => alice.contact('bob')?.presence === 'offline', 'bob is away');
	const {joinLink} = await reset(server.data, 'bob');
	const imposter = await signedUp(t, joinLink, 'bob');
	await alice.until(() => alice.contact('bob')?.presence === 'online', 'somebody is bob');
	alice.client.send(talkWith('bob'), 'for the real one');
	await alice.until(() => alice.contact('bob')?.identity === 'changed', 'the key is another');
	t.deepEqual(alice.states('bob'), ['delivered', 'queued']);
	const refused = t.throws(() => alice.client.send(talkWith('bob'), 'more'), {instanceOf: ClientError});
	t.is(refused?.code, 'identity-changed');
	t.not(alice.client.safetyNumber('bob'), before);
	t.is(imposter.inbox.length, 0);
	alice.client.trust('bob');
	t.is(alice.contact('bob')?.identity, 'pinned');
	await alice.until(() => alice.states('bob')[1] === 'delivered', 'delivered to the new key');
	t.is(imposter.inbox[0]?.text, 'for the real one');
});

test.serial(
	'a former device keeps no session: not once another key is claimed, and nothing goes to it after the decision',
	async t => {
		const server = await startTestServer(t);
		const alice = await signedUp(t, server.joinLink, 'alice');
		const former = await signedUp(t, server.joinLink, 'bob');
		alice.client.send(talkWith('bob'), 'one');
		await alice.until(() => alice.states('bob')[0] === 'delivered', 'delivered');
		const {joinLink} = await reset(server.data, 'bob');
		const fresh = await signedUp(t, joinLink, 'bob');
		fresh.client.send(talkWith('alice'), 'it is me, with another device');
		await alice.until(() => alice.contact('bob')?.identity === 'changed', 'the key is another');
		await alice.until(() => !['lan', 'direct'].includes(alice.contact('bob')?.path.kind ?? ''), 'the session is over');
		t.is(alice.client.safetyNumber('bob'), fresh.client.safetyNumber('alice'));
		alice.client.verify('bob');
		alice.client.send(talkWith('bob'), 'for the new device');
		await alice.until(() => alice.states('bob')[1] === 'delivered', 'delivered');
		await alice.until(() => alice.inbox.length === 1, 'the new device is heard');
		t.deepEqual(
			[former, fresh].map(({inbox}) => inbox.map(({text}) => text)),
			[['one'], ['for the new device']],
		);
		t.is(alice.contact('bob')?.identity, 'verified');
	},
);

test.serial(
	'who is taken off the list stays off it, and what was said is there again when they are taken back',
	async t => {
		const server = await startTestServer(t);
		const alice = await signedUp(t, server.joinLink, 'alice');
		alice.client.send(talkWith('bob'), 'one');
		alice.client.removeContact('bob');
		t.is(alice.contact('bob'), undefined);
		await alice.client.signOff();
		await alice.client.signIn(passwordOf('alice'));
		t.is(alice.contact('bob'), undefined);
		const bob = await signedUp(t, server.joinLink, 'bob');
		alice.client.addContact('bob');
		t.deepEqual(alice.states('bob'), ['queued']);
		await bob.until(() => bob.inbox.length === 1, 'bob has it');
		await alice.until(() => alice.states('bob')[0] === 'delivered', 'delivered');
		t.is(bob.inbox.length, 1);
	},
);

test.serial(
	'a disk that takes no pin: nobody new is talked to, nothing breaks, and it goes on once the disk does',
	async t => {
		const server = await startTestServer(t);
		const alice = await signedUp(t, server.joinLink, 'alice');
		const bob = await signedUp(t, server.joinLink, 'bob');
		// What cannot be replaced: a folder, with something in it, where the new vault would be written.
		const obstacle = path.join(bob.folder, 'vault.new');
		await mkdir(path.join(obstacle, 'in the way'), {recursive: true});
		alice.client.send(talkWith('bob'), 'hello');
		await alice.until(() => alice.contact('bob')?.path.kind === 'lan', 'the session stands on her side');
		t.is(bob.contact('alice'), undefined);
		await rm(obstacle, {recursive: true});
		await alice.client.signOff();
		await alice.client.signIn(passwordOf('alice'));
		await bob.until(() => bob.inbox.length === 1, 'bob has it');
		t.is(bob.contact('alice')?.identity, 'pinned');
	},
);

test.serial('a second client on a profile is told; a damaged file is named and left as it was', async t => {
	const server = await startTestServer(t);
	const alice = await signedUp(t, server.joinLink, 'alice');
	const second = t.throws(() => Client.open({folder: alice.folder}), {instanceOf: ClientError});
	t.is(second?.code, 'profile-busy');
	await alice.client.close();
	for (const name of ['settings.json', 'vault', 'history.db']) {
		const file = path.join(alice.folder, name);
		const good = await readFile(file);
		t.is((await stat(file)).mode & 0o777, 0o600, name);
		const bad = Buffer.from(good);
		bad.fill(0xff, 0, Math.min(64, bad.length));
		await writeFile(file, bad);
		const error = await t.throwsAsync(
			async () => {
				const client = Client.open({folder: alice.folder, scrypt: quickScrypt});
				try {
					await client.signIn(passwordOf('alice'));
				} finally {
					await client.close();
				}
			},
			{instanceOf: ClientError},
			name,
		);
		t.is(error?.code, 'damaged', name);
		t.true(error?.message.includes(file), error?.message);
		t.deepEqual(await readFile(file), bad, name);
		await writeFile(file, good);
	}

	const again = await someone(t, {folder: alice.folder});
	await again.client.signIn(passwordOf('alice'));
	t.is(again.client.snapshot().connection.state, 'online');
});

test.serial('another server at the same address is not talked to', async t => {
	const server = await startTestServer(t);
	const alice = await signedUp(t, server.joinLink, 'alice');
	await alice.client.signOff();
	await server.close();
	await startTestServer(t, {listen: {host: '127.0.0.1', port: server.address.port}});
	const error = await t.throwsAsync(alice.client.signIn(passwordOf('alice')), {instanceOf: ClientError});
	t.is(error?.code, 'server-key');
	t.regex(error?.message ?? '', /impersonating/);
});

test.serial('a clock that is three hours off works, and says so', async t => {
	const server = await startTestServer(t);
	const off = 3 * 3_600_000;
	const clock = {now: () => Date.now() - off, elapsed: () => performance.now()};
	const alice = await signedUp(t, server.joinLink, 'alice', {clock});
	const bob = await signedUp(t, server.joinLink, 'bob');
	const skew = alice.client.snapshot().clockOffset ?? 0;
	t.true(Math.abs(skew - off) < 60_000);
	alice.client.send(talkWith('bob'), 'what time is it?');
	await bob.until(() => bob.inbox.length === 1, 'bob has it');
	t.true(Math.abs((bob.inbox[0]?.time ?? 0) - Date.now()) < 60_000);
	bob.client.send(talkWith('alice'), 'late');
	await alice.until(() => alice.inbox.length === 1, 'alice has it');
});

test.serial(
	'a password is changed: the new one opens vault and account, the old one neither, and nothing is lost',
	async t => {
		const server = await startTestServer(t);
		const alice = await signedUp(t, server.joinLink, 'alice');
		alice.client.send(talkWith('bob'), 'for later');
		const wrong = await t.throwsAsync(alice.client.changePassword('not it', 'new'), {instanceOf: ClientError});
		t.is(wrong?.code, 'wrong-password');
		await alice.client.changePassword(passwordOf('alice'), 'new password');
		await alice.client.signOff();
		const old = await t.throwsAsync(alice.client.signIn(passwordOf('alice')), {instanceOf: ClientError});
		t.is(old?.code, 'wrong-password');
		await alice.client.signIn('new password');
		t.is(alice.client.snapshot().connection.state, 'online');
		t.deepEqual(alice.states('bob'), ['queued']);
	},
);

test.serial('a blocked contact is not heard, sees nobody, and is heard again once it is not', async t => {
	const server = await startTestServer(t);
	const alice = await signedUp(t, server.joinLink, 'alice');
	const bob = await signedUp(t, server.joinLink, 'bob');
	bob.client.addContact('alice');
	await bob.until(() => bob.contact('alice')?.presence === 'online', 'bob sees alice');
	alice.client.block('bob', true);
	await bob.until(() => bob.contact('alice')?.presence === 'offline', 'bob sees her no more');
	bob.client.send(talkWith('alice'), 'are you there?');
	t.is(t.throws(() => alice.client.send(talkWith('bob'), 'no'), {instanceOf: ClientError})?.code, 'blocked');
	alice.client.block('bob', false);
	await alice.until(() => alice.inbox.length === 1, 'heard again');
});

test.serial('names and messages that are none are refused with what to do', async t => {
	const server = await startTestServer(t);
	const alice = await signedUp(t, server.joinLink, 'alice');
	const code = (run: () => unknown) => t.throws(run, {instanceOf: ClientError})?.code;
	t.is(
		code(() => alice.client.send(typedTalk('no such/name'), 'x')),
		'bad-name',
	);
	t.is(
		code(() => alice.client.send(talkWith('alice'), 'x')),
		'bad-name',
	);
	t.is(
		code(() => alice.client.send(talkWith('bob'), '')),
		'bad-message',
	);
	t.is(
		code(() => alice.client.send(talkWith('bob'), 'x'.repeat(70_000))),
		'bad-message',
	);
	t.is(alice.client.send(typedTalk('@Bob'), 'x').length, 32);
	t.is((await t.throwsAsync(alice.client.signUp(server.joinLink, 'other', 'x')))?.name, 'ClientError');
	await alice.client.signOff();
	t.is(
		code(() => alice.client.send(talkWith('bob'), 'x')),
		'not-signed-in',
	);
});

test.serial('the directory is searched by the beginning of a name', async t => {
	const server = await startTestServer(t);
	const alice = await signedUp(t, server.joinLink, 'alice');
	await signedUp(t, server.joinLink, 'bob');
	await signedUp(t, server.joinLink, 'bonnie');
	t.deepEqual(await alice.client.search('bo'), {
		names: [
			{name: 'bob', online: true},
			{name: 'bonnie', online: true},
		],
		more: false,
	});
});

/** What `simchat-server reset NAME` does. */
async function reset(data: string, name: string): Promise<{joinLink: string}> {
	const {manage} = await import('../../source/server/manage.ts');
	const {text} = await manage({data}, {command: 'reset', name} as never);
	const joinLink = /simchat:\/\/\S+/.exec(text)?.[0];
	if (joinLink === undefined) throw new Error(text);
	return {joinLink};
}
