// The session handshake between peers: the UDP datagrams INIT, COOKIE, RESP and FIN. They have fixed sizes, so the length is checked first.
import {type Buffer} from 'node:buffer';
import {Reader, Writer} from '../cursor.ts';
import {DATAGRAM} from '../datagram.ts';
import {TICKET_SIZE} from './introduce.ts';
import {SHARE} from './login.ts';

export const COOKIE_SIZE = 16;
/** IV 16 ‖ 432 ‖ tag 32: what INIT and RESP seal under keys of K_c1c2. */
const SEALED_SHARE = 480;
/** IV 16 ‖ 112 ‖ tag 32: identity key, signature and flags. */
const SEALED_IDENTITY = 160;

/** 7 + 248 + 480 + 16. */
export const INIT_SIZE = 751;
/** 10 + 480 + 160. Less than INIT, so that an answer never amplifies. */
export const RESP_SIZE = 650;
export const FIN_SIZE = 166;
export const COOKIE_DATAGRAM_SIZE = 22;

/** u8 type ‖ u8 version ‖ u8 suite ‖ u32 index ‖ ticket 248 ‖ sealed 480 ‖ cookie 16 (zeros until the other side asks for one). */
export type Init = {version: number; suite: number; index: number; ticket: Buffer; sealed: Buffer; cookie: Buffer};

export function encodeInit(init: Init): Buffer {
	return new Writer().bytes(initHeader(init)).bytes(init.sealed, SEALED_SHARE).bytes(init.cookie, COOKIE_SIZE).finish();
}

/** All before the sealed part: its AAD. */
export function initHeader({version, suite, index, ticket}: Omit<Init, 'sealed' | 'cookie'>): Buffer {
	return new Writer().u8(DATAGRAM.init).u8(version).u8(suite).u32(index).bytes(ticket, TICKET_SIZE).finish();
}

export function decodeInit(bytes: Buffer): Init | undefined {
	const reader = new Reader(bytes);
	if (reader.u8() !== DATAGRAM.init) return undefined;
	const init = {
		version: reader.u8(),
		suite: reader.u8(),
		index: reader.u32(),
		ticket: reader.bytes(TICKET_SIZE),
		sealed: reader.bytes(SEALED_SHARE),
		cookie: reader.bytes(COOKIE_SIZE),
	};
	return reader.complete ? init : undefined;
}

/** u8 type ‖ u8 version ‖ u32 index of the initiator ‖ cookie 16. */
export type Cookie = {version: number; index: number; cookie: Buffer};

export function encodeCookie(cookie: Cookie): Buffer {
	return new Writer()
		.u8(DATAGRAM.cookie)
		.u8(cookie.version)
		.u32(cookie.index)
		.bytes(cookie.cookie, COOKIE_SIZE)
		.finish();
}

export function decodeCookie(bytes: Buffer): Cookie | undefined {
	const reader = new Reader(bytes);
	if (reader.u8() !== DATAGRAM.cookie) return undefined;
	const cookie = {version: reader.u8(), index: reader.u32(), cookie: reader.bytes(COOKIE_SIZE)};
	return reader.complete ? cookie : undefined;
}

/** u8 type ‖ u8 version ‖ u32 receiver (the initiator's index) ‖ u32 sender (the responder's) ‖ sealed 480 ‖ identity 160. */
export type Resp = {version: number; receiver: number; sender: number; sealed: Buffer; identity: Buffer};

export function encodeResp(resp: Resp): Buffer {
	return new Writer()
		.bytes(respHeader(resp))
		.bytes(resp.sealed, SEALED_SHARE)
		.bytes(resp.identity, SEALED_IDENTITY)
		.finish();
}

export function respHeader({version, receiver, sender}: Omit<Resp, 'sealed' | 'identity'>): Buffer {
	return new Writer().u8(DATAGRAM.resp).u8(version).u32(receiver).u32(sender).finish();
}

export function decodeResp(bytes: Buffer): Resp | undefined {
	const reader = new Reader(bytes);
	if (reader.u8() !== DATAGRAM.resp) return undefined;
	const resp = {
		version: reader.u8(),
		receiver: reader.u32(),
		sender: reader.u32(),
		sealed: reader.bytes(SEALED_SHARE),
		identity: reader.bytes(SEALED_IDENTITY),
	};
	return reader.complete ? resp : undefined;
}

/** u8 type ‖ u8 version ‖ u32 receiver (the responder's index) ‖ identity 160. */
export type Fin = {version: number; receiver: number; identity: Buffer};

export function encodeFin(fin: Fin): Buffer {
	return new Writer().bytes(finHeader(fin)).bytes(fin.identity, SEALED_IDENTITY).finish();
}

export function finHeader({version, receiver}: Omit<Fin, 'identity'>): Buffer {
	return new Writer().u8(DATAGRAM.fin).u8(version).u32(receiver).finish();
}

export function decodeFin(bytes: Buffer): Fin | undefined {
	const reader = new Reader(bytes);
	if (reader.u8() !== DATAGRAM.fin) return undefined;
	const fin = {version: reader.u8(), receiver: reader.u32(), identity: reader.bytes(SEALED_IDENTITY)};
	return reader.complete ? fin : undefined;
}

/** Sealed in INIT (N1, g^s) and in RESP (N2, g^d). `suites` are the sender's suites as bits, `time` is server time in ms. */
export type SealedShare = {time: number; nonce: Buffer; share: Buffer; suites: number};

export function encodeSealedShare(sealed: SealedShare): Buffer {
	return new Writer().u64(sealed.time).bytes(sealed.nonce, 32).bytes(sealed.share, SHARE).u8(sealed.suites).finish();
}

export function decodeSealedShare(bytes: Buffer): SealedShare | undefined {
	const reader = new Reader(bytes);
	const sealed = {time: reader.u64(), nonce: reader.bytes(32), share: reader.bytes(SHARE), suites: reader.u8()};
	return reader.complete ? sealed : undefined;
}

/** Sealed in RESP and FIN under keys of the DH secret: the sender's identity key and its signature over the transcript. */
export type SealedIdentity = {identityKey: Buffer; signature: Buffer; flags: number};

export function encodeSealedIdentity(sealed: SealedIdentity): Buffer {
	return new Writer().bytes(sealed.identityKey, 32).bytes(sealed.signature, 64).u8(sealed.flags).finish();
}

export function decodeSealedIdentity(bytes: Buffer): SealedIdentity | undefined {
	const reader = new Reader(bytes);
	const sealed = {identityKey: reader.bytes(32), signature: reader.bytes(64), flags: reader.u8()};
	return reader.complete ? sealed : undefined;
}
