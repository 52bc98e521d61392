// What was said: on the disk first, then on show.
import {Audience} from '../os/audience.ts';
import {type Random} from '../crypto/random.ts';
import {AHEAD_MS} from '../content/act.ts';
import {type KeptContent, encodeContent} from '../content/content.ts';
import {contentOf, entryOf} from './contents.ts';
import {type ConversationId} from './conversation.ts';
import {type FileRow} from './history/file-row.ts';
import {ConversationDisplay, DEVICES_KEY, MESSAGE_PAGE} from './conversation-display.ts';
import {type ConversationView, FAR_LIMIT, type UsedDevices} from './conversation-view.ts';
import {type TakenItems} from './history/replica-intake.ts';
import {
	type Act,
	type HistoryEntry,
	type History,
	type OwnEntry,
	type Remembered,
	isAct,
	isMessage,
} from './history/history.ts';
import {type Change, type FailureReason, type Message, type MessageName, type FileOfMessage} from './message.ts';

/** Messages that wait, as a person is shown them. */
const OUTBOX_LIMIT = 1000;

/**
 * What a message replies to, where the screen remembers its words until it is written down, its id where it has one (32 hex digits), and the
 * file that it offers.
 */
export type Written = {
	readonly file?: (FileOfMessage & Pick<FileRow, 'path' | 'stamp'>) | undefined;
	readonly reply?: MessageName | undefined;
	readonly draft?: Remembered | undefined;
	readonly id?: string | undefined;
};

export class Conversations {
	readonly #history: History;
	readonly #view: ConversationView;
	readonly #display: ConversationDisplay;
	readonly #random: Random;
	readonly #ownTime: () => number;
	readonly #messageAudience = new Audience<Message>();
	readonly #changeAudience = new Audience<Change>();

	/** `ownTime` in ms, as own-time.ts counts. */
	constructor(history: History, view: ConversationView, random: Random, ownTime: () => number) {
		this.#history = history;
		this.#ownTime = ownTime;
		this.#view = view;
		this.#display = new ConversationDisplay(history, view);
		this.#random = random;
	}

	/** Shows the newest of what was said in these. */
	open(conversations: readonly ConversationId[]): void {
		const wanted = new Set(conversations);
		for (const {conversation, unread} of this.#history.conversations()) {
			if (!wanted.has(conversation)) continue;
			this.#view.setUnread(conversation, unread);
			this.loadOlder(conversation);
		}

		for (const conversation of conversations) {
			this.#display.agreed(conversation);
			this.#display.devices(conversation);
		}
	}

	/** A page more of what is older than what is on show. */
	loadOlder(conversation: ConversationId): void {
		const [oldest] = this.#view.conversation(conversation)?.messages ?? [];
		const page = this.#history.page(conversation, MESSAGE_PAGE + 1, oldest);
		this.#view.prepend(conversation, page.slice(-MESSAGE_PAGE), page.length > MESSAGE_PAGE);
	}

	/** Shows everything back to a message; false when there is none, or over FAR_LIMIT of them. */
	reveal(conversation: ConversationId, id: string): boolean {
		const depth = this.#history.depth(conversation, id);
		if (depth === 0 || depth > FAR_LIMIT) return false;
		const shown = this.#view.conversation(conversation)?.messages ?? [];
		const missing = depth - shown.length;
		if (missing <= 0) return true;
		const page = this.#history.page(conversation, missing + 1, shown[0]);
		this.#view.prepend(conversation, page.slice(-missing), page.length > missing);
		return true;
	}

	/** Takes a conversation off the disk for good, and off what is on show. */
	forget(conversation: ConversationId): void {
		this.#history.forget(conversation);
		this.showAgain(conversation);
	}

	/** Takes off the disk for good what is from before `before`, server ms, and `arrivedBefore`, own time, and does not wait. */
	discard(before: number, arrivedBefore: number): void {
		for (const conversation of this.#history.discard(before, arrivedBefore)) this.showAgain(conversation);
	}

	outbox(conversation: ConversationId): readonly OwnEntry[] {
		return this.#history.outbox(conversation);
	}

	/** Own messages to anybody that are not delivered, oldest first. */
	undelivered(): readonly Message[] {
		// The database has a message as queued while a session has it: the snapshot knows more.
		return this.#history.undelivered(OUTBOX_LIMIT).map(message => this.#view.message(message.id) ?? message);
	}

	/** A message as it is now. */
	message(conversation: ConversationId, name: MessageName): Message | undefined {
		return this.#history.messages(conversation, [name])[0];
	}

	/** A message of our own: written down, in the step that forgets its draft, then shown. `time` is server time, ms. */
	write(conversation: ConversationId, text: string, time: number, written: Written = {}): Message {
		const {reply: answered, draft, id, file} = written;
		const message: Message = {
			...this.#ownMessage(conversation, text, time),
			...(id !== undefined && {id}),
			...(answered && {reply: {...answered, text: this.message(conversation, answered)?.text}}),
		};
		if (file === undefined) this.#history.append([message], this.#ownTime(), draft);
		else return this.#offer(message, file);
		this.#view.append(conversation, [message]);
		return message;
	}

	/** A message with a file, and where that is, in one step on the disk. */
	#offer(message: Message, {path, stamp, ...file}: NonNullable<Written['file']>): Message {
		const {conversation, direction, id} = message;
		const offer = {...message, file};
		const given = {conversation, message: {direction, id}, path, stamp, leaves: 0, state: 'given'} as const;
		this.#history.append([{...offer, bytes: encodeContent(contentOf(offer))}], this.#ownTime(), undefined, given);
		this.#view.append(conversation, [offer]);
		return offer;
	}

	/** The same for several, in one step on the disk: all of them, or none. */
	writeAll(conversation: ConversationId, texts: readonly string[], time: number): readonly Message[] {
		const messages = texts.map(text => this.#ownMessage(conversation, text, time));
		this.#history.append(messages, this.#ownTime());
		this.#view.append(conversation, messages);
		return messages;
	}

	/** An act of our own: written down, then done. `now` is server time, ms: what comes later counts, so it is later than the last. */
	act(
		conversation: ConversationId,
		{kind, target, value}: Pick<Act, 'kind' | 'target' | 'value'>,
		now: number,
		draft?: Remembered,
	): Act {
		const time = Math.max(Math.trunc(now), this.#history.latestAct(conversation, {kind, target}) + 1);
		const id = this.#random(16).toString('hex');
		const act: Act = {
			kind,
			id,
			conversation,
			direction: 'out',
			time,
			state: 'queued',
			reason: undefined,
			target,
			value,
		};
		this.#history.append([act], this.#ownTime(), draft);
		this.#showActs(conversation, [act]);
		return act;
	}

	/** Takes own acts back that nobody has heard of. */
	withdraw(conversation: ConversationId, ids: readonly string[]): void {
		this.#history.withdraw(conversation, ids);
	}

	/** What came, in one step on the disk; whether some of it is for later. `now` is server time: nobody writes from the future. */
	record(
		arrived: ReadonlyArray<{readonly conversation: ConversationId; readonly content: KeptContent}>,
		now: number,
	): boolean {
		const fresh = this.#history.append(
			arrived.map(({conversation, content}) => entryOf(conversation, content, now)),
			this.#ownTime(),
		);
		this.#show(fresh);
		return fresh.some(entry => !isMessage(entry) && !isAct(entry));
	}

	/**
	 * Shows what another device of the account has told, which is on the disk: those of these conversations that are on show. Who listens is told of
	 * messages from `since` on, server ms: others are not news any more.
	 */
	taken({fresh, changed}: Pick<TakenItems, 'fresh' | 'changed'>, since: number): void {
		const conversations = new Set([...changed, ...fresh.map(({conversation}) => conversation)]);
		const unread = new Map(this.#history.conversations().map(each => [each.conversation, each.unread]));
		for (const conversation of conversations) {
			if (this.#view.standing(conversation) === undefined) continue;
			this.#display.anew(conversation);
			this.#view.setUnread(conversation, unread.get(conversation) ?? 0);
		}

		for (const message of fresh.filter(isMessage)) {
			if (message.direction === 'in' && message.time >= since) this.#messageAudience.tell(message);
		}
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
		for (const [conversation, group] of Map.groupBy(entries, entry => entry.conversation)) {
			const messages = group.filter(isMessage);
			if (messages.length > 0) {
				const unread = this.#view.standing(conversation)?.unread ?? 0;
				this.#view.setUnread(conversation, unread + messages.length);
				this.#view.append(conversation, messages);
				// What is set may be about one of them.
				this.#display.agreed(conversation);
			}

			this.#showActs(conversation, group.filter(isAct));
			for (const message of messages) this.#messageAudience.tell(message);
		}
	}

	/** From here on the clocks of messages that disappear run. */
	delivered(conversation: ConversationId, ids: readonly string[]): void {
		// Shown in any case: when a full disk refuses it, the message goes out once more after a restart.
		this.#view.setState(conversation, ids, 'delivered');
		this.#history.setState(conversation, ids, 'delivered');
		const read = this.#history.readUpTo(conversation);
		if (read !== undefined) this.#view.markRead(conversation, read.id);
		this.#startClocks(conversation);
	}

	/** A session has taken messages, or given them back. The database has them as queued all the while. */
	moved(conversation: ConversationId, ids: readonly string[], state: 'queued' | 'sent'): void {
		this.#view.setState(conversation, ids, state);
	}

	failed(conversation: ConversationId, ids: readonly string[], reason: FailureReason): void {
		this.#history.setState(conversation, ids, 'failed', reason);
		this.#view.setState(conversation, ids, 'failed', reason);
	}

	/** A failed message waits again. */
	queued(conversation: ConversationId, id: string): void {
		this.#history.setState(conversation, [id], 'queued');
		this.#view.setState(conversation, [id], 'queued');
	}

	/**
	 * What came is read, up to the incoming message with the id `upTo`, or all of it; the newest of it, if there was something unread.
	 */
	markRead(conversation: ConversationId, upTo?: string): MessageName | undefined {
		const unread = this.#view.standing(conversation)?.unread ?? 0;
		if (unread === 0 && upTo === undefined) return undefined;
		const {count, newest} = this.#history.markRead(conversation, upTo);
		this.#view.setUnread(conversation, upTo === undefined ? 0 : Math.max(0, unread - count));
		this.#startClocks(conversation);
		return newest;
	}

	/** The other one uses so many devices from `since` on, server ms. */
	usesDevices(conversation: ConversationId, {count, since}: UsedDevices): void {
		if (this.#view.standing(conversation) === undefined) return;
		this.#history.remember(DEVICES_KEY, `${count} ${Math.trunc(since)}`, conversation);
		this.#display.devices(conversation);
	}

	/** Starts the times of messages that disappear, where a process that was killed has not done so. */
	startClocks(): void {
		for (const {conversation} of this.#history.conversations()) this.#startClocks(conversation);
	}

	/** Takes away what has run out; when more will, own time, ms. */
	expire(): number | undefined {
		for (const [conversation, gone] of Map.groupBy(this.#history.expire(this.#ownTime()), each => each.conversation)) {
			this.#view.drop(
				conversation,
				gone.map(({name}) => name),
			);
			this.#display.agreed(conversation);
		}

		return this.#history.nextExpiry();
	}

	/** Calls `listener` with each incoming message, once it is on the disk. */
	onMessage(listener: (message: Message) => void): () => void {
		return this.#messageAudience.add(listener);
	}

	/** Calls `listener` with each act of others, once it is on the disk and done. */
	onChange(listener: (change: Change) => void): () => void {
		return this.#changeAudience.add(listener);
	}

	#ownMessage(conversation: ConversationId, text: string, time: number): Message {
		const timer = Number(this.#history.setting(conversation, 'timer')?.value ?? 0);
		return {
			id: this.#random(16).toString('hex'),
			conversation,
			direction: 'out',
			time,
			text,
			state: 'queued',
			reason: undefined,
			...(timer > 0 && {lifetime: timer}),
		};
	}

	#startClocks(conversation: ConversationId): void {
		const names = this.#history.startClocks(conversation, this.#ownTime());
		if (names.length > 0) this.#view.replace(conversation, this.#history.messages(conversation, names));
	}

	#showActs(conversation: ConversationId, acts: readonly Act[]): void {
		if (acts.length === 0) return;
		const targets = acts.flatMap(({kind, target}) => (kind === 'read' || target === undefined ? [] : [target]));
		this.#display.refresh(conversation, targets);
		const read =
			acts.some(({kind, direction}) => kind === 'read' && direction === 'in') && this.#history.readUpTo(conversation);
		if (read) this.#view.markRead(conversation, read.id);
		// With messages that have changed it was shown already.
		if (targets.length === 0) this.#display.agreed(conversation);
		for (const {kind, direction, time, target, value} of acts) {
			if (direction !== 'in') continue;
			this.#changeAudience.tell({kind, conversation, direction, time, value, ...(target && {message: target})});
		}
	}

	/** What was on show may be gone from the disk. */
	showAgain(conversation: ConversationId): void {
		if (this.#view.standing(conversation) === undefined) return;
		this.#view.drop(conversation, this.#view.conversation(conversation)?.messages ?? []);
		this.open([conversation]);
		if (this.#view.conversation(conversation)?.messages.length === 0) this.#view.setUnread(conversation, 0);
	}
}
