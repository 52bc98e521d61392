// Records: frames sealed under one direction's key, numbered implicitly, so that a lost, repeated, moved or altered one cannot pass.
import {Buffer} from 'node:buffer';
import {wipe} from '../../crypto/bytes.ts';
import {expandLabel} from '../../crypto/kdf.ts';
import {type Random} from '../../crypto/random.ts';
import {open, seal, sealedSize} from '../../crypto/seal.ts';
import {FRAME, FRAME_HEADER_SIZE, type Frame, writeFrameHeader} from '../../wire/frame.ts';

/** A sender moves to the next key at this many records or this age, ms. */
export const RECORDS_PER_KEY = 2 ** 16;
export const KEY_AGE_MS = 3_600_000;

/**
 * One direction of a connection: the key's 64 bytes, raw since thousands of these lie idle, the number of the next
 * record, and since when (ms) the key is in use. Changed only after a record has verified.
 */
export type RecordState = {key: Buffer; sequence: number; since: number};

const aad = Buffer.alloc(FRAME_HEADER_SIZE + 8);

export function recordState(key: Buffer, now: number): RecordState {
	return {key, sequence: 0, since: now};
}

/** Seals a body as the direction's next record. AAD = frame header ‖ u64 sequence. */
export function sealRecord(state: RecordState, type: number, body: Buffer, random: Random): Frame {
	const sealed = seal(state.key, body, additional(type, sealedSize(body.length), state.sequence), random(16));
	state.sequence++;
	return {type, body: sealed};
}

/** The record's body, or undefined when it is not exactly the next one; after that the connection must end. */
export function openRecord(state: RecordState, {type, body}: Frame): Buffer | undefined {
	const plaintext = open(state.key, body, additional(type, body.length, state.sequence));
	if (plaintext !== undefined) state.sequence++;
	return plaintext;
}

/** Whether the sender must announce a new key before its next record. */
export function needsKeyUpdate({sequence, since}: RecordState, now: number): boolean {
	return sequence >= RECORDS_PER_KEY || now - since >= KEY_AGE_MS;
}

/** KEY_UPDATE under the old key; from then on `state` is on the next one. */
export function sealKeyUpdate(state: RecordState, random: Random, now: number): Frame {
	const frame = sealRecord(state, FRAME.keyUpdate, Buffer.alloc(0), random);
	updateKey(state, now);
	return frame;
}

/** Moves to the next key: the sender after KEY_UPDATE went out, the receiver after it opened one. */
export function updateKey(state: RecordState, now: number): void {
	const next = expandLabel(state.key, 'record update', Buffer.alloc(0), state.key.length);
	wipe(state.key);
	state.key = next;
	state.sequence = 0;
	state.since = now;
}

/** What stands in `aad` is that of the record that is being sealed or opened. */
function additional(type: number, bodySize: number, sequence: number): Buffer {
	writeFrameHeader(aad, 0, type, bodySize);
	const high = Math.floor(sequence / 2 ** 32);
	aad.writeUInt32BE(high, FRAME_HEADER_SIZE);
	aad.writeUInt32BE(sequence - high * 2 ** 32, FRAME_HEADER_SIZE + 4);
	return aad;
}
