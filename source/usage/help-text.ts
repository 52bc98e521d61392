// What --help prints: all of a program, and the page of one command.
import {type Manual, type Meaning, commandForm, optionForm, optionSays, optionsOf} from './manual.ts';
import {catalogue} from '../catalogue/catalogue.ts';

/** All commands and options. */
export function wholeHelp(manual: Manual): string {
	const {program, alone, commands, options, notes} = manual;
	const usages: Meaning[] = [
		[`$ ${commandForm(manual)}`, alone.says],
		...Object.entries(commands).map(([word, {says}]): Meaning => [`$ ${commandForm(manual, word)}`, says]),
	];
	return [
		catalogue.usage.usage,
		...columns(usages),
		'',
		catalogue.usage.options,
		...columns(
			Object.entries(options).map(([flag, option]) => [optionForm(flag, option), optionSays(manual, flag, option)]),
		),
		'',
		catalogue.usage.pageOfCommand(program),
		...notes,
		'',
		...exitLines(manual),
	].join('\n');
}

/** The page of one command; undefined when there is no such command. */
export function commandHelp(manual: Manual, word: string): string | undefined {
	const command = Object.hasOwn(manual.commands, word) ? manual.commands[word] : undefined;
	if (command === undefined) return undefined;
	return [
		catalogue.usage.usage,
		`  $ ${commandForm(manual, word)}`,
		'',
		`  ${command.says}`,
		'',
		catalogue.usage.options,
		...columns(optionsOf(manual, word).map(([flag, option]) => [optionForm(flag, option), option.says])),
		'',
		...exitLines(manual),
	].join('\n');
}

function exitLines({exits}: Manual): string[] {
	return [catalogue.usage.exitCodes, ...columns(exits)];
}

function columns(rows: readonly Meaning[]): string[] {
	const width = Math.max(...rows.map(([name]) => name.length));
	return rows.map(([name, says]) => `  ${name.padEnd(width)}  ${says}`);
}
