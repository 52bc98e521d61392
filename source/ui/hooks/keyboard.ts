// Who gets what is typed: whoever asked last, so that a screen on top takes the keys from those below.
import {type KeyEvent} from '../input/events.ts';

export type Listener = (event: KeyEvent) => void;

export class Keyboard {
	/** One a mounted screen. */
	#listeners: Listener[] = [];

	take(event: KeyEvent): void {
		this.#listeners.at(-1)?.(event);
	}

	/** The result ends it. */
	listen(listener: Listener): () => void {
		this.#listeners.push(listener);
		return () => {
			this.#listeners = this.#listeners.filter(other => other !== listener);
		};
	}
}
