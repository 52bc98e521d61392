// A short run of what `npm run chaos` does at length: real processes are killed in the middle of a talk that a stranger troubles,
// and nothing is lost.
import {rmSync} from 'node:fs';
import test from 'ava';
import {runChaos} from '../../tools/chaos/run.ts';
import {buildScripts} from '../../tools/chaos/scripts.ts';
import {tableText} from '../../tools/chaos/table.ts';

const ROUNDS = 20;
test('clients and server are killed again and again, and a stranger edits, nests and floods: nothing lost, doubled or out of order, and every state true', async t => {
	const seed = 'short';
	const scripts = await buildScripts();
	t.teardown(() => rmSync(scripts.folder, {recursive: true, force: true}));
	const outcome = await runChaos({seed, rounds: ROUNDS, limitMs: 120_000, scripts});
	t.log(tableText(seed, ROUNDS, outcome));
	t.deepEqual(outcome.violations, []);
	t.is(outcome.rounds, ROUNDS);
	t.true(Object.values(outcome.kills).every(count => count > 0));
	t.true(Object.values(outcome.delivered).every(count => count > 0));
	t.true(outcome.files > 0, 'files came');
	t.true(outcome.inFlight > 0, 'some were killed with messages under way');
	t.true(outcome.stranger.said > 0, 'a stranger was heard');
});
