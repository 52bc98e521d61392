// The paths of one session: where its data goes, where else it could go, and what has to be proven before it moves.
//
// How a client uses it. Each returned challenge goes out in a MSG of its own to its pair, as PATH_CHALLENGE; nothing else may go to a pair that is
// not `current` or, while suspect, `secondPath`.
//
//   createPaths(pair)             at the start: the pair that RESP or FIN came on
//   heardOn(…)                    an authentic datagram came on this pair
//   offerPath(…)                  a PROBE of a new introduction, or a CALL, has proven this pair
//   pathAnswered(…)               PATH_RESPONSE with this token came, wherever from
//   pathTimedOut(…)               so many probe timeouts without an answer
//   pathUnanswered(…)             no answer for as long as some of them take, with so much going out that they do not come
//   pathAcknowledged(…)           something that went on the current path alone was acknowledged
//   challengePaths(…)             our interfaces have changed
//   pathsDue(…), pathsDeadline    challenges that are due: again, or each minute while content flows
//
// A pair that was merely heard takes over only when the one before no longer answers: somebody who copies datagrams and is faster than the
// peer must not carry the session (RFC 9000 §9.3.3). One that was offered takes over when it is better. The state is changed in place.
import {type Buffer} from 'node:buffer';
import {equal} from '../../crypto/bytes.ts';
import {type Random} from '../../crypto/random.ts';
import {scopeOf} from '../../wire/address.ts';
import {PATH_TOKEN_SIZE} from '../../wire/messages/msg.ts';
import {
	CHALLENGE_EVERY_MS,
	FASTER_BY,
	FASTER_BY_MS,
	FASTER_RUN,
	MEASURE_EVERY_MS,
	OFFER_LIMIT,
	OFFER_TRIES,
	PASSED_OVER_MS,
	PATH_LIMIT,
	SUSPECT_TIMEOUTS,
} from './path-limits.ts';
import {type PathPair, isSamePair} from './probe-run.ts';

/** Best first: in one's own network, over the internet, through a contact of both. */
export type PathKind = 'local' | 'direct' | 'relayed';
const RANK: Readonly<Record<PathKind, number>> = {local: 0, direct: 1, relayed: 2};

/** A pair on which a challenge has come back, or which the handshake took. `rtt` in ms, of its last challenge. */
export type SessionPath = PathPair & {
	readonly kind: PathKind;
	readonly rtt: number | undefined;
	/** Challenges running in which it was faster than the current one. */
	readonly faster: number;
};

/** A PATH_CHALLENGE, and where to. */
export type PathChallenge = {readonly to: PathPair; readonly token: Buffer};

type OpenChallenge = PathChallenge & {readonly at: number};
type Offer = OpenChallenge & {readonly kind: PathKind; readonly tries: number};

export type SessionPaths = {
	/** Where the session sends to. */
	current: SessionPath;
	/** Other proven ones, the best first: at most PATH_LIMIT − 1. */
	others: readonly SessionPath[];
	/** The last pair of challenges for a pair that was heard, until one of them is answered. */
	heard: {readonly other: OpenChallenge; readonly own: OpenChallenge} | undefined;
	/** When a pair that was heard was last challenged, whichever it was: its answer makes no room for the next one. */
	heardAt: number;
	/** The path before the last move to a pair that was heard: back to it as soon as it answers. */
	former: {readonly path: SessionPath; readonly token: Buffer} | undefined;
	passedOver: {readonly pair: PathPair; readonly until: number} | undefined;
	/** Open challenges of proven paths, the newest of each: at most PATH_LIMIT. */
	measured: readonly OpenChallenge[];
	measuredAt: number;
	/** Offered pairs whose challenge is not answered yet: at most OFFER_LIMIT. */
	offers: readonly Offer[];
	/** Too many probe timeouts: what goes out goes on the second path too. */
	isSuspect: boolean;
};

export function createPaths(pair: PathPair, now: number): SessionPaths {
	return {
		current: {...pair, kind: kindOf(pair), rtt: undefined, faster: 0},
		others: [],
		heard: undefined,
		heardAt: Number.NEGATIVE_INFINITY,
		former: undefined,
		passedOver: undefined,
		measured: [],
		measuredAt: now,
		offers: [],
		isSuspect: false,
	};
}

/** Local or direct, by the address alone. */
export function kindOf({address}: PathPair): PathKind {
	return scopeOf(address.host) === 'public' ? 'direct' : 'local';
}

/** An authentic datagram came on this pair: the challenges to send, to it and to the current one. */
export function heardOn(paths: SessionPaths, pair: PathPair, now: number, random: Random): readonly PathChallenge[] {
	const {current, heardAt, passedOver} = paths;
	if (isSamePair(pair, current)) return [];
	if (now - heardAt < CHALLENGE_EVERY_MS) return [];
	if (passedOver !== undefined && now < passedOver.until && isSamePair(pair, passedOver.pair)) return [];
	if (!mayChallenge(paths, pair, now)) return [];
	const [own, other] = [challenge(current, now, random), challenge(pair, now, random)];
	paths.heard = {own, other};
	paths.heardAt = now;
	return [own, other];
}

/** A pair that was proven by other means than this session's: it is challenged, and taken when it answers. */
export function offerPath(
	paths: SessionPaths,
	pair: PathPair,
	kind: PathKind,
	now: number,
	random: Random,
): readonly PathChallenge[] {
	const isKnown = [paths.current, ...paths.others, ...paths.offers.map(({to}) => to)].some(each =>
		isSamePair(each, pair),
	);
	if (isKnown || paths.offers.length >= OFFER_LIMIT) return [];
	const isAtOnce = mayChallenge(paths, pair, now);
	const offer = {...challenge(pair, now, random), kind, tries: isAtOnce ? 1 : 0};
	paths.offers = [...paths.offers, offer];
	return isAtOnce ? [offer] : [];
}

/** PATH_RESPONSE with this token has come: whether the session now sends elsewhere. */
export function pathAnswered(paths: SessionPaths, token: Buffer, now: number): boolean {
	const before = paths.current;
	const isMine = (open: PathChallenge) => equal(open.token, token);
	const {heard, former} = paths;
	const offer = paths.offers.find(open => isMine(open));
	const measured = paths.measured.find(open => isMine(open));
	if (heard !== undefined && isMine(heard.own)) {
		paths.heard = undefined;
		paths.passedOver = {pair: heard.other.to, until: now + PASSED_OVER_MS};
	} else if (heard !== undefined && isMine(heard.other)) {
		followHeard(paths, heard.own, heard.other, now);
	} else if (former !== undefined && equal(former.token, token)) {
		paths.passedOver = {pair: paths.current, until: now + PASSED_OVER_MS};
		paths.others = paths.others.filter(path => !isSamePair(path, former.path));
		paths.current = former.path;
		paths.former = undefined;
	} else if (offer !== undefined) {
		paths.offers = paths.offers.filter(each => each !== offer);
		takePath(paths, {...offer.to, kind: offer.kind, rtt: now - offer.at, faster: 0});
	} else if (measured !== undefined) {
		paths.measured = paths.measured.filter(each => each !== measured);
		takeMeasure(paths, measured.to, now - measured.at);
	}

	return !isSamePair(before, paths.current);
}

/** `count` probe timeouts have passed without an answer: from the third on the other paths are asked whether they still lead there. */
export function pathTimedOut(
	paths: SessionPaths,
	count: number,
	now: number,
	random: Random,
): readonly PathChallenge[] {
	return count < SUSPECT_TIMEOUTS ? [] : pathUnanswered(paths, now, random);
}

/** Nothing has been acknowledged for too long: the other paths are asked, too, whether they still lead there. */
export function pathUnanswered(paths: SessionPaths, now: number, random: Random): readonly PathChallenge[] {
	if (paths.isSuspect) return [];
	paths.isSuspect = true;
	return challengePaths(paths, now, random);
}

/** Something that went on the current path alone has arrived. */
export function pathAcknowledged(paths: SessionPaths): void {
	paths.isSuspect = false;
}

/** Where each new datagram goes as well, while the current path is suspect. */
export function secondPath({isSuspect, others}: SessionPaths): SessionPath | undefined {
	return isSuspect ? others[0] : undefined;
}

/** Challenges for all proven paths, the current one first. Those that were open are forgotten. */
export function challengePaths(paths: SessionPaths, now: number, random: Random): readonly PathChallenge[] {
	paths.measured = [paths.current, ...paths.others].map(path => challenge(path, now, random));
	paths.measuredAt = now;
	return paths.measured;
}

/**
 * What is due: an offered pair once more; all paths each second while the current one is suspect, and otherwise each minute while content
 * `flows` and there is more than one.
 */
export function pathsDue(paths: SessionPaths, flows: boolean, now: number, random: Random): readonly PathChallenge[] {
	const again: Offer[] = [];
	const waiting: Offer[] = [];
	for (const offer of paths.offers) {
		if (!mayChallenge(paths, offer.to, now)) waiting.push(offer);
		else if (offer.tries < OFFER_TRIES)
			again.push({...offer, ...challenge(offer.to, now, random), tries: offer.tries + 1});
	}

	paths.offers = [...waiting, ...again];
	return now >= measureAt(paths, flows) ? [...again, ...challengePaths(paths, now, random)] : again;
}

/** When `pathsDue` has something to do, ms; Infinity while it has nothing. */
export function pathsDeadline(paths: SessionPaths, flows: boolean): number {
	return Math.min(measureAt(paths, flows), ...paths.offers.map(({at}) => at + CHALLENGE_EVERY_MS));
}

function measureAt({isSuspect, others, measuredAt}: SessionPaths, flows: boolean): number {
	if (isSuspect) return measuredAt + CHALLENGE_EVERY_MS;
	return flows && others.length > 0 ? measuredAt + MEASURE_EVERY_MS : Number.POSITIVE_INFINITY;
}

/** A socket of ours is gone, and what was on it. The current path stays when there is no other. */
export function forgetSocket(paths: SessionPaths, socket: number): void {
	paths.others = paths.others.filter(path => path.socket !== socket);
	paths.offers = paths.offers.filter(({to}) => to.socket !== socket);
	paths.measured = paths.measured.filter(({to}) => to.socket !== socket);
	if (paths.former?.path.socket === socket) paths.former = undefined;
	const [best] = paths.others;
	if (paths.current.socket !== socket || best === undefined) return;
	paths.current = best;
	paths.others = paths.others.slice(1);
}

/** Whether a pair that is not proven has had no challenge within the last second. */
function mayChallenge({heard, offers}: SessionPaths, pair: PathPair, now: number): boolean {
	const open = heard === undefined ? offers : [heard.other, ...offers];
	return !open.some(({to, at}) => isSamePair(to, pair) && now - at < CHALLENGE_EVERY_MS);
}

/** The pair that was heard has answered before the current one: the session follows, and remembers where it was. */
function followHeard(paths: SessionPaths, own: OpenChallenge, {to: pair, at}: OpenChallenge, now: number): void {
	const known = paths.others.find(path => isSamePair(path, pair));
	const kept = paths.others.filter(path => path !== known);
	paths.heard = undefined;
	paths.former = {path: paths.current, token: own.token};
	paths.others = sorted([paths.current, ...kept]);
	paths.current = {...(known ?? {...pair, kind: kindOf(pair), faster: 0}), rtt: now - at};
	paths.isSuspect = false;
}

/** A path that was offered has answered: it is one of ours, and the current one when it is of a better kind or that one is suspect. */
function takePath(paths: SessionPaths, path: SessionPath): void {
	paths.others = sorted([path, ...paths.others.filter(each => !isSamePair(each, path))]);
	if (paths.isSuspect || RANK[path.kind] < RANK[paths.current.kind]) moveTo(paths, path);
}

/** A proven path has answered. While the current one is suspect, the first other that does takes over. */
function takeMeasure(paths: SessionPaths, pair: PathPair, rtt: number): void {
	if (isSamePair(pair, paths.current)) {
		paths.current = {...paths.current, rtt};
		paths.isSuspect = false;
		return;
	}

	const path = paths.others.find(each => isSamePair(each, pair));
	if (path === undefined) return;
	const {rtt: usual, kind} = paths.current;
	const isFaster = usual !== undefined && rtt <= usual * FASTER_BY && rtt <= usual - FASTER_BY_MS;
	const next = {...path, rtt, faster: isFaster ? path.faster + 1 : 0};
	paths.others = sorted([next, ...paths.others.filter(each => each !== path)]);
	const takesOver = next.faster >= FASTER_RUN && path.kind === kind;
	if (paths.isSuspect || takesOver || RANK[path.kind] < RANK[kind]) moveTo(paths, next);
}

function moveTo(paths: SessionPaths, path: SessionPath): void {
	paths.others = sorted([{...paths.current, faster: 0}, ...paths.others.filter(each => !isSamePair(each, path))]);
	paths.current = {...path, faster: 0};
	paths.former = undefined;
	paths.isSuspect = false;
}

/** The best of them, as many as a session keeps beside its current one. */
function sorted(paths: readonly SessionPath[]): readonly SessionPath[] {
	const slowest = Number.POSITIVE_INFINITY;
	const better = (a: SessionPath, b: SessionPath) =>
		RANK[a.kind] - RANK[b.kind] || Math.sign((a.rtt ?? slowest) - (b.rtt ?? slowest)) || 0;
	return paths.toSorted(better).slice(0, PATH_LIMIT - 1);
}

function challenge({socket, address}: PathPair, now: number, random: Random): OpenChallenge {
	return {to: {socket, address}, token: random(PATH_TOKEN_SIZE), at: now};
}
