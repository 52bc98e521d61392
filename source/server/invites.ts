// One-time codes: an invitation to a name, or the way back to one. The store knows only their hashes.
import {Buffer} from 'node:buffer';
import {sha256} from '../crypto/hash.ts';
import {type Random} from '../crypto/random.ts';
import {type Invite, type Store} from './store/store.ts';

export const INVITE_LIFE_MS = 7 * 24 * 3_600_000;
/** 128 bits: nobody guesses one. */
const CODE_SIZE = 16;

/** A fresh code for this name; an older one for the same name is void. */
export function issueInvite(store: Store, name: string, kind: Invite['kind'], random: Random, now: number): string {
	const code = random(CODE_SIZE).toString('base64url');
	store.putInvite({name, kind, codeHash: hashOf(Buffer.from(code)), expires: now + INVITE_LIFE_MS});
	return code;
}

/** The invite of this code for this name, while it is good. */
export function findInvite(store: Store, code: Buffer, name: string, now: number): Invite | undefined {
	const invite = store.invite(hashOf(code));
	return invite?.name === name && invite.expires > now ? invite : undefined;
}

function hashOf(code: Buffer): Buffer {
	return sha256(Buffer.from('simchat1 invite'), code);
}
