// What a program's command line takes: the shape of the table that is read by the program, its help, its man page and its completions.
import {catalogue} from '../catalogue/catalogue.ts';

/** What may stand for a value: a folder, a file, one of these words; otherwise anything. */
export type ValueKind = 'folder' | 'file' | readonly string[];

/** A word behind a command, as `NAME`. */
export type WordUsage = {
	readonly name: string;
	readonly kind?: ValueKind;
	readonly isOptional?: true;
	/** It may come many times; the last one alone can. */
	readonly isMany?: true;
};

/** `value`: how what follows the flag is called, undefined for a flag that stands alone. */
export type OptionForm = {
	readonly value?: string;
	readonly kind?: ValueKind;
	/** One letter. */
	readonly short?: string;
	/** It may be there several times. */
	readonly isMany?: true;
};

export type OptionUsage = OptionForm & {readonly says: string};

/** `flags`: the options that are for this command, besides those that are for all. */
export type CommandForm = {
	readonly takes: readonly WordUsage[];
	readonly flags: readonly string[];
};

export type CommandUsage = CommandForm & {readonly says: string};

/** A name, a path or a number, and what it means. */
export type Meaning = readonly [name: string, says: string];

export type Manual = {
	readonly program: string;
	/** One line. */
	readonly says: string;
	/** The program without a command. */
	readonly alone: CommandUsage;
	readonly commands: Readonly<Record<string, CommandUsage>>;
	/** Each by its flag, in camel case. */
	readonly options: Readonly<Record<string, OptionUsage>>;
	/** The flags that are for every command. */
	readonly general: readonly string[];
	/** Paragraphs. */
	readonly notes: readonly string[];
	readonly exits: readonly Meaning[];
	readonly environment: readonly Meaning[];
	readonly files: readonly Meaning[];
	readonly seeAlso: readonly string[];
};

/** What every program of ours has. */
export const COMMON_OPTIONS = {
	help: {
		short: 'h',
		get says() {
			return catalogue.usage.help;
		},
	},
	version: {
		get says() {
			return catalogue.usage.version;
		},
	},
} as const satisfies Readonly<Record<string, OptionUsage>>;

/** A flag as it is typed: `passwordStdin` is `--password-stdin`. */
export function dashed(flag: string): string {
	return flag.length === 1 ? `-${flag}` : `--${flag.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`;
}

/** The words behind a command, as `NAME TEXT…` or `[NAME]`. */
export function wordsForm(takes: readonly WordUsage[]): string {
	return takes
		.map(({name, isOptional, isMany}) => {
			const form = isMany === true ? `${name}…` : name;
			return isOptional === true ? `[${form}]` : form;
		})
		.join(' ');
}

/** As one types it: `simchat send NAME TEXT…`; without `command`, the program alone. */
export function commandForm({program, alone, commands}: Manual, command?: string): string {
	const {takes} = (command === undefined ? undefined : commands[command]) ?? alone;
	return [program, ...(command === undefined ? [] : [command]), wordsForm(takes)].filter(part => part !== '').join(' ');
}

/** `--wait SECONDS`. */
export function optionForm(flag: string, {value, short}: OptionForm): string {
	return `${short === undefined ? '' : `-${short}, `}${dashed(flag)}${value === undefined ? '' : ` ${value}`}`;
}

/** The options of a command, or of the program alone, each with its flag; those that are for all come last. */
export function optionsOf(
	manual: Manual,
	command?: string,
): ReadonlyArray<readonly [flag: string, option: OptionUsage]> {
	const own = (command === undefined ? manual.alone : manual.commands[command])?.flags ?? [];
	const flags = new Set([...own, ...manual.general]);
	return Object.entries(manual.options).filter(([flag]) => flags.has(flag));
}

/** Not more than so many commands are named beside an option. */
const NAMED_LIMIT = 4;

/** What an option is for, in front of what it says: the commands that have it, where they are few. */
export function optionSays({commands, alone, general}: Manual, flag: string, {says}: OptionUsage): string {
	if (general.includes(flag) || alone.flags.includes(flag)) return says;
	const of = Object.keys(commands).filter(command => commands[command]?.flags.includes(flag));
	return of.length > NAMED_LIMIT ? says : catalogue.usage.onlyFor(of.join(', '), says);
}

/** The flags of a table, as meow wants them. */
export function meowFlags(
	options: Readonly<Record<string, OptionForm | OptionUsage>>,
): Record<string, {type: 'string' | 'boolean'; shortFlag?: string; isMultiple?: boolean}> {
	return Object.fromEntries(
		Object.entries(options).map(([flag, {value, short, isMany}]) => [
			flag,
			{
				type: value === undefined ? 'boolean' : 'string',
				...(short !== undefined && {shortFlag: short}),
				...(isMany && {isMultiple: true}),
			},
		]),
	);
}
