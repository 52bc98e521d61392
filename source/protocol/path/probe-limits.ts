// Every time and count of probing, each with what it bounds. Times in ms.

// Constants of the specification.

/** Pauses between the asks to one address: they go out 0, 50, 150, 350, 750, 1550 and 3150 ms after its first. */
export const ASK_PAUSES_MS: readonly number[] = [50, 100, 200, 400, 800, 1600];
/** Asks of an introduction lie at least so far apart. */
export const ASK_SPACING_MS = 5;
/** Addresses that the server names in an introduction, at most. */
export const PROBE_ADDRESS_LIMIT = 6;
/** Asks of one round, whatever the addresses: 6 × 7. */
export const ASK_LIMIT = 42;
/** A round without a proven pair is over after so long. */
export const ROUND_MS = 4000;
/** A side that was told late makes its first round shorter by so much at most, to end it with the other. */
export const LATE_LIMIT_MS = 2000;
/** Between two rounds nothing is asked for so long: routers forget what was not answered after 30 s. */
export const ROUND_SILENCE_MS = 31_000;
/** In the second round one side begins so much later than the other. */
export const SECOND_START_MS = 60;
/** Life of an introduction's tag, from WAYS or CALLED: as long as the ticket's. */
export const PROBE_LIFE_MS = 60_000;

// Constants of this implementation.

/** Introductions probed at once. */
export const PROBE_TAG_LIMIT = 32;
/** Answers of one introduction. */
export const ANSWER_LIMIT = 64;
/** Answers of one introduction to one source, in ANSWER_WINDOW_MS. */
export const SOURCE_ANSWERS = 4;
export const ANSWER_WINDOW_MS = 1000;
/** Addresses that the server did not name, but asks came from: RFC 8445 §7.3.1.3. */
export const UNLISTED_LIMIT = 2;
/** Proven pairs of an introduction. */
export const PROVEN_LIMIT = 4;
/** Asks and answers of a client, all introductions together: so many at once, … */
export const PROBE_BURST = 64;
/** … and then a second. */
export const PROBES_A_SECOND = 32;
/** CALLED of one name that a client acts on in CALLED_WINDOW_MS, and of all names. */
export const CALLED_OF_ONE = 6;
export const CALLED_OF_ALL = 30;
export const CALLED_WINDOW_MS = 60_000;

// Constants of birthday probing: what the specification says of both sides.

/** It may begin when an introduction is so old and has no pair: the asks before it would have shown an easier way. */
export const BIRTHDAY_AFTER_MS = 1000;
/** Sockets of the side whose NAT gives each way another port, … */
export const BIRTHDAY_SOCKETS = 512;
/** … of which so many ask at first, … */
export const BIRTHDAY_FIRST_SOCKETS = 256;
/** … and the others from here on, if nobody was met: half of all cases do without their entries in the router. */
export const BIRTHDAY_MORE_MS = 2000;
/** Between its asks. */
export const BIRTHDAY_SOCKET_PAUSE_MS = 4;
/** Ports that the other side asks, and the pause between them. */
export const BIRTHDAY_PORTS = 1024;
export const BIRTHDAY_PORT_PAUSE_MS = 10;
/** Ports below this one are no NAT's choice. */
export const BIRTHDAY_LOWEST_PORT = 1024;
/** Both sides give up after so long. */
export const BIRTHDAY_MS = 20_000;

// What this implementation allows itself.

/** A contact has birthday probing at most so often, … */
export const BIRTHDAY_EVERY_MS = 600_000;
/** … and all contacts together so many in that time, one after the other. */
export const BIRTHDAYS_OF_ALL = 6;
