// A terminal emulator that counts cells as terminals of today do.
import xterm from '@xterm/headless';
import {type Size} from './pseudo-terminal.ts';
import {clusters} from './widths.ts';

/** An emulator of `size` that knows of emoji. */
export function createEmulator({columns, rows}: Size): xterm.Terminal {
	const emulator = new xterm.Terminal({cols: columns, rows, allowProposedApi: true});
	emulator.unicode.register(clusters);
	emulator.unicode.activeVersion = clusters.version;
	return emulator;
}
