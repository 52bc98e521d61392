// Cipher suites by number; higher is stronger. The field is everywhere from the start, so a suite is added without a new layout.

/** Suite 1: ffdhe3072, A256CBC-HS512, HKDF-SHA-256, Ed25519. */
export const SUITE_DH = 1;
export const VERSION = 1;
/** Suites this build speaks, strongest first. */
export const SUITES: readonly number[] = [SUITE_DH];

/** Suites as INIT and RESP have them in one byte: bit n − 1 stands for suite n. */
export function suiteBits(suites: readonly number[]): number {
	return suites.reduce((bits, suite) => bits | (1 << (suite - 1)), 0);
}

/** The suites of such a byte, strongest first. 0 is of a client that does not say it yet, and speaks suite 1 alone. */
export function suitesIn(bits: number): readonly number[] {
	return bits === 0 ? [SUITE_DH] : [8, 7, 6, 5, 4, 3, 2, 1].filter(suite => (bits & (1 << (suite - 1))) !== 0);
}

/** The strongest suite both sides speak, or undefined. */
export function chooseSuite(offered: readonly number[], ours: readonly number[] = SUITES): number | undefined {
	return ours.find(suite => offered.includes(suite));
}
