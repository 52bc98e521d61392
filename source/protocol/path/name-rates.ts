// How often something may happen for one name, and for all names together, within a window. Times in ms of a clock that only runs forward.

export type NameRate = {readonly ofOne: number; readonly ofAll: number; readonly window: number};

/** What happened within the window, oldest first: at most `ofAll`. */
export type NameTimes = ReadonlyArray<{readonly name: string; readonly at: number}>;

/** Why it may not happen for this name now: too often for it, or for all; undefined when it may. */
export function overRate(times: NameTimes, rate: NameRate, name: string, now: number): 'one' | 'all' | undefined {
	const recent = within(times, rate, now);
	if (recent.length >= rate.ofAll) return 'all';
	return recent.filter(each => each.name === name).length >= rate.ofOne ? 'one' : undefined;
}

/** The times with this one. */
export function countName(times: NameTimes, rate: NameRate, name: string, now: number): NameTimes {
	return [...within(times, rate, now), {name, at: now}].slice(-rate.ofAll);
}

function within(times: NameTimes, {window}: NameRate, now: number): NameTimes {
	return times.filter(({at}) => now - at < window);
}
