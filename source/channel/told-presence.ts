// What the directory says of who is behind a channel: whether somebody is there, and which devices.
import {type Buffer} from 'node:buffer';
import {type OnlineDevice} from '../wire/messages/devices.ts';

/** What the directory says of a device. unknown: the directory is out of reach itself; unbound: signed in, and out of reach. */
export type DevicePresence = 'online' | 'unbound' | 'offline' | 'unknown';

const RANK = {keeper: 0, device: 1, wanted: 2} as const;

export class ToldPresence {
	#presence: DevicePresence = 'unknown';
	#devices: readonly OnlineDevice[] = [];

	/** `devices`: those that are online, where the directory names any. */
	take(presence: DevicePresence, devices: readonly OnlineDevice[]): void {
		this.#presence = presence;
		this.#devices = devices;
	}

	get isOnline(): boolean {
		return this.#presence === 'online';
	}

	/** Whether the device with this id, 8 bytes, has gone. */
	isGone(id: Buffer | undefined): boolean {
		if (this.#presence === 'offline') return true;
		return id !== undefined && this.#devices.length > 0 && !this.#devices.some(each => each.id.equals(id));
	}

	/** Whether the device with this id is named. */
	has(id: Buffer): boolean {
		return this.#devices.some(each => each.id.equals(id));
	}

	/** What a session with the device with this id is worth: most with the one that is wanted, least with a keeper. */
	rank(id: Buffer, wanted: Buffer | undefined): number {
		if (wanted?.equals(id) === true && this.has(id)) return RANK.wanted;
		return this.#devices.some(each => each.role === 'keeper' && each.id.equals(id)) ? RANK.keeper : RANK.device;
	}

	/** What one would be worth with the best of those that are online. */
	bestRank(wanted: Buffer | undefined): number {
		if (wanted !== undefined && this.has(wanted)) return RANK.wanted;
		return this.#devices.some(({role}) => role === 'device') ? RANK.device : RANK.keeper;
	}
}
