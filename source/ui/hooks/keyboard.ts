// Hands each event to the listener that came last, so that a screen on top takes the keys from those below. One event at a
// time: what is typed into a field is drawn before the next event.
import {type KeyEvent, keyName} from '../input/key-events.ts';
import {type InkInput} from './ink-input.ts';

/**
 * Returns what to do with an event: nothing more; type it into the field that is drawn; hand over the keys of a paste or the letters of a
 * text one by one; or hand it over again once a promise is settled, before all that came after it.
 */
export type KeyListener = (event: KeyEvent) => 'field' | 'keys' | Promise<unknown> | void;

/** Events that wait at most while a field is drawn or a promise is not settled; a paste is one event. More are dropped, but Ctrl-C replaces all that wait. */
const WAITING_LIMIT = 10_000;

export class Keyboard {
	/** One for each mounted screen. */
	#listeners: KeyListener[] = [];
	/** At most WAITING_LIMIT. */
	#waiting: KeyEvent[] = [];
	#isBusy = false;
	readonly #fields: InkInput;
	readonly #fail: (error: unknown) => void;

	/** `fail` is called with what a listener throws. */
	constructor(fields: InkInput, fail: (error: unknown) => void) {
		this.#fields = fields;
		this.#fail = fail;
	}

	take(event: KeyEvent): void {
		if (this.#waiting.length < WAITING_LIMIT) this.#waiting.push(event);
		else if (event.kind === 'key' && keyName(event) === 'ctrl-c') this.#waiting = [event];
		if (!this.#isBusy) this.#next();
	}

	/** Call the result to stop. */
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
				if (outcome === 'keys') this.#waiting = [...keysOf(event), ...this.#waiting].slice(0, WAITING_LIMIT);

				if (outcome instanceof Promise) {
					this.#isBusy = true;
					this.#waiting.unshift(event);
					outcome.then(this.#next, this.#fail);
					return;
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

/** What to hand over in place of an event whose listener asks for its keys: of a text the first letter, and the rest. */
export function keysOf(event: KeyEvent): readonly KeyEvent[] {
	if (event.kind === 'paste') return event.keys ?? [];
	if (event.kind !== 'text') return [];
	const letter = String.fromCodePoint(event.text.codePointAt(0) ?? 0);
	const rest = event.text.slice(letter.length);
	return rest === '' ? [{kind: 'text', text: letter}] : [letter, rest].map(text => ({kind: 'text', text}));
}
