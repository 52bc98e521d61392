// The log: one readable line an event on a terminal, JSON lines elsewhere. Strangers cannot flood it: what they cause is
// written once, then counted. Names, addresses and the public join link are all that it ever holds.
import {writeSync} from 'node:fs';
import process from 'node:process';
import {pino} from 'pino';
import {systemClock} from './clock.ts';
import {type Emit, type ServerEvent} from './events.ts';

/** How long repeated events of one kind are counted before a line says how many there were, ms. */
const WINDOW_MS = 10_000;

type Level = 'info' | 'warn' | 'error';
export type LogEntry = {
	readonly level: Level;
	readonly text: string;
	readonly fields?: Readonly<Record<string, unknown>>;
};
type Sink = (entry: LogEntry) => void;

export type Log = {readonly emit: Emit; close(): void};

/**
 * Logs to standard output in the form that suits it, or to `sink`. `elapsed` is a clock in ms that nobody sets. Closing writes the
 * last counts.
 */
export function createLog(
	elapsed: () => number = systemClock.elapsed,
	sink = tolerant(process.stdout.isTTY ? readable() : json()),
): Log {
	/** Events held back, by kind and reason: as many entries as there are kinds. */
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
			const kind = noisyKind(event);
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

/** What anyone out there can cause at will. */
function noisyKind(event: ServerEvent): string | undefined {
	if (event.kind === 'dropped') return `connections dropped, ${event.reason}`;
	if (event.kind === 'refused') return `logins refused, ${event.reason}`;
	if (event.kind === 'clock set') return 'changes of the clock';
	return event.kind === 'failed' ? 'failures' : undefined;
}

/** An event in words, and its fields; introductions are nobody's business and only counted elsewhere. */
export function describe(event: ServerEvent): LogEntry | undefined {
	switch (event.kind) {
		case 'started': {
			const {address} = event;
			return {level: 'info', text: `listening on ${address}, TCP and UDP`, fields: {address}};
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

		case 'stopped':
			return {level: 'info', text: 'stopped'};
		case 'registered': {
			const {name, from} = event;
			return {level: 'info', text: `${name} registered, from ${from}`, fields: {name, from}};
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

		case 'failed': {
			const reason = event.error instanceof Error ? event.error.message : 'unknown reason';
			return {level: 'error', text: `failed: ${reason}`, fields: {reason}};
		}

		default:
			return undefined;
	}
}

/** A log that cannot be written, on a full disk or into a closed pipe, stops no server: it is said once where errors go. */
function tolerant(write: Sink): Sink {
	let isSaid = false;
	const say = (error: unknown) => {
		if (isSaid) return;
		isSaid = true;
		try {
			const reason = error instanceof Error ? error.message : 'unknown reason';
			writeSync(2, `simchat-server: the log cannot be written (${reason}); the server goes on\n`);
		} catch {
			// Nobody listens any more.
		}
	};

	process.stdout.on('error', say);
	return entry => {
		try {
			write(entry);
		} catch (error) {
			say(error);
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
	// One write a line: what it throws is the sink's to bear.
	const destination = {write: (line: string) => void writeSync(1, line)};
	const logger = pino({base: null, timestamp: pino.stdTimeFunctions.isoTime}, destination);
	return ({level, text, fields}) => logger[level](fields ?? {}, text);
}
