// Copying: the one sequence that terminals take into the clipboard, over ssh too. It is written, never asked for.
import {Buffer} from 'node:buffer';
import {throughTmux} from './modes.ts';

/** Bytes of base64 that every terminal takes; xterm's limit. */
const LIMIT = 100_000;

/** OSC 52 for `text`; undefined when it is too long. */
export function copyBytes(text: string, {isTmux}: {readonly isTmux: boolean}): string | undefined {
	const encoded = Buffer.from(text).toString('base64');
	if (encoded.length > LIMIT) return undefined;
	const bytes = `\u001B]52;c;${encoded}\u0007`;
	return isTmux ? throughTmux(bytes) : bytes;
}
