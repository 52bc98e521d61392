// Names: a name is exported once in source/, a basename stands once in source/, and no identifier is a metaphor.
import {readFile, readdir} from 'node:fs/promises';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';

/** A file's text by its path, with / between folders. */
type Sources = ReadonlyMap<string, string>;

/** Words that say nothing about what a thing is: use the field's names (session, channel, queue, view, outbox …). */
const METAPHORS: readonly string[] = [
	'aim',
	'board',
	'desk',
	'house',
	'household',
	'knock',
	'office',
	'surface',
	'theatre',
	'turns',
	'workshop',
];

/** What is not mended yet. The lists only get shorter: an entry that is mended fails the test until it is deleted here. */
const OPEN: Readonly<Record<'exports' | 'basenames' | 'metaphors', readonly string[]>> = {
	exports: [],
	basenames: [],
	metaphors: [],
};

const EXPORT =
	/^export (?:default )?(?:declare )?(?:abstract )?(?:async )?(?:const|let|var|function\*?|class|type|interface|enum) +([\w$]+)/gm;
/** Comments, strings and templates: what is not an identifier. A quote in a regular expression may hide some code; that is accepted. */
const NOT_CODE = /\/\*[\s\S]*?\*\/|(?<!:)\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g;

/** The names that more than one file exports by its own definition. A re-export (`export {a} from`) is no definition. */
function exportedTwice(sources: Sources): string[] {
	return twice([...sources].flatMap(([, text]) => [...text.matchAll(EXPORT)].map(([, name]) => name ?? '')));
}

/** The basenames, without their extensions, of more than one file. */
function basenamesTwice(sources: Sources): string[] {
	return twice([...sources.keys()].map(file => path.posix.basename(file).replace(/\.tsx?$/, '')));
}

/** Metaphors in identifiers: the word and its file. A part of an identifier counts too: `openDesk`, `#desk` and `DESK_LIMIT` have `desk`. */
function metaphors(sources: Sources): ReadonlyArray<readonly [word: string, file: string]> {
	return [...sources].flatMap(([file, text]) => {
		const identifiers = text.replaceAll(NOT_CODE, ' ').match(/[A-Za-z_$][\w$]*/g) ?? [];
		const words = new Set(identifiers.flatMap(identifier => wordsOf(identifier)));
		return METAPHORS.filter(word => words.has(word) || words.has(`${word}s`)).map(word => [word, file] as const);
	});
}

/** `dropKnocks` → drop, knocks; `DESK_LIMIT` → desk, limit. */
function wordsOf(identifier: string): string[] {
	return identifier
		.replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
		.split(/[ _$]+/)
		.map(word => word.toLowerCase());
}

function twice(names: readonly string[]): string[] {
	const seen = new Set<string>();
	return [...new Set(names.filter(name => seen.size === seen.add(name).size))].toSorted();
}

async function sourcesIn(...folders: readonly string[]): Promise<Sources> {
	const lists = folders.map(async folder => {
		const entries = await readdir(folder, {recursive: true});
		return entries.filter(entry => /\.tsx?$/.test(entry)).map(entry => path.join(folder, entry));
	});
	const files = (await Promise.all(lists)).flat();
	const texts = files.map(async file => [file.replaceAll(path.sep, '/'), await readFile(file, 'utf8')] as const);
	return new Map(await Promise.all(texts));
}

/** Without the languages of the catalogue: each is the same files with the same names. */
async function programSources(): Promise<Sources> {
	const sources = await sourcesIn('source');
	return new Map([...sources].filter(([file]) => !/^source\/catalogue\/[^/]+\//.test(file)));
}

const made = (files: Readonly<Record<string, string>>): Sources => new Map(Object.entries(files));

test('an exported name is defined once in source/', async t => {
	isMended(t, exportedTwice(await programSources()), OPEN.exports);
});

test('a basename stands once in source/', async t => {
	isMended(t, basenamesTwice(await programSources()), OPEN.basenames);
});

test('no identifier in source/ or test/ is a metaphor', async t => {
	const sources = new Map(await sourcesIn('source', 'test'));
	// This file has to name the words.
	sources.delete('test/house/names.test.ts');
	const found = metaphors(sources);
	const files = found.filter(([word]) => !OPEN.metaphors.includes(word)).map(([word, file]) => `${word} in ${file}`);
	t.log(...files);
	isMended(
		t,
		found.map(([word]) => word),
		OPEN.metaphors,
	);
});

/** Nothing is found but what is open, and all that is open is found. */
function isMended(t: ExecutionContext, found: readonly string[], open: readonly string[]): void {
	const added = new Set(found.filter(each => !open.includes(each)));
	const mended = open.filter(each => !found.includes(each));
	t.deepEqual([...added], [], 'rename these');
	t.deepEqual(mended, [], 'delete these from OPEN: they are mended');
}

test('the check finds a name that two files export, of whatever kind', t => {
	const sources = made({
		'a.ts':
			'export type Clock = 1;\nexport async function open() {}\nexport abstract class Store {}\nexport const one = 1;',
		'b.tsx': 'export interface Clock {}\nexport const open = 1;\nexport class Store {}\n',
		'c.ts': "export {one} from './a.ts';\nexport * from './b.tsx';\nconst one = 1;\n// export const one = 2;\n",
	});
	t.deepEqual(exportedTwice(sources), ['Clock', 'Store', 'open']);
});

test('the check finds a basename that stands twice, also with another extension', t => {
	t.deepEqual(basenamesTwice(made({'a/rows.ts': '', 'b/rows.tsx': '', 'b/row.ts': ''})), ['rows']);
});

test('the check finds metaphors in identifiers, and not in other words, comments or texts', t => {
	const sources = made({
		'a.ts': 'class House {\n\t#office = 1;\n}\nconst openDesk = DESK_LIMIT;\nfunction dropKnocks() {}',
		'b.ts':
			"// The house.\n/* a desk */\nconst household2 = 'desk';\nconst claimed = `desk ${'x'}`; // desk\nkeyboard.returns();",
		'c.ts': "const link = 'https://example.org/desk';\nconst after = board;",
	});
	t.deepEqual(
		metaphors(sources).map(([word, file]) => `${word} in ${file}`),
		['desk in a.ts', 'house in a.ts', 'knock in a.ts', 'office in a.ts', 'board in c.ts'],
	);
});
