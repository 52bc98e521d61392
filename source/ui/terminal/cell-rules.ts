// How this terminal counts cells: asked from it, for one sign of each kind that terminals differ in.
import {type CellRules, USUAL} from '../text/clusters.ts';
import {type KnownTerminal} from './known-terminals.ts';

type Question = {
	readonly rule: keyof CellRules;
	/** What is written at the left edge; where the cursor stands behind it is the answer. */
	readonly text: string;
	/** Its cells without what the rule is about. */
	readonly without: number;
	/** How often the rule applies. */
	readonly times?: number;
	/** An answer is believed from the first to the last. */
	readonly believed: readonly [number, number];
};

const QUESTIONS: readonly Question[] = [
	{rule: 'tone', text: '👋🏽', without: 2, believed: [0, 2]},
	{rule: 'selector', text: '❤️', without: 1, believed: [0, 1]},
	{rule: 'keycap', text: '1️⃣', without: 1, believed: [0, 1]},
	{rule: 'flag', text: '🇨🇭', without: 0, believed: [1, 4]},
	{rule: 'joined', text: '👩‍🚀', without: 2, times: 2, believed: [0, 1]},
	{rule: 'spacing', text: 'நி', without: 1, believed: [0, 1]},
	{rule: 'vowel', text: 'กำ', without: 1, believed: [0, 1]},
	{rule: 'conjunct', text: 'क्ष', without: 1, believed: [0, 1]},
	{rule: 'jamo', text: '\u1100\u1161\u11A8', without: 2, times: 2, believed: [0, 1]},
	{rule: 'ambiguous', text: '①', without: 0, believed: [1, 2]},
];

/** Writes each sign, unseen, at the left of the first row, and asks where the cursor is then (DSR 6). The row is erased. */
const CELL_QUESTIONS = [
	'\u001B[1;1H\u001B[8m',
	...QUESTIONS.map(({text}) => `\r\u001B[K${text}\u001B[6n`),
	'\r\u001B[0m\u001B[K',
].join('');

/** The rules by the cursor reports among `answers`; undefined when there are not as many as questions. */
function rulesFrom(answers: string): CellRules | undefined {
	const columns = Array.from(answers.matchAll(/\[\d+;(\d+)R/g), ([, column]) => Number(column));
	if (columns.length !== QUESTIONS.length) return undefined;
	const rules: Record<keyof CellRules, number> = {...USUAL};
	for (const [index, {rule, without, times = 1, believed}] of QUESTIONS.entries()) {
		const cells = ((columns[index] ?? 0) - 1 - without) / times;
		if (believed[0] <= cells && cells <= believed[1]) rules[rule] = Math.round(cells);
	}

	return rules;
}

/** Its name and version (XTVERSION), and whether it counts grapheme clusters or can be told to (DECRQM of mode 2027). */
const WHO = '\u001B[>0q\u001B[?2027$p';

export type Asking = {
	/** How the terminal is known by its name. */
	readonly name: string;
	/** What was learned of it at an earlier start. */
	readonly before: KnownTerminal | undefined;
	/** Asks without a mark on the screen. Undefined when there was no answer in time. */
	readonly ask: (question: string) => Promise<string | undefined>;
	/** Asks with marks on the first row, and draws it anew. */
	readonly askOnRow: (question: string) => Promise<string | undefined>;
	/** Has grapheme clusters counted, or not. */
	readonly count: (clusters: boolean) => void;
};

/** What there is to learn; undefined when all is as it was before, or the terminal does not answer. */
export async function learnCells({name, before, ask, askOnRow, count}: Asking): Promise<KnownTerminal | undefined> {
	const who = await ask(WHO);
	if (who === undefined) return undefined;
	const [, version = ''] = /P>\|(\P{Cc}*)/u.exec(who) ?? [];
	const [, mode = '0'] = /\?2027;(\d)\$y/.exec(who) ?? [];
	// DECRPM: 1 is on, 2 is off and may be switched.
	if (before?.version === version && (before.clusters ? mode === '1' : mode !== '2')) return undefined;
	const clusters = mode === '2';
	count(clusters);
	const answers = await askOnRow(CELL_QUESTIONS);
	const rules = answers === undefined ? undefined : rulesFrom(answers);
	return rules && {name, version, clusters, rules};
}
