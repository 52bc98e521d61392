// What a person prefers on the screen, as settings.json keeps it under `screen`. Which themes, roles and actions there are is the
// screen's business; here stands what form they have.
import {z} from 'zod';

/** Characters of a name or a word; entries of a table. */
const WORD = 256;
const ENTRIES = 200;

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
	return z
		.record(word, value)
		.refine(entries => Object.keys(entries).length <= ENTRIES, {error: `must have ${ENTRIES} entries at most`});
}

export const preferencesSchema = z.strictObject({
	theme: word.default('terminal'),
	/** How to tell of a message that nobody looks at. */
	notify: z.enum(['off', 'bell', 'osc9', 'osc777', 'osc99', 'command']).default('bell'),
	/** Its words; `{from}` stands for who wrote. */
	notifyCommand: z.array(word).max(32).readonly().default([]),
	/** Whether wheel and clicks come to the screen. */
	mouse: z.boolean().default(false),
	/** Whether others are told that one types. */
	typing: z.boolean().default(true),
	/** By action: its keys, in place of ours. */
	keys: table(z.array(word).max(16).readonly()).default({}),
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

/** Which field is wrong and what it may be; undefined when they are right. */
export function wrongIn(screen: unknown): string | undefined {
	const [issue] = preferencesSchema.safeParse(screen ?? {}).error?.issues ?? [];
	return issue && `${['screen', ...issue.path].join('.')}: ${issue.message}`;
}
