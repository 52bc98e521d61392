// The administrator's commands. They work on the store in the same way whether the server runs or not.
import process from 'node:process';
import {type Random} from '../crypto/random.ts';
import {lockLeft} from '../protocol/login/lockout.ts';
import {formatJoinLink, type JoinLink} from '../wire/join-link.ts';
import {type Cluster} from './cluster/cluster-port.ts';
import {newInvite} from './invites.ts';
import {type Pace, type Paces} from './pace.ts';
import {type PresenceRegistry} from './presence-registry.ts';
import {type LogLine, type RecentLog} from './recent-log.ts';
import {type ServerClock} from './server-clock.ts';
import {type Emit, type Tally} from './server-events.ts';
import {type AccountLock, type DirectoryStore, type StoredUser} from './store/directory-store.ts';

export const NAME_COMMANDS = ['invite', 'unlock', 'reset', 'remove'] as const;
export const ADMIN_COMMANDS = [...NAME_COMMANDS, 'users', 'status', 'top'] as const;
export type AdminCommand = (typeof ADMIN_COMMANDS)[number];
/** They work on the data alone, while no server uses it. */
export const MOVE_COMMANDS = ['export', 'import'] as const;
export type MoveCommand = (typeof MOVE_COMMANDS)[number];
/**
 * `name`: for `users` what their names begin with. `from` is for `top`: how many online names to leave out, in alphabetical order. `after` and
 * `limit` are for `users`: those behind this name, and not more than so many.
 */
export type AdminRequest = {
	readonly command: AdminCommand;
	readonly name: string;
	readonly from?: number;
	readonly after?: string;
	readonly limit?: number;
};

/** How many accounts an answer to `users` holds, at most. */
export const USERS_PAGE = 1000;

/** How many online names, and how many locked names, one answer to `top` holds. With the log's lines it has about 25 KB at most. */
export const ONLINE_PAGE = 200;
export const LOCKS_PAGE = 50;

export type User = {
	readonly name: string;
	readonly state: 'online' | 'offline' | 'reset';
	readonly created: number;
	/** Seconds until its lock is over, 0 without one. */
	readonly locked: number;
};

/** Times in ms. */
export type Status = Tally & {
	readonly joinLink: string;
	readonly online: number;
	readonly connections: number;
	readonly accounts: number;
	readonly uptime: number;
};

/** What `top` shows besides the status. Times in ms. */
export type Top = {
	/** The server's clock. */
	readonly now: number;
	/** Resident memory, bytes. */
	readonly memory: number;
	/** Online names in alphabetical order, without the first `from`; at most ONLINE_PAGE. */
	readonly from: number;
	readonly online: ReadonlyArray<{readonly name: string; readonly since: number}>;
	/** How many names are locked. */
	readonly locked: number;
	/** Those whose locks end last; at most LOCKS_PAGE. */
	readonly locks: readonly AccountLock[];
	readonly paces: Paces;
	/** The last lines of the log, the oldest first. */
	readonly lines: readonly LogLine[];
};

export type AdminReply =
	| {readonly kind: 'link'; readonly link: string}
	| {readonly kind: 'users'; readonly users: readonly User[]}
	| {readonly kind: 'status'; readonly status: Status}
	| {readonly kind: 'top'; readonly status: Status; readonly top: Top}
	| {readonly kind: 'stopped'; readonly accounts: number}
	| {readonly kind: 'done'; readonly text: string}
	| {
			readonly kind: 'failed';
			readonly reason: 'no such user' | 'exists' | 'trouble' | 'no server' | 'no database';
			readonly text: string;
	  };

/** What the commands work on: the store, and the parts of the server if one runs. */
export type AdminContext = {
	readonly store: DirectoryStore;
	readonly random: Random;
	readonly joinLink: JoinLink;
	readonly running?: {
		readonly presence: PresenceRegistry;
		readonly cluster: Cluster | undefined;
		readonly pace: Pace;
		readonly recent: RecentLog;
		readonly emit: Emit;
		/** Ends the sessions of an account that was removed, or starts over. */
		accountEnded(name: string): void;
		status(): Pick<Status, 'connections' | 'uptime' | keyof Tally>;
	};
};

/** Rejects when the store fails. */
export async function administer(
	context: AdminContext,
	{command, name, from = 0, after = '', limit = USERS_PAGE}: AdminRequest,
	clock: ServerClock,
): Promise<AdminReply> {
	const now = clock.now();
	const {store, running} = context;
	if (command === 'users') {
		const found = await store.users(name, after, Math.min(limit, USERS_PAGE), now);
		const elsewhere = await running?.cluster?.find(found.map(user => user.name));
		const users = found.map(user => userOf(running?.presence, user, elsewhere?.has(user.name) ?? false, now));
		return {kind: 'users', users};
	}

	if (command === 'status') return statusOf(context);
	if (command === 'top') return topOf(context, from, clock);
	const reply = await change(context, command, name, now);
	if (reply.kind === 'failed') return reply;
	if (command === 'reset' || command === 'remove') running?.accountEnded(name);
	running?.emit({kind: 'administered', command, name});
	return reply;
}

async function change(
	{store, random, joinLink}: AdminContext,
	command: Exclude<AdminCommand, 'users' | 'status' | 'top'>,
	name: string,
	now: number,
): Promise<AdminReply> {
	if (command === 'unlock') {
		const text = (await store.unlock(name)) > 0 ? `${name} may try again at once` : `${name} was not locked`;
		return {kind: 'done', text};
	}

	if (command === 'remove') {
		return (await store.remove(name)) ? {kind: 'done', text: `${name} is removed`} : noSuchUser(name);
	}

	const {invite, code} = newInvite(name, command === 'reset' ? 'reset' : 'new', random, now);
	const link: AdminReply = {kind: 'link', link: formatJoinLink({...joinLink, invite: code, name})};
	if (command === 'reset') return (await store.suspend(invite)) ? link : noSuchUser(name);
	if ((await store.invite(invite)) === 'made') return link;
	const text = `${name} has an account already; to let its owner start over: simchat-server reset ${name}`;
	return {kind: 'failed', reason: 'exists', text};
}

function noSuchUser(name: string): AdminReply {
	return {kind: 'failed', reason: 'no such user', text: `there is no account ${name}; see: simchat-server users`};
}

function userOf(
	presence: PresenceRegistry | undefined,
	{name, created, suspended, lockedUntil}: StoredUser,
	isElsewhere: boolean,
	now: number,
): User {
	const locked = Math.ceil(lockLeft(lockedUntil, now) / 1000);
	const isOnline = isElsewhere || (presence?.devicesOf(name).length ?? 0) > 0;
	return {name, created, locked, state: suspended ? 'reset' : isOnline ? 'online' : 'offline'};
}

async function statusOf({
	store,
	joinLink,
	running,
}: AdminContext): Promise<Extract<AdminReply, {kind: 'status' | 'stopped'}>> {
	const accounts = await store.accountCount();
	if (running === undefined) return {kind: 'stopped', accounts};
	const online = (await running.cluster?.online()) ?? running.presence.size;
	const status = {joinLink: formatJoinLink(joinLink), online, accounts, ...running.status()};
	return {kind: 'status', status};
}

async function topOf(context: AdminContext, from: number, clock: ServerClock): Promise<AdminReply> {
	const now = clock.now();
	const reply = await statusOf(context);
	const {store, running} = context;
	if (running === undefined || reply.kind === 'stopped') return reply;
	const {presence, pace, recent} = running;
	const {count: locked, locks} = await store.locks(now, LOCKS_PAGE);
	const online = presence.page(from, ONLINE_PAGE);
	const paces = pace.read(clock.elapsed());
	const memory = process.memoryUsage.rss();
	return {
		kind: 'top',
		status: reply.status,
		top: {now, memory, from, online, locked, locks, paces, lines: recent.lines},
	};
}
