// Telling the other side that one types: while keys come, and not any more when they have stopped.
import {type DeskClient} from '../desk.ts';

/** Without a key for so long nobody types, ms. */
const PAUSE_MS = 6000;

export class TypingMarks {
	readonly #tell: DeskClient['typing'];
	#peer: string | undefined;
	#timer: NodeJS.Timeout | undefined;

	constructor(tell: DeskClient['typing']) {
		this.#tell = tell;
	}

	/** A key in the conversation of `peer`. */
	go(peer: string): void {
		if (peer !== this.#peer) this.stop();
		this.#peer = peer;
		this.#tell(peer, true);
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => this.stop(), PAUSE_MS).unref();
	}

	stop(): void {
		clearTimeout(this.#timer);
		if (this.#peer !== undefined) this.#tell(this.#peer, false);
		this.#peer = undefined;
	}
}
