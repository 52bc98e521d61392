// Clock and timers that a test moves by hand.
import {type Timers} from '../../../source/channel/network/system-timers.ts';

export class HandMovedTime {
	#elapsed = 0;
	/** Of the wall clock over the other one, ms. */
	#ahead = 1_700_000_000_000;
	#tasks: Array<{readonly at: number; readonly task: () => void}> = [];

	readonly clock = {now: () => this.#elapsed + this.#ahead, elapsed: () => this.#elapsed};
	readonly timers: Timers = {
		after: (ms, task) => {
			const entry = {at: this.#elapsed + ms, task};
			this.#tasks.push(entry);
			return () => {
				this.#tasks = this.#tasks.filter(each => each !== entry);
			};
		},
	};

	/** The ms from now at which something is due. */
	get due(): number[] {
		return this.#tasks.map(({at}) => at - this.#elapsed).toSorted((a, b) => a - b);
	}

	/** Runs what falls due in the next `ms`, each at its time. */
	pass(ms: number): void {
		const end = this.#elapsed + ms;
		for (let count = 0; count < 10_000; count++) {
			const [next] = this.#tasks.toSorted((a, b) => a.at - b.at);
			if (next === undefined || next.at > end) {
				this.#elapsed = end;
				return;
			}

			this.#elapsed = Math.max(this.#elapsed, next.at);
			this.#tasks = this.#tasks.filter(each => each !== next);
			next.task();
		}

		throw new Error('timers without end');
	}

	/** The process is stopped for `ms`: both clocks go on, no timer fires in between. */
	stopFor(ms: number): void {
		this.#elapsed += ms;
	}

	/** The machine sleeps: the wall clock alone goes on. */
	sleepFor(ms: number): void {
		this.#ahead += ms;
	}
}
