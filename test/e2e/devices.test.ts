// `simchat devices` by real processes: the link that it prints, who joins by it, what the list says, and exit codes.
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {Client} from '../../source/client/facade.ts';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {Person, signedUpPerson, startServer} from '../cli/processes.ts';
import {quickScrypt} from '../twins/people.ts';

const PASSWORD = 'the password of alice';

/** Joins by a link in this process, and leaves the profile to processes that are started later. */
async function joined(t: ExecutionContext, link: string, label: string): Promise<Person> {
	const profile = path.join(temporaryFolder(t), label);
	const client = Client.open({folder: profile, scrypt: quickScrypt});
	try {
		await client.join(link, PASSWORD, label);
	} finally {
		await client.close();
	}

	return new Person(t, profile, PASSWORD);
}

async function alone(t: ExecutionContext): Promise<Person> {
	const {link} = await startServer(t);
	return signedUpPerson(t, link, 'alice');
}

test('devices add prints a link and waits; who joins by it is named, listed, renamed and removed', async t => {
	const alice = await alone(t);
	const adding = alice.start('devices', 'add');
	const link = await adding.line(/^simchat:/);
	t.regex(link, /\?name=alice&device=[\w-]{86}$/);
	const laptop = await joined(t, link, 'laptop');
	const added = await adding.ended();
	t.like(added, {code: 0, stdout: `${link}\njoined: laptop`}, added.stderr);
	t.regex(added.stderr, /waiting for the new device/);

	const listed = await alice.run(['devices']);
	t.is(listed.code, 0);
	const [first = '', second = ''] = listed.stdout.split('\n');
	t.regex(first, /^[\da-f]{16} {2}\S.* {2}online {2}this device {2}added \d{4}-\d\d-\d\d \d\d:\d\d$/);
	t.regex(second, /^[\da-f]{16} {2}laptop {2}.*added \d{4}-\d\d-\d\d \d\d:\d\d by /);
	const own = JSON.parse((await laptop.run(['devices', '--json'])).stdout.split('\n')[0] ?? '') as object;
	t.like(own, {id: second.slice(0, 16), label: 'laptop', isThis: true, role: 'device'});

	t.like(await alice.run(['devices', 'rename', 'laptop', 'the', 'box']), {code: 0, stdout: 'renamed: the box'});
	t.like(await alice.run(['devices', 'role', 'the box', 'keeper']), {code: 0, stdout: 'a keeper now: the box'});
	t.regex((await alice.run(['devices'])).stdout, /the box {2}keeper {2}(offline {2})?last seen \d{4}-\d\d-\d\d/);
	t.like(await alice.run(['devices', 'role', 'the box', 'device']), {code: 0, stdout: 'no keeper any more: the box'});
	t.regex((await alice.run(['devices', 'accept'])).stdout, /nothing to accept/);
	t.like(await alice.run(['devices', 'remove', 'the box']), {code: 64, stdout: ''}, 'nobody is there to ask');
	t.like(await alice.run(['devices', 'remove', second.slice(0, 6), '--yes']), {code: 0, stdout: 'removed: the box'});
	t.is((await alice.run(['devices', '--json'])).stdout.split('\n').length, 1);
	t.is((await laptop.run(['contacts'])).code, 77);
	t.like(await alice.run(['devices', 'remove', first.slice(0, 16), '--yes']), {code: 69}, 'the last one stays');
});

test('a process that has the profile open makes the link, and says who joined', async t => {
	const alice = await alone(t);
	const holder = alice.start('tail', '--json');
	await holder.line(/"online"/);
	const adding = alice.start('devices', 'add', '--keeper', '--json');
	const {link} = JSON.parse(await adding.line(/"link"/)) as {link: string};
	const cellar = await joined(t, link, 'cellar');
	await adding.line(/"label":"cellar"/);
	await adding.line(/"isWhole"/);
	t.is((await adding.ended()).code, 0);
	t.regex((await alice.run(['devices'])).stdout, /cellar {2}keeper/);
	const refused = await cellar.run(['devices', 'add']);
	t.is(refused.code, 69);
	t.regex(refused.stderr, /a keeper neither adds nor removes devices/);
	t.is((await holder.stop()).code, 0);
});

test('a link ends with the command that waits for it, and a second one ends the first', async t => {
	const alice = await alone(t);
	const holder = alice.start('tail', '--json');
	await holder.line(/"online"/);
	const first = alice.start('devices', 'add');
	await first.line(/^simchat:/);
	const second = alice.start('devices', 'add');
	await second.line(/^simchat:/);
	const replaced = await first.ended();
	t.is(replaced.code, 75);
	t.regex(replaced.stderr, /another link was made/);
	const stopped = await second.stop('SIGTERM');
	t.is(stopped.code, 75);
	t.regex(stopped.stderr, /nobody has joined, and the link has ended/);
	t.is((await holder.stop()).code, 0);
});

test('what is typed wrongly behind devices is told, with the code for it', async t => {
	const alice = await alone(t);
	for (const wrong of [
		['lst'],
		['remove'],
		['rename', 'x'],
		['--keeper'],
		['add', 'x'],
		['list', '--yes'],
		['role', 'x', 'boss'],
		['accept', 'x'],
	]) {
		const refused = await alice.run(['devices', ...wrong]);
		t.is(refused.code, 64, wrong.join(' '));
		t.regex(refused.stderr, /usage: simchat devices/);
	}

	t.is((await alice.run(['devices', 'rename', 'nothing', 'something'])).code, 67);
});
