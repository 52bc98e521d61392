// When INIT and FIN go out again, byte for byte, until the peer answers.
import {INIT_REPEAT_MS, LAST_WAIT_MS} from './timers.ts';

export type Repeats = {
	/** How often the datagram has gone out. */
	readonly sent: number;
	/** When it is due next, or, after the last time, when the wait for an answer is over. */
	readonly dueAt: number;
};

/** Before the first sending, which is due at once. */
export function startRepeats(now: number): Repeats {
	return {sent: 0, dueAt: now};
}

/** 'over' once the last sending has stayed without an answer; otherwise the datagram is to go out when a new state is returned. */
export function nextRepeat({sent, dueAt}: Repeats, now: number): Repeats | 'waiting' | 'over' {
	if (now < dueAt) return 'waiting';
	if (sent > INIT_REPEAT_MS.length) return 'over';
	return {sent: sent + 1, dueAt: now + (INIT_REPEAT_MS[sent] ?? LAST_WAIT_MS)};
}
