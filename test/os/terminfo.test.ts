// On which terminals text can be put in its place.
import test from 'ava';
import {canPlaceText} from '../../source/os/terminfo.ts';

/** A description with so many strings, of which `cup` is at an offset; `numberBytes` as the magic says. */
function description({magic = 0o432, strings = 20, cup = 0, flags = 3} = {}): Buffer {
	const names = 'x|a terminal\0';
	const numberBytes = magic === 0o1036 ? 4 : 2;
	const head = Buffer.alloc(12);
	for (const [at, value] of [magic, names.length, flags, 2, strings, 10].entries()) head.writeInt16LE(value, at * 2);
	const front = Buffer.concat([head, Buffer.from(names), Buffer.alloc(flags)]);
	const padded = front.length % 2 === 0 ? front : Buffer.concat([front, Buffer.alloc(1)]);
	const places = Buffer.alloc(strings * 2, 0xff);
	if (strings > 10) places.writeInt16LE(cup, 20);
	return Buffer.concat([padded, Buffer.alloc(2 * numberBytes), places, Buffer.alloc(10)]);
}

const nothing = () => {
	throw new Error('ENOENT');
};

test('not where TERM is unset, dumb or unknown; everywhere else unless a description says so', t => {
	for (const TERM of [undefined, '', 'dumb', 'unknown']) t.false(canPlaceText({TERM}, nothing), TERM);
	for (const TERM of ['xterm-256color', 'of-tomorrow', '../dumb', 'a b']) t.true(canPlaceText({TERM}, nothing), TERM);
});

test('the description says it, wherever and however it is kept', t => {
	for (const magic of [0o432, 0o1036]) {
		for (const flags of [2, 3]) {
			t.true(canPlaceText({TERM: 'x'}, () => description({magic, flags})));
			t.false(canPlaceText({TERM: 'x'}, () => description({magic, flags, cup: -1})));
			t.false(canPlaceText({TERM: 'x'}, () => description({magic, flags, strings: 5})));
		}
	}

	// What is no description says nothing.
	for (const bytes of [Buffer.alloc(0), Buffer.alloc(40), description().subarray(0, 30)]) {
		t.true(canPlaceText({TERM: 'x'}, () => bytes));
	}
});

test('the person’s own description comes first', t => {
	const env = {TERM: 'tty33', TERMINFO: '/t', HOME: '/h', TERMINFO_DIRS: '/d:/e'};
	const asked: string[] = [];
	t.true(canPlaceText(env, file => (asked.push(file), nothing())));
	t.deepEqual(
		asked.filter(file => file.endsWith('/t/tty33')),
		['/t', '/h/.terminfo', '/d', '/e', '/etc/terminfo', '/lib/terminfo', '/usr/share/terminfo'].map(
			folder => `${folder}/t/tty33`,
		),
	);
	t.false(canPlaceText(env, file => (file === '/h/.terminfo/74/tty33' ? description({cup: -1}) : nothing())));
});
