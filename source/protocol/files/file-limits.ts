// Every number of files: what both sides rely on, and what this build chose. Sizes in bytes, times in ms.

// Specification.

/** A file is hashed, asked for and kept in leaves of this size; the last one has what is left. */
export const LEAF_SIZE = 1_048_576;
/** Leaves have numbers of 32 bits, and so has the one behind the last. */
export const LEAF_LIMIT = 4_294_967_295;
/** Offers of which a side gives to one device at once. */
export const GIVEN_OFFERS = 8;

// Implementation.

/** Leaves in memory for one device that is given to. */
export const GIVEN_LEAVES = 2;
/** Leaves that are asked for beyond those that are on the disk. */
export const ASKED_AHEAD = 4;
/** Nothing has come of what was asked for in so long: it is asked for anew, or given up. */
export const FILE_SILENCE_MS = 300_000;
/** Answers to one device that wait for room. */
export const ANSWERS_LIMIT = 64;
/** Leaves that one device may have read in vain, and how many more a second. */
export const VAIN_LEAVES = 8;
export const VAIN_LEAVES_A_SECOND = 1;
