// The subcommands. A running server does them; when none runs, they work on its data directly. Here is also what they print.
import {existsSync} from 'node:fs';
import path from 'node:path';
import {identityFromSeed} from '../crypto/identity.ts';
import {systemRandom} from '../crypto/random.ts';
import {DEFAULT_PORT, type JoinLink, parseJoinLink} from '../wire/join-link.ts';
import {askAdmin} from './admin-socket.ts';
import {type AdminReply, type AdminRequest, type Status, USERS_PAGE, type User, administer} from './administration.ts';
import {guessHost} from './listen-address.ts';
import {type ServerClock, systemServerClock} from './server-clock.ts';
import {SERVER_EXIT} from './server-exit-codes.ts';
import {type DirectoryStore} from './store/directory-store.ts';
import {DATABASE, type StorePlace, openPlace} from './store/choose-store.ts';

/** `note`: what is said beside the text, to a person alone. */
export type Outcome = {readonly text: string; readonly exitCode: number; readonly note?: string};

/** Throws StoreError. */
export async function manage(place: StorePlace, request: AdminRequest, clock = systemServerClock): Promise<Outcome> {
	return report((await askAdmin(place.data, request)) ?? (await direct(place, request, clock)), request);
}

async function direct(place: StorePlace, request: AdminRequest, clock: ServerClock): Promise<AdminReply> {
	const {data, store: url} = place;
	if (url === undefined && !existsSync(path.join(data, DATABASE))) {
		const text = `there is no server in ${data}: start simchat-server there first, or name its directory with --data`;
		return {kind: 'failed', reason: 'no server', text};
	}

	const store = await openPlace(place, systemRandom);
	try {
		return await administer({store, random: systemRandom, joinLink: await joinLinkOf(store)}, request, clock);
	} finally {
		await store.close();
	}
}

/** The join link of the last run; before the first run, a guess. */
async function joinLinkOf(store: DirectoryStore): Promise<JoinLink> {
	const {publicKey: serverKey} = identityFromSeed(store.secrets.signingSeed);
	return parseJoinLink((await store.joinLink()) ?? '') ?? {host: guessHost(), port: DEFAULT_PORT, serverKey};
}

const failures = {
	'no such user': SERVER_EXIT.noUser,
	exists: SERVER_EXIT.cantCreate,
	trouble: SERVER_EXIT.io,
	'no server': SERVER_EXIT.unavailable,
	'no database': SERVER_EXIT.unavailable,
} as const satisfies Record<(AdminReply & {kind: 'failed'})['reason'], number>;

function report(reply: AdminReply, request: AdminRequest): Outcome {
	switch (reply.kind) {
		case 'link':
			return {text: reply.link, exitCode: 0};
		case 'done':
			return {text: reply.text, exitCode: 0};
		case 'users':
			return usersOutcome(reply.users, request);
		case 'status':
		case 'top':
			return {text: statusText(reply.status), exitCode: 0};
		case 'stopped':
			return {text: `no server runs here; ${reply.accounts} accounts`, exitCode: SERVER_EXIT.unavailable};
		default:
			return {text: reply.text, exitCode: failures[reply.reason]};
	}
}

function usersOutcome(users: readonly User[], {name, after = '', limit = USERS_PAGE}: AdminRequest): Outcome {
	const last = users.at(-1)?.name;
	if (last !== undefined) {
		const text = users.map(userLine).join('\n');
		if (users.length < Math.min(limit, USERS_PAGE)) return {text, exitCode: 0};
		const more = ['simchat-server users', ...(name === '' ? [] : [name]), '--after', last].join(' ');
		return {text, exitCode: 0, note: `there may be more: ${more}`};
	}

	const isAll = name === '' && after === '';
	const none = isAll ? 'no accounts yet; make an invite: simchat-server invite NAME' : '';
	return {text: none, exitCode: 0};
}

function userLine({name, state, created, locked}: User): string {
	const words = {online: 'online', offline: 'offline', reset: 'waits for its reset link to be used'};
	const lock = locked > 0 ? `, locked for ${locked} s` : '';
	return `${name.padEnd(32)}  since ${new Date(created).toISOString().slice(0, 10)}  ${words[state]}${lock}`;
}

function statusText(status: Status): string {
	const {joinLink, online, connections, accounts, logins, refusals, lockouts, registrations, introductions, uptime} =
		status;
	const rows = {
		'join link': joinLink,
		online: `${online} of ${accounts} accounts, ${connections} connections`,
		logins: `${logins}, ${refusals} refused, ${lockouts} of them locked out`,
		registrations: String(registrations),
		introductions: String(introductions),
		uptime: duration(uptime),
	};
	return Object.entries(rows)
		.map(([label, value]) => `${label.padEnd(14)}${value}`)
		.join('\n');
}

/** `1 d 2 h 3 min 4 s`, from ms. */
function duration(ms: number): string {
	const seconds = Math.floor(ms / 1000);
	const parts = [
		[Math.floor(seconds / 86_400), 'd'],
		[Math.floor(seconds / 3600) % 24, 'h'],
		[Math.floor(seconds / 60) % 60, 'min'],
		[seconds % 60, 's'],
	] as const;
	const first = parts.findIndex(([value]) => value > 0);
	return parts
		.slice(first < 0 ? -1 : first)
		.map(([value, unit]) => `${value} ${unit}`)
		.join(' ');
}
