// The commands and options of simchat: what the command line is read by, and what help, man page and completions are made from.
import {COMMON_OPTIONS, type CommandForm, type Manual, type OptionForm, type WordUsage} from '../usage/manual.ts';
import {catalogue} from '../catalogue/catalogue.ts';
import type {VerbTask} from './verb-tasks.ts';
import {SHELLS} from '../usage/shell-completion.ts';

const NAME: WordUsage = {name: 'NAME'};
const FOLDER: WordUsage = {name: 'FOLDER', kind: 'folder'};
const LINK: WordUsage = {name: 'LINK'};
/** Of a message. */
const ID: WordUsage = {name: 'ID'};
const TEXT: WordUsage = {name: 'TEXT', isMany: true};
/** What `devices` does. */
export const DEVICE_ACTS = ['list', 'add', 'remove', 'rename', 'role', 'accept'] as const;
/** A link, or the word that asks the one that runs. */
const KEEPER: WordUsage = {name: 'LINK', kind: ['status'], isOptional: true};
const SIGNS_IN = ['port', 'passwordStdin'];

/** The full screen: without a command. */
export const SCREEN: CommandForm = {
	takes: [{...LINK, isOptional: true}],
	flags: ['linear', 'port'],
};

/** The same in lines. */
export const LINEAR: CommandForm = {...SCREEN, flags: ['linear', 'wait', ...SIGNS_IN]};

/** How long messages stay, as one may type it. */
const DURATIONS = ['30s', '5m', '1h', '1d', '1w', 'off'] as const;
const WAITS = ['wait', ...SIGNS_IN];

/** What is done about messages and people, with the words of the screen's commands. */
const VERBS = {
	reply: {takes: [NAME, ID, TEXT], flags: ['id', ...WAITS]},
	edit: {takes: [NAME, ID, TEXT], flags: WAITS},
	delete: {takes: [NAME, ID], flags: WAITS},
	react: {takes: [NAME, ID, {name: 'EMOJI'}], flags: WAITS},
	pin: {takes: [NAME, ID], flags: WAITS},
	unpin: {takes: [NAME], flags: WAITS},
	timer: {takes: [NAME, {name: DURATIONS.join('|'), kind: DURATIONS}], flags: WAITS},
	read: {takes: [NAME, {...ID, isOptional: true}], flags: SIGNS_IN},
	accept: {takes: [NAME], flags: SIGNS_IN},
	block: {takes: [NAME], flags: SIGNS_IN},
	unblock: {takes: [NAME], flags: SIGNS_IN},
	mute: {takes: [NAME], flags: SIGNS_IN},
	unmute: {takes: [NAME], flags: SIGNS_IN},
	nick: {takes: [NAME, {name: 'NICKNAME', isOptional: true, isMany: true}], flags: SIGNS_IN},
	away: {takes: [{name: 'WHY', isOptional: true, isMany: true}], flags: SIGNS_IN},
	outbox: {takes: [], flags: ['json', ...SIGNS_IN]},
	cancel: {takes: [ID], flags: SIGNS_IN},
	retry: {takes: [ID], flags: WAITS},
} as const satisfies Readonly<Record<VerbTask['kind'], CommandForm>>;

/** What one types. */
const TYPED_COMMANDS = {
	'sign-up': {
		takes: [LINK],
		flags: ['name', ...SIGNS_IN],
	},
	send: {
		takes: [NAME, TEXT],
		flags: ['id', 'wait', ...SIGNS_IN],
	},
	...VERBS,
	'send-file': {takes: [NAME, {name: 'FILE', kind: 'file', isMany: true}], flags: WAITS},
	get: {takes: [NAME, {...ID, isOptional: true}], flags: WAITS},
	tail: {takes: [], flags: ['since', 'accept', 'json', ...SIGNS_IN]},
	pipe: {
		takes: [NAME],
		flags: ['wait', ...SIGNS_IN],
	},
	run: {takes: [{name: 'FILE', kind: 'file'}], flags: SIGNS_IN},
	contacts: {
		takes: [],
		flags: ['json', ...SIGNS_IN],
	},
	devices: {
		takes: [{name: DEVICE_ACTS.join('|'), kind: DEVICE_ACTS, isOptional: true, isMany: true}],
		flags: ['keeper', 'json', 'yes', ...SIGNS_IN],
	},
	doctor: {
		takes: [{...NAME, isOptional: true}],
		flags: ['json', 'wait', ...SIGNS_IN],
	},
	verify: {
		takes: [NAME],
		flags: ['yes', ...SIGNS_IN],
	},
	trust: {takes: [NAME], flags: ['yes', ...SIGNS_IN]},
	search: {
		takes: [{name: 'WORDS', isMany: true}],
		flags: ['with', 'json', 'limit', 'passwordStdin'],
	},
	export: {
		takes: [],
		flags: ['with', 'text', 'out', 'force', 'passwordStdin'],
	},
	forget: {takes: [NAME], flags: ['yes', 'passwordStdin']},
	check: {takes: [], flags: ['passwordStdin']},
	keep: {takes: [KEEPER], flags: ['hold', 'maxSize', 'strangers', 'passwordFile', ...SIGNS_IN]},
	backup: {takes: [FOLDER], flags: []},
	restore: {takes: [FOLDER], flags: ['passwordStdin']},
	recover: {takes: [{...LINK, isOptional: true}], flags: ['make', 'remove', 'name', ...SIGNS_IN]},
	password: {takes: [], flags: [...SIGNS_IN]},
	whoami: {takes: [], flags: []},
	demo: {
		takes: [],
		flags: [],
	},
	completion: {
		takes: [{name: 'SHELL', kind: SHELLS}],
		flags: [],
	},
} as const satisfies Readonly<Record<string, CommandForm>>;

/** Of the demo: signs up and answers every message with itself. */
const ECHO_BOT: CommandForm = {takes: [LINK], flags: ['name']};

export type CommandKind = keyof typeof TYPED_COMMANDS | 'echo-bot';
const COMMANDS: Readonly<Record<CommandKind, CommandForm>> = {...TYPED_COMMANDS, 'echo-bot': ECHO_BOT};
export const COMMAND_WORDS = Object.keys(TYPED_COMMANDS).join(', ');

/** By flag, as meow names them. */
const OWN_OPTIONS = {
	profile: {value: 'DIR', kind: 'folder'},
	name: {value: 'NAME'},
	port: {
		value: 'NUMBER',
	},
	passwordStdin: {},
	wait: {
		value: 'SECONDS',
	},
	id: {},
	accept: {},
	since: {value: 'TIME|ID'},
	with: {value: 'NAME'},
	keeper: {},
	limit: {value: 'NUMBER'},
	linear: {},
	make: {},
	remove: {},
	text: {},
	out: {value: 'FILE', kind: 'file'},
	force: {},
	json: {},
	yes: {},
	hold: {value: 'DAYS', kind: ['all', 'until-fetched']},
	maxSize: {value: 'MB'},
	strangers: {},
	passwordFile: {value: 'FILE', kind: 'file'},
} as const satisfies Readonly<Record<string, OptionForm>>;
export const CLIENT_OPTIONS = {...OWN_OPTIONS, ...COMMON_OPTIONS};

export function isVerb(kind: string): kind is VerbTask['kind'] {
	return Object.hasOwn(VERBS, kind);
}

/** What a command takes; undefined when there is none of this name. */
export function commandUsage(word: string): CommandForm | undefined {
	return Object.hasOwn(COMMANDS, word) ? COMMANDS[word as CommandKind] : undefined;
}

/** `profile`: the folder that is used unless another is given. */
export function clientManual(profile: string): Manual {
	const {commands: words} = catalogue;
	const said = {...words.options, profile: words.options.profile(profile)};
	return {
		program: 'simchat',
		says: words.program,
		alone: {...LINEAR, says: words.alone},
		commands: mapped(TYPED_COMMANDS, (form, word) => ({...form, says: words.of[word]})),
		options: {...mapped(OWN_OPTIONS, (form, flag) => ({...form, says: said[flag]})), ...COMMON_OPTIONS},
		general: ['profile', ...Object.keys(COMMON_OPTIONS)],
		notes: words.notes,
		exits: Object.entries(words.exits),
		environment: Object.entries(words.environment),
		files: Object.entries(words.files),
		seeAlso: ['simchat-server(1)'],
	};
}

/** Each value of a table made into another. */
function mapped<Key extends string, From, To>(
	table: Readonly<Record<Key, From>>,
	make: (value: From, key: Key) => To,
): Record<Key, To> {
	const entries = Object.entries(table) as Array<[Key, From]>;
	return Object.fromEntries(entries.map(([key, value]) => [key, make(value, key)])) as Record<Key, To>;
}
