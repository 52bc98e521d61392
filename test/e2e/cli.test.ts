// The client without a screen as scripts run it: real processes, a real server, the exit codes and words they see.
import {readFile, readdir, writeFile} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import test from 'ava';
import {bindUdp} from '../../source/os/udp-bind.ts';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {within} from '../../tools/within.ts';
import {PseudoTerminal} from '../../tools/terminal/pseudo-terminal.ts';
import {Person, Running, signedUpPerson, startServer} from '../cli/processes.ts';
import {clientDoor} from '../programs.ts';

const hostile = 'later \u001B[2J\u009B31m\u202Egnp.exe\nfake';

const messagesOf = ({lines}: Running) =>
	lines
		.map(line => JSON.parse(line) as {type: string; text: string; peer: string})
		.filter(({type}) => type === 'message');

test('from alice to bob: delivered once, kept while bob is away, printed safely, verified', async t => {
	const {link} = await startServer(t);
	const [alice, bob] = await Promise.all([signedUpPerson(t, link, 'alice'), signedUpPerson(t, link, 'bob')]);

	const listening = bob.start('tail', '--json');
	await listening.line(/"state":"online"/);
	t.like(await alice.run(['send', 'bob', 'hello', '007']), {code: 0, stdout: '', stderr: ''});
	await listening.line(/"text":"hello 007"/);
	t.like(await alice.run(['pipe', '@Bob'], 'one\n\ntwo\n'), {code: 0, stderr: ''});
	await listening.line(/"text":"two"/);
	t.is((await listening.stop()).code, 0);
	t.deepEqual(
		messagesOf(listening).map(({text, peer}) => [peer, text]),
		[
			['alice', 'hello 007'],
			['alice', 'one'],
			['alice', 'two'],
		],
	);

	const later = await alice.run(['send', 'bob', '-', '--wait', '0.5'], `${hostile}\n`);
	t.is(later.code, 75);
	t.regex(later.stderr, /^simchat: not delivered yet: bob is not online\./);
	const again = bob.start('tail');
	t.is((await alice.run(['send', 'bob', 'now'])).code, 0);
	await again.line(/alice: now$/);
	const {code, stdout} = await again.stop('SIGINT');
	t.is(code, 0);
	const safe = String.raw`later \u001b[2J\u009b31mgnp.exe`;
	t.regex(stdout, /^\d{4}-\d\d-\d\d \d\d:\d\d alice: later .*\n {4}fake\n\d{4}-\d\d-\d\d \d\d:\d\d alice: now$/);
	t.true(stdout.includes(safe));

	const unanswered = await alice.run(['verify', 'bob']);
	t.is(unanswered.code, 64);
	t.regex(unanswered.stderr, /no terminal to ask on.*--yes/);
	const verified = await bob.run(['verify', 'alice', '--yes']);
	t.is(verified.code, 0);
	t.regex(unanswered.stdout, /^( {2}\d{5} \d{5} \d{5} \d{5}\n?){3}$/);
	t.is(verified.stdout, `${unanswered.stdout}\nalice is verified`);
	const {stdout: listed} = await bob.run(['contacts', '--json']);
	t.like(JSON.parse(listed) as object, {name: 'alice', presence: 'offline', identity: 'verified', unread: 0});
	t.like(await bob.run(['trust', 'alice']), {
		code: 0,
		stdout: 'the key of alice has not changed: there is nothing to decide',
	});
});

test('messages that came while something else ran are printed by the next tail', async t => {
	const {link} = await startServer(t);
	const [alice, bob] = await Promise.all([signedUpPerson(t, link, 'alice'), signedUpPerson(t, link, 'bob')]);
	await signedUpPerson(t, link, 'carol');
	const piping = bob.start('pipe', 'carol');
	const sent = await alice.run(['send', 'bob', 'are you there?']);
	t.is(sent.code, 0, sent.stderr);
	piping.child.stdin?.end();
	t.like(await piping.ended(), {code: 0, stdout: ''});
	const tailing = bob.start('tail', '--json');
	await tailing.line(/are you there/);
	tailing.child.stdout?.destroy(); // As `| head` does; the next line finds nobody.
	await alice.run(['send', 'bob', 'hello?']); // Her presence alone may be that line.
	const {code, stderr} = await tailing.ended();
	t.is(code, 74);
	t.regex(stderr, /^simchat: cannot write to standard output \(EPIPE\): nobody reads it any more$/m);
});

test('what goes wrong is said with a way out, and told apart by the exit code', async t => {
	const {link} = await startServer(t);
	const [alice] = await Promise.all([signedUpPerson(t, link, 'alice'), signedUpPerson(t, link, 'bob')]);
	const wrong = await new Person(t, alice.profile, 'some other password').run(['send', 'bob', 'hi']);
	t.is(wrong.code, 77);
	t.regex(wrong.stderr, /wrong password.*4 tries left/);

	const nobody = new Person(t, path.join(temporaryFolder(t), 'new'), 'a password');
	const settings = path.join(alice.profile, 'settings.json');
	const sound = await readFile(settings, 'utf8');

	const tailing = alice.start('tail', '--json');
	await tailing.line(/"state":"online"/);
	const busy = await alice.run(['backup', path.join(temporaryFolder(t), 'copy')]);
	t.is(busy.code, 69);
	t.regex(busy.stderr, /another simchat uses .*: a profile is copied while nobody uses it: quit that one/);
	const port = await alice.run(['contacts', '--port', '7410']);
	t.is(port.code, 69);
	t.regex(
		port.stderr,
		/another simchat uses .*: its port is open: leave out --port and it does the command, or quit it/,
	);
	t.is((await tailing.stop()).code, 0);

	const otherKey = link.replace(/#./, start => (start === '#A' ? '#B' : '#A'));
	const cases: Array<[Person, string[], number, RegExp]> = [
		[alice, ['whoami'], 0, /^$/],
		[alice, ['send', 'bob', ''], 65, /message is empty/],
		[alice, ['send', 'Ümit', 'hi'], 65, /name/],
		[alice, ['send', 'bob', 'hi', '--wait', '0.2'], 75, /bob is not online.*goes out when simchat runs again/],
		[alice, ['send', 'nobdy', 'hi'], 67, /no such name in the directory: nobdy/],
		[alice, ['pipe', 'nobdy'], 67, /no such name/],
		[alice, ['verify', 'bob'], 67, /exchange a message first/],
		[alice, ['sign-up', link, '--name', 'carol'], 73, /this profile is alice's/],
		[alice, ['tail', '--password', 'sesame'], 64, /^(?![^]*sesame)[^]*seen by everyone/],
		[alice, [], 64, /no full-screen client/],
		[nobody, ['tail'], 67, /simchat sign-up LINK/],
		[nobody, ['sign-up', 'https://example.org', '--name', 'bob'], 65, /no join link/],
		[nobody, ['sign-up', link, '--name', 'alice'], 73, /taken/],
		[nobody, ['sign-up', otherKey, '--name', 'bob'], 69, /SOMEBODY ELSE MAY BE ANSWERING/],
	];
	for (const [person, args, code, words] of cases) {
		const ended = await person.run(args);
		t.is(ended.code, code, `${args.join(' ')}: ${ended.stderr}`);
		t.regex(ended.stderr, words);
		t.false(ended.stderr.includes('    at '), 'no stack trace');
	}

	t.false((await alice.run(['contacts'])).stdout.includes('nobdy'), 'it has become no contact');
	await writeFile(settings, sound.slice(0, -5));
	const damaged = await alice.run(['tail']);
	t.is(damaged.code, 78);
	t.regex(damaged.stderr, /settings\.json/);
	t.is(await readFile(settings, 'utf8'), sound.slice(0, -5), 'left as it is');
});

test('the port is the same at each start, until --port says another; one that is taken is said with who has it', async t => {
	const {link} = await startServer(t);
	const alice = await signedUpPerson(t, link, 'alice');
	const kept = async () => {
		const {port} = JSON.parse(await readFile(path.join(alice.profile, 'settings.json'), 'utf8')) as {port: number};
		return port;
	};

	const first = await kept();
	t.true(first > 0);
	t.is((await alice.run(['contacts'])).code, 0);
	t.is(await kept(), first);

	const other = await bindUdp({type: 'udp4', address: '127.0.0.1', port: 0});
	t.teardown(() => other.close());
	const taken = other.address().port;
	const refused = await alice.run(['contacts', '--port', String(taken)]);
	t.is(refused.code, 69);
	t.regex(refused.stderr, new RegExp(`^simchat: UDP port ${taken} is taken by .*: end that, or take another port`));
	t.is(await kept(), first);
	const wrong = await alice.run(['contacts', '--port', '70000']);
	t.is(wrong.code, 64);
	t.regex(wrong.stderr, /--port takes a UDP port, from 1 to 65535/);

	const free = await bindUdp({type: 'udp4', address: '127.0.0.1', port: 0});
	const {port} = free.address();
	free.close();
	t.is((await alice.run(['contacts', '--port', String(port)])).code, 0);
	t.is(await kept(), port);
});

test('without its server the client is signed in all the same, and says what is missing', async t => {
	const {link, server} = await startServer(t);
	const alice = await signedUpPerson(t, link, 'alice');
	await server.stop();
	const sent = await alice.run(['send', 'bob', 'hi', '--wait', '0.2']);
	t.is(sent.code, 75);
	t.regex(sent.stderr, /not delivered yet: the server is out of reach/);
	const {code, stdout} = await alice.run(['contacts']);
	t.is(code, 0);
	t.is(stdout, 'bob  unknown  key unknown  1 not delivered');
});

test('a password is in no command line, in no file in clear, and not in the environment of a child', async t => {
	const {link} = await startServer(t);
	const secret = 'a password to look for';
	const profile = path.join(temporaryFolder(t), 'alice');
	const args = ['--name', 'alice', '--profile', profile, '--password-stdin'];
	const signingUp = new Running(t, clientDoor, ['sign-up', link, ...args]);
	signingUp.child.stdin?.end(`${secret}\n`);
	const {code, stdout, stderr} = await signingUp.ended();
	t.is(code, 0, stderr);
	t.regex(stdout, /^alice at 127\.0\.0\.1:\d+$/);
	const tailing = new Running(t, clientDoor, ['tail', '--json', '--profile', profile, '--password-stdin']);
	tailing.child.stdin?.write(`${secret}\n`);
	await tailing.line(/"state":"online"/);
	if (process.platform === 'linux') {
		t.false((await readFile(`/proc/${tailing.child.pid}/cmdline`, 'utf8')).includes(secret));
	}

	t.is((await tailing.stop()).code, 0);
	for (const file of await readdir(profile)) {
		t.false((await readFile(path.join(profile, file))).includes(secret), file);
	}
});

test('at a terminal the password is asked for twice, is not echoed, and the terminal is given back', async t => {
	const {link} = await startServer(t);
	const profile = path.join(temporaryFolder(t), 'alice');
	const {SIMCHAT_PASSWORD: _, ...env} = process.env;
	const script = '"$@"; code=$?; stty -a; echo "ended with $code"';
	const words = [process.execPath, clientDoor, 'sign-up', link, '--name', 'alice', '--profile', profile];
	const program = {command: '/bin/sh', args: ['-c', script, 'sh', ...words], env};
	const shell = new PseudoTerminal(program, {columns: 200, rows: 24});
	t.teardown(async () => shell.kill());
	const answers: Array<[question: string, answer: string]> = [
		['New password: ', 'oops\u0015sesame\r'],
		['The same again: ', 'sesamm\u007Fe\r'],
	];
	let screen = '';
	shell.onData(data => {
		screen += data;
		const [question, answer] = answers[0] ?? [];
		if (question === undefined || !screen.includes(question)) return;
		answers.shift();
		shell.type(answer!);
	});
	await within(shell.ended(), 60_000, () => screen);
	t.regex(screen, /alice at 127\.0\.0\.1:\d+/);
	t.regex(screen, /ended with 0/);
	t.regex(screen, /[^-]icanon[^]*[^-]echo /);
	t.notRegex(screen, /sesam|oops/);
});
