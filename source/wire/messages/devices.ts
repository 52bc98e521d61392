// What a client and the directory say of devices: pages of logs, entries for them, which devices are online, and which one is asked for.
import {type Buffer} from 'node:buffer';
import {Reader, Writer} from '../cursor.ts';
import {readListedName, readName, writeListedName, writeName} from '../name.ts';
import {DEVICE_ROLES, LOG_ENTRY_SIZE} from './device-entry.ts';
import {type Introduce} from './introduce.ts';

/** Entries in a LOG. */
export const LOG_PAGE = 32;
/** The first bytes of H(DK), by which a device is named. */
export const DEVICE_ID_SIZE = 8;
/** Devices of a name that are online at once. */
export const ONLINE_LIMIT = 8;
/** Names in an ONLINE_DEVICES: with all of their devices they fit into a frame. */
export const ONLINE_NAMES = 128;

/** DEVICES, C→S: the log of `name` from the entry with this index on. */
export type DevicesQuery = {readonly request: number; readonly name: string; readonly from: number};

export function encodeDevices({request, name, from}: DevicesQuery): Buffer {
	return writeName(new Writer().u32(request), name).u16(from).finish();
}

export function decodeDevices(bytes: Buffer): DevicesQuery | undefined {
	const reader = new Reader(bytes);
	const query = {request: reader.u32(), name: readName(reader), from: reader.u16()};
	return reader.complete ? query : undefined;
}

/**
 * LOG, S→C: `count` is how many entries the log has, `entries` are LOG_PAGE of them at most, each LOG_ENTRY_SIZE bytes. Request 0: unasked,
 * what was added just now.
 */
export type LogPage = {
	readonly request: number;
	readonly name: string;
	readonly count: number;
	readonly entries: readonly Buffer[];
};

/** Throws RangeError for more entries than LOG_PAGE, or one of another size. */
export function encodeLog({request, name, count, entries}: LogPage): Buffer {
	if (entries.length > LOG_PAGE) throw new RangeError(`a page of ${entries.length} entries`);
	const writer = writeName(new Writer().u32(request), name).u16(count).u8(entries.length);
	for (const entry of entries) writer.bytes(entry, LOG_ENTRY_SIZE);
	return writer.finish();
}

export function decodeLog(bytes: Buffer): LogPage | undefined {
	const reader = new Reader(bytes);
	const head = {request: reader.u32(), name: readName(reader), count: reader.u16()};
	const size = reader.u8();
	if (size > LOG_PAGE) reader.fail();
	const entries: Buffer[] = [];
	for (let index = 0; index < size && !reader.failed; index++) entries.push(reader.bytes(LOG_ENTRY_SIZE));
	return reader.complete ? {...head, entries} : undefined;
}

/** EXTEND_LOG, C→S: one more entry for the own log, LOG_ENTRY_SIZE bytes. */
export type ExtendLog = {readonly request: number; readonly entry: Buffer};

export function encodeExtendLog({request, entry}: ExtendLog): Buffer {
	return new Writer().u32(request).bytes(entry, LOG_ENTRY_SIZE).finish();
}

export function decodeExtendLog(bytes: Buffer): ExtendLog | undefined {
	const reader = new Reader(bytes);
	const extension = {request: reader.u32(), entry: reader.bytes(LOG_ENTRY_SIZE)};
	return reader.complete ? extension : undefined;
}

/** LOGS, S→C: how many entries the logs of these names have; those with one entry or none are left out. */
export type LogLength = {readonly name: string; readonly count: number};

export function encodeLogs(lengths: readonly LogLength[]): Buffer {
	const writer = new Writer().u8(lengths.length);
	for (const {name, count} of lengths) writeListedName(writer, name).u16(count);
	return writer.finish();
}

export function decodeLogs(bytes: Buffer): LogLength[] | undefined {
	const reader = new Reader(bytes);
	const size = reader.u8();
	const lengths: LogLength[] = [];
	for (let index = 0; index < size && !reader.failed; index++) {
		lengths.push({name: readListedName(reader), count: reader.u16()});
	}

	return reader.complete ? lengths : undefined;
}

/** A device that is online: the id of DEVICE_ID_SIZE bytes, and whether it is a keeper. */
export type OnlineDevice = {readonly id: Buffer; readonly role: 'device' | 'keeper'};
/** ONLINE_DEVICES, S→C: the devices of these names that are online, ONLINE_LIMIT of each and ONLINE_NAMES names at most. */
export type OnlineDevices = {readonly name: string; readonly devices: readonly OnlineDevice[]};

/** Throws RangeError for more names or devices. */
export function encodeOnlineDevices(entries: readonly OnlineDevices[]): Buffer {
	if (entries.length > ONLINE_NAMES) throw new RangeError(`${entries.length} names with devices`);
	const writer = new Writer().u8(entries.length);
	for (const {name, devices} of entries) {
		if (devices.length > ONLINE_LIMIT) throw new RangeError(`${devices.length} devices of ${name}`);
		writeListedName(writer, name).u8(devices.length);
		for (const {id, role} of devices) writer.bytes(id, DEVICE_ID_SIZE).u8(DEVICE_ROLES.indexOf(role) + 1);
	}

	return writer.finish();
}

export function decodeOnlineDevices(bytes: Buffer): OnlineDevices[] | undefined {
	const reader = new Reader(bytes);
	const size = reader.u8();
	if (size > ONLINE_NAMES) reader.fail();
	const entries: OnlineDevices[] = [];
	for (let index = 0; index < size && !reader.failed; index++) {
		entries.push({name: readListedName(reader), devices: readDevices(reader)});
	}

	return reader.complete ? entries : undefined;
}

function readDevices(reader: Reader): OnlineDevice[] {
	const size = reader.u8();
	if (size > ONLINE_LIMIT) reader.fail();
	const devices: OnlineDevice[] = [];
	for (let index = 0; index < size && !reader.failed; index++) {
		const id = reader.bytes(DEVICE_ID_SIZE);
		const role = DEVICE_ROLES[reader.u8() - 1];
		// A recovery key signs in nowhere.
		if (role === undefined || role === 'recovery') reader.fail();
		else devices.push({id, role});
	}

	return devices;
}

/** INTRODUCE_DEVICE, C→S: INTRODUCE for the device with this id. */
export type IntroduceDevice = Introduce & {readonly device: Buffer};

export function encodeIntroduceDevice({request, name, time, device}: IntroduceDevice): Buffer {
	return writeName(new Writer().u32(request), name).u64(time).bytes(device, DEVICE_ID_SIZE).finish();
}

export function decodeIntroduceDevice(bytes: Buffer): IntroduceDevice | undefined {
	const reader = new Reader(bytes);
	const asked = {
		request: reader.u32(),
		name: readName(reader),
		time: reader.u64(),
		device: reader.bytes(DEVICE_ID_SIZE),
	};
	return reader.complete ? asked : undefined;
}
