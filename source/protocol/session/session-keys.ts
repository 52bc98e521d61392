// The key schedule of a session: transcript, keys and signed bytes, one label a purpose and a direction.
import {Buffer} from 'node:buffer';
import {concat, secretBytes, wipe} from '../../crypto/bytes.ts';
import {expandLabel, expandLabelInto, extractInto, extract} from '../../crypto/kdf.ts';
import {type Party} from '../../crypto/safety-number.ts';
import {open, seal} from '../../crypto/seal.ts';
import {Writer} from '../../wire/cursor.ts';
import {COOKIE_SIZE} from '../../wire/messages/handshake.ts';
import {writeName} from '../../wire/name.ts';
import {append, transcript} from '../transcript.ts';

export type Role = 'initiator' | 'responder';
export type Parties = {readonly initiator: Party; readonly responder: Party};

/** Seals with a key of 64 bytes that has this one use, and wipes it. */
export function sealOnce(key: Buffer, plaintext: Buffer, aad: Buffer, iv: Buffer): Buffer {
	const sealed = seal(key, plaintext, aad, iv);
	wipe(key);
	return sealed;
}

/** Opens with a key of 64 bytes, derived for this one try, and wipes it; undefined when the seal is not of that key. */
export function openOnce(key: Buffer, sealed: Buffer, aad: Buffer): Buffer | undefined {
	const plaintext = open(key, sealed, aad);
	wipe(key);
	return plaintext;
}

/** For what lies between two keys, wiped before the next is derived. */
const scratch = secretBytes(32);

/** Both names in their fixed field, then both identity keys: 130 bytes. */
function partiesBytes({initiator, responder}: Parties): Buffer {
	return writeName(writeName(new Writer(), initiator.name), responder.name)
		.bytes(initiator.identityKey, 32)
		.bytes(responder.identityKey, 32)
		.finish();
}

/** th1: what both sides know before the first datagram. */
export function openingTranscript(parties: Parties): Buffer {
	return append(transcript('session'), partiesBytes(parties));
}

/** All of an INIT but the cookie at its end, which goes from zeros to the one asked for: what th2 appends. */
export function initBody(datagram: Buffer): Buffer {
	return datagram.subarray(0, datagram.length - COOKIE_SIZE);
}

/** K_i, seals g^s in INIT. 64 bytes, as every sealing key. */
export function initKey(introductionKey: Buffer, th1: Buffer): Buffer {
	return expandLabel(introductionKey, 'session init', th1, 64);
}

/** K_r, seals g^d in RESP. */
export function respKey(introductionKey: Buffer, th2: Buffer): Buffer {
	return expandLabel(introductionKey, 'session resp', th2, 64);
}

/** HS of 32 bytes: whoever knows it took part in both the introduction and the DH. Wipes `secret`, the g^sd of 384 bytes. */
export function handshakeSecret(introductionKey: Buffer, th2: Buffer, secret: Buffer): Buffer {
	const derived = expandLabelInto(scratch, introductionKey, 'derived', th2);
	const hs = extract(derived, secret);
	wipe(derived, secret);
	return hs;
}

export function respIdentityKey(hs: Buffer, th3: Buffer): Buffer {
	return expandLabel(hs, 'session resp identity', th3, 64);
}

export function finIdentityKey(hs: Buffer, th4: Buffer): Buffer {
	return expandLabel(hs, 'session fin identity', th4, 64);
}

/** What an identity key signs: the responder over th3, the initiator over th4. */
export function handshakeSigned(role: Role, th: Buffer, parties: Parties): Buffer {
	return concat(Buffer.from(`simchat1 session ${role}`), th, partiesBytes(parties));
}

/** RK0 and the public id of the session, over the whole handshake. 32 bytes each. */
export function sessionSecrets(hs: Buffer, th5: Buffer): {root: Buffer; sid: Buffer} {
	return {
		root: expandLabel(hs, 'session root', th5, 32),
		sid: expandLabelInto(Buffer.alloc(32), hs, 'session id', th5),
	};
}

/** CK of one direction at the start of an epoch, 32 bytes. */
export function chainKey(root: Buffer, sender: Role, sid: Buffer, epoch: number): Buffer {
	return expandLabel(root, `chain ${sender}`, concat(sid, new Writer().u16(epoch).finish()), 32);
}

/** thR: the session, then both halves of a rekey as they are signed: epoch, share and KEM part of each. */
export function rekeyTranscript(sid: Buffer, request: Buffer, answer: Buffer): Buffer {
	return append(append(append(transcript('rekey'), sid), request), answer);
}

/** RK of the next epoch, 32 bytes, over the `th` of its rekey. Wipes `secret`, the g^s'd' of 384 bytes. */
export function nextRoot(root: Buffer, secret: Buffer, th: Buffer): Buffer {
	const prk = extractInto(scratch, root, secret);
	const next = expandLabel(prk, 'rekey root', th, 32);
	wipe(prk, secret);
	return next;
}

/** What an identity key signs in a rekey: the bodies so far, the request's first. */
export function rekeySigned(sid: Buffer, ...bodies: readonly Buffer[]): Buffer {
	return concat(Buffer.from('simchat1 rekey'), sid, ...bodies);
}
