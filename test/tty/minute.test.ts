// What takes a minute of real time, in one file: all of it waits at once.
import test from 'ava';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {signUpQuickly, startServer} from '../cli/processes.ts';
import {LINES_ALONE, Screen} from './screen.ts';
import {StagedScreen} from './stage/staged-screen.ts';

/** How long a screen is watched for a byte, ms; and how often a round-trip time is measured meanwhile. */
const IDLE_MS = 60_000;
const MEASURED_MS = 5000;
/** A lockout lasts 60 s, by the server’s clock; some more to be seen, ms. */
const LOCKOUT_MS = 90_000;

// Bug class: idle output.
test('a screen at rest writes not a byte, whatever is measured behind it', async t => {
	const staged = await StagedScreen.open(t, 'chat');
	const {screen} = staged;
	await screen.shows(/and new/);
	screen.type('half a line');
	await screen.shows(/> half a line/);
	await screen.rests();
	const bytes = screen.written;
	for (let passed = 0; passed < IDLE_MS; passed += MEASURED_MS) {
		const path = {kind: 'direct', address: '192.0.2.7:40000', rtt: 20 + passed / 1000} as const;
		await staged.cue({kind: 'contact', name: 'alice', part: {path}});
		await screen.pass(MEASURED_MS);
	}

	t.is(screen.written, bytes, screen.output.slice(bytes));
	// It was there to be drawn: with what changes next it is.
	await staged.cue({kind: 'contact', name: 'alice', part: {typing: false}});
	await screen.shows(/direct · 75 ms/);
});

test('a demo that is idle writes nothing; a process that is stopped or ended leaves the terminal as it was', async t => {
	const screen = new Screen(t, ['demo'], {env: {TMPDIR: temporaryFolder(t)}});
	await screen.shows(/› *● echo/);
	screen.type('hello\r');
	await screen.shows(/echo {2}hello/);
	await screen.rests();
	const bytes = screen.written;
	await screen.pass(IDLE_MS);
	t.is(screen.written, bytes, screen.output.slice(bytes));

	screen.type('half a line');
	await screen.shows(/> half a line/);
	screen.signal('SIGTSTP');
	await screen.givenBack();
	await screen.until(() => screen.isStopped, 'the process stops');
	screen.signal('SIGCONT');
	await screen.shows(/> half a line/);
	const isOurs = () => screen.modes.screen === 'alternate' && screen.modes.bracketedPasteMode;
	await screen.until(isOurs, 'our screen and our modes');

	screen.signal('SIGTERM');
	t.is(await screen.ended(), 143);
	await screen.givenBack();
});

test('a lockout is told of in lines: when it begins, at 30 and at 10 seconds, and when it is over', async t => {
	const {link} = await startServer(t);
	const profile = temporaryFolder(t);
	await signUpQuickly(link, 'bob', profile, 'the right one');
	const linear = new Screen(t, ['--linear', '--profile', profile]);
	const hears = async (pattern: RegExp) => linear.until(() => pattern.test(linear.output), String(pattern), LOCKOUT_MS);
	for (const left of [4, 3, 2, 1]) {
		await hears(/Password: $/);
		linear.type('no\r');
		await hears(new RegExp(`Wrong password: ${left} (?:try|tries) left[^]*Password: $`));
	}

	linear.type('no\r');
	await hears(/Too many wrong passwords\. You can try again in \d+ seconds\.\r\n$/);
	linear.type('\r');
	await hears(/\r\n\d+ seconds left\.\r\n$/);
	await hears(/30 seconds left\.\r\n10 seconds left\.\r\nYou can try again now\.\r\nPassword: $/);
	linear.type('the right one\r');
	await hears(/Signed in as bob/);
	linear.type('\u0004');
	t.is(await linear.ended(), 0);
	t.regex(linear.output, LINES_ALONE);
});

// Five wrong passwords on the sign-in screen, against a real server.
test('a new account by a join link; wrong passwords count down to a lockout, which outlives the process, and is over by itself', async t => {
	const {link} = await startServer(t);
	const profile = temporaryFolder(t);
	const first = new Screen(t, [link, '--profile', profile]);
	await first.shows(/simchat: sign up/);
	await first.shows(/join link +\S{20}/);
	first.type('alice\rthe right one\rthe wrong one\r');
	await first.shows(/passwords differ/);
	first.type('the right one\rthe right one\r');
	await first.shows(/● connected/);
	t.false(first.output.includes('the right one'));
	first.type('\u0003\u0003');
	t.is(await first.ended(), 0);

	const second = new Screen(t, ['--profile', profile]);
	await second.shows(/simchat: sign in as alice/);
	for (const left of [4, 3, 2, 1]) {
		second.type('no\r');
		await second.shows(new RegExp(`${left} (?:try|tries) left`));
	}

	second.type('no\r');
	await second.shows(/█+░* {2}\d+ s/);
	second.signal('SIGTERM');
	t.is(await second.ended(), 143);

	const third = new Screen(t, ['--profile', profile]);
	await third.shows(/█+░* {2}\d+ s/);
	const shown = () => Number(/(\d+) s *│?$/m.exec(third.text)?.[1]);
	const begun = shown();
	// Three moments: the number falls and the bar with it, as the seconds do.
	for (const moment of [2, 4, 6]) {
		await third.until(() => shown() <= begun - moment, `${begun - moment} s`);
		t.regex(third.text, /█+░+ {2}\d+ s/);
	}

	await third.until(() => !/\d+ s *│?$/m.test(third.text), 'the form is back', LOCKOUT_MS);
	third.type('the right one\r');
	await third.shows(/● connected/);
	third.type('\u0003\u0003');
	t.is(await third.ended(), 0);
});
