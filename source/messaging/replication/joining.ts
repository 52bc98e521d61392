// What counts of two sayings of different devices about the same thing. The outcome is that of the set, in whatever order they come. Pure.
import {type RegisterItem, type RowState} from '../../wire/messages/replication-items.ts';

const ORDER: readonly RowState['state'][] = ['queued', 'failed', 'delivered'];

/** Whether `said` counts in place of `known`: delivered for good, else what was decided later; of the same time, that it has failed. */
export function isNewerState(said: RowState, known: RowState): boolean {
	if (known.state === 'delivered' || said.state === 'delivered')
		return known.state !== said.state && said.state === 'delivered';
	const times = (said.decided ?? 0) - (known.decided ?? 0);
	if (times !== 0) return times > 0;
	const states = ORDER.indexOf(said.state) - ORDER.indexOf(known.state);
	return states > 0 || (states === 0 && (said.reason ?? '') > (known.reason ?? ''));
}

/** Whether `said` was written later than `known`: by time, then by device, then by value. */
export function isNewerRegister(
	said: Pick<RegisterItem, 'time' | 'device' | 'value'>,
	known: Pick<RegisterItem, 'time' | 'device' | 'value'>,
): boolean {
	if (said.time !== known.time) return said.time > known.time;
	const devices = said.device.compare(known.device);
	return devices > 0 || (devices === 0 && said.value.compare(known.value) > 0);
}
