// Who listens to the events of a bot: each event goes to all of them, and the next one waits until they have taken it.
import {type Change, type Message} from '../../client/snapshot.ts';
import {type ChatEvent, type EventType} from '../events.ts';
import {type Follower} from '../follow.ts';
import {whenStopped} from '../until.ts';
import {changeEvent, messageEvent} from '../watch.ts';

/** `type` undefined: all of them. */
type Listener = {readonly type: EventType | undefined; readonly take: (event: ChatEvent) => unknown};

/** The bot is to end: what it has not taken stays unread. */
export class NotTaken extends Error {}

export class BotEvents implements Follower {
	/** As many as the bot adds. */
	readonly #listeners = new Set<Listener>();
	readonly #stop: AbortSignal;
	readonly #fault: (error: unknown) => Error;
	#wanted = () => {};
	#quiet = Promise.withResolvers<void>();
	/** The event that listeners have just now. */
	current: Promise<void> = Promise.resolve();

	/** `fault`: what is made of an error of a listener. */
	constructor(stop: AbortSignal, fault: (error: unknown) => Error) {
		this.#stop = stop;
		this.#fault = fault;
	}

	readonly message = async (message: Message): Promise<void> => this.event(messageEvent(message));
	readonly change = async (change: Change): Promise<void> => this.event(changeEvent(change));

	/** Rejects when a listener has failed, and with NotTaken. */
	readonly event = async (event: ChatEvent): Promise<void> => {
		if (this.#stop.aborted) throw new NotTaken();
		this.current = this.#handOn(event);
		return this.current;
	};

	readonly wantsMessages = (): boolean =>
		[...this.#listeners].some(({type}) => type === undefined || type === 'message');

	readonly onWanted = (listener: () => void): void => {
		this.#wanted = listener;
	};

	/** Resolves when nothing listens any more. */
	async unheard(): Promise<void> {
		while (this.#listeners.size > 0) {
			this.#quiet = Promise.withResolvers();
			await this.#quiet.promise;
		}
	}

	/** The result ends it. */
	add(type: EventType | undefined, take: (event: ChatEvent) => unknown): () => void {
		const listener = {type, take};
		this.#listeners.add(listener);
		this.#wanted();
		return () => {
			this.#listeners.delete(listener);
			this.#quiet.resolve();
		};
	}

	/** All events from now on, until `stop`: an event is taken when the next one is asked for. */
	iterate(): AsyncIterableIterator<ChatEvent> {
		let given: PromiseWithResolvers<void> | undefined;
		let asked = Promise.withResolvers<IteratorResult<ChatEvent>>();
		let isAsked = Promise.withResolvers<void>();
		const end = this.add(undefined, async event => {
			await isAsked.promise;
			if (this.#stop.aborted) throw new NotTaken();
			isAsked = Promise.withResolvers();
			given = Promise.withResolvers();
			asked.resolve({value: event, done: false});
			return given.promise;
		});
		const over = {value: undefined, done: true} as const;
		whenStopped(this.#stop, () => {
			asked.resolve(over);
			isAsked.resolve();
		});
		return {
			next: async () => {
				if (this.#stop.aborted) return this.#over(end, given);
				given?.resolve();
				given = undefined;
				asked = Promise.withResolvers();
				isAsked.resolve();
				const result = await asked.promise;
				if (result.done === true) end();
				return result;
			},
			return: async () => this.#over(end, given),
			[Symbol.asyncIterator]() {
				return this;
			},
		};
	}

	#over(end: () => void, given: PromiseWithResolvers<void> | undefined): IteratorReturnResult<undefined> {
		given?.resolve();
		end();
		return {value: undefined, done: true};
	}

	async #handOn(event: ChatEvent): Promise<void> {
		const listeners = [...this.#listeners].filter(({type}) => type === undefined || type === event.type);
		try {
			for (const {take} of listeners) await take(event);
		} catch (error) {
			throw error instanceof NotTaken ? error : this.#fault(error);
		}
	}
}
