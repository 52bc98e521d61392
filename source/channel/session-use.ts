// What people have of a session, content and files: what of it counts for its keys, how long it may be silent, whether its paths are compared,
// and when it ends because nobody needs it. Times in ms.
import {silenceInSession} from '../protocol/path/keepalive.ts';
import {type Session, countContent, countFiles} from '../protocol/session/session.ts';
import {IDLE_MS} from '../protocol/session/timers.ts';

/** Something flows when some went or came within this time, ms. */
const FLOWS_MS = 60_000;

export class SessionUse {
	readonly #session: Session;
	#usedAt: number;
	/** Messages that the session has counted. */
	#counted = {content: 0, files: 0};

	constructor(session: Session, now: number) {
		this.#session = session;
		this.#usedAt = now;
	}

	/** A message of content or of files goes or has come. */
	note(now: number): void {
		this.#usedAt = now;
	}

	/** So many messages of content and of files have been begun by now, in both directions together. */
	count(content: number, files: number, now: number): void {
		countContent(this.#session, now, content - this.#counted.content);
		countFiles(this.#session, now, files - this.#counted.files);
		this.#counted = {content, files};
	}

	/** When nobody has used it for so long that it ends. */
	get endsAt(): number {
		return this.#usedAt + IDLE_MS;
	}

	flows(now: number): boolean {
		return now - this.#usedAt < FLOWS_MS;
	}

	/** Of silence, after which a PING goes out; `usual` where nobody talks. `waits`: something is to be acknowledged. */
	silenceMs(usual: number, waits: boolean, now: number): number {
		return silenceInSession(usual, {contentAge: now - this.#usedAt, waits, role: this.#session.role});
	}
}
