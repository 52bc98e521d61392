// Five wrong passwords lock for 60 s: the rule alone, then at the server, in a row and all at once.
import test from 'ava';
import fc from 'fast-check';
import {
	ATTEMPT_MEMORY_MS,
	type Attempts,
	GUESS_LIMIT,
	LOCK_MS,
	isForgotten,
	reserveAttempt,
} from '../../../source/protocol/login/lockout.ts';
import {FRAME} from '../../../source/wire/frame.ts';
import {
	NOW,
	type SetupChanges,
	type World,
	alertOf,
	createWorld,
	deliver,
	enrol,
	identity,
	login,
	setupFor,
	until,
} from './parties.ts';

const stranger = identity('a device of somebody else');

function aliceWorld(): World {
	const world = createWorld();
	enrol(world, 'alice', 'correct horse');
	return world;
}

async function attempt(world: World, password: string, changes: SetupChanges = {}, name = 'alice'): Promise<string> {
	const outcome = await login(world, setupFor(name, {password, ...changes}));
	const alert = alertOf(outcome);
	return alert ? `${alert.reason} ${alert.triesLeft} ${alert.retryAfter}` : String(outcome.client?.kind);
}

async function attempts(world: World, count: number, changes: SetupChanges = {}, name = 'alice'): Promise<string[]> {
	const answers: string[] = [];
	for (let index = 0; index < count; index++) answers.push(await attempt(world, 'wrong', changes, name));
	return answers;
}

const countdown = ['credentials 4 0', 'credentials 3 0', 'credentials 2 0', 'credentials 1 0', 'locked 0 60'];

/** The rule's answers to attempts at these times, nothing refunded. */
function reserveAt(times: readonly number[]): Array<number | string> {
	let attemptsSoFar: Attempts | undefined;
	return times.map(now => {
		const reservation = reserveAttempt(attemptsSoFar, now);
		if (!reservation.allowed) return `wait ${reservation.retryAfter}`;
		attemptsSoFar = reservation.attempts;
		return reservation.triesLeft;
	});
}

test('rule: five attempts, then the seconds that are left, rounded up, then five again', t => {
	const seconds = [0, 1, 2, 3, 4, 5, 63, 63.001, 63.999, 64, 65];
	t.deepEqual(reserveAt(seconds.map(second => NOW + second * 1000)), [
		4,
		3,
		2,
		1,
		0,
		'wait 59',
		'wait 1',
		'wait 1',
		'wait 1',
		4,
		3,
	]);
});

test('rule: 15 minutes after the last attempt the earlier ones are forgotten', t => {
	const gap = ATTEMPT_MEMORY_MS;
	t.deepEqual(reserveAt([NOW, NOW + 1, NOW + gap]), [4, 3, 2]);
	t.deepEqual(reserveAt([NOW, NOW + 1, NOW + 1 + gap]), [4, 3, 4]);
});

test('rule: a record is forgotten when its lock is over, or when it is old, and not before', t => {
	t.false(isForgotten({count: 5, last: NOW, lockedUntil: NOW + LOCK_MS}, NOW + LOCK_MS - 1));
	t.true(isForgotten({count: 5, last: NOW, lockedUntil: NOW + LOCK_MS}, NOW + LOCK_MS));
	t.false(isForgotten({count: 1, last: NOW, lockedUntil: 0}, NOW + ATTEMPT_MEMORY_MS - 1));
	t.true(isForgotten({count: 1, last: NOW, lockedUntil: 0}, NOW + ATTEMPT_MEMORY_MS));
});

test('rule: whatever the times, no 60 s ever see more than five attempts', t => {
	fc.assert(
		fc.property(fc.array(fc.nat({max: 90_000}), {minLength: 1, maxLength: 80}), gaps => {
			let now = NOW;
			const times = gaps.map(gap => (now += gap % 3 === 0 ? gap : gap % 500));
			const answers = reserveAt(times);
			const allowed = times.filter((_, index) => typeof answers[index] === 'number');
			return allowed.every(from => {
				const within = allowed.filter(time => time >= from && time < from + LOCK_MS).length;
				return within <= GUESS_LIMIT;
			});
		}),
	);
	t.pass();
});

test('five wrong passwords count down and lock, for 60 s', async t => {
	const world = aliceWorld();
	t.deepEqual(await attempts(world, 5), countdown);
	t.is(await attempt(world, 'correct horse'), 'locked 0 60');
	world.clock.server += 10_500;
	t.is(await attempt(world, 'correct horse'), 'locked 0 50');
	world.clock.server += 49_499;
	t.is(await attempt(world, 'correct horse'), 'locked 0 1');
	world.clock.server += 1;
	t.is(await attempt(world, 'correct horse'), 'established');
	t.deepEqual(await attempts(world, 1), ['credentials 4 0']);
});

test('the right password gives all tries back, even on the fifth', async t => {
	const world = aliceWorld();
	t.deepEqual(await attempts(world, 4), countdown.slice(0, 4));
	t.is(await attempt(world, 'correct horse'), 'established');
	t.is(world.directory.attempts.size, 0);
	t.deepEqual(await attempts(world, 5), countdown);
});

test('a stranger locks everyone else out, but not the owner’s own device', async t => {
	const world = aliceWorld();
	t.deepEqual(await attempts(world, 6, {identity: stranger}), [...countdown, 'locked 0 60']);
	t.is(await attempt(world, 'correct horse', {identity: identity('a third device')}), 'locked 0 60');
	t.is(await attempt(world, 'correct horse'), 'established');
	t.is(await attempt(world, 'correct horse', {identity: stranger}), 'locked 0 60');
});

test('a name without an account counts down and locks like one that has one', async t => {
	const world = aliceWorld();
	t.deepEqual(await attempts(world, 6, {}, 'nobody'), [...countdown, 'locked 0 60']);
	t.is(await attempt(world, 'correct horse'), 'established');
});

test('fifty connections at once get five chances between them', async t => {
	const world = aliceWorld();
	const moments = await Promise.all(
		Array.from({length: 50}, async (_, index) =>
			until(world, setupFor('alice', {password: `guess ${index}`, label: `guess ${index}`}), FRAME.auth),
		),
	);
	const answers = await Promise.all(moments.map(async moment => deliver(world, moment)));
	const types = answers.map(({next}) => next?.frame.type);
	t.is(types.filter(type => type === FRAME.srp).length, 5);
	t.is(types.filter(type => type === FRAME.alert).length, 45);
	const ends = answers.map(({ended}) => (ended.server?.kind === 'refused' ? ended.server.reason : 'open'));
	t.is(ends.filter(end => end === 'locked').length, 45);
});

test('an attempt that is broken off after SRP stays counted', async t => {
	const world = aliceWorld();
	for (let index = 0; index < 3; index++) await until(world, setupFor('alice'), FRAME.srp);
	t.is(await attempt(world, 'wrong'), 'credentials 1 0');
});
