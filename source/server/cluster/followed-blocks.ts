// Follows at this server whom an account has blocked by way of another one.
import {type Directory} from '../sessions.ts';

/** As the database has it, for the devices of the account here. */
export async function followBlocks({presence, arrivals, store}: Directory, name: string): Promise<void> {
	arrivals.changed(name);
	const [device] = presence.devicesOf(name);
	if (device === undefined) return;
	await arrivals.read(
		name,
		async () => store.blocked(name),
		stored => {
			const wanted = new Set(stored);
			for (const each of device.blocked ?? []) if (!wanted.has(each)) presence.block(device, each, false);
			for (const each of wanted) presence.block(device, each, true);
		},
	);
}
