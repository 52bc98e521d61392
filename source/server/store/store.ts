// What a directory server remembers over restarts, as a port: accounts, invites, lockouts and blocks.
import {type Buffer} from 'node:buffer';
import {type AttemptBucket, type Attempts} from '../../protocol/login/lockout.ts';
import {type Credentials} from '../../protocol/login/server.ts';

/** Created in ms. The generation counts the identity keys a name has had; a suspended account waits for its reset link. */
export type Account = Credentials & {
	readonly name: string;
	readonly created: number;
	readonly generation: number;
	readonly suspended: boolean;
};

/** A one-time code, kept as its SHA-256: for a new account, or for an account that starts over. Expires in ms. */
export type Invite = {
	readonly name: string;
	readonly kind: 'new' | 'reset';
	readonly codeHash: Buffer;
	readonly expires: number;
};

/** A name with a bucket that is locked, until a time in ms. */
export type Lock = {readonly name: string; readonly until: number};

/** Secrets that make the server the one its users pinned: the seed of its signing key and its decoy key, 32 bytes each. */
export type ServerSecrets = {readonly signingSeed: Buffer; readonly decoyKey: Buffer};

/** Everything is synchronous: a write takes less time than a promise is worth. Methods throw when the disk does. */
export type Store = {
	readonly secrets: ServerSecrets;

	/** Runs `write` as one transaction that is on the disk, power cut or not, before this returns. */
	durably<T>(write: () => T): T;

	account(name: string): Account | undefined;
	firstAccount(): Account | undefined;
	/** Adds an account or replaces what it signs in with; its blocks stay. */
	putAccount(account: Account): void;
	removeAccount(name: string): boolean;
	accounts(): Iterable<Account>;
	accountCount(): number;
	/** At most `limit` names that start with `prefix` and sort behind `after`, in order. */
	names(prefix: string, after: string, limit: number): string[];

	/** One invite a name: a new one replaces it. */
	putInvite(invite: Invite): void;
	invite(codeHash: Buffer): Invite | undefined;
	removeInvite(name: string): void;

	attempts(bucket: AttemptBucket): Attempts | undefined;
	putAttempts(bucket: AttemptBucket, attempts: Attempts): void;
	/** How many names are locked, and at most `limit` of them with the end of their lock, ms; the last to end first. */
	locks(now: number, limit: number): {readonly count: number; readonly locks: readonly Lock[]};
	/** Forgets one bucket, or both of a name. */
	removeAttempts(bucket: Pick<AttemptBucket, 'name'> & Partial<AttemptBucket>): number;

	/** Whom an account has blocked. */
	blocked(owner: string): string[];
	setBlocked(owner: string, name: string, blocked: boolean): void;

	/** Drops attempts and invites that have expired at these times, and the oldest attempts past the newest `limit`. */
	prune(attemptsAt: number, invitesAt: number, limit: number): void;
	/** Moves the times of all attempts back by so many ms. */
	moveAttempts(by: number): void;
	/** No attempt lies ahead of `now`, and nothing ends later than if it had begun now: the clock was set back meanwhile. */
	limitTimes(now: number): void;

	/** The last join link, for invites while no server runs. */
	joinLink(): string | undefined;
	setJoinLink(link: string): void;

	close(): void;
};
