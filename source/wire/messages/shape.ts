// How deep and how manifold an item of CBOR is, in one pass over its heads (RFC 8949 §3): what no content needs is refused before it is
// decoded, which would cost far more than to send it.

/** Arrays and maps inside each other. */
export const DEPTH_LIMIT = 8;
/** Items, those inside others included; a map has two an entry. */
export const ITEM_LIMIT = 1024;

const MAJOR = {bytes: 2, text: 3, array: 4, map: 5, tag: 6} as const;

/** Whether `bytes` begins with one item within both limits. Of bytes that are no CBOR it says either, and reads no further than they go. */
export function isModest(bytes: Uint8Array): boolean {
	/** Of each array and map that is open: how many items are to come; DEPTH_LIMIT at most. */
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
