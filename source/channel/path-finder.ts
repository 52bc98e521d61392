// Looks for another way to a device with which a session stands, while nothing is acknowledged there any more: first what of our own
// surroundings has changed, then introductions, whose probes are offered to the session. No handshake is begun.
import {wipe} from '../crypto/bytes.ts';
import {type Device} from './device.ts';
import {type SessionOpenerPorts} from './session-opener.ts';
import {type PathDoubt} from './transport-paths.ts';

/** Our own surroundings are looked at so often while a path is in doubt, ms. */
const LOOK_AGAIN_MS = 1000;
/** Between two introductions, ms: the other side may be seen at its new address only after the first, … */
const PAUSES_MS = [1000, 1500] as const;
/** … and then, … */
const PAUSE_MS = 12_000;
/** … so that in a minute there are no more than this: the directory takes six for a name, and one is for whoever opens a session. */
const MINUTE_LIMIT = 5;
const MINUTE_MS = 60_000;
/** The pause when the directory is out of reach or the other side is not there, ms. */
const AGAIN_MS = 1000;

export type PathFinderPorts = Pick<SessionOpenerPorts, 'clock' | 'serverTime' | 'introduce' | 'prober' | 'onSuspect'>;

export class PathFinder {
	readonly #device: Device;
	readonly #ports: PathFinderPorts;
	/** When our surroundings were looked at last; undefined while there is no doubt. */
	#lookedAt: number | undefined;
	/** Introductions since the path was found suspect, and those of the last minute, at most MINUTE_LIMIT. */
	#count = 0;
	#granted: readonly number[] = [];
	#nextAt = Number.NEGATIVE_INFINITY;
	#introducing = false;

	constructor(device: Device, ports: PathFinderPorts) {
		this.#device = device;
		this.#ports = ports;
	}

	/** How it stands with the path of the session. `mayAsk`: the directory says that the device is there, and nobody else asks for it. */
	run(doubt: PathDoubt, mayAsk: boolean): void {
		if (doubt === 'none') {
			this.#lookedAt = undefined;
			this.#count = 0;
			return;
		}

		const now = this.#ports.clock.elapsed();
		if (now - (this.#lookedAt ?? Number.NEGATIVE_INFINITY) >= LOOK_AGAIN_MS) {
			this.#lookedAt = now;
			this.#ports.onSuspect?.();
		}

		if (doubt === 'suspect' && mayAsk && !this.#introducing && now >= this.#dueAt(now)) void this.#ask();
	}

	/** When `run` is next due, on the elapsed clock. */
	deadline(doubt: PathDoubt): number {
		if (doubt === 'none') return Number.POSITIVE_INFINITY;
		const now = this.#ports.clock.elapsed();
		const lookAt = (this.#lookedAt ?? now) + LOOK_AGAIN_MS;
		const askAt = this.#dueAt(now);
		return doubt === 'suspect' && askAt > now ? Math.min(lookAt, askAt) : lookAt;
	}

	/** The directory is back, or says that the device is: nothing is to be waited for. */
	hurry(): void {
		this.#count = 0;
		this.#nextAt = Number.NEGATIVE_INFINITY;
	}

	#dueAt(now: number): number {
		this.#granted = this.#granted.filter(at => now - at < MINUTE_MS);
		const [oldest = 0] = this.#granted;
		return this.#granted.length < MINUTE_LIMIT ? this.#nextAt : Math.max(this.#nextAt, oldest + MINUTE_MS);
	}

	async #ask(): Promise<void> {
		const {clock, introduce, prober, serverTime} = this.#ports;
		this.#introducing = true;
		const granted = await introduce(this.#device);
		this.#introducing = false;
		const now = clock.elapsed();
		if (typeof granted === 'string' || 'retryAfter' in granted) {
			const asked = typeof granted === 'string' ? 0 : Math.min(granted.retryAfter * 1000, MINUTE_MS);
			this.#nextAt = now + Math.max(AGAIN_MS, asked);
			return;
		}

		this.#granted = [...this.#granted, now];
		this.#nextAt = now + (PAUSES_MS[this.#count++] ?? PAUSE_MS);
		const {key, ticket, ways: where, time = 0} = granted;
		const peer = {role: 'initiator', name: this.#device.account, key, ticket, age: serverTime() - time} as const;
		// What they prove is offered to the sessions that stand; there may be none any more, or no doubt.
		const probes = where && this.#lookedAt !== undefined ? prober.begin({...peer, where}) : undefined;
		if (probes !== undefined) prober.leave(probes);
		wipe(key);
	}
}
