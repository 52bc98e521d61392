// Every time and count of the paths of a session, of the silence that is filled, and of the size that a path takes. Times in ms.

/** Three probe timeouts without an answer: the path is suspect. */
export const SUSPECT_TIMEOUTS = 3;
/** Proven paths of a session. */
export const PATH_LIMIT = 4;
/** Pairs that are challenged because they were offered, at once, and how often each. */
export const OFFER_LIMIT = 6;
export const OFFER_TRIES = 5;
/** A pair that is not proven is challenged at most this often. */
export const CHALLENGE_EVERY_MS = 1000;
/** A pair that was left because the former one still answers is not challenged again for so long. */
export const PASSED_OVER_MS = 5000;
/** While content flows, all paths are measured this often. */
export const MEASURE_EVERY_MS = 60_000;
/** Another path of the same kind takes over when its round trip is at most this part of the current one's, … */
export const FASTER_BY = 0.8;
/** … and so much shorter, … */
export const FASTER_BY_MS = 10;
/** … in so many challenges running. */
export const FASTER_RUN = 3;

/** A peer is told our local addresses at most this often in a session. */
export const TELL_EVERY_MS = 10_000;
/** So many of its own lists are taken in this time: a few more, since what was under way may come at once. */
export const TOLD_LISTS = 8;
export const TOLD_WINDOW_MS = 60_000;
/** What it has told is tried at most this often, for a new reason each time. */
export const TOLD_TRY_EVERY_MS = 10_000;

/** Silence before a PING in a session in which content went or came not long ago, so that a side that moves is soon found by itself, … */
export const LIVELY_SILENCE_MS = 1500;
/** … a little longer at the responder, whom the PING of the initiator has answer before, … */
export const LIVELY_SECOND_MS = 250;
/** … for so long after it. */
export const LIVELY_FOR_MS = 20_000;
/** Otherwise, and before a BIND to each reflector (RFC 8445 §11). */
export const USUAL_SILENCE_MS = 15_000;
/** The same, where a router forgets earlier, … */
export const SHORT_SILENCE_MS = 10_000;
/** … for so long after it was seen to forget. */
export const SHORT_SILENCE_FOR_MS = 600_000;

/** The largest datagram of a session to an address to which larger ones did not pass in an earlier one, … */
export const SMALLER_DATAGRAM = 572;
/** … for so long. */
export const SMALLER_FOR_MS = 600_000;
/** Addresses of which it is remembered; the oldest goes first. */
export const SMALLER_LIMIT = 64;
