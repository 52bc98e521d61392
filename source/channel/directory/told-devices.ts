// Which devices of a name are online: ONLINE_DEVICES says it ahead of the PRESENCE that it is about.
import {LIST_LIMIT, type Presence} from '../../wire/messages/directory.ts';
import {type OnlineDevice, type OnlineDevices} from '../../wire/messages/devices.ts';
import {type NamePresence} from './line-ports.ts';

export class ToldDevices {
	/** What has been said since the last PRESENCE, by name; LIST_LIMIT at most. */
	#devices = new Map<string, readonly OnlineDevice[]>();

	take(entries: readonly OnlineDevices[]): void {
		for (const {name, devices} of entries) {
			if (this.#devices.size < LIST_LIMIT) this.#devices.set(name, devices);
		}
	}

	/** PRESENCE has come. */
	join(entries: readonly Presence[]): NamePresence[] {
		const told = this.#devices;
		this.#devices = new Map();
		return entries.map(({name, online}) => {
			const devices = online ? told.get(name) : undefined;
			return devices === undefined ? {name, online} : {name, online, devices};
		});
	}
}
