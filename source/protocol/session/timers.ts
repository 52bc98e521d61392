// Every time and count that governs a session, each with what arms it. Times in ms.

// Constants of the specification: both sides must agree on these.

/** How far a handshake's time may be from server time. Checked once, when INIT or RESP opens. */
export const FRESH_MS = 30_000;
/** A ticket id is remembered this long from its first use, and in any case until its ticket cannot be redeemed any more. */
export const TICKET_MEMORY_MS = 90_000;
/** Life of a cookie key; the one before is accepted as long again. */
export const COOKIE_KEY_MS = 120_000;
/** Counters a chain may leap over. */
export const SKIP_LIMIT = 256;
/** A skipped key waits this long for its datagram, from the datagram that leapt over it. */
export const SKIPPED_MS = 60_000;
/** The receiving chain of the epoch before stays this long after the switch. */
export const OLD_EPOCH_MS = 60_000;
/** A rekey is due after so many content messages, both directions together, … */
export const REKEY_MESSAGES = 100;
/** … or so long after the last one, once there has been any content or a message of a file since. */
export const REKEY_MS = 120_000;
/** With so many content messages since the last rekey no further one is begun until the rekey is done: only a rekey goes out. */
export const REKEY_HOLD = 900;
/** A rekey is overdue, and the session over, after so many content messages since the last one, … */
export const OVERDUE_MESSAGES = 1900;
/** … or so long after it was due. */
export const OVERDUE_MS = 30_000;
/** Content messages after which a session starts over with a new introduction. */
export const SESSION_MESSAGES = 65_536;
/** The same of files, whose sequences are numbers of 32 bits. */
export const SESSION_FILE_MESSAGES = 1_000_000_000;
/** Two sessions that were established within this of each other, in opposite roles, count as opened at once. */
export const SIMULTANEOUS_MS = 30_000;
/** Silence after which a session starts over. Armed anew by every datagram that opens. */
export const IDLE_MS = 600_000;
/** Epochs are numbered in 16 bits. */
export const LAST_EPOCH = 65_535;

// Constants of this implementation.

/** Pauses before INIT goes out again, byte for byte. FIN keeps them too, until a MSG opens. */
export const INIT_REPEAT_MS: readonly number[] = [1000, 2000, 4000, 8000];
/** An answer to the last of them may take so long. */
export const LAST_WAIT_MS = 8000;
/** INITs a second, from anybody, past which every INIT needs a cookie. */
export const INIT_RATE = 32;
/** Handshakes one sender may have within SENDER_WINDOW_MS. */
export const SENDER_RATE = 4;
export const SENDER_WINDOW_MS = 10_000;
/** Cookies one handshake answers: a forged one must not make it a source of INITs. */
export const COOKIE_LIMIT = 8;
