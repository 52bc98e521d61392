// How long a new password withstands guessing: it seals the vault, so whoever has a copy of the profile can guess without the server.
import {catalogue} from '../catalogue/catalogue.ts';

/**
 * Guesses a second of somebody with ten graphics cards, an order of magnitude: each guess takes 128 MiB and 0.3 s of a processor's core
 * (crypto/password.ts, DEFAULT_SCRYPT).
 */
const GUESSES_PER_SECOND = 10_000;
/** A password that is guessed sooner is weak, s: a week. */
const WEAK_S = 7 * 86_400;
const UNITS = [
	['inDays', 86_400],
	['inHours', 3600],
	['inMinutes', 60],
] as const;

/**
 * What a person is told of a password that is guessed soon; undefined for one that is not. `known`: what a guesser tries first, as the
 * account's name.
 */
export async function passwordWeakness(password: string, known: readonly string[]): Promise<string | undefined> {
	const {guessesFor} = await import('./password-meter.ts');
	const seconds = guessesFor(password, known) / GUESSES_PER_SECOND;
	if (seconds >= WEAK_S) return undefined;
	return catalogue.account.weak(timeWords(seconds));
}

/** `in about 3 hours`, `within a minute`. */
function timeWords(seconds: number): string {
	const unit = UNITS.find(([, each]) => seconds >= each);
	if (unit === undefined) return catalogue.account.withinAMinute;
	const [words, size] = unit;
	return catalogue.account[words](Math.round(seconds / size));
}
