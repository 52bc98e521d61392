// Contacts, the identity key pinned to each, and whether the person here has compared it. A key is pinned on first use; another key
// under the same name stops everything that goes out until the person decides.
import {Buffer} from 'node:buffer';
import {isDeepStrictEqual} from 'node:util';
import {equal} from '../crypto/bytes.ts';
import {type Party, safetyNumber} from '../crypto/safety-number.ts';
import {type Established} from '../protocol/session/established.ts';
import {ClientError} from '../os/errors.ts';
import {type AccountDevices} from './account-devices.ts';
import {talkWith} from './conversation.ts';
import {type ContactEntry, type History} from './history/history.ts';
import {MUTE} from './history/register-rows.ts';
import {type IdentityState, type Pin, type Pins} from './pins.ts';
import {catalogue} from '../catalogue/catalogue.ts';

type ContactStore = Pick<History, 'contacts' | 'putContact' | 'removeContact' | 'recall'>;

/** What is shown of contacts: the snapshot of the client keeps it. */
export type ContactView = {
	change(account: string, change: ContactChange): void;
	remove(account: string): void;
};
type ContactChange = {
	readonly identity: IdentityState;
	readonly blocked?: boolean;
	readonly request?: true | undefined;
	readonly nickname?: string | undefined;
	readonly muted?: true | undefined;
};

export class Roster {
	readonly #self: Party;
	readonly #history: ContactStore;
	/** By name; each one in the list. */
	readonly #contacts: Map<string, ContactEntry>;
	readonly #pins: Pins;
	readonly #devices: AccountDevices;
	readonly #view: ContactView;
	/** Who is shown as muted. */
	readonly #muted = new Set<string>();
	/** Those of whom the directory shows another device log than the known one, of the same founding key. */
	readonly #forked = new Set<string>();
	/** Keys that the directory named for people not met yet, by name: good for comparing, for nothing else. One a contact tried. */
	readonly #introduced = new Map<string, Buffer>();

	constructor(self: Party, history: ContactStore, pins: Pins, devices: AccountDevices, view: ContactView) {
		this.#self = self;
		this.#history = history;
		this.#contacts = new Map(history.contacts().map(contact => [contact.name, contact]));
		this.#pins = pins;
		this.#devices = devices;
		this.#view = view;
	}

	/** That somebody is muted, or is not any more, is on the disk. */
	mutedChanged(account: string): void {
		const contact = this.#contacts.get(account);
		if (contact !== undefined) this.#show(contact);
	}

	/** Shows every contact. */
	load(): void {
		for (const contact of this.#contacts.values()) this.#show(contact);
	}

	/** The list is on the disk as another device of the account has it: who is in it now and was not, and who is not any more. */
	reload(): {readonly added: readonly string[]; readonly gone: readonly string[]} {
		const now = new Map(this.#history.contacts().map(contact => [contact.name, contact]));
		const added = [...now.keys()].filter(name => !this.#contacts.has(name));
		const gone = [...this.#contacts.keys()].filter(name => !now.has(name));
		for (const name of gone) {
			this.#contacts.delete(name);
			this.#view.remove(name);
		}

		for (const [name, contact] of now) {
			const isSame = isDeepStrictEqual(this.#contacts.get(name), contact);
			if (isSame && this.#isMuted(name) === this.#muted.has(name)) continue;
			this.#contacts.set(name, contact);
			this.#show(contact);
		}

		return {added, gone};
	}

	/**
	 * What another device of the account has pinned of somebody. Where nothing is pinned here it counts; another key than the pinned one is claimed
	 * alone, for the person to decide.
	 */
	told(account: string, {identityKey, verified}: Pick<Pin, 'identityKey' | 'verified'>): void {
		const pin = this.#pins.pin(account);
		if (pin === undefined) this.#pins.setPin(account, {identityKey, verified, suite: 0});
		else if (!equal(pin.identityKey, identityKey)) this.claimed(account, identityKey);
		else if (pin.verified !== verified) this.#pins.setPin(account, {...pin, verified});
		if (this.has(account)) this.#view.change(account, {identity: this.identity(account)});
	}

	get names(): readonly string[] {
		return [...this.#contacts.keys()];
	}

	has(account: string): boolean {
		return this.#contacts.has(account);
	}

	/** Takes a name into the list, as a request where a stranger wrote first; one that is there stays as it is. */
	add(account: string, now: number, request = false): void {
		if (!this.has(account)) this.#keep({name: account, blocked: false, addedAt: now, request, nickname: undefined});
	}

	/** Takes a name off the list; its pin stays, so that it cannot come back as somebody else unseen. */
	remove(account: string): void {
		this.#history.removeContact(account);
		this.#contacts.delete(account);
		this.#view.remove(account);
	}

	block(account: string, blocked: boolean, now: number): void {
		const known = this.#contacts.get(account);
		this.#keep({...(known ?? {name: account, addedAt: now, request: false, nickname: undefined}), blocked});
	}

	isBlocked(account: string): boolean {
		return this.#contacts.get(account)?.blocked === true;
	}

	/** Whether this is a stranger who wrote first, and nobody has decided on. */
	isRequest(account: string): boolean {
		return this.#contacts.get(account)?.request === true;
	}

	/** Whether this is somebody in the list, and no stranger any more. */
	isAccepted(account: string): boolean {
		return this.has(account) && !this.isRequest(account);
	}

	/** A request becomes a contact. */
	accept(account: string): void {
		const contact = this.#contacts.get(account);
		if (contact?.request === true) this.#keep({...contact, request: false});
	}

	/** What the person here calls a contact; undefined for nothing else than their name. */
	setNickname(account: string, nickname: string | undefined): void {
		const contact = this.#contacts.get(account);
		if (contact !== undefined) this.#keep({...contact, nickname});
	}

	identity(account: string): IdentityState {
		const pin = this.#pins.pin(account);
		if (pin === undefined) return 'unknown';
		if (pin.changedTo !== undefined || this.#forked.has(account)) return 'changed';
		return pin.verified ? 'verified' : 'pinned';
	}

	/**
	 * A session has proven its key. At a first contact the founding key of the account is pinned; false when the proven key is not the pinned one
	 * nor of a device that its log admits, or its suite a lower one.
	 */
	meet({peer: {name: account, identityKey}, suite}: Established): boolean {
		const pin = this.#pins.pin(account);
		const isDevice =
			pin !== undefined && (equal(pin.identityKey, identityKey) || this.#devices.admits(account, identityKey));
		if (pin !== undefined && !isDevice) {
			this.claimed(account, identityKey);
			return false;
		}

		if (pin !== undefined && suite < pin.suite) return false;
		const foundingKey = pin?.identityKey ?? this.#devices.foundingKey(account) ?? identityKey;
		// The pinned key has spoken: whoever claimed another one was wrong, or has thought better of it.
		if (pin === undefined || pin.changedTo !== undefined || pin.suite < suite) {
			const verified = pin?.verified ?? false;
			this.#put(account, {identityKey: foundingKey, verified, suite: Math.max(pin?.suite ?? 0, suite)});
		}

		return true;
	}

	/** The directory has introduced us: whoever cannot get through to us yet can compare numbers all the same. */
	introduced(account: string, identityKey: Buffer): void {
		this.#introduced.set(account, Buffer.from(identityKey));
	}

	/** The directory vouches for another key than the pinned one. */
	claimed(account: string, identityKey: Buffer): void {
		const pin = this.#pins.pin(account);
		if (pin === undefined || equal(pin.identityKey, identityKey)) return;
		if (pin.changedTo !== undefined && equal(pin.changedTo, identityKey)) return;
		this.#put(account, {...pin, changedTo: identityKey});
	}

	/** The pinned key is of a further device of the account with this founding key, as the device has signed: that one is pinned in its place. */
	founded(account: string, foundingKey: Buffer): void {
		const pin = this.#pins.pin(account);
		if (pin !== undefined) this.#put(account, {identityKey: foundingKey, verified: false, suite: pin.suite});
	}

	/** The directory shows another device log of somebody than the known one. */
	forked(account: string): void {
		this.#forked.add(account);
		if (this.has(account)) this.#view.change(account, {identity: this.identity(account)});
	}

	/** The person has compared the safety number, of the changed key where there is one. Throws 'unknown-contact'. */
	verify(account: string): void {
		this.#accept(account, true);
	}

	/** The person takes the changed key, unseen. Throws 'unknown-contact'. */
	trust(account: string): void {
		this.#accept(account, false);
	}

	/** 60 digits over the key in question: the changed one where there is one. Undefined before a first introduction. */
	safetyNumber(account: string): string | undefined {
		const pin = this.#pins.pin(account);
		const identityKey = pin?.changedTo ?? pin?.identityKey ?? this.#introduced.get(account);
		return identityKey && safetyNumber(this.#self, {name: account, identityKey});
	}

	#accept(account: string, compared: boolean): void {
		const pin = this.#pins.pin(account);
		if (pin === undefined) {
			throw new ClientError('unknown-contact', catalogue.refusals.keyUnknown(account));
		}

		this.#forked.delete(account);
		const {changedTo} = pin;
		const verified = compared || (changedTo === undefined && pin.verified);
		// What was used with the former key says nothing of the new one's device.
		const suite = changedTo === undefined ? pin.suite : 0;
		this.#put(account, {identityKey: changedTo ?? pin.identityKey, verified, suite});
	}

	#keep(contact: ContactEntry): void {
		this.#history.putContact(contact);
		this.#contacts.set(contact.name, contact);
		this.#show(contact);
	}

	#show({name, blocked, request, nickname}: ContactEntry): void {
		// Who is blocked was decided about, and waits for no answer.
		const isWaiting = request && !blocked;
		const isMuted = this.#isMuted(name);
		if (isMuted) this.#muted.add(name);
		else this.#muted.delete(name);
		const identity = this.identity(name);
		const [waiting, muted] = [isWaiting || undefined, isMuted || undefined];
		this.#view.change(name, {blocked, identity, request: waiting, nickname, muted});
	}

	#isMuted(name: string): boolean {
		return this.#history.recall(MUTE, talkWith(name)) !== undefined;
	}

	#put(account: string, pin: Pin): void {
		this.#pins.setPin(account, pin);
		this.#view.change(account, {identity: this.identity(account)});
	}
}
