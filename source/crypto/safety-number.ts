// Safety numbers: 60 digits that two people compare, to know that they have each other's real keys.
import {Buffer} from 'node:buffer';
import {sha256} from './hash.ts';

/** A name, and the identity key that is believed to be its: 32 bytes. */
export type Party = {readonly name: string; readonly identityKey: Buffer};

const VERSION = Buffer.from([0, 1]);
/** Makes the search for a similar number so many times more expensive. */
const ITERATIONS = 5200;

/** 60 digits, the same on both sides: 30 digits of each party, the lower first. */
export function safetyNumber(a: Party, b: Party): string {
	const [ours, theirs] = [digits(a), digits(b)];
	return ours < theirs ? ours + theirs : theirs + ours;
}

/** SHA-256 iterated over (version ‖ IK ‖ name ‖ IK), then six groups of five bytes, each mod 100000. */
function digits({name, identityKey}: Party): string {
	let hash = sha256(VERSION, identityKey, Buffer.from(name, 'latin1'), identityKey);
	for (let index = 1; index < ITERATIONS; index++) hash = sha256(hash, identityKey);
	return Array.from({length: 6}, (_, index) => String(hash.readUIntBE(index * 5, 5) % 100_000).padStart(5, '0')).join(
		'',
	);
}
