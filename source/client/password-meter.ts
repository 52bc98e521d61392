// How many guesses a password takes. It brings word lists of 0.4 MB, so it is loaded when a password is measured.
import {ZxcvbnFactory} from '@zxcvbn-ts/core';
import {adjacencyGraphs, dictionary} from '@zxcvbn-ts/language-common';

/** UTF-16 units that are measured; what is longer is measured by its beginning. */
const MEASURED_LIMIT = 128;

/**
 * About how many guesses come before the right one. `known`: words that a guesser tries first. Common passwords, names of keys side by
 * side, dates, repetitions and the words of lists for dice are known; other words count as letters.
 */
export function guessesFor(password: string, known: readonly string[]): number {
	const meter = new ZxcvbnFactory({dictionary, graphs: adjacencyGraphs, maxLength: MEASURED_LIMIT});
	return meter.check(password, [...known]).guesses;
}
