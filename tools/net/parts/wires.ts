// A talk over bad wires: every message once and in order, and how much gets through beside the clean wire of the same length.
import {setTimeout as sleep} from 'node:timers/promises';
import {Talk} from '../talk.ts';
import {type Quality, makeWire} from '../wire.ts';
import {type World} from '../world.ts';
import {type Report, reported} from './report.ts';

type BadWire = {
	readonly title: string;
	readonly quality: Quality;
	/** The least share of the clean wire's goodput. */
	readonly share?: number;
};

const LONG: Quality = {delay: 100};
/** The first is the clean one that the others are held against. */
const WIRES: readonly BadWire[] = [
	{title: 'clean, 200 ms both ways', quality: LONG},
	{title: 'jitter ±60 ms', quality: {...LONG, jitter: 60}, share: 0.7},
	{title: '10 % loss', quality: {...LONG, loss: 10}, share: 0.15},
	{title: '30 % loss', quality: {...LONG, loss: 30}},
	{title: 'MTU 1280', quality: {...LONG, mtu: 1280}},
	{title: 'MTU 1200', quality: {...LONG, mtu: 1200}},
];

/** Small messages first, then a bulk of larger ones. */
const SMALL = {count: 25, everyMs: 200};
const BULK = {count: 250, size: 4000, withinMs: 20_000};

export async function runWires(world: World, report: Report, wires: readonly BadWire[] = WIRES): Promise<void> {
	let clean: number | undefined;
	for (const [index, {title, quality, share = 0}] of wires.entries()) {
		await reported(report, title, async () => {
			// People of its own: what one wire has not brought does not burden the next.
			const wire = await makeWire(world.internet.lab, `far-${index}`, quality);
			const {person: far} = await world.resident(`far-${index}`, 'none', wire);
			const {person: near} = await world.resident(`near-${index}`, 'none');
			const talk = await Talk.open(far, near);
			try {
				for (let count = 0; count < SMALL.count; count++) {
					talk.say('a');
					await sleep(SMALL.everyMs);
				}

				await talk.until(() => talk.arrivals('a').size === talk.said('a').length, BULK.withinMs);
				const delays = delaysOf(talk).toSorted((a, b) => a - b);
				const rate = await goodput(talk);
				clean ??= rate;
				const faults = await talk.faults();
				const ofClean = rate / clean;
				const words = [
					`small messages take ${shown(delays[delays.length >> 1])}, ${shown(delays.at(-1))} at most`,
					`${Math.round(rate)} kB/s, ${ofClean.toFixed(2)} of the clean wire`,
					faults || 'all once, in order',
				];
				report.judge(faults === '' && ofClean >= share, `${title}: ${words.join('; ')}`);
			} finally {
				await talk.close();
			}
		});
	}
}

/** Of the small messages, ms. */
function delaysOf(talk: Talk): number[] {
	const arrivals = talk.arrivals('a');
	return talk
		.said('a')
		.slice(1)
		.map(({id, at}) => (arrivals.get(id) ?? Infinity) - at);
}

/** What of a bulk arrives in its time, kB/s. */
async function goodput(talk: Talk): Promise<number> {
	const before = talk.arrivals('a').size;
	const began = performance.now();
	for (let count = 0; count < BULK.count; count++) talk.say('a', BULK.size);
	await talk.until(() => talk.arrivals('a').size === talk.said('a').length, BULK.withinMs);
	const arrived = talk.arrivals('a').size - before;
	const ended = arrived === BULK.count ? Math.max(...talk.arrivals('a').values()) : performance.now();
	return (arrived * BULK.size) / (ended - began);
}

function shown(ms = Infinity): string {
	return Number.isFinite(ms) ? `${Math.round(ms)} ms` : 'for ever';
}
