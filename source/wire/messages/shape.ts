// Checks how deep a CBOR item nests and how many items it has, in one pass over their heads (RFC 8949 §3). This comes before decoding:
// otherwise a stranger could send bytes that cost far more to decode than to send.

/** How deep arrays and maps may nest. */
export const DEPTH_LIMIT = 8;
/** How many items there may be, nested ones included. A map has two for each entry. */
export const ITEM_LIMIT = 1024;

const MAJOR = {bytes: 2, text: 3, array: 4, map: 5, tag: 6} as const;

/** Whether `bytes` begins with one item within both limits. For bytes that are not CBOR the answer is arbitrary, but it never reads past their end. */
export function fitsCborLimits(bytes: Uint8Array): boolean {
	/** For each open array and map: how many of its items are still to come. At most DEPTH_LIMIT. */
	const open: number[] = [];
	let offset = 0;
	for (let items = 1; items <= ITEM_LIMIT; items++) {
		const initial = bytes[offset++];
		if (initial === undefined) return false;
		const major = initial >> 5;
		const low = initial & 0x1f;
		const size = low < 24 ? 0 : 2 ** (low - 24);
		// Reserved, or of indefinite length.
		if (size > 8) return false;
		let value = size === 0 ? low : 0;
		for (let index = 0; index < size; index++) value = value * 256 + (bytes[offset + index] ?? 0);
		offset += size;
		if (major === MAJOR.bytes || major === MAJOR.text) offset += value;
		if (major === MAJOR.tag) return false;
		const inside = major === MAJOR.array ? value : major === MAJOR.map ? value * 2 : 0;
		if (inside > 0) {
			if (open.length === DEPTH_LIMIT || inside > ITEM_LIMIT) return false;
			open.push(inside);
			continue;
		}

		while (open.length > 0 && --open[open.length - 1]! === 0) open.pop();
		if (open.length === 0) return true;
	}

	return false;
}
