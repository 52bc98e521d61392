// One try to open a session: INIT to every address the introduction gave, repeated on schedule, until one of them answers.
import {type Buffer} from 'node:buffer';
import {type DropReason} from '../protocol/session/drops.ts';
import {type Established} from '../protocol/session/established.ts';
import {type Initiating, consumeResp, wipeInitiating, withCookie} from '../protocol/session/initiator.ts';
import {type Repeats, nextRepeat, startRepeats} from '../protocol/session/repeat.ts';
import {type Address} from '../wire/address.ts';
import {DATAGRAM} from '../wire/datagram.ts';

export type AttemptPorts = {
	readonly elapsed: () => number;
	/** Server time, ms. */
	readonly serverTime: () => number;
	readonly transmit: (datagram: Buffer, to: Address) => void;
	readonly onEstablished: (established: Established, fin: Buffer, address: Address) => void;
	/** The peer speaks a stronger suite than the directory asked for, as it has signed. The try is over. */
	readonly onDowngrade: () => void;
	/** Something that came was dropped. */
	readonly onDrop?: (reason: DropReason) => void;
};

export class Attempt {
	readonly index: number;
	readonly #addresses: readonly Address[];
	readonly #ports: AttemptPorts;
	#state: Initiating;
	#repeats: Repeats;
	#ended = false;
	/** A RESP is being verified: its DH runs on the thread pool. */
	#verifying = 0;

	constructor(state: Initiating, addresses: readonly Address[], ports: AttemptPorts) {
		this.index = state.index;
		this.#state = state;
		this.#addresses = addresses;
		this.#ports = ports;
		this.#repeats = startRepeats(ports.elapsed());
	}

	get deadline(): number {
		return this.#repeats.dueAt;
	}

	/** Sends what is due; 'over' once the last INIT has waited long enough. */
	run(): 'waiting' | 'over' {
		const next = nextRepeat(this.#repeats, this.#ports.elapsed());
		if (typeof next === 'string') return next;
		this.#repeats = next;
		for (const address of this.#addresses) this.#ports.transmit(this.#state.datagram, address);
		return 'waiting';
	}

	/** Takes COOKIE or RESP; anything else is dropped in silence. */
	receive(datagram: Buffer, from: Address): void {
		if (this.#ended) return;
		if (datagram[0] === DATAGRAM.resp) void this.#takeResp(datagram, from);
		else if (datagram[0] === DATAGRAM.cookie) this.#takeCookie(datagram, from);
	}

	/** Wipes its keys. */
	end(): void {
		this.#ended = true;
		if (this.#verifying === 0) wipeInitiating(this.#state);
	}

	#takeCookie(datagram: Buffer, from: Address): void {
		const step = withCookie(this.#state, datagram);
		if ('drop' in step) {
			this.#ports.onDrop?.(step.drop);
			return;
		}

		this.#state = step.state;
		this.#ports.transmit(step.datagram, from);
	}

	async #takeResp(datagram: Buffer, from: Address): Promise<void> {
		this.#verifying++;
		const step = await consumeResp(this.#state, datagram, this.#ports.serverTime());
		this.#verifying--;
		if (this.#ended) {
			if (this.#verifying === 0) wipeInitiating(this.#state);
			return;
		}

		if ('drop' in step) {
			this.#ports.onDrop?.(step.drop);
			if (step.drop === 'downgrade') this.#ports.onDowngrade();
			return;
		}

		this.end();
		this.#ports.onEstablished(step.established, step.fin, from);
	}
}
