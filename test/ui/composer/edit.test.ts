// Editing: readline's keys on graphemes, rows and history.
import {Buffer} from 'node:buffer';
import fc from 'fast-check';
import test from 'ava';
import {
	type Composer,
	type EditAction,
	HISTORY_LIMIT,
	DRAFT_LIMIT,
	emptyComposer,
} from '../../../source/ui/composer/composer.ts';
import {edit} from '../../../source/ui/composer/edit.ts';
import {EDIT_KEYS, editOf} from '../../../source/ui/composer/edit-keys.ts';
import {view} from '../../../source/ui/composer/view.ts';
import {graphemes, widthOf} from '../../../source/ui/text/width.ts';
import {TEXT_LIMIT} from '../../../source/content/text.ts';
import {NASTY, SAMPLES} from '../text/samples.ts';
import {anyText} from '../../texts.ts';

const COLUMNS = 11;

type Step = Exclude<EditAction['kind'], 'insert' | 'set'>;

/** `state` after the steps; what is no step is typed. */
function after(state: Composer, ...steps: ReadonlyArray<Step | EditAction>): Composer {
	return steps.reduce<Composer>((now, step) => {
		if (typeof step !== 'string') return edit(now, step);
		return edit(now, step === 'up' || step === 'down' ? {kind: step, columns: COLUMNS} : {kind: step});
	}, state);
}

const insert = (text: string): EditAction => ({kind: 'insert', text});

/** `|` stands for the cursor. */
function at(marked: string): Composer {
	const cursor = marked.indexOf('|');
	return {...emptyComposer, text: marked.replace('|', ''), cursor};
}

const show = ({text, cursor}: Composer) => `${text.slice(0, cursor)}|${text.slice(cursor)}`;

const changes: ReadonlyArray<readonly [from: string, step: Step, to: string]> = [
	['ab|c', 'backspace', 'a|c'],
	['|abc', 'backspace', '|abc'],
	['a👨‍👩‍👧‍👦|c', 'backspace', 'a|c'],
	['e\u0301|', 'backspace', '|'],
	['one\n|two', 'backspace', 'one|two'],
	['a|🇯🇵c', 'delete', 'a|c'],
	['abc|', 'delete', 'abc|'],
	['a👍🏽|', 'left', 'a|👍🏽'],
	['|', 'left', '|'],
	['|漢字', 'right', '漢|字'],
	['漢字|', 'right', '漢字|'],
	['one two|', 'word-left', 'one |two'],
	['one two  |', 'word-left', 'one |two  '],
	['one.|', 'word-left', '|one.'],
	['|one two', 'word-right', 'one| two'],
	['one|, two', 'word-right', 'one, two|'],
	['one\ntw|o\nthree', 'home', 'one\n|two\nthree'],
	['|one', 'home', '|one'],
	['\n|', 'home', '\n|'],
	['one\ntw|o\nthree', 'end', 'one\ntwo|\nthree'],
	['one\ntw|o', 'kill-to-home', 'one\n|o'],
	['one\n|two', 'kill-to-home', 'one|two'],
	['o|ne\ntwo', 'kill-to-end', 'o|\ntwo'],
	['one|\ntwo', 'kill-to-end', 'one|two'],
	['see a.b/c-d|', 'kill-argument', 'see |'],
	['see  |', 'kill-argument', '|'],
	['see foo-bar|', 'kill-word-left', 'see foo-|'],
	['|foo bar', 'kill-word-right', '| bar'],
	['a|b', 'newline', 'a\n|b'],
	['a|b', 'clear', '|'],
	['a|b', 'sent', '|'],
	// The joined flag: the cursor does not stay inside of it.
	['🇯|x🇵', 'delete', '🇯🇵|'],
];

for (const [from, step, to] of changes) {
	test(`${JSON.stringify(from)} ${step}`, t => t.is(show(after(at(from), step)), to));
}

test('typed and pasted text is made safe, where it lands', t => {
	t.is(show(after(at('a|b'), insert('\u001B[2J\r\nx\u202E'))), 'a␛[2J\nx|b');
	t.is(show(after(at('e|'), insert('\u0301'))), 'e\u0301|');
	t.is(show(after(at('|'), insert('\u0301'))), '\u25CC\u0301|');
	t.is(show(after(at('👩|'), insert('\u200D'), insert('👧'))), '👩\u200D👧|');
	t.is(show(after(at('a|'), {kind: 'set', text: 'one\ttwo'})), 'one    two|');
});

test('cuts in a row add up, and come back at once', t => {
	const cut = after(at('one two three|'), 'kill-word-left', 'kill-argument', 'kill-argument');
	t.is(show(cut), '|');
	t.is(show(after(cut, 'yank', 'yank')), 'one two threeone two three|');
	const both = after(at('one t|wo'), 'kill-word-left', 'kill-to-end');
	t.is(show(after(both, 'yank')), 'one two|');
	const apart = after(at('one two|'), 'kill-argument', 'left', 'kill-argument');
	t.is(apart.killed, 'one');
	t.is(after(at('|'), 'yank').text, '');
});

test('up and down go by rows, and keep their column', t => {
	let state = after(at('long row\nab\nlonger r|'), 'up');
	t.is(show(state), 'long row\nab|\nlonger r');
	state = after(state, 'up');
	t.is(show(state), 'long row|\nab\nlonger r');
	state = after(state, 'up');
	t.is(show(state), 'long row|\nab\nlonger r');
	t.is(show(after(state, 'down', 'down')), 'long row\nab\nlonger r|');
	t.is(show(after(state, 'down', 'left', 'down')), 'long row\nab\nl|onger r');
	// The end of a row that goes on is the beginning of the next: the cursor stays before it.
	t.is(show(after(at('0123456789abcdefghij|'), 'up')), '012345678|9abcdefghij');
	t.is(show(after(at('漢字漢字漢\nabc|'), 'up')), '漢|字漢字漢\nabc');
});

test('an empty input goes through what was sent', t => {
	const sent = after(emptyComposer, insert('one'), 'sent', insert('two\nrows'), 'sent', insert('two\nrows'), 'sent');
	t.is(sent.history.length, 2);
	t.is(after(sent, 'up').text, 'two\nrows');
	t.is(after(sent, 'up', 'up').text, 'two\nrows');
	t.is(after(sent, 'up', 'up', 'up').text, 'one');
	t.is(after(sent, 'up', 'up', 'up', 'up').text, 'one');
	t.is(after(sent, 'up', 'up', 'up', 'down').text, 'two\nrows');
	t.is(after(sent, 'up', 'down').text, '');
	t.is(after(sent, 'down').text, '');
	t.is(after(sent, insert('draft'), 'up').text, 'draft');
	t.is(after(sent, 'up', insert('!'), 'up', 'up', 'up').text, 'two\nrows!');
	t.is(after(sent, 'sent').history.length, 2);
	const many = Array.from({length: HISTORY_LIMIT + 5}, (_, index) => [insert(`${index}`), 'sent'] as const).flat();
	t.is(after(emptyComposer, ...many).history.length, HISTORY_LIMIT);
	t.is(after(emptyComposer, ...many).history[0], '5');
});

test('what does not fit is left out, whole graphemes of it, and told', t => {
	t.is(DRAFT_LIMIT, TEXT_LIMIT);
	const full = after(at('ab|'), 'left', insert('x'.repeat(DRAFT_LIMIT - 6)));
	t.is(full.text.length, DRAFT_LIMIT - 4);
	t.false(full.isFull);
	const more = after(full, insert('é👍👍'));
	t.is(more.text.slice(-3), 'xéb');
	t.true(more.isFull);
	t.is(more.text[more.cursor], 'b');
	t.false(after(more, 'left').isFull);
	const tabs = after(at('|b'), insert('\t'.repeat(1 << 20)));
	t.is(Buffer.byteLength(tabs.text), DRAFT_LIMIT);
	t.true(tabs.isFull);
	const lines = after(at('|'), insert('line\n'.repeat(5000)));
	t.is(lines.text, 'line\n'.repeat(5000));
});

test('every key of the table edits, and none is there twice', t => {
	const keys = EDIT_KEYS.flatMap(binding => binding.keys);
	t.is(new Set(keys).size, keys.length);
	for (const key of keys) t.truthy(editOf(key, 80));
	t.deepEqual(editOf('up', 80), {kind: 'up', columns: 80});
	t.is(editOf('enter', 80), undefined);
	t.is(editOf('ctrl-n', 80), undefined);
});

test('whatever is done, the cursor stands between graphemes and is drawn inside', t => {
	const kinds = EDIT_KEYS.map(({edit: kind}) => kind).filter(kind => kind !== 'up' && kind !== 'down');
	const typed = fc.oneof(
		fc.constantFrom(...SAMPLES.map(([grapheme]) => grapheme), ...NASTY, ' ', '\n', 'word '),
		anyText({maxLength: 5}),
	);
	const action: fc.Arbitrary<EditAction> = fc.oneof(
		typed.map(insert),
		fc.constantFrom<EditAction>(...kinds.map(kind => ({kind})), {kind: 'sent'}),
		fc.record({kind: fc.constantFrom('up' as const, 'down' as const), columns: fc.integer({min: 1, max: 12})}),
	);
	fc.assert(
		fc.property(fc.array(action, {maxLength: 60}), fc.nat(12), fc.nat(4), (actions, columns, maxRows) => {
			let state = emptyComposer;
			for (const each of actions) {
				state = edit(state, each);
				const head = graphemes(state.text.slice(0, state.cursor));
				t.deepEqual([...head, ...graphemes(state.text.slice(state.cursor))], graphemes(state.text));
				const {rows, cursor} = view(state, columns, maxRows);
				t.true(cursor.row >= 0 && cursor.row < rows.length && rows.length <= Math.max(1, maxRows));
				t.true(cursor.column >= 0 && cursor.column < Math.max(1, columns));
				t.true(rows.every(row => widthOf(row) <= columns || graphemes(row).length === 1));
			}
		}),
		{numRuns: 300},
	);
});
