// All probes of a client: the table of its introductions by their tags, their keys, and what they may send together.
//
// How a client uses it. One object a client, which knows no socket: it returns what to do.
//
//   const probing = new Probing(random);
//   begin(introduced, now)               INTRODUCTION and WAYS came (initiator), or CALLED and its ticket opened (responder, who drops
//                                        blocked names before): returns the introduction's id, or why not
//   receive(datagram, from, socket, now) a datagram of type PROBE came: do the actions
//   run(now)                             do the actions; call it at `deadline()`, one timer for all, set anew after each call
//   isProven(pair, now)                  INIT came from there: no COOKIE is needed
//   forget(id), close()                  a session stands; the directory session ends: keys are wiped
//
// Actions: `send` the datagram; `proven`, a pair for INIT, or for a PATH_CHALLENGE of a session that stands; `unanswered`, 4 s without a
// pair: birthday probing may begin (birthday.ts); `failed`: say why (no-way.ts). The initiator sends INIT to the first address as well,
// right behind the first `send`, so that an open or older peer costs no round trip more.
import {type Buffer} from 'node:buffer';
import {type Random} from '../../crypto/random.ts';
import {type Address, sameAddress} from '../../wire/address.ts';
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
	CALLED_OF_ALL,
	CALLED_OF_ONE,
	CALLED_WINDOW_MS,
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
	runReceives,
	startRun,
} from './probe-run.ts';
import {type Reach, type Standpoint, isReachable, reachOf} from './reachable.ts';
import {type TokenBucket, fullTokens, takeToken, tokenAt} from './token-bucket.ts';

const RATE = {burst: PROBE_BURST, perSecond: PROBES_A_SECOND};

/** Somebody to probe. `key` is Kc1c2, which stays the caller's; `addresses` are in the server's order. */
export type IntroducedPeer = {
	readonly role: ProbeRole;
	readonly name: string;
	readonly key: Buffer;
	readonly ticket: Buffer;
	readonly addresses: readonly Address[];
	readonly standpoint: Standpoint;
	/** The socket that sends to this address; undefined where we have none of its family. */
	readonly socketFor: (address: Address) => number | undefined;
};

/**
 * rate-name, rate-all: more CALLED than are acted on; full: as many introductions as are probed at once; tag: another introduction has it;
 * target: no address that we send to.
 */
export type BeginDrop = 'rate-name' | 'rate-all' | 'full' | 'tag' | 'target';

/** bucket: more probes than the client's rate; target: from an address that we send nothing to. */
export type ProbeDrop = ProbeRefusal | RunDrop | 'bucket' | 'target';

/** Whom an action is about. `id` is the tag in hex. */
export type IntroductionId = {readonly id: string; readonly name: string; readonly role: ProbeRole};

export type ProbingAction =
	| {readonly kind: 'send'; readonly socket: number; readonly to: Address; readonly datagram: Buffer}
	| ({readonly kind: 'proven'; readonly pair: ProvenPair} & IntroductionId)
	| ({readonly kind: 'unanswered' | 'failed'} & IntroductionId);

type Entry = IntroductionId & {
	readonly keys: ProbeKeys;
	readonly reach: Reach;
	readonly endsAt: number;
	run: ProbeRun;
};

export class Probing {
	/** By id; at most PROBE_TAG_LIMIT, each for PROBE_LIFE_MS. */
	readonly #entries = new Map<string, Entry>();
	readonly #random: Random;
	/** CALLED within CALLED_WINDOW_MS: at most CALLED_OF_ALL. */
	#called: ReadonlyArray<{readonly name: string; readonly at: number}> = [];
	#tokens: TokenBucket = fullTokens(RATE, 0);
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
			const drop = this.#countCalled(name, now);
			if (drop !== undefined) return {drop};
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
		const run = startRun(pairs, isLate, now);
		this.#entries.set(id, {id, name, role, keys, reach, endsAt: now + PROBE_LIFE_MS, run});
		return {id};
	}

	/** A datagram of type PROBE. What is not of one of the introductions is dropped in silence, and counted. */
	receive(datagram: Buffer, from: Address, socket: number, now: number): readonly ProbingAction[] {
		this.#expire(now);
		const opened = openProbe(datagram, tag => this.#entries.get(tag.toString('hex')));
		if ('drop' in opened) return this.#drop(opened.drop);
		const {probe, of: entry} = opened;
		if (!isReachable(from.host, entry.reach)) return this.#drop('target');
		const {run, actions, drop} = runReceives(entry.run, probe, {socket, address: from}, now);
		if (drop !== undefined) return this.#drop(drop);
		if (probe.kind === 'ask' && !this.#mayProbe(now)) return this.#drop('bucket');
		entry.run = run;
		return actions.map(action => actionOf(entry, action));
	}

	/** When `run` is due, ms; Infinity while there is nothing to do. */
	deadline(now: number): number {
		let due = Number.POSITIVE_INFINITY;
		for (const {run, endsAt} of this.#entries.values()) due = Math.min(due, endsAt, runDeadline(run));
		return due === Number.POSITIVE_INFINITY ? due : Math.max(due, tokenAt(this.#tokens, RATE, now));
	}

	/** Asks and ends what is due. */
	run(now: number): readonly ProbingAction[] {
		this.#expire(now);
		const actions: ProbingAction[] = [];
		for (const entry of this.#entries.values()) {
			while (runDeadline(entry.run) <= now) {
				const step = runDue(entry.run, now, this.#random);
				if (step.actions.some(({kind}) => kind === 'ask') && !this.#mayProbe(now)) return actions;
				entry.run = step.run;
				actions.push(...step.actions.map(action => actionOf(entry, action)));
			}
		}

		return actions;
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
		wipeProbeKeys(entry.keys);
		this.#entries.delete(id);
	}

	/** Ends all of them. */
	close(): void {
		for (const id of this.#entries.keys()) this.forget(id);
	}

	#expire(now: number): void {
		for (const {id, endsAt} of this.#entries.values()) {
			if (now >= endsAt) this.forget(id);
		}
	}

	#countCalled(name: string, now: number): BeginDrop | undefined {
		this.#called = this.#called.filter(({at}) => now - at < CALLED_WINDOW_MS);
		if (this.#called.length >= CALLED_OF_ALL) return 'rate-all';
		if (this.#called.filter(called => called.name === name).length >= CALLED_OF_ONE) return 'rate-name';
		this.#called = [...this.#called, {name, at: now}];
		return undefined;
	}

	#mayProbe(now: number): boolean {
		const tokens = takeToken(this.#tokens, RATE, now);
		if (tokens !== undefined) this.#tokens = tokens;
		return tokens !== undefined;
	}

	#drop(reason: ProbeDrop): readonly ProbingAction[] {
		this.drops[reason] = (this.drops[reason] ?? 0) + 1;
		return [];
	}
}

/** What we ask: each address once, that we may send to and have a socket for. */
function pairsFor({addresses, socketFor}: IntroducedPeer, reach: Reach): PathPair[] {
	const pairs: PathPair[] = [];
	for (const address of addresses) {
		const socket = isReachable(address.host, reach) ? socketFor(address) : undefined;
		if (socket === undefined || pairs.some(pair => sameAddress(pair.address, address))) continue;
		pairs.push({socket, address});
	}

	return pairs;
}

function actionOf({id, name, role, keys}: Entry, action: RunAction): ProbingAction {
	switch (action.kind) {
		case 'ask':
		case 'answer': {
			const {socket, address: to, nonce} = action;
			const datagram = action.kind === 'ask' ? createAsk(keys, nonce) : createAnswer(keys, nonce, to);
			return {kind: 'send', socket, to, datagram};
		}

		case 'proven': {
			return {kind: 'proven', pair: action.pair, id, name, role};
		}

		default: {
			return {kind: action.kind, id, name, role};
		}
	}
}
