// The last lines of the log, for who watches.
import {type Clock} from './clock.ts';
import {type Log, type LogEntry, createLog} from './log.ts';

/** Lines kept: more than most terminals have rows. */
export const RECENT_LIMIT = 100;

/** A line of the log, and when it was written, ms. */
export type Line = Pick<LogEntry, 'level' | 'text'> & {readonly at: number};

/** A log that is kept and not printed: what strangers repeat is counted in it as in the other. */
export class Recent {
	/** The oldest first; at most RECENT_LIMIT. */
	readonly #lines: Line[] = [];
	readonly #log: Log;

	constructor(clock: Clock) {
		this.#log = createLog(clock.elapsed, ({level, text}) => {
			this.#lines.push({at: clock.now(), level, text});
			if (this.#lines.length > RECENT_LIMIT) this.#lines.shift();
		});
	}

	get emit(): Log['emit'] {
		return this.#log.emit;
	}

	get lines(): readonly Line[] {
		return this.#lines;
	}

	close(): void {
		this.#log.close();
	}
}
