// Standard output that takes nothing more, as scripts meet it: said in words with exit code 74, and what was not printed stays unread.
import {closeSync, openSync, readFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {type Person, Running, signedUpPerson, startServer} from '../cli/processes.ts';
import {clientDoor, serverDoor} from '../programs.ts';
import {canMount, smallFile} from './volume.ts';

const NO_ROOM = /^simchat: cannot write to standard output \(ENOSPC\): make room, or write to another place$/m;
const NO_READER = /^simchat: cannot write to standard output \(EPIPE\): nobody reads it any more$/m;

/** The texts of whole lines. */
const textsIn = (lines: readonly string[]) =>
	lines
		.map(line => JSON.parse(line) as {type: string; text?: string})
		.flatMap(({type, text}) => (type === 'message' && text !== undefined ? [text] : []));

/** What the next tail prints, up to and with `last`. */
async function printedNext(person: Person, last: string): Promise<string[]> {
	const tailing = person.start('tail', '--json');
	await tailing.line(new RegExp(`"text":"${last}"`));
	await tailing.stop();
	return textsIn(tailing.lines);
}

test('what tail could not print on a full disk comes with the next tail, all of it and once', async t => {
	t.true(canMount, 'this test mounts a small disk: it needs user namespaces');
	const {link} = await startServer(t);
	const [alice, bob] = await Promise.all([signedUpPerson(t, link, 'alice'), signedUpPerson(t, link, 'bob')]);
	const {file, descriptor} = await smallFile(t, 16_384);
	const tailing = bob.startInto(descriptor, 'tail', '--json');
	const texts = Array.from({length: 40}, (_, index) => `line ${index} ${'x'.repeat(600)}`);
	const sending = alice.start('pipe', 'bob', '--wait', '60');
	sending.child.stdin?.write(`${texts.join('\n')}\n`);
	const {code, stderr} = await tailing.ended();
	t.is(code, 74, stderr);
	t.regex(stderr, NO_ROOM);
	t.notRegex(stderr, /^ {4}at /m, 'no stack trace');
	const whole = readFileSync(file, 'utf8').split('\n').slice(0, -1);
	const printed = textsIn(whole);
	t.true(printed.length > 0 && printed.length < texts.length, `${printed.length} lines are whole`);
	sending.child.stdin?.end('the end\n');
	const next = await printedNext(bob, 'the end');
	t.is((await sending.ended()).code, 0);
	t.deepEqual([...printed, ...next], [...texts, 'the end']);
});

test('what came after the reader of tail had gone comes with the next tail', async t => {
	const {link} = await startServer(t);
	const [alice, bob] = await Promise.all([signedUpPerson(t, link, 'alice'), signedUpPerson(t, link, 'bob')]);
	const tailing = bob.start('tail', '--json');
	const sending = alice.start('pipe', 'bob', '--wait', '60');
	sending.child.stdin?.write('piece 1\npiece 2\npiece 3\n');
	await tailing.line(/piece 3/);
	tailing.child.stdout?.destroy();
	sending.child.stdin?.end('piece 4\npiece 5\n');
	const {code, stderr} = await tailing.ended();
	t.is(code, 74, stderr);
	t.regex(stderr, NO_READER);
	t.deepEqual(textsIn(tailing.lines), ['piece 1', 'piece 2', 'piece 3']);
	t.deepEqual(await printedNext(bob, 'piece 5'), ['piece 4', 'piece 5']);
	t.is((await sending.ended()).code, 0);
});

test('what pipe could not print stays unread', async t => {
	const {link} = await startServer(t);
	const [alice, bob] = await Promise.all([signedUpPerson(t, link, 'alice'), signedUpPerson(t, link, 'bob')]);
	const full = openSync('/dev/full', 'w');
	t.teardown(() => closeSync(full));
	const piping = bob.startInto(full, 'pipe', 'alice');
	const sent = alice.start('send', 'bob', 'hello', '--wait', '60');
	const {code, stderr} = await piping.ended();
	t.is(code, 74, stderr);
	t.regex(stderr, NO_ROOM);
	t.is((await sent.ended()).code, 0);
	t.deepEqual(await printedNext(bob, 'hello'), ['hello']);
});

test('every command says so when its output takes nothing', async t => {
	const {link} = await startServer(t);
	const [bob] = await Promise.all([signedUpPerson(t, link, 'bob'), signedUpPerson(t, link, 'alice')]);
	t.is((await bob.run(['send', 'alice', 'hi', '--wait', '0'])).code, 75);
	const full = openSync('/dev/full', 'w');
	t.teardown(() => closeSync(full));
	const copy = path.join(temporaryFolder(t), 'copy');
	const commands: Array<[door: string, ...args: string[]]> = [
		...['whoami', 'contacts', 'check', 'tail --json', 'search hi', 'export', 'export --text', `backup ${copy}`].map(
			(command): [string, ...string[]] => [clientDoor, ...command.split(' ')],
		),
		[clientDoor, '--help'],
		[clientDoor, '--version'],
		[clientDoor, 'demo'],
		[serverDoor, '--help'],
		[serverDoor, '--version'],
	];
	for (const [door, ...args] of commands) {
		const running = door === clientDoor ? bob.startInto(full, ...args) : new Running(t, door, args, {}, full);
		const {code, stderr} = await running.ended();
		t.is(code, 74, `${args.join(' ')}: ${stderr}`);
		t.regex(stderr, /^simchat(?:-server)?: cannot write to standard output \(ENOSPC\): make room/m, args.join(' '));
		t.notRegex(stderr, /^ {4}at /m, args.join(' '));
	}
});

test('a home in which no folder can be made ends every command in words', async t => {
	const cases: Array<[door: string, args: string[]]> = [
		[clientDoor, ['whoami']],
		[clientDoor, ['sign-up', `simchat://127.0.0.1:1/#${'A'.repeat(43)}`, '--name', 'bob']],
		[serverDoor, ['--listen', '127.0.0.1:0']],
	];
	for (const [door, args] of cases) {
		const running = new Running(t, door, args, {HOME: '/proc', XDG_DATA_HOME: '', SIMCHAT_PASSWORD: 'a password'});
		const {code, stderr} = await running.ended();
		t.is(code, 73, stderr);
		t.regex(stderr, /cannot (?:use|write) \/proc\/.*ENOENT/);
	}
});
