// How fast a file comes, over the last few seconds.

/** Of so much time a rate is the mean, ms. */
const SPAN_MS = 5000;
/** Marks are no closer than this, ms, so that there are few. */
const PROGRESS_MS = 250;

export class FileRate {
	#marks: Array<{readonly at: number; readonly bytes: number}> = [];

	/** So many bytes are there at `now`, ms; whether that is worth showing: not more than four times a second. */
	note(bytes: number, now: number): boolean {
		const last = this.#marks.at(-1);
		if (last !== undefined && now - last.at < PROGRESS_MS) return false;
		this.#marks.push({at: now, bytes});
		this.#marks = this.#marks.filter(({at}) => now - at <= SPAN_MS);
		return true;
	}

	/** Bytes a second; 0 before anything is known, and when nothing came for the whole span. */
	at(now: number): number {
		const marks = this.#marks.filter(({at}) => now - at <= SPAN_MS);
		const [first] = marks;
		const last = marks.at(-1);
		if (first === undefined || last === undefined || last === first) return 0;
		return ((last.bytes - first.bytes) * 1000) / (now - first.at);
	}
}
