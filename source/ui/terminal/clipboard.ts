// Copying: the one sequence that terminals take into the clipboard, over ssh too. It is written, never asked for.
import {Buffer} from 'node:buffer';
import {throughTmux} from './modes.ts';

/** Bytes of the sequence: hterm takes no more. */
const LIMIT = 100_000;

/** OSC 52 for `text`; undefined when it is too long. */
export function copyBytes(text: string, {isTmux}: {readonly isTmux: boolean}): string | undefined {
	const bytes = `\u001B]52;c;${Buffer.from(text).toString('base64')}\u0007`;
	if (bytes.length > LIMIT) return undefined;
	return isTmux ? throughTmux(bytes) : bytes;
}
