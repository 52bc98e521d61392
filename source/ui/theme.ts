// How things look: themes are data. Nothing is told by colour alone, so a theme may have none.
import {type TextProps} from 'ink';

type Style = Pick<TextProps, 'color' | 'dimColor' | 'bold' | 'inverse' | 'underline'>;

/** What is drawn, by what it means. */
export type Role =
	| 'plain'
	| 'muted'
	| 'rule'
	| 'title'
	| 'self'
	| 'peer'
	| 'online'
	| 'offline'
	| 'unread'
	| 'selected'
	| 'verified'
	| 'good'
	| 'warning'
	| 'danger'
	| 'link';

export type Theme = Readonly<Record<Role, Style>>;

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
	selected: {inverse: true},
	verified: {color: 'green'},
	good: {color: 'green'},
	warning: {color: 'magenta', bold: true},
	danger: {color: 'red', bold: true},
	link: {underline: true},
};

/** For NO_COLOR: weight, reversal and underlines alone. */
const colourless: Theme = {
	...terminal,
	self: {},
	peer: {bold: true},
	online: {bold: true},
	unread: {bold: true},
	verified: {bold: true},
	good: {bold: true},
	warning: {bold: true, underline: true},
	danger: {bold: true, inverse: true},
};

/** https://no-color.org: set to anything but nothing, it takes the colours away. */
export function themeFor(env: Readonly<Record<string, string | undefined>>): Theme {
	return env['NO_COLOR'] === undefined || env['NO_COLOR'] === '' ? terminal : colourless;
}
