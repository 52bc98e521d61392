// Where an exchange takes fresh bytes and fresh exponents from; a test hands in its own and repeats a run byte for byte.
import {type DhKeyPair, generateDhKeyPair} from '../crypto/dh.ts';
import {type Random, systemRandom} from '../crypto/random.ts';

export type Entropy = {readonly random: Random; readonly dhKeyPair: () => Promise<DhKeyPair>};

export const systemEntropy: Entropy = {random: systemRandom, dhKeyPair: generateDhKeyPair};
