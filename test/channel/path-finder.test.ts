// When a client looks for another way for a session that stands: at what times, and how often at most, whatever becomes of it.
import {Buffer} from 'node:buffer';
import test from 'ava';
import {foundingDevice} from '../../source/channel/device.ts';
import {PathFinder, type PathFinderPorts} from '../../source/channel/path-finder.ts';
import {type Granted, type Introduced} from '../../source/channel/introduced.ts';
import {type PathDoubt} from '../../source/channel/transport-paths.ts';
import {isWiped} from '../twins/linked.ts';

/** A finder whose time is moved by hand: when it looked around, when it asked, and the keys that it was given. */
function setUp(answer: 'granted' | Introduced = 'granted') {
	const state = {now: 0, answer, probed: 0};
	const [looks, asks, keys] = [[] as number[], [] as number[], [] as Buffer[]];
	const ports = {
		clock: {now: () => state.now, elapsed: () => state.now},
		serverTime: () => state.now,
		async introduce() {
			asks.push(state.now);
			if (state.answer !== 'granted') return state.answer;
			keys.push(Buffer.alloc(32, 7));
			const ways = {mapping: 'same', addresses: []};
			return {key: keys.at(-1), ticket: Buffer.alloc(8), ways, time: state.now} as unknown as Granted;
		},
		onSuspect: () => looks.push(state.now),
		prober: {
			begin() {
				state.probed++;
				return 'run';
			},
			leave() {},
		},
	};
	const finder = new PathFinder(foundingDevice('bob'), ports as unknown as PathFinderPorts);
	/** Runs it whenever it wants to be run, for so long. */
	const pass = async (ms: number, doubt: PathDoubt, mayAsk = true) => {
		const end = state.now + ms;
		for (;;) {
			finder.run(doubt, mayAsk);
			for (let turn = 0; turn < 5; turn++) await Promise.resolve();
			const next = finder.deadline(doubt);
			if (next > end) break;
			if (next <= state.now) throw new Error(`it wants to be run again at once, at ${state.now}`);
			state.now = next;
		}

		state.now = end;
	};

	return {state, looks, asks, keys, finder, pass};
}

test('nothing is looked for without a doubt; with one our own surroundings come first', async t => {
	const {looks, asks, pass} = setUp();
	await pass(10_000, 'none');
	t.deepEqual([looks, asks], [[], []]);
	await pass(400, 'asked');
	t.deepEqual([looks, asks], [[10_000], []]);
	await pass(0, 'suspect');
	t.deepEqual(asks, [10_400]);
});

test('introductions come at 0, 1 and 2.5 s, then each 12 s, and five in a minute at most', async t => {
	const {state, looks, asks, keys, pass} = setUp();
	await pass(120_000, 'suspect');
	t.deepEqual(asks, [0, 1000, 2500, 14_500, 26_500, 60_000, 72_000, 84_000, 96_000, 108_000, 120_000]);
	t.is(state.probed, asks.length);
	t.true(isWiped(keys));
	t.is(looks.length, 121, 'once a second');
});

test('a path that is in doubt again and again costs no more', async t => {
	const {asks, pass} = setUp();
	for (let spell = 0; spell < 120; spell++) {
		await pass(400, 'suspect');
		await pass(100, 'none');
	}

	t.true(asks.filter(at => at < 60_000).length <= 5, `${asks.length}`);
});

test('a directory that is out of reach is asked each second, and at once when it is back', async t => {
	const {state, asks, finder, pass} = setUp('offline');
	await pass(3500, 'suspect');
	t.deepEqual(asks, [0, 1000, 2000, 3000]);
	state.answer = 'granted';
	finder.hurry();
	await pass(0, 'suspect');
	t.deepEqual(asks.slice(4), [3500]);
});

test('a directory that asks to be left alone is, for a minute at most', async t => {
	const {asks, state, pass} = setUp({retryAfter: 7});
	await pass(13_999, 'suspect');
	t.deepEqual(asks, [0, 7000]);
	state.answer = {retryAfter: 1e6};
	await pass(70_000, 'suspect');
	t.deepEqual(asks, [0, 7000, 14_000, 74_000]);
});

test('who is not there is not asked for; what comes when the doubt is over is not probed', async t => {
	const {asks, keys, state, finder, pass} = setUp();
	await pass(5000, 'suspect', false);
	t.deepEqual(asks, []);
	finder.run('suspect', true);
	finder.run('none', true);
	for (let turn = 0; turn < 5; turn++) await Promise.resolve();
	t.is(asks.length, 1);
	t.is(state.probed, 0);
	t.true(isWiped(keys));
});
