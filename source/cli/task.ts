// Flags and words of the command line, checked: what they ask for, or what is wrong with them and what to type instead.
import {EXIT_CODES} from './sysexits.ts';
import {Failure} from './failure.ts';

/** As meow yields them: '' for a flag without its value. */
type Flags = Readonly<Record<string, unknown>>;

/** `port`: of the UDP socket, undefined where none was asked for. */
export type CliTask = {
	readonly profile: string;
	readonly port: number | undefined;
	readonly passwordStdin: boolean;
} & CliCommand;

export type CliCommand =
	| {readonly kind: 'sign-up' | 'echo-bot'; readonly link: string; readonly name: string}
	/** Without a text it is on standard input. */
	| {readonly kind: 'send'; readonly name: string; readonly text: string | undefined; readonly waitMs: number}
	| {readonly kind: 'pipe'; readonly name: string; readonly waitMs: number}
	| {readonly kind: 'verify' | 'trust'; readonly name: string; readonly isSure: boolean}
	| {readonly kind: 'tail' | 'contacts'; readonly json: boolean}
	| SearchTask
	| ExportTask
	| DoctorTask
	| {readonly kind: 'forget'; readonly name: string; readonly isSure: boolean}
	| {readonly kind: 'backup' | 'restore'; readonly folder: string}
	| {readonly kind: 'whoami' | 'demo' | 'check'}
	| ScreenTask;

/** `name` undefined: with everybody. */
export type SearchTask = {
	readonly kind: 'search';
	readonly words: string;
	readonly name?: string | undefined;
	readonly json: boolean;
	readonly limit: number;
};

/** `name` undefined: nobody is looked for. `waitMs`: how long to wait for what may be known. */
export type DoctorTask = {
	readonly kind: 'doctor';
	readonly name?: string | undefined;
	readonly json: boolean;
	readonly waitMs: number;
};

/** Without a file it goes to standard output. */
export type ExportTask = {
	readonly kind: 'export';
	readonly name?: string | undefined;
	readonly asText: boolean;
	readonly file: string | undefined;
	readonly replaces: boolean;
};

/** The full-screen client; `link` makes a new profile's account. */
export type ScreenTask = {readonly kind: 'screen'; readonly link: string | undefined};

export type CommandKind = Exclude<CliCommand['kind'], 'screen'>;
type Form = {
	/** At the fewest; the last may come many times when `isOpen`. */
	readonly words: readonly string[];
	/** What may follow them. */
	readonly more?: string;
	readonly isOpen?: boolean;
	readonly flags: readonly string[];
};

const FORMS: Readonly<Record<CommandKind, Form>> = {
	'sign-up': {words: ['LINK'], flags: ['name', 'port', 'passwordStdin']},
	send: {words: ['NAME', 'TEXT'], isOpen: true, flags: ['wait', 'port', 'passwordStdin']},
	tail: {words: [], flags: ['json', 'port', 'passwordStdin']},
	pipe: {words: ['NAME'], flags: ['wait', 'port', 'passwordStdin']},
	whoami: {words: [], flags: []},
	contacts: {words: [], flags: ['json', 'port', 'passwordStdin']},
	verify: {words: ['NAME'], flags: ['yes', 'port', 'passwordStdin']},
	trust: {words: ['NAME'], flags: ['yes', 'port', 'passwordStdin']},
	search: {words: ['WORDS'], isOpen: true, flags: ['with', 'json', 'limit', 'passwordStdin']},
	export: {words: [], flags: ['with', 'text', 'out', 'force', 'passwordStdin']},
	forget: {words: ['NAME'], flags: ['yes', 'passwordStdin']},
	doctor: {words: [], more: 'NAME', flags: ['json', 'wait', 'port', 'passwordStdin']},
	check: {words: [], flags: ['passwordStdin']},
	backup: {words: ['FOLDER'], flags: []},
	restore: {words: ['FOLDER'], flags: ['passwordStdin']},
	demo: {words: [], flags: []},
	/** Of the demo: signs up and answers every message with itself. */
	'echo-bot': {words: ['LINK'], flags: ['name']},
};

/** What one types; the bot is the demo's own. */
const commands = Object.keys(FORMS).filter(kind => kind !== 'echo-bot');
export const COMMAND_WORDS = commands.join(', ');
/** What may stand on the command line of each command, besides `profile`. */
export function flagsOf(kind: CommandKind): readonly string[] {
	return FORMS[kind].flags;
}

const knownFlags = new Set(['profile', ...Object.values(FORMS).flatMap(form => form.flags)]);
const DEFAULT_WAIT_S = 10;
/** A day. */
const WAIT_LIMIT_S = 86_400;
const PORT_LIMIT = 65_535;
const DEFAULT_LIMIT = 50;
const LIMIT_LIMIT = 100_000;

/** Throws Failure. */
export function parseTask(words: readonly string[], flags: Flags, defaultProfile: string): CliTask {
	refuseUnknown(flags);
	const [word, ...rest] = words;
	const isScreen = word === undefined || word.startsWith('simchat:');
	if (!isScreen && !Object.hasOwn(FORMS, word)) {
		throw usage(`there is no command ${word}: use one of ${COMMAND_WORDS}`);
	}

	const kind = isScreen ? 'screen' : (word as CommandKind);
	const form: Form = kind === 'screen' ? {words: [], flags: ['port']} : FORMS[kind];
	const stray = Object.keys(flags).find(
		flag => flag !== 'profile' && flags[flag] !== false && !form.flags.includes(flag),
	);
	if (stray !== undefined)
		throw usage(`${dashed(stray)} is not for ${kind === 'screen' ? 'the full-screen client' : kind}: leave it out`);
	if (rest.length < form.words.length) throw usage(`usage: simchat ${kind} ${form.words.join(' ')}`);
	const most = form.words.length + (form.more === undefined ? 0 : 1);
	if (rest.length > most && !form.isOpen) {
		const takes = [...form.words, ...(form.more === undefined ? [] : [`[${form.more}]`])].join(' ');
		throw usage(`${kind} takes ${takes || 'no words'}: leave out ${rest.at(-1)}`);
	}

	return {
		profile: value(flags, 'profile') ?? defaultProfile,
		port: portOf(flags),
		passwordStdin: flags['passwordStdin'] === true,
		...(kind === 'screen' ? {kind, link: word} : command(kind, rest, flags)),
	};
}

function command(kind: CommandKind, words: readonly string[], flags: Flags): CliCommand {
	const [first = '', ...others] = words;
	switch (kind) {
		case 'sign-up':
		case 'echo-bot': {
			const name = value(flags, 'name');
			if (name === undefined) throw usage(`${kind} needs a name: simchat ${kind} LINK --name NAME`);
			return {kind, link: first, name};
		}

		case 'send': {
			const text = others.join(' ');
			return {kind, name: nameOf(first), text: text === '-' ? undefined : text, waitMs: wait(flags)};
		}

		case 'pipe':
			return {kind, name: nameOf(first), waitMs: wait(flags)};
		case 'verify':
		case 'trust':
			return {kind, name: nameOf(first), isSure: flags['yes'] === true};
		case 'search':
			return {kind, words: words.join(' '), name: withWhom(flags), json: flags['json'] === true, limit: limit(flags)};
		case 'export': {
			const [asText, replaces] = [flags['text'] === true, flags['force'] === true];
			return {kind, name: withWhom(flags), asText, file: value(flags, 'out'), replaces};
		}

		case 'doctor': {
			const name = words.length === 0 ? undefined : nameOf(first);
			return {kind, name, json: flags['json'] === true, waitMs: wait(flags)};
		}

		case 'forget':
			return {kind, name: nameOf(first), isSure: flags['yes'] === true};
		case 'backup':
		case 'restore':
			return {kind, folder: first};
		case 'tail':
		case 'contacts':
			return {kind, json: flags['json'] === true};
		default:
			return {kind};
	}
}

function refuseUnknown(flags: Flags): void {
	if ('password' in flags) {
		throw usage(
			'a password on the command line is seen by everyone on this machine: leave out --password and type it when you are asked, or set SIMCHAT_PASSWORD, or use --password-stdin',
		);
	}

	const unknown = Object.keys(flags).find(flag => !knownFlags.has(flag));
	if (unknown === undefined) return;
	throw usage(`there is no flag ${dashed(unknown)}: leave it out, or put -- before a text that begins with a dash`);
}

/** As contacts are listed; the client judges whether it is a name. */
function nameOf(typed: string): string {
	return typed.trim().replace(/^@/, '').toLowerCase();
}

/** Ms. */
function wait(flags: Flags): number {
	const typed = value(flags, 'wait') ?? String(DEFAULT_WAIT_S);
	const seconds = /^\d+(?:\.\d+)?$/.test(typed) ? Number(typed) : Number.NaN;
	if (!(seconds <= WAIT_LIMIT_S)) throw usage(`--wait takes seconds, from 0 to ${WAIT_LIMIT_S}`);
	return seconds * 1000;
}

function portOf(flags: Flags): number | undefined {
	const typed = value(flags, 'port');
	if (typed === undefined) return undefined;
	const port = /^\d{1,5}$/.test(typed) ? Number(typed) : 0;
	if (port < 1 || port > PORT_LIMIT) throw usage(`--port takes a UDP port, from 1 to ${PORT_LIMIT}`);
	return port;
}

function withWhom(flags: Flags): string | undefined {
	const typed = value(flags, 'with');
	return typed === undefined ? undefined : nameOf(typed);
}

function limit(flags: Flags): number {
	const typed = value(flags, 'limit') ?? String(DEFAULT_LIMIT);
	const count = /^\d+$/.test(typed) ? Number(typed) : 0;
	if (count < 1 || count > LIMIT_LIMIT) throw usage(`--limit takes a number of messages, from 1 to ${LIMIT_LIMIT}`);
	return count;
}

function value(flags: Flags, flag: string): string | undefined {
	const typed = flags[flag];
	if (typed === '') throw usage(`${dashed(flag)} needs a value`);
	return typeof typed === 'string' ? typed : undefined;
}

function dashed(key: string): string {
	return key.length === 1 ? `-${key}` : `--${key.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`;
}

function usage(message: string): Failure {
	return new Failure(EXIT_CODES.usage, message);
}
