// The identity keys pinned to accounts. The vault of the client keeps them, and the roster asks for them through this port.
import {type Buffer} from 'node:buffer';

/** `changedTo` is the key that the directory vouches for since, until the person here has decided. */
export type Pin = {
	readonly identityKey: Buffer;
	readonly verified: boolean;
	/** The highest suite that was used with the account. */
	readonly suite: number;
	readonly changedTo?: Buffer;
};

/** unknown: never met; pinned: on first use; verified: safety numbers compared; changed: sending is refused until it is decided. */
export type IdentityState = 'unknown' | 'pinned' | 'verified' | 'changed';

export type Pins = {
	pin(account: string): Pin | undefined;
	/** On the disk when it returns. Throws ClientError 'disk'. */
	setPin(account: string, pin: Pin): void;
};
