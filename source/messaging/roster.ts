// Contacts, the identity key pinned to each, and whether the person here has compared it. A key is pinned on first use; another key
// under the same name stops everything that goes out until the person decides.
import {Buffer} from 'node:buffer';
import {equal} from '../crypto/bytes.ts';
import {type Party, safetyNumber} from '../crypto/safety-number.ts';
import {type Established, type Pinned} from '../protocol/session/established.ts';
import {type SnapshotStore} from '../client/snapshot-store.ts';
import {ClientError} from '../os/errors.ts';
import {type ContactEntry, type History} from './history/history.ts';
import {type IdentityState} from '../client/snapshot.ts';
import {type Pin, type Vault} from '../client/vault.ts';

type ContactStore = Pick<History, 'contacts' | 'putContact' | 'removeContact'>;

export class Roster {
	readonly #self: Party;
	readonly #history: ContactStore;
	/** By name; each one in the list. */
	readonly #contacts: Map<string, ContactEntry>;
	readonly #vault: Vault;
	readonly #snapshots: SnapshotStore;
	/** Keys that the directory named for people not met yet, by name: good for comparing, for nothing else. One a contact tried. */
	readonly #introduced = new Map<string, Buffer>();

	constructor(self: Party, history: ContactStore, vault: Vault, snapshots: SnapshotStore) {
		this.#self = self;
		this.#history = history;
		this.#contacts = new Map(history.contacts().map(contact => [contact.name, contact]));
		this.#vault = vault;
		this.#snapshots = snapshots;
	}

	/** Puts every contact in the snapshot. */
	load(): void {
		for (const contact of this.#contacts.values()) this.#show(contact);
	}

	get names(): readonly string[] {
		return [...this.#contacts.keys()];
	}

	has(name: string): boolean {
		return this.#contacts.has(name);
	}

	/** Takes a name into the list, as a request where a stranger wrote first; one that is there stays as it is. */
	add(name: string, now: number, request = false): void {
		if (!this.has(name)) this.#keep({name, blocked: false, addedAt: now, request, nickname: undefined});
	}

	/** Takes a name off the list; its pin stays, so that it cannot come back as somebody else unseen. */
	remove(name: string): void {
		this.#history.removeContact(name);
		this.#contacts.delete(name);
		this.#snapshots.remove(name);
	}

	block(name: string, blocked: boolean, now: number): void {
		const known = this.#contacts.get(name);
		this.#keep({...(known ?? {name, addedAt: now, request: false, nickname: undefined}), blocked});
	}

	isBlocked(name: string): boolean {
		return this.#contacts.get(name)?.blocked === true;
	}

	/** Whether this is a stranger who wrote first, and nobody has decided on. */
	isRequest(name: string): boolean {
		return this.#contacts.get(name)?.request === true;
	}

	/** A request becomes a contact. */
	accept(name: string): void {
		const contact = this.#contacts.get(name);
		if (contact?.request === true) this.#keep({...contact, request: false});
	}

	/** What the person here calls a contact; undefined for nothing else than their name. */
	setNickname(name: string, nickname: string | undefined): void {
		const contact = this.#contacts.get(name);
		if (contact !== undefined) this.#keep({...contact, nickname});
	}

	identity(name: string): IdentityState {
		const pin = this.#vault.pin(name);
		if (pin === undefined) return 'unknown';
		if (pin.changedTo !== undefined) return 'changed';
		return pin.verified ? 'verified' : 'pinned';
	}

	/** The key that a session with `name` must prove, and the suite that it must not fall below. */
	pinned(name: string): Pinned | undefined {
		return this.#vault.pin(name);
	}

	/** A session has proven its key. Pins it at a first contact; false when it is not the pinned one, or its suite a lower one. */
	meet({peer: {name, identityKey}, suite}: Established): boolean {
		const pin = this.#vault.pin(name);
		if (pin !== undefined && !equal(pin.identityKey, identityKey)) {
			this.claimed(name, identityKey);
			return false;
		}

		if (pin !== undefined && suite < pin.suite) return false;
		// The pinned key has spoken: whoever claimed another one was wrong, or has thought better of it.
		if (pin === undefined || pin.changedTo !== undefined || pin.suite < suite) {
			this.#put(name, {identityKey, verified: pin?.verified ?? false, suite: Math.max(pin?.suite ?? 0, suite)});
		}

		return true;
	}

	/** The directory has introduced us: whoever cannot get through to us yet can compare numbers all the same. */
	introduced(name: string, identityKey: Buffer): void {
		this.#introduced.set(name, Buffer.from(identityKey));
	}

	/** The directory vouches for another key than the pinned one. */
	claimed(name: string, identityKey: Buffer): void {
		const pin = this.#vault.pin(name);
		if (pin === undefined || equal(pin.identityKey, identityKey)) return;
		if (pin.changedTo !== undefined && equal(pin.changedTo, identityKey)) return;
		this.#put(name, {...pin, changedTo: identityKey});
	}

	/** The person has compared the safety number, of the changed key where there is one. Throws 'unknown-contact'. */
	verify(name: string): void {
		this.#accept(name, true);
	}

	/** The person takes the changed key, unseen. Throws 'unknown-contact'. */
	trust(name: string): void {
		this.#accept(name, false);
	}

	/** 60 digits over the key in question: the changed one where there is one. Undefined before a first introduction. */
	safetyNumber(name: string): string | undefined {
		const pin = this.#vault.pin(name);
		const identityKey = pin?.changedTo ?? pin?.identityKey ?? this.#introduced.get(name);
		return identityKey && safetyNumber(this.#self, {name, identityKey});
	}

	#accept(name: string, compared: boolean): void {
		const pin = this.#vault.pin(name);
		if (pin === undefined) {
			throw new ClientError(
				'unknown-contact',
				`nothing is known of ${name}'s key yet: exchange a message first, then compare the safety number`,
			);
		}

		const {changedTo} = pin;
		const verified = compared || (changedTo === undefined && pin.verified);
		// What was used with the former key says nothing of the new one's device.
		const suite = changedTo === undefined ? pin.suite : 0;
		this.#put(name, {identityKey: changedTo ?? pin.identityKey, verified, suite});
	}

	#keep(contact: ContactEntry): void {
		this.#history.putContact(contact);
		this.#contacts.set(contact.name, contact);
		this.#show(contact);
	}

	#show({name, blocked, request, nickname}: ContactEntry): void {
		this.#snapshots.change(name, {blocked, identity: this.identity(name), request: request || undefined, nickname});
	}

	#put(name: string, pin: Pin): void {
		this.#vault.setPin(name, pin);
		this.#snapshots.change(name, {identity: this.identity(name)});
	}
}
