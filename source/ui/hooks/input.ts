// From the bytes of the terminal to events, with the pause that tells the Escape key from the start of a sequence.
import {type KeyEvent} from '../input/events.ts';
import {KeyParser} from '../input/key-parser.ts';

/** A sequence that was cut in two goes on within this, ms. */
const ESCAPE_PAUSE_MS = 30;

/** Takes chunks of bytes, and gives their events. */
export function readInput(give: (event: KeyEvent) => void): (bytes: Uint8Array) => void {
	const parser = new KeyParser();
	let timer: NodeJS.Timeout | undefined;
	let turn: NodeJS.Immediate | undefined;
	const giveAll = (events: readonly KeyEvent[]) => {
		for (const event of events) give(event);
	};

	// A process that was busy for longer has not read yet what came meanwhile: it does so before an immediate.
	const flush = () => {
		turn = setImmediate(() => giveAll(parser.flush()));
	};

	return bytes => {
		clearTimeout(timer);
		clearImmediate(turn);
		giveAll(parser.push(bytes));
		if (parser.isWaiting) timer = setTimeout(flush, ESCAPE_PAUSE_MS);
	};
}
