// Whether a contact may be talked to: its pinned key, its verification and its blocking decide what its sessions may do.
import {type Buffer} from 'node:buffer';
import {type Established} from '../protocol/session/established.ts';
import {foundingDevice} from '../channel/device.ts';
import {type Trace} from '../os/trace.ts';
import {type Exchange} from './exchange.ts';
import {type Exchanges} from './exchanges.ts';
import {type Roster} from './roster.ts';

export type ContactTrustOptions = {
	readonly roster: Roster;
	readonly exchanges: Exchanges;
	readonly trace: Trace;
	/** What the directory shows of the devices of somebody counts from here on. */
	readonly beginAnew: (name: string) => void;
	/** Takes a stranger who wrote first into the list. */
	readonly addStranger: (name: string) => void;
	/** What their sessions may do was decided anew. */
	readonly onDecided: (exchange: Exchange) => void;
};

export class ContactTrust {
	readonly #options: ContactTrustOptions;

	constructor(options: ContactTrustOptions) {
		this.#options = options;
	}

	/** The person here has compared the safety number. Throws ClientError 'unknown-contact'. */
	verify(name: string): void {
		const {roster, beginAnew} = this.#options;
		const isChanged = roster.identity(name) === 'changed';
		roster.verify(name);
		if (isChanged) beginAnew(name);
		this.apply(name);
	}

	/** The person here takes a changed key without comparing. Throws ClientError 'unknown-contact'. */
	trust(name: string): void {
		const {roster, beginAnew} = this.#options;
		const isChanged = roster.identity(name) === 'changed';
		roster.trust(name);
		if (isChanged) beginAnew(name);
		this.apply(name);
	}

	/** Whether a session may stand. False also when the disk takes no pin: a key that cannot be remembered is not used. */
	meet(established: Established): boolean {
		const {roster, addStranger, trace} = this.#options;
		const {name} = established.peer;
		try {
			const stands = roster.meet(established);
			if (stands) addStranger(name);
			this.apply(name);
			return stands;
		} catch (error) {
			trace.caught('disk', 'pin', error);
			return false;
		}
	}

	/** The directory names another key than the pinned one. */
	claimed(name: string, identityKey: Buffer): void {
		try {
			this.#options.roster.claimed(name, identityKey);
		} catch (error) {
			// The warning waits until the disk takes it; nothing goes out to that key all the same.
			this.#options.trace.caught('disk', 'warning', error);
		}

		this.apply(name);
	}

	/** The pinned key is of a further device of the account with this founding key. */
	founded(name: string, foundingKey: Buffer): void {
		try {
			this.#options.roster.founded(name, foundingKey);
		} catch (error) {
			this.#options.trace.caught('disk', 'pin', error);
		}

		this.apply(name);
	}

	/** The directory shows another device log of somebody than the known one. */
	forked(name: string): void {
		this.#options.roster.forked(name);
		this.apply(name);
	}

	/** Whether the person here talks to somebody: strangers and the blocked learn nothing of us. */
	isOpenTo(name: string): boolean {
		const {roster} = this.#options;
		return roster.isAccepted(name) && !roster.isBlocked(name);
	}

	/** Halts the sessions of somebody, or lets them go on. */
	apply(name: string): void {
		const {roster, exchanges, onDecided} = this.#options;
		const exchange = exchanges.exchange(foundingDevice(name));
		if (roster.isBlocked(name)) exchange.channel.halt('all');
		else if (roster.identity(name) === 'changed') exchange.channel.halt('sending');
		else exchange.channel.resume();
		onDecided(exchange);
	}
}
