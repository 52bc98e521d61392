// The rows of the view: what they say, and that they are as wide and as many as the screen.
import test from 'ava';
import fc from 'fast-check';
import {topRows} from '../../source/top/top-rows.ts';
import {type State, answered, beginning, unanswered} from '../../source/top/state.ts';
import {rowWidth} from '../../source/ui/widgets/spans.ts';
import {NOON, type Parts, answerOf, crowd} from './answers.ts';

const PLACE = '/var/lib/simchat-server';

const stateOf = (parts: Parts): State => answered(beginning, answerOf(parts));
const textOf = (state: State, columns: number, rows: number) =>
	topRows(state, {columns, rows}, PLACE).map(row =>
		row
			.map(({text}) => text)
			.join('')
			.trimEnd(),
	);

const lines = [
	{at: NOON, level: 'info', text: 'alice signed in, from 192.0.2.1:40001'},
	{at: NOON + 1000, level: 'warn', text: 'bob refused: credentials, from 192.0.2.2:40002'},
	{at: NOON + 2000, level: 'error', text: 'failed: \u001B[31mno\nspace'},
] as const;
const online = [
	{name: 'alice', since: NOON - 3_600_000},
	{name: 'bob', since: NOON - 48 * 3_600_000},
];
const locks = [
	{name: 'mallory', until: NOON + 42_500},
	{name: 'trudy', until: NOON + 1000},
];
const busy: Parts = {
	status: {online: 2, connections: 3},
	top: {online, locks, locked: 2, lines},
};

test('side by side where there is room', t => {
	const rows = textOf(stateOf(busy), 80, 18);
	t.regex(rows[0]!, /^simchat-server {2}\/var\/lib\/simchat-server +● up 2 min$/);
	t.is(rows[1], '2 of 40 online  3 connections  memory 64 MiB');
	t.regex(rows[2]!, /since its start +now +peak +the last 3 s$/);
	t.regex(rows[3]!, /^logins +12 +0\.0\/s +0\/s +▁▁▁$/);
	t.regex(rows[6]!, /^introductions +1234 /);
	t.regex(rows[7]!, /^─+ online 2 ─+┬─+ events ─+$/);
	t.regex(rows[8]!, /^alice +since 11:00 │12:00:00 alice signed in, from 192\.0\.2\.1:40001$/);
	t.regex(rows[9]!, /^bob +since Sun 1 Nov │12:00:01 warn: bob refused: credentials, from …$/);
	t.regex(rows[10]!, /│12:00:02 error: failed: ␛\[31mno␊space$/);
	t.regex(rows[14]!, /^─+ locked 2 ─+│$/);
	t.regex(rows[15]!, /^! mallory +43 s │$/);
	t.regex(rows[16]!, /^! trudy +1 s │$/);
	t.regex(rows[17]!, /^q quits .*names$/);
});

test('one below the other where it is narrow, the newest events last', t => {
	const rows = textOf(stateOf(busy), 40, 12);
	t.is(rows[1], '2 of 40 online  3 connections  64 MiB');
	t.regex(rows[2]!, /^logins +12 +0\.0\/s +▁▁▁$/);
	t.regex(rows[6]!, /online 1–1 of 2/);
	t.regex(rows[7]!, /^alice +since 11:00$/);
	t.regex(rows[8]!, / locked 2, of them 1 /);
	t.regex(rows[9]!, /^! mallory +43 s$/);
	t.regex(rows[10]!, / events /);
	t.regex(rows[11]!, /^12:00:02 error: /);
});

test('what happens shows in its row, with its rate and its peak', t => {
	const refusals = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 8];
	const {paces} = answerOf().top;
	const rows = textOf(stateOf({top: {paces: {...paces, refusals}}}), 80, 18);
	t.regex(rows[4]!, /^refusals +4 +1\.2\/s +8\/s +▁{11}▅█$/);
});

test('nobody, and no answer yet', t => {
	t.regex(textOf(stateOf({}), 80, 18)[8]!, /^nobody +│$/);
	const asking = textOf(beginning, 80, 18);
	t.regex(asking[0]!, /○ asking$/);
	t.notRegex(asking.slice(1).join('\n'), /\d|nobody/);
});

test('a server that is gone is said to be, in words', t => {
	const rows = textOf(unanswered(stateOf(busy), NOON + 3000), 40, 12);
	t.regex(rows[0]!, /○ gone$/);
	t.is(rows[1], 'no answer since 12:00:03; still asking');
});

test('a list that is longer than its part says which names these are, and waits for those of another page', t => {
	const state = {...stateOf(crowd(500)), scroll: 195};
	const rows = textOf(state, 80, 24);
	t.regex(rows[7]!, / online 196–210 of 500 /);
	t.regex(rows[8]!, /^user-0195 /);
	t.regex(rows[12]!, /^user-0199 /);
	t.regex(rows[13]!, /^… +│$/);
	t.regex(rows[22]!, /^… +│$/);
});

test('any screen is filled exactly', t => {
	const size = fc.record({columns: fc.integer({min: 1, max: 130}), rows: fc.integer({min: 1, max: 60})});
	const parts = fc.record({
		count: fc.constantFrom(0, 1, 30, 300),
		locked: fc.constantFrom(0, 1, 2, 50),
		said: fc.constantFrom(0, 1, 3),
		scroll: fc.nat(300),
	});
	fc.assert(
		fc.property(size, parts, fc.boolean(), ({columns, rows}, {count, locked, said, scroll}, isAway) => {
			const {status = {}, top = {}} = crowd(count);
			const many = Array.from({length: locked}, (_, index) => ({name: `name-${index}`, until: NOON + index * 1000}));
			const answer = {status, top: {...top, locked, locks: many, lines: lines.slice(0, said)}};
			const state = {...stateOf(answer), scroll: Math.min(scroll, Math.max(0, count - 1))};
			const drawn = topRows(isAway ? unanswered(state, NOON) : state, {columns, rows}, PLACE);
			t.is(drawn.length, rows);
			for (const row of drawn) t.is(rowWidth(row), columns);
		}),
	);
});
