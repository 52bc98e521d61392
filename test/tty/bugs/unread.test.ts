// Bug class: unread, focus and notifications. What nobody looks at stays unread and is told of once, also inside tmux.
import test from 'ava';
import {contact, message} from '../../twins/client.ts';
import type {Screen} from '../screen.ts';
import {StagedScreen} from '../stage/staged-screen.ts';

const FOCUS = '\u001B[I';
const BLUR = '\u001B[O';
/** OSC, up to BEL or ST. */
const STRING = /\p{Cc}\][^\p{Cc}]*\p{Cc}/gu;

/** Bells that were rung: not those that end a string. */
function bells({output}: Screen): number {
	return output.replaceAll(STRING, '').split('\u0007').length - 1;
}

/** The window loses the focus: certain once the letter behind it is drawn. */
async function blur({screen}: StagedScreen): Promise<void> {
	screen.type(`${BLUR}.`);
	await screen.shows(/> \./);
	screen.type('\u0015');
	await screen.shows(/│ > *$/);
}

test('without the focus what comes stays unread and rings once; with it, it is new, and read', async t => {
	const staged = await StagedScreen.open(t, 'empty');
	const {screen} = staged;
	await staged.cue({kind: 'put', part: {contacts: [contact('alice'), contact('bob')]}});
	await screen.shows(/│ alice/);
	await staged.cue({kind: 'say', messages: [message('alice', 1)]});
	await screen.shows(/alice {2}message 1 /m);
	t.deepEqual(await staged.asked(), ['markRead alice']);
	t.is(bells(screen), 0);

	await blur(staged);
	const read = await staged.cue({kind: 'say', messages: [message('alice', 2), message('alice', 3)]});
	await screen.shows(/● alice +2 │[^]*message 3 /m);
	t.notRegex(screen.text, / new ─/);
	t.deepEqual(read, ['markRead alice'], 'not read again');
	t.is(bells(screen), 1);

	screen.type(FOCUS);
	await screen.shows(/message 1 .*\n.*─ 2 new ─+\n.*message 2 .*\n.*message 3 /);
	await screen.shows(/● alice {3,}│/);
	t.deepEqual(await staged.asked(), ['markRead alice', 'markRead alice']);

	// Quickly away and back: what came in between is new, too, and what comes to another is not read.
	screen.type(BLUR);
	await staged.cue({kind: 'say', messages: [message('bob', 4)]});
	screen.type(FOCUS + BLUR + FOCUS);
	await screen.shows(/● bob +1 │[^]*unread 1: bob/);
	screen.type('\u001B2');
	await screen.shows(/│ bob[^]*─ Tue 3 Nov · 1 new ─+\n.*bob {2}message 4/);
	t.deepEqual((await staged.asked()).slice(2), ['markRead bob']);
});

test('what arrives below the page is not read before it is seen', async t => {
	const staged = await StagedScreen.open(t, 'long');
	const {screen} = staged;
	await screen.shows(/message 9999 /m);
	screen.type('\u001B[5~');
	await screen.shows(/↓ 20 below/);
	await staged.cue({kind: 'say', messages: [message('alice', 10_000)]});
	await screen.shows(/● alice +1 │[^]*↓ 21 below/);
	screen.type(BLUR + FOCUS);
	await staged.cue({kind: 'contact', name: 'alice', part: {typing: true}});
	await screen.shows(/alice is typing/);
	t.deepEqual(await staged.asked(), []);
	screen.type('\u001B[F');
	await screen.shows(/─ 1 new ─+\n.*message 10000/);
	t.deepEqual(await staged.asked(), ['markRead alice']);
	t.is(bells(screen), 0, 'the conversation is open');
});

test('inside tmux a sequence is handed through, and a bell is tmux’s own', async t => {
	const env = {TMUX: '/tmp/tmux-1000/default,1,0'};
	const plain = await StagedScreen.open(t, 'chat', {env});
	await plain.screen.shows(/and new/);
	await plain.cue({kind: 'say', messages: [message('carol', 9)]});
	await plain.screen.until(() => bells(plain.screen) === 1, 'a bell');
	t.false(plain.screen.output.includes('\u001BP'));

	const staged = await StagedScreen.open(t, 'chat', {env});
	const {screen} = staged;
	await screen.shows(/and new/);
	screen.type('/settings\r\u001B[B\r');
	await screen.shows(/OSC 9/);
	screen.type('\u001B[27u');
	await screen.shows(/and new/);
	await staged.cue({kind: 'say', messages: [message('carol', 9)]});
	const wrapped = '\u001BPtmux;\u001B\u001B]9;simchat: a message from carol\u0007\u001B\\';
	await screen.until(() => screen.output.includes(wrapped), 'a notification, wrapped');
	t.is(screen.output.split('\u001B]9;').length, 2, 'once');
	t.is(screen.output.split(wrapped).length, 2);
});
