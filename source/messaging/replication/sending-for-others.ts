// Which device of an account sends what waits on all of them: the one that has written it at once, another one when that is away or takes too
// long. Sent twice it is there once, by its id. Pure.
import {type Buffer} from 'node:buffer';

/** What a device that is there has written and not delivered for so long, another one sends, ms. */
export const SENT_BY_OTHERS_MS = 30_000;

export type WaitingElsewhere = {
	/** The device that has written it, 8 bytes. */
	readonly writer: Buffer;
	/** Since when it waits here, on the elapsed clock, ms. */
	readonly since: number;
};

/** When this device sends it, on the elapsed clock, ms. `isOnline`: whether that device is there, as far as anybody has heard. */
export function sendsAt({writer, since}: WaitingElsewhere, isOnline: (device: Buffer) => boolean): number {
	return isOnline(writer) ? since + SENT_BY_OTHERS_MS : since;
}

/** What this device sends at `now` of what others have written, in its order; and when it is to look again, undefined when nothing waits. */
export function sendingAt<Waiting extends WaitingElsewhere>(
	waiting: readonly Waiting[],
	isOnline: (device: Buffer) => boolean,
	now: number,
): {readonly sent: readonly Waiting[]; readonly next: number | undefined} {
	const {sent = [], kept = []} = Object.groupBy(waiting, each => (sendsAt(each, isOnline) <= now ? 'sent' : 'kept'));
	const next = Math.min(...kept.map(each => sendsAt(each, isOnline)));
	return {sent, next: kept.length === 0 ? undefined : next};
}
