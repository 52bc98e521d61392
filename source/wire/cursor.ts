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

/** Stands for any number of zeros. */
const ZEROS = Buffer.alloc(0);

/** Collects fields and writes them once, into bytes of exactly their size. Throws RangeError when a field has a wrong size. */
export class Writer {
	/** Bytes, text or an unsigned integer. Its size has the same place in `#sizes`. */
	readonly #fields: Array<Buffer | string | number> = [];
	readonly #sizes: number[] = [];
	#size = 0;

	/** Of the fields so far, bytes. */
	get size(): number {
		return this.#size;
	}

	u8(value: number): this {
		return this.#integer(value, 1, 0xff);
	}

	u16(value: number): this {
		return this.#integer(value, 2, 0xff_ff);
	}

	u32(value: number): this {
		return this.#integer(value, 4, 0xff_ff_ff_ff);
	}

	/** An integer from 0 to 2^53 − 1. */
	u64(value: number): this {
		if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is no integer of at most 53 bits`);
		const high = Math.floor(value / 2 ** 32);
		return this.u32(high).u32(value - high * 2 ** 32);
	}

	/** Exactly `size` bytes. */
	bytes(value: Buffer, size = value.length): this {
		if (value.length !== size) throw new RangeError(`a field of ${size} bytes was given ${value.length}`);
		return this.#push(value, size);
	}

	/** ASCII text, then zeros, `size` bytes together. */
	text(value: string, size: number): this {
		if (value.length > size) throw new RangeError(`a text of at most ${size} bytes was given ${value.length}`);
		return this.#push(value, value.length).zeros(size - value.length);
	}

	/** So many zeros. */
	zeros(size: number): this {
		return this.#push(ZEROS, size);
	}

	vector8(value: Buffer, limit = 255): this {
		if (value.length > limit) throw new RangeError(`a field of at most ${limit} bytes was given ${value.length}`);
		return this.u8(value.length).#push(value, value.length);
	}

	vector16(value: Buffer, limit = 65_535): this {
		if (value.length > limit) throw new RangeError(`a field of at most ${limit} bytes was given ${value.length}`);
		return this.u16(value.length).#push(value, value.length);
	}

	flag(value: boolean): this {
		return this.u8(value ? 1 : 0);
	}

	/** The fields so far. */
	finish(): Buffer {
		const bytes = Buffer.allocUnsafe(this.#size);
		let offset = 0;
		for (let index = 0; index < this.#fields.length; index++) {
			const field = this.#fields[index]!;
			const size = this.#sizes[index]!;
			if (field === ZEROS) bytes.fill(0, offset, offset + size);
			else if (typeof field === 'string') bytes.write(field, offset, 'latin1');
			else if (typeof field === 'object') bytes.set(field, offset);
			else if (size === 1) bytes.writeUInt8(field, offset);
			else if (size === 2) bytes.writeUInt16BE(field, offset);
			else bytes.writeUInt32BE(field, offset);
			offset += size;
		}

		return bytes;
	}

	#integer(value: number, size: number, largest: number): this {
		if (value < 0 || value > largest) throw new RangeError(`${value} does not fit into ${size} bytes`);
		return this.#push(value, size);
	}

	#push(field: Buffer | string | number, size: number): this {
		this.#fields.push(field);
		this.#sizes.push(size);
		this.#size += size;
		return this;
	}
}
