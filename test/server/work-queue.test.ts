// Costly steps run in the order they were asked for, and never two start in one turn of the event loop.
import test from 'ava';
import {WorkQueue} from '../../source/server/work-queue.ts';

test('each step starts in a turn of the event loop of its own, in order', async t => {
	const workQueue = new WorkQueue(9);
	let turn = 0;
	let isRunning = true;
	const count = () => {
		turn++;
		if (isRunning) setImmediate(count);
	};

	setImmediate(count);
	const started: Array<[string, number]> = [];
	const step = async (name: string) =>
		workQueue.run('network', async () => {
			started.push([name, turn]);
		});

	await Promise.all([step('a'), step('b').then(async () => step('d')), step('c')]);
	await step('e');
	isRunning = false;
	t.deepEqual(started.map(([name]) => name).join(''), 'abcde');
	t.is(new Set(started.map(([, at]) => at)).size, 5);
});

/** A queue, and steps that end when the test says so. */
function manualSteps(atOnce: number) {
	const workQueue = new WorkQueue(atOnce);
	const started: string[] = [];
	const ends = new Map<string, () => void>();
	const running: Array<Promise<void>> = [];
	const ask = (network: string, name: string) => {
		const work = workQueue.run(
			network,
			async () =>
				new Promise<void>(resolve => {
					started.push(name);
					ends.set(name, resolve);
				}),
		);
		running.push(work);
	};

	return {workQueue, started, ends, ask, running};
}

/** Waits until every step that may start has started. */
async function settled(): Promise<void> {
	for (let turn = 0; turn < 20; turn++) await new Promise(resolve => setImmediate(resolve));
}

test('only so many steps run at once, and a failed step makes room for the next', async t => {
	const {workQueue, started, ends, ask} = manualSteps(2);
	const failing = workQueue.run('n', async () => Promise.reject(new Error('broken')));
	await t.throwsAsync(failing, {message: 'broken'});
	for (const name of ['a', 'b', 'c']) ask('n', name);
	await settled();
	t.deepEqual(started, ['a', 'b']);
	t.is(workQueue.load, 3);
	ends.get('b')!();
	await settled();
	t.deepEqual(started, ['a', 'b', 'c']);
	t.is(workQueue.load, 2);
});

test('a network that asks for much only delays itself: networks are served in rotation', async t => {
	const {started, ends, ask} = manualSteps(1);
	for (let index = 0; index < 50; index++) ask('busy', `busy ${index}`);
	await settled();
	ask('honest', 'honest');
	ends.get('busy 0')!();
	await settled();
	ends.get(started[1]!)!();
	await settled();
	t.true(started.slice(0, 3).includes('honest'));
});

test('a login that has begun goes on before new ones begin: what was spent on it is not lost', async t => {
	const {workQueue, started, ends, ask} = manualSteps(1);
	for (const name of ['a', 'b', 'c']) ask(name, name);
	await settled();
	void workQueue.run('b', async () => started.push('begun'), 'begun');
	ends.get('a')!();
	await settled();
	t.deepEqual(started, ['a', 'begun', 'b']);
});

test('how long a login would wait is what the steps before it take, two at a time', async t => {
	let now = 0;
	const workQueue = new WorkQueue(2, () => now);
	// Steps of 10 ms each, two at once, one after the other.
	for (let round = 0; round < 200; round++) {
		const ends = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
		const steps = ends.map(async ({promise}) => workQueue.run('network', async () => promise));
		await settled();
		now += 10;
		for (const {resolve} of ends) resolve(undefined);
		await Promise.all(steps);
	}

	// The first of two that end together counts for both, the second for itself alone: 5 and 10 ms.
	t.true(workQueue.loginMs > 15 && workQueue.loginMs < 31, `${workQueue.loginMs}`);
	t.is(workQueue.waitMs, 0);
	const {promise, resolve} = Promise.withResolvers<undefined>();
	const steps = Array.from({length: 10}, async () => workQueue.run('network', async () => promise));
	await settled();
	t.is(Math.round(workQueue.waitMs), Math.round(workQueue.loginMs * 10));
	resolve(undefined);
	await Promise.all(steps);
});
