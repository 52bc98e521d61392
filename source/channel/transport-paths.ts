// The paths of one session, with its clock and chance: each call gives the challenges that are to go out.
import {type Buffer} from 'node:buffer';
import {type Random} from '../crypto/random.ts';
import {type PathPair} from '../protocol/path/probe-run.ts';
import {
	type PathChallenge,
	type SessionPaths,
	challengePaths,
	createPaths,
	forgetSocket,
	heardOn,
	kindOf,
	offerPath,
	pathAcknowledged,
	pathAnswered,
	pathTimedOut,
	pathsDeadline,
	pathsDue,
	secondPath,
} from '../protocol/path/session-paths.ts';

/** For the answer to the challenges that go out when a path becomes suspect, ms. */
const SUSPECT_MS = 400;

type Challenges = readonly PathChallenge[];

export class TransportPaths {
	readonly #paths: SessionPaths;
	readonly #random: Random;
	readonly #elapsed: () => number;
	/** Probe timeouts in a row, as they were last; and when the path became suspect. */
	#timeouts = 0;
	#suspectSince = 0;

	/** `pair` is the one that RESP or FIN came on; `elapsed` is a clock that only runs forward, ms. */
	constructor(pair: PathPair, random: Random, elapsed: () => number) {
		this.#paths = createPaths(pair, elapsed());
		this.#random = random;
		this.#elapsed = elapsed;
	}

	/** Where the session sends to. */
	get current(): PathPair {
		return this.#paths.current;
	}

	/** Where each datagram goes as well, while the current path is suspect. */
	get second(): PathPair | undefined {
		return secondPath(this.#paths);
	}

	/** Three probe timeouts have passed without an answer, and then a challenge: the way may be closed, and not only its other end busy. */
	get isSuspect(): boolean {
		return this.#paths.isSuspect && this.#elapsed() - this.#suspectSince >= SUSPECT_MS;
	}

	/** Of ours, on which the session sends or may send. */
	get sockets(): readonly number[] {
		const {current, others, offers, former} = this.#paths;
		return [current, ...others, ...offers.map(({to}) => to), ...(former ? [former.path] : [])].map(
			({socket}) => socket,
		);
	}

	/** An authentic datagram came on this pair. `timeouts`: probe timeouts in a row that nothing has been acknowledged since. */
	heard(pair: PathPair, timeouts: number): Challenges {
		// With no second path, what is acknowledged has gone on this one alone.
		if (timeouts === 0 && this.second === undefined) pathAcknowledged(this.#paths);
		return heardOn(this.#paths, pair, this.#elapsed(), this.#random);
	}

	/** A PATH_RESPONSE with this token came. */
	answered(token: Buffer): void {
		pathAnswered(this.#paths, token, this.#elapsed());
	}

	/** A pair that was proven by other means. */
	offered(pair: PathPair): Challenges {
		return offerPath(this.#paths, pair, kindOf(pair), this.#elapsed(), this.#random);
	}

	/** Our interfaces have changed. */
	moved(): Challenges {
		return challengePaths(this.#paths, this.#elapsed(), this.#random);
	}

	/** What is due. `flows`: whether content came or went not long ago. */
	due(timeouts: number, flows: boolean): Challenges {
		const now = this.#elapsed();
		// Each timeout counts once: who answers challenges and acknowledges nothing is not asked again and again.
		const isNew = timeouts > this.#timeouts;
		this.#timeouts = timeouts;
		const suspected = isNew ? pathTimedOut(this.#paths, timeouts, now, this.#random) : [];
		if (suspected.length > 0) this.#suspectSince = now;
		return [...suspected, ...pathsDue(this.#paths, flows, now, this.#random)];
	}

	/** When `due` has something to do, ms. */
	deadline(flows: boolean): number {
		const due = pathsDeadline(this.#paths, flows);
		const isFresh = this.#paths.isSuspect && !this.isSuspect;
		return isFresh ? Math.min(due, this.#suspectSince + SUSPECT_MS) : due;
	}

	/** A socket of ours is closed. */
	forget(socket: number): void {
		forgetSocket(this.#paths, socket);
	}
}
