// A shortcode and Enter that come together, before the table of emoji was ever read.
import test from 'ava';
import {StagedScreen} from '../stage/staged-screen.ts';

const LOOK_MS = 20;

test.serial('":heart:" and Enter in one burst right after the start go out as the emoji', async t => {
	const staged = await StagedScreen.open(t, 'chat');
	const {screen} = staged;
	await screen.shows(/and new/);
	screen.type(':heart:\r');
	const sent = async () => (await staged.asked()).filter(words => words.startsWith('send'));
	while ((await sent()).length === 0) await screen.pass(LOOK_MS);
	t.deepEqual(await sent(), ['send alice ❤️']);
	screen.type('and on\r');
	while ((await sent()).length === 1) await screen.pass(LOOK_MS);
	t.deepEqual(await sent(), ['send alice ❤️', 'send alice and on']);
});

test.serial(
	'a ":heart:" in the middle of what is typed at once right after the start goes out as the emoji',
	async t => {
		const staged = await StagedScreen.open(t, 'chat');
		const {screen} = staged;
		await screen.shows(/and new/);
		screen.type('with :heart: and :tada: from me\r');
		const sent = async () => (await staged.asked()).filter(words => words.startsWith('send'));
		while ((await sent()).length === 0) await screen.pass(LOOK_MS);
		t.deepEqual(await sent(), ['send alice with ❤️ and 🎉 from me']);
	},
);

test.serial(
	'"+heart" and Enter in one burst right after the start react to the message, and do nothing else to it',
	async t => {
		const staged = await StagedScreen.open(t, 'chat');
		const {screen} = staged;
		await screen.shows(/and new/);
		const before = await staged.asked();
		screen.type('\u001Bm+heart\r');
		const done = async () => (await staged.asked()).slice(before.length);
		while ((await done()).length === 0) await screen.pass(LOOK_MS);
		t.regex((await done()).join('\n'), /^react alice \S+ ❤️$/);
		await screen.shows(/and new/);
	},
);
