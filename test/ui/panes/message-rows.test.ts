// A message as rows: each of the full width, nothing of the text lost, and what became of it behind its end.
import fc from 'fast-check';
import test from 'ava';
import {type Message} from '../../../source/client/snapshot.ts';
import {type Setting, columnsFor, messageRows} from '../../../source/ui/panes/message-rows.ts';
import {safeText} from '../../../source/ui/text/safe.ts';
import {type ScreenRow, rowWidth} from '../../../source/ui/widgets/spans.ts';
import {message} from '../../twins/client.ts';
import {NASTY, SAMPLES} from '../text/samples.ts';

function settingOf(width: number, change: Partial<Setting> = {}): Setting {
	const columns = columnsFor(width, 'alice', 'bob');
	return {
		columns,
		self: 'alice',
		isTall: false,
		firstNew: undefined,
		isBehindLine: false,
		isSelected: false,
		isMarked: false,
		isOpened: false,
		isRaw: false,
		now: message('bob', 0).time,
		...change,
	};
}

const textOf = (row: ScreenRow) => row.map(({text}) => text).join('');
const linesOf = (each: Message, before?: Message, setting = settingOf(80)) =>
	messageRows(each, before, setting).map(row => textOf(row).trimEnd());

test('whatever is said, in whatever width, every row has it, and nothing acts', t => {
	const part = fc.constantFrom(
		...NASTY,
		...SAMPLES.map(([grapheme]) => grapheme),
		' ',
		'word ',
		'https://a.example/ä ',
		'*bold* ',
		'`_',
		'```',
		'\n> ',
	);
	const said = fc.record({
		text: fc.array(part, {maxLength: 30}).map(parts => parts.join('')),
		direction: fc.constantFrom('in', 'out'),
		state: fc.constantFrom('queued', 'sent', 'delivered', 'read', 'failed'),
		edited: fc.constant(5),
		lifetime: fc.constantFrom(1, 90, 3600),
		reactions: fc.constant([
			{direction: 'in', emoji: '\u001B[31m\u202E'},
			{direction: 'out', emoji: '👍🏽'},
		] as const),
		reply: fc.record({
			direction: fc.constantFrom('in', 'out'),
			id: fc.constant('1'),
			text: fc.constantFrom(undefined, ...NASTY),
		}),
		reason: fc.constantFrom('identity-changed', 'blocked', 'cancelled', undefined),
	});
	const look = fc.record({
		width: fc.integer({min: 1, max: 140}),
		isSelected: fc.boolean(),
		isTall: fc.boolean(),
		isNew: fc.boolean(),
	});
	fc.assert(
		fc.property(said, look, fc.boolean(), (change, {width, isSelected, isTall, isNew}, isFirst) => {
			const each = message('bob', 5, change);
			const firstNew = isNew ? {id: each.id, count: 3} : undefined;
			const before = isFirst ? undefined : message('bob', 4);
			const rows = messageRows(each, before, settingOf(width, {isSelected, isTall, firstNew}));
			t.true(rows.every((row, index) => rowWidth(row) === width || (index === 0 && row.length === 0)));
			t.notRegex(rows.map(row => textOf(row)).join(''), /[\p{Cc}\p{Bidi_Control}]/u);
		}),
		{numRuns: 1000},
	);
});

test('nothing of a text is lost where a letter of two cells has room', t => {
	const text = '漢字 and words, '.repeat(20);
	for (let width = 10; width <= 120; width++) {
		const columns = columnsFor(width, 'alice', 'bob');
		const rows = messageRows(message('bob', 2, {text}), message('bob', 1), settingOf(width, {isOpened: true}));
		const margin = columns.name + 2 + (columns.time > 0 ? columns.time + 2 : 0);
		const shown = rows
			.map(row => textOf(row).slice(margin))
			.join('')
			.replace(/12:02 +$/, '');
		t.is(shown.replaceAll(' ', ''), safeText(text, {newlines: true}).replaceAll(' ', ''), String(width));
	}
});

test('what a message answers stands above it, what is said of it below', t => {
	const before = message('bob', 4);
	const lines = (change: Partial<Message>) => linesOf(message('bob', 4, change), before).map(line => line.trim());
	t.deepEqual(lines({text: 'yes', reply: {direction: 'out', id: '1', text: 'shall we?\nnow?'}}), [
		'▏ alice: shall we?␊now?'.replace('␊', safeText('\n', {newlines: false})),
		'yes',
	]);
	t.deepEqual(lines({text: 'yes', reply: {direction: 'in', id: '1', text: undefined}}), [
		'▏ bob: a message that is not here',
		'yes',
	]);
	t.deepEqual(
		lines({
			text: 'fine',
			edited: 5,
			lifetime: 3600,
			reactions: [
				{direction: 'in', emoji: '👍'},
				{direction: 'out', emoji: '👍'},
			],
		}),
		['fine  👍 2  edited  ◔ 1 h'],
	);
	t.deepEqual(lines({text: '', deleted: true, edited: 5}), ['deleted by its sender']);
	t.deepEqual(lines({text: '/me waves'}), ['* bob waves']);
	t.deepEqual(
		lines({text: '/me waves', direction: 'out', state: 'read'})[0]?.replace(/ +/g, ' '),
		'12:04 alice * alice waves ✓R',
	);
});

test('name and time stand where they change: the time in the margin, or behind the text where there is less room', t => {
	const [first, second, third] = [1, 2, 3].map(index => message('bob', index));
	t.regex(linesOf(second!, first)[0] ?? '', /^\d\d:02 {9}message 2$/);
	t.is(linesOf({...second!, time: first!.time}, first)[0], `${' '.repeat(14)}message 2`);
	t.regex(linesOf(third!, {...second!, direction: 'out'})[0] ?? '', /^\d\d:03 {4}bob {2}message 3$/);
	t.regex(linesOf({...third!, time: third!.time + 300_000}, third)[0] ?? '', / bob {2}message 3$/);
	t.regex(linesOf({...second!, direction: 'out'}, first)[0] ?? '', /^\d\d:02 {2}alice {2}message 2 +✓✓$/);
	const small = settingOf(60);
	t.regex(linesOf(second!, first, small)[0] ?? '', /^ {7}message 2 {36}\d\d:02$/);
	t.is(linesOf({...second!, time: first!.time}, first, small)[0], '       message 2');
	t.regex(linesOf({...second!, direction: 'out'}, first, small)[0] ?? '', /^alice {2}message 2 {36}\d\d:02 ✓✓$/);
	t.regex(linesOf(second!, first, settingOf(40))[0] ?? '', /^ {3}message 2$/, 'neither where it is narrow');
	t.regex(linesOf(first!, undefined, settingOf(40))[1] ?? '', /^‹ {2}message 1$/);
});

test('what stands behind a text has a row of its own where it has no room; the time, only when a run begins', t => {
	const before = message('bob', 1);
	const text = 'x'.repeat(50);
	const shown = (change: Partial<Message>, width = 60) =>
		linesOf(message('bob', 2, {text, ...change}), before, settingOf(width)).map(line =>
			line.trim().replaceAll(/ +/g, ' '),
		);
	t.deepEqual(shown({}), [text], 'the time of a message in a run is left out');
	const next = (length: number) => linesOf(message('bob', 2, {text: 'x'.repeat(length)}), before, settingOf(60));
	t.deepEqual(next(44), [`       ${'x'.repeat(44)} 12:02`], 'before the column of states');
	t.deepEqual(next(47), [`       ${'x'.repeat(47)} 12:02`], 'in it, where there is no state');
	t.deepEqual(shown({direction: 'out'}), [`alice ${text}`, '12:02 ✓✓']);
	t.deepEqual(shown({edited: 5}), [text, 'edited 12:02']);
	t.deepEqual(shown({edited: 5}, 80), [`12:02 ${text} edited`]);
	t.deepEqual(shown({direction: 'out', edited: 5}, 59), [`alice ${text}`, 'edited 12:02 ✓✓']);
});

test('a text has at most 100 cells, and its state stands there', t => {
	const long = message('bob', 2, {text: 'word '.repeat(60), direction: 'out'});
	const lines = linesOf(long, message('bob', 1), settingOf(180));
	t.true(lines.every(line => line.length <= 117));
	t.is(lines[0]?.length, 113);
	t.is(lines.at(-1)?.length, 117);
});

test('a blank row stands between authors where there is room, and above the line of a day', t => {
	const [first, second, third] = [1, 2, 3].map(index => message('bob', index));
	const tall = settingOf(80, {isTall: true});
	const blanks = (each: Message, before: Message | undefined, setting = tall) =>
		linesOf(each, before, setting).filter(line => line === '').length;
	t.is(blanks(third!, second), 0);
	t.is(blanks({...third!, direction: 'out'}, second), 1);
	t.is(blanks({...third!, direction: 'out'}, second, settingOf(80)), 0);
	t.is(blanks({...third!, time: third!.time + 300_000}, second), 0, 'the same author after a pause');
	t.is(blanks(first!, undefined), 0);
	const nextDay = linesOf({...third!, time: third!.time + 86_400_000}, second, tall);
	t.is(nextDay[0], '');
	t.regex(nextDay[1] ?? '', /^─+ Wed 4 Nov ─+$/);
});

test('a new day and the first new message have a line above them, and one for both', t => {
	const [first, second] = [message('bob', 1), message('bob', 1 + 24 * 60)];
	t.regex(linesOf(first)[0] ?? '', /^─+ \w{3} 3 Nov ─+$/);
	t.regex(linesOf(second, first)[0] ?? '', /^─+ \w{3} 4 Nov ─+$/);
	const setting = settingOf(60, {firstNew: {id: first.id, count: 12}});
	t.regex(linesOf(first, undefined, setting)[0] ?? '', /^─+ Tue 3 Nov · 12 new ─+$/);
	t.regex(linesOf(first, message('bob', 0), setting)[0] ?? '', /^─+ 12 new ─+$/);
	t.is(linesOf(first, message('bob', 0)).length, 1);
});

/** Two rows of one’s own, the second of which is short. */
const out = (change: Partial<Message>) =>
	linesOf(message('bob', 2, {direction: 'out', text: `${'word '.repeat(14)}end`, ...change}), message('bob', 1));

test('what became of a message of one’s own stands behind its last row, with why it failed where that has room', t => {
	for (const [state, glyph] of [
		['queued', '◷'],
		['sent', '✓'],
		['delivered', '✓✓'],
		['failed', '!'],
	] as const) {
		const lines = out({state});
		t.is(lines.length, 2);
		t.notRegex(lines[0] ?? '', /[◷✓!]/);
		t.true(lines[1]?.endsWith(` ${glyph}`), state);
	}

	t.is(out({state: 'failed', reason: 'blocked'}).length, 2);
	t.regex(out({state: 'failed', reason: 'blocked'})[1] ?? '', /^ +\S.* {2}blocked: \/block to undo, then \/retry +!$/);
	t.regex(out({state: 'failed', reason: 'cancelled'})[1] ?? '', /taken back/);
	const [, , ...below] = out({state: 'failed', reason: 'identity-changed'});
	t.regex(below.join(' '), /^ +the identity key has changed: \/verify or \/trust, then \/retry +!$/);
	t.is(out({state: 'queued', reason: 'blocked'}).length, 2);
	t.notRegex(out({state: 'queued', reason: 'blocked'}).join(''), /blocked/, 'a reason that is over is not told');
});

test('markup is shown with its signs; code between fences is cut with a mark, not broken', t => {
	const text = `*so* \`x\` _it_ *[a](b)*\n\`\`\`\n${'code '.repeat(30)}\n\`\`\`\n> said`;
	const rows = (change: Partial<Setting> = {}) =>
		messageRows(message('bob', 2, {text}), message('bob', 1), settingOf(80, change));
	const [first, , code, , quote] = rows();
	t.deepEqual(first?.slice(4, -1), [
		{text: '*', role: 'muted'},
		{text: 'so', isBold: true},
		{text: '*', role: 'muted'},
		{text: ' '},
		{text: '`', role: 'muted'},
		{text: 'x', role: 'code'},
		{text: '`', role: 'muted'},
		{text: ' '},
		{text: '_', role: 'muted'},
		{text: 'it', isItalic: true},
		{text: '_', role: 'muted'},
		{text: ' '},
		{text: '*', role: 'muted'},
		{text: '[a](b)', isBold: true},
		{text: '*', role: 'muted'},
	]);
	t.regex(textOf(code!), /^ {14}(?:code ){12}code… $/);
	t.deepEqual(quote?.at(-2), {text: 'said', role: 'muted'});
	t.is(rows({isRaw: true}).length, 7);
	t.true(
		rows({isRaw: true})
			.flat()
			.slice(3)
			.every(({role, isBold}) => role === undefined && isBold === undefined),
	);
});

test('a selected message is inverse, all of it and nothing else; one that is marked has its bar alone', t => {
	const own = message('bob', 2, {
		text: 'see https://a.example\ntwo',
		direction: 'out',
		state: 'failed',
		reason: 'cancelled',
	});
	const first = {id: own.id, count: 1};
	const inverse = (change: Partial<Setting>) =>
		messageRows(own, undefined, settingOf(80, {firstNew: first, ...change})).map(row =>
			row.every(({role}) => role === 'selected') ? 'all' : row.some(({role}) => role === 'selected') ? 'some' : '',
		);
	t.deepEqual(inverse({isSelected: true}), ['', 'all', 'all'], 'day and “1 new” are not of the message');
	t.deepEqual(inverse({isMarked: true}), ['', '', '']);
	t.is(linesOf(own, undefined, settingOf(80, {isMarked: true})).filter(line => line.includes('▌')).length, 2);
});

test('a selected message has a bar beside each of its rows', t => {
	const text = 'one\ntwo\nthree';
	const lines = linesOf(message('bob', 2, {text}), message('bob', 1), settingOf(80, {isSelected: true}));
	t.deepEqual(
		lines.map(line => line.split('▌ ').at(-1)),
		['one', 'two', 'three'],
	);
	t.true(lines.every(line => line.indexOf('▌') === lines[0]?.indexOf('▌')));
});

test('every piece of a link leads to the whole of it', t => {
	const url = `https://a.example/${'x'.repeat(100)}`;
	const rows = messageRows(message('bob', 2, {text: `see ${url} now`}), message('bob', 1), settingOf(40));
	const links = rows.flat().filter(each => each.url !== undefined);
	t.true(links.length > 2);
	t.true(links.every(each => each.url === url && each.role === 'link'));
	t.is(links.map(({text}) => text).join(''), url);
});

const countedLines = (count: number) => Array.from({length: count}, (_, index) => `line ${index + 1}`).join('\n');

test('what is longer than 12 rows is folded, until it is opened', t => {
	const rowsOf = (count: number, part: Partial<Setting> = {}) =>
		linesOf(message('alice', 1, {text: countedLines(count)}), undefined, settingOf(80, part)).slice(1);
	t.is(rowsOf(12).length, 12);
	t.regex(rowsOf(12).at(-1) ?? '', /line 12 *$/);
	t.is(rowsOf(13).length, 12);
	t.regex(rowsOf(13).at(-1) ?? '', /▸ 2 more lines *$/);
	t.regex(rowsOf(500).at(-2) ?? '', /line 11 *$/);
	t.regex(rowsOf(500).at(-1) ?? '', /▸ 489 more lines *$/);
	t.regex(rowsOf(500, {isSelected: true}).at(-1) ?? '', /▸ 489 more lines: Enter opens *$/);
	t.is(rowsOf(500, {isOpened: true}).length, 500);

	const own = message('alice', 2, {direction: 'out', text: 'x'.repeat(5000), state: 'delivered', edited: 1});
	const shown = linesOf(own, undefined, settingOf(80)).slice(1);
	t.is(shown.length, 12);
	t.regex(shown.at(-1) ?? '', /▸ \d+ more lines {2}edited +✓✓$/);
});
