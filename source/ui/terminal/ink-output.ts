// What Ink draws on: a sheet of rows. Those that have changed go to the terminal, each drawn in its absolute place, whatever the
// terminal makes of what is in them.
import {type WriteStream} from 'node:tty';
import {type RowForm, wholeRow} from './ascii.ts';
import {rowBytes} from './row-writer.ts';

/** Synchronized output (mode 2026): what is written in between is seen at once, or, where that is not known, as it comes. */
const HOLD = '\u001B[?2026h';
const SHOW = '\u001B[?2026l';
/** The cursor to be seen, and not (DECTCEM). */
const CURSOR = '\u001B[?25h';
const NO_CURSOR = '\u001B[?25l';
/** The alternate screen. */
const ALTERNATE = '\u001B[?1049h';
/**
 * What a stray program may have changed: insertion (IRM), the margins (DECSTBM), their origin (DECOM), the character set
 * (SI, SCS) and colours; nothing goes on in the next row (DECAWM); and a blank screen.
 */
const AFRESH = '\u001B[4l\u001B[?6l\u001B[r\u000F\u001B(B\u001B[0m\u001B[?7l\u001B[2J';

/** All that Ink writes but for text, its colours and its links (ECMA-48 8.3, by final byte). */
const order = /\n|\p{Cc}\[(\??)([\d;]*)([ABEGHJKhl])/gu;

type Cursor = {readonly x: number; readonly y: number};

export class InkOutput {
	readonly #stdout: WriteStream;
	#form: RowForm;
	/** What is to be seen, by row: as many as Ink draws. It erases a row before it writes there. */
	#rows: string[] = [];
	#x = 0;
	#y = 0;
	#cursor: Cursor | undefined;
	/** What is to be seen already, by row; undefined where that is not known. As many as the terminal has. */
	#drawn: Array<string | undefined> = [];
	#drawnCursor: Cursor | undefined;
	/** Of the terminal when it was drawn on; '' where it is to be drawn on afresh. */
	#size = '';
	#isHeld = false;
	/** The alternate screen is on. */
	#isOurs = false;

	constructor(stdout: WriteStream, form = wholeRow) {
		this.#stdout = stdout;
		this.#form = form;
	}

	/** Another look of the same rows: all is drawn anew. */
	set form(form: RowForm) {
		if (form === this.#form) return;
		this.#form = form;
		this.#size = '';
		this.#draw();
	}

	/** As the stream that Ink asks for. */
	get stream(): WriteStream {
		return this as unknown as WriteStream;
	}

	get isTTY(): boolean {
		return this.#stdout.isTTY;
	}

	get columns(): number {
		return this.#stdout.columns;
	}

	get rows(): number {
		return this.#stdout.rows;
	}

	get writable(): boolean {
		return this.#stdout.writable;
	}

	get destroyed(): boolean {
		return this.#stdout.destroyed;
	}

	get writableEnded(): boolean {
		return this.#stdout.writableEnded;
	}

	on(event: string, listener: (...args: unknown[]) => void): this {
		this.#stdout.on(event, listener);
		return this;
	}

	off(event: string, listener: (...args: unknown[]) => void): this {
		this.#stdout.off(event, listener);
		return this;
	}

	/** Takes what Ink writes; `onDone` is called when the terminal has all that was written before. */
	write(text: string, onDone?: () => void): boolean {
		let end = 0;
		for (const {0: found, 1: mark = '', 2: numbers = '', 3: final = '', index} of text.matchAll(order)) {
			this.#put(text.slice(end, index));
			end = index + found.length;
			if (found === '\n') this.#y++;
			else if (mark === '?') this.#switch(Number(numbers), final === 'h', found);
			else this.#move(final, numbers);
		}

		this.#put(text.slice(end));
		if (!this.#isHeld) this.#draw();
		return onDone === undefined || this.#stdout.write('', onDone);
	}

	/** Draws every cell anew, and whatever was done to the terminal is undone. */
	repaint(): void {
		this.#size = '';
		this.#draw(ALTERNATE);
	}

	/** Writes `bytes`, which leave marks on row `y` (from 0) and the cursor anywhere, and draws that row anew: none of it is seen. */
	interlude(bytes: string, y: number): void {
		this.#drawn[y] = undefined;
		this.#drawnCursor = undefined;
		this.#draw(bytes);
	}

	#put(text: string): void {
		if (text !== '') this.#rows[this.#y] = (this.#rows[this.#y] ?? '') + text;
	}

	#switch(mode: number, isOn: boolean, bytes: string): void {
		if (mode === 2026) this.#isHeld = isOn;
		else if (mode === 25) this.#cursor = isOn ? {x: this.#x, y: this.#y} : undefined;
		else this.#stdout.write(bytes);
		if (mode !== 1049) return;
		this.#isOurs = isOn;
		[this.#rows, this.#x, this.#y] = [[], 0, 0];
		this.#cursor = undefined;
		this.#size = '';
		if (!isOn) this.#stdout.write(CURSOR);
	}

	#move(final: string, numbers: string): void {
		const [first = 0, second = 0] = numbers.split(';').map(Number);
		const step = Math.max(1, first);
		if (final === 'A') this.#y = Math.max(0, this.#y - step);
		else if (final === 'B') this.#y += step;
		else if (final === 'E') [this.#x, this.#y] = [0, this.#y + step];
		else if (final === 'G') this.#x = step - 1;
		else if (final === 'H') [this.#x, this.#y] = [Math.max(1, second) - 1, step - 1];
		else if (final === 'J') this.#rows.length = Math.min(this.#rows.length, this.#y);
		else if (final === 'K') this.#rows[this.#y] = '';
	}

	/** Writes what is to be seen and is not; `first` before it. */
	#draw(first = ''): void {
		// Between two frames Ink erases all: the next one follows.
		if (!this.#isOurs || !this.#rows.some(row => row !== '')) return;
		const {columns, rows} = this;
		const size = `${columns} ${rows}`;
		let bytes = first;
		if (this.#size !== size) {
			[this.#size, this.#drawn, this.#drawnCursor] = [size, [], undefined];
			bytes += AFRESH;
		}

		for (let y = 0; y < rows; y++) {
			const given = this.#rows[y] ?? '';
			const row = this.#form(given);
			const before = this.#drawn[y];
			if (row !== before) bytes += rowBytes(row, {y, columns, before});
			this.#drawn[y] = row;
		}

		const [cursor, drawn] = [this.#cursor, this.#drawnCursor];
		const hasMoved = cursor?.x !== drawn?.x || cursor?.y !== drawn?.y;
		if (bytes === '' && !hasMoved) return;
		const place = cursor === undefined ? '' : `\u001B[${cursor.y + 1};${cursor.x + 1}H${CURSOR}`;
		this.#stdout.write(HOLD + NO_CURSOR + bytes + place + SHOW);
		this.#drawnCursor = cursor;
	}
}
