// The receiver's side of acknowledging (RFC 9000 §13.2): which counters of an epoch have come, and when to say so.
import {ACK_RANGE_LIMIT, type AckFrame, type AckRange} from '../../wire/messages/msg.ts';
import {ACK_EVERY, MAX_ACK_DELAY, OLDER_RANGES} from './delivery-limits.ts';

/** Counters that one range of an ACK can name. */
const RANGE_LIMIT = 65_536;
/** Epochs acknowledged at once: the newest and the one before. */
const EPOCH_LIMIT = 2;

type EpochAcks = {
	readonly epoch: number;
	/** Newest first, at most ACK_RANGE_LIMIT; older ranges are forgotten. */
	ranges: AckRange[];
	newestAt: number;
	/** Packets that asked for an acknowledgement since the last one. */
	waiting: number;
	dueAt: number;
};

/** Newest epoch first, at most EPOCH_LIMIT. */
export type Acks = {epochs: EpochAcks[]};

export function createAcks(): Acks {
	return {epochs: []};
}

/**
 * Notes a packet that has opened; never the same counter twice, the ratchet sees to that. What would be acknowledged at once is
 * after `pause` ms, for who has few counters left.
 */
export function noteReceived(
	acks: Acks,
	{epoch, counter}: {readonly epoch: number; readonly counter: number},
	eliciting: boolean,
	now: number,
	pause = 0,
): void {
	const entry = epochOf(acks, epoch, now);
	if (entry === undefined) return;
	const newest = entry.ranges[0]?.to ?? -1;
	if (counter > newest) entry.newestAt = now;
	insert(entry, counter);
	if (!eliciting) return;
	entry.waiting++;
	const atOnce = entry.waiting >= ACK_EVERY || counter !== newest + 1;
	entry.dueAt = Math.min(entry.dueAt, now + (atOnce ? pause : MAX_ACK_DELAY));
}

/** When an acknowledgement must go out, undefined while nobody waits for one. */
export function ackDueAt({epochs}: Acks): number | undefined {
	let due = Number.POSITIVE_INFINITY;
	for (const {dueAt} of epochs) due = Math.min(due, dueAt);
	return Number.isFinite(due) ? due : undefined;
}

/** The ACK frames that somebody waits for; once taken, nobody does. */
export function takeAcks({epochs}: Acks, now: number): AckFrame[] {
	const frames: AckFrame[] = [];
	for (const entry of epochs) {
		if (entry.waiting === 0) continue;
		const {epoch, ranges, newestAt} = entry;
		const told = ranges.slice(0, frames.length === 0 ? ACK_RANGE_LIMIT : OLDER_RANGES);
		frames.push({kind: 'ack', epoch, delay: Math.max(0, now - newestAt), ranges: told});
		entry.waiting = 0;
		entry.dueAt = Number.POSITIVE_INFINITY;
	}

	return frames;
}

function epochOf(acks: Acks, epoch: number, now: number): EpochAcks | undefined {
	const found = acks.epochs.find(entry => entry.epoch === epoch);
	if (found !== undefined) return found;
	const oldest = acks.epochs.at(-1);
	if (oldest !== undefined && acks.epochs.length === EPOCH_LIMIT && epoch < oldest.epoch) return undefined;
	const entry = {epoch, ranges: [], newestAt: now, waiting: 0, dueAt: Number.POSITIVE_INFINITY};
	acks.epochs = [...acks.epochs, entry].toSorted((a, b) => b.epoch - a.epoch).slice(0, EPOCH_LIMIT);
	return entry;
}

/** Notes the counter, and forgets what is so far below that no frame can name it. */
function insert({ranges}: EpochAcks, counter: number): void {
	merge(ranges, counter);
	const long = ranges.findIndex(({from, to}) => to - from >= RANGE_LIMIT);
	if (long === -1) return;
	const {to} = ranges[long]!;
	ranges.splice(long, ranges.length, {from: to - RANGE_LIMIT + 1, to});
}

/** Almost always extends the first range. */
function merge(ranges: AckRange[], counter: number): void {
	const [first] = ranges;
	if (first !== undefined && counter === first.to + 1) {
		ranges[0] = {from: first.from, to: counter};
		return;
	}

	let index = ranges.findIndex(range => range.from <= counter + 1);
	if (index === -1) index = ranges.length;
	const at = ranges[index];
	if (at !== undefined && counter >= at.from && counter <= at.to) return;
	const joinsBelow = at !== undefined && at.to + 1 === counter;
	const above = at !== undefined && at.from === counter + 1 ? index : index - 1;
	const joinsAbove = ranges[above]?.from === counter + 1;
	if (joinsAbove) {
		const below = ranges[above + 1];
		const merges = below !== undefined && below.to + 1 === counter;
		const from = merges ? below.from : counter;
		ranges.splice(above, merges ? 2 : 1, {from, to: ranges[above]!.to});
	} else if (joinsBelow) {
		ranges[index] = {from: at.from, to: counter};
	} else {
		ranges.splice(index, 0, {from: counter, to: counter});
		if (ranges.length > ACK_RANGE_LIMIT) ranges.pop();
	}
}
