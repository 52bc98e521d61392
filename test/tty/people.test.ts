// Two people in two terminals, and one server.
import test, {type ExecutionContext} from 'ava';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {startServer} from '../cli/processes.ts';
import {Screen} from './screen.ts';

const PASSWORD = 'a password for tests';

async function newcomer(t: ExecutionContext, link: string, name: string) {
	const profile = temporaryFolder(t);
	const screen = new Screen(t, [link, '--profile', profile]);
	await screen.shows(/simchat: sign up/);
	screen.type(`${name}\r${PASSWORD}\r${PASSWORD}\r`);
	await screen.shows(/● connected/);
	return {profile, screen};
}

async function back(t: ExecutionContext, profile: string): Promise<Screen> {
	const screen = new Screen(t, ['--profile', profile]);
	await screen.shows(/simchat: sign in as/);
	screen.type(`${PASSWORD}\r`);
	await screen.shows(/● connected/);
	return screen;
}

/** One after the other: several lines at once are a paste. */
async function says(screen: Screen, ...lines: readonly string[]): Promise<void> {
	for (const line of lines) {
		screen.type(`${line}\r`);
		await screen.shows(new RegExp(`${line} +[◷✓]`));
	}
}

/** Until it is seen; how long that took is written down. */
async function seen(t: ExecutionContext, screen: Screen, pattern: RegExp): Promise<void> {
	const begun = Date.now();
	await screen.shows(pattern);
	t.log(`${String(pattern)} after ${Date.now() - begun} ms`);
}

/** The groups of a safety number. */
function digits(screen: Screen): string[] {
	return screen.text.match(/\b\d{5}\b/g) ?? [];
}

test('presence, typing, unread counts and the new-messages line, after switching and after a restart', async t => {
	const {link} = await startServer(t);
	const alice = await newcomer(t, link, 'alice');
	const bob = await newcomer(t, link, 'bob');
	const carol = await newcomer(t, link, 'carol');

	alice.screen.type('/add carol\r');
	await alice.screen.shows(/› *● carol/);
	alice.screen.type('/add bob\r');
	await alice.screen.shows(/› *● bob/);
	alice.screen.type('hello bob\r');
	await alice.screen.shows(/hello bob +✓✓/);
	await bob.screen.shows(/alice {2}hello bob/);

	// Alice is a stranger to bob until he accepts her.
	await bob.screen.shows(/alice WANTS TO TALK/);
	bob.screen.type('/accept\r');
	await bob.screen.until(() => !bob.screen.text.includes('WANTS'), 'she is accepted');
	bob.screen.type('so');
	await seen(t, alice.screen, /bob is typing…/);
	bob.screen.type('\u0015');
	await alice.screen.until(() => !alice.screen.text.includes('is typing'), 'the mark goes');

	// Alice looks at carol while bob writes, and once names her.
	alice.screen.type('/msg carol\r');
	await alice.screen.shows(/› *● carol/);
	await says(bob.screen, 'one', 'two @alice');
	await alice.screen.shows(/● bob +@1/);
	await alice.screen.shows(/unread 1: bob\(@1\)/);
	alice.screen.type('\u001Ba');
	await alice.screen.shows(/─ 2 new ─[^]*bob {2}one[^]*two @alice/);
	await alice.screen.until(() => !alice.screen.text.includes('@1'), 'it is read');
	alice.screen.type('/msg carol\r');
	await alice.screen.shows(/› *● carol/);
	alice.screen.type('half a draft');
	await alice.screen.shows(/> half a draft/);

	// What comes while she is away is new when she is back, and her draft is there.
	alice.screen.type('\u001B/');
	await alice.screen.shows(/› *● bob/);
	await alice.screen.until(() => !alice.screen.text.includes(' new ─'), 'nothing is new');
	alice.screen.type('\u001B/');
	await alice.screen.shows(/> half a draft/);
	alice.screen.signal('SIGTERM');
	t.is(await alice.screen.ended(), 143);
	await seen(t, bob.screen, /○ alice/);
	await says(bob.screen, 'three', 'four', 'five');
	await bob.screen.shows(/five +◷/);

	const again = await back(t, alice.profile);
	await bob.screen.shows(/five +✓✓/);
	await again.shows(/> half a draft/);
	await again.shows(/● bob +3/);
	again.type('\u001Ba');
	await again.shows(/─ 3 new ─[^]*bob {2}three[^]*four[^]*five/);
	await again.shows(/hello bob +✓✓/);
	await bob.screen.shows(/five +✓R/);

	// An answer, changed afterwards, and what bob thinks of it.
	again.type('\u001Bmran answer\r');
	await bob.screen.shows(/▏ bob: five\n[^\n]* an answer/);
	again.type('/edit\r');
	await again.shows(/Editing “an answer”/);
	again.type(', in other words\r');
	await bob.screen.shows(/an answer, in other words {2}edited/);
	bob.screen.type('/react 🎉\r');
	await again.shows(/🎉 +edited/);

	// A process that is killed says nothing: its connection does.
	carol.screen.signal('SIGKILL');
	await seen(t, again, /○ carol/);
	bob.screen.type('/quit\r');
	await seen(t, again, /○ bob/);
	t.is(await bob.screen.ended(), 0);
});

test('both see the same safety number; what is verified is marked, and stays so', async t => {
	const {link} = await startServer(t);
	const alice = await newcomer(t, link, 'alice');
	const bob = await newcomer(t, link, 'bob');
	alice.screen.type('/msg bob hello\r');
	await alice.screen.shows(/hello +✓✓/);
	await bob.screen.shows(/alice {2}hello/);
	for (const {screen} of [alice, bob]) screen.type('/verify\r');
	for (const {screen} of [alice, bob]) await screen.until(() => digits(screen).length === 12, 'twelve groups');
	t.deepEqual(digits(alice.screen), digits(bob.screen));
	alice.screen.type('\u001B[B\r');
	await alice.screen.shows(/bob {2}✓ verified/);
	alice.screen.type('\u0003\u0003');
	t.is(await alice.screen.ended(), 0);
	const again = await back(t, alice.profile);
	await again.shows(/bob ✓/);
});
