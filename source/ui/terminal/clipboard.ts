// Copying: the one sequence that terminals take into the clipboard, over ssh too. It is written, never asked for. Terminals do not
// say whether they took it, so the words say what was done.
import {Buffer} from 'node:buffer';
import {throughTmux} from './modes.ts';

/** Bytes of the sequence: hterm takes no more. */
const LIMIT = 100_000;

export type Copied = 'sent' | 'tmux' | 'asked-tmux' | 'too-long';

export type CopyPorts = {
	readonly isTmux: boolean;
	readonly write: (bytes: string) => void;
	/** Whether tmux has taken a text. */
	readonly intoTmux: (text: string) => Promise<boolean>;
};

/** Gives a text to the clipboard, in tmux by its own command or else by both ways that it may let through. */
export async function copy(text: string, {isTmux, write, intoTmux}: CopyPorts): Promise<Copied> {
	const bytes = copyBytes(text, {isTmux: false});
	const wrapped = copyBytes(text, {isTmux: true});
	if (bytes === undefined || wrapped === undefined) return 'too-long';
	if (isTmux && (await intoTmux(text))) return 'tmux';
	write(bytes);
	if (!isTmux) return 'sent';
	write(wrapped);
	return 'asked-tmux';
}

/** OSC 52 for `text`; undefined when it is too long. */
export function copyBytes(text: string, {isTmux}: {readonly isTmux: boolean}): string | undefined {
	const bytes = `\u001B]52;c;${Buffer.from(text).toString('base64')}\u0007`;
	if (bytes.length > LIMIT) return undefined;
	return isTmux ? throughTmux(bytes) : bytes;
}
