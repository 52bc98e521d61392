// Questions to the terminal, and what it answers, taken out of what is typed meanwhile.
import {Buffer} from 'node:buffer';

/** Asks what the terminal is (DA1): each knows that, and answers in the order of the questions. */
const LAST_QUESTION = '\u001B[c';
const LAST_ANSWER = /\p{Cc}\[\?[\d;]*c/u;
/** How long an answer may take, ms. */
const PATIENCE_MS = 1000;

const ESC = '\u001B';
/** Where the cursor is (CPR), what the terminal is (DA1), which modes it knows (DECRPM), its name (XTVERSION). */
const answer = new RegExp(String.raw`${ESC}\[(?:\d+;\d+R|\?[\d;]*(?:c|\$y))|${ESC}P>\|\P{Cc}*${ESC}\\`, 'gu');
/** What may become an answer. */
const beginning = new RegExp(String.raw`${ESC}(?:\[[?\d;$]*|P(?:>(?:\|\P{Cc}{0,256}${ESC}?)?)?)?$`, 'u');

export class Inquiry {
	readonly #give: (bytes: Uint8Array) => void;
	#answers = '';
	/** Of bytes that may become an answer: each a character. */
	#begun = '';
	#end: ((answers: string | undefined) => void) | undefined;
	#asked: Promise<unknown> = Promise.resolve();

	/** `give` takes what is typed. */
	constructor(give: (bytes: Uint8Array) => void) {
		this.#give = give;
	}

	/** Has `write` send the question. Resolves with all answers; with undefined when the terminal does not answer in time. */
	async ask(question: string, write: (bytes: string) => void): Promise<string | undefined> {
		const answered = Promise.withResolvers<string | undefined>();
		const timer = setTimeout(() => this.#end?.(undefined), PATIENCE_MS);
		this.#answers = '';
		this.#end = answers => {
			clearTimeout(timer);
			this.#end = undefined;
			answered.resolve(answers);
			const begun = this.#begun;
			this.#begun = '';
			if (begun !== '') this.#give(Buffer.from(begun, 'latin1'));
		};
		write(question + LAST_QUESTION);
		this.#asked = answered.promise;
		return answered.promise;
	}

	/** Resolves once no answer is to come: who has the terminal from then on would take it for something typed. */
	async isOver(): Promise<void> {
		await this.#asked;
	}

	/** Takes what the terminal sends. */
	readonly take = (bytes: Uint8Array): void => {
		if (this.#end === undefined) return this.#give(bytes);
		const text = this.#begun + Buffer.from(bytes).toString('latin1');
		const typed = text.replaceAll(answer, each => {
			this.#answers += each;
			return '';
		});
		this.#begun = beginning.exec(typed)?.[0] ?? '';
		const whole = typed.slice(0, typed.length - this.#begun.length);
		if (whole !== '') this.#give(Buffer.from(whole, 'latin1'));
		if (LAST_ANSWER.test(this.#answers)) this.#end(this.#answers);
	};
}
