// Waits no longer than a limit: a test that waits for ever tells nobody what it waits for.

/** What `promise` comes to. Rejects after `limitMs` with `words`, which are asked for then. */
export async function within<T>(promise: Promise<T>, limitMs: number, words: () => string): Promise<T> {
	const late = Promise.withResolvers<never>();
	const timer = setTimeout(() => late.reject(new Error(words())), limitMs);
	try {
		return await Promise.race([promise, late.promise]);
	} finally {
		clearTimeout(timer);
	}
}
