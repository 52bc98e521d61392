// Randomness is an argument everywhere, so that a test can repeat a run byte for byte.
import {type Buffer} from 'node:buffer';
import {randomBytes} from 'node:crypto';

/** Yields `size` fresh random bytes. */
export type Random = (size: number) => Buffer;

/** The operating system's generator. */
export const systemRandom: Random = size => randomBytes(size);
