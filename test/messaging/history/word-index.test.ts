import {randomBytes} from 'node:crypto';
import test from 'ava';
import fc from 'fast-check';
import {openHistory} from '../../../source/messaging/history/sqlite-history.ts';
import {matchOf, termsOf} from '../../../source/messaging/history/search-words.ts';
import {historyFile, key, message} from './entries.ts';
import {otherIn, talkWith} from '../../../source/messaging/conversation.ts';
import {anyText} from '../../texts.ts';

const said = [
	['straße', 'STRASSE', true],
	['STRAẞE', 'straße', true],
	['Über Ärger', 'üBER äRGER', true],
	['Über', 'uber', true],
	['Uber', 'über', true],
	['naïve café', 'cafe naive', true],
	['ΟΔΥΣΣΕΥΣ', 'οδυσσευς', true],
	['Привет', 'ПРИВ', true],
	['ｆｕｌｌ ｗｉｄｔｈ', 'full WIDTH', true],
	['ﬁn', 'FIN', true],
	['cafe\u0301', 'CAFÉ', true],
	['שָׁלוֹם', 'שלום', true],
	['מילים', 'שלום', false],
	['हिन्दी', 'हिन्दी', true],
	['tomorrow morning', 'tom mor', true],
	['tomorrow morning', 'row', false],
	['tomorrow morning', 'tomorrow noon', false],
	['日本語の勉強', '本語', true],
	['日本語の勉強', '語本', false],
	['日本語の勉強', '勉強 日本', true],
	['コーヒーを飲む', 'ヒーを', true],
	['か', 'が', false],
	['안녕하세요', '하세', true],
	['สวัสดีครับ', 'ดีครับ', true],
	['don’t stop', "don't", true],
	['do not', "don't", false],
	['mail bob@example.org', 'bob@exam', true],
	['bob at example', 'bob@exam', false],
	['C++ and C', 'c++', true],
	['C and D', 'c++', false],
	['it costs 5 €', '€', true],
	['before\0after', 'AFTER', true],
	['two\nlines', 'two lines', true],
	['a family 👩‍👩‍👧', '👩‍👧', true],
	['👍🏽', '👍', true],
	['👍', '🎉', false],
	['anything', '', false],
	['100 %', '%', false],
] as const;

test('words are found by how they begin, whatever their case and accents, in every script', async t => {
	const history = openHistory(await historyFile(t), key);
	for (const [index, [text, words, isFound]] of said.entries()) {
		history.append([message(index % 2 === 0 ? 'in' : 'out', 'bob', index, text)]);
		t.is(history.find(words, 99, [talkWith('bob')])[0]?.text === text, isFound, `${words} in ${text}`);
	}

	history.close();
});

const syntax = [
	'"',
	'""',
	"'",
	'*',
	'^',
	':',
	'-',
	'+',
	'(',
	')',
	'{',
	'}',
	'\\',
	'\0',
	'AND',
	'OR',
	'NOT',
	'NEAR(a b, 2)',
	'peer :',
	'words:x',
	'-- ',
	';',
	'?',
	':a',
	'@',
	'%',
	'_',
];

test('whatever is asked for is words, never syntax', async t => {
	const history = openHistory(await historyFile(t), key);
	const one = message('in', 'bob', 1, 'and or not near(a b) peer words');
	history.append([one, message('in', 'ann', 2, 'and or not near(a b) peer words')]);
	for (const query of [
		'AND',
		'or NOT',
		'near(a',
		'peer : words',
		'"near" (a b)',
		'words:near',
		'NEAR(a b, 2)'.slice(0, 8),
	]) {
		const hasColon = query === 'words:near';
		t.deepEqual(history.find(query, 9, [talkWith('bob')]), hasColon ? [] : [one], query);
	}

	const long = [
		'"'.repeat(65_536),
		'x'.repeat(65_536),
		'word '.repeat(13_107),
		'日'.repeat(20_000),
		'👩‍👧'.repeat(8000),
		'(a OR '.repeat(10_000),
	];
	for (const query of long)
		t.notThrows(() => history.find(query, 9, [talkWith('bob'), talkWith('ann')]), query.slice(0, 10));
	const piece = fc.oneof(fc.constantFrom(...syntax), anyText({maxLength: 5}), fc.constant('\uD800'));
	fc.assert(
		fc.property(fc.array(piece, {maxLength: 12}), pieces => {
			for (const glue of ['', ' ']) t.true(Array.isArray(history.find(pieces.join(glue), 9, [talkWith('bob')])));
		}),
		{numRuns: 300},
	);
	history.close();
});

test('a text is found by each of its words, and by all of them', async t => {
	const history = openHistory(await historyFile(t), key);
	let number = 0;
	fc.assert(
		fc.property(
			fc.array(fc.string({unit: 'grapheme', minLength: 1, maxLength: 12}), {minLength: 1, maxLength: 6}),
			words => {
				const text = words.join(' ');
				const each = message('in', 'bob', ++number, text);
				history.append([each]);
				for (const query of [text, ...words]) {
					if (matchOf(query) === undefined) t.deepEqual(history.find(query, 1, [talkWith('bob')]), []);
					else t.deepEqual(history.find(query, 1, [talkWith('bob')]), [each], query);
				}
			},
		),
		{numRuns: 150},
	);
	history.close();
});

test('the words of a text are what the index takes them for: none is broken up or joined there', async t => {
	const history = openHistory(await historyFile(t), key);
	const symbols = '$+<=>^`|~€';
	history.append([message('in', 'bob', 1, symbols)]);
	t.is(termsOf(symbols), Array.from(symbols).join(' '));
	for (const symbol of symbols) t.is(history.find(symbol, 9, [talkWith('bob')]).length, 1, symbol);
	t.is(history.find('`|', 9, [talkWith('bob')]).length, 1);
	t.is(history.find('|`', 9, [talkWith('bob')]).length, 0);
	history.close();
});

test('the index follows edits, deletions and what expires, also over a restart', async t => {
	const file = await historyFile(t);
	let history = openHistory(file, key);
	const found = (words: string) => history.find(words, 9, [talkWith('bob')]).length;
	const act = {
		conversation: talkWith('bob'),
		direction: 'in',
		state: 'delivered',
		reason: undefined,
		target: {direction: 'in', id: message('in', 'bob', 1, '').id},
	} as const;
	history.append([
		message('in', 'bob', 1, 'strawberry fields'),
		{...message('in', 'bob', 2, 'soon gone'), lifetime: 1},
	]);
	t.deepEqual([found('straw'), found('fields'), found('soon')], [1, 1, 1]);
	history.append([{...act, kind: 'edit', id: randomBytes(16).toString('hex'), time: 5, value: 'raspberry fields'}]);
	t.deepEqual([found('straw'), found('rasp'), found('fields')], [0, 1, 1]);
	history.markRead(talkWith('bob'));
	history.startClocks(talkWith('bob'), 0);
	t.is(history.expire(1000).length, 1);
	t.is(found('soon'), 0);
	history.close();
	history = openHistory(file, key);
	t.deepEqual([found('straw'), found('rasp'), found('fields')], [0, 1, 1]);
	history.append([{...act, kind: 'delete', id: randomBytes(16).toString('hex'), time: 6, value: ''}]);
	t.deepEqual([found('rasp'), found('fields')], [0, 0]);
	t.deepEqual(history.check(), []);
	history.close();
});

test('an edit that comes before its text is what is found', async t => {
	const history = openHistory(await historyFile(t), key);
	const {id} = message('in', 'bob', 1, '');
	history.append([
		{
			conversation: talkWith('bob'),
			direction: 'in',
			state: 'delivered',
			reason: undefined,
			kind: 'edit',
			id: '11'.repeat(16),
			time: 9,
			target: {direction: 'in', id},
			value: 'after',
		},
	]);
	history.append([message('in', 'bob', 1, 'before')]);
	t.is(history.find('before', 9, [talkWith('bob')]).length, 0);
	t.is(history.find('after', 9, [talkWith('bob')]).length, 1);
	history.close();
});

test('people are told apart, however many there are on either side', async t => {
	const history = openHistory(await historyFile(t), key);
	const names = Array.from({length: 600}, (_, index) => `p${index}`);
	history.append(names.map((name, index) => message('in', name, index, 'word')));
	for (const wanted of [names.slice(0, 1), names.slice(10, 290), names.slice(5, 595), names, ['p', 'p60', 'nobody']]) {
		const expected = names.filter(name => wanted.includes(name)).toReversed();
		const found = history.find(
			'word',
			999,
			wanted.map(name => talkWith(name)),
		);
		t.deepEqual(
			found.map(({conversation}) => otherIn(conversation)),
			expected,
		);
	}

	history.close();
});
