// Every language says what English says: the same texts, with all that they are given, whatever is typed as it stands, and in the room there is.
import test from 'ava';
import {en} from '../../source/catalogue/en/en.ts';
import {widthOf} from '../../source/ui/text/width.ts';
import {type Entry, arityOf, entriesOf, markOf, saidBy, spoken} from './entries.ts';
import {pseudo} from './pseudo.ts';

const english = entriesOf(en);
/** Numbers that take all forms there are in the languages here. */
const NUMBERS = [0, 1, 2, 3, 5, 11, 21, 1_000_000];

/** What is given to an entry and is not in what it says: marks, and numbers that English says. */
function unsaid(place: string, entry: Entry, like: Entry): string[] {
	const all = Array.from({length: arityOf(like)}, (_, index) => markOf(index));
	const told = saidBy(place, entry, all);
	const numbers = NUMBERS.filter(number => {
		const args = all.map(() => number);
		const isSaid = (each: Entry) => saidBy(place, each, args).includes(String(number));
		return isSaid(like) && !isSaid(entry);
	});
	return [...all.filter(mark => !told.includes(mark)), ...numbers.map(String)];
}

/** What people type, letter by letter: commands, options, keys, links, names of variables and files. */
const TYPED =
	/(?<![\w/.])\/[a-z]+\b|--[a-z]+(?:-[a-z]+)*|\b(?:Enter|Esc|Tab|Backspace|PgUp|PgDn|F\d{1,2}|(?:Ctrl|Alt)-[\w…]+)(?!\w)|\$[A-Z]+|simchat:\/\/|[\w.]+\.json\b|\d{4}-\d\d-\d\d/g;

/** Those of a text, each once: a language may name one twice. */
const typedIn = (text: string) => [...new Set(text.match(TYPED))].toSorted().join(' ');

/** Entries without room for more cells: the box of the hint in 59 columns, the list, a column. */
const ROOM: ReadonlyArray<readonly [where: RegExp, cells: number]> = [
	[/[hH]int$/, 53],
	[/^keys\.listHint$/, 61],
	[/^offeredFiles\.dropKeys$/, 35],
	[/^contacts\.(?:addSomebody|nobody|typeToFilter)$/, 14],
	[/^keys\.(?:none|conversations)$/, 18],
	[/^decisions\.(?:strangerLine|keyLine)$/, 59],
	[/^doctor\.labels\./, 12],
	[/^doctorScreen\.dropped$/, 12],
	[/^settings\.labels\./, 22],
	[/^entrance\.fields\./, 20],
	[/^path\.short\.(?:looking|blocked)$/, 22],
	[/^path\.(?:lan|direct)$/, 22],
];

const roomFor = (place: string) => ROOM.findLast(([where]) => where.test(place))?.[1];

for (const {language, words} of [...spoken, {language: 'English in other letters', words: pseudo()}]) {
	const entries = entriesOf(words);

	test(`${language}: it has what English has, and nothing else`, t => {
		t.deepEqual([...entries.keys()].toSorted(), [...english.keys()].toSorted());
		for (const [place, entry] of entries) t.is(typeof entry, typeof english.get(place), place);
	});

	test(`${language}: all that a text is given is in it`, t => {
		const missing = [...english].flatMap(([place, like]) =>
			unsaid(place, entries.get(place) ?? '', like).map(mark => `${place}: ${mark}`),
		);
		t.deepEqual(missing, []);
	});

	test(`${language}: nothing is empty that English has words for`, t => {
		const empty = [...entries].filter(([place, entry]) => entry === '' && english.get(place) !== '');
		t.deepEqual(empty, []);
	});

	test(`${language}: what has a column or a line to itself has room there`, t => {
		const wide = [...entries].flatMap(([place, entry]) => {
			const room = roomFor(place);
			return typeof entry === 'string' && room !== undefined && widthOf(entry) > room
				? [`${place}: ${widthOf(entry)} cells, ${room} at most: ${entry}`]
				: [];
		});
		t.deepEqual(wide, []);
	});
}

for (const {language, words} of spoken) {
	const entries = entriesOf(words);

	test(`${language}: commands, options and keys are those that are typed`, t => {
		const other = [...english].flatMap(([place, like]) => {
			const [typed, told] = [like, entries.get(place) ?? ''].map(each => typedIn(saidBy(place, each)));
			return typed === told ? [] : [`${place}: ${typed} became ${told}`];
		});
		t.deepEqual(other, []);
	});

	test(`${language}: what is typed behind a command as it stands is so`, t => {
		for (const name of ['timer', 'pin', 'doctor'] as const) {
			t.is(words.slashCommands[name].words, en.slashCommands[name].words, name);
		}

		t.regex(words.slashCommands.goto.help, /\btoday\b[^]*\byesterday\b/);
	});
}
