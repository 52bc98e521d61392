// Bytes that are the same in every run, and a record of them: a second implementation draws them in the same order.
import assert from 'node:assert/strict';
import {Buffer} from 'node:buffer';
import {dhKeyPairFromExponent} from '../../source/crypto/dh.ts';
import {sha256} from '../../source/crypto/hash.ts';
import {type Entropy} from '../../source/protocol/entropy.ts';
import {type Value} from './sheet.ts';

export type Recorder = {
	readonly entropy: Entropy;
	/** Names what was drawn since the last call, in its order; fails when that is not as many. */
	readonly drawn: (...names: string[]) => Value[];
};

/** Draw i of a party: the first bytes of SHA-256("simchat1 test " ‖ party ‖ " i 0") ‖ SHA-256(… " i 1") ‖ … */
export function recorder(party: string): Recorder {
	const draws: Buffer[] = [];
	let named = 0;
	const random = (size: number) => {
		const blocks = Array.from({length: Math.ceil(size / 32)}, (_, block) =>
			sha256(Buffer.from(`simchat1 test ${party} ${draws.length} ${block}`)),
		);
		const bytes = Buffer.concat(blocks).subarray(0, size);
		draws.push(bytes);
		// A copy: whoever draws a secret wipes it.
		return Buffer.from(bytes);
	};

	return {
		entropy: {random, salt: random, dhKeyPair: async () => dhKeyPairFromExponent(random(32))},
		drawn(...names) {
			const since = draws.slice(named);
			assert.equal(since.length, names.length, `${party} drew ${since.length} times, not ${names.length}`);
			const first = named;
			named = draws.length;
			return since.map((bytes, index) => [`${party}, draw ${first + index}: ${names[index]}`, bytes] as const);
		},
	};
}
