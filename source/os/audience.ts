// Whoever wants to be told of one kind of news.

export class Audience<News> {
	readonly #listeners = new Set<(news: News) => void>();

	/** Calls `listener` with all news from now on; the result ends that. */
	add(listener: (news: News) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	/** Bound: it can be handed on as a listener itself. */
	readonly tell = (news: News): void => {
		for (const listener of this.#listeners) listener(news);
	};
}
