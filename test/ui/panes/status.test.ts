// The status line: exactly its width in every state, and when there is little room what matters most.
import test from 'ava';
import {
	type ConnectionState,
	type ConnectionProblem,
	type Contact,
	type Snapshot,
} from '../../../source/client/snapshot.ts';
import {type StatusState, noticeRows, statusRow} from '../../../source/ui/panes/status.ts';
import {catalogue} from '../../../source/catalogue/catalogue.ts';
import {widthOf} from '../../../source/ui/text/width.ts';
import {type ScreenRow, rowWidth} from '../../../source/ui/widgets/spans.ts';
import {ClientTwin, contact, message} from '../../twins/client.ts';
import {NASTY} from '../text/samples.ts';
import {talkWith} from '../../../source/messaging/conversation.ts';

const problems = Object.keys(catalogue.status.problems) as ConnectionProblem[];
const connections: readonly ConnectionState[] = [
	{state: 'signed-out'},
	{state: 'connecting'},
	{state: 'online'},
	...problems.flatMap((problem): ConnectionState[] => [
		{state: 'waiting', problem, retryAt: 0},
		{state: 'stopped', problem},
	]),
];

const textOf = (row: ScreenRow) => row.map(({text}) => text).join('');
const long = 'n'.repeat(32);
const people: ReadonlyArray<readonly Contact[]> = [
	[],
	[contact('bob', {typing: true})],
	[contact(long, {typing: true, outbox: 123_456}), contact('dave', {unread: 3})],
	[contact('bob', {outbox: 1}), contact(long, {unread: 100}), contact('dave', {unread: 1})],
];
const online: ConnectionState = {state: 'online'};
const quiet: StatusState = {open: talkWith('bob'), notice: '', below: 0, isRoomy: false};

function shownBy(contacts: readonly Contact[], connection: ConnectionState): Snapshot {
	const messages = contacts.map(({name}) => message(name, 1, {text: 'hello @me'}));
	const client = new ClientTwin(contacts, messages);
	client.put({connection});
	return client.snapshot();
}

function words(
	contacts: readonly Contact[],
	connection: ConnectionState,
	state: Partial<StatusState>,
	width: number,
): string {
	return textOf(statusRow(shownBy(contacts, connection), {...quiet, ...state}, width));
}

function noticed(notice: string, disk?: string): string[] {
	const snapshot = {...shownBy([], online), ...(disk !== undefined && {disk: {message: disk}})};
	return noticeRows(snapshot, notice, 40, 3).map(row => textOf(row));
}

for (const connection of connections) {
	test(`exactly the width, from 1 to 120 cells: ${Object.values(connection).join(' ')}`, t => {
		for (const contacts of people) {
			const snapshot = shownBy(contacts, connection);
			for (const open of [talkWith('bob'), talkWith(long)]) {
				for (const below of [0, 12_345]) {
					for (let width = 1; width <= 120; width++) {
						const state = {open, below, notice: '', isRoomy: width >= 80};
						const cells = rowWidth(statusRow(snapshot, state, width));
						if (cells !== width) t.fail(`${cells} in ${width}`);
					}
				}
			}
		}

		t.pass();
	});
}

test('a disk that takes nothing has the line, unless something just happened', t => {
	const disk = 'cannot write history.db (no space left): make room';
	const line = (notice: string) =>
		statusRow({...shownBy([], online), disk: {message: disk}}, {...quiet, notice}, 60)
			.map(({text}) => text)
			.join('')
			.trimEnd();
	t.is(line(''), disk);
	t.is(line('copied'), 'copied');
});

test('a notice has the line to itself, harmless', t => {
	for (const notice of [NASTY.join(''), '漢字'.repeat(50), 'x']) {
		for (let width = 1; width <= 120; width++) {
			const drawn = words([], online, {notice}, width);
			t.is(widthOf(drawn), width);
			t.notRegex(drawn, /[\p{Cc}\p{Bidi_Control}]/u);
		}
	}

	t.is(words(people[3]!, online, {notice: 'copied'}, 12), 'copied      ');
});

test('what just happened is read to its end: it has as many rows as it needs, up to three', t => {
	const all = 'There is no command /blurb: F1 lists them, and // begins a message with a slash.';
	t.deepEqual(
		noticed(all).map(row => row.trimEnd()),
		['There is no command /blurb: F1 lists', 'them, and // begins a message with a', 'slash.'],
	);
	t.is(noticed('copied').length, 1);
	t.is(noticed('copied', 'The disk is full.')[0]?.trimEnd(), 'copied');
	t.is(noticed('', 'The disk is full.')[0]?.trimEnd(), 'The disk is full.');
	t.deepEqual(noticed(''), []);
	const endless = noticed('word '.repeat(100));
	t.is(endless.length, 3);
	t.regex(endless[2] ?? '', /…$/);
	for (const each of [...noticed(NASTY.join('')), ...noticed('漢字'.repeat(80))]) t.is(widthOf(each), 40);
});

test('what is said, with room for all of it', t => {
	const contacts = [
		contact('bob', {typing: true, outbox: 2}),
		contact('carol', {unread: 1, outbox: 1}),
		contact('dave', {unread: 5}),
	];
	const line = words(contacts, online, {below: 7}, 100);
	t.regex(line, /^↓ 7 below \(End\) {2}bob is typing… +unread 2: carol\(@1\) {2}outbox 3 {2}● connected$/);
	t.regex(words([contact('bob')], online, {isRoomy: true}, 100), /^F1 help +● connected$/);
	t.is(words([contact('bob')], online, {}, 80).trim(), '● connected');
	t.is(words([contact('bob')], online, {}, 63).trim(), '●', 'a glyph alone beside the list of 80 columns');
});

test('of those that are unread the first that names oneself, else the first; the open one is none of them', t => {
	const contacts = [contact('bob', {unread: 9}), contact('carol', {unread: 1}), contact('dave', {unread: 1})];
	const messages = [message('carol', 1), message('dave', 1, {text: '@me'})];
	const client = new ClientTwin(contacts, messages);
	const line = (width: number) => textOf(statusRow(client.snapshot(), quiet, width));
	t.regex(line(80), /unread 2: dave\(@1\)/);
	t.regex(line(40), /unread 2\(@1\)/, 'no name where it is narrow');
	t.regex(words([contact('carol', {unread: 1})], online, {}, 80), /unread 1: carol\(@1\)/);
	t.notRegex(words([contact('bob', {unread: 1})], online, {}, 80), /unread/);
});

test('where there is no room for all, trouble stays, then what is unread, then the outbox', t => {
	const contacts = [contact('bob', {outbox: 1, typing: true}), contact('carol', {unread: 1})];
	const trouble: ConnectionState = {state: 'stopped', problem: 'displaced'};
	const said = (connection: ConnectionState, width: number) =>
		words(contacts, connection, {}, width).match(/connected|offline|unread|outbox/g) ?? [];
	t.deepEqual(said(online, 80), ['unread', 'outbox', 'connected']);
	t.deepEqual(said(online, 40), ['unread', 'outbox']);
	t.deepEqual(said(online, 21), ['unread']);
	t.deepEqual(said(trouble, 40), ['unread', 'outbox', 'offline']);
	t.deepEqual(said(trouble, 30), ['unread', 'offline']);
	t.deepEqual(said(trouble, 15), ['offline']);
});

test('every problem is told in full where there is room, and as being offline where there is not', t => {
	for (const problem of problems) {
		const stopped: ConnectionState = {state: 'stopped', problem};
		const waiting: ConnectionState = {state: 'waiting', problem, retryAt: 0};
		t.true(words([], stopped, {}, 100).includes(catalogue.status.problems[problem]));
		t.true(words([], waiting, {}, 100).includes(`${catalogue.status.problems[problem]}, retrying`));
		t.true(words([], stopped, {}, 59).includes('! offline'));
		t.true(words([], waiting, {}, 20).includes('offline'));
	}
});
