// The other devices of the own account: a channel to each that the own log admits, and none to one that was removed.
import {Buffer} from 'node:buffer';
import {type DeviceChannel} from '../channel/channel.ts';
import {type Device} from '../channel/device.ts';
import {type DeviceLog, deviceIdOf} from '../protocol/devices/device-log.ts';
import {type OnlineDevice} from '../wire/messages/devices.ts';
import {type Replica, type ReplicaSelf} from './history/replica.ts';
import {type SignalFrame} from '../wire/messages/replication.ts';
import {Sibling, type SiblingPorts} from './sibling.ts';

export type SiblingsPorts = SiblingPorts & {
	readonly self: Omit<ReplicaSelf, 'onNoted'>;
	readonly replica: Replica;
	/** The one channel to a device. Its user is what `use` returned for it. */
	readonly channel: (device: Device) => DeviceChannel;
};

export class Siblings {
	readonly #ports: SiblingsPorts;
	/** By id, 16 hex digits: those that a session or the log has named. */
	readonly #siblings = new Map<string, Sibling>();
	/** Ids that the own log admits. */
	#admitted: ReadonlySet<string> = new Set();
	#online: ReadonlySet<string> = new Set();
	#hasBegun = false;

	constructor(ports: SiblingsPorts) {
		this.#ports = ports;
	}

	/** The user of a new channel to a sibling. */
	use(channel: DeviceChannel): Sibling {
		const sibling = new Sibling(channel, this.#ports);
		this.#siblings.set(sibling.id, sibling);
		return sibling;
	}

	/** From here on what is written is noted for others: this device is one of several. Throws ClientError 'disk'. */
	begin(): void {
		if (this.#hasBegun) return;
		const {replica, self} = this.#ports;
		replica.begin({...self, onNoted: () => this.wake()});
		this.#hasBegun = true;
	}

	/** The own log is this now. Throws ClientError 'disk'. */
	follow(log: DeviceLog): void {
		const {self, replica} = this.#ports;
		const ids = [...log.living.values()].filter(({role}) => role !== 'recovery').map(({key}) => deviceIdOf(key));
		const others = ids.filter(id => !id.equals(self.device));
		const gone = [...this.#siblings.values()].filter(({id}) => !others.some(each => each.toString('hex') === id));
		this.#admitted = new Set(others.map(id => id.toString('hex')));
		if (others.length > 0) this.begin();
		for (const sibling of gone) {
			sibling.channel.halt('all');
			if (this.#hasBegun) replica.leave(Buffer.from(sibling.id, 'hex'));
		}

		this.#present();
	}

	/** Which of them the directory says are online. */
	online(devices: readonly OnlineDevice[]): void {
		this.#online = new Set(devices.map(({id}) => id.toString('hex')));
		this.#present();
	}

	/** The directory is out of reach, and says nothing of anybody. */
	unknown(): void {
		this.#online = new Set();
		for (const {channel} of this.#siblings.values()) channel.presence('unknown');
	}

	/** Whether a device, 8 bytes, is there as far as anybody has heard. */
	isThere(device: Buffer): boolean {
		const id = device.toString('hex');
		return this.#online.has(id) || this.#siblings.get(id)?.channel.isTrusted === true;
	}

	/** Those that are admitted, by id. */
	get admitted(): readonly string[] {
		return [...this.#admitted];
	}

	isOnline(id: string): boolean {
		return this.#online.has(id);
	}

	sibling(id: string): Sibling | undefined {
		return this.#siblings.get(id);
	}

	#present(): void {
		const {channel, self} = this.#ports;
		for (const id of this.#admitted) {
			const one = channel({account: self.account, device: id});
			one.resume();
			one.presence(this.#online.has(id) ? 'online' : 'offline');
		}
	}

	/** Tells every one with a session what holds here for a while. */
	signal(signal: SignalFrame): void {
		for (const sibling of this.#siblings.values()) sibling.signal(signal);
	}

	/** Something is to be told or can be taken again. */
	wake(): void {
		for (const {channel} of this.#siblings.values()) if (channel.stands) channel.wake();
	}
}
