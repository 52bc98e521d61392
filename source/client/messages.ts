// What a person does about messages: send, edit, delete, react, cancel, retry, read.
import {Buffer} from 'node:buffer';
import {actKind} from '../content/kinds.ts';
import {EMOJI_LIMIT} from '../content/reaction.ts';
import {TEXT_LIMIT} from '../content/text.ts';
import {LIFETIME_LIMIT_S} from '../content/timer.ts';
import {type SnapshotStore} from './snapshot-store.ts';
import {type Written} from '../messaging/conversations.ts';
import {type CurrentSignIn} from './current-sign-in.ts';
import {ClientError} from '../os/errors.ts';
import {type Act, type Remembered, isAct} from '../messaging/history/history.ts';
import {type Settings} from './profile-settings.ts';
import {type ConversationId, otherIn} from '../messaging/conversation.ts';
import {type Message, type MessageName} from '../messaging/message.ts';
import {type SignedIn} from './signed-in-account.ts';
import {catalogue} from '../catalogue/catalogue.ts';

export class Messages {
	readonly #current: CurrentSignIn;
	readonly #snapshots: SnapshotStore;
	readonly #settings: Settings;

	constructor(current: CurrentSignIn, snapshots: SnapshotStore, settings: Settings) {
		this.#current = current;
		this.#snapshots = snapshots;
		this.#settings = settings;
	}

	/**
	 * Writes a message down and sends it as soon as the others can be reached; its id. Who was none becomes a contact. `draft`, under
	 * which the screen remembers the text, is forgotten in the same step on the disk: after a crash it is in one of the two.
	 * Throws ClientError: not-signed-in, bad-name, bad-message, identity-changed, blocked, disk.
	 */
	send(conversation: ConversationId, text: string, written: Written = {}): string {
		const signedIn = this.#current.sender(conversation);
		const sound = soundText(text);
		const {id} = written;
		if (id !== undefined && signedIn.conversations.message(conversation, {direction: 'out', id}) !== undefined)
			return id;
		signedIn.contacts.add(otherIn(conversation));
		return signedIn.outbox.send(conversation, sound, written);
	}

	/**
	 * The same for several, in one step on the disk; their ids. Throws as `send` does, once what stands before the text that cannot be
	 * sent is written down.
	 */
	sendAll(conversation: ConversationId, texts: readonly string[]): readonly string[] {
		const signedIn = this.#current.sender(conversation);
		const sound: string[] = [];
		let ids: readonly string[] = [];
		try {
			for (const text of texts) sound.push(soundText(text));
		} finally {
			if (sound.length > 0) {
				signedIn.contacts.add(otherIn(conversation));
				ids = signedIn.outbox.sendAll(conversation, sound);
			}
		}

		return ids;
	}

	/**
	 * Gives a message of ours another text, on both sides; the former ones are kept. `draft` is forgotten as by `send`. The id of what the
	 * others are told, as of all acts here; undefined when they have been told already. Throws ClientError: not-signed-in, bad-name,
	 * bad-message, identity-changed, blocked, disk.
	 */
	edit(conversation: ConversationId, id: string, text: string, draft?: Remembered): string | undefined {
		const signedIn = this.#current.sender(conversation);
		const value = soundText(text);
		const target = {direction: 'out', id} as const;
		if (presentMessage(signedIn, conversation, target).text === value)
			return waitingAct(signedIn, conversation, 'edit', id);
		return signedIn.outbox.act(conversation, {kind: 'edit', target, value}, draft);
	}

	/** Deletes a message of ours on both sides, for good. Throws as `edit` does. */
	erase(conversation: ConversationId, id: string): string | undefined {
		const signedIn = this.#current.sender(conversation);
		const target = {direction: 'out', id} as const;
		if (signedIn.conversations.message(conversation, target)?.deleted === true)
			return waitingAct(signedIn, conversation, 'delete', id);
		presentMessage(signedIn, conversation, target);
		return signedIn.outbox.act(conversation, {kind: 'delete', target, value: ''});
	}

	/** Says with an emoji what one thinks of a message, in place of what one said before; '' takes it back. Throws as `edit` does. */
	react(conversation: ConversationId, {direction, id}: MessageName, emoji: string): string {
		const signedIn = this.#current.sender(conversation);
		const value = emoji.toWellFormed();
		if (Buffer.byteLength(value) > EMOJI_LIMIT) {
			throw new ClientError('bad-message', catalogue.refusals.longEmoji);
		}

		const target = {direction, id};
		presentMessage(signedIn, conversation, target);
		return signedIn.outbox.act(conversation, {kind: 'reaction', target, value});
	}

	/** Does what a kind of act does (content/kinds.ts), for both sides. Throws as `edit` does. */
	act(conversation: ConversationId, {kind, target, value}: Pick<Act, 'kind' | 'target' | 'value'>): string {
		const signedIn = this.#current.sender(conversation);
		const {about, value: field} = actKind(kind);
		const isSound = field === undefined ? value === '' : field.accepts(field.encode(value));
		if (!isSound || (about === 'conversation') !== (target === undefined)) {
			throw new ClientError('bad-message', catalogue.refusals.wrongAct(kind));
		}

		if (target !== undefined) presentMessage(signedIn, conversation, target);
		signedIn.contacts.add(otherIn(conversation));
		return signedIn.outbox.act(conversation, {kind, target, value});
	}

	/** From here on messages of both sides disappear so many seconds after they were read; 0: they stay. Throws as `edit` does. */
	setTimer(conversation: ConversationId, seconds: number): string {
		const signedIn = this.#current.sender(conversation);
		if (!Number.isInteger(seconds) || seconds < 0 || seconds > LIFETIME_LIMIT_S) {
			throw new ClientError('bad-message', catalogue.refusals.timer);
		}

		signedIn.contacts.add(otherIn(conversation));
		return signedIn.outbox.act(conversation, {kind: 'timer', target: undefined, value: String(seconds)});
	}

	/**
	 * Tells the others whether the person here is writing: `true` with each key stroke, `false` once the draft is empty;
	 * what the rules of the protocol leave of that is sent. Does nothing where no session with them stands.
	 */
	typing(conversation: ConversationId, isTyping: boolean): void {
		this.#current.signedIn?.signals.typing(otherIn(conversation), isTyping);
	}

	/** Own messages that wait or have failed, to everybody in the list, oldest first; none that was taken back. */
	outbox(): readonly Message[] {
		return this.#current.require().conversations.undelivered();
	}

	/** Takes a queued message back; false when it has left already. */
	cancel(id: string): boolean {
		const {outbox} = this.#current.require();
		const message = this.#snapshots.message(id);
		return message?.state === 'queued' && outbox.cancel(message.conversation, id);
	}

	/** Queues a failed message again. */
	retry(id: string): void {
		const {outbox} = this.#current.require();
		const message = this.#snapshots.message(id);
		if (message?.state === 'failed') outbox.retry(message.conversation, id);
	}

	/** The oldest `limit` incoming messages that nobody has read, oldest first. */
	unread(conversation: ConversationId, limit: number): readonly Message[] {
		return this.#current.require().history.unread(conversation, limit);
	}

	/**
	 * What came in is read, up to the message with the id `upTo`, or all of it; the others are told, if the preferences let
	 * us. False when the disk does not take it: then it is not read.
	 */
	markRead(conversation: ConversationId, upTo?: string): boolean {
		return this.#current.require().signals.markRead(conversation, this.#settings.preferences.receipts, upTo);
	}
}

/** The id of the newest act of ours of this kind on an own message that they have not been told of. */
function waitingAct(
	{conversations}: SignedIn,
	conversation: ConversationId,
	kind: Act['kind'],
	id: string,
): string | undefined {
	const waiting = conversations.outbox(conversation).filter(entry => isAct(entry));
	return waiting.findLast(act => act.kind === kind && act.target?.direction === 'out' && act.target.id === id)?.id;
}

/** A message that is there, and not deleted. */
function presentMessage({conversations}: SignedIn, conversation: ConversationId, target: MessageName): Message {
	const message = conversations.message(conversation, target);
	if (message === undefined || message.deleted === true) {
		throw new ClientError('bad-message', catalogue.refusals.messageGone);
	}

	return message;
}

/** What can be sent as a text. */
function soundText(text: string): string {
	if (text === '') throw new ClientError('bad-message', catalogue.refusals.emptyMessage);
	const sound = text.toWellFormed();
	const size = Buffer.byteLength(sound);
	if (size > TEXT_LIMIT) {
		throw new ClientError('bad-message', catalogue.refusals.longMessage(size, TEXT_LIMIT));
	}

	return sound;
}
