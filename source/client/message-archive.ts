// What was said before: pages, searches, former texts, removal from the disk.
import {talkWith} from '../messaging/conversation.ts';
import {foldName} from '../wire/name.ts';
import {type SnapshotStore} from './snapshot-store.ts';
import {type CurrentSignIn, typedName} from './current-sign-in.ts';
import {type Message, type MessageName} from './snapshot.ts';

export class MessageArchive {
	readonly #current: CurrentSignIn;
	readonly #snapshots: SnapshotStore;

	constructor(current: CurrentSignIn, snapshots: SnapshotStore) {
		this.#current = current;
		this.#snapshots = snapshots;
	}

	/** Former texts of a message, oldest first. Throws ClientError: not-signed-in, bad-name. */
	edits(typed: string, message: MessageName): ReadonlyArray<{readonly time: number; readonly text: string}> {
		const {signedIn, name} = this.#current.person(typed);
		return signedIn.conversations.edits(name, message);
	}

	/** Shows one more page of older messages. */
	loadOlder(typed: string): void {
		const {signedIn, name} = this.#current.person(typed);
		if (this.#snapshots.conversation(name)?.hasOlder === true) signedIn.conversations.loadOlder(name);
	}

	/**
	 * Messages with all words of `query`, each as the beginning of one, newest first: with one contact, or with everybody in the list.
	 * Letter case and accents do not count.
	 */
	find(query: string, {peer, limit = 50}: {readonly peer?: string; readonly limit?: number} = {}): readonly Message[] {
		const {conversations, roster} = this.#current.require();
		const {names} = roster;
		const folded = peer && foldName(peer);
		return conversations.find(query, limit, peer === undefined ? names : names.filter(name => name === folded));
	}

	/** Has the snapshot reach back to a contact's message; false when there is none, or it lies over 100,000 messages back. */
	reveal(typed: string, id: string): boolean {
		const {signedIn, name} = this.#current.person(typed);
		return signedIn.roster.has(name) && signedIn.conversations.reveal(name, id);
	}

	/** The earliest message with a contact from `time` on, server ms. */
	firstSince(typed: string, time: number): Message | undefined {
		const {signedIn, name} = this.#current.person(typed);
		return signedIn.conversations.firstSince(name, time);
	}

	/** Everything that was said, or that was said with somebody, oldest first; read as it is asked for. */
	said(typed?: string): Iterable<Message> {
		const {conversations} = this.#current.require();
		return conversations.said(typed === undefined ? undefined : typedName(typed));
	}

	/** Takes a conversation off the disk for good, drafts and the index of words included. Its messages are not accepted again. */
	forget(typed: string): void {
		const {signedIn, name} = this.#current.person(typed);
		signedIn.outbox.forget(talkWith(name));
	}

	/** What is wrong with the history, all of it read; nothing when it is sound. */
	check(): readonly string[] {
		return this.#current.require().conversations.check();
	}
}
