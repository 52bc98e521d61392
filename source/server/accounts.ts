// What a login asks of the store: accounts, who may register, and the count of wrong passwords that leads to a lockout.
import {Buffer} from 'node:buffer';
import {type AlertReason} from '../wire/alert.ts';
import {type Register} from '../wire/messages/login.ts';
import {type AttemptBucket, reserveAttempt} from '../protocol/login/lockout.ts';
import {type Credentials, type LoginDirectory} from '../protocol/login/server.ts';
import {standingOf} from './device-standing.ts';
import {findInvite} from './invites.ts';
import {type DirectoryStore} from './store/directory-store.ts';

/** Who may make an account: whoever has an invite, anyone, nobody. */
export const REGISTRATIONS = ['invite', 'open', 'closed'] as const;
export type Registration = (typeof REGISTRATIONS)[number];

/** Counters of attempts kept, for names with and without an account. Past it the oldest are forgotten. More than come in 15 minutes. */
const ATTEMPT_LIMIT = 100_000;
/** Attempts are pruned after so many reservations, so that a flood of names stays close to the bound. */
const PRUNE_EVERY = 1000;

const NOBODY = {name: '', identityKey: Buffer.alloc(32)};

export class Accounts implements LoginDirectory {
	readonly #store: DirectoryStore;
	readonly #registration: Registration;
	#reserved = 0;

	constructor(store: DirectoryStore, registration: Registration) {
		this.#store = store;
		this.#registration = registration;
	}

	/** Undefined for a suspended account too: its owner starts over with a reset link. */
	find(name: string): Credentials | undefined {
		const account = this.#store.account(name);
		// A name without an account must take as long as one with an account: then another account is read.
		if (account === undefined) this.#store.anyAccount();
		return account?.suspended ? undefined : account;
	}

	/** The same work for a name without an account, and for a suspended one, as for others. */
	standing(name: string, key: Buffer): 'living' | 'removed' | 'unknown' {
		const account = this.#store.account(name);
		const standing = standingOf(this.#store, account ?? this.#store.anyAccount() ?? NOBODY, key);
		if (account === undefined || account.suspended || standing === undefined) return 'unknown';
		return standing === 'removed' ? standing : 'living';
	}

	/** Uses up the invite and writes the account in one transaction: both happen, or neither. */
	register(account: Omit<Register, 'signature'>, now: number): 'registered' | AlertReason {
		return this.#store.durably(() => this.#register(account, now));
	}

	#register({invite: code, ...register}: Omit<Register, 'signature'>, now: number): 'registered' | AlertReason {
		const {name} = register;
		const invite = findInvite(this.#store, code, name, now);
		const known = this.#store.account(name);
		if (invite?.kind === 'reset' && known !== undefined) {
			// Another founding key, another log.
			this.#store.removeLog(name);
			this.#store.putAccount({...known, ...register, generation: known.generation + 1, suspended: false});
		} else {
			if (this.#registration === 'closed') return 'registrationClosed';
			if (this.#registration === 'invite' && invite?.kind !== 'new') return 'inviteInvalid';
			if (known !== undefined) return 'nameTaken';
			this.#store.putAccount({...register, created: now, generation: 1, suspended: false});
		}

		this.#store.removeInvite(name);
		return 'registered';
	}

	reserve(bucket: AttemptBucket, now: number): ReturnType<LoginDirectory['reserve']> {
		if (++this.#reserved % PRUNE_EVERY === 0) this.prune(now);
		const reservation = reserveAttempt(this.#store.attempts(bucket), now);
		if (reservation.allowed) this.#store.putAttempts(bucket, reservation.attempts);
		return reservation;
	}

	refund(bucket: AttemptBucket): void {
		this.#store.removeAttempts(bucket);
	}

	/**
	 * Forgets what has expired. `monotonic` is the time by the monotonic clock: an invite is forgotten only when both say that it has
	 * expired, so that a wall clock set forwards by mistake destroys no invite.
	 */
	prune(now: number, monotonic = now): void {
		this.#store.limitTimes(now);
		this.#store.prune(now, Math.min(now, monotonic), ATTEMPT_LIMIT);
	}

	/** The wall clock was set back by so many ms: moves locks and attempts with it, so that a lock does not last longer. */
	setBack(by: number): void {
		this.#store.moveAttempts(by);
	}
}
