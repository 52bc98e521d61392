// What was said: on the disk first, then on the board.
import {type Random} from '../crypto/random.ts';
import {type TextContent} from '../wire/messages/content.ts';
import {type Board, FAR_LIMIT} from './board.ts';
import {type History} from './history/history.ts';
import {type FailureReason, type Message} from './snapshot.ts';

/** Messages on show at first, and more at each step back. */
const PAGE = 50;

export class Conversations {
	readonly #history: History;
	readonly #board: Board;
	readonly #random: Random;
	readonly #listeners = new Set<(message: Message) => void>();

	constructor(history: History, board: Board, random: Random) {
		this.#history = history;
		this.#board = board;
		this.#random = random;
	}

	/** Shows the newest of what was said with these people. */
	open(names: readonly string[]): void {
		const wanted = new Set(names);
		for (const {peer, unread} of this.#history.conversations()) {
			if (!wanted.has(peer)) continue;
			this.#board.change(peer, {unread});
			this.loadOlder(peer);
		}
	}

	/** A page more of what is older than what is on show. */
	loadOlder(peer: string): void {
		const [oldest] = this.#board.conversation(peer)?.messages ?? [];
		const page = this.#history.page(peer, PAGE + 1, oldest);
		this.#board.prepend(peer, page.slice(-PAGE), page.length > PAGE);
	}

	/** Shows everything back to a message; false when there is none, or over FAR_LIMIT of them. */
	reveal(peer: string, id: string): boolean {
		const depth = this.#history.depth(peer, id);
		if (depth === 0 || depth > FAR_LIMIT) return false;
		const shown = this.#board.conversation(peer)?.messages ?? [];
		const missing = depth - shown.length;
		if (missing <= 0) return true;
		const page = this.#history.page(peer, missing + 1, shown[0]);
		this.#board.prepend(peer, page.slice(-missing), page.length > missing);
		return true;
	}

	find(words: string, limit: number, peers: readonly string[]): readonly Message[] {
		return this.#history.find(words, limit, peers);
	}

	recall(key: string): string | undefined {
		return this.#history.recall(key);
	}

	remember(key: string, value: string | undefined): boolean {
		return this.#history.remember(key, value);
	}

	outbox(peer: string): readonly Message[] {
		return this.#history.outbox(peer);
	}

	/** A message of our own: written down, then shown. `time` is server time, ms. */
	write(peer: string, text: string, time: number): Message {
		const id = this.#random(16).toString('hex');
		const message: Message = {id, peer, direction: 'out', time, text, state: 'queued', reason: undefined};
		this.#history.append([message]);
		this.#board.append(peer, [message]);
		return message;
	}

	/** Texts that came. `now` is server time: nobody writes from the future. */
	record(texts: ReadonlyArray<{readonly peer: string; readonly text: TextContent}>, now: number): void {
		const messages = texts.map(({peer, text: {id, time, text}}): Message => {
			const head = {id: id.toString('hex'), peer, direction: 'in', time: Math.min(time, now)} as const;
			return {...head, text, state: 'delivered', reason: undefined};
		});
		const fresh = this.#history.append(messages);
		for (const [peer, group] of Map.groupBy(fresh, message => message.peer)) {
			const unread = this.#board.contact(peer)?.unread ?? 0;
			this.#board.change(peer, {unread: unread + group.length});
			this.#board.append(peer, group);
		}

		for (const message of fresh) for (const listener of this.#listeners) listener(message);
	}

	delivered(peer: string, ids: readonly string[]): void {
		this.#history.setState(peer, ids, 'delivered');
		this.#board.setState(peer, ids, 'delivered');
	}

	/** Into a session's hands, or back: not worth the disk, where it stays queued. */
	moved(peer: string, ids: readonly string[], state: 'queued' | 'sent'): void {
		this.#board.setState(peer, ids, state);
	}

	failed(peer: string, ids: readonly string[], reason: FailureReason): void {
		this.#history.setState(peer, ids, 'failed', reason);
		this.#board.setState(peer, ids, 'failed', reason);
	}

	/** A failed message waits again. */
	queued(peer: string, id: string): void {
		this.#history.setState(peer, [id], 'queued');
		this.#board.setState(peer, [id], 'queued');
	}

	markRead(peer: string): void {
		if ((this.#board.contact(peer)?.unread ?? 0) === 0) return;
		this.#history.markRead(peer);
		this.#board.change(peer, {unread: 0});
	}

	/** Calls `listener` with each incoming message, once it is on the disk. */
	onMessage(listener: (message: Message) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}
}
