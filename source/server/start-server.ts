// Builds a whole server from its parts. The command line, tests and benches use it.
import {type Buffer} from 'node:buffer';
import {availableParallelism} from 'node:os';
import {wipe} from '../crypto/bytes.ts';
import {identityFromSeed} from '../crypto/identity.ts';
import {type Random} from '../crypto/random.ts';
import {type Entropy, systemEntropy} from '../protocol/entropy.ts';
import {challengeKeys, rotateChallengeKeys} from '../protocol/login/challenge.ts';
import {networkInterfaces} from 'node:os';
import {type Address, addressText} from '../wire/address.ts';
import {DEFAULT_PORT, formatJoinLink} from '../wire/join-link.ts';
import {Accounts} from './accounts.ts';
import {adminPath, askAdmin, serveAdmin} from './admin-socket.ts';
import {administer} from './administration.ts';
import {Arrivals} from './arrivals.ts';
import {Admission} from './admission.ts';
import {bindSockets} from './bind-sockets.ts';
import {chooseLink} from './cluster/choose-link.ts';
import {type ServerContext} from './server-context.ts';
import {requireDescriptor, roomForClients} from './descriptors.ts';
import {type DrainTimes, Draining} from './draining.ts';
import {Guests} from './guests.ts';
import {type ListenAddress, guessHost, isWildcard} from './listen-address.ts';
import {TcpListener} from './listener.ts';
import {type Measures, timedStore} from './measures.ts';
import {type Metrics, serveMetrics} from './metrics.ts';
import {type Interfaces, ownAddresses} from './own-addresses.ts';
import {Pace} from './pace.ts';
import {PresenceRegistry} from './presence-registry.ts';
import {LIMITS, type Limits} from './rate-limits.ts';
import {Readiness} from './readiness.ts';
import {RecentLog} from './recent-log.ts';
import {answerBind} from './reflector.ts';
import {type ReflectorSockets} from './reflector-sockets.ts';
import {type ServerClock, ClockSteps, systemServerClock} from './server-clock.ts';
import {type Emit, count, emptyTally} from './server-events.ts';
import {type Directory, endAccount} from './sessions.ts';
import {type DirectoryStore, type Registration} from './store/directory-store.ts';
import {openPlace} from './store/choose-store.ts';
import {StoreError} from './store/open-store.ts';
import {ReturnTimes} from './return-times.ts';
import {ThreadPowers} from './thread-powers.ts';
import {type NetworkRange, trustIn} from './trusted-proxies.ts';
import {WorkQueue} from './work-queue.ts';

/** How often connections and limits are swept, and expired rows pruned, ms. */
const SWEEP_MS = 1000;
const PRUNE_MS = 60_000;
/** How many costly login steps may run at once, for each core. */
const STEPS_PER_CORE = 2;
/** When the wall clock was set by so much, clients must sign in again to learn the time, ms. Below the tolerances of the protocol. */
const DRIFT_MS = 15_000;

export type ServerOptions = {
	/** The data directory, made when missing. */
	readonly data: string;
	/** All addresses of the machine and port 7406 unless given. */
	readonly listen?: ListenAddress;
	readonly registration?: Registration;
	/** The URL of a PostgreSQL database, in place of the file in the data directory. */
	readonly store?: string;
	/** The URL of a Redis or Valkey by which servers with one database hear each other, in place of that database. */
	readonly bus?: string;
	/** Opens another store than these. */
	readonly openStore?: (random: Random) => Promise<DirectoryStore>;
	readonly metrics?: ListenAddress;
	readonly limits?: Partial<Limits>;
	readonly clock?: ServerClock;
	readonly entropy?: Entropy;
	readonly sweepMs?: number;
	/** Where a NAT ahead of the server forwards UDP from, for clients that reach it by the other family. */
	readonly reflector?: Address;
	/** Where proxies are that say whose connection they hand on; nowhere unless given. */
	readonly trustedProxies?: readonly NetworkRange[];
	/** How it stops; at once unless given. */
	readonly drain?: DrainTimes;
	/** The machine's addresses. */
	readonly interfaces?: () => Interfaces;
	/** Called with every event. */
	readonly emit?: Emit;
};

export type RunningServer = {
	/** The address that TCP listens on; one of several, or a wildcard. */
	readonly address: Address;
	readonly joinLink: string;
	readonly metrics: Address | undefined;
	/** Is not ready any more, and sends clients away as `drain` says. Resolves when all were told. */
	drain(): Promise<void>;
	/** Tells every client that the server stops, closes everything, and leaves the database complete. */
	close(): Promise<void>;
};

/** Throws StoreError, ListenError, and errors of the file system; then it has closed what it had opened. */
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

/** Adds a function to `closers` for everything that it opens. They run in reverse order. */
async function build(options: ServerOptions, closers: Array<() => unknown>): Promise<Omit<RunningServer, 'close'>> {
	const {data, listen = {port: DEFAULT_PORT}, clock = systemServerClock, entropy = systemEntropy} = options;
	const {now, elapsed} = clock;
	const {random} = entropy;
	const limits = {...LIMITS, ...options.limits};
	const tally = emptyTally();
	const pace = new Pace(elapsed());
	const recent = new RecentLog(clock);
	closers.push(() => recent.close());
	let metrics: Metrics | undefined;
	const emit: Emit = event => {
		count(tally, event);
		pace.add(event, elapsed());
		recent.emit(event);
		metrics?.emit(event);
		options.emit?.(event);
	};

	// A file is locked; a database that servers share says nothing of their directories.
	if (options.store !== undefined && (await askAdmin(data, {command: 'status', name: ''})) !== undefined) {
		throw new StoreError('busy', adminPath(data));
	}

	const onClosed = (directory: string, mode: number) => emit({kind: 'data closed', directory, mode});
	const opened = await (options.openStore ?? (async () => openPlace(options, random, onClosed)))(random);
	const measures: Measures = {
		stage: (stage, ms) => metrics?.stage(stage, ms),
		store: (operation, ms, hasFailed) => metrics?.store(operation, ms, hasFailed),
	};
	const store = options.metrics === undefined ? opened : timedStore(opened, measures.store, elapsed);
	closers.push(async () => {
		await store.close();
		wipe(store.secrets.signingSeed, store.secrets.decoyKey);
	});
	const signingKey = identityFromSeed(store.secrets.signingSeed);
	const accounts = new Accounts(store, options.registration ?? 'invite');
	// A lock may have been stored under another clock: it is cut to its proper length before the first login.
	await accounts.prune(now());
	const presence = new PresenceRegistry();
	const guests = new Guests();
	const admission = new Admission(limits);
	const keys = challengeKeys(random, now());
	// Whoever brings an entropy of its own makes the key pairs as well.
	const powers = options.entropy === undefined ? new ThreadPowers(availableParallelism(), random) : undefined;
	closers.push(async () => powers?.close());
	let reflectors: ReflectorSockets | undefined;
	const workQueue = new WorkQueue(STEPS_PER_CORE * availableParallelism(), elapsed);
	const directory: Directory = {
		store,
		presence,
		arrivals: new Arrivals(),
		guests,
		limits,
		random,
		clock,
		emit,
	};
	const returnTimes = new ReturnTimes(() => workQueue.loginMs, elapsed, random);
	if (options.store !== undefined) {
		const {SharedCluster} = await import('./cluster/shared-cluster.ts');
		const sendDatagram = (at: Address, datagram: Buffer, to: Address) => reflectors?.send(at, datagram, to);
		const link = await chooseLink(options.bus, random);
		const cluster = await SharedCluster.start({url: options.store, link, directory, random, returnTimes, sendDatagram});
		directory.cluster = cluster;
		closers.push(async () => cluster.close());
	}

	const {cluster} = directory;
	const context: ServerContext = {
		loginServer: {
			signingKey,
			decoyKey: store.secrets.decoyKey,
			challengeKeys: keys,
			directory: accounts,
			entropy: powers === undefined ? entropy : {...entropy, dhKeyPair: powers.dhKeyPair},
			...(powers && {powers}),
			...(cluster && {sessionId: bytes => cluster.sessionId(bytes)}),
		},
		directory,
		admission,
		workQueue,
		measures,
		returnTimes,
		reflectors(reached, from, atProxy) {
			if (atProxy === undefined) reflectors?.reach(reached);
			return reflectors?.namedFor(atProxy ?? reached, from) ?? [];
		},
	};
	const room = roomForClients();
	const listener = new TcpListener(
		context,
		() => room - (reflectors?.size ?? 0),
		trustIn(options.trustedProxies ?? []),
	);
	const {interfaces = networkInterfaces} = options;
	const sockets = await bindSockets(listen.host, listen.port, {
		onConnection: socket => listener.accept(socket),
		hosts: () => ownAddresses(interfaces()),
		answer(datagram, from, at) {
			if (cluster?.holdsLease() === false) return undefined;
			const bound = answerBind(datagram, from, at, presence, now());
			if (bound === undefined) cluster?.passBind(datagram, from, at);
			return bound;
		},
		onMissing: (at, code) => emit({kind: 'no reflector', address: addressText(at), code}),
		ahead: options.reflector,
	});
	const {servers, host, port} = sockets;
	reflectors = sockets.reflectors;
	// There is no descriptor left for a new client. Those that are connected stay.
	for (const tcp of servers) tcp.on('error', error => emit({kind: 'failed', error}));
	const {drain = {waitMs: 0, spreadMs: 0}} = options;
	const draining = new Draining({servers, listener, reflectors: sockets.reflectors, random, elapsed}, drain);
	closers.push(async () => draining.close());

	const isGuess = isWildcard(listen.host);
	const joinLink = {host: isGuess ? guessHost() : (listen.host ?? host), port, serverKey: signingKey.publicKey};
	const link = formatJoinLink(joinLink);
	await store.setJoinLink(link);
	const [startedAt, started] = [now(), elapsed()];
	const status = () => ({...tally, connections: listener.size, uptime: elapsed() - started});
	const accountEnded = (name: string) => {
		endAccount(directory, name);
		cluster?.accountEnded(name);
	};
	const running = {presence, cluster, pace, recent, emit, accountEnded, status};
	const adminContext = {store, random, joinLink, running};
	const admin = await serveAdmin(data, async request => administer(adminContext, request, clock));
	admin.on('error', error => emit({kind: 'failed', error}));
	closers.push(() => admin.close());

	if (options.metrics !== undefined) {
		const write = () => store.probe(now());
		const holdsLease = () => cluster?.holdsLease() ?? true;
		const readiness = new Readiness({isDraining: () => draining.hasBegun, holdsLease, write, elapsed});
		const gauges = {
			online: () => presence.size,
			connections: () => listener.size,
			half_open: () => admission.halfOpen,
			udp_sockets: () => sockets.reflectors.size,
			accounts: async () => store.accountCount(),
			queue_steps: () => workQueue.load,
			queue_wait_seconds: () => workQueue.waitMs / 1000,
		};
		metrics = await serveMetrics(options.metrics, gauges, async () => readiness.obstacle());
		closers.push(() => metrics?.close());
	}

	const failed = (error: unknown) => emit({kind: 'failed', error});
	const clockSteps = new ClockSteps(clock);
	/** How far the wall clock was set since clients last learned the time, ms. */
	let drift = 0;
	/** Moves locks with the wall clock, and renews all sessions once it was set too far since they began. */
	const handleClockStep = () => {
		const step = clockSteps.take();
		drift += step;
		if (step < 0) accounts.setBack(-step).catch(failed);
		if (Math.abs(drift) < DRIFT_MS) return;
		emit({kind: 'clock set', by: drift});
		drift = 0;
		listener.renewSessions();
	};

	let pruned = elapsed();
	const prune = () => {
		const time = elapsed();
		if (time - pruned < PRUNE_MS) return;
		pruned = time;
		accounts.prune(now(), startedAt + time - started).catch(failed);
	};

	const sweep = () => {
		const time = elapsed();
		rotateChallengeKeys(keys, random, now());
		listener.sweep(time);
		draining.sweep();
		admission.sweep(time);
		presence.sweep();
		powers?.sweep(time);
		if (sockets.reflectors.look(time)) listener.tellReflectors();
		for (const task of [requireDescriptor, handleClockStep, prune]) {
			try {
				task();
			} catch (error) {
				failed(error);
			}
		}
	};

	sweep();
	const timer = setInterval(sweep, options.sweepMs ?? SWEEP_MS);
	closers.push(() => clearInterval(timer));
	const second = sockets.reflectors.hasSecond ? port + 1 : undefined;
	emit({kind: 'started', address: addressText({host, port}), second});
	emit({kind: 'reachable', joinLink: link, isGuess});
	return {
		address: {host, port},
		joinLink: link,
		metrics: metrics?.address,
		async drain() {
			emit({kind: 'draining', connections: listener.size, ...drain});
			await draining.drain();
		},
	};
}
