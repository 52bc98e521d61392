// The probes of one introduction at one side: when it asks at which address, what it answers, and which pair is proven.
//
// A client does not use this file but `Probing`, which holds the runs of all its introductions, their keys and their common rate.
// Here is the rule alone: (run, event, now) → {run, actions}. Times in ms of a clock that only runs forward.
import {Buffer} from 'node:buffer';
import {type Random} from '../../crypto/random.ts';
import {type Address, addressText, sameAddress} from '../../wire/address.ts';
import {PROBE_NONCE_SIZE, type Probe} from '../../wire/messages/probe.ts';
import {
	ANSWER_LIMIT,
	ANSWER_WINDOW_MS,
	ASK_LIMIT,
	ASK_PAUSES_MS,
	ASK_SPACING_MS,
	PROBE_ADDRESS_LIMIT,
	PROVEN_LIMIT,
	ROUND_MS,
	ROUND_SILENCE_MS,
	SECOND_START_MS,
	SOURCE_ANSWERS,
	UNLISTED_LIMIT,
} from './probe-limits.ts';

/** From a socket of this client, by the number that the client gave it, to an address of the other side. */
export type PathPair = {readonly socket: number; readonly address: Address};

/** A pair on which an ask was answered. `rtt` in ms; `observed` is where the other side saw the ask come from. */
export type ProvenPair = PathPair & {readonly rtt: number; readonly observed: Address};

/** A pair that is asked: so often in this round, last at `askedAt`, and again at `dueAt`. Listed: the server named the address. */
type AskedPair = PathPair & {
	readonly asks: number;
	readonly askedAt: number;
	readonly dueAt: number;
	readonly isListed: boolean;
};

type OpenAsk = PathPair & {readonly at: number};

export type ProbeRun = {
	/**
	 * first, second: the rounds; silent: between them; proven: a pair is there, nothing more is asked; failed: nor will be. Asks of the other
	 * side are answered in each of them.
	 */
	readonly phase: 'first' | 'silent' | 'second' | 'proven' | 'failed';
	/** When the phase ends; not at all for the last two. */
	readonly endsAt: number;
	/** At most PROBE_ADDRESS_LIMIT + UNLISTED_LIMIT. */
	readonly pairs: readonly AskedPair[];
	/** Asks of this round, at most ASK_LIMIT. */
	readonly asks: number;
	readonly askedAt: number;
	/** Nonce in hex → the ask, until it is answered: at most two rounds of them. */
	readonly open: ReadonlyMap<string, OpenAsk>;
	/** Nonces in hex that were answered: at most ANSWER_LIMIT. */
	readonly answered: ReadonlySet<string>;
	/** Source → times of the answers to it within ANSWER_WINDOW_MS: at most ANSWER_LIMIT in all. */
	readonly sources: ReadonlyMap<string, readonly number[]>;
	/** At most PROVEN_LIMIT, in the order in which they were proven. */
	readonly proven: readonly ProvenPair[];
	/** In the second round this side begins SECOND_START_MS after the other. */
	readonly isLate: boolean;
};

/** unanswered: the first round is over without a pair; failed: the second is, too. */
export type RunAction =
	| ({readonly kind: 'ask'; readonly nonce: Buffer} & PathPair)
	| ({readonly kind: 'answer'; readonly nonce: Buffer} & PathPair)
	| {readonly kind: 'proven'; readonly pair: ProvenPair}
	| {readonly kind: 'unanswered' | 'failed'};

/**
 * repeated: the ask was answered; limit: as many answers as an introduction gets; rate: as many as a source gets in a second; nonce: the
 * answer is to no open ask; source: to an ask that went elsewhere, or from another socket.
 */
export type RunDrop = 'repeated' | 'limit' | 'rate' | 'nonce' | 'source';

export type RunStep = {readonly run: ProbeRun; readonly actions: readonly RunAction[]; readonly drop?: RunDrop};

/**
 * A run that asks at these pairs, in this order. Those past PROBE_ADDRESS_LIMIT are left out. The introduction is `age` ms old: a side that
 * was told late ends the round with the other, so that both begin the next one together.
 */
export function startRun(pairs: readonly PathPair[], isLate: boolean, age: number, now: number): ProbeRun {
	return {
		phase: 'first',
		endsAt: now + ROUND_MS - age,
		pairs: askedFrom(pairs.slice(0, PROBE_ADDRESS_LIMIT), now),
		asks: 0,
		askedAt: Number.NEGATIVE_INFINITY,
		open: new Map(),
		answered: new Set(),
		sources: new Map(),
		proven: [],
		isLate,
	};
}

/** When `runDue` has something to do; Infinity when it has nothing any more. */
export function runDeadline(run: ProbeRun): number {
	return Math.min(run.endsAt, nextAskAt(run));
}

/** Does what is due: ends a phase, or sends one ask. Call it again while `runDeadline` is not past `now`. */
export function runDue(run: ProbeRun, now: number, random: Random): RunStep {
	if (now >= run.endsAt) return nextPhase(run);
	if (now < nextAskAt(run)) return {run, actions: []};
	const pair = soonest(run)!;
	const nonce = random(PROBE_NONCE_SIZE);
	const pause = ASK_PAUSES_MS[pair.asks] ?? Number.POSITIVE_INFINITY;
	const asked = {...pair, asks: pair.asks + 1, askedAt: now, dueAt: now + pause};
	const open = new Map(run.open).set(nonce.toString('hex'), {socket: pair.socket, address: pair.address, at: now});
	const pairs = run.pairs.map(each => (each === pair ? asked : each));
	return {
		run: {...run, pairs, open, asks: run.asks + 1, askedAt: now},
		actions: [{kind: 'ask', socket: pair.socket, address: pair.address, nonce}],
	};
}

/** Takes a PROBE of the other side, whose MAC has verified, that came to `socket` from `address`. */
export function runReceives(run: ProbeRun, probe: Probe, {socket, address}: PathPair, now: number): RunStep {
	return probe.kind === 'ask'
		? takeAsk(run, probe.nonce, {socket, address}, now)
		: takeAnswer(run, probe, {socket, address}, now);
}

/** An ask is answered to where it came from, and that address is asked too: a NAT may have given the other side a new one. */
function takeAsk(run: ProbeRun, nonce: Buffer, from: PathPair, now: number): RunStep {
	const key = nonce.toString('hex');
	if (run.answered.has(key)) return {run, actions: [], drop: 'repeated'};
	if (run.answered.size >= ANSWER_LIMIT) return {run, actions: [], drop: 'limit'};
	const source = addressText(from.address);
	const recent = (run.sources.get(source) ?? []).filter(time => now - time < ANSWER_WINDOW_MS);
	if (recent.length >= SOURCE_ANSWERS) return {run, actions: [], drop: 'rate'};
	const next = {
		...run,
		answered: new Set(run.answered).add(key),
		sources: new Map(run.sources).set(source, [...recent, now]),
		pairs: run.phase === 'proven' || run.phase === 'failed' ? run.pairs : heard(run.pairs, from, now),
	};
	return {run: next, actions: [{kind: 'answer', ...from, nonce: Buffer.from(nonce)}]};
}

/** Where an ask came from, an answer may come from: it is asked at once, or a moment after it was asked last. */
function heard(pairs: readonly AskedPair[], from: PathPair, now: number): readonly AskedPair[] {
	const known = pairs.find(pair => isSamePair(pair, from));
	if (known !== undefined) {
		const dueAt = Math.min(known.dueAt, Math.max(now, known.askedAt + ASK_PAUSES_MS[0]!));
		return pairs.map(pair => (pair === known ? {...known, dueAt} : pair));
	}

	if (pairs.filter(({isListed}) => !isListed).length >= UNLISTED_LIMIT) return pairs;
	return [{...from, asks: 0, askedAt: Number.NEGATIVE_INFINITY, dueAt: now, isListed: false}, ...pairs];
}

function takeAnswer(run: ProbeRun, probe: Probe & {kind: 'answer'}, from: PathPair, now: number): RunStep {
	const key = probe.nonce.toString('hex');
	const ask = run.open.get(key);
	if (ask === undefined) return {run, actions: [], drop: 'nonce'};
	if (!isSamePair(ask, from)) return {run, actions: [], drop: 'source'};
	const open = new Map(run.open);
	open.delete(key);
	return runProves({...run, open}, {...from, rtt: now - ask.at, observed: probe.observed});
}

/** A pair is proven: nothing more is asked. */
export function runProves(run: ProbeRun, pair: ProvenPair): RunStep {
	const quiet = {...run, phase: 'proven' as const, endsAt: Number.POSITIVE_INFINITY};
	const isKnown = run.proven.some(proven => isSamePair(proven, pair));
	if (isKnown || run.proven.length >= PROVEN_LIMIT) return {run: quiet, actions: []};
	return {run: {...quiet, proven: [...run.proven, pair]}, actions: [{kind: 'proven', pair}]};
}

/** Birthday probing takes the place of the second round: until `endsAt` only where an ask has come from is asked. */
export function runWaits(run: ProbeRun, endsAt: number): ProbeRun {
	const never = Number.POSITIVE_INFINITY;
	const useful = run.pairs.filter(({isListed, dueAt}) => isListed || dueAt < never);
	const pairs = useful.map(pair => (pair.isListed ? {...pair, dueAt: never} : pair));
	return {...run, phase: 'second', endsAt, pairs, asks: 0};
}

function nextPhase(run: ProbeRun): RunStep {
	const {phase, endsAt} = run;
	if (phase === 'first') {
		const silence = ROUND_SILENCE_MS + (run.isLate ? SECOND_START_MS : 0);
		return {run: {...run, phase: 'silent', endsAt: endsAt + silence}, actions: [{kind: 'unanswered'}]};
	}

	if (phase === 'silent') {
		const listed = run.pairs.filter(({isListed}) => isListed);
		return {
			run: {...run, phase: 'second', endsAt: endsAt + ROUND_MS, pairs: askedFrom(listed, endsAt), asks: 0},
			actions: [],
		};
	}

	return {run: {...run, phase: 'failed', endsAt: Number.POSITIVE_INFINITY}, actions: [{kind: 'failed'}]};
}

function askedFrom(pairs: readonly PathPair[], now: number): readonly AskedPair[] {
	return pairs.map(({socket, address}) => ({
		socket,
		address,
		asks: 0,
		askedAt: Number.NEGATIVE_INFINITY,
		dueAt: now,
		isListed: true,
	}));
}

function nextAskAt(run: ProbeRun): number {
	const {phase, asks, askedAt} = run;
	if (phase === 'proven' || phase === 'failed' || asks >= ASK_LIMIT) return Number.POSITIVE_INFINITY;
	const pair = soonest(run);
	return pair === undefined ? Number.POSITIVE_INFINITY : Math.max(pair.dueAt, askedAt + ASK_SPACING_MS);
}

/** The pair that is due first; of two, the one that stands first. */
function soonest({pairs}: ProbeRun): AskedPair | undefined {
	let first: AskedPair | undefined;
	for (const pair of pairs) {
		if (first === undefined || pair.dueAt < first.dueAt) first = pair;
	}

	return first;
}

export function isSamePair(a: PathPair, b: PathPair): boolean {
	return a.socket === b.socket && sameAddress(a.address, b.address);
}
