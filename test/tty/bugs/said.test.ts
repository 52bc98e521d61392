// What the screen did without a word: each is said now.
import test from 'ava';
import {StagedScreen} from '../stage/staged-screen.ts';

const ENTER = '\r';

test.serial('/goto to a day with nothing says so, and which day it went to', async t => {
	const {screen} = await StagedScreen.open(t, 'chat');
	await screen.shows(/and new/);
	screen.type(`/goto 2026-11-01${ENTER}`);
	await screen.shows(/Nothing on Sun 1 Nov: showing Mon 2 Nov/);
	await screen.shows(/▌ hello/);
	screen.type(`/goto 2026-11-09${ENTER}`);
	await screen.shows(/Nothing on Mon 9 Nov or later/);
	t.pass();
});

test.serial('who is muted has a mark in the list and a word in the title', async t => {
	const {screen} = await StagedScreen.open(t, 'chat');
	await screen.shows(/and new/);
	screen.type(`/mute carol${ENTER}`);
	await screen.shows(/You muted carol: no notifications/);
	await screen.shows(/◉ carol z +@1/);
	screen.type('\u001B3');
	await screen.shows(/│ carol {2}not verified {2}muted/);
	screen.type(`/mute${ENTER}`);
	await screen.shows(/You unmuted carol/);
	// The list is drawn with what else is news.
	await screen.shows(/│ carol {2}not verified {3}/);
	t.notRegex(screen.text, /carol z|verified {2}muted/);
});

test.serial('a key that had a use already is said, with what it was for', async t => {
	const {screen} = await StagedScreen.open(t, 'chat', {columns: 110, rows: 30});
	await screen.shows(/and new/);
	screen.type(`/settings${ENTER}\u001B[6~${ENTER}`);
	await screen.shows(/Keys/);
	screen.type(ENTER);
	await screen.shows(/press the new key/);
	screen.type('\u0006');
	await screen.shows(/Ctrl-F does this now, and no longer this: find what was said/);
	t.pass();
});

test.serial('beside a session that works nobody reads as unknown when the server is away', async t => {
	const staged = await StagedScreen.open(t, 'chat');
	const {screen} = staged;
	await screen.shows(/and new/);
	await staged.cue({kind: 'contact', name: 'alice', part: {presence: 'unknown'}});
	await staged.cue({kind: 'contact', name: 'bob', part: {presence: 'unknown'}});
	await screen.shows(/direct · 12 ms +● connected\n/);
	await screen.shows(/^›● alice[^]*\n \? bob/);
	screen.type('\u001B2');
	await screen.shows(/│ bob .*\? presence unknown\n/);
	t.pass();
});

test.serial('/reconnect and F5 say what comes of them', async t => {
	const staged = await StagedScreen.open(t, 'offline');
	const {screen} = staged;
	await screen.shows(/server out of reach/);
	for (const keys of [`/reconnect${ENTER}`, '\u001B[15~']) {
		screen.type(keys);
		await screen.shows(/Connecting already/);
		screen.type('\u0015');
		await screen.until(() => !screen.text.includes('Connecting already'), 'the status line');
	}

	t.pass();
});

for (const [scene, typed] of [
	['server-key', ['no', '\r']],
	['stopped', []],
] as const) {
	test.serial(
		`the page about another server key says once how to quit, and what is cut has a mark: ${scene}`,
		async t => {
			const {screen} = await StagedScreen.open(t, scene);
			await screen.shows(/\S/);
			for (const keys of typed) {
				screen.type(keys);
				await screen.shows(/••|SOMEBODY/);
			}

			await screen.shows(/SOMEBODY ELSE[^]*Ctrl-C quits/);
			t.is(screen.text.match(/Ctrl-C/g)?.length, 1);
			screen.resize({columns: 20, rows: 5});
			await screen.shows(/^SOMEBODY ELSE MAY BE\n[^]*\nThe server at +…$/);
		},
	);
}
