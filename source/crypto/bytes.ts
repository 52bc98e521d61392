// Secret bytes: memory for them, joining, comparing in constant time, wiping, also of the stack, padding.
import {Buffer} from 'node:buffer';
import {timingSafeEqual} from 'node:crypto';

/** Bytes of a slab. Slabs are divided into slots. */
const SLAB = 16_384;
/** The size of a slot is a multiple of this, bytes. */
const STEP = 32;
/** Memory outside V8's heap: the heap moves buffers of up to 64 bytes and leaves copies behind. Slabs are reused and never freed. */
const slabs: Array<{readonly memory: ArrayBuffer; readonly room: number}> = [];
/** Free slots by their size. */
const free = new Map<number, number[]>();
/** When a secret is garbage-collected, wipes its slot, in case its owner did not, and frees the slot. */
const collected = new FinalizationRegistry<number>(slot => {
	const {room} = slabs[Math.floor(slot / (SLAB / STEP))]!;
	viewOf(slot, room).fill(0);
	free.get(room)!.push(slot);
});

/**
 * Zeroed bytes for a secret, at most 16 KiB. They lie where the garbage collector does not copy them, so wiping them is enough. Do not keep
 * a part of them (`subarray`) longer than the whole. Throws RangeError.
 */
export function secretBytes(size: number): Buffer {
	if (size > SLAB) throw new RangeError(`a secret has at most ${SLAB} bytes`);
	const room = Math.max(STEP, Math.ceil(size / STEP) * STEP);
	const slot = free.get(room)?.pop() ?? addSlab(room);
	const bytes = viewOf(slot, size);
	collected.register(bytes, slot);
	return bytes;
}

/** Moves a secret into such bytes, and wipes where it was. */
export function intoSecret(bytes: Uint8Array): Buffer {
	const kept = secretCopy(bytes);
	wipe(bytes);
	return kept;
}

/** Copies a secret into such bytes. */
export function secretCopy(bytes: Uint8Array): Buffer {
	const kept = secretBytes(bytes.length);
	kept.set(bytes);
	return kept;
}

/** Adds a slab with slots of this size. Returns the number of one slot; the others are free. */
function addSlab(room: number): number {
	const first = (slabs.length * SLAB) / STEP;
	const slots = Array.from({length: Math.floor(SLAB / room)}, (_, index) => first + (index * room) / STEP);
	slabs.push({memory: new ArrayBuffer(SLAB), room});
	free.set(room, slots);
	return slots.pop()!;
}

function viewOf(slot: number, size: number): Buffer {
	const perSlab = SLAB / STEP;
	return Buffer.from(slabs[Math.floor(slot / perSlab)]!.memory, (slot % perSlab) * STEP, size);
}

export function concat(...parts: readonly Uint8Array[]): Buffer {
	return Buffer.concat(parts);
}

/** Whether both hold the same bytes. The time depends only on their length. */
export function equal(a: Uint8Array, b: Uint8Array): boolean {
	return a.length === b.length && timingSafeEqual(a, b);
}

/** Overwrites secrets that are no longer needed. A KeyObject cannot be wiped: OpenSSL clears it when its last reference is gone. */
export function wipe(...buffers: ReadonlyArray<Uint8Array | undefined>): void {
	for (const buffer of buffers) buffer?.fill(0);
}

/** Slots of the stack, 8 bytes each. */
const STACK_SLOTS = 24_576;
/** What lies in them, made when it is first wanted: a start waits a ms for it. */
let zeros: readonly number[] | undefined;

/**
 * Overwrites 192 KiB of the stack below its caller. Native code that has a key works on copies of it there, which last until something
 * else comes to lie in their place: call this from where that code was called.
 */
export function overwriteStack(): void {
	zeros ??= Array.from({length: STACK_SLOTS}, () => 0);
	Reflect.apply(takeAll, undefined, zeros);
}

/** What it is called with lies on the stack. */
function takeAll(): void {}

/** An unsigned integer in exactly `size` bytes, big-endian. Throws RangeError when its value needs more. */
export function leftPad(bytes: Uint8Array, size: number): Buffer {
	const excess = Math.max(0, bytes.length - size);
	if (bytes.subarray(0, excess).some(byte => byte !== 0))
		throw new RangeError(`the integer is longer than ${size} bytes`);
	const padded = Buffer.alloc(size);
	padded.set(bytes.subarray(excess), size - (bytes.length - excess));
	return padded;
}
