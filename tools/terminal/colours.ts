// The colours of the pictures: a terminal's default pair, the sixteen of its palette, and the 240 that xterm computes.

/** All as #rrggbb. */
export type Palette = {
	readonly foreground: string;
	readonly background: string;
	readonly sixteen: readonly string[];
	/** The window's frame: its title bar, what is written there, and the line around all. */
	readonly bar: string;
	readonly title: string;
	readonly border: string;
};

export const DARK: Palette = {
	foreground: '#d7dae0',
	background: '#1d2026',
	sixteen: [
		['#3b4048', '#e06c75', '#98c379', '#e5c07b', '#61afef', '#c678dd', '#56b6c2', '#c8ccd4'],
		['#7d8590', '#ff7b86', '#b5e890', '#ffd98a', '#82c8ff', '#e29bf5', '#7fdce8', '#ffffff'],
	].flat(),
	bar: '#2a2e36',
	title: '#9aa1ad',
	border: '#4a505c',
};

export const LIGHT: Palette = {
	foreground: '#1f2328',
	background: '#ffffff',
	sixteen: [
		['#24292f', '#cf222e', '#116329', '#7d4e00', '#0969da', '#8250df', '#1b7c83', '#6e7781'],
		['#57606a', '#a40e26', '#1a7f37', '#633c01', '#218bff', '#a475f9', '#3192aa', '#ffffff'],
	].flat(),
	bar: '#eaeef2',
	title: '#57606a',
	border: '#d0d7de',
};

/** The same on black, as the console of a machine has it. */
export const BLACK: Palette = {...DARK, foreground: '#ffffff', background: '#000000'};

/** Steps of each channel in xterm's cube of 6 × 6 × 6. */
const CUBE = [0, 95, 135, 175, 215, 255];
const CUBE_START = 16;
const GREYS_START = 232;

/** Of an entry of the 256-colour palette, 0 to 255. */
export function paletteColour({sixteen, foreground}: Palette, index: number): string {
	if (index < CUBE_START) return sixteen[index] ?? foreground;
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
