// What the server asks of its database, as whole operations: each happens as a whole or not at all, whoever else writes meanwhile.
import {type Buffer} from 'node:buffer';
import {type AttemptBucket, type GuessAllowance} from '../../protocol/login/lockout.ts';
import {type Credentials} from '../../protocol/login/login-directory.ts';
import {type AlertReason} from '../../wire/alert.ts';
import {type StoreRow} from './store-rows.ts';

/** Who may make an account: whoever has an invite, anyone, nobody. */
export const REGISTRATIONS = ['invite', 'open', 'closed'] as const;
export type Registration = (typeof REGISTRATIONS)[number];

/** The identity key is the founding key. `created` in ms. `generation` counts the founding keys that the name has had. A suspended account waits for its reset link to be used. */
export type AccountRecord = Credentials & {
	readonly name: string;
	readonly created: number;
	readonly generation: number;
	readonly suspended: boolean;
};

/** A one-time code for a new account, or for an account that starts over. Only its SHA-256 is kept. `expires` in ms. */
export type Invite = {
	readonly name: string;
	readonly kind: 'new' | 'reset';
	readonly codeHash: Buffer;
	readonly expires: number;
};

/** A locked name, and when its lock ends, ms. */
export type AccountLock = {readonly name: string; readonly until: number};

/** The seed of the signing key, which clients have pinned, and the key that decoy accounts are made from; 32 bytes each. */
export type ServerSecrets = {readonly signingSeed: Buffer; readonly decoyKey: Buffer};

/** What a name leads to. Another account's record stands in for a missing one, so that both take the same time. */
export type LookUp = {
	readonly isThere: boolean;
	readonly account: AccountRecord;
	/** The device log, while it has more than one entry; with one it says what the account does. */
	readonly log: readonly Buffer[];
};

/** A new account, or one that starts over. `codeHash`: of the invite that was named. */
export type Registering = Credentials & {readonly name: string; readonly codeHash: Buffer};

/** What a signed-in client changes of its account: another password, or another founding key, which only an account without a log may have. */
export type AccountChange = Pick<Credentials, 'stretching' | 'verifier'> | Pick<Credentials, 'identityKey'>;

/** A page of a log: entries from an index on, and how many there are in all. */
export type StoredLog = {readonly count: number; readonly entries: readonly Buffer[]};

/** What `users` shows of an account. `lockedUntil`: the later of its two locks, 0 without one; times in ms. */
export type StoredUser = Pick<AccountRecord, 'name' | 'created' | 'suspended'> & {readonly lockedUntil: number};

/**
 * All operations reject when the database fails or cannot be reached, and then nothing was answered: what they would have written may
 * have been written or not. `now` is the caller's wall clock, ms. A database of several servers takes its own in its place.
 */
export type DirectoryStore = {
	readonly secrets: ServerSecrets;

	account(name: string): Promise<AccountRecord | undefined>;
	/** Undefined while there is no account at all. */
	lookUp(name: string): Promise<LookUp | undefined>;
	accountCount(): Promise<number>;
	/** At most `limit` names that start with `prefix` and come after `after`, in alphabetical order. */
	names(prefix: string, after: string, limit: number): Promise<string[]>;
	users(prefix: string, after: string, limit: number, now: number): Promise<StoredUser[]>;

	/** Uses up the invite, writes the account and, where it starts over, removes its log: in one transaction, durably. */
	register(account: Registering, registration: Registration, now: number): Promise<'registered' | AlertReason>;
	/** Compare and set, durably: 'stale' when the account is gone, is suspended or has another generation, or a log that the change cannot have. */
	change(name: string, generation: number, change: AccountChange): Promise<'changed' | 'stale'>;
	/** Durably. The account waits for the invite to be used; its locks are over. False when there is none. */
	suspend(reset: Invite): Promise<boolean>;
	/** Durably, with its log, invite, locks and blocks. False when there is none. */
	remove(name: string): Promise<boolean>;
	/** Durably. In the place of an older one of that name. 'exists' when a new account would have an existing name. */
	invite(invite: Invite): Promise<'made' | 'exists'>;

	/** At most `limit` entries from the one with the index `from` on. */
	log(name: string, from: number, limit: number): Promise<StoredLog>;
	/** Of these names those whose logs have more than one entry, in the order of the names. */
	longLogs(names: readonly string[]): Promise<Array<{readonly name: string; readonly count: number}>>;
	/** Compare and set on the generation of the account and on the length of the log, durably: the index of the entry is that length. */
	extendLog(name: string, generation: number, length: number, entry: Buffer): Promise<'extended' | 'stale'>;

	/** Begins an attempt in one statement. It is counted when this resolves. */
	reserve(bucket: AttemptBucket, now: number): Promise<GuessAllowance>;
	/** Forgets the attempts: the password was right. */
	refund(bucket: AttemptBucket): Promise<void>;
	/** Removes both counters of a name; returns how many there were. */
	unlock(name: string): Promise<number>;
	/** How many names are locked, and at most `limit` of them; those whose locks end last come first. */
	locks(now: number, limit: number): Promise<{readonly count: number; readonly locks: readonly AccountLock[]}>;

	/** The names that an account has blocked. */
	blocked(owner: string): Promise<string[]>;
	/** 'full' when the account has blocked `limit` others. */
	setBlocked(owner: string, name: string, blocked: boolean, limit: number): Promise<'done' | 'full'>;

	/**
	 * Removes attempts that are over, invites that have expired at `now` and at `invitesAt`, and the oldest attempts past `limit`. Cuts locks
	 * and invites that end later than any can, as after the clock was set back.
	 */
	prune(now: number, invitesAt: number, limit: number): Promise<void>;
	/** Moves the times of all attempts back by so many ms, with the clock. */
	moveAttempts(by: number): Promise<void>;

	/** The join link of the last run, for invites while no server runs. */
	joinLink(): Promise<string | undefined>;
	setJoinLink(link: string): Promise<void>;

	/** All that it holds, secrets too. */
	rows(): AsyncIterable<StoreRow>;
	/** Takes the rows of another store, all or none; 'not empty' when it holds an account or an invite. Its secrets are those of the rows from then on. */
	fill(rows: AsyncIterable<StoreRow>): Promise<'filled' | 'not empty'>;

	/** Writes something that nobody reads. Rejects when it cannot be kept. */
	probe(now: number): Promise<void>;

	close(): Promise<void>;
};
