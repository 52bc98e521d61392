// The probes of all introductions: starts them, sends and takes their datagrams, and says which pairs of addresses they have proven.
import {type Buffer} from 'node:buffer';
import {type Random} from '../crypto/random.ts';
import {type LocalClock} from '../os/local-clock.ts';
import {type Trace} from '../os/trace.ts';
import {type MappingKind, birthdaySide} from '../protocol/path/mapping.ts';
import {type NoWay, whyNoWay} from '../protocol/path/no-way.ts';
import {BIRTHDAY_SOCKETS} from '../protocol/path/probe-limits.ts';
import {type PathPair} from '../protocol/path/probe-run.ts';
import {type IntroducedPeer, type IntroductionId, Probing, type ProbingAction} from '../protocol/path/probing.ts';
import {type Standpoint} from '../protocol/path/reachable.ts';
import {type Address, familyOf} from '../wire/address.ts';
import {type Whereabouts} from '../wire/messages/ways.ts';
import {OWN_SOCKET} from './network/socket-set.ts';
import {type ProbeReport} from './network/own-network.ts';
import {ProbeRecords} from './probe-records.ts';

/** Where we are, as probes need it. */
export type OwnWays = {
	readonly standpoint: Standpoint;
	/** Where reflectors see us, one address for each family. */
	readonly seen: readonly Address[];
	readonly mapping: MappingKind;
	/** The families in which our own socket reaches anybody. */
	readonly families: ReadonlyArray<4 | 6>;
};

export type ProberPorts = {
	readonly clock: LocalClock;
	readonly random: Random;
	readonly transmit: (datagram: Buffer, to: Address, socket: number) => void;
	/** Undefined while there is no directory. */
	readonly ways: () => OwnWays | undefined;
	/** Sockets beside the own one, for birthday probing; fewer than asked for where the system has no more. */
	readonly openSockets: (count: number) => Promise<readonly number[]>;
	readonly closeSockets: (sockets: readonly number[]) => void;
	/** Whether this account may have birthday probing now: an accepted contact, for whom a message waits or who calls. */
	readonly isEligible: (account: string) => boolean;
	/** A way to this account, for sessions that stand. */
	readonly onProven: (account: string, pair: PathPair) => void;
	/** Run it before long. */
	readonly onWork: () => void;
	readonly trace: Trace;
};

/** For whoever opens a session. */
export type ProbeEvents = {
	readonly onProven: (pair: PathPair) => void;
	/** The first round is over. With a reason, nothing more is of use; otherwise they go on. */
	readonly onUnanswered: (hopeless: NoWay | undefined) => void;
	readonly onFailed: (reason: NoWay) => void;
};

/** `ticket` and `key` as the directory gave them; `age` is how long ago, ms. */
export type ProbedPeer = Pick<IntroducedPeer, 'role' | 'name' | 'key' | 'ticket' | 'age'> & {
	readonly where: Whereabouts;
};

/** Reasons that time does not mend. */
const HOPELESS: ReadonlySet<NoWay['kind']> = new Set(['udp-blocked', 'nowhere', 'families', 'both-vary']);

type Run = {readonly where: Whereabouts; readonly events: ProbeEvents | undefined};

export class Prober {
	readonly #ports: ProberPorts;
	readonly #probing: Probing;
	/** By id: as many as are probed. */
	readonly #runs = new Map<string, Run>();
	/** Those whose session stands: they are over when there is no room for others. */
	readonly #done = new Set<string>();
	readonly #records: ProbeRecords;
	#closed = false;

	constructor(ports: ProberPorts) {
		this.#ports = ports;
		this.#probing = new Probing(ports.random);
		this.#records = new ProbeRecords(ports.clock.now);
	}

	/** Begins to probe; the first asks go out at once. Returns what names the run; undefined when there is nothing to probe. */
	begin({role, name, key, ticket, age, where}: ProbedPeer, events?: ProbeEvents): string | undefined {
		const ways = this.#ports.ways();
		if (ways === undefined || this.#closed) return undefined;
		const {standpoint, families} = ways;
		const socketFor = ({host}: Address) => (families.includes(familyOf(host)) ? OWN_SOCKET : undefined);
		const {addresses} = where;
		const peer = {role, name, key, ticket, addresses, standpoint, age, socketFor};
		let begun = this.#probing.begin(peer, this.#now());
		if ('drop' in begun && begun.drop === 'full' && this.#forgetDone()) begun = this.#probing.begin(peer, this.#now());
		if ('drop' in begun) {
			this.#ports.trace.note('probe', `not begun: ${begun.drop}`, name);
			return undefined;
		}

		this.#runs.set(begun.id, {where, events});
		this.#records.begin(role, name, where.mapping);
		this.#do(this.#probing.run(this.#now()));
		this.#ports.onWork();
		return begun.id;
	}

	/** Takes a datagram of type PROBE. */
	receive(datagram: Buffer, from: Address, socket: number): void {
		const before = {...this.#probing.drops};
		this.#do(this.#probing.receive(datagram, from, socket, this.#now()));
		const {drops} = this.#probing;
		for (const reason of Object.keys(drops) as Array<keyof typeof drops>) {
			if (drops[reason] !== before[reason]) this.#ports.trace.note('probe', reason);
		}

		this.#ports.onWork();
	}

	/** Asks and ends what is due; returns when it is next due, on the elapsed clock. */
	run(): number {
		this.#do(this.#probing.run(this.#now()));
		return this.#probing.deadline(this.#now());
	}

	/** Whether an ask of ours was answered on this pair: nobody there needs a cookie. */
	isProven(pair: PathPair): boolean {
		return this.#probing.isProven(pair, this.#now());
	}

	/** Why there was no way to whoever has these addresses. */
	whyNot(where: Whereabouts): NoWay {
		const {seen = [], mapping = 'unknown'} = this.#ports.ways() ?? {};
		return whyNoWay({own: seen, other: where.addresses, ownMapping: mapping, otherMapping: where.mapping});
	}

	/** Nobody waits for this run any more; it goes on answering. */
	leave(id: string): void {
		const run = this.#runs.get(id);
		if (run !== undefined) this.#runs.set(id, {...run, events: undefined});
		this.#done.add(id);
	}

	/** Of the last introduction with this account. */
	report(account: string): ProbeReport | undefined {
		return this.#records.of(account);
	}

	/** Wipes every key. */
	close(): void {
		this.#closed = true;
		this.#probing.close();
		this.#do(this.#probing.run(this.#now()));
		this.#runs.clear();
		this.#done.clear();
	}

	#now(): number {
		return this.#ports.clock.elapsed();
	}

	#forgetDone(): boolean {
		const [oldest] = this.#done;
		if (oldest === undefined) return false;
		this.#done.delete(oldest);
		this.#runs.delete(oldest);
		this.#probing.forget(oldest);
		return true;
	}

	#do(actions: readonly ProbingAction[]): void {
		for (const action of actions) {
			switch (action.kind) {
				case 'send': {
					if (action.isAsk) this.#records.asked(action.name, action.to);
					this.#ports.transmit(action.datagram, action.to, action.socket);
					break;
				}

				case 'release': {
					this.#ports.closeSockets(action.sockets);
					break;
				}

				case 'proven': {
					this.#records.proven(action.name, action.pair);
					this.#runs.get(action.id)?.events?.onProven(action.pair);
					this.#ports.onProven(action.name, action.pair);
					break;
				}

				case 'unmet': {
					const run = this.#runs.get(action.id);
					if (run !== undefined) void this.#birthday(action, run);
					break;
				}

				case 'unanswered':
				case 'failed': {
					this.#unproven(action, action.kind);
				}
			}
		}
	}

	#unproven(which: IntroductionId, kind: 'unanswered' | 'failed'): void {
		const run = this.#runs.get(which.id);
		if (run === undefined) return;
		const reason = this.whyNot(run.where);
		if (kind === 'failed') {
			this.#records.ended(which.name, reason);
			this.#runs.delete(which.id);
			run.events?.onFailed(reason);
			return;
		}

		const isHopeless = HOPELESS.has(reason.kind);
		if (isHopeless) this.#records.ended(which.name, reason);
		run.events?.onUnanswered(isHopeless ? reason : undefined);
	}

	/** Begins birthday probing where exactly one of both NATs changes ports. */
	async #birthday({id, name}: IntroductionId, {where}: Run): Promise<void> {
		const {ways, isEligible, openSockets, closeSockets, trace, onWork} = this.#ports;
		const side = birthdaySide(ways()?.mapping ?? 'unknown', where.mapping);
		if (side === undefined || !isEligible(name)) return;
		const drop = this.#probing.mayBirthday(id, this.#now());
		if (drop !== undefined) {
			trace.note('probe', `no birthday: ${drop}`, name);
			return;
		}

		if (side === 'many-ports') {
			this.#probing.birthday(id, {kind: side, socket: OWN_SOCKET}, this.#now());
		} else {
			const sockets = await openSockets(BIRTHDAY_SOCKETS);
			const late = sockets.length === 0 ? 'no sockets' : this.#closed ? 'closed' : undefined;
			const refused = late ?? this.#probing.birthday(id, {kind: side, sockets}, this.#now());
			if (refused !== undefined) {
				trace.note('probe', `no birthday: ${refused}`, name);
				closeSockets(sockets);
			}
		}

		onWork();
	}
}
