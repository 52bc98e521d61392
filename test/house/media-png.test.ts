// The pictures as PNG: which fonts are chosen, emoji out of a font with pictures, and what lies in media/.
import {Buffer} from 'node:buffer';
import {readFile} from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import {EmojiFont} from '../../tools/media/emoji.ts';
import {chooseFonts, installedFonts} from '../../tools/media/fonts.ts';
import {PNG_SCALE, pngOf, withPictures} from '../../tools/media/png.ts';
import {scenes} from '../../tools/media/scenes.ts';

const media = path.resolve(import.meta.dirname, '../../media');
const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');

/** Width and height as the header chunk has them. */
function sizeOf(png: Buffer): number[] {
	return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

test('every picture in media/ is there as PNG too, twice as large', async t => {
	for (const {name, isFilm} of scenes) {
		if (isFilm === true) continue;
		const [png, svg] = [
			await readFile(path.join(media, `${name}.png`)),
			await readFile(path.join(media, `${name}.svg`), 'utf8'),
		];
		const [, width, height] = /width="(\d+)" height="(\d+)"/v.exec(svg)!;
		t.deepEqual(png.subarray(0, 8), SIGNATURE, name);
		t.deepEqual(sizeOf(png), [Number(width) * PNG_SCALE, Number(height) * PNG_SCALE], name);
	}
});

test('a PNG is drawn with what fonts there are', t => {
	const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"><text x="2" y="13">a</text></svg>';
	const png = pngOf(svg, chooseFonts(installedFonts()));
	t.deepEqual(png.subarray(0, 8), SIGNATURE);
	t.deepEqual(sizeOf(png), [60, 40]);
});

test('a monospaced font comes first, then those for what it lacks', t => {
	const fonts = [
		{file: 'liberation', families: ['Liberation Mono']},
		{file: 'noto', families: ['Noto Sans CJK JP', 'Noto Sans Mono CJK JP']},
		{file: 'bold', families: ['DejaVu Sans Mono']},
		{file: 'book', families: ['DejaVu Sans Mono']},
		{file: 'serif', families: ['DejaVu Serif']},
		{file: 'colour', families: ['Noto Color Emoji']},
	];
	t.deepEqual(chooseFonts(fonts), {family: 'DejaVu Sans Mono', files: ['bold', 'book', 'noto'], emoji: 'colour'});
	t.deepEqual(chooseFonts(fonts.slice(0, 1)), {family: 'Liberation Mono', files: ['liberation'], emoji: undefined});
	t.deepEqual(chooseFonts([]), {family: undefined, files: [], emoji: undefined});
});

/** Numbers of so many bytes each. */
function bytes(...numbers: ReadonlyArray<readonly [size: number, value: number]>): Buffer {
	return Buffer.concat(
		numbers.map(([size, value]) => {
			const part = Buffer.alloc(size);
			part.writeUIntBE(value, 0, size);
			return part;
		}),
	);
}

/** Each behind the one before, after their number and where each begins, counted from a place `before` the number. */
function list(before: number, tables: readonly Buffer[]): Buffer {
	const head = before + 2 + 2 * tables.length;
	const places = tables.map((_, index): [number, number] => [2, head + Buffer.concat(tables.slice(0, index)).length]);
	return Buffer.concat([bytes([2, tables.length], ...places), ...tables]);
}

/** Puts glyph 9 in place of 7 and 8, and, in the long way, 10 in place of 8 and 7. */
function ligatures(): Buffer {
	const substitution = (coverage: Buffer, glyph: number, other: number) => {
		const sets = list(4, [list(0, [bytes([2, glyph], [2, 2], [2, other])])]);
		return Buffer.concat([bytes([2, 1], [2, 4 + sets.length]), sets, coverage]);
	};

	const short = substitution(bytes([2, 1], [2, 1], [2, 7]), 9, 8);
	const long = Buffer.concat([
		bytes([2, 1], [2, 4], [4, 8]),
		substitution(bytes([2, 2], [2, 1], [2, 8], [2, 8], [2, 0]), 10, 7),
	]);
	const lookups = [
		[4, short],
		[7, long],
	] as const;
	const tables = lookups.map(([kind, table]) => Buffer.concat([bytes([2, kind], [2, 0]), list(4, [table])]));
	return Buffer.concat([bytes([4, 0x1_00_00], [2, 0], [2, 0], [2, 10]), list(0, tables)]);
}

/** With `pictures` of the glyphs from 7 on, which are those of the characters from `start` on. */
function fontOf(start: number, pictures: readonly Buffer[]): Buffer {
	const last = pictures.length - 1;
	const cmap = Buffer.concat([
		bytes([2, 0], [2, 1], [2, 3], [2, 10], [4, 12]),
		bytes([2, 12], [2, 0], [4, 28], [4, 0], [4, 1], [4, start], [4, start + last], [4, 7]),
	]);
	const stored = pictures.map(picture => Buffer.concat([Buffer.alloc(5), bytes([4, picture.length]), picture]));
	const cbdt = Buffer.concat([bytes([4, 0x3_00_00]), ...stored]);
	const offsets = stored.map((_, index) => Buffer.concat(stored.slice(0, index)).length);
	const cblc = Buffer.concat([
		bytes([4, 0x3_00_00], [4, 1], [4, 56], [4, 0], [4, 1]),
		Buffer.alloc(36),
		bytes([2, 7], [2, 7 + last], [4, 8], [2, 1], [2, 17], [4, 4]),
		...offsets.map(offset => bytes([4, offset])),
	]);
	const tables = Object.entries({cmap, CBDT: cbdt, CBLC: cblc, GSUB: ligatures()});
	let place = 12 + 16 * tables.length;
	const records = tables.map(([tag, table]) => {
		const record = Buffer.concat([Buffer.from(tag), bytes([4, 0], [4, place], [4, table.length])]);
		place += table.length;
		return record;
	});
	return Buffer.concat([
		bytes([4, 0x1_00_00], [2, tables.length]),
		Buffer.alloc(6),
		...records,
		...tables.map(([, table]) => table),
	]);
}

const party = Buffer.concat([SIGNATURE, Buffer.from('a party')]);
const family = Buffer.concat([SIGNATURE, Buffer.from('a family')]);
const flag = Buffer.concat([SIGNATURE, Buffer.from('a flag')]);
const confetti = Buffer.concat([SIGNATURE, Buffer.from('confetti')]);

test('an emoji font yields the picture of a character, and none of what it does not have', t => {
	const font = new EmojiFont(fontOf(0x1_f3_89, [party, confetti, family, flag, Buffer.from('no picture')]));
	t.deepEqual(font.picture('🎉'), party);
	t.deepEqual(font.picture('🎊'), confetti);
	t.deepEqual(font.picture('🎊\uFE0F'), confetti);
	t.deepEqual(font.picture('🎉🎊'), family);
	t.deepEqual(font.picture('🎊🎉'), flag);
	for (const other of ['🎉🎉', '🎉🎊🎊', '🎈', '🎍', 'a', '']) t.is(font.picture(other), undefined, other);
});

const text = (sign: string) => `<text x="16.8" y="30" text-anchor="middle" fill="red">${sign}</text>`;

test('pictures take the place of emoji alone', t => {
	const font = new EmojiFont(fontOf(0x1_f3_89, [party]));
	t.is(withPictures(text('✓') + text('🎊') + text('漢'), font), text('✓') + text('🎊') + text('漢'));
	t.is(
		withPictures(`${text('✓')}${text('🎉')}`, font),
		`${text('✓')}<image x="8.4" y="17" width="16.8" height="17" href="data:image/png;base64,${party.toString('base64')}"/>`,
	);
});
