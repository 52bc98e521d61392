// The log of a keeper: what is a line and what is none, in numbers and states, in whatever language.
import test from 'ava';
import {KeeperTally, changeLines, secondOf, startWords, stateWords} from '../../source/cli/keep/keeper-log.ts';
import {type KeeperNews} from '../../source/client/facade.ts';
import {type ConnectionState, type Snapshot} from '../../source/client/snapshot.ts';
import {catalogue, saying} from '../../source/catalogue/catalogue.ts';
import {latinWords, pseudo} from '../catalogue/pseudo.ts';

const snapshot: Snapshot = {
	account: undefined,
	connection: {state: 'online'},
	clockOffset: 0,
	reflexive: undefined,
	contacts: [],
	conversations: new Map(),
};
const waiting = (retryAt: number): ConnectionState => ({state: 'waiting', problem: 'unreachable', retryAt});
const full = {message: 'cannot write /home/alice/history.db (ENOSPC)'};

test('what was done in a moment is one line of each kind, with what it comes to, and the next moment begins anew', t => {
	const tally = new KeeperTally();
	const news: KeeperNews[] = [
		{kind: 'let-go', count: 2},
		{kind: 'came', count: 1},
		{kind: 'came', count: 4},
		{kind: 'full', count: 1},
	];
	for (const each of news) tally.add(each);
	t.deepEqual(tally.take(5), ['came: 5', 'let go, since every other device has it: 2', catalogue.keeper.full(5)]);
	t.deepEqual(tally.take(5), []);
});

test('that the server is tried again is no line; that it is there again, and that the disk is full, are', t => {
	const away = {...snapshot, connection: waiting(1)};
	t.deepEqual(changeLines(undefined, snapshot), ['signed in']);
	t.deepEqual(changeLines(snapshot, away), ['the server is out of reach; trying again by itself']);
	t.deepEqual(changeLines(away, {...snapshot, connection: waiting(2)}), []);
	t.deepEqual(changeLines(away, {...snapshot, connection: {state: 'connecting'}}), []);
	t.deepEqual(changeLines(away, snapshot), ['signed in']);
	t.deepEqual(changeLines(snapshot, snapshot), []);
	// The words of the error have the folder in them, and that may have a name.
	const [said = ''] = changeLines(snapshot, {...snapshot, disk: full});
	t.false(said.includes('alice'));
	t.is(stateWords({...snapshot, disk: full}), said);
	t.deepEqual(changeLines({...snapshot, disk: full}, snapshot), ['the disk takes what comes again']);
});

test('a line begins with its local time', t => {
	t.is(secondOf(new Date(2026, 0, 3, 4, 5, 6).getTime()), '2026-01-03 04:05:06');
});

test('in another language no word of the log is English', t => {
	saying(pseudo(), () => {
		const tally = new KeeperTally();
		for (const kind of ['came', 'handed-on', 'told', 'let-go', 'room', 'no-keeper'] as const)
			tally.add({kind, count: 1});
		const lines = [
			...tally.take(1),
			...[undefined, 0, 7].map(holdDays => startWords({holdDays})),
			stateWords(snapshot),
			stateWords({...snapshot, disk: full}),
			stateWords({...snapshot, connection: waiting(1)}),
		];
		for (const line of lines) t.deepEqual(latinWords(line, []), [], line);
	});
});
