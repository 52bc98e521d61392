// Who gets what is typed: whoever asked last, so that a screen on top takes the keys from those below. One event after the
// other: what goes into a field is drawn before the next is looked at.
import {type KeyEvent, keyName} from '../input/key-events.ts';
import {type InkInput} from './ink-input.ts';

/** What becomes of an event: nothing more, or it is typed into the field that is drawn, or the keys of a paste come one by one. */
export type KeyListener = (event: KeyEvent) => 'field' | 'keys' | void;

/** Events that wait while a field is drawn; a paste is one. What comes on top of so many is dropped, but Ctrl-C takes their place. */
const WAITING_LIMIT = 10_000;

export class Keyboard {
	/** One a mounted screen. */
	#listeners: KeyListener[] = [];
	/** At most WAITING_LIMIT. */
	#waiting: KeyEvent[] = [];
	#isBusy = false;
	readonly #fields: InkInput;
	readonly #fail: (error: unknown) => void;

	/** `fail` is told what a listener throws. */
	constructor(fields: InkInput, fail: (error: unknown) => void) {
		this.#fields = fields;
		this.#fail = fail;
	}

	take(event: KeyEvent): void {
		if (this.#waiting.length < WAITING_LIMIT) this.#waiting.push(event);
		else if (event.kind === 'key' && keyName(event) === 'ctrl-c') this.#waiting = [event];
		if (!this.#isBusy) this.#next();
	}

	/** The result ends it. */
	listen(listener: KeyListener): () => void {
		this.#listeners.push(listener);
		return () => {
			this.#listeners = this.#listeners.filter(other => other !== listener);
		};
	}

	readonly #next = (): void => {
		this.#isBusy = false;
		for (;;) {
			const event = this.#waiting.shift();
			if (event === undefined) return;
			try {
				const outcome = this.#listeners.at(-1)?.(event);
				if (outcome === 'keys' && event.kind === 'paste') {
					this.#waiting = [...(event.keys ?? []), ...this.#waiting].slice(0, WAITING_LIMIT);
				}

				if (outcome !== 'field') continue;
			} catch (error) {
				return this.#fail(error);
			}

			this.#isBusy = true;
			this.#fields.type(event, this.#next);
			return;
		}
	};
}
