// A short run of what `npm run chaos -- --devices` does at length: the devices of two people are killed, signed off and cut off while they
// write, and all of them end with the same.
import {rmSync} from 'node:fs';
import test from 'ava';
import {runDevices} from '../../tools/chaos/devices/run.ts';
import {devicesTable} from '../../tools/chaos/devices/table.ts';
import {buildScripts} from '../../tools/chaos/scripts.ts';

const ROUNDS = 12;
const CHECK_EVERY = 4;
test('three devices each of two people, and their server, are killed and cut off: all end with the same, and nothing is lost, doubled or brought back, nor told to a device that was taken out', async t => {
	const seed = 'f';
	const scripts = await buildScripts();
	t.teardown(() => rmSync(scripts.folder, {recursive: true, force: true}));
	const outcome = await runDevices({seed, rounds: ROUNDS, limitMs: 240_000, scripts}, CHECK_EVERY);
	t.log(devicesTable(seed, ROUNDS, outcome));
	t.deepEqual(outcome.violations, []);
	t.is(outcome.rounds, ROUNDS);
	t.true(Object.values(outcome.events).every(count => count > 0));
	t.is(outcome.forgets, 1);
	t.is(outcome.removals, 1);
	t.true(Object.values(outcome.messages).every(count => count > 1));
});
