// What the devices of the own account are called: the same on all of them, once there are several.
import {Buffer} from 'node:buffer';
import {LABEL_LIMIT} from '../protocol/devices/link-keys.ts';
import {type ReplicatedHistory} from '../messaging/history/replica.ts';

/** What a device is called is remembered under it, too: a register can only hold it once there are several. */
const LABEL_KEY = 'device-label-';

export class DeviceLabels {
	readonly #history: Pick<ReplicatedHistory, 'recall' | 'remember' | 'replica'>;

	constructor(history: Pick<ReplicatedHistory, 'recall' | 'remember' | 'replica'>) {
		this.#history = history;
	}

	/** Of a device by its id, 16 hex digits; '' for none. */
	of(id: string): string {
		const {replica, recall} = this.#history;
		return replica.register('label', id)?.toString() ?? recall(LABEL_KEY + id) ?? '';
	}

	/** '' changes nothing. Throws ClientError 'disk'. */
	set(id: string, label: string): void {
		if (label === '') return;
		const {replica, remember} = this.#history;
		remember(LABEL_KEY + id, label);
		replica.setRegister('label', id, Buffer.from(label));
	}

	/** Those of these devices that were given before there was anybody to share them with. Throws ClientError 'disk'. */
	share(ids: readonly string[]): void {
		const {replica} = this.#history;
		for (const id of ids) {
			const label = this.of(id);
			if (label !== '' && replica.register('label', id) === undefined) {
				replica.setRegister('label', id, Buffer.from(label));
			}
		}
	}
}

/** Whole characters alone, as many as a label has room for. */
export function cutLabel(label: string): string {
	const room = Buffer.alloc(LABEL_LIMIT);
	const {written} = new TextEncoder().encodeInto(label, room);
	return room.toString('utf8', 0, written);
}
