// A talk over bad wires: every message once and in order, and how much gets through beside the clean wire of the same length.
import {setTimeout as sleep} from 'node:timers/promises';
import {Talk} from '../talk.ts';
import {type Quality, makeWire} from '../wire.ts';
import {type World} from '../world.ts';
import {type Report, reported} from './report.ts';

type BadWire = {
	readonly title: string;
	readonly quality: Quality;
	/** How many bytes go over it at once: as many as it brings in its time. */
	readonly bytes: number;
	/** The least goodput, kB/s, and the least share of the clean wire's. */
	readonly least?: number;
	readonly share?: number;
};

const LONG: Quality = {delay: 100};
const MUCH = 8_000_000;
/** The first is the clean one that the others are held against. */
const WIRES: readonly BadWire[] = [
	{title: 'clean, 200 ms both ways', quality: LONG, bytes: MUCH, least: 1000},
	{title: 'jitter ±60 ms', quality: {...LONG, jitter: 60}, bytes: MUCH, share: 0.7},
	{title: '1 % loss', quality: {...LONG, loss: 1}, bytes: MUCH, share: 0.6},
	{title: '10 % loss', quality: {...LONG, loss: 10}, bytes: MUCH, share: 0.15},
	{title: '30 % loss', quality: {...LONG, loss: 30}, bytes: 160_000},
	{title: 'MTU 1280', quality: {...LONG, mtu: 1280}, bytes: 2_000_000},
	{title: 'MTU 1200', quality: {...LONG, mtu: 1200}, bytes: 400_000},
];

/** Small messages first, then a bulk of larger ones. */
const SMALL = {count: 25, everyMs: 200, withinMs: 10_000};
/** Bytes of a message, as in the bench; each bulk is a multiple. */
const SIZE = 16_000;
/** For a bulk, and for what of it is missing then, ms: a wire that is far slower than it should be holds up the others no longer. */
const [BULK_MS, REST_MS] = [20_000, 10_000];

export async function runWires(world: World, report: Report, wires: readonly BadWire[] = WIRES): Promise<void> {
	let clean: number | undefined;
	for (const [index, {title, quality, bytes, least = 0, share = 0}] of wires.entries()) {
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

				await talk.until(() => talk.arrivals('a').size === talk.said('a').length, SMALL.withinMs);
				const delays = delaysOf(talk).toSorted((a, b) => a - b);
				const rate = await goodput(talk, bytes);
				if (index === 0) clean = rate;
				const faults = await talk.faults(REST_MS);
				const ofClean = clean === undefined ? 0 : rate / clean;
				const words = [
					`small messages take ${shown(delays[delays.length >> 1])}, ${shown(delays.at(-1))} at most`,
					`${bytes / 1000} kB at ${Math.round(rate)} kB/s, ${ofClean.toFixed(2)} of the clean wire`,
					faults || 'all once, in order',
				];
				report.judge(faults === '' && rate >= least && ofClean >= share, `${title}: ${words.join('; ')}`);
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
async function goodput(talk: Talk, bytes: number): Promise<number> {
	const before = talk.arrivals('a').size;
	const began = performance.now();
	for (let said = 0; said < bytes; said += SIZE) talk.say('a', SIZE);
	const isWhole = await talk.until(() => talk.arrivals('a').size === talk.said('a').length, BULK_MS);
	const ended = isWhole ? Math.max(...talk.arrivals('a').values()) : performance.now();
	return ((talk.arrivals('a').size - before) * SIZE) / (ended - began);
}

function shown(ms = Infinity): string {
	return Number.isFinite(ms) ? `${Math.round(ms)} ms` : 'for ever';
}
