// Themes: every role in each, legible, and what is wrong with one's own is told.
import test from 'ava';
import {nameRole} from '../../source/ui/name-colours.ts';
import {
	NAMES,
	ROLES,
	type Style,
	type Theme,
	chooseTheme,
	isColourless,
	themeFor,
	themeNames,
} from '../../source/ui/theme.ts';

const none = {themes: {}};
const ours = ['terminal', 'light', 'dark', 'high-contrast', 'high-contrast-light'];
const themeOf = (theme: string) => chooseTheme({}, {theme, ...none}).theme;
const plainStyles = {color: '#000000'};

test('every theme has every role and no other', t => {
	for (const theme of [...themeNames(none).map(themeOf), themeFor({NO_COLOR: '1'})]) {
		t.deepEqual(Object.keys(theme).toSorted(), [...ROLES].toSorted());
	}
});

/** WCAG 2.2, relative luminance of `#rrggbb`. */
function luminance(colour: string): number {
	const [red = 0, green = 0, blue = 0] = [1, 3, 5].map(at => {
		const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
		return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
	const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
	return (light + 0.05) / (dark + 0.05);
}

test('the measure is that of the standard', t => {
	t.is(contrast('#000000', '#ffffff'), 21);
	t.is(contrast('#777777', '#ffffff').toFixed(2), '4.48');
	t.is(contrast('#767676', '#ffffff').toFixed(2), '4.54');
});

for (const [name, background, text, line] of [
	['light', '#ffffff', 4.5, 3],
	['dark', '#000000', 4.5, 3],
	// As many terminals have it.
	['dark', '#1e1e1e', 4.5, 3],
	['high-contrast', '#000000', 7, 4.5],
	['high-contrast-light', '#ffffff', 7, 4.5],
] as const) {
	test(`${name} on ${background}: what is read stands out by ${text}, a line by ${line}`, t => {
		for (const role of ROLES) {
			const {color, backgroundColor = background} = themeOf(name)[role];
			if (role === 'qr') continue;
			const measured = contrast(color ?? '', backgroundColor);
			t.true(measured >= (role === 'rule' ? line : text), `${role}: ${measured.toFixed(2)}`);
		}
	});
}

test('in themes with colours of their own each name has another, and none that means something', t => {
	for (const name of ours.slice(1)) {
		const theme = themeOf(name);
		const meanings = (['plain', 'muted', 'good', 'warning', 'danger', 'link'] as const).map(role => theme[role].color);
		const names = NAMES.map(role => theme[role].color);
		t.is(new Set([...names, ...meanings]).size, names.length + meanings.length, name);
	}

	const inks = NAMES.map(role => themeOf('terminal')[role].color);
	t.false(inks.some(colour => colour === 'red' || colour === 'green' || colour === 'yellow'));
});

test('the colour of a name follows from its letters, and all colours are used alike', t => {
	t.is(nameRole('alice'), nameRole('alice'));
	t.not(nameRole('alice'), nameRole('bob'));
	const counts = new Map<string, number>();
	for (let index = 0; index < 6000; index++) {
		const role = nameRole(`user${index}`);
		counts.set(role, (counts.get(role) ?? 0) + 1);
	}

	t.is(counts.size, NAMES.length);
	for (const count of counts.values()) t.true(Math.abs(count - 1000) < 100, String(count));
});

test('who says in a theme of their own how others look says it of all names', t => {
	const {theme} = ownTheme('paper', {peer: plainStyles, 'name-2': {color: 'red'}});
	t.deepEqual(theme['name-1'], plainStyles);
	t.deepEqual(theme['name-2'], {color: 'red'});
});

test('a code is dark on light in every theme with colours', t => {
	for (const name of themeNames(none)) t.deepEqual(themeOf(name).qr, {color: 'black', backgroundColor: 'white'});
});

test('NO_COLOR takes the colours of every theme away, unless it is empty', t => {
	const own = {theme: 'own', themes: {own: {self: {color: 'red'}}}};
	for (const preferences of [{theme: 'dark', ...none}, own]) {
		const {theme, problems} = chooseTheme({NO_COLOR: '1'}, preferences);
		t.deepEqual(problems, []);
		for (const style of Object.values(theme)) {
			t.is(style.color, undefined);
			t.is(style.backgroundColor, undefined);
		}

		t.deepEqual(chooseTheme({NO_COLOR: ''}, preferences), chooseTheme({}, preferences));
	}

	t.true(isColourless({NO_COLOR: '0'}));
	t.false(isColourless({NO_COLOR: ''}));
	t.false(isColourless({}));
});

test('without colours, and with the sixteen of the terminal, roles that must not be taken for each other differ', t => {
	const pairs = [
		['plain', 'danger'],
		['plain', 'selected'],
		['plain', 'mention'],
		['plain', 'unread'],
		['online', 'offline'],
		['good', 'danger'],
		['self', 'peer'],
	] as const;
	for (const theme of [themeFor({}), themeFor({NO_COLOR: '1'})]) {
		for (const [one, other] of pairs) t.notDeepEqual(theme[one], theme[other], `${one} and ${other}`);
	}
});

test('without settings it is the terminal’s own', t => {
	t.deepEqual(themeFor({}), themeOf('terminal'));
	t.deepEqual(themeNames(none), ours);
});

function ownTheme(theme: string, own: Readonly<Record<string, Style>>) {
	return chooseTheme({}, {theme, themes: {[theme]: own}});
}

test('one’s own has the rest from terminal, or from ours of its name', t => {
	const style = {color: '#123456', bold: true};
	t.deepEqual(ownTheme('paper', {self: style}), {theme: {...themeOf('terminal'), self: style}, problems: []});
	t.deepEqual(ownTheme('dark', {self: style}), {theme: {...themeOf('dark'), self: style}, problems: []});
	t.deepEqual(themeNames({themes: {paper: {}, dark: {}}}), [...ours, 'paper']);
});

test('a theme that there is not is told of, with those that there are', t => {
	for (const name of ['solarised', '', 'constructor', 'toString', '__proto__']) {
		const {theme, problems} = chooseTheme({}, {theme: name, themes: {paper: {}}});
		t.deepEqual(problems, [`there is no theme ${name}: choose one of ${[...ours, 'paper'].join(', ')}`]);
		t.deepEqual(theme, themeOf('terminal'));
	}
});

const colours: ReadonlyArray<readonly [colour: string, isOne: boolean]> = [
	['red', true],
	['redBright', true],
	['gray', true],
	['grey', true],
	['#d70000', true],
	['#D7000F', true],
	['ansi256(0)', true],
	['ansi256(99)', true],
	['ansi256(255)', true],
	['ansi256(256)', false],
	['ansi256(-1)', false],
	['Red', false],
	['ANSI256(1)', false],
	['#fff', false],
	['#gggggg', false],
	['rebeccapurple', false],
	['rgb(1,2,3)', false],
	['\u001B[31m', false],
];

for (const [color, isOne] of colours) {
	test(`${JSON.stringify(color)} is ${isOne ? 'a' : 'no'} colour`, t => {
		for (const style of [{color}, {backgroundColor: color}]) {
			const {theme, problems} = ownTheme('paper', {self: style, peer: plainStyles});
			if (isOne) {
				t.deepEqual(problems, []);
				t.deepEqual(theme.self, style);
			} else {
				t.deepEqual(problems, [
					`settings.json: screen.themes.paper.self: ${color} is no colour; write red, #d70000 or ansi256(160)`,
				]);
				t.deepEqual(theme, themeOf('terminal') satisfies Theme, 'none of it is taken');
			}
		}
	});
}

test('a role that there is not is named, with those that there are', t => {
	const {problems} = ownTheme('paper', {elf: plainStyles, constructor: plainStyles});
	t.is(problems[0], `settings.json: screen.themes.paper has no role elf: there are ${ROLES.join(', ')}`);
	t.regex(problems[1] ?? '', /no role constructor/);
});
