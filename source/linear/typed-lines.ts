// Lines that are typed at a terminal in raw mode: what each key does to the line, and what is echoed. Nothing goes back but over what
// is erased, and so it is known whether a line is half typed. The terminal itself is elsewhere.
import {graphemeWidth, graphemes} from '../ui/text/width.ts';
import {EscapeSequences} from '../cli/escape-sequences.ts';

/** UTF-16 units of a line; what is typed behind them is not taken. */
const LINE_LIMIT = 65_536;
const INTERRUPT = '\u0003';
const END = '\u0004';
const SUSPEND = '\u001A';
const ERASE = new Set(['\u007F', '\b']);
const ERASE_LINE = '\u0015';
const ERASE_WORD = '\u0017';

export type TypedLinesOptions = {
	readonly echo: (text: string) => void;
	/** A line has ended, and the cursor is at the beginning of one; or all of it is erased. */
	readonly onFree: (isEnded: boolean) => void;
	readonly onInterrupt: () => void;
	readonly onSuspend: () => void;
};

export class TypedLines {
	/** Whether what is typed is a secret: nothing is echoed. */
	isHidden = false;
	readonly #options: TypedLinesOptions;
	#text = '';
	/** What was typed ahead: a key does something once a line is asked for, when it is known whether it is a secret. */
	#ahead = '';
	#isOver = false;
	#take: ((line: string | undefined) => void) | undefined;
	readonly #escapes = new EscapeSequences();

	constructor(options: TypedLinesOptions) {
		this.#options = options;
	}

	get isHalfTyped(): boolean {
		return this.#text !== '';
	}

	/** The next line without its end; undefined behind the last one. */
	async next(): Promise<string | undefined> {
		return new Promise(resolve => {
			this.#take = resolve;
			this.#run();
		});
	}

	push(keys: string): void {
		// Ctrl-C does not wait for what was typed before it.
		const at = keys.lastIndexOf(INTERRUPT);
		this.#ahead = at === -1 ? this.#ahead + keys : keys.slice(at + 1);
		if (at !== -1) this.#options.onInterrupt();
		this.#run();
	}

	/** No more keys come. */
	end(): void {
		this.#isOver = true;
		this.#run();
	}

	/** Drops the line that is half typed, which stays to be seen; false when there is none. */
	drop(): boolean {
		if (this.#text === '') return false;
		this.#text = '';
		this.#options.echo('\n');
		this.#options.onFree(true);
		return true;
	}

	/** Shows what is half typed once more, as after the job was stopped. */
	repeat(): void {
		if (!this.isHidden && this.#text !== '') this.#options.echo(this.#text);
	}

	#run(): void {
		while (this.#take !== undefined && this.#ahead !== '') {
			const [key = ''] = this.#ahead;
			this.#ahead = this.#ahead.slice(key.length);
			this.#press(key);
		}

		if (this.#isOver && this.#ahead === '') this.#give(undefined);
	}

	#press(key: string): void {
		if (this.#escapes.takes(key)) return;
		if (key === '\r' || key === '\n') {
			if (key === '\r' && this.#ahead.startsWith('\n')) this.#ahead = this.#ahead.slice(1);
			const line = this.#text;
			this.#text = '';
			this.#options.echo('\n');
			this.#options.onFree(true);
			return this.#give(line);
		}

		if (key === END) {
			if (this.#text === '') this.#give(undefined);
		} else if (key === SUSPEND) {
			this.#options.onSuspend();
		} else if (ERASE.has(key)) {
			this.#erase(graphemes(this.#text).slice(-1).join(''));
		} else if (key === ERASE_WORD) {
			this.#erase(/\S*\s*$/u.exec(this.#text)?.[0] ?? '');
		} else if (key === ERASE_LINE) {
			this.#erase(this.#text);
		} else {
			this.#insert(key === '\t' ? ' ' : key);
		}
	}

	#insert(key: string): void {
		if (/\p{Cc}/u.test(key) || this.#text.length + key.length > LINE_LIMIT) return;
		this.#text += key;
		if (!this.isHidden) this.#options.echo(key);
	}

	/** The end of the line, as the kernel's own editor does it (ECHOE). */
	#erase(end: string): void {
		if (end === '') return;
		this.#text = this.#text.slice(0, this.#text.length - end.length);
		if (!this.isHidden) {
			const cells = graphemes(end).reduce((sum, each) => sum + graphemeWidth(each), 0);
			this.#options.echo('\b \b'.repeat(cells));
		}

		if (this.#text === '') this.#options.onFree(false);
	}

	#give(line: string | undefined): void {
		const take = this.#take;
		this.#take = undefined;
		take?.(line);
	}
}
