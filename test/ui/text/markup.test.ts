// The little markdown: found as people type it, never where signs mean something else, and at a cost that grows with the text alone.
import test from 'ava';
import {LOOKS, markupOf} from '../../../source/ui/text/markup.ts';

const LETTERS: ReadonlyArray<readonly [look: number, letter: string]> = [
	[LOOKS.mark, 'm'],
	[LOOKS.code, 'c'],
	[LOOKS.bold | LOOKS.italic, '3'],
	[LOOKS.bold, 'b'],
	[LOOKS.italic, 'i'],
	[LOOKS.quote, 'q'],
];

/** A letter for how each character looks, `.` for plain ones. */
function seen(text: string): string {
	const looks = markupOf(text)?.looks ?? [];
	return Array.from({length: text.length}, (_, index) => {
		if (text[index] === '\n') return '\n';
		return LETTERS.find(([look]) => ((looks[index] ?? 0) & look) === look)?.[1] ?? '.';
	}).join('');
}

const found: ReadonlyArray<readonly [text: string, looks: string]> = [
	['a *bold* word', '..mbbbbm.....'],
	['a **bold** word', '..mmbbbbmm.....'],
	['an _italic_ one', '...miiiiiim....'],
	['`code` and `a_b_c*d*`', 'mccccm.....mccccccccm'],
	['``a ` b``', 'mmcccccmm'],
	['```one line```', 'mmmccccccccmmm'],
	['*both _of_ them*', 'mbbbbbm33mbbbbbm'],
	['_*both*_', 'mm3333mm'],
	['*with `*code*` in it*', 'mbbbbbmccccccmbbbbbbm'],
	['(*well*), "_so_".', '.mbbbbm....miim..'],
	['*Stop.* _No?_', 'mbbbbbm.miiim'],
	['*a b* c *d*', 'mbbbm...mbm'],
	['*a *b* c', '...mbm..'],
	['*a _b* c_', 'mbbbbm...'],
	['これは*大事*です', '...mbbm..'],
	['*👍 yes*', 'mbbbbbbm'],
	['> said *so*\nnot', 'mmqqqqqmbbm\n...'],
	['> > twice', 'mmmmqqqqq'],
	['>', 'm'],
	['look:\n```\nlet a_b = *c*;\n```\n*so*', '.....\nmmm\ncccccccccccccc\nmmm\nmbbm'],
	['```js\nx```', 'mmmcc\ncmmm'],
];

for (const [text, looks] of found) test(`marked: ${JSON.stringify(text)}`, t => t.is(seen(text), looks));

for (const text of [
	'snake_case_name and _private',
	'2*3*4 = 24, 2 * 3 * 4 too',
	'ls *.ts *.js',
	'rm -r src/**/*.ts test/*_old.ts',
	'/usr/lib/_a_/*b*/c',
	'*test*.ts',
	'__init__ and ***loud***',
	'int *p, **q; f(*args, **kwargs)',
	'/* a comment */ .*regex.*',
	'* one\n* two',
	'f*** and ^_^ and (*_*)',
	'* not bold * and _ not _',
	'*open',
	'open*',
	'** **',
	"it`s what`s there's",
	'use ` and ` here',
	'a > b, ->x, >_<, >>> 1',
	'```\nnever closed',
	'a ``` b',
	'C:\\*dir*\\x',
	'',
]) {
	test(`left alone: ${JSON.stringify(text)}`, t => t.is(seen(text), text.replaceAll(/[^\n]/g, '.')));
}

const blocks = (text: string) =>
	markupOf(text)?.blocks.map(({start, end, isFenced}) => [text.slice(start, end), isFenced]);

test('lines between fences are told from others', t => {
	t.deepEqual(blocks('a\n```\nb\n\n```\n\nc'), [
		['a', false],
		['```\nb\n\n```', true],
		['\nc', false],
	]);
	t.deepEqual(blocks('```\na\n```'), [['```\na\n```', true]]);
	t.deepEqual(blocks('```\na\n```\n'), [
		['```\na\n```', true],
		['', false],
	]);
	t.deepEqual(blocks('```\n```\n```\nb'), [
		['```\n```', true],
		['```\nb', false],
	]);
	t.is(blocks('no signs'), undefined);
});

/** Reads and writes of looks while `text` is gone through. */
function stepsFor(text: string): number {
	let steps = 0;
	const count = <Value>(value: Value) => {
		steps++;
		return value;
	};

	const looks = new Proxy(new Uint8Array(text.length), {
		get: (target, key) => count(Reflect.get(target, key) as unknown),
		set: (target, key, value) => count(Reflect.set(target, key, value)),
	});
	markupOf(text, looks);
	return steps;
}

const SIZE = 65_536;

for (const hostile of [
	'`',
	'*',
	'_',
	'*_',
	'*a',
	'*a ',
	' *a*',
	'_*a',
	'*_a ',
	'*a_ ',
	'**a *a _a ',
	'*a* ** _',
	'` `` ``` ',
	'`a ``b ',
	'> ',
	'```\n',
	'```\na\n',
	'*\n',
	'\u0301*',
]) {
	test(`64 KiB of ${JSON.stringify(hostile)} cost what they are long`, t => {
		const text = hostile.repeat(Math.ceil(SIZE / hostile.length)).slice(0, SIZE);
		t.true(stepsFor(text) <= 8 * SIZE);
		t.true(stepsFor(`*a _b ${text} b_ a*`) <= 8 * SIZE + 200);
	});
}

test('signs that never match again cost nothing: each length of backticks but once', t => {
	const text = Array.from({length: 360}, (_, index) => `a${'`'.repeat(index + 1)} `).join('');
	t.true(text.length > SIZE - 1000);
	t.true(stepsFor(text) <= 8 * text.length);
	t.regex(seen(text), /^\.+$/);
});
