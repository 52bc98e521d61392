// What was said: on the disk first, then in the snapshot.
import {type Random} from '../crypto/random.ts';
import {AHEAD_MS} from '../content/act.ts';
import {SETTINGS} from '../content/kinds.ts';
import {type KeptContent} from '../content/content.ts';
import {type SnapshotStore, FAR_LIMIT, messageKey} from '../client/snapshot-store.ts';
import {entryOf} from './contents.ts';
import {
	type Act,
	type HistoryEntry,
	type History,
	type OwnEntry,
	type Remembered,
	isAct,
	isMessage,
} from './history/history.ts';
import {type Agreement, type Change, type FailureReason, type Message, type MessageName} from '../client/snapshot.ts';

/** Messages on show at first, and more at each step back. */
const PAGE = 50;
/** Messages that wait, as a person is shown them. */
const OUTBOX_LIMIT = 1000;

/** What a message replies to, and where the screen remembers its words until it is written down. */
export type Written = {readonly reply?: MessageName | undefined; readonly draft?: Remembered | undefined};

export class Conversations {
	readonly #history: History;
	readonly #snapshots: SnapshotStore;
	readonly #random: Random;
	readonly #ownTime: () => number;
	readonly #listeners = new Set<(message: Message) => void>();
	readonly #changeListeners = new Set<(change: Change) => void>();

	/** `ownTime` in ms, as own-time.ts counts. */
	constructor(history: History, snapshots: SnapshotStore, random: Random, ownTime: () => number) {
		this.#history = history;
		this.#ownTime = ownTime;
		this.#snapshots = snapshots;
		this.#random = random;
	}

	/** Shows the newest of what was said with these people. */
	open(names: readonly string[]): void {
		const wanted = new Set(names);
		for (const {peer, unread} of this.#history.conversations()) {
			if (!wanted.has(peer)) continue;
			this.#snapshots.change(peer, {unread});
			this.loadOlder(peer);
		}

		for (const name of names) this.#showAgreed(name);
	}

	/** A page more of what is older than what is on show. */
	loadOlder(peer: string): void {
		const [oldest] = this.#snapshots.conversation(peer)?.messages ?? [];
		const page = this.#history.page(peer, PAGE + 1, oldest);
		this.#snapshots.prepend(peer, page.slice(-PAGE), page.length > PAGE);
	}

	/** Shows everything back to a message; false when there is none, or over FAR_LIMIT of them. */
	reveal(peer: string, id: string): boolean {
		const depth = this.#history.depth(peer, id);
		if (depth === 0 || depth > FAR_LIMIT) return false;
		const shown = this.#snapshots.conversation(peer)?.messages ?? [];
		const missing = depth - shown.length;
		if (missing <= 0) return true;
		const page = this.#history.page(peer, missing + 1, shown[0]);
		this.#snapshots.prepend(peer, page.slice(-missing), page.length > missing);
		return true;
	}

	/** The earliest message from `time` on, server ms. */
	firstSince(peer: string, time: number): Message | undefined {
		return this.#history.firstSince(peer, time);
	}

	/** All messages, or those with one peer, oldest first. */
	said(peer?: string): Iterable<Message> {
		return this.#history.said(peer);
	}

	/** Takes a conversation off the disk for good, and out of the snapshot. */
	forget(peer: string): void {
		this.#history.forget(peer);
		this.#showAgain(peer);
	}

	/** Takes off the disk for good what is from before `before`, server ms, and `arrivedBefore`, own time, and does not wait. */
	discard(before: number, arrivedBefore: number): void {
		for (const peer of this.#history.discard(before, arrivedBefore)) this.#showAgain(peer);
	}

	check(): readonly string[] {
		return this.#history.check();
	}

	find(words: string, limit: number, peers: readonly string[]): readonly Message[] {
		return this.#history.find(words, limit, peers);
	}

	recall(key: string, peer: string | undefined): string | undefined {
		return this.#history.recall(key, peer);
	}

	remember(key: string, value: string | undefined, peer: string | undefined): boolean {
		return this.#history.remember(key, value, peer);
	}

	recallPeer(key: string): string | undefined {
		return this.#history.recallPeer(key);
	}

	rememberPeer(key: string, peer: string | undefined): boolean {
		return this.#history.rememberPeer(key, peer);
	}

	outbox(peer: string): readonly OwnEntry[] {
		return this.#history.outbox(peer);
	}

	/** Own messages to anybody that are not delivered, oldest first. */
	undelivered(): readonly Message[] {
		// The database has a message as queued while a session has it: the snapshot knows more.
		return this.#history.undelivered(OUTBOX_LIMIT).map(message => this.#snapshots.message(message.id) ?? message);
	}

	/** A message as it is now. */
	message(peer: string, name: MessageName): Message | undefined {
		return this.#history.messages(peer, [name])[0];
	}

	edits(peer: string, name: MessageName): ReadonlyArray<{readonly time: number; readonly text: string}> {
		return this.#history.edits(peer, name);
	}

	/** A message of our own: written down, in the step that forgets its draft, then shown. `time` is server time, ms. */
	write(peer: string, text: string, time: number, {reply: answered, draft}: Written = {}): Message {
		const id = this.#random(16).toString('hex');
		const timer = Number(this.#history.setting(peer, 'timer')?.value ?? 0);
		const message: Message = {
			id,
			peer,
			direction: 'out',
			time,
			text,
			state: 'queued',
			reason: undefined,
			...(answered && {reply: {...answered, text: this.message(peer, answered)?.text}}),
			...(timer > 0 && {lifetime: timer}),
		};
		this.#history.append([message], this.#ownTime(), draft);
		this.#snapshots.append(peer, [message]);
		return message;
	}

	/** An act of our own: written down, then done. `now` is server time, ms: what comes later counts, so it is later than the last. */
	act(
		peer: string,
		{kind, target, value}: Pick<Act, 'kind' | 'target' | 'value'>,
		now: number,
		draft?: Remembered,
	): Act {
		const time = Math.max(Math.trunc(now), this.#history.latestAct(peer, {kind, target}) + 1);
		const id = this.#random(16).toString('hex');
		const act: Act = {kind, id, peer, direction: 'out', time, state: 'queued', reason: undefined, target, value};
		this.#history.append([act], this.#ownTime(), draft);
		this.#showActs(peer, [act]);
		return act;
	}

	/** Takes own acts back that nobody has heard of. */
	withdraw(peer: string, ids: readonly string[]): void {
		this.#history.withdraw(peer, ids);
	}

	/** What came, in one step on the disk; whether some of it is for later. `now` is server time: nobody writes from the future. */
	record(arrived: ReadonlyArray<{readonly peer: string; readonly content: KeptContent}>, now: number): boolean {
		const fresh = this.#history.append(
			arrived.map(({peer, content}) => entryOf(peer, content, now)),
			this.#ownTime(),
		);
		this.#show(fresh);
		return fresh.some(entry => !isMessage(entry) && !isAct(entry));
	}

	/** Does what was ahead of its time and is not any more, and what this build is the first to know; when more will be due, server ms. */
	takeDue(now: number): number | undefined {
		for (;;) {
			const fresh = this.#history.takeDue(now + AHEAD_MS);
			if (fresh.length === 0) break;
			this.#show(fresh);
		}

		const next = this.#history.nextDue();
		return next === undefined ? undefined : next - AHEAD_MS;
	}

	#show(entries: readonly HistoryEntry[]): void {
		for (const [peer, group] of Map.groupBy(entries, entry => entry.peer)) {
			const messages = group.filter(isMessage);
			if (messages.length > 0) {
				const unread = this.#snapshots.contact(peer)?.unread ?? 0;
				this.#snapshots.change(peer, {unread: unread + messages.length});
				this.#snapshots.append(peer, messages);
				// What is set may be about one of them.
				this.#showAgreed(peer);
			}

			this.#showActs(peer, group.filter(isAct));
			for (const message of messages) for (const listener of this.#listeners) listener(message);
		}
	}

	/** From here on the clocks of messages that disappear run. */
	delivered(peer: string, ids: readonly string[]): void {
		// Shown in any case: when a full disk refuses it, the message goes out once more after a restart.
		this.#snapshots.setState(peer, ids, 'delivered');
		this.#history.setState(peer, ids, 'delivered');
		const read = this.#history.readUpTo(peer);
		if (read !== undefined) this.#snapshots.markRead(peer, read.id);
		this.#startClocks(peer);
	}

	/** A session has taken messages, or given them back. The database has them as queued all the while. */
	moved(peer: string, ids: readonly string[], state: 'queued' | 'sent'): void {
		this.#snapshots.setState(peer, ids, state);
	}

	failed(peer: string, ids: readonly string[], reason: FailureReason): void {
		this.#history.setState(peer, ids, 'failed', reason);
		this.#snapshots.setState(peer, ids, 'failed', reason);
	}

	/** A failed message waits again. */
	queued(peer: string, id: string): void {
		this.#history.setState(peer, [id], 'queued');
		this.#snapshots.setState(peer, [id], 'queued');
	}

	/** The oldest `limit` incoming messages that nobody has read, oldest first. */
	unread(peer: string, limit: number): readonly Message[] {
		return this.#history.unread(peer, limit);
	}

	/**
	 * What came is read, up to the incoming message with the id `upTo`, or all of it; the newest of it, if there was something unread.
	 */
	markRead(peer: string, upTo?: string): MessageName | undefined {
		const unread = this.#snapshots.contact(peer)?.unread ?? 0;
		if (unread === 0 && upTo === undefined) return undefined;
		const {count, newest} = this.#history.markRead(peer, upTo);
		this.#snapshots.change(peer, {unread: upTo === undefined ? 0 : Math.max(0, unread - count)});
		this.#startClocks(peer);
		return newest;
	}

	/** Starts the times of messages that disappear, where a process that was killed has not done so. */
	startClocks(): void {
		for (const {peer} of this.#history.conversations()) this.#startClocks(peer);
	}

	/** Takes away what has run out; when more will, own time, ms. */
	expire(): number | undefined {
		for (const [peer, gone] of Map.groupBy(this.#history.expire(this.#ownTime()), each => each.peer)) {
			this.#snapshots.drop(
				peer,
				gone.map(({name}) => name),
			);
			this.#showAgreed(peer);
		}

		return this.#history.nextExpiry();
	}

	/** Calls `listener` with each incoming message, once it is on the disk. */
	onMessage(listener: (message: Message) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	/** Calls `listener` with each act of a peer, once it is on the disk and done. */
	onChange(listener: (change: Change) => void): () => void {
		this.#changeListeners.add(listener);
		return () => this.#changeListeners.delete(listener);
	}

	#startClocks(peer: string): void {
		const names = this.#history.startClocks(peer, this.#ownTime());
		if (names.length > 0) this.#snapshots.replace(peer, this.#history.messages(peer, names));
	}

	#showActs(peer: string, acts: readonly Act[]): void {
		if (acts.length === 0) return;
		const targets = acts.flatMap(({kind, target}) => (kind === 'read' || target === undefined ? [] : [target]));
		this.#refresh(peer, targets);
		const read =
			acts.some(({kind, direction}) => kind === 'read' && direction === 'in') && this.#history.readUpTo(peer);
		if (read) this.#snapshots.markRead(peer, read.id);
		// With messages that have changed it was shown already.
		if (targets.length === 0) this.#showAgreed(peer);
		for (const {kind, direction, time, target, value} of acts) {
			if (direction !== 'in') continue;
			const change: Change = {kind, peer, direction, time, value, ...(target && {message: target})};
			for (const listener of this.#changeListeners) listener(change);
		}
	}

	/** Messages have changed: they, and those on show that answer them. */
	#refresh(peer: string, names: readonly MessageName[]): void {
		if (names.length === 0) return;
		const changed = new Set(names.map(name => messageKey(name)));
		const shown = this.#snapshots.conversation(peer)?.messages ?? [];
		const answers = shown.filter(({reply}) => reply !== undefined && changed.has(messageKey(reply)));
		const each = new Map([...names, ...answers].map(name => [messageKey(name), name]));
		this.#snapshots.replace(peer, this.#history.messages(peer, [...each.values()]));
		this.#showAgreed(peer);
	}

	/** What was on show may be gone from the disk. */
	#showAgain(peer: string): void {
		if (this.#snapshots.contact(peer) === undefined) return;
		this.#snapshots.drop(peer, this.#snapshots.conversation(peer)?.messages ?? []);
		this.open([peer]);
		if (this.#snapshots.conversation(peer)?.messages.length === 0) this.#snapshots.change(peer, {unread: 0});
	}

	/** What holds for the conversation: of what is about a message, as long as that is there. */
	#showAgreed(peer: string): void {
		const shown = this.#snapshots.contact(peer);
		if (shown === undefined) return;
		const agreed: Record<string, Agreement> = {};
		for (const {name, none, about} of SETTINGS) {
			const {value = none, target} = this.#history.setting(peer, name) ?? {};
			if (value === undefined || value === none) continue;
			const message = target && this.message(peer, target);
			if (message !== undefined && message.deleted !== true) {
				agreed[name] = {value, message: {direction: message.direction, id: message.id, text: message.text}};
			} else if (about === 'conversation') {
				agreed[name] = {value};
			}
		}

		const isSame = JSON.stringify(shown.agreed ?? {}) === JSON.stringify(agreed);
		if (!isSame) this.#snapshots.change(peer, {agreed: Object.keys(agreed).length === 0 ? undefined : agreed});
	}
}
