// From the bytes of the terminal to events, with the pauses that tell the Escape key from the start of a sequence, what has lost its
// end from what goes on, and Enter from the line ends of a paste.
import {BURST_MS, Bursts} from '../input/bursts.ts';
import {type KeyEvent} from '../input/key-events.ts';
import {KeyParser} from '../input/key-parser.ts';

/** Takes chunks of bytes, and gives their events. `now`: ms of a clock that does not jump. */
export function readInput(
	give: (event: KeyEvent) => void,
	now: () => number = () => performance.now(),
): (bytes: Uint8Array) => void {
	const parser = new KeyParser();
	const bursts = new Bursts();
	const giveAll = (events: readonly KeyEvent[]) => {
		for (const event of events) give(event);
	};

	const endBurst = after(() => giveAll(bursts.flush()));
	const take = (events: readonly KeyEvent[]) => {
		if (events.length === 0) return;
		giveAll(bursts.take(events, now()));
		endBurst(bursts.isWaiting ? BURST_MS : undefined);
	};

	const endSequence = after(() => take(parser.flush()));
	return bytes => {
		const events = parser.push(bytes);
		endSequence(parser.pause);
		take(events);
	};
}

/** Does `work` after the pause that it was given last, ms; undefined calls it off. */
function after(work: () => void): (pause: number | undefined) => void {
	let timer: NodeJS.Timeout | undefined;
	let turn: NodeJS.Immediate | undefined;
	return pause => {
		clearTimeout(timer);
		clearImmediate(turn);
		if (pause === undefined) return;
		// A process that was busy for longer has not read yet what came meanwhile: it does so before an immediate.
		timer = setTimeout(() => (turn = setImmediate(work)), pause);
	};
}
