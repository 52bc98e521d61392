// What a keeper does beside what every device of an account does: it lets go of what the others have, stays within its room, takes nothing of
// strangers, and tells what it did in numbers, without a name or a word that was said.
import {type Buffer} from 'node:buffer';
import {type DeviceLog, deviceIdOf} from '../protocol/devices/device-log.ts';
import {Audience} from '../os/audience.ts';
import {type Conversations} from './conversations.ts';
import {type DiskWatch} from './disk-watch.ts';
import {type ReplicatedHistory} from './history/replica.ts';
import {type Siblings} from './siblings.ts';

/** How often it looks whether there is something to let go, ms; the look itself costs next to nothing. */
const LOOK_MS = 10_000;
/** So often what it holds for days is looked at, ms. */
const HOUR = 3_600_000;

export type KeeperPolicy = {
	/** How long it holds what all other devices have, ms since it came here; undefined for ever. */
	readonly holdMs: number | undefined;
	/** Of the history; undefined for as many as the disk has. */
	readonly maxBytes: number | undefined;
	/** Whether it takes what strangers send. */
	readonly strangers: boolean;
};

/**
 * came: messages from others. handed-on: own entries that were delivered. told: entries that other devices of the account had. let-go: entries
 * that all of them have. full, room: the history is as large as it may be, and is not any more. no-keeper: the device log does not call this one.
 */
export type KeeperNews = {
	readonly kind: 'came' | 'handed-on' | 'told' | 'let-go' | 'full' | 'room' | 'no-keeper';
	readonly count: number;
};

export type KeeperState = {
	/** Messages here, and own entries that wait to be delivered. */
	readonly messages: number;
	readonly waiting: number;
	readonly bytes: number;
	readonly isFull: boolean;
	/** Other devices of the account that are no keepers, and how many of them are there. */
	readonly devices: number;
	readonly devicesThere: number;
	/** Whether the device log says that this is a keeper; until then it lets nothing go. */
	readonly isKeeper: boolean;
};

export type KeeperPorts = {
	readonly policy: KeeperPolicy;
	/** This device, 8 bytes. */
	readonly self: Buffer;
	/** Of the own account; undefined without one. */
	readonly ownLog: () => DeviceLog | undefined;
	readonly siblings: Pick<Siblings, 'isThere' | 'wake'>;
	readonly history: ReplicatedHistory;
	readonly conversations: Conversations;
	readonly disk: DiskWatch;
	/** Ms, as own-time.ts counts. */
	readonly ownTime: () => number;
};

export class Keeper {
	readonly #ports: KeeperPorts;
	readonly #audience = new Audience<KeeperNews>();
	#timer: NodeJS.Timeout | undefined;
	/** How far the others were when all that they had was let go. */
	#done: string | undefined;
	#isSweeping = false;
	#isStopped = false;
	#wasFull = false;
	#wasKeeper = true;

	constructor(ports: KeeperPorts) {
		this.#ports = ports;
		const {policy, history} = ports;
		if (policy.maxBytes !== undefined) history.limit(policy.maxBytes);
	}

	start(): void {
		this.#timer = setInterval(() => {
			const isKeeper = this.#isKeeper();
			// By now the directory has shown the log, if it is there.
			if (this.#wasKeeper && !isKeeper) this.did('no-keeper', 1);
			this.#wasKeeper = isKeeper;
			this.#look();
		}, LOOK_MS);
		this.#look();
	}

	stop(): void {
		this.#isStopped = true;
		clearInterval(this.#timer);
	}

	/** Calls `listener` with what the keeper did; the result ends that. */
	onNews(listener: (news: KeeperNews) => void): () => void {
		return this.#audience.add(listener);
	}

	/** Something was done. */
	did(kind: KeeperNews['kind'], count: number): void {
		if (count > 0) this.#audience.tell({kind, count});
	}

	/** Reads all of what is held. */
	state(): KeeperState {
		const {history, siblings} = this.#ports;
		const others = this.#others();
		return {
			...history.counts(),
			bytes: history.size(),
			isFull: history.isFull(),
			devices: others.length,
			devicesThere: others.filter(device => siblings.isThere(device)).length,
			isKeeper: this.#isKeeper(),
		};
	}

	#look(): void {
		const {disk, history, policy, siblings} = this.#ports;
		const isFull = disk.may(() => history.isFull()) ?? this.#wasFull;
		if (isFull !== this.#wasFull) {
			this.#wasFull = isFull;
			this.did(isFull ? 'full' : 'room', 1);
			if (!isFull) siblings.wake();
		}

		if (policy.holdMs === undefined || this.#isSweeping || !this.#isKeeper()) return;
		const holders = this.#others();
		const reached = disk.may(() => history.replica.reachedBy(holders));
		if (reached === undefined) return;
		const now = policy.holdMs === 0 ? reached : `${reached} ${Math.floor(this.#ports.ownTime() / HOUR)}`;
		if (now === this.#done) return;
		this.#isSweeping = true;
		this.#step({holders, arrivedBefore: this.#arrivedBefore(policy.holdMs)}, 0, now);
	}

	/** What was there when this began: what comes while it goes on is for the next time. */
	#arrivedBefore(holdMs: number): number {
		return holdMs === 0 ? Number.MAX_SAFE_INTEGER : this.#ports.ownTime() - holdMs;
	}

	/** One step; the next one when others had their turn. */
	#step(
		what: {readonly holders: readonly Buffer[]; readonly arrivedBefore: number},
		after: number,
		reached: string,
	): void {
		if (this.#isStopped) return;
		const {disk, history, conversations} = this.#ports;
		const step = disk.may(() => {
			const done = history.replica.letGo(what, after);
			if (done.next === undefined && (done.count > 0 || after > 0)) history.replica.finishLettingGo();
			return done;
		});
		for (const conversation of step?.conversations ?? []) conversations.showAgain(conversation);
		this.did('let-go', step?.count ?? 0);
		if (step?.next !== undefined) {
			setImmediate(() => this.#step(what, step.next!, reached));
			return;
		}

		this.#isSweeping = false;
		if (step !== undefined) this.#done = reached;
	}

	#isKeeper(): boolean {
		return this.#members().some(({key, role}) => role === 'keeper' && deviceIdOf(key).equals(this.#ports.self));
	}

	/** Those that must have what this one lets go. */
	#others(): readonly Buffer[] {
		const ids = this.#members()
			.filter(({role}) => role === 'device')
			.map(({key}) => deviceIdOf(key));
		return ids.filter(id => !id.equals(this.#ports.self));
	}

	#members() {
		return [...(this.#ports.ownLog()?.living.values() ?? [])];
	}
}
