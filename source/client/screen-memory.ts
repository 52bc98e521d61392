// What the screen asks to have kept in the encrypted history: drafts, positions, times of reading.
import {Buffer} from 'node:buffer';
import {type CurrentSignIn, typedName} from './current-sign-in.ts';
import {ClientError} from '../os/errors.ts';

/** Of one thing that is kept: characters of its key, bytes of UTF-8 of its value. */
const KEY_LIMIT = 256;
const VALUE_LIMIT = 65_536;

export class ScreenMemory {
	readonly #current: CurrentSignIn;

	constructor(current: CurrentSignIn) {
		this.#current = current;
	}

	/** What is kept under `key`, of the conversation with `peer` or of the whole screen; undefined without it, or signed out. */
	recall(key: string, peer?: string): string | undefined {
		return this.#current.signedIn?.conversations.recall(key, peer);
	}

	/**
	 * Keeps `value`, at most 64 KiB of it, under `key`; undefined forgets it. What is kept of a conversation goes with it when that is
	 * forgotten. Throws ClientError: not-signed-in, bad-name, bad-message, disk.
	 */
	remember(key: string, value: string | undefined, peer?: string): void {
		const {conversations} = this.#current.require();
		if (key.length > KEY_LIMIT) {
			throw new ClientError('bad-message', `that has a name of over ${KEY_LIMIT} characters: it is not remembered`);
		}

		if (value !== undefined && Buffer.byteLength(value) > VALUE_LIMIT) {
			throw new ClientError('bad-message', `that is more than ${VALUE_LIMIT} bytes: it is not remembered`);
		}

		throwUnlessKept(conversations.remember(key, value, peer === undefined ? undefined : typedName(peer)));
	}

	/** In which conversation the screen said that `key` is; undefined without it, or signed out. */
	recallPeer(key: string): string | undefined {
		return this.#current.signedIn?.conversations.recallPeer(key);
	}

	/** Keeps in which one conversation `key` is; undefined forgets it. Throws ClientError: not-signed-in, bad-name, bad-message, disk. */
	rememberPeer(key: string, peer: string | undefined): void {
		const {conversations} = this.#current.require();
		throwUnlessKept(conversations.rememberPeer(key, peer === undefined ? undefined : typedName(peer)));
	}
}

function throwUnlessKept(isKept: boolean): void {
	if (!isKept) throw new ClientError('bad-message', 'too many things are remembered already: this one is not');
}
