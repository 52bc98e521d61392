// The tour: at most 80 lines, ten questions, each with at most three files that exist and a sentence for each.
import {existsSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import test from 'ava';

const LINE_LIMIT = 80;
const FILE_LIMIT = 3;
/** One file and one sentence, which names no other path. */
const ANSWER = /^- `([^`]+)`: [A-Z][^./]*\.$/;

type Question = {readonly title: string; readonly answers: readonly string[]};

/** The questions are the headings of the second level. Their answers are the lines below, without the way of a message. */
function questionsOf(text: string): Question[] {
	return text
		.split(/^## /m)
		.slice(1)
		.map(section => {
			const [title = '', ...lines] = section.split('\n');
			return {title, answers: lines.filter(line => line !== '' && !/^Way: [^`/]+$/.test(line))};
		});
}

/** What is wrong with the tour, in words. */
function faultsOf(text: string, exists: (file: string) => boolean): string[] {
	const faults: string[] = [];
	const lines = text.trimEnd().split('\n').length;
	if (lines > LINE_LIMIT) faults.push(`${lines} lines`);
	for (const {title, answers} of questionsOf(text)) {
		if (!title.endsWith('?')) faults.push(`${title}: no question`);
		if (answers.length === 0 || answers.length > FILE_LIMIT) faults.push(`${title}: ${answers.length} files`);
		for (const answer of answers) {
			const [, file] = ANSWER.exec(answer) ?? [];
			if (file === undefined) faults.push(`${title}: not a file and one sentence: ${answer}`);
			else if (!exists(file)) faults.push(`${title}: there is no ${file}`);
		}
	}

	return faults;
}

test('the tour answers ten questions with files that exist', async t => {
	const text = await readFile('docs/tour.md', 'utf8');
	t.deepEqual(faultsOf(text, existsSync), []);
	t.is(questionsOf(text).length, 10);
});

const tour = (...answers: string[]) => `# Tour\n\n## Where?\n\nWay: a → b; and back.\n\n${answers.join('\n')}\n`;
const onlyA = (file: string) => file === 'a.ts';

test('the check finds a file that is gone, a fourth file, a second sentence, and a tour that is too long', t => {
	t.deepEqual(faultsOf(tour('- `a.ts`: It asks `b` once.'), onlyA), []);
	t.deepEqual(faultsOf(tour('- `b.ts`: It does.'), onlyA), ['Where?: there is no b.ts']);
	t.deepEqual(faultsOf(tour(...Array.from({length: 4}, () => '- `a.ts`: It does.')), onlyA), ['Where?: 4 files']);
	t.is(faultsOf(tour('- `a.ts`: It does. It does more.'), onlyA).length, 1);
	t.is(faultsOf(tour('- `a.ts`: It is as b/c.ts.'), onlyA).length, 1);
	t.deepEqual(faultsOf(tour(), onlyA), ['Where?: 0 files']);
	t.is(faultsOf(`${tour('- `a.ts`: It does.')}${'\n'.repeat(80)}.`, onlyA)[0], '88 lines');
});
