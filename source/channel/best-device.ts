// Which device of an account a session is opened with: one of those that are online, a keeper when there is no other. Pure.
import {type Buffer} from 'node:buffer';
import {type DeviceLog, deviceIdOf} from '../protocol/devices/device-log.ts';
import {type OnlineDevice} from '../wire/messages/devices.ts';

/**
 * Its id of 8 bytes; undefined for the founding device, which is named by the account alone. `asked` is the one that it should be, where that is
 * known.
 */
export function bestDevice(
	log: DeviceLog | undefined,
	online: readonly OnlineDevice[],
	asked?: Buffer,
): Buffer | undefined {
	if (log === undefined) return undefined;
	const admitted = new Set([...log.living.values()].map(({key}) => deviceIdOf(key).toString('hex')));
	const founding = deviceIdOf(log.foundingKey);
	const known = online.filter(({id}) => admitted.has(id.toString('hex')));
	const best =
		known.find(({id}) => asked?.equals(id) === true) ??
		known.find(({id, role}) => role === 'device' && id.equals(founding)) ??
		known.find(({role}) => role === 'device') ??
		known[0];
	return best === undefined || best.id.equals(founding) ? undefined : best.id;
}
