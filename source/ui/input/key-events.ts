// What a terminal tells the program: keys, text, pastes, focus and the wheel.

export type Modifiers = {readonly ctrl: boolean; readonly alt: boolean; readonly shift: boolean};

export type Key = Modifiers & {
	readonly kind: 'key';
	/** `enter`, `up`, `f1`…, or the lower-case character that is held down with ctrl or alt. */
	readonly key: string;
};

export type KeyEvent =
	| Key
	/** Typed characters without control characters; how a run of them is cut into events follows the chunks. */
	| {readonly kind: 'text'; readonly text: string}
	/**
	 * All of one paste, line ends as newlines, and anything else a clipboard may hold. `keys`, where the terminal did not say that
	 * it is one: what it was taken from.
	 */
	| {readonly kind: 'paste'; readonly text: string; readonly keys?: readonly KeyEvent[]}
	| {readonly kind: 'focus'; readonly focused: boolean}
	/** One notch, at a cell counted from 0. */
	| {readonly kind: 'wheel'; readonly direction: 'up' | 'down'; readonly column: number; readonly row: number}
	/** The left button went down, at a cell counted from 0. */
	| {readonly kind: 'click'; readonly column: number; readonly row: number};

export const bare: Modifiers = {ctrl: false, alt: false, shift: false};

export function keyPress(key: string, modifiers: Modifiers = bare): Key {
	return {kind: 'key', key, ctrl: modifiers.ctrl, alt: modifiers.alt, shift: modifiers.shift};
}

/** The name that key tables write: modifiers in the order ctrl, alt, shift, as in `ctrl-alt-end`. */
export function keyName({key, ctrl, alt, shift}: Key): string {
	return `${ctrl ? 'ctrl-' : ''}${alt ? 'alt-' : ''}${shift ? 'shift-' : ''}${key}`;
}
