// The screen in other languages: all that it says is in the catalogue, and nothing of it is cut that English has room for.
import {readFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {catalogueOf} from '../../source/catalogue/catalogue.ts';
import {LANGUAGES} from '../../source/catalogue/language.ts';
import {sentence} from '../../source/ui/text/sentence.ts';
import {pseudo, pseudoText} from '../catalogue/pseudo.ts';
import {REFUSALS, SCENES} from './stage/scenes.ts';
import {cellsOf} from './stage/sheet.ts';
import {SharedStages} from './stage/shared-stages.ts';
import {FIRST, SIZES, TOURS, walk} from './stage/tours.ts';

const folder = path.resolve(import.meta.dirname, 'golden');

/** The cells of a golden sheet. */
function englishCells(sheet: string): string {
	const [cells = ''] = readFileSync(path.join(folder, `${sheet}.txt`), 'utf8').split('\ncursor ');
	return cells;
}

const LATIN = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const backTo = new Map(Array.from(pseudoText(LATIN), (letter, index) => [letter, LATIN[index] ?? letter]));
const inLatin = (text: string) => Array.from(text, letter => backTo.get(letter) ?? letter).join('');

/** What the screen shows and does not say: names of days and months, which are Intl's; links as they go out; themes; protocols; what the machine is called. */
const DATA = 'simchat Mon Tue Wed Nov xn bcher kva terminal ms PCP desk abandon zoo mushroom original';
/** Names of keys, letters that are keys, and the letter of a sign. */
const KEYS = /^(?:Enter|Esc|Alt|Ctrl|Shift|Tab|Up|Down|End|Home|PgUp|PgDn|Backspace|Delete|[A-Za-z])$/;

const wordsIn = (text: string): readonly string[] => text.match(/[A-Za-z]+/g) ?? [];

/** Every text of what a scene is made of. */
function textsIn(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	if (value instanceof Map) return textsIn([...value.values()]);
	return typeof value === 'object' && value !== null ? Object.values(value).flatMap(each => textsIn(each)) : [];
}

/** Whether a word on the screen is data: one of the scene, or that is typed, or the beginning or the end of one; of those that are longer than rows, any part. */
function isDataIn({scene, steps}: (typeof TOURS)[number]): (word: string) => boolean {
	const {former, account, probed, link, ...client} = SCENES[scene]();
	const refusals = scene === 'server-key' || scene === 'wrong-password' ? Object.values(REFUSALS) : [];
	const texts = [
		DATA,
		...refusals.map(words => sentence(words)),
		...steps.map(({keys}) => keys),
		...textsIn([client.snapshot(), former, account, probed, link]),
	];
	const known = texts.flatMap(text => wordsIn(text));
	return word =>
		KEYS.test(word) ||
		known.some(each => each.startsWith(word) || each.endsWith(word) || (each.length > 20 && each.includes(word)));
}

const stages = new SharedStages(FIRST, 4);

for (const tour of TOURS) {
	test(`${tour.title ?? tour.scene}: every word is in the catalogue`, async t => {
		const isKnown = isDataIn(tour);
		const seen: string[] = [];
		const options = {looks: [{look: 'zxx.UTF-8', words: pseudo()}], sizes: SIZES, stages};
		await walk(t, tour, options, async (screen, sheet) => {
			const english = englishCells(sheet);
			await screen.until(() => inLatin(cellsOf(screen.emulator)) === english, `${sheet} in other letters\n${english}`);
			const words = wordsIn(cellsOf(screen.emulator)).filter(word => !isKnown(word));
			seen.push(...words.map(word => `${sheet}: ${word}`));
		});
		t.deepEqual(seen, []);
	});
}

const NARROW = SIZES[3];
const narrowStages = new SharedStages(NARROW, 4);
const translated = await Promise.all(
	LANGUAGES.filter(language => language !== 'en').map(async language => ({
		look: `${language.replace(/-.*/, '')}.UTF-8`,
		words: (await catalogueOf(language))!,
	})),
);

/** Rows that end, inside a box or not, with the mark of what is cut; but those that make room for the arrow of a list that goes on. */
function cutRows(cells: string): number {
	return cells.split('\n').filter(row => /…[ ─│╮╯]*\|$/.test(row)).length;
}

for (const tour of TOURS) {
	test(`${tour.title ?? tour.scene}: in 59 columns nothing of a language is cut that English has room for`, async t => {
		await walk(t, tour, {looks: translated, sizes: [NARROW], stages: narrowStages}, async (screen, sheet, look) => {
			const limit = cutRows(englishCells(sheet));
			// What the terminal answered late may be drawn once more in the size before.
			const fits = () => cutRows(cellsOf(screen.emulator)) <= limit;
			await screen.until(fits, `${sheet}, ${look}: ${limit} rows that are cut`);
		});
	});
}

test.after.always('the stages end', async t => {
	await stages.end(t);
	await narrowStages.end(t);
});
