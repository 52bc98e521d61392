// A store whose answers a test holds back: the work is done, and whoever asked hears of it when the test says so. Or it fails.
import {type DirectoryStore} from '../../source/server/store/directory-store.ts';
import {within} from '../../tools/within.ts';

type Operation = {
	[Key in keyof DirectoryStore]: DirectoryStore[Key] extends (...args: never[]) => Promise<unknown> ? Key : never;
}[keyof DirectoryStore];

const PATIENCE_MS = 20_000;

export class HeldStore {
	readonly store: DirectoryStore;
	readonly #held = new Map<Operation, Array<() => void>>();
	readonly #failing = new Map<Operation, Error>();
	#asked: () => void = () => {};

	constructor(inner: DirectoryStore) {
		this.store = new Proxy(inner, {
			get: (target, key, receiver) => {
				const value: unknown = Reflect.get(target, key, receiver);
				if (typeof value !== 'function' || key === 'rows' || key === 'close') return value;
				return async (...args: unknown[]) => this.#answer(key as Operation, Reflect.apply(value, target, args));
			},
		});
	}

	/** From now on answers of this operation wait. */
	hold(operation: Operation): void {
		this.#held.set(operation, []);
	}

	/** From now on this operation fails, until it is released. */
	fail(operation: Operation): void {
		this.#failing.set(operation, new Error('the disk is on fire'));
	}

	/** Resolves when so many answers of the operation wait. */
	async waiting(operation: Operation, count = 1): Promise<void> {
		while ((this.#held.get(operation)?.length ?? 0) < count) {
			const asked = new Promise<void>(resolve => {
				this.#asked = resolve;
			});
			await within(asked, PATIENCE_MS, () => `${operation} was not asked ${count} times`);
		}
	}

	/** Lets them go, and those to come. */
	release(operation: Operation): void {
		const held = this.#held.get(operation) ?? [];
		this.#held.delete(operation);
		this.#failing.delete(operation);
		for (const go of held) go();
	}

	async #answer(operation: Operation, result: unknown): Promise<unknown> {
		const failure = this.#failing.get(operation);
		if (failure !== undefined) throw failure;
		const held = this.#held.get(operation);
		if (held !== undefined) {
			await new Promise<void>(resolve => {
				held.push(resolve);
				this.#asked();
			});
		}

		return result;
	}
}
