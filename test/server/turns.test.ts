// Costly steps: in the order they were asked for, and never two in one turn of the event loop.
import test from 'ava';
import {Turns} from '../../source/server/turns.ts';

test('each gets a turn of its own, in order, whenever it asks', async t => {
	const turns = new Turns();
	let turn = 0;
	let isRunning = true;
	const count = () => {
		turn++;
		if (isRunning) setImmediate(count);
	};

	setImmediate(count);
	const given: Array<[string, number]> = [];
	const step = async (name: string) => {
		await turns.take();
		given.push([name, turn]);
	};

	await Promise.all([step('a'), step('b').then(async () => step('d')), step('c')]);
	await step('e');
	isRunning = false;
	t.deepEqual(given.map(([name]) => name).join(''), 'abcde');
	t.is(new Set(given.map(([, at]) => at)).size, 5);
});
