// How things look: themes are data. Nothing is told by colour alone, so a theme may have none.
import {catalogue} from '../catalogue/catalogue.ts';
import type {Preferences} from '../client/facade.ts';

/** What one may say of a role: names of the terminal's sixteen colours, #rrggbb, or ansi256(n); and weight. */
export type Style = Preferences['themes'][string][string];

/** The roles of names. */
export const NAMES = ['name-1', 'name-2', 'name-3', 'name-4', 'name-5', 'name-6'] as const;

/** What is drawn, by what it means; `self` and `name-1` to `name-6` are of names, `peer` is whoever the open conversation is with. */
export const ROLES = [
	'plain',
	'muted',
	'rule',
	'title',
	'self',
	'peer',
	...NAMES,
	'online',
	'offline',
	'unread',
	'mention',
	'selected',
	'verified',
	'good',
	'warning',
	'danger',
	'link',
	'code',
	'qr',
] as const;

export type ThemeRole = (typeof ROLES)[number];

export type Theme = Readonly<Record<ThemeRole, Style>>;

/** Codes are scanned dark on light whatever the theme. */
const qr = {color: 'black', backgroundColor: 'white'};

/** The colours of a theme by their one meaning each. */
type Inks = {
	readonly text: string;
	/** Hints, and who is not there. */
	readonly quiet: string;
	readonly line: string;
	/** Is well: online, verified, delivered. */
	readonly well: string;
	/** Waits for the person: unread, a stranger, a weak password. */
	readonly waits: string;
	/** Text on a patch of `waits`. */
	readonly onWaits: string;
	/** Is wrong: failed, a changed key. */
	readonly wrong: string;
	readonly link: string;
	readonly code: string;
	readonly names: readonly [string, string, string, string, string, string];
};

function themeOf({text, quiet, line, well, waits, onWaits, wrong, link, code, names}: Inks): Theme {
	const [first, second, third, fourth, fifth, sixth] = names.map(color => ({color, bold: true}));
	return {
		plain: {color: text},
		muted: {color: quiet},
		rule: {color: line},
		title: {color: text, bold: true},
		self: {color: text, bold: true},
		peer: first!,
		'name-1': first!,
		'name-2': second!,
		'name-3': third!,
		'name-4': fourth!,
		'name-5': fifth!,
		'name-6': sixth!,
		online: {color: well},
		offline: {color: quiet},
		unread: {color: waits, bold: true},
		mention: {color: onWaits, backgroundColor: waits, bold: true},
		selected: {color: text, inverse: true},
		verified: {color: well},
		good: {color: well},
		warning: {color: waits, bold: true},
		danger: {color: wrong, bold: true},
		link: {color: link, underline: true},
		code: {color: code},
		qr,
	};
}

/** Contrast with white is 4.5 and more for text, 3 and more for lines (WCAG 2.2, 1.4.3 and 1.4.11). */
const light = themeOf({
	text: '#1f2328',
	quiet: '#656d76',
	line: '#8c959f',
	well: '#116329',
	waits: '#7d4e00',
	onWaits: '#ffffff',
	wrong: '#cf222e',
	link: '#0550ae',
	code: '#1b7c83',
	names: ['#8250df', '#0b6b72', '#b0246e', '#4b51c4', '#8a4419', '#4d6411'],
});

/** The same against black. */
const dark = themeOf({
	text: '#e6edf3',
	quiet: '#9198a1',
	line: '#6e7681',
	well: '#56d364',
	waits: '#e3b341',
	onWaits: '#0d1117',
	wrong: '#ff7b72',
	link: '#79c0ff',
	code: '#76e3ea',
	names: ['#d2a8ff', '#5fd7d7', '#ff9bce', '#a5b4ff', '#e0a982', '#c2d67c'],
});

/** Contrast with black is 7 and more for text, 4.5 and more for lines (WCAG 2.2, 1.4.6). */
const highContrast = themeOf({
	text: '#ffffff',
	quiet: '#c6cdd5',
	line: '#9aa3ad',
	well: '#6bff7d',
	waits: '#ffd75f',
	onWaits: '#000000',
	wrong: '#ff9e96',
	link: '#9fd3ff',
	code: '#8ff5f5',
	names: ['#dcbcff', '#6ff0f0', '#ffb3db', '#bcc8ff', '#ffc9a1', '#d8f07f'],
});

/** The same with white. */
const highContrastLight = themeOf({
	text: '#000000',
	quiet: '#424a53',
	line: '#6e7781',
	well: '#004d18',
	waits: '#5c3800',
	onWaits: '#ffffff',
	wrong: '#9b0012',
	link: '#003a8c',
	code: '#00494e',
	names: ['#5a1fb8', '#004f55', '#860048', '#2b2f9e', '#692b05', '#374a00'],
});

/**
 * The sixteen colours of the terminal itself, and of those the ones that light and dark palettes keep legible. Green is well, red is wrong, the
 * other three are of names; what waits for the person is bold.
 */
const terminal: Theme = {
	plain: {},
	muted: {dimColor: true},
	rule: {dimColor: true},
	title: {bold: true},
	self: {bold: true},
	peer: {color: 'magenta', bold: true},
	'name-1': {color: 'magenta', bold: true},
	'name-2': {color: 'cyan', bold: true},
	'name-3': {color: 'blueBright', bold: true},
	'name-4': {color: 'magenta', bold: true},
	'name-5': {color: 'cyan', bold: true},
	'name-6': {color: 'blueBright', bold: true},
	online: {color: 'green'},
	offline: {dimColor: true},
	unread: {bold: true},
	mention: {color: 'black', backgroundColor: 'yellow'},
	selected: {inverse: true},
	verified: {color: 'green'},
	good: {color: 'green'},
	warning: {bold: true},
	danger: {color: 'red', bold: true},
	link: {underline: true},
	code: {color: 'cyan'},
	qr,
};

const bold: Style = {bold: true};

/** For NO_COLOR: weight, reversal and underlines alone. */
const colourless: Theme = {
	...terminal,
	self: {},
	peer: bold,
	'name-1': bold,
	'name-2': bold,
	'name-3': bold,
	'name-4': bold,
	'name-5': bold,
	'name-6': bold,
	online: {bold: true},
	unread: {bold: true},
	mention: {bold: true, underline: true},
	verified: {bold: true},
	good: {bold: true},
	warning: {bold: true, underline: true},
	danger: {bold: true, underline: true},
	code: {},
	qr: {inverse: true},
};

const THEMES: ReadonlyMap<string, Theme> = new Map(
	Object.entries({terminal, light, dark, 'high-contrast': highContrast, 'high-contrast-light': highContrastLight}),
);

/** https://no-color.org: set to anything but nothing, it takes the colours away. */
export function isColourless(env: Readonly<Record<string, string | undefined>>): boolean {
	return env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '';
}

/** Those of our own and those in the settings, by name. */
export function themeNames({themes}: Pick<Preferences, 'themes'>): string[] {
	return [...new Set([...THEMES.keys(), ...Object.keys(themes)])];
}

/** Without settings. */
export function themeFor(env: Readonly<Record<string, string | undefined>>): Theme {
	return isColourless(env) ? colourless : terminal;
}

/** The theme that the settings name, and what is wrong with it in words. One's own has what it leaves out from `terminal`, or from ours of its name. */
export function chooseTheme(
	env: Readonly<Record<string, string | undefined>>,
	{theme: name, themes}: Pick<Preferences, 'theme' | 'themes'>,
): {readonly theme: Theme; readonly problems: readonly string[]} {
	const own = Object.hasOwn(themes, name) ? themes[name] : undefined;
	const problems =
		own === undefined && !THEMES.has(name)
			? [catalogue.settings.noTheme(name, themeNames({themes}).join(', '))]
			: Object.entries(own ?? {}).flatMap(([role, style]) => wrongWith(name, role, style));
	if (isColourless(env)) return {theme: colourless, problems};
	const given = problems.length === 0 ? own : undefined;
	// Who says how others look says it of all names.
	const names = given?.['peer'] === undefined ? {} : Object.fromEntries(NAMES.map(role => [role, given['peer']]));
	return {theme: {...(THEMES.get(name) ?? terminal), ...names, ...given}, problems};
}

const COLOUR =
	/^(?:(?:black|red|green|yellow|blue|magenta|cyan|white)(?:Bright)?|gr[ae]y|#[\dA-Fa-f]{6}|ansi256\((?:1?\d?\d|2[0-4]\d|25[0-5])\))$/;

function wrongWith(theme: string, role: string, style: Style): string[] {
	const place = `settings.json: screen.themes.${theme}`;
	if (!ROLES.some(known => known === role)) return [catalogue.settings.noRole(place, role, ROLES.join(', '))];
	return [style.color, style.backgroundColor]
		.filter(colour => colour !== undefined)
		.filter(colour => !COLOUR.test(colour))
		.map(colour => catalogue.settings.noColour(`${place}.${role}`, colour));
}
