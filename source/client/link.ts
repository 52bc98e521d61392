// The way to the directory, kept up: logs in again after every outage, with pauses, until the server says that it is of no use.
import {Buffer} from 'node:buffer';
import {type LoginSetup} from '../protocol/login/client.ts';
import {type DirectorySession} from '../protocol/login/keys.ts';
import {type Entropy} from '../protocol/entropy.ts';
import {type Address} from '../wire/address.ts';
import {type AlertReason} from '../wire/alert.ts';
import {type ChangePassword, LIST_LIMIT, type Presence} from '../wire/messages/directory.ts';
import {GOOD_AFTER_MS, pauseBefore} from './backoff.ts';
import {DirectoryLine} from './directory-line.ts';
import {type LoggedIn, type LoginOutcome, type ServerPlace, attemptLogin} from './login.ts';
import {type Connection, type ConnectionProblem} from './snapshot.ts';

export type LinkOptions = {
	readonly server: ServerPlace;
	readonly name: string;
	readonly identity: LoginSetup['identity'];
	readonly stretch: LoginSetup['stretch'];
	readonly entropy: Entropy;
	/** Local ms. */
	readonly now: () => number;
	/** A login that stands already: taken over. */
	readonly first?: LoggedIn | undefined;
	readonly events: {
		readonly onConnection: (connection: Connection) => void;
		/** Logged in; `server` is where TCP reached it. The session's keys live until onSessionEnd returns. */
		readonly onSession: (session: DirectorySession, server: Address) => void;
		readonly onSessionEnd: () => void;
		/** Of watched names alone. */
		readonly onPresence: (entries: readonly Presence[]) => void;
	};
};

/** Problems that another try does not solve. */
const FINAL: ReadonlySet<ConnectionProblem> = new Set([
	'displaced',
	'removed',
	'credentials',
	'identity',
	'server-key',
]);

export class Link {
	readonly #options: LinkOptions;
	/** Told again after each login. */
	readonly #watched = new Set<string>();
	/** Blocks decided while there was no connection, by name: the last word on each. */
	readonly #blocks = new Map<string, boolean>();
	readonly #stopping = new AbortController();
	#line: DirectoryLine | undefined;
	#wake: (() => void) | undefined;
	#running: Promise<void> = Promise.resolve();

	constructor(options: LinkOptions) {
		this.#options = options;
	}

	start(): void {
		this.#running = this.#run();
	}

	/** Signs off where somebody listens; the keys are wiped when it resolves. */
	async stop(): Promise<void> {
		this.#stopping.abort();
		this.#wake?.();
		await this.#line?.signOff();
		await this.#running;
	}

	/** Tries again at once instead of waiting. */
	wake(): void {
		this.#wake?.();
	}

	async introduce(name: string): ReturnType<DirectoryLine['introduce']> {
		return this.#line?.introduce(name) ?? 'offline';
	}

	async search(prefix: string, after: string, limit: number): ReturnType<DirectoryLine['search']> {
		return this.#line?.search(prefix, after, limit) ?? 'offline';
	}

	async changePassword(change: ChangePassword): ReturnType<DirectoryLine['changePassword']> {
		return this.#line?.changePassword(change) ?? 'offline';
	}

	watch(names: readonly string[]): void {
		for (const name of names) this.#watched.add(name);
		for (const part of inParts(names)) this.#line?.watch(part);
	}

	unwatch(names: readonly string[]): void {
		for (const name of names) this.#watched.delete(name);
		for (const part of inParts(names)) this.#line?.unwatch(part);
	}

	/** The directory remembers it; told later when it is out of reach. */
	block(name: string, blocked: boolean): void {
		if (this.#line === undefined) this.#blocks.set(name, blocked);
		else this.#line.block(name, blocked);
	}

	get #stopped(): boolean {
		return this.#stopping.signal.aborted;
	}

	async #run(): Promise<void> {
		const {first, now, entropy, events} = this.#options;
		let tries = 0;
		let login: LoginOutcome | undefined = first;
		while (!this.#stopped) {
			events.onConnection({state: 'connecting'});
			login ??= await this.#attempt();
			if (this.#stopped) {
				if (login.kind === 'established') login.end();
				return;
			}

			const {problem, retryAfter, stood} = login.kind === 'established' ? await this.#stand(login) : problemOf(login);
			login = undefined;
			if (this.#stopped) return;
			if (FINAL.has(problem)) {
				events.onConnection({state: 'stopped', problem});
				return;
			}

			tries = stood >= GOOD_AFTER_MS ? 0 : tries + 1;
			const pause = pauseBefore(Math.max(tries - 1, 0), retryAfter, entropy.random);
			events.onConnection({state: 'waiting', problem, retryAt: now() + pause});
			await this.#wait(pause);
		}
	}

	async #attempt(): Promise<LoginOutcome> {
		const {server, name, identity, stretch, entropy, now} = this.#options;
		const {signal} = this.#stopping;
		return attemptLogin({server, mode: 'sign-in', name, identity, invite: NO_INVITE, stretch, entropy, now, signal});
	}

	/** Resolves when the connection has ended. `stood` in ms. */
	async #stand(login: LoggedIn): Promise<Ended> {
		const {now, entropy, events} = this.#options;
		const began = performance.now();
		const problem = await new Promise<ConnectionProblem>(resolve => {
			const line: DirectoryLine = new DirectoryLine(login, {
				now,
				random: entropy.random,
				onPresence: entries => events.onPresence(entries.filter(({name}) => this.#watched.has(name))),
				onEnd: reason => {
					this.#line = undefined;
					events.onSessionEnd();
					resolve(reason);
				},
			});
			if (line.ended) return;
			this.#line = line;
			events.onSession(line.session, line.remote);
			events.onConnection({state: 'online'});
			for (const part of inParts([...this.#watched])) line.watch(part);
			for (const [name, blocked] of this.#blocks) line.block(name, blocked);
			this.#blocks.clear();
		});
		return {problem, retryAfter: 0, stood: performance.now() - began};
	}

	async #wait(pause: number): Promise<void> {
		await new Promise<void>(resolve => {
			const timer = setTimeout(resolve, pause);
			this.#wake = () => {
				clearTimeout(timer);
				resolve();
			};
		});
		this.#wake = undefined;
	}
}

const NO_INVITE = Buffer.alloc(0);

type Ended = {readonly problem: ConnectionProblem; readonly retryAfter: number; readonly stood: number};

function settled(problem: ConnectionProblem, retryAfter = 0): Ended {
	return {problem, retryAfter, stood: 0};
}

function problemOf(outcome: Exclude<LoginOutcome, LoggedIn>): Ended {
	switch (outcome.kind) {
		case 'refused': {
			return settled(refusals[outcome.alert.reason] ?? 'protocol', outcome.alert.retryAfter);
		}

		case 'failed': {
			if (outcome.reason === 'credentials') return settled('credentials');
			const impersonated = outcome.reason === 'server-key' || outcome.reason === 'server-proof';
			return settled(impersonated ? 'server-key' : 'protocol');
		}

		default: {
			return settled(outcome.kind);
		}
	}
}

/** Locked: somebody guessed from this device; it ends by itself. */
const refusals: Partial<Record<AlertReason, ConnectionProblem>> = {
	credentials: 'credentials',
	identityUnknown: 'identity',
	removed: 'removed',
	locked: 'busy',
	busy: 'busy',
	shutdown: 'shutdown',
	timeout: 'timeout',
	challengeFailed: 'busy',
	internal: 'busy',
};

function inParts(names: readonly string[]): Array<readonly string[]> {
	const parts: Array<readonly string[]> = [];
	for (let index = 0; index < names.length; index += LIST_LIMIT) parts.push(names.slice(index, index + LIST_LIMIT));
	return parts;
}
