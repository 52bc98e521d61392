// MSG, the only datagram of an established session: a header of 12 bytes in clear, then sealed frames and padding.
import {Buffer} from 'node:buffer';
import {Reader, Writer} from '../cursor.ts';
import {DATAGRAM, DATAGRAM_LIMIT} from '../datagram.ts';

export const MSG_HEADER_SIZE = 12;
/** IV 16 ‖ at least one block ‖ tag 32. */
const SEALED_MINIMUM = 64;
/** The largest plaintext that fits one datagram when it is sealed (IV, PKCS#7, tag): 71 blocks minus one byte. */
export const PLAINTEXT_LIMIT = 1135;
/** A plaintext is padded with zeros to the first of these sizes that it fits, so that its size tells little. */
export const PADDED_SIZES: readonly number[] = [127, 255, 511, PLAINTEXT_LIMIT];

/** u8 type ‖ u8 version ‖ u32 receiver's index ‖ u16 epoch ‖ u32 counter ‖ sealed. The header is the AAD. */
export type Msg = {version: number; receiver: number; epoch: number; counter: number; header: Buffer; sealed: Buffer};

export function msgHeader({version, receiver, epoch, counter}: Omit<Msg, 'header' | 'sealed'>): Buffer {
	const header = Buffer.allocUnsafe(MSG_HEADER_SIZE);
	header.writeUInt8(DATAGRAM.msg, 0);
	header.writeUInt8(version, 1);
	header.writeUInt32BE(receiver, 2);
	header.writeUInt16BE(epoch, 6);
	header.writeUInt32BE(counter, 8);
	return header;
}

export function decodeMsg(bytes: Buffer): Msg | undefined {
	if (bytes.length < MSG_HEADER_SIZE + SEALED_MINIMUM || bytes.length > DATAGRAM_LIMIT) return undefined;
	if ((bytes.length - MSG_HEADER_SIZE) % 16 !== 0 || bytes[0] !== DATAGRAM.msg) return undefined;
	return {
		version: bytes.readUInt8(1),
		receiver: bytes.readUInt32BE(2),
		epoch: bytes.readUInt16BE(6),
		counter: bytes.readUInt32BE(8),
		header: bytes.subarray(0, MSG_HEADER_SIZE),
		sealed: bytes.subarray(MSG_HEADER_SIZE),
	};
}

/** Frame types inside a sealed MSG. Zero means that the rest is padding. */
const KIND = {padding: 0, ack: 1, fragment: 2, whole: 3, ping: 4, pathChallenge: 5, pathResponse: 6, close: 7} as const;

/** Each channel orders its own messages, so that a rekey never waits for a long message, nor what is said for a file. */
export const CHANNEL = {control: 0, content: 1, files: 2} as const;
export type Channel = (typeof CHANNEL)[keyof typeof CHANNEL];

/** How many ranges an ACK holds, newest first. Older ones were in earlier ACKs. */
export const ACK_RANGE_LIMIT = 32;
export const MESSAGE_LIMIT = 65_536;
export const PATH_TOKEN_SIZE = 8;

/** Counters `from`…`to`, both included. */
export type AckRange = {readonly from: number; readonly to: number};

/** Which counters of one epoch have arrived, the newest range first. `delay` is the time since the newest of them arrived, ms. */
export type AckFrame = {kind: 'ack'; epoch: number; delay: number; ranges: readonly AckRange[]};
/** A piece of a message of `total` bytes, or all of it. All of it is encoded as a frame type of its own. */
export type FragmentFrame = {
	kind: 'fragment';
	channel: Channel;
	sequence: number;
	offset: number;
	total: number;
	data: Buffer;
};
export type PingFrame = {kind: 'ping'};
export type PathFrame = {kind: 'path-challenge' | 'path-response'; token: Buffer};
/** The sender has ended this session: it sends nothing more and keeps nothing of it. */
export type CloseFrame = {kind: 'close'; reason: number};
export type TransportFrame = AckFrame | FragmentFrame | PingFrame | PathFrame | CloseFrame;

export const WHOLE_OVERHEAD = 8;
export const FRAGMENT_OVERHEAD = 16;

/** How many bytes `frame` takes in a plaintext. */
export function frameSize(frame: TransportFrame): number {
	switch (frame.kind) {
		case 'ack': {
			return 9 + 4 * frame.ranges.length;
		}

		case 'fragment': {
			const whole = frame.offset === 0 && frame.data.length === frame.total;
			return (whole ? WHOLE_OVERHEAD : FRAGMENT_OVERHEAD) + frame.data.length;
		}

		case 'ping': {
			return 1;
		}

		case 'path-challenge':
		case 'path-response': {
			return 1 + PATH_TOKEN_SIZE;
		}

		case 'close': {
			return 2;
		}
	}
}

/** Frames in their order, then zeros up to the next padded size. Throws RangeError when they do not fit one datagram. */
export function encodeFrames(frames: readonly TransportFrame[]): Buffer {
	const writer = new Writer();
	for (const frame of frames) writeTransportFrame(writer, frame);
	const size = PADDED_SIZES.find(padded => padded >= writer.size);
	if (size === undefined) throw new RangeError(`frames of ${writer.size} bytes do not fit one datagram`);
	return writer.zeros(size - writer.size).finish();
}

function writeTransportFrame(writer: Writer, frame: TransportFrame): void {
	switch (frame.kind) {
		case 'ack': {
			writeAck(writer, frame);
			break;
		}

		case 'fragment': {
			const {channel, sequence, offset, total, data} = frame;
			if (offset === 0 && data.length === total) {
				writer.u8(KIND.whole).u8(channel).u32(sequence).vector16(data);
			} else {
				writer.u8(KIND.fragment).u8(channel).u32(sequence).u32(offset).u32(total).vector16(data);
			}

			break;
		}

		case 'ping': {
			writer.u8(KIND.ping);
			break;
		}

		case 'path-challenge': {
			writer.u8(KIND.pathChallenge).bytes(frame.token, PATH_TOKEN_SIZE);
			break;
		}

		case 'path-response': {
			writer.u8(KIND.pathResponse).bytes(frame.token, PATH_TOKEN_SIZE);
			break;
		}

		case 'close': {
			writer.u8(KIND.close).u8(frame.reason);
			break;
		}
	}
}

/** u8 kind ‖ u16 epoch ‖ u32 largest ‖ u8 delay ‖ u8 ranges, then for each range: u16 step down ‖ u16 length minus one. */
function writeAck(writer: Writer, {epoch, delay, ranges}: AckFrame): void {
	const [first] = ranges;
	if (first === undefined || ranges.length > ACK_RANGE_LIMIT) throw new RangeError('an ACK carries 1 to 32 ranges');
	writer
		.u8(KIND.ack)
		.u16(epoch)
		.u32(first.to)
		.u8(Math.min(Math.round(delay), 255))
		.u8(ranges.length);
	let below = first.to;
	for (const {from, to} of ranges) {
		writer.u16(below - to).u16(to - from);
		below = from;
	}
}

/** All frames of a plaintext; undefined when any of them is malformed. */
export function decodeFrames(bytes: Buffer): TransportFrame[] | undefined {
	const reader = new Reader(bytes);
	const frames: TransportFrame[] = [];
	while (!reader.exhausted) {
		const kind = reader.u8();
		if (kind === KIND.padding) {
			if (reader.rest().some(byte => byte !== 0)) reader.fail();
			break;
		}

		const frame = readTransportFrame(reader, kind);
		if (frame === undefined || reader.failed) return undefined;
		frames.push(frame);
	}

	return reader.complete ? frames : undefined;
}

function readTransportFrame(reader: Reader, kind: number): TransportFrame | undefined {
	switch (kind) {
		case KIND.ack: {
			return readAck(reader);
		}

		case KIND.whole: {
			const channel = readChannel(reader);
			const sequence = reader.u32();
			const data = reader.vector16(PLAINTEXT_LIMIT);
			return {kind: 'fragment', channel, sequence, offset: 0, total: data.length, data};
		}

		case KIND.fragment: {
			return readFragment(reader);
		}

		case KIND.ping: {
			return {kind: 'ping'};
		}

		case KIND.pathChallenge: {
			return {kind: 'path-challenge', token: reader.bytes(PATH_TOKEN_SIZE)};
		}

		case KIND.pathResponse: {
			return {kind: 'path-response', token: reader.bytes(PATH_TOKEN_SIZE)};
		}

		case KIND.close: {
			return {kind: 'close', reason: reader.u8()};
		}

		default: {
			return undefined;
		}
	}
}

function readChannel(reader: Reader): Channel {
	const channel = reader.u8();
	if (channel > CHANNEL.files) reader.fail();
	return channel as Channel;
}

function readFragment(reader: Reader): FragmentFrame {
	const channel = readChannel(reader);
	const sequence = reader.u32();
	const offset = reader.u32();
	const total = reader.u32();
	const data = reader.vector16(PLAINTEXT_LIMIT);
	const piece = data.length > 0 && data.length < total && offset + data.length <= total;
	if (total > MESSAGE_LIMIT || !piece) reader.fail();
	return {kind: 'fragment', channel, sequence, offset, total, data};
}

function readAck(reader: Reader): AckFrame {
	const epoch = reader.u16();
	let to = reader.u32();
	const delay = reader.u8();
	const count = reader.u8();
	if (count === 0 || count > ACK_RANGE_LIMIT) reader.fail();
	const ranges: AckRange[] = [];
	for (let index = 0; index < count && !reader.failed; index++) {
		const step = reader.u16();
		to -= step;
		const from = to - reader.u16();
		// The first range starts at the largest; between two ranges at least one counter is missing.
		if (from < 0 || (index === 0 ? step !== 0 : step < 2)) reader.fail();
		ranges.push({from, to});
		to = from;
	}

	return {kind: 'ack', epoch, delay, ranges};
}

/** The kinds of control messages, each a whole message on the control channel. */
export const CONTROL = {rekeyRequest: 1, rekeyAnswer: 2, localAddresses: 3} as const;

/** A signed rekey request or answer: u8 kind ‖ u16 new epoch ‖ share 384 ‖ u16 len KEM part ‖ signature 64. */
export type Rekey = {kind: 'request' | 'answer'; epoch: number; share: Buffer; kem: Buffer; signature: Buffer};

const REKEY_SHARE = 384;
const REKEY_KEM_LIMIT = 1184;

/** All but the signature. The signature covers a label, the session and these bytes. */
export function rekeyBody({kind, epoch, share, kem}: Omit<Rekey, 'signature'>): Buffer {
	return new Writer()
		.u8(kind === 'request' ? CONTROL.rekeyRequest : CONTROL.rekeyAnswer)
		.u16(epoch)
		.bytes(share, REKEY_SHARE)
		.vector16(kem, REKEY_KEM_LIMIT)
		.finish();
}

export function encodeRekey(rekey: Rekey): Buffer {
	return new Writer().bytes(rekeyBody(rekey)).bytes(rekey.signature, 64).finish();
}

export function decodeRekey(bytes: Buffer): Rekey | undefined {
	const reader = new Reader(bytes);
	const kind = reader.u8();
	const rekey = {
		epoch: reader.u16(),
		share: reader.bytes(REKEY_SHARE),
		kem: reader.vector16(REKEY_KEM_LIMIT),
		signature: reader.bytes(64),
	};
	if (kind !== CONTROL.rekeyRequest && kind !== CONTROL.rekeyAnswer) return undefined;
	return reader.complete ? {kind: kind === CONTROL.rekeyRequest ? 'request' : 'answer', ...rekey} : undefined;
}
