// What an administrator can do, whether the server runs or not: the same commands over the same store.
import {type Random} from '../crypto/random.ts';
import {formatJoinLink, type JoinLink} from '../wire/join-link.ts';
import {type Emit, type Tally} from './events.ts';
import {issueInvite} from './invites.ts';
import {type Presence} from './presence.ts';
import {type Account, type Store} from './store/store.ts';

export const NAME_COMMANDS = ['invite', 'unlock', 'reset', 'remove'] as const;
export const COMMANDS = [...NAME_COMMANDS, 'users', 'status'] as const;
export type Command = (typeof COMMANDS)[number];
export type AdminRequest = {readonly command: Command; readonly name: string};

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

export type AdminReply =
	| {readonly kind: 'link'; readonly link: string}
	| {readonly kind: 'users'; readonly users: readonly User[]}
	| {readonly kind: 'status'; readonly status: Status}
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
		readonly emit: Emit;
		status(): Pick<Status, 'connections' | 'uptime' | keyof Tally>;
	};
};

export function administer(office: Office, {command, name}: AdminRequest, now: number): AdminReply {
	const {store, running} = office;
	if (command === 'users')
		return {kind: 'users', users: [...store.accounts()].map(account => userOf(office, account, now))};
	if (command === 'status') return statusOf(office);
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
	command: Exclude<Command, 'users' | 'status'>,
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
	const locked = Math.max(0, Math.ceil((Math.max(...locks) - now) / 1000));
	const isOnline = running?.presence.get(name) !== undefined;
	return {name, created, locked, state: suspended ? 'reset' : isOnline ? 'online' : 'offline'};
}

function statusOf({store, joinLink, running}: Office): AdminReply {
	const accounts = store.accountCount();
	if (running === undefined) return {kind: 'stopped', accounts};
	const status = {joinLink: formatJoinLink(joinLink), online: running.presence.size, accounts, ...running.status()};
	return {kind: 'status', status};
}
