// Records: frames sealed under one direction's key, numbered implicitly, so that a lost, repeated, moved or altered one cannot pass.
import {Buffer} from 'node:buffer';
import {wipe} from '../../crypto/bytes.ts';
import {expandLabel} from '../../crypto/kdf.ts';
import {type Random} from '../../crypto/random.ts';
import {open, seal, sealedSize} from '../../crypto/seal.ts';
import {FRAME, type Frame, frameHeader} from '../../wire/frame.ts';

/** A sender moves to the next key at this many records or this age, ms. */
export const RECORDS_PER_KEY = 2 ** 16;
export const KEY_AGE_MS = 3_600_000;

/**
 * One direction of a connection: the key's 64 bytes, raw since thousands of these lie idle, the number of the next
 * record, and since when (ms) the key is in use. Changed only after a record has verified.
 */
export type RecordState = {key: Buffer; sequence: number; since: number};

export function recordState(key: Buffer, now: number): RecordState {
	return {key, sequence: 0, since: now};
}

/** Seals a body as the direction's next record. AAD = frame header ‖ u64 sequence. */
export function sealRecord(state: RecordState, type: number, body: Buffer, random: Random): Frame {
	const header = frameHeader(type, sealedSize(body.length));
	const sealed = seal(state.key, body, additional(header, state.sequence), random(16));
	state.sequence++;
	return {type, body: sealed};
}

/** The record's body, or undefined when it is not exactly the next one; after that the connection must end. */
export function openRecord(state: RecordState, {type, body}: Frame): Buffer | undefined {
	const header = frameHeader(type, body.length);
	const plaintext = open(state.key, body, additional(header, state.sequence));
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

function additional(header: Buffer, sequence: number): Buffer {
	const bytes = Buffer.alloc(header.length + 8);
	header.copy(bytes);
	bytes.writeBigUInt64BE(BigInt(sequence), header.length);
	return bytes;
}
