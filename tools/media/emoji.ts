// Pictures of emoji out of a colour font, for a renderer that knows outlines alone. The tables are those of OpenType 1.9.1.
import {Buffer} from 'node:buffer';

/** Of the bitmaps' metrics, by image format (CBDT): small ones and big ones. */
const METRICS_BYTES: Readonly<Record<number, number>> = {17: 5, 18: 8};
const PNG_SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
const EMOJI_SELECTOR = '\uFE0F';

/** Lookups of GSUB that put one glyph in place of several, and that hold another of their kinds. */
const LIGATURE = 4;
const EXTENSION = 7;

/** A font with pictures (CBLC and CBDT), its bytes. */
export class EmojiFont {
	readonly #font: Buffer;

	constructor(font: Buffer) {
		this.#font = font;
	}

	/** A PNG of one emoji or a sequence that makes one; undefined for what the font has no picture of. */
	picture(text: string): Buffer | undefined {
		const characters = text.replaceAll(EMOJI_SELECTOR, '').match(/./gsu) ?? [];
		const [first, ...others] = characters.map(character => this.#glyphOf(character.codePointAt(0) ?? 0) ?? 0);
		const glyph = first === undefined || others.length === 0 ? first : this.#ligatureOf(first, others);
		return glyph === undefined ? undefined : this.#bitmapOf(glyph);
	}

	#table(tag: string): Buffer | undefined {
		const records = Array.from({length: this.#font.readUInt16BE(4)}, (_, index) => 12 + 16 * index);
		const record = records.find(at => this.#font.toString('latin1', at, at + 4) === tag);
		return record === undefined ? undefined : this.#font.subarray(this.#font.readUInt32BE(record + 8));
	}

	/** By the cmap's groups (format 12). */
	#glyphOf(code: number): number | undefined {
		const cmap = this.#table('cmap');
		if (cmap === undefined) return undefined;
		const starts = Array.from({length: cmap.readUInt16BE(2)}, (_, index) => cmap.readUInt32BE(8 + 8 * index));
		const map = starts.map(at => cmap.subarray(at)).find(table => table.readUInt16BE(0) === 12);
		if (map === undefined) return undefined;
		for (let at = 16, left = map.readUInt32BE(12); left > 0; at += 12, left--) {
			const [first, last] = [map.readUInt32BE(at), map.readUInt32BE(at + 4)];
			if (code >= first && code <= last) return map.readUInt32BE(at + 8) + code - first;
		}
	}

	/** The glyph that stands for all of these, by the lookups of GSUB. */
	#ligatureOf(first: number, others: readonly number[]): number | undefined {
		const gsub = this.#table('GSUB');
		if (gsub === undefined) return undefined;
		const lookups = offsets(gsub.subarray(gsub.readUInt16BE(8)), 0);
		for (const lookup of lookups) {
			for (const subtable of offsets(lookup, 4)) {
				const isExtension = lookup.readUInt16BE(0) === EXTENSION;
				const kind = isExtension ? subtable.readUInt16BE(2) : lookup.readUInt16BE(0);
				if (kind !== LIGATURE) continue;
				const table = isExtension ? subtable.subarray(subtable.readUInt32BE(4)) : subtable;
				const set = offsets(table, 4)[coverageIndex(table.subarray(table.readUInt16BE(2)), first)];
				const found = set && offsets(set, 0).find(ligature => isMadeOf(ligature, others));
				if (found !== undefined) return found.readUInt16BE(0);
			}
		}
	}

	/** Of the first size that there is, where offsets are of four bytes (index format 1). */
	#bitmapOf(glyph: number): Buffer | undefined {
		const [places, pictures] = [this.#table('CBLC'), this.#table('CBDT')];
		if (places === undefined || pictures === undefined) return undefined;
		const array = places.readUInt32BE(8);
		for (let at = array, left = places.readUInt32BE(16); left > 0; at += 8, left--) {
			const [first, last] = [places.readUInt16BE(at), places.readUInt16BE(at + 2)];
			if (glyph < first || glyph > last) continue;
			const index = places.subarray(array + places.readUInt32BE(at + 4));
			const metrics = METRICS_BYTES[index.readUInt16BE(2)];
			if (index.readUInt16BE(0) !== 1 || metrics === undefined) return undefined;
			const start = index.readUInt32BE(4) + index.readUInt32BE(8 + 4 * (glyph - first)) + metrics;
			const picture = pictures.subarray(start + 4, start + 4 + pictures.readUInt32BE(start));
			return picture.subarray(0, PNG_SIGNATURE.length).equals(PNG_SIGNATURE) ? picture : undefined;
		}
	}
}

/** The tables that a list at `at` leads to: their number, then where each begins, counted from `table`. */
function offsets(table: Buffer, at: number): Buffer[] {
	return Array.from({length: table.readUInt16BE(at)}, (_, index) =>
		table.subarray(table.readUInt16BE(at + 2 + 2 * index)),
	);
}

/** Where a coverage table has `glyph`; -1 when it has not. */
function coverageIndex(coverage: Buffer, glyph: number): number {
	const count = coverage.readUInt16BE(2);
	if (coverage.readUInt16BE(0) === 1) {
		return Array.from({length: count}, (_, index) => coverage.readUInt16BE(4 + 2 * index)).indexOf(glyph);
	}

	const ranges = Array.from({length: count}, (_, index) => coverage.subarray(4 + 6 * index));
	const range = ranges.find(each => glyph >= each.readUInt16BE(0) && glyph <= each.readUInt16BE(2));
	return range === undefined ? -1 : range.readUInt16BE(4) + glyph - range.readUInt16BE(0);
}

/** Whether a ligature takes just `others` behind its first glyph. */
function isMadeOf(ligature: Buffer, others: readonly number[]): boolean {
	return (
		ligature.readUInt16BE(2) === others.length + 1 &&
		others.every((other, index) => ligature.readUInt16BE(4 + 2 * index) === other)
	);
}
