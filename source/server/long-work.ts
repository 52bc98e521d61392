// Long work in parts: a part in each turn of the event loop, so that everybody else is served in between.

/** How many items are looked at in one turn, where each costs a sealed record and a write to a socket: 1 to 2 ms. */
export const TOLD_A_TURN = 48;
/** The same where most items cost a comparison: below 1 ms. */
export const LOOKED_AT_A_TURN = 1024;

/** Runs what is handed in, in its order, a part in each turn. */
export class LongWork {
	/** Work that is not done, the next first. The first part of it runs in the next turn. As much as callers hand in. */
	readonly #waiting: Array<Iterator<unknown>> = [];
	readonly #perTurn: number;
	#isScheduled = false;

	constructor(perTurn: number) {
		this.#perTurn = perTurn;
	}

	/** Whether all is done. */
	get isIdle(): boolean {
		return this.#waiting.length === 0;
	}

	/** Calls `act` for each item. The items are those of now. A few are done before this returns, when nothing waits. */
	each<Item>(items: Iterable<Item>, act: (item: Item) => void): void {
		const list = [...items];
		if (this.#waiting.length === 0 && list.length <= this.#perTurn) {
			for (const item of list) act(item);
			return;
		}

		this.#waiting.push(
			(function* () {
				for (const item of list) yield act(item);
			})(),
		);
		this.#schedule();
	}

	/** Resolves when all that was handed in is done. */
	async done(): Promise<void> {
		while (!this.isIdle) await new Promise(resolve => setImmediate(resolve));
	}

	#schedule(): void {
		if (this.#isScheduled) return;
		this.#isScheduled = true;
		setImmediate(() => {
			this.#isScheduled = false;
			for (let done = 0; done < this.#perTurn && this.#waiting.length > 0;) {
				if (this.#waiting[0]!.next().done === true) this.#waiting.shift();
				else done++;
			}

			if (this.#waiting.length > 0) this.#schedule();
		});
	}
}
