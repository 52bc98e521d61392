// Pastes that a terminal does not mark: lines that come faster than anybody types them. Enter sends, and pasting never does.
import {type KeyEvent, keyName} from './key-events.ts';

/** What comes within this of what came before is one burst, ms. Fingers are slower; terminals that paste are faster. */
export const BURST_MS = 20;

/** What a clipboard's lines are made of, as keys. */
const WHITE: Readonly<Record<string, string>> = {enter: '\n', 'ctrl-j': '\n', tab: '\t'};

/**
 * Of a burst with text in it, an Enter that is the last key and the only line end is the key: a line, and Enter behind it, come so from
 * scripts and over slow lines. An Enter that text or another line end follows at once makes all of the burst a paste.
 */
export class Bursts {
	/** The Enter that ends what came so far: until nothing follows it, it may be a line end. */
	#held: KeyEvent | undefined;
	/** When a piece of a line came last, and whether text was in what it belongs to, and whether it was a paste. */
	#lastAt = -Infinity;
	#hasText = false;
	#isPaste = false;

	/** What is known of `events`, which came together at `now`, ms of a clock that does not jump. */
	take(events: readonly KeyEvent[], now: number): KeyEvent[] {
		const known: KeyEvent[] = [];
		if (this.#held === undefined && now - this.#lastAt > BURST_MS) this.#end();
		let run: KeyEvent[] = [];
		for (const event of events) {
			if (pieceOf(event) !== undefined) {
				run.push(event);
				continue;
			}

			known.push(...this.#takeRun(run), ...this.flush(), event);
			run = [];
		}

		known.push(...this.#takeRun(run));
		if (run.length > 0) this.#lastAt = now;
		return known.filter(event => event.kind !== 'paste' || event.text !== '');
	}

	/** Nothing has followed for BURST_MS: the Enter was a key. */
	flush(): KeyEvent[] {
		const held = this.#held;
		this.#end();
		return held === undefined ? [] : [held];
	}

	/** Whether flush would tell of a key. */
	get isWaiting(): boolean {
		return this.#held !== undefined;
	}

	#end(): void {
		this.#held = undefined;
		this.#lastAt = -Infinity;
		this.#hasText = false;
		this.#isPaste = false;
	}

	/** Pieces of lines that came together. */
	#takeRun(run: readonly KeyEvent[]): KeyEvent[] {
		if (run.length === 0) return [];
		const whole = this.#held === undefined ? run : [this.#held, ...run];
		this.#held = undefined;
		this.#hasText ||= run.some(({kind}) => kind === 'text');
		const enter = whole.findIndex(event => pieceOf(event) === '\n' && isEnter(event));
		const goesOn = enter !== -1 && whole.slice(enter + 1).some(event => pieceOf(event) !== '\t');
		this.#isPaste ||= this.#hasText && goesOn;
		if (this.#isPaste) return [pasteOf(whole)];
		if (!this.#hasText || enter !== whole.length - 1) return [...whole];
		this.#held = whole[enter];
		return whole.slice(0, -1);
	}
}

function isEnter(event: KeyEvent): boolean {
	return event.kind === 'key' && keyName(event) === 'enter';
}

/** What an event is of a text; undefined for what no clipboard types. The end mark of a paste has nothing before it but text. */
function pieceOf(event: KeyEvent): string | undefined {
	if (event.kind === 'text') return event.text;
	if (event.kind === 'paste') return event.text === '' ? '' : undefined;
	return event.kind === 'key' ? WHITE[keyName(event)] : undefined;
}

function pasteOf(keys: readonly KeyEvent[]): KeyEvent {
	let text = '';
	for (const [index, event] of keys.entries()) {
		const before = keys[index - 1];
		// CR LF is one line end.
		const isSecond = event.kind === 'key' && keyName(event) === 'ctrl-j' && before !== undefined && isEnter(before);
		if (!isSecond) text += pieceOf(event) ?? '';
	}

	return {kind: 'paste', text, keys};
}
