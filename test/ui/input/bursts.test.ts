// Lines that come faster than anybody types: which Enter is a key, and which the end of a pasted line.
import fc from 'fast-check';
import test from 'ava';
import {Bursts} from '../../../source/ui/input/bursts.ts';
import {type KeyEvent, keyName} from '../../../source/ui/input/key-events.ts';
import {KeyParser} from '../../../source/ui/input/key-parser.ts';

const words = (events: readonly KeyEvent[]) =>
	events.map(event => {
		if (event.kind === 'key') return keyName(event);
		return event.kind === 'text'
			? event.text
			: event.kind === 'paste'
				? `paste ${JSON.stringify(event.text)}`
				: event.kind;
	});

/** What comes of chunks, each so many ms after the one before it; the pauses in between are over where they are longer. */
function eventsOf(...chunks: ReadonlyArray<string | number>): KeyEvent[] {
	const parser = new KeyParser();
	const bursts = new Bursts();
	const events: KeyEvent[] = [];
	let now = 1000;
	for (const chunk of chunks) {
		if (typeof chunk === 'number') {
			now += chunk;
			if (chunk > 20) events.push(...bursts.flush());
		} else {
			events.push(...bursts.take(parser.push(chunk), now));
		}
	}

	return [...events, ...bursts.take(parser.flush(), now + 30), ...bursts.flush()];
}

const meanings: ReadonlyArray<readonly [chunks: ReadonlyArray<string | number>, meaning: readonly string[]]> = [
	// A line and its Enter.
	[['hello\r'], ['hello', 'enter']],
	[
		['h', 5, 'ello', 5, '\r'],
		['h', 'ello', 'enter'],
	],
	[
		['hello', 100, '\r', 100, 'more'],
		['hello', 'enter', 'more'],
	],
	[
		['hello\r', 30, 'more\r'],
		['hello', 'enter', 'more', 'enter'],
	],
	[['\r'], ['enter']],
	[
		['\r', 1, 'a'],
		['enter', 'a'],
	],
	[['\r\r'], ['enter', 'enter']],
	[['two\nlines\r'], ['two', 'ctrl-j', 'lines', 'enter']],
	[['two\u001B\rlines\r'], ['two', 'alt-enter', 'lines', 'enter']],
	// Keys behind Enter are keys.
	[['hello\r\u001B[A'], ['hello', 'enter', 'up']],
	[
		['hello\r', 5, '\u0003'],
		['hello', 'enter', 'ctrl-c'],
	],
	[['hello\r\t'], ['hello', 'enter', 'tab']],
	[['hello\r\u001B[200~a\nb\u001B[201~'], ['hello', 'enter', 'paste "a\\nb"']],
	[['one\r\u0015two\r'], ['one', 'enter', 'ctrl-u', 'two', 'enter']],
	// Several lines.
	[['a\rb\rc'], ['paste "a\\nb\\nc"']],
	[['a\rb\r'], ['paste "a\\nb\\n"']],
	[['a\r\n'], ['paste "a\\n"']],
	[['a\r\nb\r\n'], ['paste "a\\nb\\n"']],
	[['a\r\r'], ['paste "a\\n\\n"']],
	[['\ra'], ['paste "\\na"']],
	[['\tif x:\r\t\ty\r'], ['paste "\\tif x:\\n\\t\\ty\\n"']],
	// In pieces.
	[
		['a\r', 5, 'b\r', 5, 'c'],
		['a', 'paste "\\nb\\n"', 'paste "c"'],
	],
	[
		['a', 1, '\r', 1, 'b', 1, '\r'],
		['a', 'paste "\\nb"', 'paste "\\n"'],
	],
	[
		['a\rb', 5, '\r', 100, '\r'],
		['paste "a\\nb"', 'paste "\\n"', 'enter'],
	],
	// What a pause had cut off of a paste, up to its end mark.
	[['last line\r\u001B[201~'], ['paste "last line\\n"']],
	[['\u001B[201~'], []],
];

for (const [chunks, meaning] of meanings) {
	test(`${JSON.stringify(chunks)} → ${meaning.join(' ')}`, t => {
		t.deepEqual(words(eventsOf(...chunks)), meaning);
	});
}

test('whatever comes, no Enter that text follows in the same read is a key, and nothing is lost', t => {
	const part = fc.constantFrom('a', 'bc', '\r', '\n', '\t', ' ', '漢');
	fc.assert(
		fc.property(
			fc.array(fc.tuple(fc.array(part, {minLength: 1, maxLength: 6}), fc.constantFrom(1, 100)), {maxLength: 6}),
			reads => {
				const events = eventsOf(...reads.flatMap(([parts, pause]) => [parts.join(''), pause]));
				const keys = events.flatMap(event => (event.kind === 'paste' ? (event.keys ?? []) : [event]));
				const typed = words(keys).map(word => ({enter: '\r', 'ctrl-j': '\n', tab: '\t'})[word] ?? word);
				t.is(typed.join(''), reads.map(([parts]) => parts.join('')).join(''));
				for (const [parts] of reads) {
					const read = parts.join('');
					if (!/\S/.test(read) || !/\r[^\t]/.test(read)) continue;
					const alone = eventsOf(read);
					t.false(words(alone).includes('enter'), read);
				}
			},
		),
	);
});
