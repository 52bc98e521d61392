// How things look: themes are data. Nothing is told by colour alone, so a theme may have none.
import type {Preferences} from '../client/facade.ts';

/** What one may say of a role: names of the terminal's sixteen colours, #rrggbb, or ansi256(n); and weight. */
export type Style = Preferences['themes'][string][string];

/** What is drawn, by what it means. */
export const ROLES = [
	'plain',
	'muted',
	'rule',
	'title',
	'self',
	'peer',
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

/** The sixteen colours of the terminal itself, and of those the ones that light and dark palettes keep legible. */
const terminal: Theme = {
	plain: {},
	muted: {dimColor: true},
	rule: {dimColor: true},
	title: {bold: true},
	self: {color: 'cyan'},
	peer: {color: 'magenta', bold: true},
	online: {color: 'green'},
	offline: {dimColor: true},
	unread: {color: 'red', bold: true},
	mention: {color: 'red', bold: true, inverse: true},
	selected: {inverse: true},
	verified: {color: 'green'},
	good: {color: 'green'},
	warning: {color: 'magenta', bold: true},
	danger: {color: 'red', bold: true},
	link: {underline: true},
	code: {color: 'cyan'},
	qr,
};

/** Contrast with white is 4.5 and more for text, 3 and more for lines (WCAG 2.2, 1.4.3 and 1.4.11). */
const light: Theme = {
	plain: {color: '#1f2328'},
	muted: {color: '#656d76'},
	rule: {color: '#8c959f'},
	title: {color: '#1f2328', bold: true},
	self: {color: '#0550ae'},
	peer: {color: '#8250df', bold: true},
	online: {color: '#116329'},
	offline: {color: '#656d76'},
	unread: {color: '#cf222e', bold: true},
	mention: {color: '#ffffff', backgroundColor: '#cf222e', bold: true},
	selected: {color: '#ffffff', backgroundColor: '#0550ae'},
	verified: {color: '#116329'},
	good: {color: '#116329'},
	warning: {color: '#7d4e00', bold: true},
	danger: {color: '#cf222e', bold: true},
	link: {color: '#0550ae', underline: true},
	code: {color: '#1b7c83'},
	qr,
};

/** The same against black. */
const dark: Theme = {
	plain: {color: '#e6edf3'},
	muted: {color: '#9198a1'},
	rule: {color: '#6e7681'},
	title: {color: '#f0f6fc', bold: true},
	self: {color: '#79c0ff'},
	peer: {color: '#d2a8ff', bold: true},
	online: {color: '#56d364'},
	offline: {color: '#9198a1'},
	unread: {color: '#ff7b72', bold: true},
	mention: {color: '#0d1117', backgroundColor: '#ff7b72', bold: true},
	selected: {color: '#0d1117', backgroundColor: '#79c0ff'},
	verified: {color: '#56d364'},
	good: {color: '#56d364'},
	warning: {color: '#e3b341', bold: true},
	danger: {color: '#ff7b72', bold: true},
	link: {color: '#79c0ff', underline: true},
	code: {color: '#76e3ea'},
	qr,
};

/** For NO_COLOR: weight, reversal and underlines alone. */
const colourless: Theme = {
	...terminal,
	self: {},
	peer: {bold: true},
	online: {bold: true},
	unread: {bold: true},
	mention: {bold: true, inverse: true},
	verified: {bold: true},
	good: {bold: true},
	warning: {bold: true, underline: true},
	danger: {bold: true, inverse: true},
	code: {},
	qr: {inverse: true},
};

const THEMES: ReadonlyMap<string, Theme> = new Map(Object.entries({terminal, light, dark}));

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
			? [`there is no theme ${name}: choose one of ${themeNames({themes}).join(', ')}`]
			: Object.entries(own ?? {}).flatMap(([role, style]) => wrongWith(name, role, style));
	if (isColourless(env)) return {theme: colourless, problems};
	return {theme: {...(THEMES.get(name) ?? terminal), ...(problems.length === 0 ? own : {})}, problems};
}

const COLOUR =
	/^(?:(?:black|red|green|yellow|blue|magenta|cyan|white)(?:Bright)?|gr[ae]y|#[\dA-Fa-f]{6}|ansi256\((?:1?\d?\d|2[0-4]\d|25[0-5])\))$/;

function wrongWith(theme: string, role: string, style: Style): string[] {
	const place = `settings.json: screen.themes.${theme}`;
	if (!ROLES.some(known => known === role)) return [`${place} has no role ${role}: there are ${ROLES.join(', ')}`];
	return [style.color, style.backgroundColor]
		.filter(colour => colour !== undefined && !COLOUR.test(colour))
		.map(colour => `${place}.${role}: ${colour} is no colour; write red, #d70000 or ansi256(160)`);
}
