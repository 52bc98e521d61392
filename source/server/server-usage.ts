// The commands and options of simchat-server: what the command line is read by, and what help, man page and completions are made from.
import {COMMON_OPTIONS, type CommandUsage, type Manual, type OptionUsage} from '../usage/manual.ts';
import {REGISTRATIONS} from './store/directory-store.ts';
import {type AdminCommand, type MoveCommand, USERS_PAGE} from './administration.ts';

const NAME = [{name: 'NAME'}] as const;
const FILE = [{name: 'FILE', kind: 'file'}] as const;

/** In the order in which they are shown. */
const COMMANDS: Readonly<Record<AdminCommand | MoveCommand, CommandUsage>> = {
	invite: {takes: NAME, flags: [], says: 'a one-time link with which NAME makes an account'},
	users: {
		takes: [{name: 'PREFIX', isOptional: true}],
		flags: ['after', 'limit'],
		says: 'the accounts, or those whose names begin with PREFIX, in the order of their names',
	},
	unlock: {takes: NAME, flags: [], says: 'lets NAME try again at once after too many wrong passwords'},
	reset: {takes: NAME, flags: [], says: 'a one-time link with which NAME starts over: new password, new key'},
	remove: {takes: NAME, flags: [], says: 'removes the account'},
	status: {takes: [], flags: [], says: 'who runs, and what it has done since its start'},
	top: {
		takes: [],
		flags: [],
		says: 'the same on the full screen, live: who is online, what happens; q leaves',
	},
	export: {
		takes: FILE,
		flags: [],
		says: 'writes all that the directory knows to FILE, its keys too, while no server runs',
	},
	import: {takes: FILE, flags: [], says: 'takes it from FILE into a new directory, or an empty database'},
};

/** By flag, as meow names them. */
export const SERVER_OPTIONS = {
	listen: {
		value: 'HOST:PORT',
		says: 'where clients connect, TCP and UDP; all addresses and port 7406 unless given. UDP on the next port, too',
	},
	data: {value: 'DIR', kind: 'folder', says: 'directory of the database and the keys'},
	store: {
		value: 'URL',
		says: 'a PostgreSQL database that several servers share, in place of a file in DIR: postgres:///NAME?host=FOLDER, or with a host',
	},
	bus: {
		value: 'URL',
		says: 'with --store: a Redis or Valkey by which the servers hear each other, in place of the database: redis://HOST:PORT, or rediss:// with TLS; several nodes of a Redis Cluster with commas',
	},
	registration: {
		value: 'POLICY',
		kind: REGISTRATIONS,
		says: 'who may make an account: by invite (unless given otherwise), anyone (open), nobody (closed)',
	},
	metrics: {value: 'HOST:PORT', says: 'serves Prometheus metrics over HTTP'},
	reflector: {
		value: 'IP:PORT',
		says: 'behind NAT: the public address and port from where UDP is forwarded to this server',
	},
	trustedProxy: {
		value: 'NETWORK',
		isMany: true,
		says: 'where proxies are, as 10.0.0.0/8: each connection from there has to begin with a header of the PROXY protocol, version 2. May be there several times',
	},
	after: {value: 'NAME', says: 'those behind this name: the next page'},
	limit: {value: 'COUNT', says: `how many at most; ${USERS_PAGE} unless given`},
	drain: {value: 'SECONDS', says: 'how long it goes on, not ready any more, after it was told to stop; 0 unless given'},
	drainSpread: {value: 'SECONDS', says: 'over how long it sends clients away then, in random order; 0 unless given'},
	...COMMON_OPTIONS,
} as const satisfies Readonly<Record<string, OptionUsage>>;

/** The flags that are for the server itself, and for no command. */
export const SERVER_FLAGS = [
	'listen',
	'registration',
	'metrics',
	'bus',
	'reflector',
	'trustedProxy',
	'drain',
	'drainSpread',
] as const;

/** `data`: the directory that is used unless another is given. */
export function serverManual(data: string): Manual {
	return {
		program: 'simchat-server',
		says: 'the directory server of simchat',
		alone: {takes: [], flags: SERVER_FLAGS, says: 'serves, until SIGTERM or Ctrl-C'},
		commands: COMMANDS,
		options: {
			...SERVER_OPTIONS,
			data: {...SERVER_OPTIONS.data, says: `${SERVER_OPTIONS.data.says}; ${data} unless given`},
		},
		general: ['data', 'store', ...Object.keys(COMMON_OPTIONS)],
		notes: [
			'It keeps accounts, knows who is online and introduces clients to each other; messages never pass it.',
			'Commands ask the server that runs with this directory, and work on the data itself while none runs.',
		],
		exits: [
			['0', 'done; stopped in order'],
			['64', 'wrong usage'],
			['65', 'import: the file is not what export writes'],
			['67', 'no such account'],
			['69', 'cannot listen; another server uses the directory; no server there; the database cannot be used'],
			['73', 'cannot write the directory; invite: the account exists; import: there are accounts already'],
			['74', 'anything else that went wrong'],
			['78', 'the database is damaged, or of a newer version; it was left as it is'],
		],
		environment: [
			['PGPASSFILE', 'where the password for --store is, unless it is in ~/.pgpass; as psql(1) says'],
			['REDISCLI_AUTH', 'the password for --bus, as redis-cli(1) has it'],
			['NO_COLOR', 'when it is set, top has no colours'],
			['XDG_DATA_HOME', 'where the directory of the data is, unless it is ~/.local/share'],
		],
		files: [
			['directory.db', 'in the directory of the data: keys, accounts, invites, blocks and lockouts; no message'],
			['admin.sock', 'beside it, while the server runs: for the commands'],
		],
		seeAlso: ['simchat(1)'],
	};
}
