// The man page of a program, in the macros of man(7).
import {type Manual, type Meaning, commandForm, dashed, optionSays, wordsForm} from './manual.ts';

/** Section 1, as `man -l` reads it. It has no date: the same sources make the same page. */
export function manPage(manual: Manual, version: string): string {
	const {program, says, alone, commands, options, notes, exits, environment, files, seeAlso} = manual;
	const lines = [
		'.\\" Made from the tables that the program reads: change them, not this.',
		`.TH ${program.toUpperCase()} 1 "" "${program} ${text(version)}" "User Commands"`,
		// Words are neither cut nor spread over the line.
		'.nh',
		'.ad l',
		...section('Name', [`${text(program)} \\- ${text(says)}`]),
		...section('Synopsis', [
			bold(program, [...(alone.takes.length === 0 ? [] : [wordsForm(alone.takes)]), '[OPTIONS]'].join(' ')),
			'.br',
			bold(program, 'COMMAND [WORDS…] [OPTIONS]'),
		]),
		...section('Description', [`${text(commandForm(manual))}: ${text(alone.says)}.`, ...notes.flatMap(paragraph)]),
		...section(
			'Commands',
			Object.entries(commands).flatMap(([word, {takes, says: what, flags}]) => [
				'.TP',
				bold(word, wordsForm(takes)),
				text(`${what}.`),
				...(flags.length === 0 ? [] : ['.br', text(`Options: ${flags.map(dashed).join(', ')}.`)]),
			]),
		),
		...section(
			'Options',
			Object.entries(options).flatMap(([flag, option]) => [
				'.TP',
				bold(`${option.short === undefined ? '' : `-${option.short}, `}${dashed(flag)}`, option.value ?? ''),
				text(`${optionSays(manual, flag, option)}.`),
			]),
		),
		...section('Exit status', meanings(exits)),
		...section('Environment', meanings(environment)),
		...section('Files', meanings(files)),
		...section('See also', [seeAlso.map(page => text(page)).join(', ')]),
	];
	return `${lines.join('\n')}\n`;
}

function section(title: string, lines: readonly string[]): string[] {
	return [`.SH "${title.toUpperCase()}"`, ...lines];
}

function paragraph(words: string): string[] {
	return ['.PP', text(words)];
}

function meanings(rows: readonly Meaning[]): string[] {
	return rows.flatMap(([name, says]) => ['.TP', bold(name, ''), text(`${says}.`)]);
}

/** One line: `strong` as it is typed, `rest` to be replaced. */
function bold(strong: string, rest: string): string {
	return `\\fB${text(strong)}\\fR${rest === '' ? '' : ` \\fI${text(rest)}\\fR`}`;
}

/** Without what roff would take for its own: escapes, hyphens that are dashes, and a control character at the beginning of a line. */
function text(words: string): string {
	return words
		.replaceAll('\\', '\\e')
		.replaceAll('-', '\\-')
		.replaceAll('…', '...')
		.replaceAll('’', '\\(cq')
		.replaceAll("'", '\\(aq')
		.replaceAll('–', '\\(en')
		.replace(/^\./, '\\&.');
}
