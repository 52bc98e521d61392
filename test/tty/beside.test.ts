// Commands beside the full-screen client: one profile, which the screen has open, and scripts that use it at the same time.
import {existsSync, readFileSync, statSync} from 'node:fs';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {type Person, type Running, signedUpPerson, startServer} from '../cli/processes.ts';
import {Screen} from './screen.ts';

const passwordOf = (name: string) => `the password of ${name}`;

/** Signed in. */
async function screenOf(t: ExecutionContext, {profile}: Person, name: string): Promise<Screen> {
	const screen = new Screen(t, ['--profile', profile]);
	await screen.shows(/simchat: sign in as/);
	screen.type(`${passwordOf(name)}\r`);
	await screen.shows(/● connected/);
	return screen;
}

const textsOf = ({lines}: Running) =>
	lines
		.map(line => JSON.parse(line) as {type: string; text: string})
		.filter(({type}) => type === 'message')
		.map(({text}) => text);

/** Alice with her screen, bob with a tail, and both know each other. */
async function aliceAndBob(t: ExecutionContext) {
	const {link} = await startServer(t);
	const [alice, bob] = await Promise.all([signedUpPerson(t, link, 'alice'), signedUpPerson(t, link, 'bob')]);
	const hearing = bob.start('tail', '--json');
	await hearing.line(/"state":"online"/);
	const screen = await screenOf(t, alice, 'alice');
	t.like(await alice.run(['send', 'bob', 'hello', 'bob']), {code: 0, stdout: '', stderr: ''});
	await hearing.line(/"text":"hello bob"/);
	screen.type('/msg bob\r');
	await screen.shows(/› *● bob/);
	await screen.shows(/hello bob +✓✓/);
	return {alice, bob, hearing, screen};
}

test('what commands do while the screen runs is done, ends as if they ran alone, and is on the screen', async t => {
	const {alice, bob, hearing, screen} = await aliceAndBob(t);
	t.like(await alice.run(['send', 'bob', '-'], 'from a pipe\n'), {code: 0, stdout: '', stderr: ''});
	await screen.shows(/from a pipe +✓✓/);
	t.like(await alice.run(['pipe', 'bob'], 'one\n\ntwo\n'), {code: 0, stdout: '', stderr: ''});
	await screen.shows(/two +✓✓/);
	await hearing.line(/"text":"two"/);
	t.deepEqual(textsOf(hearing), ['hello bob', 'from a pipe', 'one', 'two']);

	t.regex((await alice.run(['whoami'])).stdout, /^alice at 127\.0\.0\.1:\d+$/);
	const contacts = await alice.run(['contacts', '--json']);
	t.is(contacts.code, 0, contacts.stderr);
	t.like(JSON.parse(contacts.stdout) as object, {name: 'bob', presence: 'online', outbox: 0});
	t.regex((await alice.run(['contacts'])).stdout, /^bob {2}online {2}key /);
	t.regex((await alice.run(['search', 'from', 'a'])).stdout, /me → bob: from a pipe$/);
	t.is((await alice.run(['export'])).stdout.split('\n').length, 4);
	const file = path.join(alice.profile, '..', 'said');
	t.like(await alice.run(['export', '--text', '--out', file]), {code: 0, stdout: '', stderr: ''});
	t.is(statSync(file).mode & 0o777, 0o600);
	t.is(readFileSync(file, 'utf8').split('\n').length, 5);
	t.is((await alice.run(['export', '--out', file])).code, 73);
	t.like(await alice.run(['check']), {code: 0, stdout: 'the history is sound'});
	t.like(JSON.parse((await alice.run(['doctor', 'bob', '--json'])).stdout) as object, {type: 'doctor', ok: true});

	// What goes wrong ends as it does alone.
	t.is((await alice.run(['send', 'bob', ''])).code, 65);
	t.is((await alice.run(['send', 'nobdy', 'hi'])).code, 67);
	t.is((await alice.run(['pipe', 'bob', '--port', '7410'])).code, 69);
	t.is((await alice.run(['pipe', 'bob'], '\u00FF'.repeat(70_000))).code, 65);
	const unsure = await alice.run(['verify', 'bob']);
	t.is(unsure.code, 64);
	t.regex(unsure.stderr, /no terminal to ask on.*--yes.*\nSee: simchat --help$/m);
	t.regex((await alice.run(['verify', 'bob', '--yes'])).stdout, /\nbob is verified$/);
	await screen.shows(/bob · verified|✓/);

	// What comes is printed, although the screen shows it first and it is read there.
	const tailing = alice.start('tail');
	const piping = alice.start('pipe', 'bob');
	piping.child.stdin?.write('is it you?\n');
	await screen.shows(/is it you\? +✓✓/);
	t.is((await hearing.stop()).code, 0);
	t.like(await bob.run(['send', 'alice', 'it is']), {code: 0, stderr: ''});
	await Promise.all([tailing.line(/bob: it is$/), piping.line(/^it is$/), screen.shows(/it is\n/)]);
	piping.child.stdin?.end();
	t.is((await piping.ended()).code, 0);
	t.is((await tailing.stop('SIGINT')).code, 0);

	// Bob is away: it is kept, and waits on the screen.
	const waiting = await alice.run(['send', 'bob', 'later', '--wait', '0.2']);
	t.is(waiting.code, 75, waiting.stderr);
	t.regex(waiting.stderr, /^simchat: not delivered yet: .*goes out when simchat runs again/);
	await screen.shows(/later +◷/);
	t.like(await alice.run(['forget', 'bob', '--yes']), {code: 0, stderr: ''});
	await screen.until(() => !screen.text.includes('from a pipe'), 'the conversation is gone');

	// A second screen says so, as ever; and the first one is well.
	const second = new Screen(t, ['--profile', alice.profile]);
	await second.shows(/another simchat uses/);
	t.is(await second.ended(), 69);
	screen.type('/quit\r');
	t.is(await screen.ended(), 0);
	t.false(existsSync(path.join(alice.profile, 'commands.sock')));
});

test('the screen is killed in the middle: what it was to send is sent once, or kept, and the command says which', async t => {
	const {alice, bob, hearing, screen} = await aliceAndBob(t);
	const tailing = alice.start('tail', '--json');
	await tailing.line(/"state":"online"/);
	t.is((await hearing.stop()).code, 0);
	await screen.shows(/○ bob/);
	const waiting = alice.start('send', 'bob', 'in the middle', '--wait', '120');
	await screen.shows(/in the middle +◷/);
	screen.signal('SIGKILL');
	await screen.ended();
	// Whichever of the two that are left has the profile now.
	const kept = await alice.run(['send', 'bob', 'behind it', '--wait', '0.2']);
	t.is(kept.code, 75, kept.stderr);
	t.regex(kept.stderr, /not delivered yet: .*It is kept on this disk/);
	const again = bob.start('tail', '--json');
	t.like(await waiting.ended(), {code: 0, stdout: ''});
	await again.line(/"text":"behind it"/);
	t.deepEqual(textsOf(again).toSorted(), ['behind it', 'in the middle']);
	t.is((await bob.run(['send', 'alice', 'seen', '--wait', '60'])).code, 0);
	await tailing.line(/"text":"seen"/);
});

test('while nobody has signed in at the screen, a command says so', async t => {
	const {link} = await startServer(t);
	const alice = await signedUpPerson(t, link, 'alice');
	const screen = new Screen(t, ['--profile', alice.profile]);
	await screen.shows(/simchat: sign in as/);
	const refused = await alice.run(['contacts']);
	t.is(refused.code, 69);
	t.regex(refused.stderr, /another simchat uses .*: nobody has signed in there: sign in there, or quit it/);
	t.is((await alice.run(['whoami'])).code, 0);
});
