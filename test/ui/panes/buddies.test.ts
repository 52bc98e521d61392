// The list: names give way, what is unread never does, and the marked one is always on show.
import fc from 'fast-check';
import test from 'ava';
import {type Contact} from '../../../source/client/snapshot.ts';
import {type ListState, buddyRows} from '../../../source/ui/panes/buddies.ts';
import {type ListEntry, listEntries} from '../../../source/ui/panes/list-entries.ts';
import {rowWidth} from '../../../source/ui/widgets/spans.ts';
import {contact} from '../../twins/client.ts';

const long = 'n'.repeat(32);
const calm: ListState = {
	open: undefined,
	chosen: undefined,
	isActive: false,
	filter: '',
	mentions: () => 0,
	isMuted: () => false,
	isRoomy: false,
};

function linesOf(entries: readonly ListEntry[], state: Partial<ListState>, width: number, height = 20): string[] {
	return buddyRows(entries, {...calm, ...state}, width, height).rows.map(row => row.map(({text}) => text).join(''));
}

const oneLine = (change: Partial<Contact>, state: Partial<ListState> = {}, width = 16, name = 'bob') =>
	linesOf(listEntries([contact(name, change)], '', []), state, width)[0];

test('a name of 32 letters is cut for its count, with every mark there is', t => {
	const marks: ReadonlyArray<Partial<Contact>> = [{}, {identity: 'verified'}, {identity: 'changed'}, {blocked: true}];
	for (const mark of marks) {
		for (const typing of [false, true]) {
			for (const isRoomy of [false, true]) {
				for (let width = 9; width <= 24; width++) {
					const change = {...mark, typing, unread: 7};
					t.regex(oneLine(change, {isRoomy}, width, long) ?? '', typing ? /n?… 7 $/ : / 7 $/);
					t.regex(oneLine(change, {isRoomy, mentions: () => 3}, width, long) ?? '', / @3 $/);
					t.regex(oneLine({...change, unread: 100}, {isRoomy}, width, long) ?? '', / 99\+ $/);
				}
			}
		}
	}
});

test('who is there, who is typing, who is who', t => {
	t.is(oneLine({}), ' ● bob          ');
	t.is(oneLine({presence: 'offline'}), ' ○ bob          ');
	t.is(oneLine({presence: 'unknown'}), ' ? bob          ');
	t.is(oneLine({blocked: true}), ' ⊘ bob          ');
	t.is(oneLine({identity: 'verified'}), ' ● bob ✓        ');
	t.is(oneLine({identity: 'changed'}), ' ● bob !        ');
	t.is(oneLine({}, {isMuted: () => true}), ' ● bob z        ');
	t.is(oneLine({identity: 'verified'}, {isMuted: () => true}), ' ● bob ✓ z      ');
	t.is(oneLine({presence: 'unknown', path: {kind: 'direct', address: '', rtt: 1}}), ' ● bob          ');
	t.is(oneLine({typing: true}), ' ● bob        … ');
	t.is(oneLine({unread: 99}), ' ● bob       99 ');
	t.is(oneLine({unread: 2}, {mentions: () => 1}), ' ● bob       @1 ');
	t.is(oneLine({}, {open: 'bob'}), '›● bob          ');
	t.is(oneLine({}, {isRoomy: true}, 24), ' 1 ● bob                ');
});

test('the number of a place ends with 9, as its key does', t => {
	const contacts = Array.from({length: 10}, (_, index) => contact(`c${index}`));
	const lines = linesOf(listEntries(contacts, '', []), {isRoomy: true}, 24);
	t.is(lines[8]?.trim(), '9 ● c8');
	t.is(lines[9]?.trim(), '● c9');
});

const anyone = fc.record({
	name: fc.string({unit: fc.constantFrom('a', 'b', '-'), minLength: 1, maxLength: 32}),
	mentions: fc.nat(3),
	change: fc.record({
		presence: fc.constantFrom('online', 'offline', 'unknown'),
		identity: fc.constantFrom('unknown', 'pinned', 'verified', 'changed'),
		blocked: fc.boolean(),
		typing: fc.boolean(),
		unread: fc.nat(1000),
	}),
});

test('whatever the list and its size: rows of the width, no more than there is room for, the marked one among them', t => {
	const sizes = fc.record({width: fc.integer({min: 1, max: 30}), height: fc.nat(12)});
	const states = fc.record({isActive: fc.boolean(), isRoomy: fc.boolean(), filter: fc.constantFrom('', 'ab', long)});
	fc.assert(
		fc.property(
			fc.uniqueArray(anyone, {maxLength: 15, selector: ({name}) => name}),
			fc.nat(20),
			sizes,
			states,
			(people, place, {width, height}, state) => {
				const contacts = people.map(({change, name}) => contact(name, change));
				const entries = listEntries(contacts, '', [{name: 'zoe', online: true}]);
				const marked = entries[place]?.name;
				const mentions = ({name}: Contact) => people.find(each => each.name === name)?.mentions ?? 0;
				const {rows, top} = buddyRows(
					entries,
					{...calm, ...state, mentions, open: marked, chosen: marked},
					width,
					height,
				);
				t.true(rows.length <= height);
				t.true(rows.every(row => rowWidth(row) === width));
				const head = state.isActive ? 1 : 0;
				if (marked !== undefined && width > 1 && height > head) {
					const marks = rows.map(row => row[0]?.text === '›');
					t.is(marks.filter(Boolean).length, 1);
					t.is(top + marks.indexOf(true), place, 'a click on it opens it');
				}
			},
		),
		{numRuns: 500},
	);
});

test('an empty list says how it is filled, a filter that finds nobody says so', t => {
	t.deepEqual(linesOf([], {}, 12), [' /add NAME  ']);
	t.deepEqual(linesOf([], {isActive: true, filter: 'zz'}, 12), ['/zz         ', ' nobody     ']);
	t.deepEqual(linesOf([], {}, 12, 0), []);
	t.deepEqual(linesOf(listEntries([contact('bob')], '', []), {isActive: true}, 16), [
		'/type to filter ',
		' ● bob          ',
	]);
});

test('contacts that have the letters, at their own places; below them names that begin with them', t => {
	const contacts = [contact('ann'), contact('barbara'), contact('bob')];
	const found = [
		{name: 'bob', online: true},
		{name: 'basil', online: false},
		{name: 'abbas', online: true},
	];
	const entries = listEntries(contacts, 'ba', found);
	t.deepEqual(
		entries.map(entry => [entry.kind, entry.name, entry.kind === 'contact' ? entry.place : entry.online]),
		[
			['contact', 'barbara', 1],
			['found', 'basil', false],
		],
	);
	t.deepEqual(linesOf(entries, {}, 16), [' ● barbara      ', ' ○ basil      + ']);
	t.deepEqual(
		listEntries(contacts, '', found).map(({name}) => name),
		['ann', 'barbara', 'bob'],
		'without letters nobody else',
	);
});
