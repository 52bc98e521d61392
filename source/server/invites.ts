// One-time codes: to make an account under a name, or to start over with it. The store keeps only their hashes.
import {Buffer} from 'node:buffer';
import {sha256} from '../crypto/hash.ts';
import {type Random} from '../crypto/random.ts';
import {type Invite} from './store/directory-store.ts';

export const INVITE_LIFE_MS = 7 * 24 * 3_600_000;
/** 128 bits: too many to guess. */
const CODE_SIZE = 16;

/** A code for this name, and the invite that the store keeps of it. */
export function newInvite(
	name: string,
	kind: Invite['kind'],
	random: Random,
	now: number,
): {readonly code: string; readonly invite: Invite} {
	const code = random(CODE_SIZE).toString('base64url');
	return {code, invite: {name, kind, codeHash: inviteHash(Buffer.from(code)), expires: now + INVITE_LIFE_MS}};
}

export function inviteHash(code: Buffer): Buffer {
	return sha256(Buffer.from('simchat1 invite'), code);
}
