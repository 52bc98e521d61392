// Costly steps: in the order they were asked for, and never two in one turn of the event loop.
import test from 'ava';
import {Turns} from '../../source/server/turns.ts';

test('each gets a turn of its own, in order, whenever it asks', async t => {
	const turns = new Turns(9);
	let turn = 0;
	let isRunning = true;
	const count = () => {
		turn++;
		if (isRunning) setImmediate(count);
	};

	setImmediate(count);
	const given: Array<[string, number]> = [];
	const step = async (name: string) =>
		turns.run('network', async () => {
			given.push([name, turn]);
		});

	await Promise.all([step('a'), step('b').then(async () => step('d')), step('c')]);
	await step('e');
	isRunning = false;
	t.deepEqual(given.map(([name]) => name).join(''), 'abcde');
	t.is(new Set(given.map(([, at]) => at)).size, 5);
});

/** Steps that end when they are told to. */
function workshop(atOnce: number) {
	const turns = new Turns(atOnce);
	const begun: string[] = [];
	const ends = new Map<string, () => void>();
	const running: Array<Promise<void>> = [];
	const ask = (network: string, name: string) => {
		const work = turns.run(
			network,
			async () =>
				new Promise<void>(resolve => {
					begun.push(name);
					ends.set(name, resolve);
				}),
		);
		running.push(work);
	};

	return {turns, begun, ends, ask, running};
}

/** Lets every step begin that may. */
async function settled(): Promise<void> {
	for (let turn = 0; turn < 20; turn++) await new Promise(resolve => setImmediate(resolve));
}

test('few are under way at once, and a step that fails gives its place back', async t => {
	const {turns, begun, ends, ask} = workshop(2);
	const failing = turns.run('n', async () => Promise.reject(new Error('broken')));
	await t.throwsAsync(failing, {message: 'broken'});
	for (const name of ['a', 'b', 'c']) ask('n', name);
	await settled();
	t.deepEqual(begun, ['a', 'b']);
	t.is(turns.load, 3);
	ends.get('b')!();
	await settled();
	t.deepEqual(begun, ['a', 'b', 'c']);
	t.is(turns.load, 2);
});

test('who asks for much waits for itself: each network is served in its turn', async t => {
	const {begun, ends, ask} = workshop(1);
	for (let index = 0; index < 50; index++) ask('crowd', `crowd ${index}`);
	await settled();
	ask('honest', 'honest');
	ends.get('crowd 0')!();
	await settled();
	ends.get(begun[1]!)!();
	await settled();
	t.true(begun.slice(0, 3).includes('honest'));
});
