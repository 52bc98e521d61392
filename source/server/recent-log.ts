// Keeps the last lines of the log for `top`.
import {type Log, type LogEntry, createLog} from './log.ts';
import {type ServerClock} from './server-clock.ts';

/** How many lines are kept: more than most terminals have rows. */
export const RECENT_LIMIT = 100;

/** A line of the log, and when it was written, ms. */
export type LogLine = Pick<LogEntry, 'level' | 'text'> & {readonly at: number};

/** A log that is kept in memory. Repeated events of strangers are counted in it, as in the printed log. */
export class RecentLog {
	/** The oldest first; at most RECENT_LIMIT. */
	readonly #lines: LogLine[] = [];
	readonly #log: Log;

	constructor(clock: ServerClock) {
		this.#log = createLog(clock.elapsed, ({level, text}) => {
			this.#lines.push({at: clock.now(), level, text});
			if (this.#lines.length > RECENT_LIMIT) this.#lines.shift();
		});
	}

	get emit(): Log['emit'] {
		return this.#log.emit;
	}

	get lines(): readonly LogLine[] {
		return this.#lines;
	}

	close(): void {
		this.#log.close();
	}
}
