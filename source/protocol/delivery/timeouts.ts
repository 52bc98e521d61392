// When a sender that hears nothing asks, when its path is in question, and when it gives up: probe timeouts (RFC 9002 §6.2) and the death
// of a session. Times in ms.
import {DEAD_AFTER, LONGEST_PROBE_TIMEOUT, PROBES, UNANSWERED_LEAST, UNANSWERED_TIMEOUTS} from './delivery-limits.ts';
import {type Rtt, probeTimeout} from './rtt.ts';

export type Timeouts = {
	/** Probe timeouts in a row, and the probes of the last one that have not gone out. */
	probeCount: number;
	probesDue: number;
	/** When a packet that asks for an acknowledgement went out last. */
	lastElicitingAt: number;
	/** Since when something is outstanding with nothing heard. */
	silentSince: number | undefined;
	/** Since when something is outstanding with nothing acknowledged. */
	unackedSince: number | undefined;
};

export function createTimeouts(): Timeouts {
	return {probeCount: 0, probesDue: 0, lastElicitingAt: 0, silentSince: undefined, unackedSince: undefined};
}

/** A packet that asks for an acknowledgement goes out. */
export function noteEliciting(timeouts: Timeouts, now: number): void {
	timeouts.lastElicitingAt = now;
	timeouts.silentSince ??= now;
	timeouts.unackedSince ??= now;
}

/** Something was acknowledged: the path carries packets. `waits`: something else is still outstanding. */
export function noteAcked(timeouts: Timeouts, waits: boolean, now: number): void {
	timeouts.probeCount = 0;
	timeouts.probesDue = 0;
	timeouts.unackedSince = waits ? now : undefined;
}

/** A probe timeout has passed: probes are due. */
export function beginProbes(timeouts: Timeouts, now: number): void {
	timeouts.probeCount++;
	timeouts.probesDue = PROBES;
	timeouts.lastElicitingAt = now;
}

/** When probes are due while something is outstanding: the timeout doubles each time nothing comes of it (RFC 9002 §6.2.1). */
export function probeAt({probeCount, lastElicitingAt}: Timeouts, rtt: Rtt): number {
	const timeout = probeTimeout(rtt);
	const backedOff = Math.min(timeout * 2 ** Math.min(probeCount, 16), Math.max(LONGEST_PROBE_TIMEOUT, timeout));
	return lastElicitingAt + backedOff;
}

/**
 * When the path is in question, though no three probe timeouts may have passed: who goes on sending puts each of them off (RFC 9002
 * §6.2.1), and one that has doubled never comes. Undefined while nothing is outstanding.
 */
export function unansweredAt({unackedSince}: Timeouts, rtt: Rtt): number | undefined {
	if (unackedSince === undefined) return undefined;
	return unackedSince + Math.max(UNANSWERED_TIMEOUTS * probeTimeout(rtt), UNANSWERED_LEAST);
}

/** When the session counts as dead; undefined while nothing is outstanding. */
export function deadAt({silentSince}: Timeouts): number | undefined {
	return silentSince === undefined ? undefined : silentSince + DEAD_AFTER;
}
