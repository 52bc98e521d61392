// Raw bytes of a terminal → events, wherever the chunks are cut. Control sequences are recognized by their form (ECMA-48), so
// that unknown ones are passed over whole and never typed. What does not end is ended by a pause, and Ctrl-C is always a key.
import {controlKey, characterEvent} from './characters.ts';
import {type KeyEvent, bare, keyPress} from './key-events.ts';
import {csiEvent, ss3Event} from './sequences.ts';

const ESC = '\u001B';
const PASTE_END = `${ESC}[201~`;

/** After a pause of so many ms an ESC was the key; a Ctrl-C in a paste that goes on was, too. */
const KEY_PAUSE_MS = 30;
/** A sequence that was cut goes on within this, ms, or has lost its end. */
const SEQUENCE_PAUSE_MS = 500;
/** And so does a paste. */
const PASTE_PAUSE_MS = 1000;
const CTRL_C = '\u0003';
/** The first clears what is written, two more quit: others at once say no more. */
const INTERRUPTS = 3;

/** UTF-16 units of one paste; what comes behind them is dropped. */
const PASTE_LIMIT = 1 << 20;
/** Characters of one control sequence; a longer one is passed over. */
const SEQUENCE_LIMIT = 128;
/** Characters of a terminal's answer, after which it is taken to have lost its end. */
const ANSWER_LIMIT = 4096;

/**
 * ground: text; escape: after ESC; csi, ss3: in a control sequence; answer: in OSC, DCS, SOS, PM or APC; mouse: in the
 * three characters of an X10 report; paste: between the brackets.
 */
type State = 'ground' | 'escape' | 'csi' | 'ss3' | 'answer' | 'mouse' | 'paste';

/** What follows ESC for the sequences that run up to ST (ECMA-48 5.6). */
const ANSWERS = ']P_^X';

export class KeyParser {
	readonly #decoder = new TextDecoder('utf-8', {ignoreBOM: true});
	#events: KeyEvent[] = [];
	#state: State = 'ground';
	/** ESC went before the ESC of this sequence. */
	#isAlt = false;
	/** The ESC stands in an answer, where it begins the end. */
	#isInAnswer = false;
	/** What the sequence holds so far; of an answer its first character, that says which it is. */
	#body = '';
	/** Characters of the answer or the mouse report so far. */
	#count = 0;
	/** The paste so far, in pieces of PASTE_LIMIT units together; its end mark as far as it has come. */
	#pieces: string[] = [];
	#pasted = 0;
	#endMark = '';
	/** Ctrl-C's at the end of the paste so far. */
	#interrupts = 0;

	/** The events that end in `chunk`: bytes, or whole characters. */
	push(chunk: Uint8Array | string): KeyEvent[] {
		const text = typeof chunk === 'string' ? chunk : this.#decoder.decode(chunk, {stream: true});
		let index = 0;
		while (index < text.length) {
			index = this.#state === 'paste' ? this.#takePaste(text, index) : this.#takeCharacter(text, index);
		}

		return this.#take();
	}

	/**
	 * After the pause: an ESC that nothing followed was the key, and `ESC [` was Alt-[. A longer sequence has lost its end and means
	 * nothing; a paste is what came of it.
	 */
	flush(): KeyEvent[] {
		if (this.#state === 'paste') {
			this.#endPaste(this.#interrupts);
		} else if (this.#state !== 'ground') {
			if (this.#isAlt) this.#emit(keyPress('escape'));
			if (this.#isKey) this.#emit(this.#state === 'escape' ? keyPress('escape') : altEvent(this.#introducer));
			this.#rest();
		}

		return this.#take();
	}

	/** Without a byte for so many ms, the caller flushes; undefined when there is nothing to wait for. */
	get pause(): number | undefined {
		if (this.#state === 'ground') return undefined;
		if (this.#state !== 'paste') return this.#isKey ? KEY_PAUSE_MS : SEQUENCE_PAUSE_MS;
		return this.#interrupts > 0 && this.#endMark === '' ? KEY_PAUSE_MS : PASTE_PAUSE_MS;
	}

	/** Whether what there is of a sequence is a key when nothing follows. */
	get #isKey(): boolean {
		if (this.#state === 'answer') return this.#count === 0;
		if (this.#state === 'escape') return !this.#isInAnswer;
		return (this.#state === 'csi' || this.#state === 'ss3') && this.#body === '';
	}

	get #introducer(): string {
		if (this.#state === 'answer') return this.#body;
		return this.#state === 'csi' ? '[' : 'O';
	}

	#take(): KeyEvent[] {
		const events = this.#events;
		this.#events = [];
		return events;
	}

	#emit(event: KeyEvent | undefined): void {
		const last = this.#events.at(-1);
		if (event?.kind === 'text' && last?.kind === 'text') {
			this.#events[this.#events.length - 1] = {kind: 'text', text: last.text + event.text};
		} else if (event !== undefined) {
			this.#events.push(event);
		}
	}

	#enter(state: State, body = ''): void {
		this.#state = state;
		this.#body = body;
		this.#count = 0;
	}

	/** Back to text. */
	#rest(): void {
		this.#enter('ground');
		this.#isAlt = false;
	}

	/** Takes the character at `index`; the result is where the next one is. */
	#takeCharacter(text: string, index: number): number {
		const code = text.codePointAt(index) ?? 0;
		const character = String.fromCodePoint(code);
		if (code === 0x1b) this.#takeEscape();
		else if (this.#state === 'ground') this.#takeGround(code);
		else if (this.#state === 'escape') this.#takeEscaped(code, character);
		else if (this.#state === 'answer') this.#takeAnswer(code);
		else if (this.#state === 'mouse') this.#takeMouse(code);
		else this.#takeSequence(code, character);
		return index + character.length;
	}

	/** ESC ends whatever was going on, and begins anew. */
	#takeEscape(): void {
		const isSecond = this.#state === 'escape';
		if (isSecond && this.#isAlt) this.#emit(keyPress('escape'));
		this.#isAlt = isSecond;
		this.#isInAnswer = this.#state === 'answer';
		this.#enter('escape');
	}

	#takeGround(code: number): void {
		if (code < 0x20 || code === 0x7f) this.#emit(controlKey(code, bare));
		else this.#emit(characterEvent(code, bare));
	}

	#takeEscaped(code: number, character: string): void {
		if (character === '\\' && this.#isInAnswer) return this.#rest();
		if (character === '[') return this.#enter('csi');
		if (character === 'O') return this.#enter('ss3');
		if (this.#isAlt) this.#emit(keyPress('escape'));
		if (character === CTRL_C) {
			if (!this.#isInAnswer) this.#emit(keyPress('escape'));
			this.#rest();
			return this.#takeGround(code);
		}

		this.#rest();
		if (ANSWERS.includes(character)) return this.#enter('answer', character);
		this.#emit(code < 0x20 || code === 0x7f ? controlKey(code, {alt: true}) : altEvent(character));
	}

	#takeAnswer(code: number): void {
		this.#count++;
		if (code === 0x07 || code === 0x9c) return this.#rest();
		if (code >= 0x20 && this.#count <= ANSWER_LIMIT) return;
		// Its end was lost: the keyboard must not be.
		this.#rest();
		this.#takeGround(code);
	}

	#takeMouse(code: number): void {
		this.#count++;
		if (this.#count === 3 || code < 0x20) this.#rest();
		// No place is a control character: the report has lost its end.
		if (code < 0x20) this.#takeGround(code);
	}

	#takeSequence(code: number, character: string): void {
		const body = this.#body;
		if (code < 0x20 || code > 0x7e) {
			// No sequence holds these: it is broken off.
			this.#rest();
			return this.#takeGround(code);
		}

		const isFinal = code >= 0x40 && !(character === '[' && body === '' && this.#state === 'csi');
		const isRxvtShift = character === '$' && /^\d+$/.test(body);
		if (!isFinal && !isRxvtShift) {
			if (body.length < SEQUENCE_LIMIT) this.#body += character;
			return;
		}

		const event = this.#eventOf(body, character);
		// Two ESC make a key one with Alt; before anything else the first was the key Escape.
		if (this.#isAlt && event?.kind !== 'key') this.#emit(keyPress('escape'));
		this.#emit(event);
		const isCsi = this.#state === 'csi';
		this.#rest();
		if (isCsi && body === '200' && character === '~') this.#enter('paste');
		// The end of a paste that a pause has ended before: there is nothing more in it.
		if (isCsi && body === '201' && character === '~') this.#emit({kind: 'paste', text: ''});
		if (isCsi && body === '' && character === 'M') this.#enter('mouse');
	}

	#eventOf(body: string, final: string): KeyEvent | undefined {
		if (body.length === SEQUENCE_LIMIT) return undefined;
		if (this.#state === 'csi') return csiEvent(body, final, this.#isAlt);
		return body === '' ? ss3Event(final, this.#isAlt) : csiEvent(`1;${body}`, final, this.#isAlt);
	}

	/** Takes pasted text from `index` on, up to the end mark; the result is where what follows is. */
	#takePaste(text: string, index: number): number {
		if (this.#endMark === '') {
			const escape = text.indexOf(ESC, index);
			const end = escape === -1 ? text.length : escape;
			this.#keep(text.slice(index, end));
			if (escape !== -1) this.#endMark = ESC;
			return escape === -1 ? end : end + 1;
		}

		if (text[index] !== PASTE_END[this.#endMark.length]) {
			this.#keep(this.#endMark);
			this.#endMark = '';
			return index;
		}

		this.#endMark += text[index];
		if (this.#endMark === PASTE_END) this.#endPaste(0);
		return index + 1;
	}

	/** The last `interrupts` of its characters were keys. */
	#endPaste(interrupts: number): void {
		const whole = this.#pieces.join('');
		let {length} = whole;
		for (let left = interrupts; left > 0 && whole[length - 1] === CTRL_C; left--) length--;
		const pasted = whole.slice(0, length).toWellFormed();
		this.#emit({kind: 'paste', text: pasted.replaceAll(/\r\n?/g, '\n')});
		for (let left = Math.min(interrupts, INTERRUPTS); left > 0; left--) this.#emit(controlKey(3, bare));
		this.#pieces = [];
		this.#pasted = 0;
		this.#endMark = '';
		this.#interrupts = 0;
		this.#rest();
	}

	#keep(text: string): void {
		let end = text.length;
		while (end > 0 && text[end - 1] === CTRL_C) end--;
		if (text !== '') this.#interrupts = text.length - end + (end === 0 ? this.#interrupts : 0);
		const piece = text.slice(0, PASTE_LIMIT - this.#pasted);
		this.#pasted += piece.length;
		if (piece !== '') this.#pieces.push(piece);
	}
}

/** ESC and a character: Alt is held down. */
function altEvent(character: string): KeyEvent | undefined {
	return characterEvent(character.codePointAt(0) ?? 0, {...bare, alt: true});
}
