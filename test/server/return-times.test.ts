// Those who are turned away come back one after the other, as fast as the server can sign them in; those who are sent away together, too.
import {Buffer} from 'node:buffer';
import test from 'ava';
import {systemRandom} from '../../source/crypto/random.ts';
import {ReturnTimes} from '../../source/server/return-times.ts';

/** Where chance always says the same, and a login takes 5 ms. */
function timesAt(chance: number): ReturnTimes {
	return new ReturnTimes(
		() => 5,
		() => 0,
		() => Buffer.alloc(4, chance),
	);
}

test('a thousand who are turned away do not come back in one second', t => {
	let now = 5000;
	const times = new ReturnTimes(
		() => 8.5,
		() => now,
		systemRandom,
	);
	const first = Array.from({length: 1000}, () => times.next(3));
	t.is(first[0], 3);
	t.deepEqual(
		first,
		first.toSorted((a, b) => a - b),
	);
	// A hundred logins of 8.5 ms in each second.
	for (let second = 3; second < 12; second++) {
		const count = first.filter(each => each === second).length;
		t.true(count >= 99 && count <= 101, `${count} in second ${second}`);
	}

	// Once they have come, the next one has to wait no longer than anybody.
	now += 20_000;
	t.is(times.next(3), 3);
});

test('nobody is sent away for more than a minute, however many came before: then the time is drawn', t => {
	const times = new ReturnTimes(
		() => 100,
		() => 0,
		systemRandom,
	);
	const given = Array.from({length: 5000}, () => times.next(3));
	t.true(given.every(each => each >= 3 && each <= 60));
	t.true(new Set(given.slice(1000)).size > 40);
});

test('after a shutdown a few come back as soon as they may, and thousands spread over the time that signing them in takes', t => {
	t.is(timesAt(0xff).oneOf(1, 5), 5);
	t.is(timesAt(0).oneOf(3000, 5), 5);
	t.is(timesAt(0xff).oneOf(3000, 5), 22);
	t.is(timesAt(0xff).oneOf(1e6, 5), 64);
});
