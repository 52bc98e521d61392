// What a person does about files: offer one, take one that was offered, say no, stop.
import {type ConversationId, otherIn} from '../messaging/conversation.ts';
import {type OfferRefusal} from '../messaging/files/outgoing-files.ts';
import {type Message, type MessageName} from '../messaging/message.ts';
import {ClientError} from '../os/errors.ts';
import {type CurrentSignIn} from './current-sign-in.ts';
import {type SignedIn} from './signed-in-account.ts';
import {catalogue} from '../catalogue/catalogue.ts';

export class Files {
	readonly #current: CurrentSignIn;

	constructor(current: CurrentSignIn) {
		this.#current = current;
	}

	/**
	 * Reads a file once and offers it; the id of the message. `file` is an absolute path, `id` what the message is to have, 32 hex digits. Nothing
	 * of the file leaves before the other side wants it. Throws ClientError: not-signed-in, bad-name, bad-file, identity-changed, blocked, disk.
	 */
	async offer(conversation: ConversationId, file: string, id?: string): Promise<string> {
		const signedIn = this.#current.sender(conversation);
		const known = id && signedIn.conversations.message(conversation, {direction: 'out', id});
		if (known) return known.id;
		signedIn.contacts.add(otherIn(conversation));
		const offered = await signedIn.files.offer(conversation, file, id);
		if ('id' in offered) return offered.id;
		throw new ClientError('bad-file', () => catalogue.transfers.offers[offered.refusal](file));
	}

	/**
	 * Wants a file that was offered, or wants it again: it comes by itself from then on, over restarts. Throws ClientError: not-signed-in, bad-name,
	 * bad-file, bad-message, identity-changed, blocked, disk.
	 */
	async take(conversation: ConversationId, id: string): Promise<void> {
		const {signedIn} = this.#offered(conversation, {direction: 'in', id});
		const refusal = await signedIn.files.take(conversation, id);
		if (refusal !== undefined) throw new ClientError('bad-file', () => catalogue.transfers.problems[refusal]);
	}

	/** Where a file that was offered is saved; undefined where it is not. Throws ClientError 'not-signed-in'. */
	saved(conversation: ConversationId, id: string): string | undefined {
		const row = this.#current.require().history.file(conversation, {direction: 'in', id});
		return row?.state === 'done' ? row.path : undefined;
	}

	/** Says no to a file that was offered. Throws as `take` does. */
	decline(conversation: ConversationId, id: string): void {
		const {signedIn} = this.#offered(conversation, {direction: 'in', id});
		signedIn.files.decline(conversation, id);
	}

	/** Gives no more of a file, or wants no more of it: for both sides. What came so far is removed. Throws as `take` does. */
	stop(conversation: ConversationId, message: MessageName): void {
		const {signedIn} = this.#offered(conversation, message);
		signedIn.files.stop(conversation, message);
	}

	/** A message that is there and offers a file. */
	#offered(conversation: ConversationId, name: MessageName): {readonly signedIn: SignedIn; readonly message: Message} {
		const signedIn = this.#current.sender(conversation);
		const message = signedIn.conversations.message(conversation, name);
		if (message?.file === undefined) throw new ClientError('bad-message', catalogue.refusals.noFile);
		return {signedIn, message};
	}
}

export type {OfferRefusal};
