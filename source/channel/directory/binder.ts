// Keeps the directory knowing where our UDP socket is, and tells what it saw: BIND soon until it is answered, then every 25 s,
// which also keeps the mapping of a NAT alive.
import {type Buffer} from 'node:buffer';
import {type DirectorySession} from '../../protocol/login/login-keys.ts';
import {consumeBound, createBind} from '../../protocol/path/bind.ts';
import {type Address, sameAddress} from '../../wire/address.ts';
import {doubled} from '../backoff.ts';

/** Pause after an answered BIND, ms … */
const REPEAT_MS = 25_000;
/** … and after unanswered ones: after the first, then doubled up to the longest. */
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 8000;
/** BINDs in a row without an answer before the address counts as lost. */
const PATIENCE = 3;

export type BinderPorts = {
	/** Server time, ms. */
	readonly serverTime: () => number;
	readonly transmit: (datagram: Buffer, to: Address) => void;
	/** What the server saw; undefined while it does not answer. */
	readonly onBound: (observed: Address | undefined) => void;
	readonly onDrop?: () => void;
};

export class Binder {
	readonly #ports: BinderPorts;
	#target: {readonly session: DirectorySession; readonly server: Address} | undefined;
	/** Times of the BINDs since the last answer; at most SENT_LIMIT. */
	#sent: number[] = [];
	#unanswered = 0;
	#lastTime = 0;
	#observed: Address | undefined;
	#timer: NodeJS.Timeout | undefined;
	/** Who waits for the first answer. */
	#waiting: Array<() => void> = [];

	constructor(ports: BinderPorts) {
		this.#ports = ports;
	}

	/** From here on for this session, at the server's UDP address. */
	start(session: DirectorySession, server: Address): void {
		this.stop();
		this.#target = {session, server};
		this.#ask();
	}

	/** Takes a BOUND; what is none, or answers nothing of ours, is dropped. */
	receive(datagram: Buffer): void {
		const observed = this.#target && consumeBound(this.#target.session, datagram, this.#sent);
		if (observed === undefined) {
			this.#ports.onDrop?.();
			return;
		}

		this.#sent = [];
		this.#unanswered = 0;
		this.#see(observed);
		this.#release();
		this.#wait(REPEAT_MS);
	}

	/** Resolves once the server has seen our socket, or has left so many BINDs unanswered that it counts as out of reach. */
	async settled(): Promise<void> {
		if (this.#target === undefined || this.#observed !== undefined || this.#unanswered > PATIENCE) return;
		await new Promise<void>(resolve => this.#waiting.push(resolve));
	}

	stop(): void {
		clearTimeout(this.#timer);
		this.#target = undefined;
		this.#sent = [];
		this.#unanswered = 0;
		this.#lastTime = 0;
		this.#see(undefined);
		this.#release();
	}

	#ask(): void {
		if (this.#target === undefined) return;
		if (this.#unanswered >= PATIENCE) {
			this.#see(undefined);
			this.#release();
		}

		const {session, server} = this.#target;
		this.#lastTime = Math.max(Math.round(this.#ports.serverTime()), this.#lastTime + 1);
		this.#sent = [...this.#sent.slice(-SENT_LIMIT + 1), this.#lastTime];
		this.#ports.transmit(createBind(session, this.#lastTime), server);
		this.#unanswered++;
		this.#wait(doubled(FIRST_RETRY_MS, LONGEST_RETRY_MS, this.#unanswered));
	}

	#wait(pause: number): void {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => this.#ask(), pause);
	}

	#release(): void {
		for (const resolve of this.#waiting.splice(0)) resolve();
	}

	#see(observed: Address | undefined): void {
		const same = observed && this.#observed ? sameAddress(observed, this.#observed) : observed === this.#observed;
		if (same) return;
		this.#observed = observed;
		this.#ports.onBound(observed);
	}
}

const SENT_LIMIT = 8;
