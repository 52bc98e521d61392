import test from 'ava';
import {OwnTime} from '../../source/messaging/own-time.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A machine: its clocks, what the server says, and programs that run on it one after the other. */
function machine() {
	const at = {wall: 1000 * DAY, server: 1000 * DAY, elapsed: 5};
	const clock = {now: () => at.wall, elapsed: () => at.elapsed};
	const pass = (ms: number) => {
		at.wall += ms;
		at.server += ms;
		at.elapsed += ms;
	};

	let own = new OwnTime(clock, undefined);
	const login = () => {
		own.meet(at.server - at.wall);
		return own.now();
	};

	const restart = () => {
		own = new OwnTime(clock, own.mark);
		return own.now();
	};

	return {at, pass, login, restart, now: () => own.now()};
}

test('while the program runs its own time is what passes, whatever the other clocks do', t => {
	const {at, pass, login, now} = machine();
	t.is(login(), 0);
	pass(HOUR);
	at.wall += 400 * DAY;
	at.server += 400 * DAY;
	t.is(now(), HOUR);
	at.wall -= 900 * DAY;
	t.is(now(), HOUR);
});

test('what passed between two runs counts once both other clocks say so', t => {
	const {at, pass, login, restart, now} = machine();
	login();
	pass(HOUR);
	const closed = now();
	at.wall += DAY;
	at.server += DAY;
	t.is(restart(), closed, 'nobody but this machine says so');
	t.is(login(), closed + DAY);
	pass(5);
	t.is(now(), closed + DAY + 5);
	t.is(login(), closed + DAY + 5, 'nothing counts twice');
});

test('one clock that was set to another time, over a restart or not, lets nothing pass', t => {
	for (const leap of [-400 * DAY, -HOUR, HOUR, 400 * DAY]) {
		for (const whose of ['wall', 'server'] as const) {
			const {at, pass, login, restart, now} = machine();
			login();
			pass(HOUR);
			at[whose] += leap;
			t.is(login(), HOUR, `${whose} ${leap}, in a run`);
			pass(HOUR);
			restart();
			at[whose] -= leap;
			t.is(login(), 2 * HOUR, `${whose} ${leap}, over a restart`);
			pass(HOUR);
			t.is(now(), 3 * HOUR);
		}
	}
});

test('a machine that slept counts its sleep at the next login', t => {
	const {at, login} = machine();
	login();
	at.wall += DAY;
	at.server += DAY;
	t.is(login(), DAY);
});

test('runs without a login count for themselves, and the time between them with the next login', t => {
	const {at, pass, login, restart} = machine();
	login();
	for (let run = 0; run < 3; run++) {
		at.wall += DAY;
		at.server += DAY;
		restart();
		pass(HOUR);
	}

	t.is(restart(), 3 * HOUR);
	t.is(login(), 3 * (DAY + HOUR));
});
