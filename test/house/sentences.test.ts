// The rule of sentences on the screen: a capital letter and a stop; notices get both from `sentence`, and begin with no name.
import {readFile, readdir} from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';

const folder = path.resolve(import.meta.dirname, '../../source/ui');
const entries = await readdir(folder, {recursive: true});
const files = entries.filter(entry => /\.tsx?$/.test(entry));
const sources = await Promise.all(
	files.map(async file => ({file, text: await readFile(path.join(folder, file), 'utf8')})),
);

/** A text in quotation marks or a template, without what is put into it. */
const QUOTED = String.raw`\s*(['\`])((?:\\.|\$\{[^}]*\}|(?!\1)[^\\])*)\1`;
const NOTICE = new RegExp(String.raw`\btell\(${QUOTED}`, 'g');
const PROSE = new RegExp(String.raw`\bparagraph\(${QUOTED}`, 'g');
const QUESTION = new RegExp(String.raw`\bwords:${QUOTED}`, 'g');

const SENTENCE = /^(?:\p{Lu}|\/|\$\{)[^]*[.?!…}]$/u;
const HEADING = /^[\p{Lu} ]+$/u;

function textsOf(pattern: RegExp, within = /./): string[] {
	return sources
		.filter(({file}) => within.test(file))
		.flatMap(({text}) => [...text.matchAll(pattern)].map(([, , said = '']) => said))
		.filter(said => said !== '');
}

test('no notice begins with a name, which would get a capital letter', t => {
	const notices = textsOf(NOTICE);
	t.true(notices.length > 40, String(notices.length));
	t.deepEqual(
		notices.filter(said => /^\$\{(?:name|peer|plain|safeName)/.test(said)),
		[],
	);
});

test('what is told in paragraphs and asked in questions has a capital letter and a stop', t => {
	const prose = [...textsOf(PROSE), ...textsOf(QUESTION, /questions|not-sent/)];
	t.true(prose.length > 12, String(prose.length));
	t.deepEqual(
		prose.filter(said => !HEADING.test(said) && !SENTENCE.test(said)),
		[],
	);
});
