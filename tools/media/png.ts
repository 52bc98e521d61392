// Draws an SVG as PNG, with the fonts of this machine.
import type {Buffer} from 'node:buffer';
import {readFileSync} from 'node:fs';
import {Resvg} from '@resvg/resvg-js';
import {EmojiFont} from './emoji.ts';
import {type Choice, chooseFonts, installedFonts} from './fonts.ts';
import {BASELINE, CELL_HEIGHT, CELL_WIDTH, EMOJI} from './rows.ts';

/** Pixels of the PNG for one of the SVG. */
export const PNG_SCALE = 2;

/** A sign that stands alone, and the middle of its cells. */
const SIGN = /<text x="(?<x>[\d.]+)" y="(?<y>\d+)" text-anchor="middle"[^>]*>(?<text>[^<]+)<\/text>/gv;

export function pngOf(svg: string, fonts: Choice = chooseFonts(installedFonts())): Buffer {
	const {family, files, emoji} = fonts;
	const font =
		family === undefined
			? {loadSystemFonts: true}
			: {loadSystemFonts: false, fontFiles: [...files], monospaceFamily: family, defaultFontFamily: family};
	const drawn = emoji === undefined ? svg : withPictures(svg, new EmojiFont(readFileSync(emoji)));
	return new Resvg(drawn, {font, fitTo: {mode: 'zoom', value: PNG_SCALE}}).render().asPng();
}

/** With pictures in place of emoji, as high as a row: the renderer draws no coloured letters. */
export function withPictures(svg: string, font: Pick<EmojiFont, 'picture'>): string {
	return svg.replaceAll(SIGN, (element: string, x: string, y: string, text: string) => {
		const picture = EMOJI.test(text) ? font.picture(text) : undefined;
		if (picture === undefined) return element;
		const [left, top] = [Number(x) - CELL_WIDTH, Number(y) - BASELINE];
		return `<image x="${left}" y="${top}" width="${2 * CELL_WIDTH}" height="${CELL_HEIGHT}" href="data:image/png;base64,${picture.toString('base64')}"/>`;
	});
}
