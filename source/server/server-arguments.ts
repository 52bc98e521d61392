// Checks the flags and words of the command line. Returns the task, or says what is wrong and what to type instead.
import {isIP} from 'node:net';
import {dashed} from '../usage/manual.ts';
import {type Address, normalizeAddress, scopeOf} from '../wire/address.ts';
import {foldName} from '../wire/name.ts';
import {REGISTRATIONS} from './store/directory-store.ts';
import {
	type AdminRequest,
	ADMIN_COMMANDS,
	MOVE_COMMANDS,
	type MoveCommand,
	NAME_COMMANDS,
	USERS_PAGE,
} from './administration.ts';
import {parseBusPlace} from './cluster/bus-place.ts';
import {type DrainTimes} from './draining.ts';
import {type ListenAddress, parseListenAddress} from './listen-address.ts';
import {SERVER_FLAGS, SERVER_OPTIONS} from './server-usage.ts';
import {type NetworkRange, parseNetworkRange} from './trusted-proxies.ts';
import {type ServerOptions} from './start-server.ts';
import {type StorePlace} from './store/choose-store.ts';

/** Of waits, s. */
const LONGEST_S = 3600;

/** The command line cannot be understood. */
export class UsageError extends Error {
	override readonly name = 'UsageError';
}

/** As meow yields them: '' for a flag without its value. */
type Flags = Readonly<Record<string, unknown>>;

export type ServerTask =
	| {readonly kind: 'serve'; readonly options: ServerOptions}
	| {readonly kind: 'manage'; readonly place: StorePlace; readonly request: AdminRequest}
	| {readonly kind: 'move'; readonly place: StorePlace; readonly command: MoveCommand; readonly file: string}
	/** The live view for a person at a terminal. */
	| {readonly kind: 'top'; readonly data: string};

/** Throws UsageError. */
export function parseServerArguments(words: readonly string[], flags: Flags, defaultData: string): ServerTask {
	const unknown = Object.keys(flags).find(key => !Object.hasOwn(SERVER_OPTIONS, key));
	if (unknown !== undefined) throw new UsageError(`there is no flag ${dashed(unknown)}: leave it out`);
	const place = {data: text(flags, 'data') ?? defaultData, ...storeUrl(flags)};
	const [word, ...rest] = words;
	if (word !== undefined) {
		const stray = SERVER_FLAGS.find(flag => texts(flags, flag).length > 0);
		if (stray !== undefined)
			throw new UsageError(`${dashed(stray)} is for the server itself: leave it out with ${word}`);
		const command = MOVE_COMMANDS.find(candidate => candidate === word);
		if (command !== undefined) return {kind: 'move', place, command, file: parseFile(command, rest)};
		const request = {...parseCommand(word, rest), ...usersFlags(word, flags)};
		return request.command === 'top' ? {kind: 'top', data: place.data} : {kind: 'manage', place, request};
	}

	usersFlags('', flags);
	const typed = text(flags, 'registration') ?? 'invite';
	const registration = REGISTRATIONS.find(policy => policy === typed);
	if (registration === undefined) throw new UsageError(`--registration is one of ${REGISTRATIONS.join(', ')}`);
	const where = {
		...address(flags, 'listen'),
		...address(flags, 'metrics'),
		...reflector(flags),
		...proxies(flags),
		...drain(flags),
		...busUrl(flags),
	};
	return {kind: 'serve', options: {...place, registration, ...where}};
}

function parseCommand(word: string, rest: readonly string[]): AdminRequest {
	const command = ADMIN_COMMANDS.find(candidate => candidate === word);
	if (command === undefined)
		throw new UsageError(`there is no command ${word}: use one of ${[...ADMIN_COMMANDS, ...MOVE_COMMANDS].join(', ')}`);
	const takesName = NAME_COMMANDS.some(candidate => candidate === command);
	const mayTake = takesName || command === 'users';
	const [typed, extra] = rest;
	if (!mayTake && typed !== undefined) throw new UsageError(`${command} takes no name: leave out ${typed}`);
	if (extra !== undefined) throw new UsageError(`${command} takes one name: leave out ${extra}`);
	if (takesName && typed === undefined) throw new UsageError(`${command} takes a name: simchat-server ${command} NAME`);
	return {command, name: typed === undefined ? '' : nameOf(typed)};
}

function nameOf(typed: string): string {
	const name = foldName(typed);
	if (name === undefined) {
		throw new UsageError('a name has up to 32 letters a–z, digits, dots, hyphens and underscores, a letter first');
	}

	return name;
}

function usersFlags(command: string, flags: Flags): Pick<AdminRequest, 'after' | 'limit'> {
	const [after, limit] = [text(flags, 'after'), text(flags, 'limit')];
	const stray = after === undefined ? limit && 'limit' : 'after';
	if (command !== 'users' && stray !== undefined) throw new UsageError(`--${stray} is for users alone: leave it out`);
	if (limit !== undefined && !(/^\d{1,4}$/.test(limit) && Number(limit) >= 1 && Number(limit) <= USERS_PAGE)) {
		throw new UsageError(`--limit takes a number up to ${USERS_PAGE}: how many accounts are shown`);
	}

	return {...(after !== undefined && {after: nameOf(after)}), ...(limit !== undefined && {limit: Number(limit)})};
}

function parseFile(command: MoveCommand, [file, extra]: readonly string[]): string {
	if (file === undefined) throw new UsageError(`${command} takes a file: simchat-server ${command} FILE`);
	if (extra !== undefined) throw new UsageError(`${command} takes one file: leave out ${extra}`);
	return file;
}

/** A password on a command line is there for everybody on the machine to read. */
function storeUrl(flags: Flags): {store?: string} {
	const typed = text(flags, 'store');
	if (typed === undefined) return {};
	const url = URL.canParse(typed) ? new URL(typed) : undefined;
	if (url === undefined || !['postgres:', 'postgresql:'].includes(url.protocol) || url.pathname.length < 2) {
		throw new UsageError(
			'--store takes the URL of a PostgreSQL database, as in postgres:///simchat?host=/var/run/postgresql or postgres://simchat@db.example.org/simchat?sslmode=verify-full',
		);
	}

	if (url.password !== '' || url.searchParams.has('password')) {
		throw new UsageError('--store takes no password, which others could read: put it into ~/.pgpass (mode 0600)');
	}

	return {store: typed};
}

function busUrl(flags: Flags): {bus?: string} {
	const typed = text(flags, 'bus');
	if (typed === undefined) return {};
	if (text(flags, 'store') === undefined) {
		throw new UsageError('--bus is for servers that share a database: give it together with --store');
	}

	if (/^rediss?:\/\/[^\/@]*:[^\/@]*@/v.test(typed)) {
		throw new UsageError(
			'--bus takes no password, which others could read: put it into the environment, as REDISCLI_AUTH',
		);
	}

	if (parseBusPlace(typed) === undefined) {
		throw new UsageError(
			'--bus takes the URL of a Redis or Valkey, as in redis://127.0.0.1:6379 or rediss://simchat@r1.example.org,r2.example.org:6380',
		);
	}

	return {bus: typed};
}

function address<Flag extends 'listen' | 'metrics'>(flags: Flags, flag: Flag): {[key in Flag]?: ListenAddress} {
	const typed = text(flags, flag);
	const parsed = typed === undefined ? undefined : parseListenAddress(typed);
	if (typed !== undefined && parsed === undefined) {
		throw new UsageError(`--${flag} takes HOST:PORT, as in 127.0.0.1:7406 or [::1]:7406 or :7406`);
	}

	return (parsed === undefined ? {} : {[flag]: parsed}) as {[key in Flag]?: ListenAddress};
}

/** An IP address, no name, and a port: clients are told it as it is. */
function reflector(flags: Flags): {reflector?: Address} {
	const typed = text(flags, 'reflector');
	if (typed === undefined) return {};
	const {host = '', port} = parseListenAddress(typed) ?? {port: 0};
	if (isIP(host) === 0 || scopeOf(host) === 'nobody' || port === 0) {
		throw new UsageError('--reflector takes an IP address and a port, as in 192.0.2.1:7406 or [2001:db8::1]:7406');
	}

	return {reflector: normalizeAddress(host, port)};
}

function proxies(flags: Flags): {trustedProxies?: NetworkRange[]} {
	const typed = texts(flags, 'trustedProxy');
	const networks = typed.flatMap(each => parseNetworkRange(each) ?? []);
	if (networks.length < typed.length) {
		throw new UsageError('--trusted-proxy takes a network, as 10.0.0.0/8 or 2001:db8::/32, or the address of a proxy');
	}

	return networks.length > 0 ? {trustedProxies: networks} : {};
}

function drain(flags: Flags): {drain?: DrainTimes} {
	const [wait, spread] = [seconds(flags, 'drain'), seconds(flags, 'drainSpread')];
	if (wait === undefined && spread === undefined) return {};
	return {drain: {waitMs: (wait ?? 0) * 1000, spreadMs: (spread ?? 0) * 1000}};
}

function seconds(flags: Flags, flag: string): number | undefined {
	const typed = text(flags, flag);
	if (typed === undefined) return undefined;
	if (!/^\d{1,4}$/.test(typed) || Number(typed) > LONGEST_S) {
		throw new UsageError(`${dashed(flag)} takes whole seconds, ${LONGEST_S} at most`);
	}

	return Number(typed);
}

function text(flags: Flags, flag: string): string | undefined {
	return texts(flags, flag)[0];
}

/** The values of a flag that may be there several times. */
function texts(flags: Flags, flag: string): string[] {
	const values = [flags[flag]].flat().filter(value => typeof value === 'string');
	if (values.includes('')) throw new UsageError(`${dashed(flag)} needs a value`);
	return values;
}
