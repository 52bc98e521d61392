// What an administrator can do, whether the server runs or not: the same commands over the same store.
import process from 'node:process';
import {type Random} from '../crypto/random.ts';
import {lockLeft} from '../protocol/login/lockout.ts';
import {formatJoinLink, type JoinLink} from '../wire/join-link.ts';
import {type Clock} from './clock.ts';
import {type Emit, type Tally} from './events.ts';
import {issueInvite} from './invites.ts';
import {type Pace, type Paces} from './pace.ts';
import {type Presence} from './presence.ts';
import {type Line, type Recent} from './recent.ts';
import {type Account, type Lock, type Store} from './store/store.ts';

export const NAME_COMMANDS = ['invite', 'unlock', 'reset', 'remove'] as const;
export const COMMANDS = [...NAME_COMMANDS, 'users', 'status', 'top'] as const;
export type Command = (typeof COMMANDS)[number];
/** `from` is for `top`: how many of those online to leave out, in the order of their names. */
export type AdminRequest = {readonly command: Command; readonly name: string; readonly from?: number};

/** How many of those online, and of the locked names, one answer to `top` has: with the log's lines some 25 KB at most. */
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

/** What a person who watches sees besides the status. Times in ms. */
export type Top = {
	/** The server's clock. */
	readonly now: number;
	/** Resident, bytes. */
	readonly memory: number;
	/** Those online, in the order of their names, behind the first `from`; at most ONLINE_PAGE. */
	readonly from: number;
	readonly online: ReadonlyArray<{readonly name: string; readonly since: number}>;
	/** How many names are locked, and the last to be free again; at most LOCKS_PAGE. */
	readonly locked: number;
	readonly locks: readonly Lock[];
	readonly paces: Paces;
	/** What the log says, the oldest first. */
	readonly lines: readonly Line[];
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
			readonly reason: 'no such user' | 'exists' | 'trouble' | 'no server';
			readonly text: string;
	  };

/** The office of a server that runs, or of its data alone. */
export type Office = {
	readonly store: Store;
	readonly random: Random;
	readonly joinLink: JoinLink;
	readonly running?: {
		readonly presence: Presence;
		readonly pace: Pace;
		readonly recent: Recent;
		readonly emit: Emit;
		status(): Pick<Status, 'connections' | 'uptime' | keyof Tally>;
	};
};

export function administer(office: Office, {command, name, from = 0}: AdminRequest, clock: Clock): AdminReply {
	const now = clock.now();
	const {store, running} = office;
	if (command === 'users')
		return {kind: 'users', users: [...store.accounts()].map(account => userOf(office, account, now))};
	if (command === 'status') return statusOf(office);
	if (command === 'top') return topOf(office, from, clock);
	const account = store.account(name);
	if (command === 'invite' && account !== undefined) {
		const text = `${name} has an account already; to let its owner start over: simchat-server reset ${name}`;
		return {kind: 'failed', reason: 'exists', text};
	}

	if ((command === 'reset' || command === 'remove') && account === undefined) {
		return {kind: 'failed', reason: 'no such user', text: `there is no account ${name}; see: simchat-server users`};
	}

	const reply = store.durably(() => change(office, command, name, account, now));
	if (command === 'reset' || command === 'remove') running?.presence.get(name)?.link.end('removed');
	running?.emit({kind: 'administered', command, name});
	return reply;
}

function change(
	{store, random, joinLink}: Office,
	command: Exclude<Command, 'users' | 'status' | 'top'>,
	name: string,
	account: Account | undefined,
	now: number,
): AdminReply {
	const link = (kind: 'new' | 'reset'): AdminReply => {
		const invite = issueInvite(store, name, kind, random, now);
		return {kind: 'link', link: formatJoinLink({...joinLink, invite})};
	};

	if (command === 'invite') return link('new');
	const attempts = store.removeAttempts({name});
	if (command === 'unlock') {
		return {kind: 'done', text: attempts > 0 ? `${name} may try again at once` : `${name} was not locked`};
	}

	if (command === 'reset' && account !== undefined) {
		store.putAccount({...account, suspended: true});
		return link('reset');
	}

	store.removeInvite(name);
	store.removeAccount(name);
	return {kind: 'done', text: `${name} is removed`};
}

function userOf({store, running}: Office, {name, created, suspended}: Account, now: number): User {
	const locks = [true, false].map(owner => store.attempts({name, owner})?.lockedUntil ?? 0);
	const locked = Math.ceil(lockLeft(Math.max(...locks), now) / 1000);
	const isOnline = running?.presence.get(name) !== undefined;
	return {name, created, locked, state: suspended ? 'reset' : isOnline ? 'online' : 'offline'};
}

function statusOf({store, joinLink, running}: Office): Extract<AdminReply, {kind: 'status' | 'stopped'}> {
	const accounts = store.accountCount();
	if (running === undefined) return {kind: 'stopped', accounts};
	const status = {joinLink: formatJoinLink(joinLink), online: running.presence.size, accounts, ...running.status()};
	return {kind: 'status', status};
}

function topOf(office: Office, from: number, clock: Clock): AdminReply {
	const now = clock.now();
	const reply = statusOf(office);
	const {store, running} = office;
	if (running === undefined || reply.kind === 'stopped') return reply;
	const {presence, pace, recent} = running;
	const {count: locked, locks} = store.locks(now, LOCKS_PAGE);
	const online = presence.page(from, ONLINE_PAGE).map(({name, since}) => ({name, since}));
	const paces = pace.read(clock.elapsed());
	const memory = process.memoryUsage.rss();
	return {
		kind: 'top',
		status: reply.status,
		top: {now, memory, from, online, locked, locks, paces, lines: recent.lines},
	};
}
