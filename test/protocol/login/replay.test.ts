// Frames in the wrong place: repeated, out of order, sent back to their sender, or from another run with the same people.
import test from 'ava';
import {FRAME} from '../../../source/wire/frame.ts';
import {
	type Moment,
	type World,
	alertOf,
	begin,
	createWorld,
	deliver,
	enrol,
	login,
	run,
	setupFor,
	until,
} from './parties.ts';

type Mode = 'sign-in' | 'sign-up';

function aliceWorld(): World {
	const world = createWorld();
	enrol(world, 'alice', 'correct horse');
	return world;
}

/** Two honest runs of the same person with the same server; whom they registered is forgotten again. */
async function twoRuns(world: World, mode: Mode): Promise<[Moment[], Moment[]]> {
	const one = await login(world, setupFor('alice', {mode, label: 'one'}));
	if (mode === 'sign-up') world.directory.accounts.clear();
	const other = await login(world, setupFor('alice', {mode, label: 'other'}));
	if (one.client?.kind !== 'established' || other.client?.kind !== 'established') throw new Error('no two runs');
	if (mode === 'sign-up') world.directory.accounts.clear();
	return [one.moments, other.moments];
}

for (const mode of ['sign-in', 'sign-up'] as const) {
	test(`${mode}: any frame of a run in the place of any other is refused (replay, reorder, reflection)`, async t => {
		const world = mode === 'sign-in' ? aliceWorld() : createWorld();
		const [moments] = await twoRuns(world, mode);
		const committed = [...world.directory.calls];
		let tried = 0;
		for (const [place, moment] of moments.entries()) {
			for (const [taken, {frame}] of moments.entries()) {
				if (place === taken) continue;
				const {client, server} = await run(world, {...moment, frame});
				if (client?.kind === 'established' || server?.kind === 'established') t.fail(`${taken} in place of ${place}`);
				tried++;
			}
		}

		t.is(tried, moments.length * (moments.length - 1));
		t.deepEqual(world.directory.calls, committed);
		t.is(world.directory.accounts.has('alice'), mode === 'sign-in');
	});

	test(`${mode}: any frame of another run at the same address is refused (replay, swap)`, async t => {
		const world = mode === 'sign-in' ? aliceWorld() : createWorld();
		const [one, other] = await twoRuns(world, mode);
		const committed = [...world.directory.calls];
		for (const [mine, theirs] of [
			[one, other],
			[other, one],
		] as const) {
			for (const [place, moment] of mine.entries()) {
				for (const [taken, {frame}] of theirs.entries()) {
					const {client, server} = await run(world, {...moment, frame});
					if (client?.kind === 'established' || server?.kind === 'established') t.fail(`${taken} in place of ${place}`);
				}
			}
		}

		t.deepEqual(world.directory.calls, committed);
		t.is(world.directory.accounts.has('alice'), mode === 'sign-in');
	});
}

test('a RESPONSE is good at the address that was challenged, and at no other', async t => {
	const world = aliceWorld();
	const moment = await until(world, setupFor('alice'), FRAME.response);
	const elsewhere = [
		{host: '192.0.2.2', port: 40_000},
		{host: '192.0.2.1', port: 40_001},
		{host: '::1', port: 40_000},
	];
	for (const address of elsewhere) {
		const outcome = await run({...world, address}, moment);
		t.is(alertOf(outcome)?.reason, 'challengeFailed');
		t.like(outcome.server, {kind: 'refused', reason: 'challengeFailed'});
	}

	t.is((await run(world, moment)).client?.kind, 'established');
});

test('who replays a RESPONSE gets fresh keys that it cannot use', async t => {
	const world = aliceWorld();
	const {moments} = await login(world, setupFor('alice'));
	const challenged = moments.find(({frame}) => frame.type === FRAME.response)!;
	const answered = (await deliver(world, challenged)).next!;
	t.is(answered.frame.type, FRAME.server);
	for (const type of [FRAME.auth, FRAME.proof]) {
		const {frame} = moments.find(each => each.frame.type === type)!;
		t.deepEqual((await deliver(world, {...answered, to: 'server', frame})).ended.server, {kind: 'dropped'});
	}
});

test('whatever follows ACCEPT or an alert, the run is over', async t => {
	const world = aliceWorld();
	const moment = begin(setupFor('alice'));
	t.deepEqual((await deliver(world, {...moment, server: 'ended'})).ended.server, {kind: 'dropped'});
});
