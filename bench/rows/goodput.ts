// Bulk over a long wire that delays, reorders and loses, beside the same wire when it does neither.
import {startChild} from '../child.ts';
import type {EndCalls} from '../children/end.ts';
import type {Manners, WireCalls} from '../children/wire.ts';
import {medians} from '../measure.ts';
import {profileOf} from '../people.ts';
import {type Row} from '../table.ts';

const BYTES = 8_000_000;
/** Before the first figure, so that it is not one of code that is new to the engine. */
const WARM_BYTES = 800_000;
/** Bytes of a message. */
const SIZE = 16_000;
/** One way, ms. */
const DELAY = 100;

const wires = {
	clean: {delay: DELAY, jitter: 0, loss: 0},
	jitter: {delay: DELAY, jitter: 60, loss: 0},
	rare: {delay: DELAY, jitter: 0, loss: 0.01},
	frequent: {delay: DELAY, jitter: 0, loss: 0.1},
} as const satisfies Record<string, Manners>;

const least = (must: number, goal: number) => ({of: 'ratio', sign: '≥', must, goal}) as const;

export async function goodput(quick: boolean): Promise<Row[]> {
	const rounds = quick ? 1 : 3;
	const [near, far] = [startChild<EndCalls>('end'), startChild<EndCalls>('end')];
	const wire = startChild<WireCalls>('wire');
	const [alice, bob] = [profileOf('alice'), profileOf('bob')];
	const [, farPort] = await Promise.all([near.call('open', alice, bob), far.call('open', bob, alice)]);
	const [port, seenPort] = await wire.call('open', farPort);
	/** KB of messages that arrive in a second, the start of the session's sending included. */
	const run = async (manners: Manners, bytes = BYTES) => {
		// A handshake is not what is measured.
		await wire.call('behave', {...manners, jitter: 0, loss: 0});
		await near.call('talk', port, seenPort);
		await far.call('listen', 'count');
		await wire.call('behave', manners);
		const startedAt = await near.call('bulk', bytes / SIZE, SIZE);
		const {count, lastAt} = await far.call('received');
		if (count !== bytes / SIZE) throw new Error(`${count} of ${bytes / SIZE} messages have arrived`);
		return bytes / (lastAt - startedAt);
	};

	await run(wires.clean, WARM_BYTES);
	const measured = [];
	for (let index = 0; index < rounds; index++) {
		measured.push({
			clean: await run(wires.clean),
			jitter: await run(wires.jitter),
			rare: await run(wires.rare),
			frequent: await run(wires.frequent),
		});
	}

	await Promise.all([near.stop(), far.stop(), wire.stop()]);
	const {clean, jitter, rare, frequent} = medians(measured);
	const limit = {what: 'without loss or jitter', value: clean};
	return [
		{
			what: '8 MB over a round trip of 200 ms',
			measured: clean,
			unit: 'kB/s',
			target: {of: 'value', sign: '≥', must: 1000, goal: 1100},
		},
		{what: '  with ±60 ms of jitter each way', measured: jitter, unit: 'kB/s', limit, target: least(0.7, 0.9)},
		{what: '  with 1 % lost each way', measured: rare, unit: 'kB/s', limit, target: least(0.6, 0.9)},
		{what: '  with 10 % lost each way', measured: frequent, unit: 'kB/s', limit, target: least(0.15, 0.6)},
	];
}
