// The pictures: the renderer draws what a terminal shows, and what the documents show is there.
import {existsSync} from 'node:fs';
import {readFile, readdir} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import test from 'ava';
import {gridOf} from '../../scripts/media/grid.ts';
import {scenes} from '../../scripts/media/scenes.ts';
import {type Window, svgOf} from '../../scripts/media/svg.ts';
import {Terminal, createEmulator} from '../../scripts/media/terminal.ts';

const root = path.resolve(import.meta.dirname, '../..');
const FIT = 'lengthAdjust="spacingAndGlyphs"';

/** The picture of a terminal of 20 × 2 that was sent `output`: its first row, element by element. */
async function draw(output: string): Promise<string[]> {
	const emulator = createEmulator({columns: 20, rows: 2});
	await new Promise<void>(resolve => emulator.write(output, resolve));
	const lines = svgOf([{title: 'title', grid: gridOf(emulator)}], 'label').split('\n');
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

test('wide characters take two cells, emoji sequences too, and text goes on behind them', async t => {
	t.deepEqual(await draw('漢👨‍👩‍👧‍👦🇯🇵👋🏽❤️e\u0301x'), [
		'<text x="8.4" y="13" text-anchor="middle">漢</text>',
		'<text x="25.2" y="13" text-anchor="middle">👨‍👩‍👧‍👦</text>',
		'<text x="42" y="13" text-anchor="middle">🇯🇵</text>',
		'<text x="58.8" y="13" text-anchor="middle">👋🏽</text>',
		'<text x="75.6" y="13" text-anchor="middle">❤️</text>',
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

test('the driver types, waits, resizes and hangs up', async t => {
	const terminal = Terminal.spawn(
		'/bin/sh',
		['-c', 'printf "name? "; read name; echo "<$name>"; stty size; read end'],
		{
			columns: 20,
			rows: 4,
			cwd: root,
			env: {PATH: process.env['PATH'] ?? ''},
		},
	);
	t.teardown(async () => terminal.close());
	await terminal.waitFor(/^name\?$/v);
	terminal.resize({columns: 30, rows: 5});
	terminal.write('simchat\r');
	await terminal.waitFor(/\n5 30$/v);
	t.is(terminal.text, 'name? simchat\n<simchat>\n5 30');
	t.deepEqual([terminal.grid().length, terminal.grid()[0]?.length], [5, 30]);
});

test('media/ holds the pictures of the scenes and nothing else', async t => {
	t.deepEqual((await readdir(path.join(root, 'media'))).toSorted(), scenes.map(({file}) => file).toSorted());
});

test('every file the README leads to is there', async t => {
	const readme = await readFile(path.join(root, 'README.md'), 'utf8');
	const targets = [...readme.matchAll(/\]\((?<target>[^\)#:]+)(?:#[^\)]*)?\)/gv)].map(
		match => match.groups!['target']!,
	);
	t.true(targets.includes('media/demo.svg'));
	for (const target of targets) t.true(existsSync(path.join(root, target)), target);
});
