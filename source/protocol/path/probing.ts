// All probes of a client: the table of its introductions by their tags, their keys, and what they may send together.
//
// How a client uses it. One object a client, which knows no socket: it returns what to do.
//
//   const probing = new Probing(random);
//   begin(introduced, now)               INTRODUCTION and WAYS came (initiator), or CALLED and its ticket opened (responder, who drops
//                                        blocked names before): returns the introduction's id, or why not
//   receive(datagram, from, socket, now) a datagram of type PROBE came: do the actions
//   run(now)                             do the actions; call it at `deadline()`, one timer for all, set anew after each call
//   mayBirthday(id, now), birthday(…)    after `unmet`, when birthdaySide (mapping.ts) names our side, the contact is accepted, and a message
//                                        waits or its CALLED came: opens, for the side of many sockets, all of them between the two
//   isProven(pair, now)                  INIT came from there: no COOKIE is needed
//   forget(id), close()                  a session stands; the directory session ends: keys are wiped
//
// Actions: `send` the datagram; `proven`, a pair for INIT, or to offer to a session that stands (session-paths.ts); `unmet`, 1 s without a
// pair: birthday probing may begin beside the rest of the round; `unanswered`, 4 s without one; `failed`: say why (no-way.ts); `release`:
// close these sockets of birthday probing. The initiator sends INIT to the first public address as well, right behind the first `send` to
// it, so that an open or older peer costs no round trip more.
import {type Buffer} from 'node:buffer';
import {type Random} from '../../crypto/random.ts';
import {type Address} from '../../wire/address.ts';
import {fullBucket, take, untilToken} from '../token-bucket.ts';
import {pairsFor, seenIpv4} from './asked-pairs.ts';
import {type Birthday, birthdayAnswer, birthdayAsk, hasSocket, spentSockets, startBirthday} from './birthday.ts';
import {type NameTimes, countName, overRate} from './name-rates.ts';
import {
	type ProbeKeys,
	type ProbeRefusal,
	type ProbeRole,
	createAnswer,
	createAsk,
	deriveProbeKeys,
	openProbe,
	wipeProbeKeys,
} from './probe-keys.ts';
import {
	BIRTHDAYS_OF_ALL,
	BIRTHDAY_AFTER_MS,
	BIRTHDAY_EVERY_MS,
	BIRTHDAY_MS,
	CALLED_OF_ALL,
	CALLED_OF_ONE,
	CALLED_WINDOW_MS,
	LATE_LIMIT_MS,
	PROBES_A_SECOND,
	PROBE_BURST,
	PROBE_LIFE_MS,
	PROBE_TAG_LIMIT,
} from './probe-limits.ts';
import {
	type PathPair,
	type ProbeRun,
	type ProvenPair,
	type RunAction,
	type RunDrop,
	isSamePair,
	runDeadline,
	runDue,
	runProves,
	runReceives,
	runWaits,
	startRun,
} from './probe-run.ts';
import {type Reach, type Standpoint, isReachable, reachOf} from './reachable.ts';

const RATE = {burst: PROBE_BURST, perSecond: PROBES_A_SECOND};
const CALLED_RATE = {ofOne: CALLED_OF_ONE, ofAll: CALLED_OF_ALL, window: CALLED_WINDOW_MS};
const BIRTHDAY_RATE = {ofOne: 1, ofAll: BIRTHDAYS_OF_ALL, window: BIRTHDAY_EVERY_MS};

/** Somebody to probe. `key` is Kc1c2, which stays the caller's; `addresses` are in the server's order. */
export type IntroducedPeer = {
	readonly role: ProbeRole;
	readonly name: string;
	readonly key: Buffer;
	readonly ticket: Buffer;
	readonly addresses: readonly Address[];
	readonly standpoint: Standpoint;
	/** How long ago the server introduced the two, ms: server time less the time in INTRODUCTION or CALLED. At most LATE_LIMIT_MS counts. */
	readonly age: number;
	/** The socket that sends to this address; undefined where we have none of its family. */
	readonly socketFor: (address: Address) => number | undefined;
};

/**
 * rate-one, rate-all: more CALLED, of this name or of all, than are acted on; full: as many introductions as are probed at once; tag: another
 * introduction has it; target: no address that we send to.
 */
export type BeginDrop = 'rate-one' | 'rate-all' | 'full' | 'tag' | 'target';

/** bucket: more probes than the client's rate; target: from an address that we send nothing to. */
export type ProbeDrop = ProbeRefusal | RunDrop | 'bucket' | 'target';

/**
 * gone: no such introduction, or it has a pair; busy: another one has birthday probing; again: too soon for this contact, or for all; target: it
 * has no public IPv4 address.
 */
export type BirthdayDrop = 'gone' | 'busy' | 'again' | 'target';

/** Which side we are, and with which of our sockets. */
export type BirthdaySockets =
	| {readonly kind: 'many-sockets'; readonly sockets: readonly number[]}
	| {readonly kind: 'many-ports'; readonly socket: number};

/** Whom an action is about. `id` is the tag in hex. */
export type IntroductionId = {readonly id: string; readonly name: string; readonly role: ProbeRole};

type Datagram = {readonly socket: number; readonly to: Address; readonly datagram: Buffer};

export type ProbingAction =
	| (Datagram & IntroductionId & {readonly kind: 'send'; readonly isAsk: boolean})
	| ({readonly kind: 'proven'; readonly pair: ProvenPair} & IntroductionId)
	| ({readonly kind: 'unmet' | 'unanswered' | 'failed'} & IntroductionId)
	| {readonly kind: 'release'; readonly sockets: readonly number[]};

type Entry = IntroductionId & {
	readonly keys: ProbeKeys;
	readonly reach: Reach;
	readonly endsAt: number;
	run: ProbeRun;
	/** When `unmet` is said; Infinity once it is. */
	unmetAt: number;
	birthday?: Birthday;
	/** Birthday probing has begun, and lasts until then: there is no second round. */
	waitsUntil?: number;
	/** The socket of birthday probing at which the other side was heard: kept while a pair on it may be proven. */
	heardAt?: number;
};

export class Probing {
	/** By id; at most PROBE_TAG_LIMIT, each for PROBE_LIFE_MS. */
	readonly #entries = new Map<string, Entry>();
	readonly #random: Random;
	/** CALLED that were acted on, and birthday probing that began, within their windows. */
	#called: NameTimes = [];
	#birthdays: NameTimes = [];
	/** Sockets that the next actions release. */
	#spent: readonly number[] = [];
	readonly #tokens = fullBucket(RATE, 0);
	/** How many datagrams were dropped, by reason. */
	readonly drops: Partial<Record<ProbeDrop, number>> = {};

	constructor(random: Random) {
		this.#random = random;
	}

	/** Starts to probe. Another introduction of the same name in the same role is over. */
	begin(introduced: IntroducedPeer, now: number): {readonly id: string} | {readonly drop: BeginDrop} {
		this.#expire(now);
		const {role, name, addresses} = introduced;
		if (role === 'responder') {
			const over = overRate(this.#called, CALLED_RATE, name, now);
			if (over !== undefined) return {drop: `rate-${over}`};
			this.#called = countName(this.#called, CALLED_RATE, name, now);
		}

		const reach = reachOf(addresses, introduced.standpoint);
		const pairs = pairsFor(introduced, reach);
		if (pairs.length === 0) return {drop: 'target'};
		for (const entry of this.#entries.values()) {
			if (entry.name === name && entry.role === role) this.forget(entry.id);
		}

		if (this.#entries.size >= PROBE_TAG_LIMIT) return {drop: 'full'};
		const keys = deriveProbeKeys(introduced.key, introduced.ticket, role);
		const id = keys.tag.toString('hex');
		if (this.#entries.has(id)) {
			wipeProbeKeys(keys);
			return {drop: 'tag'};
		}

		// Which side is late in the second round changes with the tag: a router that takes no early datagram is at one side alone.
		const isLate = ((keys.tag[0]! & 1) === 0) === (role === 'responder');
		const age = Math.min(Math.max(0, introduced.age), LATE_LIMIT_MS);
		const run = startRun(pairs, isLate, age, now);
		const unmetAt = now + BIRTHDAY_AFTER_MS - age;
		this.#entries.set(id, {id, name, role, keys, reach, endsAt: now + PROBE_LIFE_MS, run, unmetAt});
		return {id};
	}

	/** A datagram of type PROBE. What is not of one of the introductions is dropped in silence, and counted. */
	receive(datagram: Buffer, from: Address, socket: number, now: number): readonly ProbingAction[] {
		this.#expire(now);
		const opened = openProbe(datagram, tag => this.#entries.get(tag.toString('hex')));
		if ('drop' in opened) return this.#drop(opened.drop);
		const {probe, of: entry} = opened;
		const pair = {socket, address: from};
		if (!isReachable(from.host, entry.reach)) return this.#drop('target');
		const met =
			entry.birthday && probe.kind === 'answer' ? birthdayAnswer(entry.birthday, probe, pair, now) : undefined;
		const {run, actions, drop} = met ? runProves(entry.run, met) : runReceives(entry.run, probe, pair, now);
		if (drop !== undefined) return this.#drop(drop);
		if (probe.kind === 'ask' && !this.#mayProbe(now)) return this.#drop('bucket');
		entry.run = run;
		if (entry.birthday && hasSocket(entry.birthday, socket)) this.#keepOne(entry, socket);
		if (run.phase === 'proven') this.#endBirthday(entry);
		return [...actions.map(action => actionOf(entry, action)), ...this.#released()];
	}

	/** Why birthday probing may not begin for this introduction; undefined when it may. */
	mayBirthday(id: string, now: number): BirthdayDrop | undefined {
		const entry = this.#entries.get(id);
		if (entry === undefined || entry.run.proven.length > 0 || entry.endsAt < now + BIRTHDAY_MS) return 'gone';
		if ([...this.#entries.values()].some(({birthday}) => birthday !== undefined)) return 'busy';
		if (overRate(this.#birthdays, BIRTHDAY_RATE, entry.name, now) !== undefined) return 'again';
		return seenIn(entry) === undefined ? 'target' : undefined;
	}

	/** Begins it, in place of the second round. The sockets are the machine's until a `release` names them, or a `proven` one of them. */
	birthday(id: string, sockets: BirthdaySockets, now: number): BirthdayDrop | undefined {
		const drop = this.mayBirthday(id, now);
		if (drop !== undefined) return drop;
		const entry = this.#entries.get(id)!;
		const address = seenIn(entry)!;
		const plan = sockets.kind === 'many-sockets' ? {...sockets, address} : {...sockets, host: address.host};
		this.#birthdays = countName(this.#birthdays, BIRTHDAY_RATE, entry.name, now);
		entry.birthday = startBirthday(plan, now);
		entry.waitsUntil = entry.birthday.endsAt;
		// The first round goes on: it may still find a way in IPv6, or where the way is long.
		if (entry.run.phase !== 'first') entry.run = runWaits(entry.run, entry.waitsUntil);
		return undefined;
	}

	/** When `run` is due, ms; Infinity while there is nothing to do. */
	deadline(now: number): number {
		if (this.#spent.length > 0) return now;
		let due = Number.POSITIVE_INFINITY;
		let birthdayAt = Number.POSITIVE_INFINITY;
		for (const {run, endsAt, birthday, unmetAt} of this.#entries.values()) {
			due = Math.min(due, endsAt, runDeadline(run));
			birthdayAt = Math.min(birthdayAt, unmetAt, birthday?.dueAt ?? Number.POSITIVE_INFINITY);
		}

		const probeAt = due === Number.POSITIVE_INFINITY ? due : Math.max(due, now + untilToken(this.#tokens, RATE, now));
		return Math.min(probeAt, birthdayAt);
	}

	/** Asks and ends what is due. */
	run(now: number): readonly ProbingAction[] {
		this.#expire(now);
		const actions: ProbingAction[] = [];
		for (const entry of this.#entries.values()) {
			const ask = entry.birthday && birthdayAsk(entry.birthday, now, this.#random);
			if (ask) actions.push(actionOf(entry, {kind: 'ask', ...ask}));
			while (runDeadline(entry.run) <= now) {
				const step = runDue(entry.run, now, this.#random);
				if (step.actions.some(({kind}) => kind === 'ask') && !this.#mayProbe(now)) break;
				const isWaiting = step.run.phase === 'silent' && entry.waitsUntil !== undefined;
				entry.run = isWaiting ? runWaits(step.run, entry.waitsUntil!) : step.run;
				actions.push(...step.actions.map(action => actionOf(entry, action)));
			}

			if (entry.unmetAt <= now) {
				entry.unmetAt = Number.POSITIVE_INFINITY;
				if (entry.run.proven.length === 0) actions.push({kind: 'unmet', ...identified(entry)});
			}

			if (entry.run.phase === 'failed') this.#endBirthday(entry);
		}

		return [...actions, ...this.#released()];
	}

	/** Whether this side has had an answer on this pair: whoever sends from there receives there. */
	isProven(pair: PathPair, now: number): boolean {
		this.#expire(now);
		return [...this.#entries.values()].some(({run}) => run.proven.some(proven => isSamePair(proven, pair)));
	}

	/** Ends one introduction, and wipes its keys. */
	forget(id: string): void {
		const entry = this.#entries.get(id);
		if (entry === undefined) return;
		this.#endBirthday(entry);
		wipeProbeKeys(entry.keys);
		this.#entries.delete(id);
	}

	/** Ends all of them. */
	close(): void {
		for (const id of this.#entries.keys()) this.forget(id);
	}

	/** The other side was heard at this socket: the others are of no use any more. */
	#keepOne(entry: Entry, socket: number): void {
		this.#spent = [...this.#spent, ...spentSockets(entry.birthday!, socket)];
		delete entry.birthday;
		entry.heardAt = socket;
	}

	/** Releases all sockets of birthday probing that no proven pair is on. */
	#endBirthday(entry: Entry): void {
		const sockets = entry.birthday === undefined ? [entry.heardAt] : spentSockets(entry.birthday);
		const isFree = (socket: number | undefined) =>
			socket !== undefined && !entry.run.proven.some(pair => pair.socket === socket);
		this.#spent = [...this.#spent, ...sockets.filter(socket => isFree(socket)).map(Number)];
		delete entry.birthday;
		delete entry.heardAt;
	}

	#released(): readonly ProbingAction[] {
		const sockets = this.#spent;
		this.#spent = [];
		return sockets.length === 0 ? [] : [{kind: 'release', sockets}];
	}

	#expire(now: number): void {
		for (const {id, endsAt} of this.#entries.values()) {
			if (now >= endsAt) this.forget(id);
		}
	}

	#mayProbe(now: number): boolean {
		return take(this.#tokens, RATE, now) === 0;
	}

	#drop(reason: ProbeDrop): readonly ProbingAction[] {
		this.drops[reason] = (this.drops[reason] ?? 0) + 1;
		return [];
	}
}

/** Where the other side is seen in IPv4, for birthday probing. */
function seenIn({run}: Entry): Address | undefined {
	return seenIpv4(run.pairs.filter(({isListed}) => isListed).map(({address}) => address));
}

function identified({id, name, role}: Entry): IntroductionId {
	return {id, name, role};
}

function actionOf(entry: Entry, action: RunAction): ProbingAction {
	const {keys} = entry;
	const which = identified(entry);
	switch (action.kind) {
		case 'ask':
		case 'answer': {
			const {socket, address: to, nonce} = action;
			const datagram = action.kind === 'ask' ? createAsk(keys, nonce) : createAnswer(keys, nonce, to);
			return {kind: 'send', socket, to, datagram, isAsk: action.kind === 'ask', ...which};
		}

		case 'proven': {
			return {kind: 'proven', pair: action.pair, ...which};
		}

		default: {
			return {kind: action.kind, ...which};
		}
	}
}
