// What chance decides in a run, drawn from its seed alone: who is killed when, and who says what. The same seed, the same run.
import {Buffer} from 'node:buffer';
import {createHash} from 'node:crypto';

export const PEOPLE = ['alice', 'bob'] as const;
export type Person = (typeof PEOPLE)[number];
export type Victim = Person | 'server';

/** `victims` are killed `pause` ms after the round before, and started again `down` ms later. */
export type Round = {readonly victims: readonly Victim[]; readonly pause: number; readonly down: number};

/** Who goes down together: each client is the sender of one direction and the receiver of the other. */
const PARTIES: readonly Victim[][] = [
	['alice'],
	['alice'],
	['bob'],
	['bob'],
	['server'],
	['alice', 'bob'],
	['alice', 'server'],
	['bob', 'server'],
	['alice', 'bob', 'server'],
];

/** Shares of rounds: kills in quick succession, and restarts that the others have time to notice. */
const QUICK = 0.5;
const LATE = 0.15;
const WORDS = [
	'harbour',
	'lantern',
	'Käse',
	'船',
	'so',
	'I',
	'said',
	'🧭',
	'tomorrow',
	'before',
	'noon',
	'"quoted"',
	'\n',
];

/** The round number `number`, from 1. */
export function roundOf(seed: string, number: number): Round {
	const draw = dice(seed, 'round', number);
	const victims = PARTIES[Math.floor(draw() * PARTIES.length)]!;
	const pause = Math.round(draw() < QUICK ? draw() * 500 : 500 + draw() * 1500);
	return {victims, pause, down: draw() < LATE ? Math.round(draw() * 1000) : 0};
}

/** Somebody's text number `number`, from 1, which it begins with: mostly a line, at times several datagrams. */
export function textOf(seed: string, person: Person, number: number): string {
	const draw = dice(seed, person, number);
	const length = draw() < 0.03 ? 600 : 1 + Math.floor(draw() * 12);
	const words = Array.from({length}, () => WORDS[Math.floor(draw() * WORDS.length)]!);
	return `${number} ${words.join(' ')}`;
}

/** Each so many texts there is a file in the place of one. */
const FILE_EVERY = 12;
/** Of two parts of the hash tree at most, and a byte: so many bytes. */
const FILE_SIZES = [0, 1, 16_384, 1_048_576, 1_048_577, 2_500_000];

/** How many bytes somebody's file number `number` has; undefined where that is a text. */
export function fileSizeOf(seed: string, person: Person, number: number): number | undefined {
	if (number % FILE_EVERY !== 0) return undefined;
	return FILE_SIZES[Math.floor(dice(seed, `${person}'s file`, number)() * FILE_SIZES.length)]!;
}

/** What somebody's file number `number` is called, which is the text of its message, too. */
export function fileNameOf(number: number): string {
	return `${number}.bin`;
}

/** What is in it. */
export function fileOf(seed: string, person: Person, number: number, size: number): Buffer {
	const unit = createHash('sha512')
		.update(JSON.stringify([seed, person, number]))
		.digest();
	return Buffer.alloc(size, unit);
}

/** The pause before somebody's text number `number`, ms: texts come in bursts. */
export function gapOf(seed: string, person: Person, number: number): number {
	const draw = dice(seed, `${person}'s gap`, number);
	return draw() < 0.6 ? Math.round(draw() * 3) : Math.round(draw() * 150);
}

export type Act = {readonly kind: 'edit' | 'erase' | 'react'; readonly back: number};

/** What somebody does about a message after their text number `number`: `back` texts before it, or for a reaction the newest that came. */
export function actOf(seed: string, person: Person, number: number): Act | undefined {
	const draw = dice(seed, `${person}'s act`, number);
	const chance = draw();
	if (chance < 0.15) return {kind: 'edit', back: Math.floor(draw() * 6)};
	if (chance < 0.2) return {kind: 'erase', back: 3 + Math.floor(draw() * 6)};
	return chance < 0.35 ? {kind: 'react', back: 0} : undefined;
}

/** What text number `number` is changed to after text number `after`. */
export function editOf(number: number, after: number): string {
	return `${number} as said after ${after}`;
}

/** Numbers from 0 to 1, the same for the same arguments. */
export function dice(seed: string, what: string, number: number): () => number {
	let count = 0;
	return () => {
		const hash = createHash('sha256')
			.update(JSON.stringify([seed, what, number, count++]))
			.digest();
		return hash.readUInt32BE(0) / 2 ** 32;
	};
}
