// The key schedule of a login: handshake keys from the DH secret, then session keys from it and the password together.
import {Buffer} from 'node:buffer';
import {concat, secretBytes, wipe} from '../../crypto/bytes.ts';
import {hmac} from '../../crypto/hash.ts';
import {expandLabel, expandLabelInto, extract, extractInto} from '../../crypto/kdf.ts';
import {type Address} from '../../wire/address.ts';
import {Writer} from '../../wire/cursor.ts';
import {type Frame, encodeFrame} from '../../wire/frame.ts';
import {type Register, type ServerShare} from '../../wire/messages/login.ts';
import {writeName} from '../../wire/name.ts';
import {append} from '../transcript.ts';
import {type RecordState, recordState} from './records.ts';

/** What both sides hold once a client is signed in. Wiped at sign-off, disconnect and displacement. */
export type DirectorySession = {
	/** 16 bytes, names the session to the UDP reflector. */
	readonly sessionId: Buffer;
	/** 8 bytes, names the ticket key in clear. */
	readonly ticketKeyId: Buffer;
	/** 64 bytes: tickets for this client are sealed under it (the paper's DHkey2). */
	readonly ticketKey: Buffer;
	/** 32 bytes: MACs BIND and BOUND. */
	readonly bindKey: Buffer;
	readonly send: RecordState;
	readonly receive: RecordState;
	/** Where the server saw the client, over TCP. */
	readonly observed: Address;
	/** Server time less local time, ms; 0 on the server. */
	readonly clockOffset: number;
};

/** Keys of the handshake between SERVER and ACCEPT: 64 bytes a direction, and the secret that the session's keys come from. */
export type HandshakeKeys = {readonly secret: Buffer; readonly client: RecordState; readonly server: RecordState};

/** `secret` is the DH secret, with a KEM's behind it in suites that have one; it is wiped. T1 is 32 bytes. */
export function handshakeKeys(secret: Buffer, t1: Buffer, now: number): HandshakeKeys {
	const hs = extract(t1, secret);
	wipe(secret);
	return {
		secret: hs,
		client: recordState(expandLabel(hs, 'login client handshake', t1, 64), now),
		server: recordState(expandLabel(hs, 'login server handshake', t1, 64), now),
	};
}

export function wipeHandshake({secret, client, server}: HandshakeKeys): void {
	wipe(secret, client.key, server.key);
}

/** M1 over T6 and M2 over T7: who knows the SRP key, bound to all that was said. */
export function clientProof(srpKey: Buffer, t6: Buffer): Buffer {
	return proof(srpKey, 'login client proof', t6);
}

export function serverProof(srpKey: Buffer, t7: Buffer): Buffer {
	return proof(srpKey, 'login server proof', t7);
}

/** For keys of a moment, wiped before the next is derived. */
const scratch = secretBytes(32);

function proof(srpKey: Buffer, label: string, th: Buffer): Buffer {
	const key = expandLabelInto(scratch, srpKey, label, th);
	const mac = hmac(key, th);
	wipe(key);
	return mac;
}

/** The session's keys over T8; wipes the handshake's and the SRP key. */
export function establish(
	role: 'client' | 'server',
	handshake: HandshakeKeys,
	srpKey: Buffer,
	t8: Buffer,
	seen: {sessionId: Buffer; observed: Address; clockOffset: number},
	now: number,
): DirectorySession {
	const salt = expandLabelInto(scratch, handshake.secret, 'derived', Buffer.alloc(0));
	const dhKey1 = extractInto(scratch, salt, srpKey);
	const client = recordState(expandLabel(dhKey1, 'record client', t8, 64), now);
	const server = recordState(expandLabel(dhKey1, 'record server', t8, 64), now);
	const session = {
		...seen,
		ticketKeyId: expandLabelInto(Buffer.alloc(8), dhKey1, 'ticket key id', t8),
		ticketKey: expandLabel(dhKey1, 'ticket', t8, 64),
		bindKey: expandLabel(dhKey1, 'udp bind', t8, 32),
		send: role === 'client' ? client : server,
		receive: role === 'client' ? server : client,
	};
	wipe(dhKey1, srpKey);
	wipeHandshake(handshake);
	return session;
}

/** Zeroes every key of a session that has ended. */
export function wipeDirectorySession({
	sessionId,
	ticketKeyId,
	ticketKey,
	bindKey,
	send,
	receive,
}: DirectorySession): void {
	wipe(sessionId, ticketKeyId, ticketKey, bindKey, send.key, receive.key);
}

/** T1: HELLO, CHALLENGE, RESPONSE as whole frames, then SERVER's part in clear. */
export function appendServerShare(th: Buffer, {share, kem}: Omit<ServerShare, 'sealed'>): Buffer {
	return append(th, new Writer().bytes(share).vector16(kem).finish());
}

export function appendFrame(th: Buffer, frame: Frame): Buffer {
	return append(th, encodeFrame(frame));
}

/** What the server signs: its identity over T1. */
export function serverStatement(t1: Buffer): Buffer {
	return concat(Buffer.from('simchat1 login server'), t1);
}

/** What a device signs in AUTH, and a guest in AUTH_GUEST: its device key for this name, over T2 and all after it. */
export function deviceStatement(as: 'device' | 'guest', th: Buffer, name: string, identityKey: Buffer): Buffer {
	const label = as === 'device' ? 'simchat1 login device' : 'simchat1 login guest';
	return writeName(new Writer().bytes(Buffer.from(label)).bytes(th), name)
		.bytes(identityKey)
		.finish();
}

/** What a device signs in REGISTER: the same, and the verifier that it brings. */
export function registerStatement(th: Buffer, {name, identityKey, verifier}: Omit<Register, 'signature'>): Buffer {
	const writer = new Writer().bytes(Buffer.from('simchat1 login register')).bytes(th);
	return writeName(writer, name).bytes(identityKey).bytes(verifier).finish();
}

/** What CHANGE_IDENTITY signs, with the old key and with the new. */
export function identityChangeStatement(name: string, identityKey: Buffer): Buffer {
	const writer = new Writer().bytes(Buffer.from('simchat1 identity change'));
	return writeName(writer, name).bytes(identityKey).finish();
}
