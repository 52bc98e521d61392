// Who is typing, as two people tell each other: how often we say it, and how long what the peer says holds. None of it is kept.
import {TYPING_EVERY_MS, TYPING_HOLDS_MS, TYPING_PAUSE_MS} from '../content/typing.ts';

const NEVER = Number.POSITIVE_INFINITY;

export class Typing {
	/** Ms of a clock that only runs forward, as every time here. */
	readonly #elapsed: () => number;
	readonly #say: (isTyping: boolean) => void;
	/** When we last said that we type. */
	#saidAt = -NEVER;
	/** When we say that we do not, unless another key stroke comes; NEVER while the peer does not hold us for typing. */
	#pauseAt = NEVER;
	/** Until when what the peer has said holds; NEVER while it does not type. */
	#heldUntil = NEVER;

	constructor(elapsed: () => number, say: (isTyping: boolean) => void) {
		this.#elapsed = elapsed;
		this.#say = say;
	}

	/** Whether the peer is typing, as of the last `run`. */
	get heard(): boolean {
		return this.#heldUntil !== NEVER;
	}

	/** When `run` is next due. */
	get deadline(): number {
		return Math.min(this.#pauseAt, this.#heldUntil);
	}

	/** A key stroke here, or the end of typing: says what is news, and no more often than the rule allows. */
	tell(isTyping: boolean): void {
		const now = this.#elapsed();
		if (!isTyping) {
			const isNews = this.#pauseAt !== NEVER;
			this.sent();
			if (isNews) this.#say(false);
		} else if (now - this.#saidAt >= TYPING_EVERY_MS) {
			this.#saidAt = now;
			this.#pauseAt = now + TYPING_PAUSE_MS;
			this.#say(true);
		} else if (this.#pauseAt !== NEVER) {
			this.#pauseAt = now + TYPING_PAUSE_MS;
		}
	}

	/** A text has gone to the peer, which says as much as `false`. */
	sent(): void {
		this.#pauseAt = NEVER;
	}

	/** What the peer says of itself; false with each text of it. */
	hear(isTyping: boolean): void {
		this.#heldUntil = isTyping ? this.#elapsed() + TYPING_HOLDS_MS : NEVER;
	}

	/** Does what is due. */
	run(): void {
		const now = this.#elapsed();
		if (now >= this.#pauseAt) this.tell(false);
		if (now >= this.#heldUntil) this.hear(false);
	}

	/** Nobody is there to tell or to be heard. */
	forget(): void {
		this.sent();
		this.hear(false);
	}
}
