// What the stranger of a run says, drawn from its seed alone: one message edited again and again, nesting, kinds that nobody knows,
// acts about what never was, bytes that are no content at all. Everything but the last is well formed.
import {Buffer} from 'node:buffer';
import {createHash} from 'node:crypto';
import {encode} from 'cborg';
import {encodeContent} from '../../source/content/content.ts';
import {MESSAGE_ID_SIZE} from '../../source/content/message-reference.ts';
import {dice} from './seed.ts';

/** Bytes of an edit, short and long. */
const EDIT = {short: 20, long: 4096} as const;
/** Arrays in arrays: a byte each. */
const DEPTH = 6 * 1024;
/** The lowest kind that is not in use, and how many are drawn from. */
const UNKNOWN = {first: 100, count: 1000};
/** How far ahead the stranger's clock is at times, ms: a year. */
const AHEAD = 365 * 86_400_000;

/** Contents that follow each other at full rate, and the pause behind them, ms. */
export type Burst = {readonly size: number; readonly pause: number};

export function burstOf(seed: string, number: number): Burst {
	const draw = dice(seed, 'burst', number);
	return {size: 1 + Math.floor(draw() ** 2 * 2000), pause: Math.round(draw() * 400)};
}

/** The message that a stranger edits, as the first thing it says to somebody. */
export function targetFor(seed: string, name: string, time: number): Buffer {
	return encodeContent({kind: 'text', id: idOf(seed, name, 0), time, text: 'good day'});
}

/** The stranger's content number `number`, from 1, for somebody who has its first; `time` is server time, ms. */
export function mischiefOf(seed: string, name: string, number: number, time: number): Buffer {
	const draw = dice(seed, `mischief for ${name}`, number);
	const id = idOf(seed, name, number);
	const target = {isOwn: true, id: idOf(seed, name, 0)};
	const chance = draw();
	if (chance < 0.5) {
		const size = draw() < 0.9 ? EDIT.short : EDIT.long;
		return encodeContent({kind: 'edit', id, time, target, value: `${number} `.padEnd(size, '.')});
	}

	if (chance < 0.65) return encodeContent({kind: 'text', id, time, text: `${number} is what a stranger says`});
	if (chance < 0.7) return nested(draw() < 0.5 ? [UNKNOWN.first, id, time] : [1, id, time, 'text']);
	if (chance < 0.8) return Buffer.from(encode([UNKNOWN.first + Math.floor(draw() * UNKNOWN.count), id, time, 'new']));
	if (chance < 0.85) return Buffer.from(encode([UNKNOWN.first, 'without an id']));
	if (chance < 0.9) {
		const named = {isOwn: draw() < 0.5, id: idOf(seed, `nothing of ${name}`, number)};
		return encodeContent({kind: 'reaction', id, time, target: named, value: '👍'});
	}

	if (chance < 0.95) return encodeContent({kind: 'edit', id, time: time + AHEAD, target, value: 'from a year ahead'});
	return createHash('sha512')
		.update(JSON.stringify([seed, name, number]))
		.digest();
}

/** An array of what is given, and behind it arrays in arrays. */
function nested(fields: readonly unknown[]): Buffer {
	const bytes = Buffer.from(encode([...fields, 0]));
	return Buffer.concat([bytes.subarray(0, -1), Buffer.alloc(DEPTH, 0x81), Buffer.of(0)]);
}

function idOf(seed: string, name: string, number: number): Buffer {
	return createHash('sha256')
		.update(JSON.stringify([seed, 'stranger', name, number]))
		.digest()
		.subarray(0, MESSAGE_ID_SIZE);
}
