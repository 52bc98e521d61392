// What a server asks of the others that share its database. A server with a file has none of it, and waits for nothing.
import {type Buffer} from 'node:buffer';
import {type Introduce} from '../../wire/messages/introduce.ts';
import {type Address} from '../../wire/address.ts';
import {type DeviceStanding} from '../device-standing.ts';
import {type SignedInDevice, type Member} from '../member.ts';
import {type LookUp} from '../store/directory-store.ts';

/** The claim that a device is signed in at this server. A later claim of the same device has a higher number, at whichever server. */
export type Claim = {
	readonly epoch: number;
	readonly before: {readonly node: number; readonly boot: string} | undefined;
	/** The number of the highest claim by which others have overtaken this one meanwhile; 0 when none has. */
	readonly overtaken: number;
};

/** What a login reads of its account, and what it has claimed in the same transaction; undefined when the device may not sign in. */
export type Entered = {
	readonly found: LookUp | undefined;
	readonly blocked: readonly string[];
	readonly claim: Claim | 'full' | undefined;
};

export type Cluster = {
	/** Whether the others wait for this server: else its sessions count as over, and it may grant nothing. */
	holdsLease(): boolean;
	/** 16 bytes that say to every server of the cluster which one has the session. */
	sessionId(random: Buffer): Buffer;

	/**
	 * Reads the account and claims the device, if by what was read it may sign in. Then an older session of it at another server has ended, as
	 * far as that one answers. Rejects without a lease.
	 */
	enter(name: string, key: Buffer, standing: (found: LookUp) => DeviceStanding | undefined): Promise<Entered>;
	/** The member is added here: from now on the others hear of it. One that others have overtaken ends at once. */
	entered(member: Member, claim: Claim): void;
	/** The member is gone. Does nothing when a later claim holds. */
	left(member: Member): void;
	/** What was claimed is not needed. */
	abandon(name: string, claim: Claim): void;
	/** What others may see of the member has changed. */
	changed(member: Member): void;

	/** Reads of these names who is signed in at other servers, and hands it to the presence of this one. */
	learn(names: readonly string[]): Promise<void>;
	/** The same for whoever asks once. */
	find(names: readonly string[]): Promise<ReadonlyMap<string, readonly SignedInDevice[]>>;
	/** Names online in the whole cluster. */
	online(): Promise<number>;

	/** What was stored of the account has to be followed at other servers, too. */
	blocksChanged(name: string): void;
	/** `living`: the keys that may sign in. Sessions of others end everywhere. */
	logChanged(name: string, living: readonly Buffer[]): void;
	accountEnded(name: string): void;

	/** Has the server of the other introduce it. Answers the member as `introducePeer` does. */
	introduce(member: Member, asked: Introduce, device: Buffer | undefined): Promise<void>;
	/** Has the server of the founding device pass PUNCH on. */
	punch(member: Member, asked: Introduce): Promise<void>;
	/** Passes LINK_REQUEST on to devices of the name at other servers; whether there are any. */
	passLink(name: string, body: Buffer): Promise<boolean>;
	/** Passes a BIND on to the server that has its session. */
	passBind(datagram: Buffer, from: Address, at: Address): void;

	close(): Promise<void>;
};
