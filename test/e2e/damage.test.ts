// A home that takes no change, a file that is torn, a second simchat: each is told of with a way out, and nothing that was said is lost.
import {Buffer} from 'node:buffer';
import {mkdir, readFile, readdir, rm, writeFile} from 'node:fs/promises';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {Person, type Running, signUpQuickly, startServer} from '../cli/processes.ts';
import {Tenant, canMount, readOnly} from './volume.ts';

/** Bytes of a page of the database. */
const PAGE = 4096;

type Pair = {readonly link: string; readonly home: string; readonly alice: Person; readonly bob: Person};

/** Two messages of alice's are on bob's disk, and he has read neither. */
async function pair(t: ExecutionContext): Promise<Pair> {
	const {link} = await startServer(t);
	const home = temporaryFolder(t);
	const person = async (name: string) => {
		const [profile, password] = [path.join(home, name), `the password of ${name}`];
		await signUpQuickly(link, name, profile, password);
		return new Person(t, profile, password);
	};

	const [alice, bob] = await Promise.all([person('alice'), person('bob'), person('dave')]);
	const talking = bob.start('pipe', 'dave');
	t.is((await alice.run(['send', 'bob', 'one'])).code, 0);
	t.is((await alice.run(['send', 'bob', 'two'])).code, 0);
	talking.child.stdin?.end();
	t.is((await talking.ended()).code, 0);
	return {link, home, alice, bob};
}

/** What nobody has read yet, as the next `tail` prints it. */
async function unread(t: ExecutionContext, person: Person, last: string): Promise<string[]> {
	const listening = person.start('tail', '--json');
	await listening.line(new RegExp(`"text":"${last}"`));
	t.is((await listening.stop()).code, 0);
	return textsOf(listening);
}

const textsOf = ({lines}: Running) =>
	lines
		.map(line => JSON.parse(line) as {type: string; text: string})
		.filter(({type}) => type === 'message')
		.map(({text}) => text);

/** Every file of a folder, by name. */
async function contents(folder: string): Promise<Map<string, Buffer>> {
	const files = await readdir(folder);
	return new Map(await Promise.all(files.map(async file => [file, await readFile(path.join(folder, file))] as const)));
}

test('a home that is read-only: said with a way out, by whatever is started, and as it was when it is writable again', async t => {
	const {link, home, bob} = await pair(t);
	const before = await contents(bob.profile);
	const newcomer = path.join(home, 'carol');
	const cases: Array<[profile: string, args: string[]]> = [
		[newcomer, ['sign-up', link, '--name', 'carol']],
		[bob.profile, ['tail']],
		[bob.profile, ['send', 'alice', 'hello']],
		[bob.profile, ['contacts']],
	];
	const wrap = await unwritable(t, home, bob.profile, newcomer);
	for (const [profile, args] of cases) {
		const {code, stderr} = await new Tenant(t, profile, 'the password of bob', () => wrap).run(args);
		t.is(code, 73, `${args.join(' ')}: ${stderr}`);
		t.true(stderr.startsWith(`simchat: cannot use ${profile} as a profile (`), stderr);
		t.regex(stderr, /: make it a writable folder, or choose another with --profile\n$/);
	}

	if (!canMount) return;
	t.deepEqual(await contents(bob.profile), before);
	t.deepEqual(await unread(t, bob, 'two'), ['one', 'two']);
});

test('a second simchat that would copy the profile is told, and the first one goes on', async t => {
	const {alice, bob} = await pair(t);
	const first = bob.start('tail', '--json');
	await first.line(/"text":"two"/);
	// What the first one cannot do for it: see one-profile.test.ts for the rest.
	const {code, stderr} = await bob.run(['backup', path.join(temporaryFolder(t), 'copy')]);
	t.is(code, 69);
	t.is(
		stderr,
		`simchat: another simchat uses ${bob.profile}: a profile is copied while nobody uses it: quit that one (Ctrl-C ends a tail), then try again\n`,
	);

	t.is((await alice.run(['send', 'bob', 'three'])).code, 0);
	await first.line(/"text":"three"/);
	t.is((await first.stop()).code, 0);
	t.deepEqual(textsOf(first), ['one', 'two', 'three']);
});

test('pages of the history that are torn: the file is named, and a copy brings everything back', async t => {
	const {alice, bob} = await pair(t);
	const file = path.join(bob.profile, 'history.db');
	const whole = await readFile(file);
	const flipped = Buffer.from(whole);
	for (let page = PAGE; page < whole.length; page += PAGE) flipped[page + PAGE / 2]! ^= 1;
	for (const torn of [flipped, whole.subarray(0, PAGE * 2 + 100)]) {
		await writeFile(file, torn);
		const {code, stderr} = await bob.run(['tail']);
		t.is(code, 78, stderr);
		t.true(stderr.startsWith(`simchat: ${file} is damaged and was left as it is: put a copy in its place`), stderr);
	}

	// What is said meanwhile waits at its sender.
	t.is((await alice.run(['send', 'bob', 'three', '--wait', '0.2'])).code, 75);
	await writeFile(file, whole);
	const talking = alice.start('pipe', 'bob');
	t.deepEqual(await unread(t, bob, 'three'), ['one', 'two', 'three']);
	talking.child.kill('SIGKILL');
});

test('a journal that is torn: named and left as it is, and a copy brings everything back that a kill left in it', async t => {
	const {alice, bob} = await pair(t);
	const talking = bob.start('pipe', 'dave');
	const before = await readFile(path.join(bob.profile, 'history.db'));
	for (const text of ['three', 'four']) t.is((await alice.run(['send', 'bob', text])).code, 0);
	await talking.stop('SIGKILL');
	t.deepEqual(await readFile(path.join(bob.profile, 'history.db')), before, 'both are in the journal alone');
	const journal = path.join(bob.profile, 'history.db-wal');
	const whole = await readFile(journal);
	const torn = Buffer.from(whole);
	torn[Math.floor(torn.length / 2)]! ^= 1;
	await writeFile(journal, torn);
	const {code, stderr} = await bob.run(['tail']);
	t.is(code, 78, stderr);
	t.true(stderr.startsWith(`simchat: ${journal} is damaged and was left as it is: put a copy in its place`), stderr);
	t.deepEqual(await readFile(journal), torn);
	await writeFile(journal, whole);
	t.deepEqual(await unread(t, bob, 'four'), ['one', 'two', 'three', 'four']);
});

/**
 * Has `home` take no change from processes that are wrapped so. Without namespaces, and for a system administrator whom no mode stops,
 * something else is in the way of both profiles: a folder where the lock would be.
 */
async function unwritable(t: ExecutionContext, home: string, ...profiles: string[]): Promise<readonly string[]> {
	if (canMount) return readOnly(t, home);
	t.log('no namespaces here: a folder is in the place of each lock');
	for (const profile of profiles) {
		await rm(path.join(profile, 'lock'), {force: true});
		await mkdir(path.join(profile, 'lock'), {recursive: true});
	}

	t.teardown(async () => Promise.all(profiles.map(async profile => rm(path.join(profile, 'lock'), {recursive: true}))));
	return [];
}
