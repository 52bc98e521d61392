// Flags and words of the command line, checked: what they ask for, or what is wrong with them and what to type instead.
import {randomBytes} from 'node:crypto';
import path from 'node:path';
import {invitedName} from '../client/facade.ts';
import {SHELLS, type Shell} from '../usage/shell-completion.ts';
import {type CommandForm, dashed, wordsForm} from '../usage/manual.ts';
import {
	CLIENT_OPTIONS,
	COMMAND_WORDS,
	type CommandKind,
	DEVICE_ACTS,
	LINEAR,
	SCREEN,
	commandUsage,
	isVerb,
} from './command-table.ts';
import {type Flags, limitOf, nameOf, portOf, sinceOf, flagValue, waitOf, withWhom, wrong} from './typed-flags.ts';
import type {FileTask} from './commands/file-tasks.ts';
import type {TailOptions} from './commands/tail.ts';
import {type VerbTask} from './verb-tasks.ts';
import {type TypedText, typedText, typedVerb} from './typed-verb.ts';
import {catalogue} from '../catalogue/catalogue.ts';

/** `port`: of the UDP socket, undefined where none was asked for. */
export type CliTask = {
	readonly profile: string;
	readonly port: number | undefined;
	readonly passwordStdin: boolean;
} & CliCommand;

export type CliCommand =
	| {readonly kind: 'sign-up' | 'echo-bot'; readonly link: string; readonly name: string}
	| ({readonly kind: 'send'; readonly name: string; readonly waitMs: number} & TypedText)
	| {readonly kind: 'pipe'; readonly name: string; readonly waitMs: number}
	| (VerbTask & TypedText)
	| {readonly kind: 'verify' | 'trust'; readonly name: string; readonly isSure: boolean}
	| {readonly kind: 'contacts'; readonly json: boolean}
	| FileTask
	| ({readonly kind: 'tail'} & TailOptions)
	| {readonly kind: 'devices'; readonly act: DeviceAct}
	| SearchTask
	| ExportTask
	| DoctorTask
	| {readonly kind: 'forget'; readonly name: string; readonly isSure: boolean}
	| {readonly kind: 'run'; readonly file: string}
	| {readonly kind: 'backup' | 'restore'; readonly folder: string}
	| {readonly kind: 'recover'; readonly link: string; readonly name: string}
	| {readonly kind: 'make-recovery' | 'type-removed-recovery'}
	| {readonly kind: 'completion'; readonly shell: Shell}
	| {readonly kind: 'whoami' | 'demo' | 'check' | 'password'}
	| KeepTask
	| KeeperStatusTask
	| ScreenTask;

/** `device`: the beginning of its id, or what it is called. `hasCode`: the link is shown as a code for cameras, too. */
export type DeviceAct = {readonly json: boolean} & (
	| {readonly what: 'list'}
	| {readonly what: 'add'; readonly role: 'device' | 'keeper'; readonly hasCode: boolean}
	| {readonly what: 'remove'; readonly device: string; readonly isSure: boolean}
	| {readonly what: 'rename'; readonly device: string; readonly label: string}
	| {readonly what: 'role'; readonly device: string; readonly role: 'device' | 'keeper'}
	| {readonly what: 'accept'; readonly isSure: boolean}
);

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

/** `link` adds this device to an account. `holdDays`: how long what other devices have is held, undefined for ever. */
export type KeepTask = {
	readonly kind: 'keep';
	readonly link: string | undefined;
	readonly holdDays: number | undefined;
	readonly maxBytes: number | undefined;
	readonly strangers: boolean;
	readonly passwordFile: string | undefined;
};

/** Of the keeper that runs. */
export type KeeperStatusTask = {readonly kind: 'keep-status'; readonly passwordFile: string | undefined};

/** Without a file it goes to standard output. */
export type ExportTask = {
	readonly kind: 'export';
	readonly name?: string | undefined;
	readonly asText: boolean;
	readonly file: string | undefined;
	readonly replaces: boolean;
};

/** The client for a person, on the full screen or in lines; `link` makes a new profile's account. */
export type ScreenTask = {readonly kind: 'screen'; readonly link: string | undefined} | LinearTask;

/** `waitMs`: how long what a script sends is waited for at the end of its input. */
export type LinearTask = {readonly kind: 'linear'; readonly link: string | undefined; readonly waitMs: number};

/** Without a command. */
const VIEWS: Readonly<Record<ScreenTask['kind'], CommandForm>> = {screen: SCREEN, linear: LINEAR};

/** Ten years. */
const HOLD_LIMIT_DAYS = 3650;
const MAX_SIZE_LIMIT_MB = 1_000_000;
const MB = 1_000_000;

/** Throws Failure. */
export function parseTask(words: readonly string[], flags: Flags, defaultProfile: string): CliTask {
	refuseUnknown(flags);
	const [word, ...rest] = words;
	const isScreen = word === undefined || word.startsWith('simchat:');
	const view = flags['linear'] === true ? 'linear' : 'screen';
	const usage = isScreen ? VIEWS[view] : commandUsage(word);
	if (usage === undefined) throw wrong(catalogue.commandLine.noCommand(word ?? '', COMMAND_WORDS));
	const kind = isScreen ? view : (word as CommandKind);
	const stray = Object.keys(flags).find(
		flag => flag !== 'profile' && flags[flag] !== false && !usage.flags.includes(flag),
	);
	if (stray !== undefined) throw wrong(strayWords(dashed(stray), kind));
	// A link stands where the screen has no command in front of it.
	checkWords(usage, kind, isScreen ? words : rest);
	return {
		profile: flagValue(flags, 'profile') ?? defaultProfile,
		port: portOf(flags),
		passwordStdin: flags['passwordStdin'] === true,
		...(isView(kind) ? viewOf(kind, word, flags) : command(kind, rest, flags)),
	};
}

function viewOf(kind: ScreenTask['kind'], link: string | undefined, flags: Flags): ScreenTask {
	return kind === 'screen' ? {kind, link} : {kind, link, waitMs: waitOf(flags)};
}

function isView(kind: CliCommand['kind']): kind is ScreenTask['kind'] {
	return Object.hasOwn(VIEWS, kind);
}

function strayWords(flag: string, kind: CliCommand['kind']): string {
	const {flagNotFor, flagNotForScreen, flagNotForLines} = catalogue.commandLine;
	if (!isView(kind)) return flagNotFor(flag, kind);
	return kind === 'screen' ? flagNotForScreen(flag) : flagNotForLines(flag);
}

/** Throws Failure when there are too few words, or too many. */
function checkWords({takes}: CommandForm, kind: string, words: readonly string[]): void {
	const fewest = takes.filter(({isOptional}) => isOptional !== true);
	if (words.length < fewest.length) throw wrong(catalogue.commandLine.usage(`simchat ${kind} ${wordsForm(takes)}`));
	if (words.length <= takes.length || takes.at(-1)?.isMany === true) return;
	const {noWords, tooMany} = catalogue.commandLine;
	const surplus = words.at(-1) ?? '';
	throw wrong(takes.length === 0 ? noWords(kind, surplus) : tooMany(kind, wordsForm(takes), surplus));
}

function command(kind: CommandKind, words: readonly string[], flags: Flags): CliCommand {
	if (isVerb(kind)) return typedVerb(kind, words, flags);
	const [first = '', ...others] = words;
	switch (kind) {
		case 'sign-up':
		case 'echo-bot': {
			const name = flagValue(flags, 'name') ?? invitedName(first);
			if (name === undefined) throw wrong(catalogue.commandLine.noName(kind));
			return {kind, link: first, name};
		}

		case 'send': {
			const text = others.join(' ');
			return {kind, name: nameOf(first), waitMs: waitOf(flags), ...typedText(text, flags)};
		}

		case 'pipe':
			return {kind, name: nameOf(first), waitMs: waitOf(flags)};
		case 'verify':
		case 'trust':
			return {kind, name: nameOf(first), isSure: flags['yes'] === true};
		case 'search':
			return {kind, words: words.join(' '), name: withWhom(flags), json: flags['json'] === true, limit: limitOf(flags)};
		case 'export': {
			const [asText, replaces] = [flags['text'] === true, flags['force'] === true];
			return {kind, name: withWhom(flags), asText, file: flagValue(flags, 'out'), replaces};
		}

		case 'devices':
			return {kind, act: deviceAct(words, flags)};
		case 'doctor': {
			const name = words.length === 0 ? undefined : nameOf(first);
			return {kind, name, json: flags['json'] === true, waitMs: waitOf(flags)};
		}

		case 'forget':
			return {kind, name: nameOf(first), isSure: flags['yes'] === true};
		case 'run':
			return {kind, file: first};
		case 'backup':
		case 'restore':
			return {kind, folder: first};
		case 'completion': {
			const shell = SHELLS.find(each => each === first);
			if (shell === undefined) throw wrong(catalogue.commandLine.shell(SHELLS.join(', ')));
			return {kind, shell};
		}

		case 'recover': {
			const name = flagValue(flags, 'name') ?? invitedName(first);
			const [isMaking, isRemoving] = [flags['make'] === true, flags['remove'] === true];
			if (isMaking !== isRemoving && first === '' && flags['name'] === undefined)
				return {kind: isMaking ? 'make-recovery' : 'type-removed-recovery'};
			if (isMaking || isRemoving || first === '') throw wrong(catalogue.recovery.usage);
			if (name === undefined) throw wrong(catalogue.commandLine.noName(kind));
			return {kind, link: first, name};
		}

		case 'keep':
			return keeping(words[0], flags);
		case 'tail':
			return {kind, json: flags['json'] === true, since: sinceOf(flags), accepts: flags['accept'] === true};
		case 'send-file':
			return {
				kind,
				name: nameOf(first),
				files: words.slice(1).map(file => ({path: path.resolve(file), id: randomBytes(16).toString('hex')})),
				waitMs: waitOf(flags),
			};
		case 'get':
			return {kind, name: nameOf(first), ...(others[0] !== undefined && {id: others[0]}), waitMs: waitOf(flags)};
		case 'contacts':
			return {kind, json: flags['json'] === true};
		default:
			return {kind};
	}
}

function deviceAct([typed = 'list', device = '', ...label]: readonly string[], flags: Flags): DeviceAct {
	const what = DEVICE_ACTS.find(each => each === typed);
	const [isKeeper, isSure, json] = [flags['keeper'] === true, flags['yes'] === true, flags['json'] === true];
	const [least, most] = {
		list: [0, 0],
		add: [0, 0],
		remove: [1, 1],
		rename: [2, Infinity],
		role: [2, 2],
		accept: [0, 0],
	}[what ?? 'list'];
	const count = Number(device !== '') + label.length;
	const isStray = (isKeeper && what !== 'add') || (isSure && what !== 'remove' && what !== 'accept');
	if (what === undefined || isStray || count < least! || count > most!) throw wrong(catalogue.devices.usage);
	switch (what) {
		case 'add':
			return {what, role: isKeeper ? 'keeper' : 'device', hasCode: false, json};
		case 'remove':
			return {what, device, isSure, json};
		case 'rename':
			return {what, device, label: label.join(' '), json};
		case 'role': {
			const role = (['device', 'keeper'] as const).find(each => each === label[0]);
			if (role === undefined) throw wrong(catalogue.devices.usage);
			return {what, device, role, json};
		}

		case 'accept':
			return {what, isSure, json};
		default:
			return {what, json};
	}
}

function keeping(word: string | undefined, flags: Flags): KeepTask | KeeperStatusTask {
	const passwordFile = flagValue(flags, 'passwordFile');
	if (word === 'status') return {kind: 'keep-status', passwordFile};
	const strangers = flags['strangers'] === true;
	return {kind: 'keep', link: word, holdDays: holdDays(flags), maxBytes: maxBytes(flags), strangers, passwordFile};
}

function holdDays(flags: Flags): number | undefined {
	const typed = flagValue(flags, 'hold') ?? 'until-fetched';
	if (typed === 'all') return undefined;
	if (typed === 'until-fetched') return 0;
	const days = /^\d{1,5}$/.test(typed) ? Number(typed) : 0;
	if (days < 1 || days > HOLD_LIMIT_DAYS) throw wrong(catalogue.keeper.hold(HOLD_LIMIT_DAYS));
	return days;
}

function maxBytes(flags: Flags): number | undefined {
	const typed = flagValue(flags, 'maxSize');
	if (typed === undefined) return undefined;
	const size = /^\d{1,7}$/.test(typed) ? Number(typed) : 0;
	if (size < 1 || size > MAX_SIZE_LIMIT_MB) throw wrong(catalogue.keeper.maxSize(MAX_SIZE_LIMIT_MB));
	return size * MB;
}

function refuseUnknown(flags: Flags): void {
	if ('password' in flags) {
		throw wrong(catalogue.commandLine.password);
	}

	const unknown = Object.keys(flags).find(flag => !Object.hasOwn(CLIENT_OPTIONS, flag));
	if (unknown === undefined) return;
	throw wrong(catalogue.commandLine.noFlag(dashed(unknown)));
}
