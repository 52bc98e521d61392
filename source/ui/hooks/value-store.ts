// A value outside React that the screen is drawn from. It changes at once; React draws afterwards.

export class ValueStore<Value> {
	#value: Value;
	/** One for each mounted hook. */
	readonly #listeners = new Set<() => void>();

	constructor(value: Value) {
		this.#value = value;
	}

	get value(): Value {
		return this.#value;
	}

	set(value: Value): void {
		if (Object.is(value, this.#value)) return;
		this.#value = value;
		for (const listener of this.#listeners) listener();
	}

	/** Merges `part` into a value that is an object. */
	put(part: Partial<Value>): void {
		this.set({...this.#value, ...part});
	}

	readonly subscribe = (listener: () => void): (() => void) => {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	};

	readonly read = (): Value => this.#value;
}
