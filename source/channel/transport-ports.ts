// What a session over UDP is given, and how it ends.
import {type Buffer} from 'node:buffer';
import {type Entropy} from '../protocol/entropy.ts';
import {type DropReason} from '../protocol/session/drops.ts';
import {type Address} from '../wire/address.ts';

/**
 * closed: the peer left; dead: nothing is heard any more; spent: idle or used up, so the next message takes a new session;
 * overdue: its keys were not renewed in time; violation: the peer broke the protocol; left: ended here.
 */
export type EndReason = 'closed' | 'dead' | 'spent' | 'overdue' | 'violation' | 'left';

export type TransportPorts = {
	readonly entropy: Entropy;
	/** Ms of a clock that only runs forward. */
	readonly elapsed: () => number;
	readonly transmit: (datagram: Buffer, to: Address, socket: number) => void;
	/** Ms of silence after which a PING keeps the way open; USUAL_SILENCE_MS unless given. */
	readonly silenceMs?: () => number;
	/** The largest plaintext of a datagram, bytes; as Delivery has it unless given. */
	readonly full?: number | undefined;
	/** Whole content messages, once each, in order. */
	readonly onContent: (messages: readonly Buffer[]) => void;
	/** Whole messages of files, once each, in order. */
	readonly onFiles: (messages: readonly Buffer[]) => void;
	/** There is room for more content or files, or a deadline is nearer: pump before long. */
	readonly onWork: () => void;
	readonly onEnd: (reason: EndReason) => void;
	/** Something that came was dropped. */
	readonly onDrop?: (reason: DropReason) => void;
};
