// One-time codes: to make an account under a name, or to start over with it. The store keeps only their hashes.
import {Buffer} from 'node:buffer';
import {sha256} from '../crypto/hash.ts';
import {type Random} from '../crypto/random.ts';
import {type Invite, type DirectoryStore} from './store/directory-store.ts';

export const INVITE_LIFE_MS = 7 * 24 * 3_600_000;
/** 128 bits: too many to guess. */
const CODE_SIZE = 16;

/** Makes a code for this name. An older code for the same name is no longer valid. */
export function issueInvite(
	store: DirectoryStore,
	name: string,
	kind: Invite['kind'],
	random: Random,
	now: number,
): string {
	const code = random(CODE_SIZE).toString('base64url');
	store.putInvite({name, kind, codeHash: hashOf(Buffer.from(code)), expires: now + INVITE_LIFE_MS});
	return code;
}

/** The invite with this code and name, if it has not expired. */
export function findInvite(store: DirectoryStore, code: Buffer, name: string, now: number): Invite | undefined {
	const invite = store.invite(hashOf(code));
	return invite?.name === name && invite.expires > now ? invite : undefined;
}

function hashOf(code: Buffer): Buffer {
	return sha256(Buffer.from('simchat1 invite'), code);
}
