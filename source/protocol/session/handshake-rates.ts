// What a responder counts before it spends a DH on somebody: INITs a second from anybody, handshakes from each sender.
import {INIT_RATE, SENDER_RATE, SENDER_WINDOW_MS} from './timers.ts';

const SECOND_MS = 1000;
/** Senders remembered; the one heard longest ago goes first. */
export const SENDER_LIMIT = 1024;

/** INITs with a ticket key id of ours in the current second. */
export type InitRate = {since: number; count: number};

/** Counts one INIT; whether this second has now had more than INIT_RATE. */
export function isOverInitRate(rate: InitRate, now: number): boolean {
	if (now - rate.since >= SECOND_MS || now < rate.since) {
		rate.since = now;
		rate.count = 0;
	}

	rate.count++;
	return rate.count > INIT_RATE;
}

/** Name → times of its handshakes within the window, at most SENDER_RATE; at most SENDER_LIMIT names. */
export type Senders = Map<string, readonly number[]>;

/** Whether `name` may have another handshake at `now`. Changes nothing. */
export function maySend(senders: Senders, name: string, now: number): boolean {
	return recent(senders, name, now).length < SENDER_RATE;
}

/** Counts a handshake whose INIT has verified. */
export function countSender(senders: Senders, name: string, now: number): void {
	const times = [...recent(senders, name, now), now];
	senders.delete(name);
	senders.set(name, times);
	const [oldest] = senders.keys();
	if (senders.size > SENDER_LIMIT && oldest !== undefined) senders.delete(oldest);
}

function recent(senders: Senders, name: string, now: number): readonly number[] {
	return (senders.get(name) ?? []).filter(time => now - time < SENDER_WINDOW_MS);
}
