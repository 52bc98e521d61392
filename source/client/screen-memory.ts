// What the screen asks to have kept in the encrypted history: drafts, positions, times of reading.
import {Buffer} from 'node:buffer';
import {type ConversationId, otherIn} from '../messaging/conversation.ts';
import {MUTE} from '../messaging/history/register-rows.ts';
import {type CurrentSignIn} from './current-sign-in.ts';
import {ClientError} from '../os/errors.ts';
import {catalogue} from '../catalogue/catalogue.ts';

/** Of one thing that is kept: characters of its key, bytes of UTF-8 of its value. */
const KEY_LIMIT = 256;
const VALUE_LIMIT = 65_536;

export class ScreenMemory {
	readonly #current: CurrentSignIn;

	constructor(current: CurrentSignIn) {
		this.#current = current;
	}

	/** What is kept under `key`, of a conversation or of the whole screen; undefined without it, or signed out. */
	recall(key: string, conversation?: ConversationId): string | undefined {
		return this.#current.signedIn?.history.recall(key, conversation);
	}

	/**
	 * Keeps `value`, at most 64 KiB of it, under `key`; undefined forgets it. What is kept of a conversation goes with it when that is
	 * forgotten. Throws ClientError: not-signed-in, bad-message, disk.
	 */
	remember(key: string, value: string | undefined, conversation?: ConversationId): void {
		const {history, roster} = this.#current.require();
		if (key.length > KEY_LIMIT) {
			throw new ClientError('bad-message', catalogue.refusals.longKey(KEY_LIMIT));
		}

		if (value !== undefined && Buffer.byteLength(value) > VALUE_LIMIT) {
			throw new ClientError('bad-message', catalogue.refusals.longValue(VALUE_LIMIT));
		}

		throwUnlessKept(history.remember(key, value, conversation));
		if (key === MUTE && conversation !== undefined) roster.mutedChanged(otherIn(conversation));
	}

	/** In which conversation the screen said that `key` is; undefined without it, or signed out. */
	recallConversation(key: string): ConversationId | undefined {
		return this.#current.signedIn?.history.recallConversation(key);
	}

	/** Keeps in which one conversation `key` is; undefined forgets it. Throws ClientError: not-signed-in, bad-message, disk. */
	rememberConversation(key: string, conversation: ConversationId | undefined): void {
		const {history} = this.#current.require();
		throwUnlessKept(history.rememberConversation(key, conversation));
	}
}

function throwUnlessKept(isKept: boolean): void {
	if (!isKept) throw new ClientError('bad-message', catalogue.refusals.tooMuch);
}
