// Golden grids: every screen, cell by cell, at five sizes, four of them at a sixth, and in four looks, in a real pseudo-terminal. As text in golden/;
// SIMCHAT_GOLDEN=write npx ava test/tty/golden.test.ts writes them anew, to be read before they are committed.
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import test from 'ava';
import {Screen} from './screen.ts';
import {stageDoor} from '../programs.ts';
import {type SceneName} from './stage/scenes.ts';
import {cellsOf, cursorOf, stylesOf} from './stage/sheet.ts';

const folder = path.resolve(import.meta.dirname, 'golden');
const isWriting = process.env['SIMCHAT_GOLDEN'] === 'write';

const SIZES = [
	{columns: 200, rows: 50},
	{columns: 100, rows: 30},
	{columns: 80, rows: 24},
	{columns: 59, rows: 20},
	{columns: 20, rows: 5},
];

/** For what looks otherwise there than at all of SIZES. */
const LARGE = {columns: 120, rows: 35};

/** A screen that is written down has not changed for so long, ms. */
const REST_MS = 400;

const LOOKS = [
	{look: 'terminal', theme: 'terminal', env: {}},
	{look: 'light', theme: 'light', env: {}},
	{look: 'dark', theme: 'dark', env: {}},
	{look: 'NO_COLOR', theme: 'terminal', env: {NO_COLOR: '1'}},
] as const;

type Step = {
	/** The golden file, without its size. */
	readonly name: string;
	/** Typed before, at the first size; what it leads to. */
	readonly keys: string;
	readonly until: RegExp;
	/** It names the theme, so that there is a sheet for each. */
	readonly isThemed?: true;
	/** It is looked at in LARGE, too. */
	readonly isAlsoLarge?: true;
	/** Typed afterwards. */
	readonly leave?: string;
};

const ESC = '\u001B';
/** The Escape key as kitty writes it: no pause tells it from what follows. */
const CLOSE = '\u001B[27u';

const JOIN_LINK = `simchat://chat.example.org:7406/#${'A'.repeat(43)}`;

/** By scene: what is typed, and what is then looked at. */
const TOURS: ReadonlyArray<{readonly title?: string; readonly scene: SceneName; readonly steps: readonly Step[]}> = [
	{
		title: 'reading and writing',
		scene: 'chat',
		steps: [
			{name: 'chat', keys: '', until: /and new/, isAlsoLarge: true},
			{name: 'chat-draft', keys: `a draft${ESC}\rof two lines`, until: /of two lines/, leave: '\u0015\u0015\u0015'},
			{name: 'select', keys: `${ESC}mk`, until: /▌ back again/, leave: CLOSE},
			{name: 'list', keys: '\tal', until: /\/al/, leave: CLOSE},
		],
	},
	{
		title: 'finding',
		scene: 'chat',
		steps: [
			{name: 'help', keys: `${ESC}OP`, until: /Help/, isAlsoLarge: true, leave: CLOSE},
			{name: 'switcher', keys: '\u0007ar', until: /Go to[^]*carol/, leave: CLOSE},
			{name: 'search', keys: '\u0006is', until: /Find in alice[^]*anybody/, leave: CLOSE},
		],
	},
	{
		title: 'deciding',
		scene: 'chat',
		steps: [
			{name: 'verify', keys: '/verify\r', until: /02766 69754/, isAlsoLarge: true, leave: CLOSE},
			{name: 'settings', keys: '/settings\r', until: /notifications/, isThemed: true, leave: CLOSE},
			{
				name: 'keys',
				keys: `/settings\r${ESC}[A${ESC}[6~\r`,
				until: /Keys/,
				leave: CLOSE,
			},
		],
	},
	{
		title: 'looking after',
		scene: 'chat',
		steps: [
			{name: 'doctor', keys: '/doctor\r', until: /Path doctor/, leave: CLOSE},
			{name: 'confirm', keys: '/remove\r', until: /Sure/, leave: CLOSE},
			{name: 'key-changed', keys: `${ESC}4`, until: /HAS CHANGED/},
		],
	},
	{
		title: 'the grammar of messages',
		scene: 'grammar',
		steps: [
			{name: 'grammar', keys: '', until: /this waits/, isAlsoLarge: true},
			{name: 'reply', keys: `${ESC}mkkr`, until: /Replying to alice/, leave: CLOSE},
			{name: 'react', keys: `${ESC}m+`, until: /Reaction/, leave: `${CLOSE}${CLOSE}`},
			{name: 'edit', keys: `${ESC}me`, until: /Enter saves/, leave: CLOSE},
			{name: 'edits', keys: `${ESC}mh`, until: /What it said before/, leave: `${CLOSE}${CLOSE}`},
			{name: 'outbox', keys: '/outbox\r', until: /Outbox: 1/, leave: CLOSE},
			{name: 'away', keys: `${ESC}2`, until: /away: at lunch/},
			{name: 'request', keys: `${ESC}3`, until: /WANTS TO TALK/},
			{name: 'markup', keys: `${ESC}4`, until: /thank you/},
		],
	},
	{
		scene: 'long',
		steps: [
			{name: 'scrolled', keys: `${ESC}[5~${ESC}[5~`, until: /below/},
			{name: 'marked', keys: '/goto 2026-11-04\r', until: /▌ message 720/},
		],
	},
	{
		scene: 'no-way',
		steps: [
			{name: 'no-way', keys: '', until: /no way/},
			{name: 'no-way-doctor', keys: '/doctor\r', until: /Path doctor/},
		],
	},
	{scene: 'empty', steps: [{name: 'empty', keys: '', until: /connected/}]},
	{scene: 'newcomer', steps: [{name: 'newcomer', keys: '', until: /Nothing has been said/}]},
	{
		scene: 'first',
		steps: [
			{name: 'first-message', keys: '', until: /Tip {2}✓ means sent/},
			{name: 'first-unverified', keys: CLOSE, until: /Tip {2}You have not verified/},
			{name: 'first-stranger', keys: CLOSE, until: /Tip {2}A stranger, mallory/},
		],
	},
	{scene: 'offline', steps: [{name: 'offline', keys: '', until: /out of reach/}]},
	{scene: 'stopped', steps: [{name: 'server-key-later', keys: '', until: /SOMEBODY ELSE/}]},
	{
		scene: 'sign-up',
		steps: [
			{name: 'sign-up', keys: `${JOIN_LINK}\talice\tsecret`, until: /•/},
			{name: 'sign-up-weak', keys: '\t', until: /Weak:/},
			{name: 'sign-up-wrong', keys: `${ESC}[Z${ESC}[Z\u00159 lives\t`, until: /no name/},
		],
	},
	{scene: 'sign-in', steps: [{name: 'sign-in', keys: '', until: /sign in as alice/}]},
	{scene: 'wrong-password', steps: [{name: 'wrong-password', keys: 'no\r', until: /4 tries left/}]},
	{scene: 'server-key', steps: [{name: 'server-key', keys: 'no\r', until: /SOMEBODY ELSE/}]},
	{scene: 'lockout', steps: [{name: 'lockout', keys: '', until: /42 s/}]},
];

for (const {scene, title = scene, steps} of TOURS) {
	test(title, async t => {
		const sheets = new Map<string, string>();
		for (const {look, theme, env} of LOOKS) {
			const first = SIZES[1]!;
			const screen = new Screen(t, [scene, theme], {
				...first,
				door: stageDoor,
				env: {TZ: 'UTC', COLORTERM: 'truecolor', ...env},
			});
			await screen.shows(/\S/);
			for (const {name, keys, until, isThemed, isAlsoLarge, leave} of steps) {
				let scrolls = 0;
				const watch = screen.emulator.onScroll(() => scrolls++);
				screen.type(keys);
				await screen.shows(until);
				watch.dispose();
				t.is(scrolls, 0, `${name}: nothing has scrolled away`);
				for (const size of isAlsoLarge ? [LARGE, ...SIZES] : SIZES) {
					const drawings = screen.drawings;
					screen.resize(size);
					await screen.until(() => screen.drawings > drawings, 'drawn anew');
					const sheet = `${name}${isThemed ? `-${theme}` : ''}-${size.columns}x${size.rows}`;
					if (isWriting) sheets.set(sheet, (sheets.get(sheet) ?? '') + (await drawn(screen, look, !sheets.has(sheet))));
					else await matches(screen, sheet, look);
				}

				const drawings = screen.drawings;
				screen.resize(first);
				await screen.until(() => screen.drawings > drawings, 'drawn anew');
				if (leave !== undefined) screen.type(leave);
			}

			screen.type('\u0003\u0003\u0003');
			t.is(await screen.ended(), 0);
			await screen.givenBack();
		}

		mkdirSync(folder, {recursive: true});
		for (const [sheet, text] of sheets) writeFileSync(path.join(folder, `${sheet}.txt`), text);
	});
}

function cells(screen: Screen): string {
	return `${cellsOf(screen.emulator)}\n${cursorOf(screen.emulator, screen.isCursorShown)}\n`;
}

function styles(screen: Screen, look: string): string {
	return `\n${look}\n${stylesOf(screen.emulator)}\n`;
}

/** What the sheet gets of a look: the cells come with the first. */
async function drawn(screen: Screen, look: string, isFirst: boolean): Promise<string> {
	await screen.rests(REST_MS);
	return `${isFirst ? cells(screen) : ''}${styles(screen, look)}`;
}

/** Waits until the screen is what its sheet says: the cells once for all looks, and the styles of this one. */
async function matches(screen: Screen, sheet: string, look: string): Promise<void> {
	const text = readFileSync(path.join(folder, `${sheet}.txt`), 'utf8');
	const expected = sections(text);
	const actual = () => sections(cells(screen) + styles(screen, look));
	const isSame = () => actual().get('') === expected.get('') && actual().get(look) === expected.get(look);
	try {
		await screen.until(isSame, sheet);
	} catch (error) {
		const parts = ['', look].map(part => differing(expected.get(part) ?? '', actual().get(part) ?? ''));
		throw new Error(`${sheet}, ${look}:\n${parts.join('\n')}`, {cause: error});
	}
}

/** The cells under '', the styles under the look that they are of. */
function sections(text: string): Map<string, string> {
	const [first = '', ...rest] = text.split(/\n\n/);
	const looks = rest.map(part => [part.split('\n')[0] ?? '', part.trimEnd()] as const);
	return new Map([['', first.trimEnd()], ...looks]);
}

/** Lines that differ, the expected one above the actual one. */
function differing(expected: string, actual: string): string {
	const [left, right] = [expected.split('\n'), actual.split('\n')];
	return Array.from({length: Math.max(left.length, right.length)}, (_, index) => index)
		.filter(index => left[index] !== right[index])
		.map(index => `- ${left[index] ?? ''}\n+ ${right[index] ?? ''}`)
		.join('\n');
}
