// Keeps a connection to the directory: logs in again after every outage, with pauses, until the server says that no login can succeed.
import {Buffer} from 'node:buffer';
import {foundLog} from '../../protocol/devices/device-log.ts';
import {type Address} from '../../wire/address.ts';
import {type ChangePassword, LIST_LIMIT} from '../../wire/messages/directory.ts';
import {GOOD_AFTER_MS, askedPause, pauseAfter} from '../backoff.ts';
import {DirectoryLine} from './directory-line.ts';
import {type LoggedIn, type LoginOutcome, attemptLogin} from './login-attempt.ts';
import {type NamePresence} from './line-ports.ts';
import {LinkHost} from './link-host.ts';
import {LogKeeper} from './log-keeper.ts';
import {isFinal, problemOfAlert} from './problems.ts';
import {PuzzleSolver} from './puzzle.ts';
import {systemTimers} from '../network/timer-port.ts';
import {UntoldBlocks} from './untold-blocks.ts';
import {type DirectoryConnectionOptions} from './connection-options.ts';
import {type ConnectionProblem} from './connection-state.ts';

/** What the directory takes of one account: a WATCH past it is refused whole. */
const WATCH_LIMIT = 1000;

/** A connection that ends within this time after its way was in question has ended by that, and not with all those of others, ms. */
const CHECKED_MS = 5000;

/** A person who asks again and again has us try so often at most, ms. */
const TRY_EVERY_MS = 1000;

export class DirectoryConnection {
	readonly #options: DirectoryConnectionOptions;
	/** Names to be told about, oldest first; the first WATCH_LIMIT of them are told to the directory, anew after each login. */
	readonly #watched = new Set<string>();
	readonly #blocks = new UntoldBlocks(() => this.#line && ((name, blocked) => this.#line?.block(name, blocked)));
	/** The logs of the own account, and of those that the caller has it follow. */
	readonly logs: LogKeeper;
	/** The link that this device makes for another one. */
	readonly links: LinkHost;
	#candidates: readonly Address[] = [];
	readonly #stopping = new AbortController();
	readonly #puzzles = new PuzzleSolver();
	#line: DirectoryLine | undefined;
	/** Server time less local time, ms, as of the last login. */
	#clockOffset = 0;
	#wake: (() => void) | undefined;
	/** The login that is under way. */
	#attempting: AbortController | undefined;
	/** When the way to the directory was last in question, ms. */
	#checkedAt = Number.NEGATIVE_INFINITY;
	/** While it waits for the next try: what shortens that to so many ms. */
	#shorten: ((pause: number) => void) | undefined;
	/** When a person may have us try at the earliest, monotonic ms. */
	#earliest = 0;
	#running: Promise<void> = Promise.resolve();

	constructor(options: DirectoryConnectionOptions) {
		this.#options = options;
		const {name, identity, foundingKey = identity.publicKey, events} = options;
		this.logs = new LogKeeper({
			timers: systemTimers,
			onLog: (...news) => events.onLog?.(...news),
			onAlarm: (...alarm) => events.onAlarm?.(...alarm),
			onEmpty: () => void this.#found(),
		});
		this.logs.keep(name, foundingKey);
		this.links = new LinkHost({
			name,
			identity,
			random: options.entropy.random,
			serverTime: () => this.#serverTime(),
			logs: this.logs,
			onLink: link => events.onLink?.(link),
		});
	}

	start(): void {
		this.#running = this.#run(this.#options.first);
	}

	/** It has stopped, since no login could succeed, and one has: goes on with that. */
	resume(login: LoggedIn): void {
		const before = this.#running;
		this.#running = before.then(async () => this.#run(login));
	}

	/** Signs off where somebody listens; the keys are wiped when it resolves. */
	async stop(): Promise<void> {
		this.#blocks.stop();
		this.logs.end();
		this.links.close();
		this.#stopping.abort();
		this.#wake?.();
		await this.#line?.signOff();
		await this.#running;
	}

	/** Tries again at once instead of waiting. */
	wake(): void {
		this.#wake?.();
	}

	/**
	 * A person does not want to wait for the next try: ends the pause as soon as the directory allows it, and what puzzles have cost. In how
	 * many ms; undefined when nothing waits.
	 */
	tryNow(): number | undefined {
		if (this.#shorten === undefined) return undefined;
		const pause = Math.max(0, Math.ceil(this.#earliest - performance.now()));
		this.#shorten(pause);
		return pause;
	}

	/**
	 * The way to the directory may be another one: asks whether it is there, and tries again at once where it is not. `change`: the hosts
	 * of this machine, when they have changed; 'elsewhere' when a reflector sees us at another host than before.
	 */
	check(change?: readonly string[] | 'elsewhere'): void {
		this.#checkedAt = performance.now();
		// One that began over the way of before may be long about it.
		if (typeof change === 'object') this.#attempting?.abort();
		this.#line?.check(change);
		this.wake();
	}

	/** With an id, to that device of the name; otherwise to the founding one. */
	async introduce(name: string, device?: Buffer): ReturnType<DirectoryLine['introduce']> {
		return this.#line?.introduce(name, device) ?? 'offline';
	}

	async search(prefix: string, after: string, limit: number): ReturnType<DirectoryLine['search']> {
		return this.#line?.search(prefix, after, limit) ?? 'offline';
	}

	async changePassword(change: ChangePassword): ReturnType<DirectoryLine['changePassword']> {
		return this.#line?.changePassword(change) ?? 'offline';
	}

	/** Where else we may be, four addresses at most; told again after each login. */
	candidates(addresses: readonly Address[]): void {
		this.#candidates = addresses;
		this.#line?.candidates(addresses);
	}

	watch(names: readonly string[]): void {
		this.#rewatch(() => {
			for (const name of names) this.#watched.add(name);
		});
	}

	unwatch(names: readonly string[]): void {
		this.#rewatch(() => {
			for (const name of names) this.#watched.delete(name);
		});
	}

	/** The directory remembers it; told later when it is out of reach. */
	block(name: string, blocked: boolean): void {
		this.#blocks.add(name, blocked);
	}

	/** Tells the directory what a change of the watched names changes for it: with room again, others move up. */
	#rewatch(change: () => void): void {
		const line = this.#line;
		if (line === undefined) return change();
		const before = this.#told();
		change();
		const after = this.#told();
		for (const part of inParts([...before].filter(name => !after.has(name)))) line.unwatch(part);
		for (const part of inParts([...after].filter(name => !before.has(name)))) line.watch(part);
	}

	#told(): Set<string> {
		return new Set([...this.#watched].slice(0, WATCH_LIMIT));
	}

	get #stopped(): boolean {
		return this.#stopping.signal.aborted;
	}

	async #run(first: LoggedIn | undefined): Promise<void> {
		const {now, entropy, events} = this.#options;
		let failures = 0;
		let login: LoginOutcome | 'again' | undefined = first;
		if (this.#stopped) first?.end();
		while (!this.#stopped) {
			login ??= await this.#attempt();
			if (login === 'again') {
				login = undefined;
				continue;
			}

			if (this.#stopped) {
				if (login.kind === 'established') login.end();
				return;
			}

			const {problem, retryAfter, stood} = login.kind === 'established' ? await this.#stand(login) : endOf(login);
			login = undefined;
			if (this.#stopped) return;
			if (isFinal(problem)) {
				events.onConnection({state: 'stopped', problem});
				return;
			}

			failures = stood >= GOOD_AFTER_MS ? 1 : failures + 1;
			const {rest} = this.#puzzles;
			// It was our own way that has ended: nobody else comes back in this instant.
			const isOurs = failures === 1 && retryAfter === 0 && performance.now() - this.#checkedAt < CHECKED_MS;
			const pause = Math.max(isOurs ? 0 : pauseAfter(failures, retryAfter, entropy.random), rest);
			this.#earliest = performance.now() + Math.max(askedPause(retryAfter), rest, TRY_EVERY_MS);
			await this.#wait(pause, left => events.onConnection({state: 'waiting', problem, retryAt: now() + left}));
		}
	}

	/** 'again': our interfaces have changed meanwhile. */
	async #attempt(): Promise<LoginOutcome | 'again'> {
		const {server, name, identity, stretch, entropy, now, events} = this.#options;
		const attempting = new AbortController();
		this.#attempting = attempting;
		const signal = AbortSignal.any([this.#stopping.signal, attempting.signal]);
		const puzzles = this.#puzzles;
		const account = {name, identity, invite: NO_INVITE, stretch};
		events.onConnection({state: 'connecting'});
		const outcome = await attemptLogin({server, mode: 'sign-in', ...account, entropy, now, signal, puzzles});
		this.#attempting = undefined;
		return attempting.signal.aborted && outcome.kind !== 'established' ? 'again' : outcome;
	}

	/** Resolves when the connection has ended. */
	async #stand(login: LoggedIn): Promise<Ended> {
		const {now, entropy, keepaliveMs, events} = this.#options;
		if (login.socket.destroyed) {
			login.end();
			return ended('closed');
		}

		const began = performance.now();
		return new Promise(resolve => {
			const line = new DirectoryLine(login, {
				now,
				random: entropy.random,
				keepaliveMs,
				onPresence: entries => this.#takePresence(entries.filter(({name}) => this.#watched.has(name))),
				onUnbound: names => events.onUnbound?.(names.filter(name => this.#watched.has(name))),
				onBlocked: block => this.#blocks.confirmed(block),
				onLogs: lengths => this.logs.takeLengths(lengths),
				onLog: page => this.logs.takeNews(page),
				onLinkRequest: request => void this.links.take(request),
				onRefused() {},
				onDrop: reason => events.onDrop?.(`introduction: ${reason}`),
				onReflectors: reflectors => events.onReflectors?.(reflectors),
				onCalled: called => events.onCalled?.(called),
				onPunch: addresses => events.onPunch?.(addresses),
				onEnd: (problem, retryAfter) => {
					this.#line = undefined;
					this.logs.end();
					events.onSessionEnd();
					resolve({problem, retryAfter, stood: performance.now() - began});
				},
			});
			this.#line = line;
			this.#clockOffset = login.session.clockOffset;
			events.onSession(login.session, login.remote);
			events.onConnection({state: 'online'});
			// Ahead of WATCH, whose answer says what this side knows of.
			this.logs.begin(line, this.#options.name);
			if (this.#candidates.length > 0) line.candidates(this.#candidates);
			for (const part of inParts([...this.#told()])) line.watch(part);
			this.#blocks.tell();
			line.listen();
		});
	}

	#takePresence(entries: readonly NamePresence[]): void {
		for (const {name, devices} of entries) if (devices !== undefined) this.logs.takeOnline(name, devices);
		this.#options.events.onPresence(entries);
	}

	#serverTime(): number {
		return Math.round(this.#options.now() + this.#clockOffset);
	}

	/** The own account has no log yet. Its first device founds it. */
	async #found(): Promise<void> {
		const {name, identity, foundingKey = identity.publicKey} = this.#options;
		if (!identity.publicKey.equals(foundingKey)) return;
		await this.logs.extend(name, log => ('count' in log ? undefined : foundLog(identity, name, this.#serverTime())));
	}

	/** `tell`: how many ms are left, whenever that is decided. */
	async #wait(pause: number, tell: (left: number) => void): Promise<void> {
		const endsAt = performance.now() + pause;
		tell(pause);
		await new Promise<void>(resolve => {
			let timer = setTimeout(resolve, pause);
			this.#wake = () => {
				clearTimeout(timer);
				resolve();
			};

			this.#shorten = shorter => {
				if (performance.now() + shorter >= endsAt) return;
				clearTimeout(timer);
				timer = setTimeout(resolve, shorter);
				tell(shorter);
			};
		});
		this.#wake = undefined;
		this.#shorten = undefined;
	}
}

const NO_INVITE = Buffer.alloc(0);

/** `retryAfter` in s, as the directory asked; `stood` in ms. */
type Ended = {readonly problem: ConnectionProblem; readonly retryAfter: number; readonly stood: number};

function ended(problem: ConnectionProblem, retryAfter = 0): Ended {
	return {problem, retryAfter, stood: 0};
}

function endOf(outcome: Exclude<LoginOutcome, LoggedIn>): Ended {
	switch (outcome.kind) {
		case 'refused': {
			return ended(problemOfAlert[outcome.alert.reason], outcome.alert.retryAfter);
		}

		case 'failed': {
			if (outcome.reason === 'credentials') return ended('credentials');
			const isImpersonated = outcome.reason === 'server-key' || outcome.reason === 'server-proof';
			return ended(isImpersonated ? 'server-key' : 'protocol');
		}

		default: {
			return ended(outcome.kind);
		}
	}
}

function inParts(names: readonly string[]): Array<readonly string[]> {
	const parts: Array<readonly string[]> = [];
	for (let index = 0; index < names.length; index += LIST_LIMIT) parts.push(names.slice(index, index + LIST_LIMIT));
	return parts;
}
