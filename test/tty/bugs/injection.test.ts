// Bug class: escape injection. What strangers choose (messages, names, reasons) is drawn, and nothing of it acts on the terminal.
import test from 'ava';
import {contact, message} from '../../twins/client.ts';
import {notificationBytes} from '../../../source/ui/terminal/notification.ts';
import {StagedScreen} from '../stage/staged-screen.ts';
import {talkWith} from '../../../source/messaging/conversation.ts';

/** Colours, title, clipboard, links, screens, strings, C1 controls, line ends, other directions, what nobody sees. */
const HOSTILE =
	'\u001B[31mA\u001B]0;B\u0007\u001B]52;c;aGk=\u0007\u001B]8;;https://evil.example\u0007C\u001B[?1049l\u001BcD\u001BPq\u001B\\\u009B2J\u009D0;E\u009C\r\u0008\u007F\u000EF\u202Egnp.exe\u202C\u2066\u2069\u200F\u200B\uFEFF\u{E0041}';
const NAME = `x${HOSTILE}`;
const OTHER = 'y\u001B[31m\u001B]0;B\u0007\u202E\u009B2J';

const ESC = '\u001B';
const BEL = '\u0007';
/** A control sequence, whole (ECMA-48): CSI, a string up to its end, ESC and a character; SI right before a character set is chosen. */
const SEQUENCES = new RegExp(
	String.raw`${ESC}(?:\[[0-?]*[ -/]*[@-~]|[\]P_^X][^${BEL}${ESC}]*(?:${BEL}|${ESC}\\)|[ -/]+[0-~]|[^[\]P_^X])|\u000F(?=${ESC}\(B)`,
	'gu',
);
/**
 * What the screen itself writes without colours: moves, erasing, bold and the like, its modes, links that it has made, what it asks the
 * terminal, and what sets a terminal right that somebody else has left with margins, insertion or another character set.
 */
const OURS = new RegExp(
	String.raw`^${ESC}(?:\[\d*(?:;\d+)?[ABCDEFGHJK]|\[(?:\d|2[1-9])?m|\[\?(?:7|25|1004|1049|2004|2026)[hl]|\[(?:>0q|\?2027\$p|c|4l|\?6l|r)|\(B|\]8;(?:id=[\w-]{8};https?://[!-~]+|;)${BEL})$|^\u000F$`,
	'u',
);
/** Acts, hides or reorders, a line end aside. */
const ACTING = /[[\p{Cc}\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF\u{E0000}-\u{E007F}]--[\r\n]]/v;

test('whatever is drawn, only our own sequences are written', async t => {
	const staged = await StagedScreen.open(t, 'chat', {columns: 120, rows: 40, env: {NO_COLOR: '1'}});
	const {screen} = staged;
	await screen.shows(/␛\[31mred␛\[0m ␛\]0;title␇/);
	const path = {kind: 'blocked', why: 'useless', flaw: HOSTILE} as const;
	const part = {contacts: [contact(NAME, {path, typing: true}), contact(OTHER, {identity: 'changed', path})]};
	await staged.cue({kind: 'put', part});
	const messages = [
		message(NAME, 0, {text: HOSTILE}),
		message(NAME, 1, {text: `https://example.org/${HOSTILE} https://e\u202Example.org/\u001B]8;;\u0007`}),
		message(NAME, 2, {text: HOSTILE.repeat(20), direction: 'out', state: 'failed', reason: 'identity-changed'}),
	];
	await staged.cue({kind: 'conversation', conversation: {id: talkWith(NAME), messages, hasOlder: false}});
	await screen.shows(/│ x␛\[31mA[^]*the identity key has changed[^]*│ x␛\[31mA/);
	await staged.cue({kind: 'contact', name: NAME, part: {typing: false}});
	await staged.cue({kind: 'contact', name: OTHER, part: {unread: 2}});
	await screen.shows(/unread 1: y␛/);
	// A notice, overlays with names, words and answers in them, the input, and the warning of the other one.
	for (const [keys, pattern] of [
		['/block\r', /You blocked[^]*│ x␛\[31mA/],
		['/verify\r', /Safety number|compare/i],
		['\u001B[27u/remove\r', /Take x␛\[31mA/],
		['\u001B[27u/doctor\r', /Path doctor[^]*x␛/],
		['\u001B[27u\u0006A', /Find in x␛[^]*␛\[31mA/],
		['\u001B[27u\u0007', /Go to[^]*● y␛/],
		[`\u001B[27u\u001B[200~${HOSTILE.replaceAll('\u001B[201~', '')}\u001B[201~`, /> ␛\[31mA/],
		['\u0003\u001B2', /THE KEY OF y␛/],
	] as const) {
		screen.type(keys);
		await screen.shows(pattern);
	}

	await screen.rests(200);
	const foreign = (screen.output.match(SEQUENCES) ?? []).filter(sequence => !OURS.test(sequence));
	t.deepEqual(foreign, []);
	t.notRegex(screen.output.replaceAll(SEQUENCES, ''), ACTING);
	t.is(screen.modes.screen, 'alternate');
	t.false(screen.emulator.modes.insertMode);
});

test('a name cannot end or split a notification', async t => {
	for (const [kind, shape] of [
		['osc9', /^\p{Cc}\]9;[^\p{Cc}]*\p{Cc}$/u],
		['osc777', /^\p{Cc}\]777;notify;[^;\p{Cc}]*;[^;\p{Cc}]*\p{Cc}$/u],
		['osc99', /^\p{Cc}\]99;i=simchat:d=0;[^;\p{Cc}]*\p{Cc}\\\p{Cc}\]99;i=simchat:d=1:p=body;[^;\p{Cc}]*\p{Cc}\\$/u],
	] as const) {
		const note = {title: `a;b${HOSTILE}`, body: `${HOSTILE};d=1:p=close${'long '.repeat(1000)}`};
		const bytes = notificationBytes(kind, note, {isTmux: false});
		t.regex(bytes, shape);
		t.true(bytes.length < 1000);
		// Through tmux every ESC is doubled, and the one end is the last.
		const wrapped = notificationBytes(kind, note, {isTmux: true});
		t.is(wrapped, `${ESC}Ptmux;${bytes.replaceAll(ESC, ESC + ESC)}${ESC}\\`);
	}

	// The same from a message, on the terminal.
	const staged = await StagedScreen.open(t, 'chat', {env: {NO_COLOR: '1'}});
	const {screen} = staged;
	await screen.shows(/and new/);
	screen.type('/settings\r\u001B[B\r');
	await screen.shows(/OSC 9/);
	screen.type('\u001B[27u\u001B[O');
	await staged.cue({kind: 'say', messages: [message(NAME, 50, {text: HOSTILE})]});
	await screen.until(() => screen.output.includes('\u001B]9;'), 'a notification');
	const own = /\p{Cc}\]9;simchat: a message from x␛\[31mA[^\p{Cc}]*\p{Cc}/gu;
	t.is(screen.output.match(own)?.length, 1);
	t.notRegex(screen.output, /\p{Cc}\](?:0|52);/u);
});
