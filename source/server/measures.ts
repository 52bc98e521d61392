// What the server times for its metrics: the stages of logins, and what is asked of the store.
import {type ServerLogin} from '../protocol/login/server.ts';
import {FRAME} from '../wire/frame.ts';

/**
 * The stages of a login on the server, each from the frame that asks for it to the one that answers: CHALLENGE, SERVER, KEY_PROOF of a
 * registration, SRP, ACCEPT. `queue` is what a costly step waits until it begins, and is part of the others.
 */
export const STAGES = ['challenge', 'server', 'register', 'srp', 'accept', 'queue'] as const;
export type Stage = (typeof STAGES)[number];

/** The stage that a frame of this type asks for, in a login that is so far; undefined when it is over. */
export function stageOf(login: 'connected' | 'challenged' | 'over' | ServerLogin, type: number): Stage | undefined {
	if (login === 'over') return undefined;
	if (login === 'connected') return 'challenge';
	if (login === 'challenged') return 'server';
	if (login.phase === 'srp-sent') return 'accept';
	return type === FRAME.register ? 'register' : 'srp';
}

/** Times in ms. */
export type Measures = {
	readonly stage: (stage: Stage, ms: number) => void;
	/** `operation` is a method of the store. */
	readonly store: (operation: string, ms: number, hasFailed: boolean) => void;
};

/** The same store, with each of its calls timed: until it returns, or until its promise is settled. `elapsed`: monotonic, ms. */
export function timedStore<Store extends object>(
	store: Store,
	measure: Measures['store'],
	elapsed: () => number,
): Store {
	/** By method: as many as the store has. */
	const timed = new Map<PropertyKey, unknown>();
	const wrap = (operation: string, method: (...given: unknown[]) => unknown) => {
		return (...given: unknown[]) => {
			const start = elapsed();
			const end = (hasFailed: boolean) => measure(operation, elapsed() - start, hasFailed);
			try {
				const result = method.apply(store, given);
				if (!(result instanceof Promise)) end(false);
				else
					result.then(
						() => end(false),
						() => end(true),
					);
				return result;
			} catch (error) {
				end(true);
				throw error;
			}
		};
	};

	return new Proxy(store, {
		get(target, key) {
			const value: unknown = Reflect.get(target, key, target);
			if (typeof value !== 'function') return value;
			const known = timed.get(key);
			if (known !== undefined) return known;
			const wrapped = wrap(String(key), value as (...given: unknown[]) => unknown);
			timed.set(key, wrapped);
			return wrapped;
		},
	});
}
