// Bytes that may be secret: where they lie, joining, comparing in constant time, wiping, padding.
import {Buffer} from 'node:buffer';
import {timingSafeEqual} from 'node:crypto';

/** Bytes of a slab, and the step of the sizes of its slots. */
const SLAB = 16_384;
const STEP = 32;
/** Outside V8's heap, which moves buffers of up to 64 bytes about and leaves copies behind. As many as were ever needed at once. */
const slabs: Array<{readonly memory: ArrayBuffer; readonly room: number}> = [];
/** Size of a slot → the slots that nobody has. */
const vacant = new Map<number, number[]>();
/** A secret that nobody has any more: wiped, should nobody have done it, and its slot is given to the next. */
const dropped = new FinalizationRegistry<number>(slot => {
	const {room} = slabs[Math.floor(slot / (SLAB / STEP))]!;
	viewOf(slot, room).fill(0);
	vacant.get(room)!.push(slot);
});

/**
 * Zeroed bytes for a secret, at most 16 KiB, where no collector copies them: once wiped they are gone. Do not keep a part of
 * them (`subarray`) longer than the whole. Throws RangeError.
 */
export function secretBytes(size: number): Buffer {
	if (size > SLAB) throw new RangeError(`a secret has at most ${SLAB} bytes`);
	const room = Math.max(STEP, Math.ceil(size / STEP) * STEP);
	const slot = vacant.get(room)?.pop() ?? addSlab(room);
	const bytes = viewOf(slot, size);
	dropped.register(bytes, slot);
	return bytes;
}

/** Moves a secret to such a place: where it was is wiped. */
export function intoSecret(bytes: Uint8Array): Buffer {
	const kept = secretCopy(bytes);
	wipe(bytes);
	return kept;
}

/** A copy in such a place. */
export function secretCopy(bytes: Uint8Array): Buffer {
	const kept = secretBytes(bytes.length);
	kept.set(bytes);
	return kept;
}

/** The number of one of its slots; the others are vacant. */
function addSlab(room: number): number {
	const first = (slabs.length * SLAB) / STEP;
	const slots = Array.from({length: Math.floor(SLAB / room)}, (_, index) => first + (index * room) / STEP);
	slabs.push({memory: new ArrayBuffer(SLAB), room});
	vacant.set(room, slots);
	return slots.pop()!;
}

function viewOf(slot: number, size: number): Buffer {
	const perSlab = SLAB / STEP;
	return Buffer.from(slabs[Math.floor(slot / perSlab)]!.memory, (slot % perSlab) * STEP, size);
}

export function concat(...parts: readonly Uint8Array[]): Buffer {
	return Buffer.concat(parts);
}

/** Whether both hold the same bytes, in time that depends on their length alone. */
export function equal(a: Uint8Array, b: Uint8Array): boolean {
	return a.length === b.length && timingSafeEqual(a, b);
}

/** Overwrites secrets that are no longer needed. KeyObjects cannot be wiped: drop the last reference, and OpenSSL clears them. */
export function wipe(...buffers: ReadonlyArray<Uint8Array | undefined>): void {
	for (const buffer of buffers) buffer?.fill(0);
}

/** An unsigned integer in exactly `size` bytes, big-endian. Throws RangeError when its value needs more. */
export function leftPad(bytes: Uint8Array, size: number): Buffer {
	const excess = Math.max(0, bytes.length - size);
	if (bytes.subarray(0, excess).some(byte => byte !== 0))
		throw new RangeError(`the integer is longer than ${size} bytes`);
	const padded = Buffer.alloc(size);
	padded.set(bytes.subarray(excess), size - (bytes.length - excess));
	return padded;
}
