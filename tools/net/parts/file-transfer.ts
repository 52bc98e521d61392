// A large file over a bad wire, while people go on talking: both sides are killed, and one moves to another address.
import {createHash, randomFillSync} from 'node:crypto';
import {createReadStream, openSync, writeSync, closeSync} from 'node:fs';
import {Buffer} from 'node:buffer';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {renumber} from '../homes.ts';
import {Talk} from '../talk.ts';
import {type Quality, makeWire} from '../wire.ts';
import {type World} from '../world.ts';
import {type Report, reported} from './report.ts';

const MIB = 1_048_576;
const SIZE_MIB = 100;
const WIRE: Quality = {delay: 50, loss: 5};
/** Small messages, before the file and beside it. */
const SMALL = {count: 50, everyMs: 200, withinMs: 20_000};
/** How much later than without the file they may come, of 95 in 100, ms. */
const LATER_MS = 200;
/** What is under way is disturbed after so long each time, ms. */
const CALM_MS = 4000;
const SIDES = ['a', 'b'] as const;

export async function runFile(world: World, report: Report): Promise<void> {
	const title = `${SIZE_MIB} MiB at ${2 * WIRE.delay!} ms both ways and ${WIRE.loss} % loss`;
	await reported(report, title, async () => {
		const wire = await makeWire(world.internet.lab, 'giver', WIRE);
		const {person: giver} = await world.resident('giver', 'none', wire);
		const {person: taker, home} = await world.resident('taker', 'port');
		const source = path.join(world.folder, 'large.bin');
		const hash = makeFile(source);
		const talk = await Talk.open(giver, taker);
		try {
			const alone = await delaysOf(talk);
			const began = performance.now();
			const sending = giver.run('send-file', taker.name, source, '--wait', '60');
			await sleep(1000);
			const getting = taker.run('get', giver.name, '--wait', '60');
			const beside = await delaysOf(talk);
			// The commands go on by themselves once the process is gone that had the profile.
			for (const side of SIDES) {
				talk.signal(side, 'SIGKILL');
				await sleep(CALM_MS);
			}

			renumber(home, home.number, world.homes.takeNumber());
			const [given, taken] = [await sending.ended(), await getting.ended()];
			const seconds = (performance.now() - began) / 1000;
			const [saved] = getting.lines.slice(-1);
			const isWhole = saved !== undefined && (await hashOf(saved.text)) === hash;
			const later = beside - alone;
			const words = [
				isWhole ? 'whole, hash equal' : `not there: ${given.words} ${taken.words}`,
				`a kill on each side and another address meanwhile`,
				`${seconds.toFixed(0)} s, ${((SIZE_MIB * MIB) / 1000 / seconds).toFixed(0)} kB/s`,
				`texts p95 ${Math.round(alone)} ms before, ${Math.round(beside)} ms beside it`,
			];
			const isGood = isWhole && given.code === 0 && taken.code === 0 && later < LATER_MS;
			report.judge(isGood, `${title}: ${words.join('; ')}`);
		} finally {
			await talk.close();
		}
	});
}

/** How long small messages take from the giver to the taker, of 95 in 100, ms. */
async function delaysOf(talk: Talk): Promise<number> {
	const first = talk.said('a').length;
	for (let count = 0; count < SMALL.count; count++) {
		talk.say('a');
		await sleep(SMALL.everyMs);
	}

	await talk.until(() => talk.arrivals('a').size === talk.said('a').length, SMALL.withinMs);
	const arrivals = talk.arrivals('a');
	const delays = talk
		.said('a')
		.slice(first)
		.map(({id, at}) => (arrivals.get(id) ?? Infinity) - at);
	return delays.toSorted((a, b) => a - b)[Math.ceil(delays.length * 0.95) - 1]!;
}

/** Of random bytes; its hash. */
function makeFile(file: string): string {
	const hash = createHash('sha256');
	const part = Buffer.alloc(MIB);
	const descriptor = openSync(file, 'wx');
	try {
		for (let count = 0; count < SIZE_MIB; count++) {
			hash.update(randomFillSync(part));
			writeSync(descriptor, part);
		}
	} finally {
		closeSync(descriptor);
	}

	return hash.digest('hex');
}

async function hashOf(file: string): Promise<string> {
	const hash = createHash('sha256');
	for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
	return hash.digest('hex');
}
