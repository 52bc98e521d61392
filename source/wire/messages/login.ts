// The messages of login and registration, TCP frames 0x01–0x0a: each with its fields, encoding and decoding.
import {Buffer} from 'node:buffer';
import {type Address, readAddress, writeAddress} from '../address.ts';
import {Reader, Writer} from '../cursor.ts';
import {readName, writeName} from '../name.ts';

export const SHARE = 384;
export const NONCE = 32;
export const KEM_LIMIT = 1184;
export const INVITE_LIMIT = 64;
const SUITE_LIMIT = 8;

/** 1, C→S. The version and suites that the client supports. `time` is not used and always 0: a client's clock would identify it. */
export type Hello = {version: number; suites: number[]; nonce: Buffer; time: number};

export function encodeHello(hello: Hello): Buffer {
	return new Writer()
		.u8(hello.version)
		.vector8(Buffer.from(hello.suites), SUITE_LIMIT)
		.bytes(hello.nonce, NONCE)
		.u64(hello.time)
		.finish();
}

export function decodeHello(bytes: Buffer): Hello | undefined {
	const reader = new Reader(bytes);
	const hello = {
		version: reader.u8(),
		suites: [...reader.vector8(SUITE_LIMIT)],
		nonce: reader.bytes(NONCE),
		time: reader.u64(),
	};
	return reader.complete && hello.suites.length > 0 ? hello : undefined;
}

/** 2, S→C. The numbers x and y (16 bytes each), the difficulty of the puzzle in bits, and a cookie, so that the server keeps no state. */
export type Challenge = {
	version: number;
	suite: number;
	nonce: Buffer;
	time: number;
	x: Buffer;
	y: Buffer;
	difficulty: number;
	epoch: number;
	cookie: Buffer;
};

export function encodeChallenge(challenge: Challenge): Buffer {
	return new Writer()
		.u8(challenge.version)
		.u8(challenge.suite)
		.bytes(challenge.nonce, NONCE)
		.u64(challenge.time)
		.bytes(challenge.x, 16)
		.bytes(challenge.y, 16)
		.u8(challenge.difficulty)
		.u32(challenge.epoch)
		.bytes(challenge.cookie, 32)
		.finish();
}

export function decodeChallenge(bytes: Buffer): Challenge | undefined {
	const reader = new Reader(bytes);
	const challenge = {
		version: reader.u8(),
		suite: reader.u8(),
		nonce: reader.bytes(NONCE),
		time: reader.u64(),
		x: reader.bytes(16),
		y: reader.bytes(16),
		difficulty: reader.u8(),
		epoch: reader.u32(),
		cookie: reader.bytes(32),
	};
	return reader.complete ? challenge : undefined;
}

/** 3, C→S. Returns what the server did not store, with the product x·y, the solution of the puzzle, and the client's DH share. */
export type Response = {
	hello: Buffer;
	time: number;
	difficulty: number;
	epoch: number;
	cookie: Buffer;
	product: Buffer;
	solution: Buffer;
	share: Buffer;
	kem: Buffer;
};

export function encodeResponse(response: Response): Buffer {
	return new Writer()
		.vector8(response.hello)
		.u64(response.time)
		.u8(response.difficulty)
		.u32(response.epoch)
		.bytes(response.cookie, 32)
		.bytes(response.product, 32)
		.bytes(response.solution, 8)
		.bytes(response.share, SHARE)
		.vector16(response.kem, KEM_LIMIT)
		.finish();
}

export function decodeResponse(bytes: Buffer): Response | undefined {
	const reader = new Reader(bytes);
	const response = {
		hello: reader.vector8(),
		time: reader.u64(),
		difficulty: reader.u8(),
		epoch: reader.u32(),
		cookie: reader.bytes(32),
		product: reader.bytes(32),
		solution: reader.bytes(8),
		share: reader.bytes(SHARE),
		kem: reader.vector16(KEM_LIMIT),
	};
	return reader.complete ? response : undefined;
}

/** 4, S→C. The server's DH share in clear, then its identity and signature, sealed. */
export type ServerShare = {share: Buffer; kem: Buffer; sealed: Buffer};

const SERVER_IDENTITY_SEALED = 160;

export function encodeServerShare(server: ServerShare): Buffer {
	return new Writer()
		.bytes(server.share, SHARE)
		.vector16(server.kem, KEM_LIMIT)
		.bytes(server.sealed, SERVER_IDENTITY_SEALED)
		.finish();
}

export function decodeServerShare(bytes: Buffer): ServerShare | undefined {
	const reader = new Reader(bytes);
	const server = {
		share: reader.bytes(SHARE),
		kem: reader.vector16(KEM_LIMIT),
		sealed: reader.bytes(SERVER_IDENTITY_SEALED),
	};
	return reader.complete ? server : undefined;
}

/** Inside message 4: the server's Ed25519 key and its signature over the transcript. Other proofs of a key have the same layout. */
export type KeyProof = {key: Buffer; signature: Buffer};

export function encodeKeyProof(proof: KeyProof): Buffer {
	return new Writer().bytes(proof.key, 32).bytes(proof.signature, 64).finish();
}

export function decodeKeyProof(bytes: Buffer): KeyProof | undefined {
	const reader = new Reader(bytes);
	const proof = {key: reader.bytes(32), signature: reader.bytes(64)};
	return reader.complete ? proof : undefined;
}

/** 5, C→S, sealed. The name, the SRP value A, and the identity key with the device's signature. */
export type Auth = {name: string; srp: Buffer; identityKey: Buffer; signature: Buffer};

export function encodeAuth(auth: Auth): Buffer {
	return writeName(new Writer(), auth.name)
		.bytes(auth.srp, SHARE)
		.bytes(auth.identityKey, 32)
		.bytes(auth.signature, 64)
		.finish();
}

export function decodeAuth(bytes: Buffer): Auth | undefined {
	const reader = new Reader(bytes);
	const auth = {
		name: readName(reader),
		srp: reader.bytes(SHARE),
		identityKey: reader.bytes(32),
		signature: reader.bytes(64),
	};
	return reader.complete ? auth : undefined;
}

/** How a password was stretched: a salt of 16 bytes, and scrypt's N = 2^logN, r and p (RFC 7914). */
export type Stretching = {salt: Buffer; logN: number; r: number; p: number};

export function writeStretching(writer: Writer, stretching: Stretching): Writer {
	return writer.bytes(stretching.salt, 16).u8(stretching.logN).u8(stretching.r).u8(stretching.p);
}

export function readStretching(reader: Reader): Stretching {
	return {salt: reader.bytes(16), logN: reader.u8(), r: reader.u8(), p: reader.u8()};
}

/** 6, S→C, sealed. How the account's password was stretched, and the SRP value B. */
export type SrpReply = {stretching: Stretching; srp: Buffer};

export function encodeSrpReply(reply: SrpReply): Buffer {
	return writeStretching(new Writer(), reply.stretching).bytes(reply.srp, SHARE).finish();
}

export function decodeSrpReply(bytes: Buffer): SrpReply | undefined {
	const reader = new Reader(bytes);
	const reply = {stretching: readStretching(reader), srp: reader.bytes(SHARE)};
	return reader.complete ? reply : undefined;
}

/** 7, C→S, sealed. M1 proves that the client knows the password. */
export type Proof = {proof: Buffer};

export function encodeProof({proof}: Proof): Buffer {
	return new Writer().bytes(proof, 32).finish();
}

export function decodeProof(bytes: Buffer): Proof | undefined {
	const reader = new Reader(bytes);
	const proof = {proof: reader.bytes(32)};
	return reader.complete ? proof : undefined;
}

/** 8, S→C, sealed. M2 proves that the server knows the verifier. With the session's id, and the client's TCP address as the server sees it. */
export type Accept = {proof: Buffer; sessionId: Buffer; observed: Address};

export function encodeAccept(accept: Accept): Buffer {
	const writer = new Writer().bytes(accept.proof, 32).bytes(accept.sessionId, 16);
	return writeAddress(writer, accept.observed).finish();
}

export function decodeAccept(bytes: Buffer): Accept | undefined {
	const reader = new Reader(bytes);
	const accept = {proof: reader.bytes(32), sessionId: reader.bytes(16), observed: readAddress(reader)};
	return reader.complete ? accept : undefined;
}

/** C→S after message 4, sealed. Makes a new account. Answered by REGISTERED with an empty sealed body. */
export type Register = {
	name: string;
	stretching: Stretching;
	verifier: Buffer;
	identityKey: Buffer;
	signature: Buffer;
	invite: Buffer;
};

export function encodeRegister(register: Register): Buffer {
	return writeStretching(writeName(new Writer(), register.name), register.stretching)
		.bytes(register.verifier, SHARE)
		.bytes(register.identityKey, 32)
		.bytes(register.signature, 64)
		.vector8(register.invite, INVITE_LIMIT)
		.finish();
}

export function decodeRegister(bytes: Buffer): Register | undefined {
	const reader = new Reader(bytes);
	const register = {
		name: readName(reader),
		stretching: readStretching(reader),
		verifier: reader.bytes(SHARE),
		identityKey: reader.bytes(32),
		signature: reader.bytes(64),
		invite: reader.vector8(INVITE_LIMIT),
	};
	return reader.complete ? register : undefined;
}
