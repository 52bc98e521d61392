// Every number of delivery: what both sides rely on, and what this build chose. Times in ms, sizes in bytes.
import {DATAGRAM_LIMIT} from '../../wire/datagram.ts';

// Specification.

/** A receiver acknowledges at the latest after this (RFC 9002 §5.3 max_ack_delay), … */
export const MAX_ACK_DELAY = 25;
/** … or with the second packet that asks for it. */
export const ACK_EVERY = 2;
/** Messages of one channel that may be under way: sequences within the lowest unacknowledged one and this. */
export const MESSAGE_WINDOW = 1024;
/** Bytes of one channel that may be under way; a receiver holds no more. */
export const BYTE_WINDOW = 1_048_576;
/** Counters one epoch's sending may run ahead of the highest acknowledged one: data stops at the first, probes at the second. */
export const COUNTER_WINDOW = 220;
export const COUNTER_LIMIT = 254;
/**
 * Every piece of a message but its last has at least so many bytes, so that a receiver's bookkeeping is bounded too. Half a piece
 * that is too large for SMALL_PLAINTEXT has more.
 */
export const SMALLEST_FRAGMENT = 96;
/** With nothing heard for so long while something is unacknowledged, the session is dead. */
export const DEAD_AFTER = 30_000;

// RFC 9002 appendix A.2 and B.1.

export const PACKET_THRESHOLD = 3;
export const GRANULARITY = 1;
export const INITIAL_RTT = 333;
export const INITIAL_WINDOW = 10 * DATAGRAM_LIMIT;
export const MINIMUM_WINDOW = 2 * DATAGRAM_LIMIT;
export const PERSISTENT_CONGESTION = 3;

// Implementation.

/** A packet counts as lost an eighth of a round trip after it could have come (RFC 9002 §6.1.2), or up to so many round trips … */
export const REORDERING_START = 1 / 8;
export const REORDERING_LIMIT = 2;
/** … when packets were as late within so many round trips (RFC 8985 §6.2 has 16 recoveries). */
export const REORDERING_ROUNDS = 16;
/** Bytes in flight, whatever acknowledgements claim: what COUNTER_WINDOW holds. */
export const WINDOW_LIMIT = COUNTER_WINDOW * DATAGRAM_LIMIT;
/** A span of bandwidth samples has at least so many round trips and ms; two spans are kept. */
export const BANDWIDTH_ROUNDS = 5;
export const BANDWIDTH_MS = 500;
/** Slow start ends when the bandwidth has not grown by a quarter in three round trips. */
export const FULL_GROWTH = 5 / 4;
export const FULL_ROUNDS = 3;
/** Or when no packet of a round trip was faster than so many times the least one, and so much more: a queue grows (RFC 9406 §4.2 has 9/8). */
export const START_QUEUE = 5 / 4;
export const START_QUEUE_MS = 20;
/** After slow start more than the bandwidth goes out in one round trip of eight, to see whether there is more, then less, to empty the queue. */
export const PROBE_GAIN = 5 / 4;
export const DRAIN_GAIN = 3 / 4;
export const PROBE_EVERY = 8;
/** The window holds so many times what fills the path, and never less than four datagrams once slow start is over. */
export const WINDOW_GAIN = 2;
export const LEAST_PIPE = 4 * DATAGRAM_LIMIT;
/** The least round trip is looked for anew after so long. */
export const ROUND_TRIP_MS = 10_000;
/** Half as much is in flight for so long then, and a round trip. */
export const EMPTY_MS = 200;
/** More than this share of a round trip lost, and so many packets: the path is full, and the window's ceiling falls. */
export const EXCESSIVE_LOSS = 1 / 5;
export const EXCESSIVE_PACKETS = 4;
export const LOSS_REDUCTION = 7 / 10;
/** Probes a probe timeout sends (RFC 9002 §6.2.4 allows two). */
export const PROBES = 2;
/** The backed-off probe timeout never grows past this, so that a path that is back is found soon. */
export const LONGEST_PROBE_TIMEOUT = 2000;
/** With nothing acknowledged for so many probe timeouts, however much goes out meanwhile, and for at least so long, the path is in question. */
export const UNANSWERED_TIMEOUTS = 3;
export const UNANSWERED_LEAST = 300;
/** An endpoint that only acknowledges asks for an acknowledgement itself each time its counter is so far ahead (RFC 9000 §13.2.4). */
export const PING_EVERY = 64;
/** With its counter so far ahead an endpoint acknowledges so many times a round trip at most. */
export const SPARING_LEAD = 128;
export const SPARING_ACKS = 16;
/** Pacing: headroom over the window's rate, and the largest burst in packets (RFC 9002 §7.7). */
export const PACING_GAIN = 1.25;
export const PACING_BURST = 10;
/** Of a round trip: what was due for so long goes out at once when the process comes to it. */
export const PACING_LATE = 1 / 4;
/** What every path is taken to carry, as plaintext and as datagram: packets get no larger where larger ones are lost alone. */
export const SMALL_PLAINTEXT = 255;
export const SMALL_DATAGRAM = 316;
/** Large packets lost in a row, with smaller ones sent later that came, before only small ones are sent (RFC 8899 §5.1.2). */
export const LARGE_LOSSES = 3;
/** Between two tries whether the path carries large packets again (RFC 8899 §5.1.1 has 600 s). */
export const LARGE_RETRY_MS = 60_000;
/** Ranges that the ACK of the older of two epochs names at most: both ACKs together fit SMALL_PLAINTEXT. */
export const OLDER_RANGES = 16;
/** Timers are no finer than this. */
export const TIMER_STEP = 1;
/** What timers and turns of both ends may hold a packet and its acknowledgement back together, ms. */
export const TIMER_SLACK = 10;
/** Packets that counted as lost and are remembered, in case they come after all. */
export const LOST_KEPT = 256;
/** Bytes a channel's queue holds, the unacknowledged ones included; that of files is asked to be filled again and again. */
export const QUEUE_LIMIT = 4 * 1_048_576;
export const FILE_QUEUE_LIMIT = 524_288;
/** Packets whose acknowledgement waits until content is released again; those over it are asked about once more by their sender. */
export const WITHHELD_LIMIT = 256;
/** Ping, path and close frames that wait for the next packet. */
export const QUEUED_FRAMES = 64;
