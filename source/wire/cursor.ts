// Reads and writes fields in a fixed layout, big-endian. A reader never throws: past the end it returns zeros and notes the failure.
import {Buffer} from 'node:buffer';

/**
 * Reads fields one after the other. When a field is past the end, or after `fail()`, `complete` stays false. The caller checks it
 * once at the end, not after every field.
 */
export class Reader {
	readonly #bytes: Buffer;
	#offset = 0;
	#failed = false;

	constructor(bytes: Buffer) {
		this.#bytes = bytes;
	}

	/** Whether every field was there and nothing is left. */
	get complete(): boolean {
		return !this.#failed && this.#offset === this.#bytes.length;
	}

	/** Whether nothing is left, or a field has failed: then a loop over repeated fields ends. */
	get exhausted(): boolean {
		return this.#failed || this.#offset === this.#bytes.length;
	}

	get failed(): boolean {
		return this.#failed;
	}

	get offset(): number {
		return this.#offset;
	}

	/** Marks the whole input as malformed, when a field's value is out of range. */
	fail(): void {
		this.#failed = true;
	}

	u8(): number {
		const at = this.#take(1);
		return at < 0 ? 0 : this.#bytes.readUInt8(at);
	}

	u16(): number {
		const at = this.#take(2);
		return at < 0 ? 0 : this.#bytes.readUInt16BE(at);
	}

	u32(): number {
		const at = this.#take(4);
		return at < 0 ? 0 : this.#bytes.readUInt32BE(at);
	}

	/** An unsigned 64-bit integer up to 2^53 − 1 (times in ms, counters); larger values are malformed. */
	u64(): number {
		const high = this.u32();
		const low = this.u32();
		if (high > 0x1f_ff_ff) this.fail();
		return this.#failed ? 0 : high * 0x1_00_00_00_00 + low;
	}

	/** A view of the next `size` bytes; an empty buffer once the input has failed. */
	bytes(size: number): Buffer {
		const at = this.#take(size);
		return at < 0 ? Buffer.alloc(0) : this.#bytes.subarray(at, at + size);
	}

	/** A u8 length, then that many bytes, at most `limit`. */
	vector8(limit = 255): Buffer {
		return this.#vector(this.u8(), limit);
	}

	/** A u16 length, then that many bytes, at most `limit`. */
	vector16(limit = 65_535): Buffer {
		return this.#vector(this.u16(), limit);
	}

	/** A boolean as one byte, 0 or 1. */
	flag(): boolean {
		const value = this.u8();
		if (value > 1) this.fail();
		return value === 1;
	}

	/** The next `size` bytes, which are malformed unless all of them are zero. */
	zeros(size: number): void {
		if (this.bytes(size).some(byte => byte !== 0)) this.fail();
	}

	/** All that is left. */
	rest(): Buffer {
		return this.bytes(this.#bytes.length - this.#offset);
	}

	#vector(size: number, limit: number): Buffer {
		if (size > limit) this.fail();
		return this.bytes(size);
	}

	#take(size: number): number {
		if (this.#failed || this.#offset + size > this.#bytes.length) {
			this.#failed = true;
			return -1;
		}

		const at = this.#offset;
		this.#offset += size;
		return at;
	}
}

/** Collects fields and joins them once. Throws RangeError when a field has a wrong size. */
export class Writer {
	readonly #parts: Buffer[] = [];

	u8(value: number): this {
		const part = Buffer.allocUnsafe(1);
		part.writeUInt8(value);
		return this.#push(part);
	}

	u16(value: number): this {
		const part = Buffer.allocUnsafe(2);
		part.writeUInt16BE(value);
		return this.#push(part);
	}

	u32(value: number): this {
		const part = Buffer.allocUnsafe(4);
		part.writeUInt32BE(value);
		return this.#push(part);
	}

	u64(value: number): this {
		const part = Buffer.allocUnsafe(8);
		part.writeBigUInt64BE(BigInt(value));
		return this.#push(part);
	}

	/** Exactly `size` bytes. */
	bytes(value: Buffer, size = value.length): this {
		if (value.length !== size) throw new RangeError(`a field of ${size} bytes was given ${value.length}`);
		return this.#push(value);
	}

	vector8(value: Buffer, limit = 255): this {
		if (value.length > limit) throw new RangeError(`a field of at most ${limit} bytes was given ${value.length}`);
		return this.u8(value.length).#push(value);
	}

	vector16(value: Buffer, limit = 65_535): this {
		if (value.length > limit) throw new RangeError(`a field of at most ${limit} bytes was given ${value.length}`);
		return this.u16(value.length).#push(value);
	}

	flag(value: boolean): this {
		return this.u8(value ? 1 : 0);
	}

	/** The fields so far, joined. */
	finish(): Buffer {
		return Buffer.concat(this.#parts);
	}

	#push(part: Buffer): this {
		this.#parts.push(part);
		return this;
	}
}
