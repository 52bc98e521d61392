// What is under way with one other device of the own account: their histories become one. There is no talk with it, so that all content of its
// sessions is replication.
import {Buffer} from 'node:buffer';
import {type DeviceChannel} from '../channel/channel.ts';
import {type ChannelUser} from '../channel/channel-user.ts';
import {type Trace} from '../os/trace.ts';
import {type TakenItems} from './history/replica-intake.ts';
import {type Replica} from './history/replica.ts';
import {type SignalFrame} from '../wire/messages/replication.ts';
import {SiblingReplication} from './replication/sibling-replication.ts';

export type SiblingPorts = {
	readonly replica: Replica;
	/** Ms of a clock that only runs forward. */
	readonly elapsed: () => number;
	readonly onTaken: (taken: TakenItems) => void;
	/** What holds here for a while, as a session begins; and what the device tells of it, undefined when its session has ended. */
	readonly signals: () => readonly SignalFrame[];
	readonly onSignal: (sibling: Sibling, signal: SignalFrame | undefined) => void;
	/** How far the history of the device is here, or whether there is a session, may be another. */
	readonly onChange: (sibling: Sibling) => void;
	readonly trace: Trace;
};

export class Sibling implements ChannelUser {
	readonly channel: DeviceChannel;
	/** What it tells is worth a session at any time. */
	readonly wanted = true;
	readonly dueAt = Number.POSITIVE_INFINITY;
	readonly #ports: SiblingPorts;
	#replication: SiblingReplication | undefined;

	constructor(channel: DeviceChannel, ports: SiblingPorts) {
		this.channel = channel;
		this.#ports = ports;
	}

	/** The device id, 16 hex digits. */
	get id(): string {
		return this.channel.device.device;
	}

	/** How much of what the device has said that it has is here; undefined until it has said. */
	get progress(): {readonly place: number; readonly head: number} | undefined {
		return this.#replication?.progress;
	}

	/** How many entries of the log here the device has not on its disk; undefined until it has asked for any. */
	get lacks(): number | undefined {
		return this.#replication?.lacks;
	}

	/** Tells what holds here for a while, in a session that stands: for nothing else is it worth one. */
	signal(signal: SignalFrame): void {
		if (this.#replication === undefined) return;
		this.#replication.signal(signal);
		this.channel.wake();
	}

	/** No file is offered here, so that nobody has anything to ask for. */
	onFiles(): void {}

	onTurn(): void {
		if (this.#replication === undefined || !this.channel.stands) return;
		try {
			if (this.#replication.turn()) this.channel.wake();
		} catch (error) {
			this.#leave(error);
			return;
		}

		this.channel.hold(this.#replication.isFull);
	}

	onTurnEnd(): void {
		this.#ports.onChange(this);
	}

	onContent(contents: readonly Buffer[]): void {
		try {
			for (const content of contents) this.#replication?.receive(content);
		} catch (error) {
			this.#leave(error);
			return;
		}

		this.channel.hold(this.#replication?.isFull === true);
		this.channel.wake();
	}

	onSession(): void {
		this.#begin();
	}

	onSessionEnd(): void {
		if (this.channel.stands) return this.#begin();
		this.#replication = undefined;
		this.#ports.onSignal(this, undefined);
		return undefined;
	}

	/** Each session begins with what both have, so that nothing hangs on how the one before ended. */
	#begin(): void {
		const {replica, elapsed, onTaken, signals, onSignal, trace} = this.#ports;
		this.channel.hold(false);
		try {
			this.#replication = new SiblingReplication({
				replica,
				device: Buffer.from(this.id, 'hex'),
				elapsed,
				send: message => this.channel.enqueue(message),
				onTaken,
				onSignal: signal => onSignal(this, signal),
				onFault: fault => trace.note('replication', fault),
			});
			for (const signal of signals()) this.#replication.signal(signal);
		} catch (error) {
			this.#leave(error);
		}
	}

	/** The disk takes nothing, and nothing is told as kept: the next session goes on from what is there. */
	#leave(error: unknown): void {
		this.#ports.trace.caught('disk', 'replication', error);
		this.#replication = undefined;
		this.channel.drop();
	}
}
