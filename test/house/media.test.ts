// The pictures: the renderer draws what a terminal shows, and what the documents show is there.
import {existsSync} from 'node:fs';
import {readFile, readdir} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import test from 'ava';
import {LIGHT} from '../../tools/terminal/colours.ts';
import {type View, gridOf} from '../../tools/terminal/grid.ts';
import {scenes} from '../../tools/media/scenes.ts';
import {type Window, svgOf} from '../../tools/media/svg.ts';
import {createEmulator} from '../../tools/terminal/emulator.ts';

const root = path.resolve(import.meta.dirname, '../..');
const EMOJI_FONT = `font-family="'Apple Color Emoji', 'Segoe UI Emoji', 'Noto Color Emoji', emoji"`;
const FIT = 'lengthAdjust="spacingAndGlyphs"';

/** The picture of a terminal of 20 × 2 that was sent `output`: its first row, element by element. */
async function draw(output: string, view: View = {}): Promise<string[]> {
	const emulator = createEmulator({columns: 20, rows: 2});
	await new Promise<void>(resolve => emulator.write(output, resolve));
	const lines = svgOf([{title: 'title', grid: gridOf(emulator, view), ...view}], 'label').split('\n');
	return lines.slice(lines.indexOf('<g transform="translate(12 40)">') + 1, lines.lastIndexOf('</g>') - 1);
}

function emptyWindow(columns: number): Window {
	return {title: 'a<b', grid: gridOf(createEmulator({columns, rows: 2}))};
}

const styles: readonly [name: string, output: string, expected: readonly string[]][] = [
	['plain text, escaped', 'a <b> & "c"', [`textLength="92.4" ${FIT}>a &lt;b&gt; &amp; &quot;c&quot;</text>`]],
	['blanks between words, kept', 'a   b', [`textLength="42" ${FIT}>a&#160;&#160;&#160;b</text>`]],
	['bold', '\u001B[1mB', [`textLength="8.4" ${FIT} font-weight="bold">B</text>`]],
	['dim', '\u001B[2mD', [`textLength="8.4" ${FIT} fill-opacity="0.6">D</text>`]],
	['italic', '\u001B[3mI', [`textLength="8.4" ${FIT} font-style="italic">I</text>`]],
	[
		'lines are drawn under blanks too',
		'\u001B[4;9mU ',
		[`${FIT} text-decoration="underline line-through">U&#160;</text>`],
	],
	['invisible', '\u001B[8mhidden', []],
	['one of sixteen colours', '\u001B[31mr', [`${FIT} fill="#e06c75">r</text>`]],
	['one of the bright sixteen', '\u001B[92mg', [`${FIT} fill="#b5e890">g</text>`]],
	['one of the cube', '\u001B[38;5;208mo', [`${FIT} fill="#ff8700">o</text>`]],
	['one of the greys', '\u001B[38;5;232mk', [`${FIT} fill="#080808">k</text>`]],
	['a true colour', '\u001B[38;2;1;2;3mt', [`${FIT} fill="#010203">t</text>`]],
	[
		'a background, as wide as its cells',
		'ab\u001B[44m  \u001B[m',
		['<rect x="16.8" y="0" width="16.8" height="17" fill="#61afef"/>', `textLength="16.8" ${FIT}>ab</text>`],
	],
	[
		'inverse',
		'\u001B[7mx',
		['<rect x="0" y="0" width="8.4" height="17" fill="#d7dae0"/>', `${FIT} fill="#1d2026">x</text>`],
	],
];

for (const [name, output, expected] of styles) {
	test(`draws ${name}`, async t => {
		const elements = await draw(output);
		t.is(elements.length, expected.length, elements.join('\n'));
		for (const [index, end] of expected.entries()) t.true(elements[index]!.endsWith(end), elements[index]);
	});
}

test('signs that fonts measure differently stand alone, in the middle of their cells', async t => {
	t.deepEqual(await draw('● a ✓✓'), [
		'<text x="4.2" y="13" text-anchor="middle">●</text>',
		`<text x="16.8" y="13" textLength="8.4" ${FIT}>a</text>`,
		'<text x="37.8" y="13" text-anchor="middle">✓</text>',
		'<text x="46.2" y="13" text-anchor="middle">✓</text>',
	]);
});

test('blocks and lines are areas that meet, in one path', async t => {
	t.deepEqual(await draw('██▄'), [
		'<path d="M0 0h16.8v17h-16.8zM16.8 8.5h8.4v8.5h-8.4z" shape-rendering="crispEdges"/>',
	]);
	t.deepEqual(await draw('▌▌'), ['<path d="M0 0h4.2v17h-4.2zM8.4 0h4.2v17h-4.2z" shape-rendering="crispEdges"/>']);
	t.deepEqual(await draw('\u001B[31m█░'), [
		'<path d="M0 0h8.4v17h-8.4z" fill="#e06c75" shape-rendering="crispEdges"/><path d="M8.4 0h8.4v17h-8.4z" fill="#e06c75" fill-opacity="0.25" shape-rendering="crispEdges"/>',
	]);
});

test('ideographs are as wide as their two cells', async t => {
	t.deepEqual(await draw('語'), ['<text x="8.4" y="13" text-anchor="middle" font-size="16.8">語</text>']);
});

test('the cursor is a cell the other way round, where it is to be seen', async t => {
	t.deepEqual(await draw('ab\b', {hasCursor: true}), [
		'<rect x="8.4" y="0" width="8.4" height="17" fill="#d7dae0"/>',
		`<text x="0" y="13" textLength="8.4" ${FIT}>a</text>`,
		`<text x="8.4" y="13" textLength="8.4" ${FIT} fill="#1d2026">b</text>`,
	]);
});

test('a light terminal has its own colours, the frame too', async t => {
	t.deepEqual(await draw('a\u001B[31mr\u001B[30;47mb', {palette: LIGHT}), [
		`<rect x="16.8" y="0" width="8.4" height="17" fill="${LIGHT.sixteen[7]}"/>`,
		`<text x="0" y="13" textLength="8.4" ${FIT}>a</text>`,
		`<text x="8.4" y="13" textLength="8.4" ${FIT} fill="${LIGHT.sixteen[1]}">r</text>`,
		`<text x="16.8" y="13" textLength="8.4" ${FIT} fill="${LIGHT.sixteen[0]}">b</text>`,
	]);
	const svg = svgOf([{...emptyWindow(10), palette: LIGHT}], 'light');
	for (const colour of [LIGHT.background, LIGHT.bar, LIGHT.border, LIGHT.title]) t.true(svg.includes(`"${colour}"`));
	t.true(svg.includes(`<g transform="translate(0 0)" fill="${LIGHT.foreground}">`));
});

test('wide characters take two cells, emoji sequences too, and text goes on behind them', async t => {
	t.deepEqual(await draw('漢👨‍👩‍👧‍👦🇯🇵👋🏽❤️e\u0301x'), [
		'<text x="8.4" y="13" text-anchor="middle" font-size="16.8">漢</text>',
		`<text x="25.2" y="13" text-anchor="middle" ${EMOJI_FONT}>👨‍👩‍👧‍👦</text>`,
		`<text x="42" y="13" text-anchor="middle" ${EMOJI_FONT}>🇯🇵</text>`,
		`<text x="58.8" y="13" text-anchor="middle" ${EMOJI_FONT}>👋🏽</text>`,
		`<text x="75.6" y="13" text-anchor="middle" ${EMOJI_FONT}>❤️</text>`,
		`<text x="84" y="13" textLength="16.8" ${FIT}>e\u0301x</text>`,
	]);
});

test('scripts of other fonts are fitted apart, and whole, so that their letters join', async t => {
	t.deepEqual(await draw('to: عل سل!'), [
		`<text x="0" y="13" textLength="25.2" ${FIT}>to:</text>`,
		`<text x="33.6" y="13" textLength="42" ${FIT}>عل سل</text>`,
		`<text x="75.6" y="13" textLength="8.4" ${FIT}>!</text>`,
	]);
});

test('windows stand one under the other in a picture as wide as the widest', t => {
	const svg = svgOf([emptyWindow(10), emptyWindow(20)], 'a & b');
	t.regex(svg, /^<svg [^>]*width="192" height="184" viewBox="0 0 192 184"/v);
	t.true(svg.includes('<title>a &amp; b</title>'));
	t.true(svg.includes('>a&lt;b</text>'));
	t.deepEqual(svg.match(/translate\(0 \d+\)/gv), ['translate(0 0)', 'translate(0 98)']);
});

test('media/ holds the pictures of the scenes and nothing else', async t => {
	const files = scenes.flatMap(({name, isFilm}) => [`${name}.svg`, ...(isFilm === true ? [] : [`${name}.png`])]);
	t.deepEqual((await readdir(path.join(root, 'media'))).toSorted(), files.toSorted());
});

test('no picture tells of the machine that it was taken on', async t => {
	const {username} = os.userInfo();
	for (const {name} of scenes) {
		const svg = await readFile(path.join(root, 'media', `${name}.svg`), 'utf8');
		for (const word of [root, os.homedir(), os.tmpdir(), '/home/', `>${username}@`, `${os.hostname()}:`]) {
			t.false(svg.includes(word), `${name}: ${word}`);
		}
	}
});

test('scenes name windows that they have, and a film shows one', t => {
	for (const {name, windows, before = [], steps, isFilm} of scenes) {
		for (const {window} of [...before, ...steps]) t.true(Object.hasOwn(windows, window), `${name}: ${window}`);
		const shown = Object.values(windows).filter(({title}) => title !== undefined);
		t.true(isFilm === true ? shown.length === 1 : shown.length > 0, name);
	}
});

test('every file the README leads to is there', async t => {
	const readme = await readFile(path.join(root, 'README.md'), 'utf8');
	const targets = [...readme.matchAll(/\]\((?<target>[^\)#:]+)(?:#[^\)]*)?\)/gv)].map(
		match => match.groups!['target']!,
	);
	for (const picture of ['media/chat.png', 'media/talk.svg']) t.true(targets.includes(picture), picture);
	for (const target of targets) t.true(existsSync(path.join(root, target)), target);
});
