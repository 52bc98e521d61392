// Bug class: input bytes. Sequences that arrive in pieces, Escape and Alt, keys and answers that are not known, bytes that are no text.
import {Buffer} from 'node:buffer';
import test from 'ava';
import type {Screen} from '../screen.ts';
import {StagedScreen} from '../stage/staged-screen.ts';

/** What the input shows, in the last row beside the list. */
const draft = ({screen}: StagedScreen) => screen.text.split('\n').at(-1)?.slice(17).trimEnd();
const CLOSE = '\u001B[27u';
/** Between two bytes, ms. */
const PAUSE_MS = 8;
/** On a machine that is too slow a byte comes so late that Escape was a key: how often that is tried once more. */
const TRIES = 20;

/** What terminals send unasked or on being asked, and keys without a meaning here. */
const STRANGE = [
	[
		'F2 to F12',
		'\u001BOQ\u001BOR\u001BOS\u001B[15~\u001B[17~\u001B[18~\u001B[19~\u001B[20~\u001B[21~\u001B[23~\u001B[24~',
	],
	['F1 to F5 of rxvt and Linux, shifted', '\u001B[12~\u001B[[B\u001B[[E\u001B[23$\u001B[24^\u001B[1;2Q'],
	['kitty: releases, modifiers alone, media, Super', '\u001B[97;1:3u\u001B[57441;2u\u001B[57428u\u001B[97;9u'],
	['kitty and xterm: who they are', '\u001B[?1u\u001B[?62;22c\u001B[>41;370;0c\u001BP>|xterm(388)\u001B\\'],
	['colours', '\u001B]11;rgb:0000/0000/0000\u001B\\\u001B]10;rgb:ffff/ffff/ffff\u0007\u001B]4;1;rgb:cd/0/0\u001B\\'],
	['places, modes, settings', '\u001B[12;40R\u001B[?2026;2$y\u001BP1$r0m\u001B\\\u001BP1+r544e\u001B\\\u001B[8;24;80t'],
	['clipboard, graphics, strings', '\u001B]52;c;aGk=\u0007\u001B_Gi=31;OK\u001B\\\u001B^x\u001B\\\u001BXx\u001B\\'],
	['mouse, which nobody asked for', '\u001B[<35;9;9M\u001B[<0;70;9m\u001B[M@!!\u001B[35;1;1M'],
	['not known at all', '\u001B[99~\u001B[1;1;1;1z\u001B[>4;2m\u001B[?1;2;3w\u001B[ q\u001B[!p\u001B[201~'],
] as const;

/** Types byte by byte, with pauses that are shorter than that of Escape, unless the machine is too slow. */
async function trickle(screen: Screen, bytes: Buffer): Promise<void> {
	for (const byte of bytes) {
		screen.type(Buffer.of(byte));
		await screen.pass(PAUSE_MS);
	}
}

test.serial('nothing but text is typed', async t => {
	const staged = await StagedScreen.open(t, 'chat');
	const {screen} = staged;
	await screen.shows(/and new/);
	for (const [name, bytes] of STRANGE) {
		screen.type(`be${bytes}fore`);
		await screen.until(() => draft(staged) === '> before', `before and nothing else: ${name}`);
		screen.type('\u0015');
		await screen.until(() => draft(staged) === '>', 'an empty input');
	}

	t.false((await staged.asked()).some(words => words.startsWith('send')));
});

test.serial('a sequence goes on where it was cut', async t => {
	const staged = await StagedScreen.open(t, 'chat');
	const {screen} = staged;
	await screen.shows(/and new/);
	// Left, left, a letter, End, then what is not known.
	const bytes = Buffer.from('ac\u001B[D\u001BODxb\u001B[1;1F\u001B[99;5~\u001B]11;rgb:0/0/0\u001B\\d');
	for (let tries = 1; ; tries++) {
		await trickle(screen, bytes);
		await screen.rests();
		if (draft(staged) === '> xbacd' || tries === TRIES) break;
		screen.type('\u0005\u0015');
		await screen.until(() => draft(staged) === '>', 'an empty input');
	}

	t.is(draft(staged), '> xbacd', 'the arrows moved, and typed nothing');
	await trickle(screen, Buffer.from('\u0015é漢👋🏽👨‍👩‍👧‍👦'));
	await screen.until(() => draft(staged) === '> é漢👋🏽👨‍👩‍👧‍👦', 'whole characters');
	t.pass();
});

test.serial('a sequence that arrives while the process is busy is not Escape and text', async t => {
	const staged = await StagedScreen.open(t, 'chat');
	const {screen} = staged;
	await screen.shows(/and new/);
	screen.type('ab');
	await screen.until(() => draft(staged) === '> ab', 'a draft');
	// Busy with Escape for longer than its pause, in which the rest comes.
	await staged.cue({kind: 'busy', ms: 500});
	screen.type('\u001B');
	await screen.pass(50);
	screen.type('[Dc');
	await screen.until(() => draft(staged) === '> acb', 'the arrow, then the letter');
	t.pass();
});

test.serial('Escape and then a key is not Alt and a key', async t => {
	const staged = await StagedScreen.open(t, 'chat');
	const {screen} = staged;
	await screen.shows(/and new/);
	screen.type('\u001BOP');
	await screen.shows(/Help/);
	screen.type('\u001B');
	await screen.until(() => !screen.text.includes('Help'), 'the help is closed');
	screen.type('2');
	await screen.until(() => draft(staged) === '> 2', 'a letter');
	t.regex(screen.text, /│ alice/);
	screen.type('\u0015\u001B2');
	await screen.shows(/│ bob/);
	t.is(draft(staged), '>');
	// The same in the words of kitty.
	screen.type(`\u001B[49;3u`);
	await screen.shows(/│ alice/);
	screen.type(`${CLOSE}\u001B[50u\u001B[13;2u\u001B[97:65;2u`);
	await screen.shows(/> 2\n.*│ {3}A$/);
});

test.serial('bytes that are no UTF-8 type nothing', async t => {
	const staged = await StagedScreen.open(t, 'chat');
	const {screen} = staged;
	await screen.shows(/and new/);
	for (const bytes of [
		[0xff],
		[0xc3, 0x28],
		[0xe2, 0x82],
		[0xf0, 0x9f, 0x98],
		[0xc2, 0x9b],
		[0xed, 0xa0, 0x80],
		[0xc0, 0xaf],
	]) {
		screen.type(Buffer.from([0x61, ...bytes, 0x62]));
	}

	await screen.until(() => draft(staged) === '> aba(bababababab', 'what was text');
	t.pass();
});
