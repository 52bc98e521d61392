// Devices of one account, each with a history on a disk of its own, and sessions between two of them that can be cut.
import {Buffer} from 'node:buffer';
import {copyFileSync} from 'node:fs';
import path from 'node:path';
import {type ReplicatedHistory} from '../../../source/messaging/history/replica.ts';
import {openHistory} from '../../../source/messaging/history/sqlite-history.ts';
import {type SignalFrame} from '../../../source/wire/messages/replication.ts';
import {type Fault, SiblingReplication} from '../../../source/messaging/replication/sibling-replication.ts';

export const KEY = Buffer.alloc(32, 7);

/** The time that all of them go by, ms. */
export type Clock = {now: number};

export class TestDevice {
	readonly id: Buffer;
	readonly file: string;
	readonly #clock: Clock;
	readonly #account: string;
	history: ReplicatedHistory;

	constructor(folder: string, number: number, clock: Clock, account = 'alice', name = `device ${number}`) {
		this.id = Buffer.alloc(8, number);
		this.file = path.join(folder, name);
		this.#clock = clock;
		this.#account = account;
		this.history = this.#open();
	}

	restart(): void {
		this.history.close();
		this.history = this.#open();
	}

	/** After something was done to the file, with the history closed. */
	restartFrom(): void {
		this.history = this.#open();
	}

	/** A copy of the file; `putBack` has it in its place again. */
	backUp(): void {
		this.restart();
		this.history.close();
		copyFileSync(this.file, `${this.file} copy`);
		this.history = this.#open();
	}

	/** Over the file that is there, as nobody notices from within; `isNoticed` as `restore` does it, which knows. */
	putBack(isNoticed: boolean): void {
		this.history.close();
		copyFileSync(`${this.file} copy`, this.file);
		this.history = this.#open();
		if (isNoticed) this.history.replica.renew();
	}

	close(): void {
		this.history.close();
	}

	#open(): ReplicatedHistory {
		const history = openHistory(this.file, KEY);
		const now = () => this.#clock.now;
		history.replica.begin({device: this.id, account: this.#account, serverTime: now, ownTime: now, onNoted() {}});
		return history;
	}
}

/** A session of two devices: bytes go to and fro until it is cut. */
export class Link {
	readonly #ends: readonly [SiblingReplication, SiblingReplication];
	/** To the first, and to the second. */
	readonly #underWay: readonly [Buffer[], Buffer[]] = [[], []];
	readonly faults: Fault[] = [];
	/** What the second, and the first, was told that holds for a while: by the one that heard it. */
	readonly signals: readonly [SignalFrame[], SignalFrame[]] = [[], []];
	bytes = 0;

	constructor(a: TestDevice, b: TestDevice, clock: Clock) {
		const end = (own: TestDevice, other: TestDevice, to: 0 | 1) =>
			new SiblingReplication({
				replica: own.history.replica,
				device: other.id,
				elapsed: () => clock.now,
				send: message => {
					this.bytes += message.length;
					this.#underWay[to].push(Buffer.from(message));
					return true;
				},
				onTaken: () => undefined,
				onSignal: signal => this.signals[to].push(signal),
				onFault: fault => this.faults.push(fault),
			});
		this.#ends = [end(a, b, 1), end(b, a, 0)];
	}

	/** One turn of each end, and what that sends arrives; false when nothing was under way any more. */
	step(): boolean {
		let hasMore = false;
		for (const [index, end] of this.#ends.entries()) {
			const arrived = this.#underWay[index as 0 | 1].splice(0);
			for (const message of arrived) end.receive(message);
			if (end.turn() || arrived.length > 0) hasMore = true;
		}

		return hasMore || this.#underWay.some(messages => messages.length > 0);
	}

	run(): void {
		while (this.step());
	}

	/** Puts a message before one of them that the other has not sent. */
	inject(to: 0 | 1, message: Buffer): void {
		this.#underWay[to].push(message);
	}

	get progress() {
		return this.#ends.map(({progress}) => progress);
	}
}
