// The device logs that the server keeps: pages for who asks, what a device adds, and what follows from it.
import {type Buffer} from 'node:buffer';
import {
	type DeviceLog,
	LOG_LIMIT,
	type LogStart,
	followEntry,
	isLivingDevice,
	replayLog,
} from '../protocol/devices/device-log.ts';
import {mayGuestExtend} from '../protocol/devices/recovery-key.ts';
import {FRAME} from '../wire/frame.ts';
import {type DeviceEntry, decodeDeviceEntry} from '../wire/messages/device-entry.ts';
import {LOG_PAGE, decodeDevices, decodeExtendLog, encodeLog} from '../wire/messages/devices.ts';
import {type Guest} from './guests.ts';
import {type Member} from './member.ts';
import {type Handler, type Verdict, isLimited} from './request-handler.ts';
import {type Directory} from './sessions.ts';
import {type DirectoryStore} from './store/directory-store.ts';

/** Answers DEVICES with LOG. Whoever asks for the own name knows of devices. */
export const tellDevices: Handler = async (directory, member, body) => {
	const query = decodeDevices(body);
	if (query === undefined) return 'malformed';
	const {request, name, from} = query;
	if (name === member.name) directory.presence.knowsDevices(member);
	if (isLimited(member, member.devices, directory.limits.devices, request, directory.clock)) return 'done';
	await sendLog(directory, member, {request, name, from});
	return 'done';
};

/** The same for a guest, of its own account alone: others are passed over. */
export async function tellGuest(directory: Directory, guest: Guest, body: Buffer): Promise<Verdict> {
	const query = decodeDevices(body);
	if (query === undefined) return 'malformed';
	if (query.name !== guest.name) return 'done';
	const isOver = isLimited(guest, guest.devices, directory.limits.devices, query.request, directory.clock);
	if (!isOver) await sendLog(directory, guest, query);
	return 'done';
}

/**
 * Answers EXTEND_LOG with LOG from the place of the entry on, whether it is taken or somebody else's stands there. What is taken is told to
 * those who watch the name; a device that it removes is signed out, and a guest that it adds is shown the log.
 */
export const addToLog: Handler = async (directory, member, body) => extend(directory, member, body, () => true);

/** The same for a guest: it has no place in the log, so a recovery key must have signed the entry. */
export async function recoverLog(directory: Directory, guest: Guest, body: Buffer): Promise<Verdict> {
	return extend(directory, guest, body, (log, entry) => 'count' in log && mayGuestExtend(log, entry, guest.key));
}

type May = (log: DeviceLog | LogStart, entry: DeviceEntry) => boolean;

async function extend(
	directory: Directory,
	client: Pick<Member, 'name' | 'connection' | 'changes'>,
	body: Buffer,
	may: May,
): Promise<Verdict> {
	const extension = decodeExtendLog(body);
	const entry = extension && decodeDeviceEntry(extension.entry);
	if (extension === undefined || entry === undefined || entry.name !== client.name) return 'malformed';
	const {request} = extension;
	if (isLimited(client, client.changes, directory.limits.changes, request, directory.clock)) return 'done';
	const {name} = client;
	const extended = await append(directory.store, name, extension.entry, current => may(current, entry));
	if (extended === undefined) {
		await sendLog(directory, client, {request, name, from: entry.index});
		return 'done';
	}

	const {count} = extended.log;
	client.connection.send(FRAME.log, encodeLog({request, name, count, entries: [extension.entry]}));
	followUp(directory, extended);
	const living = [...extended.log.living.values()].filter(({key}) => isLivingDevice(extended.log, key));
	directory.cluster?.logChanged(
		name,
		living.map(({key}) => key),
	);
	directory.emit({kind: 'devices changed', name, devices: living.length});
	return 'done';
}

/** The log of a name has grown at another server. */
export async function followLog(directory: Directory, name: string): Promise<void> {
	const {store, presence, guests, arrivals} = directory;
	arrivals.changed(name);
	const concerned = [presence.devicesOf(name), presence.watchersOf(name), guests.of(name)];
	if (concerned.every(each => each.length === 0)) return;
	const {entries} = await store.log(name, 0, LOG_LIMIT);
	const log = replayLog(entries);
	if (log !== undefined) followUp(directory, {log, entries});
}

/** A log that was checked, and its entries. */
type Extended = {readonly log: DeviceLog; readonly entries: readonly Buffer[]};

/** The log with the entry, once it is on the disk; undefined when the log does not take it, or not from whom it came. */
async function append(
	store: DirectoryStore,
	name: string,
	bytes: Buffer,
	may: (log: DeviceLog | LogStart) => boolean,
): Promise<Extended | undefined> {
	const account = await store.account(name);
	if (account === undefined) return undefined;
	const {entries} = await store.log(name, 0, LOG_LIMIT);
	const log = replayLog(entries) ?? {name, foundingKey: account.identityKey};
	if (!may(log)) return undefined;
	const next = followEntry(log, bytes);
	if ('refused' in next) return undefined;
	const outcome = await store.extendLog(name, account.generation, entries.length, bytes);
	return outcome === 'stale' ? undefined : {log: next, entries: [...entries, bytes]};
}

/** What follows from the newest entry, in the turn of the event loop in which it is known to be stored. */
function followUp(directory: Directory, {log, entries}: Extended): void {
	const {presence, guests, arrivals} = directory;
	const {name, count} = log;
	arrivals.changed(name);
	const page = encodeLog({request: 0, name, count, entries: entries.slice(-1)});
	for (const watcher of presence.watchersOf(name)) watcher.connection.send(FRAME.log, page);
	for (const device of presence.devicesOf(name)) {
		const role = log.living.get(device.identityKey.toString('hex'))?.role;
		if (role === undefined || role === 'recovery') device.connection.end('deviceRemoved');
		else presence.setRole(device, role);
	}

	guests.tell(name, log, ({connection}, from) => {
		const part = entries.slice(from, from + LOG_PAGE);
		connection.send(FRAME.log, encodeLog({request: 0, name, count, entries: part}));
	});
}

async function sendLog(
	{store}: Directory,
	{connection}: Pick<Member, 'connection'>,
	{request, name, from}: {readonly request: number; readonly name: string; readonly from: number},
): Promise<void> {
	const {count, entries} = await store.log(name, from, LOG_PAGE);
	connection.send(FRAME.log, encodeLog({request, name, count, entries}));
}
