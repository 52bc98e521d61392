// How long a new password withstands guessing: it seals the vault, so whoever has a copy of the profile can guess without the server.

/**
 * Guesses a second of somebody with ten graphics cards, an order of magnitude: each guess takes 128 MiB and 0.3 s of a processor's core
 * (crypto/password.ts, DEFAULT_SCRYPT).
 */
const GUESSES_PER_SECOND = 10_000;
/** A password that is guessed sooner is weak, s: a week. */
const WEAK_S = 7 * 86_400;
const UNITS = [
	['day', 86_400],
	['hour', 3600],
	['minute', 60],
] as const;

/**
 * What a person is told of a password that is guessed soon; undefined for one that is not. `known`: what a guesser tries first, as the
 * account's name.
 */
export async function passwordWeakness(password: string, known: readonly string[]): Promise<string | undefined> {
	const {guessesFor} = await import('./password-meter.ts');
	const seconds = guessesFor(password, known) / GUESSES_PER_SECOND;
	if (seconds >= WEAK_S) return undefined;
	return `weak: whoever copies this profile guesses it ${timeWords(seconds)}, and reads your keys and messages. Four random words are better.`;
}

/** `in about 3 hours`, `within a minute`. */
function timeWords(seconds: number): string {
	const [unit, size] = UNITS.find(([, each]) => seconds >= each) ?? ['', 0];
	if (size === 0) return 'within a minute';
	const count = Math.round(seconds / size);
	return `in about ${count} ${unit}${count === 1 ? '' : 's'}`;
}
