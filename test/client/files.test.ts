// Files between two real clients, a real server and real sockets: offered, wanted, there; stopped, refused, gone on with.
import {Buffer} from 'node:buffer';
import {createHash, randomBytes} from 'node:crypto';
import {execFileSync} from 'node:child_process';
import {existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {type Message, talkWith, transferKey} from '../../source/client/snapshot.ts';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {startTestServer} from '../server/servers.ts';
import {type Someone, passwordOf, reachable, signedUp, someone} from '../twins/people.ts';

const MIB = 1_048_576;
const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

async function couple(t: ExecutionContext) {
	const server = await startTestServer(t);
	const [alice, bob] = [await signedUp(t, server.joinLink, 'alice'), await signedUp(t, server.joinLink, 'bob')];
	bob.client.addContact('alice');
	const [sources, downloads] = [temporaryFolder(t), path.join(temporaryFolder(t), 'in')];
	bob.client.setPreferences({downloads});
	const source = (name: string, bytes: Buffer) => {
		const file = path.join(sources, name);
		writeFileSync(file, bytes);
		return file;
	};

	return {server, alice, bob, downloads, source};
}

const offered = (person: Someone, from: string, id: string): Message | undefined =>
	person.client
		.snapshot()
		.conversations.get(talkWith(from))
		?.messages.find(message => message.id === id && message.file !== undefined);

const transferOf = (person: Someone, other: string, direction: 'in' | 'out', id: string) =>
	person.client.snapshot().transfers?.get(transferKey({conversation: talkWith(other), message: {direction, id}}));

test('a file is offered, wanted, and there, whole, under its name', async t => {
	const {alice, bob, downloads, source} = await couple(t);
	const bytes = randomBytes(3 * MIB + 12_345);
	const id = await alice.client.files.offer(talkWith('bob'), source('holiday.jpg', bytes));
	await bob.until(() => offered(bob, 'alice', id) !== undefined, 'bob sees the offer');
	t.like(offered(bob, 'alice', id)?.file, {name: 'holiday.jpg', size: bytes.length, answers: {}});
	t.false(existsSync(downloads), 'nothing comes before the person has said yes');
	await bob.client.files.take(talkWith('alice'), id);
	await bob.until(() => transferOf(bob, 'alice', 'in', id)?.state === 'done', 'bob has the file');
	t.deepEqual(readdirSync(downloads), ['holiday.jpg']);
	t.is(hashOf(readFileSync(path.join(downloads, 'holiday.jpg'))), hashOf(bytes));
	t.is(transferOf(bob, 'alice', 'in', id)?.path, path.join(downloads, 'holiday.jpg'));
	const isReceived = () => offered(alice, 'bob', id)?.file?.answers.in === 'received';
	await alice.until(isReceived, 'alice hears that bob has it');
	t.is(offered(bob, 'alice', id)?.file?.answers.out, 'received');
});

/** What bob is offered and takes, once so much of it is there. */
async function underWay(t: ExecutionContext, atLeast: number, size = 12 * MIB) {
	const them = await couple(t);
	const {alice, bob, source} = them;
	const bytes = randomBytes(size);
	const file = source('big.iso', bytes);
	const id = await alice.client.files.offer(talkWith('bob'), file);
	await bob.until(() => offered(bob, 'alice', id) !== undefined, 'bob sees the offer');
	await bob.client.files.take(talkWith('alice'), id);
	await bob.until(() => (transferOf(bob, 'alice', 'in', id)?.done ?? 0) >= atLeast, 'some of it is there');
	return {...them, bytes, file, id};
}

/** The same person in a process of its own time. */
async function again(t: ExecutionContext, {client, folder}: Someone, name: string): Promise<Someone> {
	await client.close();
	const back = await someone(t, {folder});
	await back.client.signIn(passwordOf(name));
	await reachable(back);
	return back;
}

test('a file goes on where it was when its receiver begins anew, and when its sender does', async t => {
	const {alice, bob, bytes, id, downloads} = await underWay(t, 2 * MIB);
	const seen = new Set<string | undefined>();
	t.teardown(alice.client.subscribe(() => seen.add(transferOf(alice, 'bob', 'out', id)?.state)));
	const bobAgain = await again(t, bob, 'bob');
	await bobAgain.until(() => (transferOf(bobAgain, 'alice', 'in', id)?.done ?? 0) > 0, 'it goes on');
	t.true(transferOf(bobAgain, 'alice', 'in', id)!.done >= MIB, 'with what was on the disk');
	t.true(seen.has('waiting'), 'alice saw that it did not go on meanwhile');
	await again(t, alice, 'alice');
	await bobAgain.until(() => transferOf(bobAgain, 'alice', 'in', id)?.state === 'done', 'bob has the file');
	t.deepEqual(readdirSync(downloads), ['big.iso']);
	t.is(hashOf(readFileSync(path.join(downloads, 'big.iso'))), hashOf(bytes));
});

test('either side stops a file under way, and nothing of it stays', async t => {
	const {alice, bob, id, downloads, source} = await underWay(t, MIB, 24 * MIB);
	alice.client.files.stop(talkWith('bob'), {direction: 'out', id});
	await bob.until(() => transferOf(bob, 'alice', 'in', id)?.state === 'stopped', 'bob hears of it');
	await bob.until(() => offered(bob, 'alice', id)?.file?.answers.in === 'stopped', 'and why');
	t.deepEqual(readdirSync(downloads), []);
	// Wanted once more it is refused: it was taken back.
	await bob.client.files.take(talkWith('alice'), id);
	await bob.until(() => transferOf(bob, 'alice', 'in', id)?.state === 'stopped', 'it is not given any more');

	const second = await alice.client.files.offer(talkWith('bob'), source('second', randomBytes(24 * MIB)));
	await bob.until(() => offered(bob, 'alice', second) !== undefined, 'bob sees the next one');
	await bob.client.files.take(talkWith('alice'), second);
	await bob.until(() => (transferOf(bob, 'alice', 'in', second)?.done ?? 0) > 0, 'some of it is there');
	bob.client.files.stop(talkWith('alice'), {direction: 'in', id: second});
	await alice.until(() => offered(alice, 'bob', second)?.file?.answers.in === 'stopped', 'alice hears of it');
	// The one who stopped it may want it after all.
	await bob.client.files.take(talkWith('alice'), second);
	await bob.until(() => transferOf(bob, 'alice', 'in', second)?.state === 'done', 'it comes');
	t.deepEqual(readdirSync(downloads), ['second']);
});

test('a file that is not what was offered any more is told of, and nothing half done is called done', async t => {
	const {alice, bob, downloads, source} = await couple(t);
	const offer = async (name: string, change: (file: string) => void) => {
		const file = source(name, randomBytes(MIB + 1));
		const id = await alice.client.files.offer(talkWith('bob'), file);
		await bob.until(() => offered(bob, 'alice', id) !== undefined, `bob sees ${name}`);
		change(file);
		await bob.client.files.take(talkWith('alice'), id);
		await bob.until(() => transferOf(bob, 'alice', 'in', id)?.state === 'failed', `${name} fails`);
		return transferOf(bob, 'alice', 'in', id)?.problem;
	};

	t.is(await offer('changed', file => writeFileSync(file, randomBytes(MIB + 1))), 'changed');
	t.is(await offer('shorter', file => writeFileSync(file, 'x')), 'changed');
	t.is(await offer('gone', file => rmSync(file)), 'missing');
	const piped = await offer('piped', file => {
		rmSync(file);
		execFileSync('mkfifo', [file]);
	});
	t.is(piped, 'unreadable');
	t.deepEqual(
		readdirSync(downloads).filter(name => !name.endsWith('.part')),
		[],
	);
});

test('what cannot be offered says why: nothing there, a folder, a pipe, a device', async t => {
	const {alice, source} = await couple(t);
	const there = source('file', Buffer.alloc(0));
	const pipe = `${there}.pipe`;
	execFileSync('mkfifo', [pipe]);
	const offer = async (file: string) => alice.client.files.offer(talkWith('bob'), file);
	await t.throwsAsync(offer(`${there}.gone`), {code: 'bad-file', message: /there is no file/});
	await t.throwsAsync(offer(path.dirname(there)), {code: 'bad-file', message: /is a folder: pack it/});
	await t.throwsAsync(offer(pipe), {code: 'bad-file', message: /no file with content/});
	await t.throwsAsync(offer('/dev/zero'), {code: 'bad-file', message: /no file with content/});
});

test('the receiver says yes first: not to what is larger than they take, nor where nothing can be saved; then nothing came', async t => {
	const {alice, bob, downloads, source} = await couple(t);
	const id = await alice.client.files.offer(talkWith('bob'), source('a', randomBytes(1_000_001)));
	await bob.until(() => offered(bob, 'alice', id) !== undefined, 'bob sees the offer');
	const take = async () => bob.client.files.take(talkWith('alice'), id);
	bob.client.setPreferences({fileLimit: 1});
	await t.throwsAsync(take(), {code: 'bad-file', message: /larger than the limit/});
	bob.client.setPreferences({fileLimit: 2, downloads: path.join(source('plain', Buffer.alloc(1)), 'under')});
	await t.throwsAsync(take(), {code: 'bad-file', message: /cannot be written to/});
	t.is(transferOf(bob, 'alice', 'in', id)?.state, 'failed');
	t.is(offered(bob, 'alice', id)?.file?.answers.out, undefined);
	bob.client.setPreferences({downloads});
	await take();
	await bob.until(() => transferOf(bob, 'alice', 'in', id)?.state === 'done', 'then it comes');
	t.is(statSync(path.join(downloads, 'a')).mode & 0o777, 0o600);

	bob.client.files.decline(talkWith('alice'), id);
	await alice.until(() => offered(alice, 'bob', id)?.file?.answers.in === 'declined', 'alice hears of a no');
});

test('a name is saved harmless and over nothing; a file of no bytes is one, too', async t => {
	const {alice, bob, downloads, source} = await couple(t);
	for (const [name, saved] of [
		['-rf \u202Etxt.exe', '_-rf txt.exe'],
		['same', 'same'],
		['same', 'same (2)'],
	] as const) {
		const id = await alice.client.files.offer(talkWith('bob'), source(name, Buffer.alloc(0)));
		await bob.until(() => offered(bob, 'alice', id) !== undefined, 'bob sees the offer');
		t.is(offered(bob, 'alice', id)?.file?.name, name);
		await bob.client.files.take(talkWith('alice'), id);
		await bob.until(() => transferOf(bob, 'alice', 'in', id)?.state === 'done', 'bob has it');
		t.is(transferOf(bob, 'alice', 'in', id)?.path, path.join(downloads, saved));
		t.is(statSync(path.join(downloads, saved)).size, 0);
	}
});

test('an offer that is deleted takes what has come with it', async t => {
	const {alice, bob, id, downloads} = await underWay(t, MIB, 24 * MIB);
	alice.client.erase(talkWith('bob'), id);
	await bob.until(() => transferOf(bob, 'alice', 'in', id)?.state === 'stopped', 'it is not wanted any more');
	t.deepEqual(readdirSync(downloads), []);
	await t.throwsAsync(bob.client.files.take(talkWith('alice'), id), {code: 'bad-message'});
});
