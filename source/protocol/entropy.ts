// Where an exchange takes fresh bytes and fresh exponents from; a test hands in its own and repeats a run byte for byte.
import {type DhKeyPair, generateDhKeyPair} from '../crypto/dh.ts';
import {type Random, systemRandom} from '../crypto/random.ts';

export type Entropy = {
	readonly random: Random;
	/** For the stretching of a password: apart, since with the same salt again a test need not stretch again. */
	readonly salt: Random;
	readonly dhKeyPair: () => Promise<DhKeyPair>;
};

export const systemEntropy: Entropy = {random: systemRandom, salt: systemRandom, dhKeyPair: generateDhKeyPair};
