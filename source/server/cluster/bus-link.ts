// What carries sealed texts between servers: a database that they share, or another service. It may lose them, and keeps none.

export type BusText = {readonly channel: string; readonly text: string};

export type BusLink = {
	/**
	 * Hears what is sent to these channels until `onLost` is called, once, with the reason. Rejects when it cannot: then nobody is left
	 * that listens.
	 */
	listen(
		channels: readonly string[],
		onText: (text: string) => void,
		onLost: (reason: unknown) => void,
	): Promise<BusListening>;
};

export type BusListening = {
	/** In their order, to whoever listens now. Rejects when some of them may be lost. */
	send(texts: readonly BusText[]): Promise<void>;
	/** Asks whether it still hears, and is lost if not. */
	check(): Promise<void>;
	/** Hears nothing more, and says nothing of it. */
	close(): void;
};
