// What a login asks of the store: accounts, who may register, and the count of wrong passwords that leads to a lockout.
import {type Buffer} from 'node:buffer';
import {type AlertReason} from '../wire/alert.ts';
import {type Register} from '../wire/messages/login.ts';
import {type AttemptBucket, type GuessAllowance} from '../protocol/login/lockout.ts';
import {type Found, type LoginDirectory} from '../protocol/login/login-directory.ts';
import {NOBODY, standingOf} from './device-standing.ts';
import {inviteHash} from './invites.ts';
import {type DirectoryStore, type Registration} from './store/directory-store.ts';

/** Counters of attempts kept, for names with and without an account. Past it the oldest are forgotten. More than come in 15 minutes. */
const ATTEMPT_LIMIT = 100_000;
/** Attempts are pruned after so many reservations, so that a flood of names stays close to the bound. */
const PRUNE_EVERY = 1000;

export class Accounts implements LoginDirectory {
	readonly #store: DirectoryStore;
	readonly #registration: Registration;
	#reserved = 0;

	constructor(store: DirectoryStore, registration: Registration) {
		this.#store = store;
		this.#registration = registration;
	}

	/** The same work for a name without an account, and for a suspended one, as for others: the owner of that starts over with a reset link. */
	async find(name: string, key: Buffer): Promise<Found> {
		const found = (await this.#store.lookUp(name)) ?? NOBODY;
		const standing = standingOf(found, key);
		if (!found.isThere || found.account.suspended) return {credentials: undefined, standing: 'unknown'};
		return {
			credentials: found.account,
			standing: standing === undefined ? 'unknown' : standing === 'removed' ? standing : 'living',
		};
	}

	async register({invite, ...account}: Omit<Register, 'signature'>, now: number): Promise<'registered' | AlertReason> {
		return this.#store.register({...account, codeHash: inviteHash(invite)}, this.#registration, now);
	}

	async reserve(bucket: AttemptBucket, now: number): Promise<GuessAllowance> {
		if (++this.#reserved % PRUNE_EVERY === 0) await this.prune(now);
		return this.#store.reserve(bucket, now);
	}

	async refund(bucket: AttemptBucket): Promise<void> {
		await this.#store.refund(bucket);
	}

	/**
	 * Forgets what has expired. `monotonic` is the time by the monotonic clock: an invite is forgotten only when both say that it has
	 * expired, so that a wall clock set forwards by mistake destroys no invite.
	 */
	async prune(now: number, monotonic = now): Promise<void> {
		await this.#store.prune(now, monotonic, ATTEMPT_LIMIT);
	}

	/** The wall clock was set back by so many ms: moves locks and attempts with it, so that a lock does not last longer. */
	async setBack(by: number): Promise<void> {
		await this.#store.moveAttempts(by);
	}
}
