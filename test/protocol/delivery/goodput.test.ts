// How much comes through a wire of 200 ms that reorders and loses, beside the same wire when it does neither. In simulated time, so
// nothing here depends on the machine.
import {Buffer} from 'node:buffer';
import test from 'ava';
import {CHANNEL} from '../../../source/wire/messages/msg.ts';
import {Link, type LinkOptions} from '../../twins/link.ts';

const SIZE = 16_000;
/** Simulated ms between two looks at the queue. */
const STEP = 20;

/** Bytes a ms of so many, from the first that is queued to the last that arrives. */
function goodput(options: LinkOptions, bytes: number): number {
	const link = new Link(options);
	const count = bytes / SIZE;
	let queued = 0;
	while (link.received[1].length < count && !link.dead && link.now < 600_000) {
		while (queued < count && link.ends[0].enqueue(CHANNEL.content, Buffer.alloc(SIZE)) !== undefined) queued++;
		link.run(STEP);
	}

	return (link.received[1].length * SIZE) / link.now;
}

const clean = goodput({seed: 1, delay: 100}, 8_000_000);

test('8 MB over a round trip of 200 ms: at least 1 MB a second', t => {
	t.true(clean >= 1000, `${clean} kB/s`);
});

/** What each wire does, and which part of the clean one is left at least. */
const wires: Record<string, {options: Omit<LinkOptions, 'seed'>; least: number}> = {
	'±60 ms of jitter each way': {options: {delay: 40, jitter: 120}, least: 0.7},
	'1 % lost each way': {options: {delay: 100, loss: 0.01}, least: 0.6},
	'10 % lost each way': {options: {delay: 100, loss: 0.1}, least: 0.15},
};
for (const [title, {options, least}] of Object.entries(wires)) {
	test(`${title}: at least ${least} of that, whatever the seed`, t => {
		for (const seed of [1, 2, 3]) {
			const rate = goodput({...options, seed}, 4_000_000);
			t.true(rate >= least * clean, `${rate} of ${clean} kB/s`);
		}
	});
}

test('ends that wait for their disk for 20 ms in each turn: at least 0.7 of that; for 40 ms: 0.55', t => {
	for (const [turn, least] of [
		[20, 0.7],
		[40, 0.55],
	] as const) {
		const rate = goodput({seed: 1, delay: 100, turn}, 4_000_000);
		t.true(rate >= least * clean, `${rate} of ${clean} kB/s`);
		const late = goodput({seed: 1, delay: 40, jitter: 120, turn}, 4_000_000);
		t.true(late >= least * clean, `${late} of ${clean} kB/s with jitter`);
	}
});

test('30 % lost each way, or 10 % with jitter: slow, but the session stands and all arrives', t => {
	for (const seed of [1, 2, 3]) {
		t.true(goodput({seed, delay: 100, loss: 0.3}, 320_000) > 0);
		t.true(goodput({seed, delay: 40, jitter: 120, loss: 0.1}, 1_600_000) > 0.15 * clean);
	}
});
