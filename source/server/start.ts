// A whole server from its parts: used by the command line, by tests and by benches alike.
import {once} from 'node:events';
import {availableParallelism} from 'node:os';
import path from 'node:path';
import {wipe} from '../crypto/bytes.ts';
import {identityFromSeed} from '../crypto/identity.ts';
import {type Entropy, systemEntropy} from '../protocol/entropy.ts';
import {challengeKeys, rotateChallengeKeys} from '../protocol/login/challenge.ts';
import {type Address, addressText} from '../wire/address.ts';
import {DEFAULT_PORT, formatJoinLink} from '../wire/join-link.ts';
import {Accounts, type Registration} from './accounts.ts';
import {serveAdmin} from './admin-socket.ts';
import {administer} from './administration.ts';
import {Admission} from './admission.ts';
import {bind} from './bind.ts';
import {type Clock, Leaps, systemClock} from './clock.ts';
import {type House} from './connection.ts';
import {requireDescriptor, roomForClients} from './descriptors.ts';
import {type Endpoint, guessHost, isWildcard} from './endpoint.ts';
import {type Emit, count, emptyTally} from './events.ts';
import {LIMITS, type Limits} from './limits.ts';
import {Listener} from './listener.ts';
import {type Metrics, serveMetrics} from './metrics.ts';
import {Pace} from './pace.ts';
import {Presence} from './presence.ts';
import {Recent} from './recent.ts';
import {reflect} from './reflector.ts';
import {openStore} from './store/sqlite.ts';
import {Turns} from './turns.ts';

export const DATABASE = 'directory.db';
/** How often connections and limits are swept, and expired rows pruned, ms. */
const SWEEP_MS = 1000;
const PRUNE_MS = 60_000;
/** Costly steps of logins under way, for each core. */
const STEPS_A_CORE = 2;
/** Once the clock was set by so much, clients must learn the time anew: under the tolerances of the protocol, ms. */
const DRIFT_MS = 15_000;
/** How long clients have to hear that the server stops, ms. */
const FAREWELL_MS = 1000;

export type ServerOptions = {
	/** The data directory, made when missing. */
	readonly data: string;
	/** Every address of the machine and port 7406 unless given. */
	readonly listen?: Endpoint;
	readonly registration?: Registration;
	readonly metrics?: Endpoint;
	readonly limits?: Partial<Limits>;
	readonly clock?: Clock;
	readonly entropy?: Entropy;
	readonly sweepMs?: number;
	/** Hears every event. */
	readonly emit?: Emit;
};

export type RunningServer = {
	/** Where both sockets listen. */
	readonly address: Address;
	readonly joinLink: string;
	readonly metrics: Address | undefined;
	/** Tells every client, closes everything, and leaves the database whole. */
	close(): Promise<void>;
};

/** Throws StoreError, ListenError, and what the file system throws; nothing stays open then. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
	const closers: Array<() => unknown> = [];
	const close = async () => {
		for (const closer of closers.splice(0).toReversed()) await closer();
	};

	try {
		const server = await build(options, closers);
		closers.unshift(() => options.emit?.({kind: 'stopped'}));
		return {...server, close};
	} catch (error) {
		await close();
		throw error;
	}
}

/** Whatever is opened is given to `closers`, which run last to first. */
async function build(options: ServerOptions, closers: Array<() => unknown>): Promise<Omit<RunningServer, 'close'>> {
	const {data, listen = {port: DEFAULT_PORT}, clock = systemClock, entropy = systemEntropy} = options;
	const {now, elapsed} = clock;
	const {random} = entropy;
	const limits = {...LIMITS, ...options.limits};
	const tally = emptyTally();
	const pace = new Pace(elapsed());
	const recent = new Recent(clock);
	closers.push(() => recent.close());
	let metrics: Metrics | undefined;
	const emit: Emit = event => {
		count(tally, event);
		pace.add(event, elapsed());
		recent.emit(event);
		metrics?.emit(event);
		options.emit?.(event);
	};

	const store = openStore(path.join(data, DATABASE), random, (directory, mode) =>
		emit({kind: 'data closed', directory, mode}),
	);
	closers.push(() => {
		store.close();
		wipe(store.secrets.signingSeed, store.secrets.decoyKey);
	});
	const signingKey = identityFromSeed(store.secrets.signingSeed);
	const accounts = new Accounts(store, options.registration ?? 'invite');
	const presence = new Presence();
	const admission = new Admission(limits);
	const keys = challengeKeys(random, now());
	const house: House = {
		loginServer: {signingKey, decoyKey: store.secrets.decoyKey, challengeKeys: keys, directory: accounts, entropy},
		directory: {store, presence, limits, random, clock, emit},
		admission,
		turns: new Turns(STEPS_A_CORE * availableParallelism()),
	};
	const listener = new Listener(house, roomForClients());

	const {tcp, udp, host, port} = await bind(listen.host, listen.port, socket => listener.accept(socket));
	// No descriptor is left for a client that knocks: those who are in stay.
	tcp.on('error', error => emit({kind: 'failed', error}));
	reflect(udp, presence, now);
	closers.push(async () => {
		udp.close();
		const closed = once(tcp, 'close');
		tcp.close();
		listener.shutDown();
		const timer = setTimeout(() => listener.destroy(), FAREWELL_MS);
		await closed;
		clearTimeout(timer);
	});

	const isGuess = isWildcard(listen.host);
	const joinLink = {host: isGuess ? guessHost() : (listen.host ?? host), port, serverKey: signingKey.publicKey};
	const link = formatJoinLink(joinLink);
	store.setJoinLink(link);
	const [startedAt, started] = [now(), elapsed()];
	const status = () => ({...tally, connections: listener.size, uptime: elapsed() - started});
	const office = {store, random, joinLink, running: {presence, pace, recent, emit, status}};
	const admin = await serveAdmin(data, request => administer(office, request, clock));
	admin.on('error', error => emit({kind: 'failed', error}));
	closers.push(() => admin.close());

	if (options.metrics !== undefined) {
		metrics = await serveMetrics(options.metrics, {
			online: () => presence.size,
			connections: () => listener.size,
			half_open: () => admission.halfOpen,
			accounts: () => store.accountCount(),
		});
		closers.push(() => metrics?.close());
	}

	const leaps = new Leaps(clock);
	let drift = 0;
	/** How far the clock was set while those who are signed in know it as it was. */
	const follow = () => {
		const leap = leaps.take();
		drift += leap;
		if (leap < 0) accounts.setBack(-leap);
		if (Math.abs(drift) < DRIFT_MS) return;
		emit({kind: 'clock set', by: drift});
		drift = 0;
		listener.renewSessions();
	};

	let pruned = Number.NEGATIVE_INFINITY;
	const prune = () => {
		const time = elapsed();
		if (time - pruned < PRUNE_MS) return;
		pruned = time;
		accounts.prune(now(), startedAt + time - started);
	};

	const sweep = () => {
		const time = elapsed();
		rotateChallengeKeys(keys, random, now());
		listener.sweep(time);
		admission.sweep(time);
		presence.sweep();
		for (const task of [requireDescriptor, follow, prune]) {
			try {
				task();
			} catch (error) {
				emit({kind: 'failed', error});
			}
		}
	};

	// Locks that another clock has made are cut before anybody asks.
	sweep();
	const timer = setInterval(sweep, options.sweepMs ?? SWEEP_MS);
	closers.push(() => clearInterval(timer));
	emit({kind: 'started', address: addressText({host, port})});
	emit({kind: 'reachable', joinLink: link, isGuess});
	return {address: {host, port}, joinLink: link, metrics: metrics?.address};
}
