// The texts that a command sends, as it reads them: each has an id, so that it is sent once even if the process that sends it is killed.
import {randomBytes} from 'node:crypto';

/** A text that becomes a message: whatever process sends it under this id, 32 hex digits, it is sent once. */
export type NewMessage = {
	readonly id: string;
	readonly text: string;
	/** Whether it is on the disk. */
	readonly isKept: boolean;
};

type ToSendOptions = {
	readonly ready?: (() => readonly string[]) | undefined;
	readonly onKept?: ((message: NewMessage) => void) | undefined;
};

export class ToSend {
	readonly #read: () => Promise<string | undefined>;
	readonly #ready: () => readonly string[];
	readonly #onKept: (message: NewMessage) => void;
	/** The last that was taken. */
	last: NewMessage | undefined;
	#comesAgain = false;
	#next: Promise<NewMessage | undefined> | undefined;

	/** `read` gives the next text, undefined behind the last one; `ready` those behind it that need no waiting for; `onKept` is told of each once. */
	constructor(read: () => Promise<string | undefined>, {ready = () => [], onKept = () => {}}: ToSendOptions = {}) {
		this.#onKept = onKept;
		this.#read = read;
		this.#ready = ready;
	}

	/** Undefined behind the last one. Rejects as `read` does. */
	async next(): Promise<NewMessage | undefined> {
		if (this.#comesAgain) {
			this.#comesAgain = false;
			return this.last;
		}

		// What was asked for by a process that has ended is still being read.
		this.#next ??= this.#take();
		const next = this.#next;
		const message = await next;
		if (this.#next === next) this.#next = undefined;
		return message;
	}

	/** Texts behind the last one that are here already, and that this process sends itself: none while one before them is still to be given. */
	ready(): readonly string[] {
		return this.#next === undefined && !this.#comesAgain ? this.#ready() : [];
	}

	/** The last one is on the disk. */
	kept(): void {
		if (this.last === undefined || this.last.isKept) return;
		this.last = {...this.last, isKept: true};
		this.#onKept(this.last);
	}

	/** The process that sent them has ended: the last one is given once more to the one that goes on. */
	again(): void {
		this.#comesAgain = this.last !== undefined;
	}

	async #take(): Promise<NewMessage | undefined> {
		const text = await this.#read();
		if (text === undefined) return undefined;
		this.last = {id: randomBytes(16).toString('hex'), text, isKept: false};
		return this.last;
	}
}
