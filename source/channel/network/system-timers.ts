// Timers that are handed in: a test moves time by hand.

export type Timers = {
	/** Runs `task` once, `ms` from now; the result takes that back. */
	readonly after: (ms: number, task: () => void) => () => void;
};

/** They do not keep the process from ending. */
export const systemTimers: Timers = {
	after(ms, task) {
		const timer = setTimeout(task, ms).unref();
		return () => clearTimeout(timer);
	},
};
