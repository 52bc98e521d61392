// What the two ends of a session say to each other on its control channel: the halves of a rekey, and where each is in its own network.
import {type Buffer} from 'node:buffer';
import {TELL_EVERY_MS} from '../protocol/path/path-limits.ts';
import {type DropReason} from '../protocol/session/drops.ts';
import {beginRekey, consumeRekey} from '../protocol/session/rekey.ts';
import {type Session} from '../protocol/session/session.ts';
import {type Address, sameAddress} from '../wire/address.ts';
import {encodeLocalAddresses} from '../wire/messages/local-addresses.ts';
import {CONTROL} from '../wire/messages/msg.ts';
import {type TransportPorts} from './transport-ports.ts';

export type SessionControlPorts = Pick<TransportPorts, 'entropy' | 'elapsed' | 'onDrop' | 'onWork'> & {
	/** Queues a message for the peer. */
	readonly say: (message: Buffer) => void;
	/** Queues something that the peer acknowledges. */
	readonly ping: () => void;
	/** The peer says where it is; why that is not taken. */
	readonly onTold: (message: Buffer) => DropReason | undefined;
};

export class SessionControl {
	readonly #session: Session;
	readonly #ports: SessionControlPorts;
	/** What the peer was told last, and when. */
	#told: readonly Address[] = [];
	#toldAt = Number.NEGATIVE_INFINITY;

	constructor(session: Session, ports: SessionControlPorts) {
		this.#session = session;
		this.#ports = ports;
	}

	async beginRekey(): Promise<void> {
		this.#say(await beginRekey(this.#session, this.#ports.entropy));
	}

	/** Takes a message of the control channel. */
	async take(message: Buffer): Promise<void> {
		const {elapsed, entropy, onDrop, onTold, onWork, ping} = this.#ports;
		if (message[0] === CONTROL.localAddresses) {
			const drop = onTold(message);
			if (drop !== undefined) onDrop?.(drop);
			return;
		}

		const step = await consumeRekey(this.#session, message, elapsed(), entropy);
		if ('drop' in step) onDrop?.(step.drop);
		if ('drop' in step || this.#session.wiped) return;
		if (step.answer !== undefined) this.#say(step.answer);
		// The first datagram of the new epoch tells the peer that its answer has arrived.
		else ping();
		onWork();
	}

	/** Tells the peer our local addresses when they are others than before; when it was told just now, with a later call. */
	tell(addresses: readonly Address[]): void {
		const isSame =
			addresses.length === this.#told.length && addresses.every((each, at) => sameAddress(each, this.#told[at]!));
		const now = this.#ports.elapsed();
		if (isSame || now - this.#toldAt < TELL_EVERY_MS) return;
		this.#told = addresses;
		this.#toldAt = now;
		this.#say(encodeLocalAddresses(addresses));
	}

	#say(message: Buffer): void {
		if (this.#session.wiped) return;
		this.#ports.say(message);
		this.#ports.onWork();
	}
}
