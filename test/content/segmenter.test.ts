// Graphemes of plain text come without Intl.Segmenter: they are what it would say.
import test from 'ava';
import fc from 'fast-check';
import {segmenter} from '../../source/content/segmenter.ts';
import {anyText} from '../texts.ts';

const theirs = new Intl.Segmenter(undefined, {granularity: 'grapheme'});
/** Behind the last of those of one cell that are taken for graphemes of their own. */
const BEHIND = 0x26_00;
/** Chinese and Japanese, from the punctuation to the last of the characters, and the forms of full width. */
const WIDE = [
	[0x30_00, 0xa0_00],
	[0xff_00, 0xff_60],
] as const;

function plain(segment: Intl.SegmentData | undefined) {
	return segment && [segment.segment, segment.index];
}

function same(text: string): boolean {
	const [ours, expected] = [segmenter.segment(text), theirs.segment(text)];
	const places = Array.from({length: text.length + 2}, (_, index) => index - 1);
	return (
		JSON.stringify(Array.from(ours, each => plain(each))) ===
			JSON.stringify(Array.from(expected, each => plain(each))) &&
		places.every(at => JSON.stringify(plain(ours.containing(at))) === JSON.stringify(plain(expected.containing(at))))
	);
}

test('what is taken for a grapheme of its own is one to Unicode as well, beside a letter and beside itself', t => {
	const characters = Array.from({length: BEHIND}, (_, unit) => String.fromCharCode(unit));
	t.deepEqual(
		characters.filter(each => !same(`a${each}${each}a`)),
		[],
	);
});

test('so is what Chinese and Japanese are written with', t => {
	const joined: string[] = [];
	for (const [first, behind] of WIDE) {
		for (let unit = first; unit < behind; unit++) {
			const each = String.fromCharCode(unit);
			const text = `a${each}${each}a`;
			const [ours, expected] = [segmenter.segment(text), theirs.segment(text)];
			if (Array.from(ours).length !== Array.from(expected).length) joined.push(unit.toString(16));
		}
	}

	t.deepEqual(joined, []);
});

test('whatever is written, it is taken apart as Unicode says', t => {
	const simple = fc.integer({min: 0, max: BEHIND - 1}).map(unit => String.fromCharCode(unit));
	const wide = fc.integer({min: 0x30_00, max: 0x31_00}).map(unit => String.fromCharCode(unit));
	const latin = fc.integer({min: 0x20, max: 0x2_ff}).map(unit => String.fromCharCode(unit));
	const text = fc.oneof(
		fc.string({unit: latin}),
		fc.string({unit: simple}),
		fc.string({unit: wide}),
		fc
			.array(fc.oneof(fc.string({unit: wide}), fc.string({unit: latin}), fc.constant('\u200D')))
			.map(parts => parts.join('')),
		fc.array(fc.oneof(fc.string({unit: 'grapheme'}), anyText())).map(parts => parts.join('')),
	);
	t.notThrows(() => fc.assert(fc.property(text, same)));
});
