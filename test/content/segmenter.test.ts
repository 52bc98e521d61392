// Graphemes of plain text come without Intl.Segmenter: they are what it would say.
import test from 'ava';
import fc from 'fast-check';
import {segmenter} from '../../source/content/segmenter.ts';

const theirs = new Intl.Segmenter(undefined, {granularity: 'grapheme'});
/** Behind the last that is taken for a grapheme of its own. */
const BEHIND = 0x26_00;

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

test('whatever is written, it is taken apart as Unicode says', t => {
	const simple = fc.integer({min: 0, max: BEHIND - 1}).map(unit => String.fromCharCode(unit));
	const latin = fc.integer({min: 0x20, max: 0x2_ff}).map(unit => String.fromCharCode(unit));
	const text = fc.oneof(
		fc.string({unit: latin}),
		fc.string({unit: simple}),
		fc.array(fc.oneof(fc.string({unit: 'grapheme'}), fc.string({unit: 'binary'}))).map(parts => parts.join('')),
	);
	t.notThrows(() => fc.assert(fc.property(text, same)));
});
