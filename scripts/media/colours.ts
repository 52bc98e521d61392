// The colours of the pictures: the default pair, the sixteen of the palette, and the 240 that xterm computes.

export const DEFAULT_FOREGROUND = '#d7dae0';
export const DEFAULT_BACKGROUND = '#1d2026';

const SIXTEEN = [
	['#3b4048', '#e06c75', '#98c379', '#e5c07b', '#61afef', '#c678dd', '#56b6c2', '#c8ccd4'],
	['#7d8590', '#ff7b86', '#b5e890', '#ffd98a', '#82c8ff', '#e29bf5', '#7fdce8', '#ffffff'],
].flat();
/** Steps of each channel in xterm's cube of 6 × 6 × 6. */
const CUBE = [0, 95, 135, 175, 215, 255];
const CUBE_START = 16;
const GREYS_START = 232;

/** Of an entry of the 256-colour palette, 0 to 255. */
export function paletteColour(index: number): string {
	if (index < CUBE_START) return SIXTEEN[index] ?? DEFAULT_FOREGROUND;
	if (index >= GREYS_START) return trueColour((8 + 10 * (index - GREYS_START)) * 0x01_01_01);
	const place = index - CUBE_START;
	const [red = 0, green = 0, blue = 0] = [Math.floor(place / 36), Math.floor(place / 6) % 6, place % 6].map(
		step => CUBE[step],
	);
	return trueColour(red * 0x1_00_00 + green * 0x1_00 + blue);
}

/** Of 24 bits, red the highest eight. */
export function trueColour(rgb: number): string {
	return `#${rgb.toString(16).padStart(6, '0')}`;
}
