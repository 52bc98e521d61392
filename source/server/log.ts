// The log: readable lines on a terminal, JSON lines elsewhere, one line for each event. Strangers cannot flood it: an event that they
// cause is written once, and repetitions are counted. The log holds names, addresses and the public join link, and nothing else of users.
import {writeSync} from 'node:fs';
import process from 'node:process';
import {pino} from 'pino';
import {systemServerClock} from './server-clock.ts';
import {type Emit, type ServerEvent} from './server-events.ts';

/** Repeated events of one kind are counted for so long, then one line says how many there were, ms. */
const WINDOW_MS = 10_000;

type Level = 'info' | 'warn' | 'error';
export type LogEntry = {
	readonly level: Level;
	readonly text: string;
	readonly fields?: Readonly<Record<string, unknown>>;
};
type Sink = (entry: LogEntry) => void;

export type Log = {readonly emit: Emit; close(): void};

/** Logs to standard output, or to `sink`. `elapsed` is the monotonic clock, ms. Closing writes the last counts. */
export function createLog(
	elapsed: () => number = systemServerClock.elapsed,
	sink = tolerant(process.stdout.isTTY ? readable() : json()),
): Log {
	/** Repeated events that are counted, by kind and reason: at most one entry for each kind and reason. */
	const held = new Map<string, {since: number; count: number; text: string}>();
	const flush = (before: number) => {
		for (const [key, {since, count, text}] of held) {
			if (since > before) continue;
			held.delete(key);
			if (count > 0) sink({level: 'warn', text: `${count} more: ${text}`, fields: {count}});
		}
	};

	const timer = setInterval(() => flush(elapsed() - WINDOW_MS), WINDOW_MS);
	timer.unref();
	return {
		emit(event) {
			const entry = describe(event);
			if (entry === undefined) return;
			const kind = floodableKind(event);
			const repeated = kind === undefined ? undefined : held.get(kind);
			if (repeated) repeated.count++;
			else sink(entry);
			if (kind !== undefined && !repeated) held.set(kind, {since: elapsed(), count: 0, text: kind});
		},
		close() {
			clearInterval(timer);
			flush(Number.POSITIVE_INFINITY);
		},
	};
}

/** The key of an event that a stranger can cause as often as they like; undefined for any other event. */
function floodableKind(event: ServerEvent): string | undefined {
	if (event.kind === 'dropped') return `connections dropped, ${event.reason}`;
	if (event.kind === 'refused') return `logins refused, ${event.reason}`;
	if (event.kind === 'clock set') return 'changes of the clock';
	if (event.kind === 'bus down' || event.kind === 'bus up') return `links to other servers, ${event.kind.slice(4)}`;
	return event.kind === 'failed' ? 'failures' : undefined;
}

/** An event as text and fields. Introductions are not logged, since they tell who talks to whom; they are only counted. */
export function describe(event: ServerEvent): LogEntry | undefined {
	switch (event.kind) {
		case 'started': {
			const {address, second} = event;
			const too = second === undefined ? '' : `, and UDP on ${second}`;
			return {level: 'info', text: `listening on ${address}, TCP and UDP${too}`, fields: {address, second}};
		}

		case 'no reflector': {
			const {address, code} = event;
			const why = code === 'EADDRINUSE' ? 'the port is taken' : code;
			const text = `no UDP on ${address} (${why}); the server goes on without, and tries again`;
			return {level: 'warn', text, fields: {address, code}};
		}

		case 'reachable': {
			const {joinLink, isGuess} = event;
			const hint = isGuess ? ' (its host is a guess: set it with --listen HOST:PORT)' : '';
			return {level: 'info', text: `join link: ${joinLink}${hint}`, fields: {joinLink}};
		}

		case 'data closed': {
			const {directory} = event;
			const mode = event.mode.toString(8).padStart(4, '0');
			const text = `${directory} was open to others (mode ${mode}) and is closed now (0700)`;
			return {level: 'warn', text, fields: {directory, mode}};
		}

		case 'draining': {
			const {connections, waitMs, spreadMs} = event;
			const [begins, takes] = [waitMs / 1000, spreadMs / 1000];
			const text = `stopping: ${connections} connections end within ${takes} s, beginning in ${begins} s`;
			return {level: 'info', text, fields: {connections, begins, takes}};
		}

		case 'stopped':
			return {level: 'info', text: 'stopped'};
		case 'registered': {
			const {name, from} = event;
			return {level: 'info', text: `${name} registered, from ${from}`, fields: {name, from}};
		}

		case 'devices changed': {
			const {name, devices} = event;
			return {level: 'info', text: `${name} changed its devices: ${devices} now`, fields: {name, devices}};
		}

		case 'guest': {
			const {name, from} = event;
			return {level: 'info', text: `${name} has a device that joins, from ${from}`, fields: {name, from}};
		}

		case 'signed in': {
			const {name, from} = event;
			return {level: 'info', text: `${name} signed in, from ${from}`, fields: {name, from}};
		}

		case 'signed out': {
			const {name, how} = event;
			return {level: 'info', text: `${name} left: ${how}`, fields: {name, how}};
		}

		case 'refused': {
			const {name, reason, from} = event;
			const who = name === undefined ? 'a client' : name;
			return {level: 'warn', text: `${who} refused: ${reason}, from ${from}`, fields: {name, reason, from}};
		}

		case 'dropped': {
			const {reason, from} = event;
			return {level: 'warn', text: `connection dropped: ${reason}, from ${from}`, fields: {reason, from}};
		}

		case 'administered': {
			const {command, name} = event;
			return {level: 'info', text: `${command} ${name}, by the administrator`, fields: {command, name}};
		}

		case 'clock set': {
			const seconds = Math.round(event.by / 1000);
			const text = `the clock was set ${seconds < 0 ? 'back' : 'forwards'} by ${Math.abs(seconds)} s`;
			return {level: 'warn', text, fields: {seconds}};
		}

		case 'lease lost': {
			const {sessions} = event;
			const text = `the database was out of reach for too long: all sessions end (${sessions}), and nobody signs in until it is there`;
			return {level: 'error', text, fields: {sessions}};
		}

		case 'lease taken':
			return {level: 'info', text: 'the database is there again, and clients may sign in'};
		case 'bus down': {
			const reason = reasonOf(event.reason);
			const text = `the other servers cannot be heard: ${reason}; it is tried again, and nobody is introduced to people there meanwhile`;
			return {level: 'error', text, fields: {reason}};
		}

		case 'bus up':
			return {level: 'info', text: 'the other servers are heard again'};
		case 'failed': {
			const reason = reasonOf(event.error);
			return {level: 'error', text: `failed: ${reason}`, fields: {reason}};
		}

		default:
			return undefined;
	}
}

function reasonOf(error: unknown): string {
	return error instanceof Error ? error.message : 'unknown reason';
}

/** Wraps a sink that may fail, on a full disk or a closed pipe. The server goes on; standard error is told once. */
function tolerant(write: Sink): Sink {
	let isReported = false;
	const report = (error: unknown) => {
		if (isReported) return;
		isReported = true;
		try {
			const reason = error instanceof Error ? error.message : 'unknown reason';
			writeSync(2, `simchat-server: the log cannot be written (${reason}); the server goes on\n`);
		} catch {
			// Standard error cannot be written either.
		}
	};

	process.stdout.on('error', report);
	return entry => {
		try {
			write(entry);
		} catch (error) {
			report(error);
		}
	};
}

function readable(): Sink {
	return ({level, text}) => {
		const time = new Date().toTimeString().slice(0, 8);
		process.stdout.write(`${time} ${level === 'info' ? '' : `${level}: `}${text}\n`);
	};
}

function json(): Sink {
	// Each line is one write. `tolerant` catches what it throws.
	const destination = {write: (line: string) => void writeSync(1, line)};
	const logger = pino({base: null, timestamp: pino.stdTimeFunctions.isoTime}, destination);
	return ({level, text, fields}) => logger[level](fields ?? {}, text);
}
