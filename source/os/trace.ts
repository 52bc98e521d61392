// What goes no further, counted by its reason, and written to a file when the person wants to see it: datagrams and frames that were
// dropped, sessions that ended, errors of the disk that nobody was told of. No text, no key, no address.
import {closeSync, constants, openSync, writeSync} from 'node:fs';
import {ClientError} from './errors.ts';
import {catalogue} from '../catalogue/catalogue.ts';

/** Where it happened: the directory's connection, its UDP answers, a handshake, a session, the disk, or the screen. */
export type TraceSource =
	| 'directory'
	| 'bind'
	| 'datagram'
	| 'handshake'
	| 'session'
	/** Between devices of the account. */
	| 'replication'
	| 'disk'
	| 'screen'
	/** Of PROBEs and their introductions, of CALLED, and of the router. */
	| 'probe'
	| 'called'
	| 'port-mapping';

export type TraceCount = {readonly source: TraceSource; readonly reason: string; readonly count: number};

/** Reasons that are told apart: more than there are. */
const REASON_LIMIT = 256;
/** Bytes of the file, so that nobody who sends garbage fills a disk. */
const FILE_LIMIT = 16 * 1_048_576;

/** A pipe that nobody reads is refused: to wait for its reader would hold up the start. */
const APPEND = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NONBLOCK;

export class Trace {
	readonly #now: () => number;
	/** Source and reason → how often; REASON_LIMIT at most. */
	readonly #counts = new Map<string, {source: TraceSource; reason: string; count: number}>();
	#file: number | undefined;
	#written = 0;

	/** `now` in local ms. `file` is made or appended to, for its owner alone. Throws ClientError: trace-unwritable. */
	constructor(now: () => number, file?: string) {
		this.#now = now;
		if (file === undefined || file === '') return;
		try {
			this.#file = openSync(file, APPEND, 0o600);
		} catch (error) {
			const words = catalogue.files.cannotTrace(file, codeOf(error));
			throw new ClientError('trace-unwritable', words, {cause: error});
		}
	}

	/** Something came and was dropped, or ended. `peer` is a name that was proven, where there is one. */
	note(source: TraceSource, reason: string, peer?: string): void {
		const key = `${source} ${reason}`;
		const known = this.#counts.get(key);
		if (known !== undefined) known.count++;
		else if (this.#counts.size < REASON_LIMIT) this.#counts.set(key, {source, reason, count: 1});
		if (this.#file !== undefined) this.#write({time: new Date(this.#now()).toISOString(), source, reason, peer});
	}

	/** An error that changes nothing for the person. Its words may tell of files and people: its code alone is kept. */
	caught(source: TraceSource, what: string, error: unknown): void {
		this.note(source, `${what}: ${codeOf(error)}`);
	}

	/** Most frequent first. */
	get counts(): readonly TraceCount[] {
		return [...this.#counts.values()].map(each => ({...each})).toSorted((a, b) => b.count - a.count);
	}

	close(): void {
		if (this.#file !== undefined) closeSync(this.#file);
		this.#file = undefined;
	}

	#write(line: object): void {
		const text = `${JSON.stringify(line)}\n`;
		try {
			this.#written += text.length;
			if (this.#written <= FILE_LIMIT) writeSync(this.#file!, text);
			else this.close();
		} catch {
			// A full disk must not stop the talk; the counters go on.
			this.close();
		}
	}
}

function codeOf(error: unknown): string {
	if (!(error instanceof Error)) return typeof error;
	return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
