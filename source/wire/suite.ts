// Cipher suites by number; a higher one is stronger. Every message has a field for it, so a new suite needs no new layout.

/** Suite 1: ffdhe3072, A256CBC-HS512, HKDF-SHA-256, Ed25519. */
export const SUITE_DH = 1;
export const VERSION = 1;
/** The suites that this build supports, strongest first. */
export const SUITES: readonly number[] = [SUITE_DH];

/** Suites in one byte, as in INIT and RESP: bit n − 1 means suite n. */
export function suiteBits(suites: readonly number[]): number {
	return suites.reduce((bits, suite) => bits | (1 << (suite - 1)), 0);
}

/** The suites in such a byte, strongest first. 0 comes from an older client, which supports only suite 1. */
export function suitesIn(bits: number): readonly number[] {
	return bits === 0 ? [SUITE_DH] : [8, 7, 6, 5, 4, 3, 2, 1].filter(suite => (bits & (1 << (suite - 1))) !== 0);
}

/** The strongest suite that both sides support, or undefined. */
export function chooseSuite(offered: readonly number[], ours: readonly number[] = SUITES): number | undefined {
	return ours.find(suite => offered.includes(suite));
}
