// Sequences that switch the terminal's mouse reports on and off: buttons and wheel (xterm 1000), with cells as numbers (1006).

export const MOUSE_ON = '\u001B[?1000h\u001B[?1006h';
export const MOUSE_OFF = '\u001B[?1006l\u001B[?1000l';

/** What tmux hands on to the terminal outside of it, where that is allowed (`allow-passthrough`). */
export function throughTmux(bytes: string): string {
	return `\u001BPtmux;${bytes.replaceAll('\u001B', '\u001B\u001B')}\u001B\\`;
}
