// Golden grids: every screen, cell by cell, at five sizes, four of them at a sixth, and in four looks, in a real pseudo-terminal. As text in golden/;
// SIMCHAT_GOLDEN=write npx ava test/tty/golden.test.ts writes them anew, to be read before they are committed.
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import test from 'ava';
import {en} from '../../source/catalogue/en/en.ts';
import {type Screen} from './screen.ts';
import {cellsOf, cursorOf, stylesOf} from './stage/sheet.ts';
import {SharedStages} from './stage/shared-stages.ts';
import {FIRST, SIZES, TOURS, walk} from './stage/tours.ts';

const folder = path.resolve(import.meta.dirname, 'golden');
const isWriting = process.env['SIMCHAT_GOLDEN'] === 'write';

/** A screen that is written down has not changed for so long, ms. */
const REST_MS = 400;

/** Themes, and the terminal's without its colours: one process shows them all. What the environment does to colours is in colours.test.ts. */
const LOOKS = ['terminal', 'light', 'dark', 'NO_COLOR'].map(look => ({look, words: en}));

const stages = new SharedStages(FIRST, 5);

for (const tour of TOURS) {
	test(tour.title ?? tour.scene, async t => {
		const sheets = new Map<string, string>();
		await walk(t, tour, {looks: LOOKS, sizes: SIZES, stages}, async (screen, sheet, look) => {
			if (isWriting) sheets.set(sheet, (sheets.get(sheet) ?? '') + (await drawn(screen, look, !sheets.has(sheet))));
			else await matches(screen, sheet, look);
		});
		mkdirSync(folder, {recursive: true});
		for (const [sheet, text] of sheets) writeFileSync(path.join(folder, `${sheet}.txt`), text);
	});
}

test.after.always('the stages end', async t => stages.end(t));

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
	const isSame = () => {
		if (cells(screen).trimEnd() !== expected.get('')) return false;
		return actual().get(look) === expected.get(look);
	};

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
