// What a person does about contacts: add, accept, block, compare keys, look names up in the directory.
import {Buffer} from 'node:buffer';
import {AWAY_LIMIT} from '../content/away.ts';
import {type CurrentSignIn} from './current-sign-in.ts';
import {talkWith} from '../messaging/conversation.ts';
import {ClientError} from '../os/errors.ts';
import {catalogue} from '../catalogue/catalogue.ts';

/** Characters of a nickname. */
const NICKNAME_LIMIT = 32;
/** Names that one search of the directory returns. */
const SEARCH_LIMIT = 50;

export type SearchPage = {
	readonly names: ReadonlyArray<{readonly name: string; readonly online: boolean}>;
	readonly more: boolean;
};

export class ContactList {
	readonly #current: CurrentSignIn;

	constructor(current: CurrentSignIn) {
		this.#current = current;
	}

	/** Takes somebody into the list, a stranger who wrote first too; the name as the directory spells it. Throws 'bad-name'. */
	add(typed: string): string {
		const {signedIn, name} = this.#current.person(typed);
		signedIn.contacts.add(name);
		signedIn.contacts.accept(name);
		return name;
	}

	/**
	 * The name as the directory spells it, of somebody in the list or else in the directory. Throws ClientError: not-signed-in, bad-name,
	 * unknown-contact when there is no such name, unreachable, refused.
	 */
	async lookUp(typed: string): Promise<string> {
		const {signedIn, name} = this.#current.person(typed);
		if (signedIn.roster.has(name)) return name;
		const {names} = await this.search(name, '', 1);
		if (names[0]?.name !== name) throw new ClientError('unknown-contact', catalogue.refusals.unknownName(name));
		return name;
	}

	/** A stranger who wrote first becomes a contact. Throws ClientError: not-signed-in, bad-name, disk. */
	accept(typed: string): void {
		const {signedIn, name} = this.#current.person(typed);
		signedIn.contacts.accept(name);
	}

	/** Takes somebody off the list. What was said stays on the disk. */
	remove(typed: string): void {
		const {signedIn, name} = this.#current.person(typed);
		signedIn.contacts.remove(name);
	}

	/** Blocked: nothing of theirs is taken, and to them we seem offline. */
	block(typed: string, blocked: boolean): void {
		const {signedIn, name} = this.#current.person(typed);
		signedIn.contacts.block(name, blocked);
	}

	/** What the person here calls a contact: seen here alone. Throws ClientError: not-signed-in, bad-name, bad-message, disk. */
	setNickname(typed: string, nickname: string | undefined): void {
		const {signedIn, name} = this.#current.person(typed);
		if (nickname !== undefined && (nickname === '' || nickname.length > NICKNAME_LIMIT)) {
			throw new ClientError('bad-message', catalogue.refusals.nickname(NICKNAME_LIMIT));
		}

		signedIn.roster.setNickname(name, nickname);
	}

	/**
	 * Tells contacts, while they have a session with us, that we are away and why; undefined: we are back. False when it holds only as long
	 * as this process runs. Throws: bad-message.
	 */
	setAway(text: string | undefined): boolean {
		const sound = text?.toWellFormed();
		if (sound !== undefined && (sound === '' || Buffer.byteLength(sound) > AWAY_LIMIT)) {
			throw new ClientError('bad-message', catalogue.refusals.away(AWAY_LIMIT));
		}

		return this.#current.require().signals.setAway(sound);
	}

	/** 12 groups of 5 digits, the same on both sides unless somebody intercepts; undefined before a first contact. */
	safetyNumber(typed: string): string | undefined {
		const {signedIn, name} = this.#current.person(typed);
		return signedIn.roster.safetyNumber(name)?.match(/.{5}/g)?.join(' ');
	}

	/** The person has compared the safety number. Throws 'unknown-contact'. */
	verify(typed: string): void {
		const {signedIn, name} = this.#current.person(typed);
		signedIn.trust.verify(name);
	}

	/** The person takes a changed key without comparing. Throws 'unknown-contact'. */
	trust(typed: string): void {
		const {signedIn, name} = this.#current.person(typed);
		signedIn.trust.trust(name);
	}

	/**
	 * Looks for a way to a contact, though nothing waits for them; the snapshot shows what comes of it. Throws ClientError: not-signed-in,
	 * bad-name, unknown-contact, blocked, identity-changed.
	 */
	seek(typed: string): void {
		const {name} = this.#current.person(typed);
		this.#current.sender(talkWith(name)).signals.seek(name);
	}

	/** Names in the directory that start with `prefix` and come after `after`. Throws ClientError: unreachable, refused. */
	async search(prefix: string, after: string, limit = SEARCH_LIMIT): Promise<SearchPage> {
		const found = await this.#current.require().directory.search(prefix, after, limit);
		if (found === 'offline') {
			throw new ClientError('unreachable', catalogue.refusals.offline);
		}

		if ('retryAfter' in found) {
			throw new ClientError('refused', catalogue.refusals.tooManySearches(found.retryAfter), found);
		}

		return {names: found.entries, more: found.more};
	}
}
