// Five wrong passwords on the sign-in screen, against a real server.
import test from 'ava';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {startServer} from '../cli/processes.ts';
import {Screen} from './screen.ts';

/** A lockout lasts 60 s, by the server’s clock; some more to be seen, ms. */
const LOCKOUT_MS = 90_000;

test('a new account by a join link; wrong passwords count down to a lockout, which outlives the process, and is over by itself', async t => {
	t.timeout(180_000);
	const {link} = await startServer(t);
	const profile = temporaryFolder(t);
	const first = new Screen(t, [link, '--profile', profile]);
	await first.shows(/^simchat: sign up/);
	await first.shows(/join link +\S{20}/);
	first.type('alice\rthe right one\rthe wrong one\r');
	await first.shows(/passwords differ/);
	first.type('the right one\rthe right one\r');
	await first.shows(/● connected/);
	t.false(first.output.includes('the right one'));
	first.type('\u0003\u0003');
	t.is(await first.ended(), 0);

	const second = new Screen(t, ['--profile', profile]);
	await second.shows(/^simchat: sign in as alice/);
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
	const shown = () => Number(/(\d+) s$/m.exec(third.text)?.[1]);
	const begun = shown();
	// Three moments: the number falls and the bar with it, as the seconds do.
	for (const moment of [2, 4, 6]) {
		await third.until(() => shown() <= begun - moment, `${begun - moment} s`);
		t.regex(third.text, /█+░+ {2}\d+ s/);
	}

	await third.until(() => !/\d+ s$/m.test(third.text), 'the form is back', LOCKOUT_MS);
	third.type('the right one\r');
	await third.shows(/● connected/);
	third.type('\u0003\u0003');
	t.is(await third.ended(), 0);
});
