// The paths of one session, with its clock and chance: each call gives the challenges that are to go out.
import {type Buffer} from 'node:buffer';
import {type Random} from '../crypto/random.ts';
import {type PathPair} from '../protocol/path/probe-run.ts';
import {type OwnPlace, dueTold, nothingTold, takeTold} from '../protocol/path/told-addresses.ts';
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
	pathUnanswered,
	pathsDeadline,
	pathsDue,
	secondPath,
} from '../protocol/path/session-paths.ts';
import {OWN_SOCKET} from './network/socket-set.ts';

/** For the answer to the challenges that go out when a path becomes suspect, ms. */
const SUSPECT_MS = 400;

/**
 * How it stands with acknowledgements: probe timeouts in a row without one; when the path is in question if none comes, undefined while
 * nothing is outstanding.
 */
export type Answers = {readonly timeouts: number; readonly unansweredAt: number | undefined};

/**
 * none: what goes out is acknowledged; asked: nothing has been for too long, and the paths are challenged; suspect: no challenge was answered
 * either, so that it is hardly the other end alone that is busy.
 */
export type PathDoubt = 'none' | 'asked' | 'suspect';

type Challenges = readonly PathChallenge[];

export class TransportPaths {
	readonly #paths: SessionPaths;
	readonly #random: Random;
	readonly #elapsed: () => number;
	/** How it stood last with answers, and when the path became suspect. */
	#answers: Answers = {timeouts: 0, unansweredAt: undefined};
	#suspectSince = 0;
	readonly #told = nothingTold();

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

	/** Whether the way to the peer may be closed. */
	get doubt(): PathDoubt {
		if (!this.#paths.isSuspect) return 'none';
		return this.#elapsed() - this.#suspectSince < SUSPECT_MS ? 'asked' : 'suspect';
	}

	/** Of ours, on which the session sends or may send. */
	get sockets(): readonly number[] {
		const {current, others, offers, former} = this.#paths;
		return [current, ...others, ...offers.map(({to}) => to), ...(former ? [former.path] : [])].map(
			({socket}) => socket,
		);
	}

	/** An authentic datagram came on this pair. */
	heard(pair: PathPair, {timeouts, unansweredAt = Number.POSITIVE_INFINITY}: Answers): Challenges {
		const now = this.#elapsed();
		// With no second path, what is acknowledged has gone on this one alone.
		if (timeouts === 0 && now < unansweredAt && this.second === undefined) pathAcknowledged(this.#paths);
		return heardOn(this.#paths, pair, now, this.#random);
	}

	/** A PATH_RESPONSE with this token came. */
	answered(token: Buffer): void {
		pathAnswered(this.#paths, token, this.#elapsed());
	}

	/** A pair that was proven by other means. */
	offered(pair: PathPair): Challenges {
		return offerPath(this.#paths, pair, kindOf(pair), this.#elapsed(), this.#random);
	}

	/** The peer says where it is in its own network; why that is not taken. */
	told(message: Buffer): ReturnType<typeof takeTold> {
		return takeTold(this.#told, message, this.#elapsed());
	}

	/** We are here, or undefined for a peer that is not to be met in our own network. */
	place(own: OwnPlace | undefined): Challenges {
		const now = this.#elapsed();
		const due = dueTold(this.#told, this.#paths, own, now);
		if (due === 'ask') return challengePaths(this.#paths, now, this.#random);
		return due.flatMap(address => this.offered({socket: OWN_SOCKET, address}));
	}

	/** Our interfaces have changed. */
	moved(): Challenges {
		this.#told.moves++;
		return challengePaths(this.#paths, this.#elapsed(), this.#random);
	}

	/** What is due. `flows`: whether content came or went not long ago. */
	due(answers: Answers, flows: boolean): Challenges {
		const now = this.#elapsed();
		const {timeouts, unansweredAt = Number.POSITIVE_INFINITY} = answers;
		// Each timeout, and each time without an answer, counts once: who answers challenges and acknowledges nothing is not asked for ever.
		const before = this.#answers;
		// What is not past yet counts later.
		this.#answers = {timeouts, unansweredAt: now >= unansweredAt ? unansweredAt : undefined};
		const isUnanswered = now >= unansweredAt && unansweredAt !== before.unansweredAt;
		const suspected = [
			...(timeouts > before.timeouts ? pathTimedOut(this.#paths, timeouts, now, this.#random) : []),
			...(isUnanswered ? pathUnanswered(this.#paths, now, this.#random) : []),
		];
		if (suspected.length > 0) this.#suspectSince = now;
		return [...suspected, ...pathsDue(this.#paths, flows, now, this.#random)];
	}

	/** When `due` has something to do, ms. */
	deadline({unansweredAt}: Answers, flows: boolean): number {
		const isNew = unansweredAt !== undefined && unansweredAt !== this.#answers.unansweredAt && !this.#paths.isSuspect;
		const due = Math.min(pathsDeadline(this.#paths, flows), isNew ? unansweredAt : Number.POSITIVE_INFINITY);
		return this.doubt === 'asked' ? Math.min(due, this.#suspectSince + SUSPECT_MS) : due;
	}

	/** A socket of ours is closed. */
	forget(socket: number): void {
		forgetSocket(this.#paths, socket);
	}
}
