// Questions to the directory that wait for their answers, by request number. Each is answered once: by the directory, or with 'offline'.
import {type Buffer} from 'node:buffer';
import {Reader} from '../../wire/cursor.ts';
import {FRAME} from '../../wire/frame.ts';

/** For an answer to a request, ms. */
const ANSWER_MS = 10_000;
/** Questions without an answer yet. */
const QUESTION_LIMIT = 256;

export type Refusal = {readonly retryAfter: number};
/** No answer in time or before the connection ended, or too many questions are open. */
export type Unanswered = 'offline';

type Question = {
	/** The frame type that answers it. */
	readonly type: number;
	/** Undefined for what no honest server answers. */
	readonly read: (body: Buffer) => unknown;
	readonly resolve: (answer: never) => void;
	readonly timer: NodeJS.Timeout;
};

export class Questions {
	/** By request number; QUESTION_LIMIT at most. A change of password has number 0, and is alone. */
	readonly #open = new Map<number, Question>();
	readonly #send: (type: number, body: Buffer) => void;
	#lastRequest = 0;
	#isOver = false;

	constructor(send: (type: number, body: Buffer) => void) {
		this.#send = send;
	}

	newRequest(): number {
		this.#lastRequest = (this.#lastRequest % 0xff_ff_ff_ff) + 1;
		return this.#lastRequest;
	}

	/** Sends a question, and waits for the frame of `answerType` that answers it. */
	async ask<T>(
		request: number,
		type: number,
		body: Buffer,
		answerType: number,
		read: (body: Buffer) => T | undefined,
	): Promise<T | Refusal | Unanswered> {
		if (this.#isOver || this.#open.size >= QUESTION_LIMIT || this.#open.has(request)) return 'offline';
		return new Promise(resolve => {
			const timer = setTimeout(() => this.answer(request, 'offline'), ANSWER_MS);
			this.#open.set(request, {type: answerType, read, resolve, timer});
			this.#send(type, body);
		});
	}

	answer(request: number, answer: unknown): void {
		const question = this.#open.get(request);
		if (question === undefined) return;
		this.#open.delete(request);
		clearTimeout(question.timer);
		question.resolve(answer as never);
	}

	/** Takes an answer; false when no honest server sends it. One that nobody waits for any more is passed over. */
	take(type: number, body: Buffer): boolean {
		const reader = new Reader(body);
		const request = type === FRAME.changed ? 0 : reader.u32();
		const question = this.#open.get(request);
		if (reader.failed || question?.type !== type) return !reader.failed;
		const answer = question.read(body);
		if (answer !== undefined) this.answer(request, answer);
		return answer !== undefined;
	}

	/** The connection has ended. */
	end(): void {
		this.#isOver = true;
		for (const request of this.#open.keys()) this.answer(request, 'offline');
	}
}
