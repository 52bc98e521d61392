// Names in alphabetical order, of which any page is at hand: kept in short runs, so that a name that comes or goes moves few others.

/** A run that grows longer is cut in two. */
const RUN_LIMIT = 512;

export class SortedNames {
	/** None is empty; all names of a run come before those of the next. */
	readonly #runs: string[][] = [];

	/** The name must not be there. */
	add(name: string): void {
		const at = this.#runOf(name);
		const run = this.#runs[at];
		if (run === undefined) {
			this.#runs.push([name]);
			return;
		}

		run.splice(placeIn(run, name), 0, name);
		if (run.length > RUN_LIMIT) this.#runs.splice(at + 1, 0, run.splice(RUN_LIMIT / 2));
	}

	/** The name must be there. */
	remove(name: string): void {
		const at = this.#runOf(name);
		const run = this.#runs[at]!;
		run.splice(placeIn(run, name), 1);
		if (run.length === 0) this.#runs.splice(at, 1);
	}

	/** At most `limit` names without the first `from`. */
	page(from: number, limit: number): string[] {
		const names: string[] = [];
		let skipped = 0;
		for (const run of this.#runs) {
			if (names.length === limit) break;
			const start = Math.min(run.length, Math.max(0, from - skipped));
			skipped += run.length;
			names.push(...run.slice(start, start + limit - names.length));
		}

		return names;
	}

	/** The last run that does not begin behind the name; the first one if all do. */
	#runOf(name: string): number {
		let [low, high] = [0, this.#runs.length];
		while (high - low > 1) {
			const middle = (low + high) >> 1;
			if (this.#runs[middle]![0]! <= name) low = middle;
			else high = middle;
		}

		return low;
	}
}

/** Where the name stands in the run, or would. */
function placeIn(run: readonly string[], name: string): number {
	let [low, high] = [0, run.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if (run[middle]! < name) low = middle + 1;
		else high = middle;
	}

	return low;
}
