// A receiver that holds content back: it keeps what comes, and does not acknowledge the message that it would release next. The sender's
// windows begin there, so it stops of itself where this side's are full.
import {CHANNEL, type TransportFrame} from '../../wire/messages/msg.ts';
import {type Incoming, isNextWhole} from './incoming.ts';
import {WITHHELD_LIMIT} from './delivery-limits.ts';

type Counter = {readonly epoch: number; readonly counter: number};

export type Holding = {
	isHolding: boolean;
	/** Packets that are not acknowledged therefore, WITHHELD_LIMIT at most. */
	withheld: Counter[];
};

export function createHolding(): Holding {
	return {isHolding: false, withheld: []};
}

/** Whether a packet with these frames is not to be acknowledged now. */
export function withholds({isHolding}: Holding, frames: readonly TransportFrame[], content: Incoming): boolean {
	return isHolding && frames.some(frame => isOfNext(frame, content));
}

export function withhold({withheld}: Holding, epoch: number, counter: number): void {
	if (withheld.length < WITHHELD_LIMIT) withheld.push({epoch, counter});
}

/** Ends the holding; the packets that are to be acknowledged now. */
export function endHolding(holding: Holding): readonly Counter[] {
	const {withheld} = holding;
	holding.isHolding = false;
	holding.withheld = [];
	return withheld;
}

/** A piece of the message that would be released next, when that is whole. */
function isOfNext(frame: TransportFrame, content: Incoming): boolean {
	if (frame.kind !== 'fragment' || frame.channel !== CHANNEL.content) return false;
	return frame.sequence === content.nextSequence && isNextWhole(content);
}
