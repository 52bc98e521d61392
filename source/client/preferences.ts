// What a person prefers on the screen, as settings.json keeps it under `screen`. Which themes, roles and actions there are is the
// screen's business; here stands what form they have.
import * as z from 'zod';
import {catalogue} from '../catalogue/catalogue.ts';

/** Characters of a name or a word; words of a command; keys of an action; entries of a table. */
const WORD = 256;
const COMMAND = 32;
const KEYS = 16;
const ENTRIES = 200;
/** A hundred years. */
const DAYS = 36_500;

const word = z.string().min(1).max(WORD);
const style = z.strictObject({
	color: word.exactOptional(),
	backgroundColor: word.exactOptional(),
	dimColor: z.boolean().exactOptional(),
	bold: z.boolean().exactOptional(),
	italic: z.boolean().exactOptional(),
	underline: z.boolean().exactOptional(),
	inverse: z.boolean().exactOptional(),
});

/** At most ENTRIES of them. */
function table<Value extends z.ZodType>(value: Value) {
	return z.record(word, value).refine(entries => Object.keys(entries).length <= ENTRIES);
}

export const preferencesSchema = z.strictObject({
	theme: word.default('terminal'),
	/** How to tell of a message that nobody looks at. */
	notify: z.enum(['off', 'bell', 'osc9', 'osc777', 'osc99', 'command']).default('bell'),
	/** Its words; `{from}` stands for who wrote. */
	notifyCommand: z.array(word).max(COMMAND).readonly().default([]),
	/** Whether wheel and clicks come to the screen. */
	mouse: z.boolean().default(false),
	/** Which signs the screen draws: by the locale, ASCII alone, or all of Unicode. */
	glyphs: z.enum(['auto', 'ascii', 'unicode']).default('auto'),
	/** Whether others are told that one types. */
	typing: z.boolean().default(true),
	/** Whether others are told what one has read. */
	receipts: z.boolean().default(true),
	/** Days after which messages are taken off this disk; 0: never. */
	keepDays: z.int().min(0).max(DAYS).default(0),
	/** Who is told the addresses that this machine has in its own network: accepted contacts, or nobody. */
	localAddresses: z.enum(['contacts', 'never']).default('contacts'),
	/** Whether the router is asked to let datagrams for us through. */
	mapPort: z.boolean().default(true),
	/** By action: its keys, in place of ours. */
	keys: table(z.array(word).max(KEYS).readonly()).default({}),
	/** By name, and by role in it. */
	themes: table(table(style)).default({}),
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
			return words.empty(field);
		case 'too_big':
			return words[issue.origin === 'string' ? 'longText' : 'manyWords'](field, Number(issue.maximum));
		case 'unrecognized_keys': {
			const known = Object.keys(issue.path.length > 1 ? style.shape : preferencesSchema.shape);
			return words.noSuch(field, issue.keys[0] ?? '', known.join(', '));
		}

		case 'invalid_key':
			return words.names(issue.path.slice(0, -1).join('.'), WORD);
		case 'custom':
			return words.manyEntries(field, ENTRIES);
		default:
			return `${field} ${issue.message}`;
	}
}
