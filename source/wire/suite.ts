// Cipher suites by number; higher is stronger. The field is everywhere from the start, so a suite is added without a new layout.

/** Suite 1: ffdhe3072, A256CBC-HS512, HKDF-SHA-256, Ed25519. */
export const SUITE_DH = 1;
export const VERSION = 1;
/** Suites this build speaks, strongest first. */
export const SUITES: readonly number[] = [SUITE_DH];

/** The strongest suite both sides speak, or undefined. */
export function chooseSuite(offered: readonly number[], ours: readonly number[] = SUITES): number | undefined {
	return ours.find(suite => offered.includes(suite));
}
