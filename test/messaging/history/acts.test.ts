// However much somebody does about one message: what is kept, what is shown, and what it takes to find out, have a bound.
import {Buffer} from 'node:buffer';
import test from 'ava';
import {ACT_QUERIES} from '../../../source/messaging/history/acts.ts';
import {type Act} from '../../../source/messaging/history/history.ts';
import {QUERIES, openHistory} from '../../../source/messaging/history/sqlite-history.ts';
import {REACTIONS} from '../../../source/messaging/history/views.ts';
import {EDITS_KEPT} from '../../../source/content/text-edit.ts';
import {seededNumbers} from '../../twins/random.ts';
import {historyFile, key, message} from './entries.ts';
import {connected, olderFile} from './older.ts';
import {talkWith} from '../../../source/messaging/conversation.ts';

const MANY = 2000;

/** Act `number` on the first message of the same side, of that moment. */
function act(direction: Act['direction'], kind: Act['kind'], number: number, value = ''): Act {
	const target = {direction: kind === 'read' ? 'out' : direction, id: message(direction, 'bob', 1, '').id} as const;
	const head = {conversation: talkWith('bob'), direction, state: 'delivered', reason: undefined, kind, value} as const;
	return {
		...head,
		id: id(1000 + number).toString('hex'),
		time: Math.floor(number / 2),
		target: kind === 'timer' ? undefined : target,
	};
}

function id(number: number): Buffer {
	return Buffer.from(number.toString(16).padStart(32, '0'), 'hex');
}

function shuffled<Value>(values: readonly Value[], seed: number): Value[] {
	const next = seededNumbers(seed);
	return values
		.map(value => ({value, place: next()}))
		.toSorted((a, b) => a.place - b.place)
		.map(({value}) => value);
}

function countActs(file: string): number {
	const database = connected(file);
	const count = database.prepare('SELECT count(*) FROM messages WHERE kind > 0').pluck().get() as number;
	database.close();
	return count;
}

test('a stranger who edits one message again and again leaves 32 edits, and the same ones in whatever order they came', async t => {
	const edits = Array.from({length: MANY}, (_, number) => act('in', 'edit', number, `edit ${number}`));
	const latest = edits.slice(-EDITS_KEPT);
	for (const [seed, order] of [edits, edits.toReversed(), shuffled(edits, 1), shuffled(edits, 2)].entries()) {
		const file = await historyFile(t);
		const history = openHistory(file, key);
		if (seed % 2 === 0) history.append([message('in', 'bob', 1, 'first')]);
		for (let from = 0; from < MANY; from += 100) history.append(order.slice(from, from + 100));
		if (seed % 2 === 1) history.append([message('in', 'bob', 1, 'first')]);
		const [shown] = history.page(talkWith('bob'), 9);
		t.is(shown?.text, latest.at(-1)!.value);
		t.deepEqual(
			history.edits(talkWith('bob'), shown!).map(({text}) => text),
			['first', ...latest.slice(0, -1).map(({value}) => value)],
		);
		t.deepEqual(history.append(order), [], 'none of them comes back');
		t.is(history.latestAct(talkWith('bob'), {kind: 'edit', target: shown}), latest.at(-1)!.time);
		history.close();
		t.is(countActs(file), EDITS_KEPT);
	}
});

test('of reactions, deletions, readings and timers one of each side is left', async t => {
	for (const seed of [1, 2]) {
		const file = await historyFile(t);
		const history = openHistory(file, key);
		history.append([message('in', 'bob', 1, 'theirs'), message('out', 'bob', 1, 'ours')]);
		const kinds = ['reaction', 'read', 'timer'] as const;
		const acts = kinds.flatMap((kind, place) =>
			Array.from({length: 300}, (_, number) => act('in', kind, 1000 * place + number, String(number))),
		);
		history.append(shuffled(acts, seed));
		const [theirs, ours] = history.page(talkWith('bob'), 9);
		t.deepEqual(theirs?.reactions, [{direction: 'in', emoji: '299'}]);
		t.is(ours?.state, 'read');
		t.is(history.setting(talkWith('bob'), 'timer')?.value, '299');
		history.append(Array.from({length: 300}, (_, number) => act('in', 'delete', 5000 + number)));
		history.append([act('in', 'edit', 9000, 'too late')]);
		t.true(history.page(talkWith('bob'), 9)[0]?.deleted);
		history.close();
		t.is(countActs(file), 4);
	}
});

test('what a former build has kept of edits is as much as it is now, and says the same', async t => {
	const file = await historyFile(t);
	olderFile(file, 4, database => {
		const insert = database.prepare(`
			INSERT INTO messages (peer, id, direction, time, text, state, kind, target_direction, target, original, edited)
			VALUES ('bob', :id, 0, :time, :text, 1, :kind, :side, :target, :original, :edited)`);
		const none = {side: null, target: null, original: null, edited: null};
		const about = {...none, side: 0, target: id(1)};
		database.transaction(() => {
			const last = `edit ${MANY}`;
			insert.run({...none, id: id(1), time: 1, text: last, kind: 0, original: 'first', edited: MANY});
			for (let number = 2; number <= MANY; number++) {
				insert.run({...about, id: id(number), time: number, text: `edit ${number}`, kind: 1});
				insert.run({...about, id: id(MANY + number), time: number, text: `${number}`, kind: 3});
				insert.run({...none, id: id(2 * MANY + number), time: number, text: '60', kind: 5});
			}
		})();
	});
	const history = openHistory(file, key);
	const [shown] = history.page(talkWith('bob'), 9);
	t.is(shown?.text, `edit ${MANY}`);
	t.is(history.edits(talkWith('bob'), shown!).length, EDITS_KEPT);
	t.is(history.edits(talkWith('bob'), shown!).at(-1)?.text, `edit ${MANY - 1}`);
	t.deepEqual(shown?.reactions, [{direction: 'in', emoji: `${MANY}`}]);
	t.deepEqual(history.check(), []);
	history.close();
	t.is(countActs(file), EDITS_KEPT + 2);
});

test('the timer of a former build holds', async t => {
	const file = await historyFile(t);
	olderFile(file, 6, database => {
		database.exec(
			"INSERT INTO agreed (peer, timer, timer_time, timer_id) VALUES ('bob', 60, 5, x'01'), ('carol', 0, 0, x'')",
		);
	});
	const history = openHistory(file, key);
	t.deepEqual(history.setting(talkWith('bob'), 'timer'), {value: '60', target: undefined});
	t.is(history.latestAct(talkWith('bob'), {kind: 'timer', target: undefined}), 5);
	t.is(history.setting(talkWith('carol'), 'timer'), undefined);
	t.deepEqual(history.check(), []);
	history.close();
});

test('no query about acts reads or sorts more than it answers with', async t => {
	const file = await historyFile(t);
	openHistory(file, key).close();
	const database = connected(file);
	const names = {peer: 'bob', target: Buffer.alloc(16), direction: 0, kind: 1, by: 0, kept: 1};
	for (const [name, query] of Object.entries({...ACT_QUERIES, ...QUERIES, REACTIONS})) {
		const values = query.includes(':') ? [names] : Array.from(query.matchAll(/\?/g), () => 1);
		const plan = database.prepare<unknown[], {detail: string}>(`EXPLAIN QUERY PLAN ${query}`).all(...values);
		t.true(plan.length > 0);
		for (const {detail} of plan) t.regex(detail, /^(?:SEARCH|SCALAR SUBQUERY)/, `${name}: ${detail}`);
		// In the order of the index: of one side, latest first.
		if (name in ACT_QUERIES) t.regex(plan[0]!.detail, /direction=\?\)$/, name);
	}

	database.close();
});
