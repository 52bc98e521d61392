// What Ink and its components read: no bytes of the terminal, but what has been recognised as text for a field, and Backspace.
import {EventEmitter} from 'node:events';
import {type ReadStream} from 'node:tty';
import {type KeyEvent} from '../input/key-events.ts';

const BACKSPACE = '\u007F';

export class InkInput extends EventEmitter {
	readonly isTTY = true;
	#piece: string | null = null;

	/** Types an event into the field that has the cursor, once what happened before is drawn; `done` once this is. */
	type(event: KeyEvent, done: () => void): void {
		whenDrawn(() => {
			this.#piece = event.kind === 'text' || event.kind === 'paste' ? fieldText(event.text) : BACKSPACE;
			if (this.#piece !== '') this.emit('readable');
			whenDrawn(done);
		});
	}

	/** As a stream that Ink reads until nothing is left. */
	read(): string | null {
		const piece = this.#piece;
		this.#piece = null;
		return piece;
	}

	/** As the stream that Ink asks for: the modes of the terminal are kept elsewhere. */
	get stream(): ReadStream {
		return this as unknown as ReadStream;
	}

	setRawMode(): this {
		return this;
	}

	setEncoding(): this {
		return this;
	}

	ref(): this {
		return this;
	}

	unref(): this {
		return this;
	}
}

/** React draws in the first of these turns, and subscribes what is mounted anew in the second. */
function whenDrawn(work: () => void): void {
	setImmediate(() => setImmediate(work));
}

/** One line without control characters; the line end that a clipboard adds is not meant. */
function fieldText(text: string): string {
	return text
		.replace(/\n+$/, '')
		.replaceAll(/\p{Cc}+/gu, ' ')
		.toWellFormed();
}
