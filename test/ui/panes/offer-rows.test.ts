// A message that offers a file as rows: in every width, in every state, whatever its name is.
import {homedir} from 'node:os';
import path from 'node:path';
import test from 'ava';
import {type Message, type Transfer} from '../../../source/client/snapshot.ts';
import {cutName, offerRows} from '../../../source/ui/panes/offer-rows.ts';
import {type OfferMessage, canGet, offerState, refusalOf} from '../../../source/ui/panes/offer-state.ts';
import {sizeText} from '../../../source/ui/text/file-size.ts';
import {safeText} from '../../../source/ui/text/safe.ts';
import {widthOf} from '../../../source/ui/text/width.ts';
import {rowWidth} from '../../../source/ui/widgets/spans.ts';
import {message} from '../../twins/client.ts';
import {NASTY} from '../text/samples.ts';

type Answers = OfferMessage['file']['answers'];

function offer(
	direction: Message['direction'],
	answers: Answers = {},
	name = 'holiday.jpg',
	size = 3_141_592,
): OfferMessage {
	const file = {name, size, root: '00', device: '00', answers};
	return {...message('bob', 1, {direction, text: name}), file};
}

function moving({conversation, direction, id, file: {size}}: OfferMessage, part: Partial<Transfer>): Transfer {
	return {conversation, message: {direction, id}, state: 'running', done: 0, size, rate: 0, ...part};
}

const linesOf = (each: OfferMessage, part?: Partial<Transfer>, {width = 80, isSelected = false} = {}) =>
	offerRows(each, {width, transfer: part && moving(each, part), isSelected}).map(row =>
		row
			.map(({text}) => text)
			.join('')
			.trimEnd(),
	);

test('sizes are in units of thousands, with a digit behind the point where there is one before it', t => {
	const sizes = [0, 1, 999, 1000, 9949, 99_999, 999_499, 999_500, 3_141_592, 25 * 10 ** 9, 10 ** 15];
	t.deepEqual(sizes.map(sizeText), [
		'0 B',
		'1 B',
		'999 B',
		'1 kB',
		'9.9 kB',
		'100 kB',
		'999 kB',
		'1 MB',
		'3.1 MB',
		'25 GB',
		'1,000 TB',
	]);
});

test('what is offered says how to get it; what goes on says how far, how fast and how long', t => {
	t.deepEqual(linesOf(offer('in')), ['▤ holiday.jpg  3.1 MB  offered: /get gets it']);
	t.deepEqual(linesOf(offer('in'), undefined, {isSelected: true}), [
		'▤ holiday.jpg  3.1 MB  offered: Enter gets it, x declines',
	]);
	const wanted = offer('in', {out: 'accepted'});
	t.deepEqual(linesOf(wanted, {state: 'waiting'}), ['▤ holiday.jpg  3.1 MB  waiting for a device of bob']);
	t.regex(linesOf(wanted, {state: 'waiting', done: 1_500_000})[0] ?? '', /47 % · waiting/);
	const [head, bar] = linesOf(wanted, {done: 1_319_468, rate: 52_000});
	t.is(head, '▤ holiday.jpg  3.1 MB');
	t.regex(bar ?? '', /^ {2}█+░+ {2}41 % {2}52 kB\/s {2}36 s left$/);
	t.regex(linesOf(wanted, {done: 1_319_468, rate: 10_000})[1] ?? '', / 4 min left$/);
	t.deepEqual(linesOf(wanted, {state: 'checking'}), ['▤ holiday.jpg  3.1 MB  all of it is here, being checked']);
	const saved = path.join(homedir(), 'Downloads', 'holiday.jpg');
	t.deepEqual(linesOf(offer('in', {out: 'received'}), {state: 'done', path: saved}), [
		'▤ holiday.jpg  3.1 MB  saved as ~/Downloads/holiday.jpg',
	]);
	t.regex(
		linesOf(offer('in', {out: 'accepted'}), {state: 'failed', problem: 'changed'}).join(' '),
		/! the file was changed/,
	);
	t.regex(linesOf(offer('in', {}, 'empty', 0), {state: 'running'})[1] ?? '', /█ {2}100 %$/);
});

test('both sides have said what counts: an own file is offered, wanted, there, declined or stopped', t => {
	const words = (direction: Message['direction'], answers: Answers) => linesOf(offer(direction, answers))[0]?.slice(23);
	t.is(words('out', {}), 'offered');
	t.is(words('out', {in: 'accepted'}), 'bob wants it');
	t.is(words('out', {in: 'received'}), 'bob has it');
	t.is(words('out', {in: 'declined'}), 'bob declined it');
	t.is(words('out', {in: 'stopped'}), 'bob stopped it');
	t.is(words('out', {out: 'stopped', in: 'accepted'}), 'stopped');
	t.is(words('in', {out: 'declined'}), 'declined');
	t.is(words('in', {out: 'received'}), 'received');
	t.is(words('in', {out: 'stopped'}), 'stopped');
	t.is(words('in', {in: 'stopped', out: 'accepted'}), 'bob stopped it');
	t.is(words('in', {in: 'stopped', out: 'received'}), 'received');
	// What a transfer of before says does not count any more.
	const stopped = offer('out', {out: 'stopped'});
	t.is(offerState(stopped, moving(stopped, {state: 'running'})).kind, 'stopped');
});

const able = (each: OfferMessage, part?: Partial<Transfer>) => {
	const state = offerState(each, part && moving(each, part));
	return [canGet(each, state), refusalOf(each, state)];
};

test('keys do what can be done', t => {
	t.deepEqual(able(offer('in')), [true, 'decline']);
	t.deepEqual(able(offer('in'), {state: 'running'}), [false, 'stop']);
	t.deepEqual(able(offer('in', {out: 'accepted'}), {state: 'failed', problem: 'limit'}), [true, 'decline']);
	t.deepEqual(able(offer('in', {out: 'received'})), [false, undefined]);
	t.deepEqual(able(offer('in', {out: 'declined'})), [true, undefined]);
	t.deepEqual(able(offer('in', {in: 'stopped'})), [false, undefined]);
	t.deepEqual(able(offer('out')), [false, 'stop']);
	t.deepEqual(able(offer('out', {in: 'received'})), [false, undefined]);
});

test('a long name is cut in its middle, and its end stays', t => {
	t.is(cutName('holiday-in-the-mountains.jpg', 16), 'holiday-in-….jpg');
	t.is(cutName('holiday.jpg', 11), 'holiday.jpg');
	t.is(cutName('a.very-long-ending-of-a-name', 8), 'a.very-…');
	t.is(widthOf(cutName('漢字かな交じり文.txt', 9)) <= 9, true);
});

test('in every width and state each row fits, and no name acts', t => {
	const names = [...NASTY, '../../etc/passwd', 'a'.repeat(1024), '漢字かな交じり文と한국어.pdf', '\u202Egpj.exe', '.'];
	const parts: ReadonlyArray<Partial<Transfer> | undefined> = [
		undefined,
		{state: 'waiting', done: 5},
		{state: 'running', done: 1_000_000, rate: 123},
		{state: 'checking'},
		{state: 'done', path: '/somewhere/\u001B[31m/far'},
		{state: 'failed', problem: 'folder'},
	];
	for (const name of names) {
		for (const part of parts) {
			for (const width of [1, 2, 5, 16, 29, 30, 80, 100]) {
				const each = offer('in', {}, name);
				const rows = offerRows(each, {width, transfer: part && moving(each, part), isSelected: width % 2 === 0});
				for (const row of rows) {
					const text = row.map(span => span.text).join('');
					t.true(rowWidth(row) <= width, `${width}: ${JSON.stringify(text)}`);
					t.is(safeText(text, {newlines: false}), text);
					t.false(text.includes('/etc/'));
				}
			}
		}
	}
});
