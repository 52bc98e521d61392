// Sequences that switch modes of the terminal on and off.

/** Mouse reports: buttons and wheel (xterm 1000), with cells as numbers (1006). */
export const MOUSE_ON = '\u001B[?1000h\u001B[?1006h';
export const MOUSE_OFF = '\u001B[?1006l\u001B[?1000l';

/** Cells are given to grapheme clusters, not to code points (mode 2027, https://github.com/contour-terminal/terminal-unicode-core). */
export const CLUSTERS_ON = '\u001B[?2027h';
export const CLUSTERS_OFF = '\u001B[?2027l';

/** What tmux hands on to the terminal outside of it, where that is allowed (`allow-passthrough`). */
export function throughTmux(bytes: string): string {
	return `\u001BPtmux;${bytes.replaceAll('\u001B', '\u001B\u001B')}\u001B\\`;
}
