// What a person prefers on the screen, as settings.json keeps it under `screen`. Which themes, roles and actions there are is the
// screen's business; here stands what form they have.
import path from 'node:path';
import * as z from 'zod/mini';
import {catalogue} from '../catalogue/catalogue.ts';

/** Characters of a name or a word; words of a command; keys of an action; entries of a table. */
const WORD = 256;
const COMMAND = 32;
const KEYS = 16;
const ENTRIES = 200;
const PATH = 4096;
/** An exabyte. */
const MEGABYTES = 10 ** 12;
/** A hundred years. */
const DAYS = 36_500;

const word = z.string().check(z.minLength(1), z.maxLength(WORD));
const style = z.strictObject({
	color: z.exactOptional(word),
	backgroundColor: z.exactOptional(word),
	dimColor: z.exactOptional(z.boolean()),
	bold: z.exactOptional(z.boolean()),
	italic: z.exactOptional(z.boolean()),
	underline: z.exactOptional(z.boolean()),
	inverse: z.exactOptional(z.boolean()),
});

/** At most ENTRIES of them. */
function table<Value extends z.ZodMiniType>(value: Value) {
	return z.record(word, value).check(z.refine(entries => Object.keys(entries).length <= ENTRIES));
}

export const preferencesSchema = z.strictObject({
	theme: z._default(word, 'terminal'),
	/** How to tell of a message that nobody looks at. */
	notify: z._default(z.enum(['off', 'bell', 'osc9', 'osc777', 'osc99', 'command']), 'bell'),
	/** Its words; `{from}` stands for who wrote. */
	notifyCommand: z._default(z.readonly(z.array(word).check(z.maxLength(COMMAND))), []),
	/** Whether wheel and clicks come to the screen. */
	mouse: z._default(z.boolean(), false),
	/** Which signs the screen draws: by the locale, ASCII alone, or all of Unicode. */
	glyphs: z._default(z.enum(['auto', 'ascii', 'unicode']), 'auto'),
	/** Whether others are told that one types. */
	typing: z._default(z.boolean(), true),
	/** Whether others are told what one has read. */
	receipts: z._default(z.boolean(), true),
	/** Days after which messages are taken off this disk; 0: never. */
	keepDays: z._default(z.int().check(z.minimum(0), z.maximum(DAYS)), 0),
	/** The folder that files of others are saved in, an absolute path; '' for the person's downloads (XDG). */
	downloads: z._default(
		z.string().check(
			z.maxLength(PATH),
			z.refine(folder => folder === '' || path.isAbsolute(folder)),
		),
		'',
	),
	/** The largest file that is taken, MB of 10^6 bytes; 0: any. */
	fileLimit: z._default(z.int().check(z.minimum(0), z.maximum(MEGABYTES)), 0),
	/** Who is told the addresses that this machine has in its own network: accepted contacts, or nobody. */
	localAddresses: z._default(z.enum(['contacts', 'never']), 'contacts'),
	/** Whether the router is asked to let datagrams for us through. */
	mapPort: z._default(z.boolean(), true),
	/** By action: its keys, in place of ours. */
	keys: z._default(table(z.readonly(z.array(word).check(z.maxLength(KEYS)))), {}),
	/** By name, and by role in it. */
	themes: z._default(table(table(style)), {}),
});

export type Preferences = z.infer<typeof preferencesSchema>;

export const DEFAULTS: Preferences = preferencesSchema.parse({});

/** What differs from the defaults: the rest follows them when they change. */
export function chosen(preferences: Preferences): Partial<Preferences> {
	const entries = Object.entries(preferences).filter(
		([key, value]) => JSON.stringify(value) !== JSON.stringify(DEFAULTS[key as keyof Preferences]),
	);
	return Object.fromEntries(entries);
}

/** What is too large of what. */
const TOO_BIG: Readonly<Record<string, 'longText' | 'large'>> = {string: 'longText', number: 'large', int: 'large'};

/** Which field is wrong and what it may be, for the person who edited the file. Its path is that of a field of the settings. */
export function issueText(issue: z.core.$ZodIssue): string {
	const {types, ...words} = catalogue.settingsFile;
	const field = issue.path.join('.');
	switch (issue.code) {
		case 'invalid_type':
			return words.type(field, (types as Readonly<Record<string, string>>)[issue.expected] ?? issue.expected);
		case 'invalid_value':
			return words.oneOf(field, issue.values.join(', '));
		case 'too_small':
			return issue.origin === 'string' ? words.empty(field) : words.small(field, Number(issue.minimum));
		case 'too_big':
			return words[TOO_BIG[issue.origin] ?? 'manyWords'](field, Number(issue.maximum));
		case 'unrecognized_keys': {
			const known = Object.keys(issue.path.length > 1 ? style.shape : preferencesSchema.shape);
			return words.noSuch(field, issue.keys[0] ?? '', known.join(', '));
		}

		case 'invalid_key':
			return words.names(issue.path.slice(0, -1).join('.'), WORD);
		case 'custom':
			// Of a path, that it is none; of a table, how much is in it.
			return issue.path.at(-1) === 'downloads' ? words.path(field) : words.manyEntries(field, ENTRIES);
		default:
			return `${field} ${issue.message}`;
	}
}
