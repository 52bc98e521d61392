// Accounts and lockouts as a login needs them, over the store: who may register, and whose guesses are counted.
import {type AlertReason} from '../wire/alert.ts';
import {type Register} from '../wire/messages/login.ts';
import {type AttemptBucket, reserveAttempt} from '../protocol/login/lockout.ts';
import {type Credentials, type LoginDirectory} from '../protocol/login/server.ts';
import {findInvite} from './invites.ts';
import {type Store} from './store/store.ts';

/** Who may make an account: whoever has an invite, anyone, nobody. */
export const REGISTRATIONS = ['invite', 'open', 'closed'] as const;
export type Registration = (typeof REGISTRATIONS)[number];

/** Buckets kept, of names with an account and without alike, beyond which the oldest are forgotten: more than come in 15 minutes. */
const ATTEMPT_LIMIT = 100_000;
/** Reservations between two prunings, so that a flood of names cannot outgrow the bound by much. */
const PRUNE_EVERY = 1000;

export class Accounts implements LoginDirectory {
	readonly #store: Store;
	readonly #registration: Registration;
	#reserved = 0;

	constructor(store: Store, registration: Registration) {
		this.#store = store;
		this.#registration = registration;
	}

	/** A suspended account is none: its old password went with its old device. */
	find(name: string): Credentials | undefined {
		const account = this.#store.account(name);
		// To read nothing takes less time than to read somebody: then somebody else is read.
		if (account === undefined) this.#store.firstAccount();
		return account?.suspended ? undefined : account;
	}

	/** One transaction: an invite is used up exactly when an account came of it. */
	register(account: Omit<Register, 'signature'>, now: number): 'registered' | AlertReason {
		return this.#store.durably(() => this.#register(account, now));
	}

	#register({invite: code, ...register}: Omit<Register, 'signature'>, now: number): 'registered' | AlertReason {
		const {name} = register;
		const invite = findInvite(this.#store, code, name, now);
		const known = this.#store.account(name);
		if (invite?.kind === 'reset' && known !== undefined) {
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

	/** Forgets what has expired; an invite only once `steady`, a clock that nobody sets, says so too. */
	prune(now: number, steady = now): void {
		this.#store.limitTimes(now);
		this.#store.prune(now, Math.min(now, steady), ATTEMPT_LIMIT);
	}

	/** The wall clock was set back by so many ms: locks and attempts end when they would have. */
	setBack(by: number): void {
		this.#store.moveAttempts(by);
	}
}
