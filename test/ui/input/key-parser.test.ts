// Bytes of terminals: what each means, and that it means the same however it arrives.
import {Buffer} from 'node:buffer';
import fc from 'fast-check';
import test from 'ava';
import {type KeyEvent, keyName} from '../../../source/ui/input/key-events.ts';
import {KeyParser} from '../../../source/ui/input/key-parser.ts';

/** Events as words: keys by name, text in quotes. */
function words(events: readonly KeyEvent[]): string[] {
	return events.map(event => {
		if (event.kind === 'key') return keyName(event);
		if (event.kind === 'text') return JSON.stringify(event.text);
		if (event.kind === 'paste') return `paste ${JSON.stringify(event.text)}`;
		if (event.kind === 'focus') return event.focused ? 'focus' : 'blur';
		if (event.kind === 'click') return `click ${event.column},${event.row}`;
		return `wheel ${event.direction} ${event.column},${event.row}`;
	});
}

/** All that comes of `chunks`, and of the pause behind them. */
function eventsOf(...chunks: ReadonlyArray<Uint8Array | string>): KeyEvent[] {
	const parser = new KeyParser();
	return [...chunks.flatMap(chunk => parser.push(chunk)), ...parser.flush()];
}

const meanings: ReadonlyArray<readonly [bytes: string, meaning: readonly string[]]> = [
	['hi there', ['"hi there"']],
	['日本👍🏽', ['"日本👍🏽"']],
	['a\rb', ['"a"', 'enter', '"b"']],
	['\t\n\u007F\b\u0000', ['tab', 'ctrl-j', 'backspace', 'backspace', 'ctrl-space']],
	['\u0001\u001A\u001C\u001F', ['ctrl-a', 'ctrl-z', 'ctrl-\\', 'ctrl-_']],
	['\u001B', ['escape']],
	['\u001B\u001B', ['escape', 'escape']],
	['\u001B\u001B\u001Bx', ['escape', 'escape', 'alt-x']],
	['\u001Ba\u001BA\u001B1\u001B/\u001Bö', ['alt-a', 'alt-shift-a', 'alt-1', 'alt-/', 'alt-ö']],
	['\u001B\r\u001B\u007F\u001B\u0001\u001B ', ['alt-enter', 'alt-backspace', 'ctrl-alt-a', 'alt-space']],
	['\u001B[', ['alt-[']],
	['\u001BO', ['alt-shift-o']],
	['\u001B]', ['alt-]']],
	['\u001BP', ['alt-shift-p']],
	['\u001B\\', ['alt-\\']],
	// Keys of xterm, and its modifiers.
	['\u001B[A\u001B[B\u001B[C\u001B[D\u001B[H\u001B[F', ['up', 'down', 'right', 'left', 'home', 'end']],
	['\u001BOA\u001BOP\u001BOR\u001BOS\u001BOM', ['up', 'f1', 'f3', 'f4', 'enter']],
	['\u001B[1;2A\u001B[1;3B\u001B[1;5C\u001B[1;8D', ['shift-up', 'alt-down', 'ctrl-right', 'ctrl-alt-shift-left']],
	[
		'\u001B[5~\u001B[6~\u001B[3~\u001B[2~\u001B[3;5~\u001B[24~',
		['pageup', 'pagedown', 'delete', 'insert', 'ctrl-delete', 'f12'],
	],
	['\u001B[1;3F\u001B[1;5F\u001B[Z', ['alt-end', 'ctrl-end', 'shift-tab']],
	['\u001B[1~\u001B[4~\u001B[7~\u001B[8~\u001B[11~', ['home', 'end', 'home', 'end', 'f1']],
	// rxvt, and the Linux console.
	[
		'\u001B[a\u001BOa\u001B[3$x\u001B[3^\u001B[3@',
		['shift-up', 'ctrl-up', 'shift-delete', '"x"', 'ctrl-delete', 'ctrl-shift-delete'],
	],
	['\u001B\u001B[A\u001B\u001BOA\u001B\u001B[5~', ['alt-up', 'alt-up', 'alt-pageup']],
	['\u001B[[A\u001B[[E', ['f1', 'f5']],
	// modifyOtherKeys, and kitty.
	['\u001B[27;2;13~\u001B[27;5;105~\u001B[27;3;97~\u001B[27;2;65~', ['shift-enter', 'ctrl-i', 'alt-a', '"A"']],
	['\u001B[13;2u\u001B[27u\u001B[97;5u\u001B[9;2u', ['shift-enter', 'escape', 'ctrl-a', 'shift-tab']],
	['\u001B[97:65;4u\u001B[47:63;4u\u001B[97;2u\u001B[32;5u', ['alt-shift-a', 'alt-?', '"A"', 'ctrl-space']],
	['\u001B[97;1:3u\u001B[1;1:3A\u001B[97;1:2u\u001B[1;1:2A', ['"a"', 'up']],
	['\u001B[0;;229:776u\u001B[57414u\u001B[57400u\u001B[57419;5u', ['"å̈"', 'enter', '"1"', 'ctrl-up']],
	['\u001B[97;9u\u001B[57441;2u\u001B[57358u\u001B[9999999u\u001B[55296u', []],
	// Focus and the wheel.
	['\u001B[I\u001B[O', ['focus', 'blur']],
	['\u001B[<64;10;5M\u001B[<65;1;1M\u001B[<68;3;4M', ['wheel up 9,4', 'wheel down 0,0', 'wheel up 2,3']],
	['\u001B[<0;10;5M\u001B[<0;10;5m\u001B[<66;1;1M\u001B[<35;1;1M\u001B[M !"x', ['click 9,4', '"x"']],
	['\u001B\u001B[I', ['escape', 'focus']],
	// Unknown sequences and answers.
	['\u001B[?1;2c\u001B[?1u\u001B[12;40R\u001B[>41;1;0c\u001B[?2026;1$y\u001B[99~x', ['"x"']],
	['\u001B[201~x', ['paste ""', '"x"']],
	['\u001B\u0003', ['escape', 'ctrl-c']],
	[
		'\u001B]11;rgb:0000/0000/0000\u001B\\a\u001B]52;c;aGk=\u0007b\u001BP>|term\u001B\\c\u001B_Gi=1;OK\u001B\\d',
		['"abcd"'],
	],
	['\u001B]11;rgb:0000\u001B[A', ['up']],
	['\u001B]11;rgb:0000\rx', ['enter', '"x"']],
	['\u001B[1;\u0003x', ['ctrl-c', '"x"']],
	[`\u001B[${'1;'.repeat(5000)}Ax`, ['"x"']],
	[`\u001B]${'x'.repeat(4096)}\rx`, ['enter', '"x"']],
	// Paste.
	['\u001B[200~one\r\ntwo\rthree\nfour\u001B[201~\r', ['paste "one\\ntwo\\nthree\\nfour"', 'enter']],
	['\u001B[200~/quit \u001B[2\u001B[31m\u0003\u001B[201~', ['paste "/quit \\u001b[2\\u001b[31m\\u0003"']],
	['\u001B[200~\u001B[201~', ['paste ""']],
	['\u001B[200~a\u001B[201\u001B[201~b', ['paste "a\\u001b[201"', '"b"']],
];

for (const [bytes, meaning] of meanings) {
	test(`${JSON.stringify(bytes).slice(0, 60)} → ${meaning.join(' ').slice(0, 60)}`, t => {
		t.deepEqual(words(eventsOf(bytes)), meaning);
		t.deepEqual(words(eventsOf(Buffer.from(bytes))), meaning);
	});
}

test('bytes that are no UTF-8, and C1 controls, type nothing', t => {
	t.deepEqual(words(eventsOf(Buffer.from([0x61, 0xff, 0xc3, 0x28, 0xc2, 0x9b, 0x62]))), ['"a(b"']);
});

test('after a pause ESC was the key, and what is longer goes on where it was cut', t => {
	const parser = new KeyParser();
	t.is(parser.pause, undefined);
	t.deepEqual(parser.flush(), []);
	t.deepEqual(parser.push('\u001B'), []);
	t.is(parser.pause, 30);
	t.deepEqual(words(parser.flush()), ['escape']);
	t.deepEqual(words(parser.push('[A')), ['"[A"']);
	for (const [head, tail, meaning, pause] of [
		['\u001B[1;', '5A', ['ctrl-up'], 500],
		['\u001BO5', 'A', ['ctrl-up'], 500],
		['\u001B[<64;1', ';1M', ['wheel up 0,0'], 500],
		['\u001B[M!', '!!', [], 500],
		['\u001B]11;rgb', ':0/0/0\u0007', [], 500],
		['\u001B]11;rgb\u001B', '\\', [], 500],
		['\u001B[200~one', 'two\u001B[201~', ['paste "onetwo"'], 1000],
		['\u001B[200~one\u001B[20', '1~', ['paste "one"'], 1000],
		['\u001B[200~one\u0003', 'two\u001B[201~', ['paste "one\\u0003two"'], 30],
	] as const) {
		t.deepEqual(parser.push(head), []);
		t.is(parser.pause, pause, JSON.stringify(head));
		t.deepEqual(words(parser.push(tail)), meaning);
		t.is(parser.pause, undefined);
	}
});

/** Beginnings whose end never comes, and what they are after the pause. */
const UNFINISHED: ReadonlyArray<readonly [head: string, meaning: readonly string[]]> = [
	['\u001B[1;', []],
	['\u001B[[', []],
	[`\u001B[${'1;'.repeat(5000)}`, []],
	['\u001BO5', []],
	['\u001B[<64;1', []],
	['\u001B[M!', []],
	['\u001B]11;rgb', []],
	['\u001B]11;rgb\u001B', []],
	['\u001BP1$r', []],
	['\u001B_Gi=1', []],
	['\u001B^x', []],
	['\u001BXx', []],
	['\u001B\u001B[1;', ['escape']],
	['\u001B[200~', ['paste ""']],
	['\u001B[200~lost\r', ['paste "lost\\n"']],
	['\u001B[200~lost\u001B', ['paste "lost"']],
	['\u001B[200~lost\u001B[20', ['paste "lost"']],
];

test('whatever has lost its end is over after a pause, and takes no key with it', t => {
	for (const [head, meaning] of UNFINISHED) {
		const parser = new KeyParser();
		t.deepEqual(parser.push(head), []);
		t.true((parser.pause ?? Infinity) <= 1000, JSON.stringify(head));
		t.deepEqual(words(parser.flush()), meaning, JSON.stringify(head));
		t.is(parser.pause, undefined);
		t.deepEqual(words(parser.push('key\r\u001BOP')), ['"key"', 'enter', 'f1']);
	}
});

test('Ctrl-C is a key wherever it comes: in everything that has lost its end, and behind half a character', t => {
	for (const [head] of [...UNFINISHED, ['\u001B', []] as const]) {
		const events = eventsOf(head, '\u0003');
		t.is(words(events).at(-1), 'ctrl-c', JSON.stringify(head));
	}

	const parser = new KeyParser();
	for (const half of [[0xc3], [0xe2, 0x82], [0xf0, 0x9f, 0x98]]) {
		t.deepEqual(parser.push(Buffer.from(half)), []);
		t.deepEqual(words(parser.push('\u0003')), ['ctrl-c']);
		parser.push(Buffer.from(half));
		t.deepEqual(words(parser.push('a')), ['"a"']);
	}
});

test('Ctrl-C in a paste that goes on is text; at the end of one that does not it is the key, at most three times', t => {
	t.deepEqual(words(eventsOf('\u001B[200~a\u0003', 'b\u001B[201~')), ['paste "a\\u0003b"']);
	t.deepEqual(words(eventsOf('\u001B[200~a\u0003\u001B[201~')), ['paste "a\\u0003"']);
	t.deepEqual(words(eventsOf('\u001B[200~a\u0003b\u0003')), ['paste "a\\u0003b"', 'ctrl-c']);
	const thrice = ['paste "a"', 'ctrl-c', 'ctrl-c', 'ctrl-c'];
	t.deepEqual(words(eventsOf('\u001B[200~a', '\u0003', '\u0003\u0003')), thrice);
	t.deepEqual(words(eventsOf(`\u001B[200~a${'\u0003'.repeat(100)}`)), thrice);
});

test('a paste without end is bounded, and ends', t => {
	const parser = new KeyParser();
	parser.push('\u001B[200~');
	for (let chunk = 0; chunk < 40; chunk++) t.deepEqual(parser.push('x'.repeat(65_536)), []);
	t.deepEqual(parser.push('\u001B[201~y'), [
		{kind: 'paste', text: 'x'.repeat(1 << 20)},
		{kind: 'text', text: 'y'},
	]);
});

/** Joins texts that arrived in pieces. */
function joined(events: readonly KeyEvent[]): KeyEvent[] {
	const whole: KeyEvent[] = [];
	for (const event of events) {
		const last = whole.at(-1);
		if (event.kind === 'text' && last?.kind === 'text')
			whole[whole.length - 1] = {...last, text: last.text + event.text};
		else whole.push(event);
	}

	return whole;
}

test('whatever the bytes are and wherever they are cut', t => {
	const parts = fc.oneof(
		fc.constantFrom(...meanings.map(([bytes]) => bytes).filter(bytes => bytes.length < 200)),
		fc.constantFrom('\u001B', '[', ']', 'O', '\\', '\u0007', '200~', '201~', '1;', '<', '$', 'M', 'u', '~', 'é', '👍'),
	);
	const bytes = fc.oneof(
		fc.array(parts, {maxLength: 12}).map(each => Buffer.from(each.join(''))),
		fc.uint8Array({maxLength: 60}),
	);
	fc.assert(
		fc.property(bytes, fc.array(fc.nat(200), {maxLength: 20}), (whole, cuts) => {
			const places = [0, ...cuts.filter(cut => cut < whole.length).toSorted((a, b) => a - b), whole.length];
			const chunks = places.slice(1).map((end, index) => whole.subarray(places[index], end));
			const events = eventsOf(whole);
			t.deepEqual(joined(eventsOf(...chunks)), joined(events));
			t.deepEqual(joined(eventsOf(...Array.from(whole, byte => Uint8Array.of(byte)))), joined(events));
			for (const event of events) if (event.kind === 'text') t.notRegex(event.text, /[\p{Cc}\uFFFD]/u);
		}),
		{numRuns: 1000},
	);
});
