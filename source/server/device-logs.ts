// The device logs that the server keeps: pages for who asks, what a device adds, and what follows from it.
import {type Buffer} from 'node:buffer';
import {type DeviceLog, LOG_LIMIT, type LogStart, followEntry, replayLog} from '../protocol/devices/device-log.ts';
import {FRAME} from '../wire/frame.ts';
import {decodeDeviceEntry} from '../wire/messages/device-entry.ts';
import {LOG_PAGE, decodeDevices, decodeExtendLog, encodeLog} from '../wire/messages/devices.ts';
import {type Member} from './member.ts';
import {type Handler, isLimited} from './request-handler.ts';
import {type Directory} from './sessions.ts';
import {type DirectoryStore} from './store/directory-store.ts';

/** Answers DEVICES with LOG. Whoever asks for the own name knows of devices. */
export const tellDevices: Handler = (directory, member, body) => {
	const query = decodeDevices(body);
	if (query === undefined) return 'malformed';
	const {request, name, from} = query;
	if (name === member.name) directory.presence.knowsDevices(member);
	if (isLimited(member, member.devices, directory.limits.devices, request, directory.clock)) return 'done';
	sendLog(directory, member, {request, name, from});
	return 'done';
};

/**
 * Answers EXTEND_LOG with LOG from the place of the entry on, whether it is taken or somebody else's stands there. What is taken is told to
 * those who watch the name; a device that it removes is signed out, and a guest that it adds is shown the log.
 */
export const addToLog: Handler = (directory, member, body) => {
	const extension = decodeExtendLog(body);
	const entry = extension && decodeDeviceEntry(extension.entry);
	if (extension === undefined || entry === undefined || entry.name !== member.name) return 'malformed';
	const {request} = extension;
	if (isLimited(member, member.changes, directory.limits.changes, request, directory.clock)) return 'done';
	const log = append(directory.store, member.name, extension.entry);
	sendLog(directory, member, {request, name: member.name, from: entry.index});
	if (log !== undefined) followUp(directory, log, extension.entry);
	return 'done';
};

/** The log with the entry, once it is on the disk; undefined when the log does not take it. */
function append(store: DirectoryStore, name: string, bytes: Buffer): DeviceLog | undefined {
	const account = store.account(name);
	if (account === undefined) return undefined;
	const start: LogStart = {name, foundingKey: account.identityKey};
	const next = followEntry(replayLog(store.logEntries(name, 0, LOG_LIMIT)) ?? start, bytes);
	if ('refused' in next) return undefined;
	store.durably(() => store.appendLogEntry(name, bytes));
	return next;
}

function followUp(directory: Directory, log: DeviceLog, bytes: Buffer): void {
	const {presence, guests, emit} = directory;
	const {name, count} = log;
	const page = encodeLog({request: 0, name, count, entries: [bytes]});
	for (const watcher of presence.watchersOf(name)) watcher.connection.send(FRAME.log, page);
	for (const device of presence.devicesOf(name)) {
		const role = log.living.get(device.identityKey.toString('hex'))?.role;
		if (role === undefined || role === 'recovery') device.connection.end('deviceRemoved');
		else presence.setRole(device, role);
	}

	guests.tell(name, log, (guest, from) => sendLog(directory, guest, {request: 0, name, from}));
	emit({kind: 'devices changed', name, devices: log.living.size});
}

function sendLog(
	{store}: Directory,
	{connection}: Pick<Member, 'connection'>,
	{request, name, from}: {readonly request: number; readonly name: string; readonly from: number},
): void {
	const entries = store.logEntries(name, from, LOG_PAGE);
	connection.send(FRAME.log, encodeLog({request, name, count: store.logLength(name), entries}));
}
