// Whether the write-ahead log beside a database is whole. SQLite itself goes by it up to the first frame that does not check, and
// drops the rest without a word.
import {type Buffer} from 'node:buffer';

// https://www.sqlite.org/fileformat2.html#the_write_ahead_log
const HEADER = 32;
const FRAME_HEADER = 24;
const BIG_ENDIAN = 0x37_7f_06_83;
const LITTLE_ENDIAN = 0x37_7f_06_82;
const SALTS = {header: 16, frame: 8, size: 8};

type Sum = readonly [number, number];

/**
 * Whether a transaction that was on the disk is not any more: a frame that does not check, with frames of a later transaction behind
 * it, which began only when that one was synchronised. A last transaction that is cut short was never done.
 */
export function isTorn(journal: Buffer): boolean {
	if (journal.length < HEADER) return false;
	const magic = journal.readUInt32BE(0);
	const isBigEndian = magic === BIG_ENDIAN;
	const headerSum = sumOf([0, 0], journal.subarray(0, 24), isBigEndian);
	if ((!isBigEndian && magic !== LITTLE_ENDIAN) || !isSum(journal, 24, headerSum)) return journal.length > HEADER;
	const size = FRAME_HEADER + journal.readUInt32BE(8);
	const salts = journal.subarray(SALTS.header, SALTS.header + SALTS.size);
	let sum = headerSum;
	let state: 'whole' | 'broken' | 'over' = 'whole';
	for (let start = HEADER; start + size <= journal.length; start += size) {
		const frame = journal.subarray(start, start + size);
		// What is left of an earlier log has other salts.
		const isOurs = frame.subarray(SALTS.frame, SALTS.frame + SALTS.size).equals(salts);
		if (state === 'over' && isOurs) return true;
		if (state === 'whole') {
			sum = sumOf(sumOf(sum, frame.subarray(0, 8), isBigEndian), frame.subarray(FRAME_HEADER), isBigEndian);
			if (!isOurs || !isSum(frame, 16, sum)) state = 'broken';
		}

		const isCommit = isOurs && frame.readUInt32BE(4) > 0;
		if (state === 'broken' && isCommit) state = 'over';
	}

	return false;
}

function isSum(bytes: Buffer, offset: number, [first, second]: Sum): boolean {
	return bytes.readUInt32BE(offset) === first && bytes.readUInt32BE(offset + 4) === second;
}

/** Fibonacci-weighted, over pairs of words (section 4.2 there). */
function sumOf([first, second]: Sum, bytes: Buffer, isBigEndian: boolean): Sum {
	let [a, b] = [first, second];
	for (let offset = 0; offset < bytes.length; offset += 8) {
		const [x, y] = isBigEndian
			? [bytes.readUInt32BE(offset), bytes.readUInt32BE(offset + 4)]
			: [bytes.readUInt32LE(offset), bytes.readUInt32LE(offset + 4)];
		a = (a + x + b) >>> 0;
		b = (b + y + a) >>> 0;
	}

	return [a, b];
}
