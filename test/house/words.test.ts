// Nothing that a person reads stands in the code: it is in the catalogue, from where other languages have it, too.
import {readFile, readdir} from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';

const root = path.resolve(import.meta.dirname, '../../source');
const FOLDERS = ['cli', 'linear', 'client', 'messaging', 'content', 'channel', 'os', 'ui', 'usage'];
/** What is made when the package is built is English. */
const BUILT = new Set(['man-page.ts', 'bash-completion.ts', 'fish-completion.ts', 'zsh-completion.ts']);

/** A comment, a regular expression, or a text in quotation marks or a template, which is the second group. */
const COMMENT = String.raw`\/\/[^\n]*|\/\*[^]*?\*\/`;
const EXPRESSION = String.raw`(?<=[(,=:\[!&|?{};]\s*|return )\/(?:\\.|\[(?:\\.|[^\]\\])*\]|[^\/\\\[\n])+\/[a-z]*`;
const HOLE = '\\$\\{(?:[^{}`]|\\{[^{}]*\\}|`[^`]*`)*\\}';
const TEXT = String.raw`(["'\`])((?:\\.|${HOLE}|(?!\1)[^\\])*)\1`;
const TOKEN = new RegExp(`${COMMENT}|${EXPRESSION}|${TEXT}`, 'g');

/** Two words of a language, one behind the other. */
const PHRASE = /(?:^|[\s(])[A-Za-z]?[a-z’]+,? [a-z’]+(?:$|[\s.,:;)?!])/;
/** Fields of forms, as the program calls them. */
const FIELDS = /^join link$/;
const SQL = /^(?:[A-Z]+ |[^]*\b(?:WHERE|FROM)\b)|_mode = |quick_check/;
/** What stands in front of a text that nobody is told: faults of the program, the trace, types, and names that programs compare. */
const UNTOLD =
	/(?:Error|PasswordUnknown|PuzzleUnsolved)\($|(?:caught|note|startsWith)\([^()]*$|===? $|\| $|Pick<[^<>]*$/;
/**
 * Names that programs compare, and words of the trace: those that people read of them are in the catalogue. And what is said of events to
 * whoever writes a program.
 */
const NAMES = [
	'cli/events.ts',
	'channel/network/',
	'channel/probe-records.ts',
	'channel/prober.ts',
	'messaging/history/',
];

async function phrasesIn(folder: string): Promise<string[]> {
	const files = await readdir(path.join(root, folder), {recursive: true});
	const found: string[] = [];
	for (const file of files.filter(each => /\.tsx?$/.test(each) && !BUILT.has(each))) {
		const name = `${folder}/${file}`;
		if (NAMES.some(each => name.startsWith(each))) continue;
		const text = await readFile(path.join(root, name), 'utf8');
		for (const {0: token, 2: said, index} of text.matchAll(TOKEN)) {
			if (
				said === undefined ||
				!PHRASE.test(said.replaceAll(new RegExp(HOLE, 'g'), '7')) ||
				[SQL, FIELDS].some(each => each.test(said))
			)
				continue;
			if (!UNTOLD.test(text.slice(Math.max(0, index - 60), index))) found.push(`${name}: ${token}`);
		}
	}

	return found;
}

test('no phrase that is said to a person stands outside the catalogue', async t => {
	const found = await Promise.all(FOLDERS.map(phrasesIn));
	t.deepEqual(found.flat(), []);
});
