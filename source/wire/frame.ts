// TCP frames: u16 length ‖ u8 type ‖ body. The length counts type and body.
import {Buffer} from 'node:buffer';

/** The largest length before and after authentication, bytes. */
export const FRAME_LIMIT_BEFORE = 4096;
export const FRAME_LIMIT_AFTER = 16_384;
export const FRAME_HEADER_SIZE = 3;

/** Every frame type. A receiver ignores an unknown type whose high bit is set; any other unknown type ends the connection. */
export const FRAME = {
	hello: 0x01,
	challenge: 0x02,
	response: 0x03,
	server: 0x04,
	auth: 0x05,
	srp: 0x06,
	proof: 0x07,
	accept: 0x08,
	register: 0x09,
	registered: 0x0a,
	authGuest: 0x0b,
	alert: 0x0f,
	introduce: 0x20,
	introduction: 0x21,
	watch: 0x22,
	unwatch: 0x23,
	presence: 0x24,
	search: 0x25,
	results: 0x26,
	block: 0x27,
	blocked: 0x28,
	candidates: 0x29,
	punchRequest: 0x2a,
	punch: 0x2b,
	ping: 0x2c,
	pong: 0x2d,
	signOff: 0x2e,
	changePassword: 0x2f,
	changeIdentity: 0x30,
	changed: 0x31,
	keyUpdate: 0x32,
	refused: 0x33,
	unbound: 0xa4,
	reflectors: 0xb4,
	called: 0xb5,
	ways: 0xb6,
	devices: 0xb7,
	log: 0xb8,
	extendLog: 0xb9,
	logs: 0xba,
	onlineDevices: 0xbb,
	introduceDevice: 0xbc,
	linkRequest: 0xbd,
} as const;

export type Frame = {readonly type: number; readonly body: Buffer};

/** Whether a receiver that does not know `type` may ignore it. */
export function isIgnorable(type: number): boolean {
	return (type & 0x80) !== 0;
}

/** The three bytes before a body. They are also the first part of a record's AAD. */
export function frameHeader(type: number, bodySize: number): Buffer {
	const header = Buffer.allocUnsafe(FRAME_HEADER_SIZE);
	writeFrameHeader(header, 0, type, bodySize);
	return header;
}

/** Writes them to `bytes` from `at` on. */
export function writeFrameHeader(bytes: Buffer, at: number, type: number, bodySize: number): void {
	bytes.writeUInt16BE(1 + bodySize, at);
	bytes.writeUInt8(type, at + 2);
}

export function encodeFrame(frame: Frame): Buffer {
	return joinFrames([frame]);
}

/** One behind the other. */
export function joinFrames(frames: readonly Frame[]): Buffer {
	let size = 0;
	for (const {body} of frames) size += FRAME_HEADER_SIZE + body.length;
	const bytes = Buffer.allocUnsafe(size);
	let offset = 0;
	for (const {type, body} of frames) {
		writeFrameHeader(bytes, offset, type, body.length);
		bytes.set(body, offset + FRAME_HEADER_SIZE);
		offset += FRAME_HEADER_SIZE + body.length;
	}

	return bytes;
}

/**
 * Splits a byte stream into frames, however it is divided into chunks. Holds at most one incomplete frame (`limit` + 2 bytes) and the
 * chunk that is being split.
 */
export class FrameSplitter {
	/** The largest length accepted from now on. */
	limit: number;
	#pending: Buffer = Buffer.alloc(0);

	constructor(limit = FRAME_LIMIT_BEFORE) {
		this.limit = limit;
	}

	/** How many bytes wait because their frame is not complete. */
	get pending(): number {
		return this.#pending.length;
	}

	push(chunk: Buffer): void {
		this.#pending = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
	}

	/** The next whole frame, whose body is a copy; or 'incomplete'; or 'malformed' when the length is 0 or over the limit. */
	next(): Frame | 'incomplete' | 'malformed' {
		const bytes = this.#pending;
		if (bytes.length < 2) return 'incomplete';
		const length = bytes.readUInt16BE(0);
		if (length === 0 || length > this.limit) return 'malformed';
		if (bytes.length < 2 + length) return 'incomplete';
		this.#pending = bytes.subarray(2 + length);
		return {type: bytes.readUInt8(2), body: Buffer.from(bytes.subarray(3, 2 + length))};
	}
}
