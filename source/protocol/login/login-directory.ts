// What a login asks of those who keep accounts and lockouts: each answer may take its time, and nothing is allowed before it is there.
import {type Buffer} from 'node:buffer';
import {type AlertReason} from '../../wire/alert.ts';
import {type Register, type Stretching} from '../../wire/messages/login.ts';
import {type AttemptBucket, type GuessAllowance} from './lockout.ts';

/** What an account signs in with. The verifier is 384 bytes, the identity key the founding key. */
export type Credentials = {readonly stretching: Stretching; readonly verifier: Buffer; readonly identityKey: Buffer};

/** What a name leads to: its credentials, if it may sign in with them, and whether a key is a device of the account, or was. */
export type Found = {
	readonly credentials: Credentials | undefined;
	readonly standing: 'living' | 'removed' | 'unknown';
};

/** Accounts and lockouts, as the server stores them. All reject when the store fails: then no guess was allowed. */
export type LoginDirectory = {
	/** The same work for names without an account, which have no devices. */
	find(name: string, key: Buffer): Promise<Found>;
	/** Applies the registration policy and stores the account, or says why not. */
	register(account: Omit<Register, 'signature'>, now: number): Promise<'registered' | AlertReason>;
	/** Begins an attempt. It is stored when this resolves, before the reply that allows a guess goes out. */
	reserve(bucket: AttemptBucket, now: number): Promise<GuessAllowance>;
	/** The attempt was no guess: the password was right. */
	refund(bucket: AttemptBucket): Promise<void>;
};
