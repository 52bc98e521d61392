// The interface of the server's database: accounts, invites, lockouts and blocks. Another database would implement the same.
import {type Buffer} from 'node:buffer';
import {type AttemptBucket, type Attempts} from '../../protocol/login/lockout.ts';
import {type Credentials} from '../../protocol/login/server.ts';

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

/** What `users` shows of an account. `lockedUntil`: the later of its two locks, 0 without one; times in ms. */
export type StoredUser = Pick<AccountRecord, 'name' | 'created' | 'suspended'> & {readonly lockedUntil: number};

/** A locked name, and when its lock ends, ms. */
export type AccountLock = {readonly name: string; readonly until: number};

/** The seed of the signing key, which clients have pinned, and the key that decoy accounts are made from; 32 bytes each. */
export type ServerSecrets = {readonly signingSeed: Buffer; readonly decoyKey: Buffer};

/** All methods are synchronous, since a write is too short to be worth a promise. They throw when the disk fails. */
export type DirectoryStore = {
	readonly secrets: ServerSecrets;

	/** Runs `write` as one transaction. It is on the disk when this returns, so that it survives a power cut. */
	durably<T>(write: () => T): T;

	account(name: string): AccountRecord | undefined;
	/** Some account, if there is one: read in place of a missing one, so that both take the same time. */
	anyAccount(): AccountRecord | undefined;
	/** Adds an account, or replaces it. Its blocks stay. */
	putAccount(account: AccountRecord): void;
	removeAccount(name: string): boolean;
	accountCount(): number;
	/** At most `limit` names that start with `prefix` and come after `after`, in alphabetical order. */
	names(prefix: string, after: string, limit: number): string[];
	/** The same with what is shown of them. */
	users(prefix: string, after: string, limit: number): StoredUser[];

	/** Entries of the account's device log, as they came, in order: at most `limit` from the one with the index `from` on. */
	logEntries(name: string, from: number, limit: number): Buffer[];
	/** How many entries it has. */
	logLength(name: string): number;
	/** Whether it has more than one: most have not, and few pages of the disk tell of all. */
	isLogLong(name: string): boolean;
	/** The index of the entry is that length. */
	appendLogEntry(name: string, entry: Buffer): void;
	removeLog(name: string): void;

	/** A name has at most one invite: a new one replaces the old one. */
	putInvite(invite: Invite): void;
	invite(codeHash: Buffer): Invite | undefined;
	removeInvite(name: string): void;

	attempts(bucket: AttemptBucket): Attempts | undefined;
	putAttempts(bucket: AttemptBucket, attempts: Attempts): void;
	/** How many names are locked, and at most `limit` of them; those whose locks end last come first. */
	locks(now: number, limit: number): {readonly count: number; readonly locks: readonly AccountLock[]};
	/** Removes one counter of a name, or both; returns how many it removed. */
	removeAttempts(bucket: Pick<AttemptBucket, 'name'> & Partial<AttemptBucket>): number;

	/** The names that an account has blocked. */
	blocked(owner: string): string[];
	setBlocked(owner: string, name: string, blocked: boolean): void;

	/** Removes attempts and invites that have expired at these times. Of the attempts it keeps only the newest `limit`. */
	prune(attemptsAt: number, invitesAt: number, limit: number): void;
	/** Moves the times of all attempts back by so many ms. */
	moveAttempts(by: number): void;
	/** Repairs times after the clock was set back while no server ran: no attempt is later than `now`, and no lock or invite ends too late. */
	limitTimes(now: number): void;

	/** The join link of the last run, for invites while no server runs. */
	joinLink(): string | undefined;
	setJoinLink(link: string): void;

	/** Writes something that nobody reads. Throws when it cannot be kept. */
	probe(now: number): void;

	close(): void;
};
