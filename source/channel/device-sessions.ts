// The sessions that stand with one device: the one that is sent on, and those that it has replaced, open for what is still on its way.
import {type StandingSession, keepsStanding} from '../protocol/session/choose.ts';
import {type Transport} from './session-transport.ts';

/** A session that another one has replaced stays open so long, ms since its last datagram. */
const RETIRED_MS = 60_000;
const RETIRED_LIMIT = 2;
/** Who is there answers in a session before that time is over, ms: on a line that is slow and loses much, too. */
const LOST_AFTER_MS = 3000;

export class DeviceSessions {
	readonly #names: {readonly local: string; readonly peer: string};
	readonly #elapsed: () => number;
	readonly #rank: (transport: Transport) => number;
	#current: Transport | undefined;
	/** Oldest first, RETIRED_LIMIT at most. */
	#retired: Transport[] = [];
	/** When the device was last said to have gone, on the elapsed clock. */
	#goneAt = Number.NEGATIVE_INFINITY;
	/** When it was first asked, being there, and has not been heard since, on the elapsed clock. */
	#askedAt = Number.NEGATIVE_INFINITY;

	/** `elapsed` is the clock that only runs forward, ms; `rank` says what a session is worth by the device that it is with. */
	constructor(
		names: {readonly local: string; readonly peer: string},
		elapsed: () => number,
		rank: (transport: Transport) => number,
	) {
		this.#names = names;
		this.#elapsed = elapsed;
		this.#rank = rank;
	}

	/** The one that is sent on. */
	get current(): Transport | undefined {
		return this.#current;
	}

	get isEmpty(): boolean {
		return this.#current === undefined && this.#retired.length === 0;
	}

	/** The current one, when the device may still know of it. */
	get trusted(): Transport | undefined {
		return this.#current !== undefined && !this.#isSuspect(this.#current) ? this.#current : undefined;
	}

	/** The directory says that the device has gone: it may know nothing of a session that is not heard from here on. */
	deviceGone(): void {
		this.#goneAt = this.#elapsed();
	}

	/** The device is there: asks whether it still knows of the session. It begins anew without one when it was killed. */
	ask(): void {
		if (this.#current === undefined) return;
		this.#current.ask();
		if (this.#current.session.heardAt >= this.#askedAt) this.#askedAt = this.#elapsed();
	}

	/** Takes a session that stands; whether it is the one to send on now. */
	add(fresh: Transport): boolean {
		const standing = this.#current;
		if (standing !== undefined && this.#keeps(standing, fresh)) {
			this.#retire(fresh);
			return false;
		}

		if (standing !== undefined) this.#retire(standing);
		this.#current = fresh;
		return true;
	}

	/** The one with this device, by its id of 8 bytes: the current one, or the newest of the others. */
	with(id: Buffer): Transport | undefined {
		return this.#current?.peerId.equals(id) === true
			? this.#current
			: this.#retired.findLast(each => each.peerId.equals(id));
	}

	/** Makes the one with this device the one to send on, where there is one; whether it was not. */
	prefer(id: Buffer): boolean {
		const preferred = this.with(id);
		if (preferred === undefined || preferred === this.#current || this.#isSuspect(preferred)) return false;
		this.#retired = this.#retired.filter(each => each !== preferred);
		if (this.#current !== undefined) this.#retire(this.#current);
		this.#current = preferred;
		return true;
	}

	/** Forgets a session that has ended; whether it was the one to send on. The newest of the replaced ones takes its place. */
	remove(ended: Transport): boolean {
		this.#retired = this.#retired.filter(each => each !== ended);
		if (this.#current !== ended) return false;
		this.#current = this.#retired.pop();
		return true;
	}

	/** All of them, the current one last; closes those that were replaced long ago. */
	all(): readonly Transport[] {
		const now = this.#elapsed();
		for (const transport of this.#retired) {
			if (now - transport.session.heardAt >= RETIRED_MS) transport.close();
		}

		return this.#current === undefined ? [...this.#retired] : [...this.#retired, this.#current];
	}

	/** When one of them is next due, on the elapsed clock. */
	deadline(): number {
		const retired = this.#retired.map(transport =>
			Math.min(transport.deadline(), transport.session.heardAt + RETIRED_MS),
		);
		return Math.min(this.#answerDueAt, this.#current?.deadline() ?? Number.POSITIVE_INFINITY, ...retired);
	}

	#keeps(standing: Transport, fresh: Transport): boolean {
		if (this.#isSuspect(standing)) return false;
		const [before, after] = [this.#rank(standing), this.#rank(fresh)];
		if (before !== after) return before > after;
		return keepsStanding(outlineOf(standing), outlineOf(fresh), this.#names);
	}

	#isSuspect({session}: Transport): boolean {
		const isSilent = session.heardAt < this.#askedAt && this.#elapsed() >= this.#askedAt + LOST_AFTER_MS;
		return session.heardAt < this.#goneAt || isSilent;
	}

	/** When silence begins to tell that the session is lost. */
	get #answerDueAt(): number {
		const waits = this.#current !== undefined && this.#current.session.heardAt < this.#askedAt;
		const dueAt = this.#askedAt + LOST_AFTER_MS;
		return waits && this.#elapsed() < dueAt ? dueAt : Number.POSITIVE_INFINITY;
	}

	#retire(transport: Transport): void {
		this.#retired.push(transport);
		if (this.#retired.length > RETIRED_LIMIT) this.#retired[0]?.close();
	}
}

function outlineOf({session, establishedAt}: Transport): StandingSession {
	return {role: session.role, establishedAt};
}
