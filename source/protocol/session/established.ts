// What a handshake ends with, and what both of its sides check alike.
import {type Buffer} from 'node:buffer';
import {equal} from '../../crypto/bytes.ts';
import {type IdentityKey, verify} from '../../crypto/identity.ts';
import {type Party} from '../../crypto/safety-number.ts';
import {decodeSealedIdentity} from '../../wire/messages/handshake.ts';
import {chooseSuite, suitesIn} from '../../wire/suite.ts';
import {type Drop, drop} from './drops.ts';
import {type Parties, type Role} from './session-keys.ts';

/** This side. */
export type Local = {readonly name: string; readonly identity: IdentityKey};

/** What is remembered of a peer: its founding key, and the highest suite that was used with it. */
export type Pinned = {
	readonly identityKey: Buffer;
	readonly suite: number;
	/** Whether its device log admits a device key. Without a log the founding key is its one device. */
	readonly admits?: (key: Buffer) => boolean;
};

/** Both sides have proven their identity keys over one transcript. `root` is RK0, 32 bytes; `sid` the session's public id. */
export type Established = {
	readonly role: Role;
	readonly local: Local;
	/** The other side, with the device key that it has proven. */
	readonly peer: Party;
	/** Datagrams to this side name `localIndex`, those to the peer `remoteIndex`. */
	readonly localIndex: number;
	readonly remoteIndex: number;
	readonly suite: number;
	readonly sid: Buffer;
	readonly root: Buffer;
};

export function partiesOf(role: Role, local: Local, peer: Party): Parties {
	const here = {name: local.name, identityKey: local.identity.publicKey};
	return role === 'initiator' ? {initiator: here, responder: peer} : {initiator: peer, responder: here};
}

/**
 * Why no session may stand with the device that has this key: 'self' for this device, and for another of the own account whose log is not
 * known; 'device' for one that a log does not admit; 'identity' for another key than the one that is known.
 */
export function refusePeer(
	{name, identity}: Local,
	peer: Party,
	pinned: Pinned | undefined,
): 'self' | 'device' | 'identity' | undefined {
	const {identityKey: key} = peer;
	if (equal(key, identity.publicKey) || (peer.name === name && pinned?.admits === undefined)) return 'self';
	if (pinned?.admits !== undefined) return pinned.admits(key) ? undefined : 'device';
	return pinned === undefined || equal(pinned.identityKey, key) ? undefined : 'identity';
}

/** Whether a handshake goes on in a weaker suite than the strongest that both speak, the other side as `said` in its share. */
export function isDowngrade(suite: number, ours: readonly number[], said: number): boolean {
	return suite !== chooseSuite(suitesIn(said), ours);
}

/** Checks the opened SealedIdentity of RESP or FIN: the expected key, then its signature over `signed`. */
export function refuseIdentity(opened: Buffer | undefined, expected: Buffer, signed: Buffer): Drop | undefined {
	if (opened === undefined) return drop('tag');
	const proof = decodeSealedIdentity(opened);
	if (proof === undefined) return drop('malformed');
	if (!equal(proof.identityKey, expected)) return drop('identity');
	return verify(expected, signed, proof.signature) ? undefined : drop('signature');
}
