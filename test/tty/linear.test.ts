// Two people who talk in lines, on terminals that can do nothing but take lines, through a real server; and a script on pipes.
import path from 'node:path';
import process from 'node:process';
import test, {type ExecutionContext} from 'ava';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {Person, Running, signUpQuickly, startServer} from '../cli/processes.ts';
import {clientDoor, serverDoor} from '../programs.ts';
import {LINES_ALONE, Screen} from './screen.ts';

const PASSWORD = 'a password for tests';

/** A terminal whose output is read as it comes. */
class Ear {
	readonly screen: Screen;
	#from = 0;

	constructor(
		t: ExecutionContext,
		args: readonly string[],
		env: Readonly<Record<string, string>> = {TERM: 'dumb'},
		command = [process.execPath, clientDoor],
	) {
		this.screen = new Screen(t, args, {env, command});
	}

	/** Waits for it, behind what was heard before. */
	async hears(pattern: RegExp): Promise<void> {
		const {screen} = this;
		let found: RegExpExecArray | null = null;
		await screen.until(() => (found ??= pattern.exec(screen.output.slice(this.#from))) !== null, String(pattern));
		const {index, 0: text} = found as unknown as RegExpExecArray;
		this.#from += index + text.length;
	}

	async says(line: string, ...answers: readonly RegExp[]): Promise<void> {
		this.screen.type(`${line}\r`);
		for (const pattern of answers) await this.hears(pattern);
	}
}

async function profileOf(t: ExecutionContext, link: string, name: string): Promise<string> {
	const profile = path.join(temporaryFolder(t), name);
	await signUpQuickly(link, name, profile, PASSWORD);
	return profile;
}

async function signedIn(t: ExecutionContext, profile: string): Promise<Ear> {
	const ear = new Ear(t, ['--profile', profile]);
	await ear.hears(/Password: $/);
	await ear.says(PASSWORD, /Signed in as/, /Connected\./);
	return ear;
}

test('on a dumb terminal simchat talks in lines by itself: from sign-up to goodbye nothing but lines is written', async t => {
	const {link} = await startServer(t);
	const alice = new Ear(t, [link, '--profile', temporaryFolder(t)]);
	await alice.hears(/^This profile has no account yet\.[^]*Name: $/);
	await alice.says('9lives', /that is no name/i, /Name: $/);
	await alice.says('alice', /Password: $/);
	await alice.says(PASSWORD, /again: $/);
	await alice.says('another', /differ/, /Password: $/);
	await alice.says(PASSWORD, /again: $/);
	await alice.says(PASSWORD, /Asking the server\./, /Signed in as alice/, /Connected\./, /Nobody is in your list/);

	const bob = new Ear(t, ['--linear', '--profile', await profileOf(t, link, 'bob')], {});
	await bob.hears(/^Signing in as bob at/);
	await bob.says('wrong', /Wrong password: 4 tries left/, /Password: $/);
	await bob.says(PASSWORD, /Signed in as bob/, /Connected\./);

	await alice.says('/add nobdy', /No such name/);
	await alice.says('/add bob', /Talking to bob/);
	await alice.says('hello bob', /Delivered\./);
	// Alice is a stranger to bob until he accepts her.
	await bob.hears(/alice, who is not in your list, wrote to you\.\r\n[^]*\/accept alice/);
	await bob.says('/open', /Talking to alice/, /alice: hello bob/);
	await bob.says('who is it', /Not sent: alice is not in your list/);
	await bob.says('/accept', /You accepted alice/, /You typed before: "who is it"/, /Anything else/);
	await bob.says('yes', /Read[.:]/);
	await alice.hears(/bob: who is it/);

	// What comes while a line is half typed waits for its end, and the line is whole.
	alice.screen.type('half');
	await alice.hears(/half$/);
	await bob.says('/react :heart:', /Done\./);
	await bob.says('one', /Delivered\./);
	alice.screen.type(' a line\r');
	// The bell of the notification setting alone does not wait.
	await alice.hears(/^\u0007 a line\r\n/);
	await alice.hears(/bob reacted with .+: "hello bob"\./);
	await alice.hears(/bob: one/);
	await bob.hears(/alice: half a line/);

	await bob.says('/edit', /Changing "one"/);
	await bob.says('two', /Changed\./);
	await alice.hears(/bob changed a message: two/);
	await bob.says('/delete', /Type yes/, /Anything else/);
	await bob.says('yes', /Done\./);
	await alice.hears(/bob deleted a message\./);
	await bob.says('/verify', /12 lines:\r\n(?:\d{5}\r\n){12}/, /Anything else/);
	await bob.says('yes', /alice is verified\./);
	// A profile is one process's.
	const second = new Ear(t, ['--linear', '--profile', temporaryFolder(t)], {SIMCHAT_PASSWORD: PASSWORD});
	await second.hears(/no account/);
	second.screen.type('\u0004');
	t.is(await second.screen.ended(), 0);

	await bob.says('/last', /alice, .+ from you: hello bob/);
	bob.screen.type('dropped');
	await bob.hears(/dropped$/);
	bob.screen.type('\u0003');
	await bob.hears(/The line is dropped\. Ctrl-C again quits\./);
	bob.screen.type('\u0003');
	t.is(await bob.screen.ended(), 0);
	await alice.hears(/bob is offline\./);
	await alice.says('late', /Not delivered yet: bob is not online\./);
	alice.screen.type('\u0004');
	await alice.hears(/1 message is not delivered yet, kept/);
	await alice.hears(/Goodbye\./);
	t.is(await alice.screen.ended(), 0);
	t.is(alice.screen.output.split('\u0007').length, 2);
	for (const {screen} of [alice, bob, second]) {
		t.regex(screen.output.replace('\u0007', ''), LINES_ALONE);
		t.false(screen.output.includes(PASSWORD));
	}

	t.is(alice.screen.output.split('hello bob').length, 3, 'typed once, and quoted once');
});

test('a server that goes away and comes back, and a key that changes, are each said once', async t => {
	const data = temporaryFolder(t);
	const args = ['--registration', 'open', '--data', data];
	const first = new Running(t, serverDoor, ['--listen', '127.0.0.1:0', ...args]);
	const {joinLink} = JSON.parse(await first.line(/"joinLink"/)) as {joinLink: string};
	const [, place = ''] = /^simchat:\/\/([^/]+)/.exec(joinLink) ?? [];
	const alice = await signedIn(t, await profileOf(t, joinLink, 'alice'));
	const bob = await signedIn(t, await profileOf(t, joinLink, 'bob'));
	await alice.says('/add bob', /Talking to bob/);
	await alice.says('hello', /Delivered\./);
	await bob.says('/accept alice', /You accepted alice/);

	await first.stop();
	await alice.hears(/is tried again by itself\./);
	const server = new Running(t, serverDoor, ['--listen', place, ...args]);
	await server.line(/"joinLink"/);
	await alice.says('/reconnect', /Connected again\./);

	bob.screen.type('\u0004');
	t.is(await bob.screen.ended(), 0);
	await alice.hears(/bob is offline\./);
	const reset = new Running(t, serverDoor, ['reset', 'bob', '--data', data]);
	const {stdout} = await reset.ended();
	const again = await signedIn(t, await profileOf(t, /simchat:\/\/\S+/.exec(stdout)?.[0] ?? stdout, 'bob'));
	await again.says('/add alice', /Talking to alice/);
	await again.says('it is me', /Not delivered yet/);
	await alice.hears(/WARNING: the key of bob has changed\./);
	await alice.says('is it', /Not sent: the key of bob has changed\./);
	await alice.says('/trust', /Type yes/, /Anything else/);
	await alice.says('yes', /is trusted without comparing/, /You typed before: "is it"/, /Anything else/);
	// Both may be told at once.
	await alice.says('yes', /(?:Delivered|Read)[.:]/);
	t.is(alice.screen.output.split('WARNING').length, 2);
	for (const {screen} of [alice, again]) {
		screen.signal('SIGHUP');
		t.is(await screen.ended(), 129);
		t.regex(screen.output, LINES_ALONE);
	}
});

test('on pipes lines are done one after the other, and the end of them waits until all is delivered', async t => {
	const {link} = await startServer(t);
	const [alice, bob] = await Promise.all(
		['alice', 'bob'].map(async name => new Person(t, await profileOf(t, link, name), PASSWORD)),
	);
	const listening = bob!.start('--linear');
	await listening.line(/^Connected\./);
	// Another process has bob's profile, and does what is asked of it.
	const {code, stdout, stderr} = await alice!.run(['--linear', '--wait', '120'], '/add bob\nhello\n//slash\n/who b\n');
	t.like({code, stderr}, {code: 0, stderr: ''});
	t.regex(stdout, /^Signed in as alice[^]*Talking to bob[^]*bob, online[^]*Goodbye\.$/);
	t.notRegex(stdout, /hello/);
	await listening.line(/^alice, who is not in your list, wrote to you\.$/);
	listening.child.stdin?.write('/open\n');
	await listening.line(/^alice: \/slash$/);
	t.is((await bob!.run(['contacts'])).code, 0);
	const second = await bob!.run(['--linear']);
	t.is(second.code, 69);
	t.regex(second.stderr, /another simchat uses/);
	listening.child.stdout?.destroy();
	listening.child.stdin?.write('/list\n/list\n');
	t.is((await listening.ended()).code, 74);

	const late = await alice!.run(['--linear', '--wait', '0.2'], 'too late\n');
	t.is(late.code, 75);
	t.regex(late.stdout, /1 message is not delivered yet, kept/);
	const refused = await bob!.run(['--linear'], '/open alice\nhello\n/nothing\n');
	t.is(refused.code, 69, 'alice is a stranger to bob');
	t.regex(refused.stdout, /Not sent: alice is not in your list/);
	const stranger = await new Person(t, temporaryFolder(t), PASSWORD).run(['--linear']);
	t.is(stranger.code, 67);
});

test('a job that is stopped goes on with the line that was half typed; LC_ALL=C gets ASCII alone', async t => {
	const {link} = await startServer(t);
	const profile = await profileOf(t, link, 'alice');
	const env = {TERM: 'dumb', LC_ALL: 'C', PS1: 'sh> ', SIMCHAT_PASSWORD: PASSWORD};
	const alice = new Ear(t, ['-i'], env, ['/bin/sh']);
	await alice.hears(/sh> $/);
	await alice.says(`'${process.execPath}' '${clientDoor}' --profile '${profile}'`, /\/help lists the commands\./);
	await alice.says('/nick ünlü', /No conversation is open/i);
	alice.screen.type('half');
	await alice.hears(/half$/);
	alice.screen.type('\u001A');
	await alice.hears(/Stopped[^]*sh> $/);
	await alice.says('echo $((6 * 7)) here', /42 here\r\n/, /sh> $/);
	await alice.says('fg', /half$/);
	alice.screen.type('\u0015');
	await alice.says('/trust “me”', /There is no "me" in your list/);
	await alice.says('/quit', /Goodbye\./, /sh> $/);
	await alice.says('exit $?');
	t.is(await alice.screen.ended(), 0);
});
