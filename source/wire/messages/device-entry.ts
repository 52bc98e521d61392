// The entries of a device log, each of one size: the signed list of an account's devices.
import {type Buffer} from 'node:buffer';
import {Reader, Writer} from '../cursor.ts';
import {NAME_FIELD_SIZE, readName, writeName} from '../name.ts';

/** What an entry does, in the order of their numbers, which begin with 1. */
export const LOG_ENTRY_KINDS = ['found', 'add', 'remove', 'role'] as const;
export type DeviceEntryKind = (typeof LOG_ENTRY_KINDS)[number];

/**
 * `device`: a person sits at it. `keeper`: always on, and admits nobody. `recovery`: words on paper, which sign in nowhere. Their
 * numbers begin with 1.
 */
export const DEVICE_ROLES = ['device', 'keeper', 'recovery'] as const;
export type DeviceRole = (typeof DEVICE_ROLES)[number];

/**
 * `previous` is the hash of the entry before, zeros in the first. `subject` is the device key that the entry is about, `signer` the
 * one that wrote it. `time` in ms, as the signer had it. `consent` is the subject's signature: zeros where none is needed.
 */
export type DeviceEntry = {
	version: number;
	kind: DeviceEntryKind;
	name: string;
	index: number;
	previous: Buffer;
	subject: Buffer;
	role: DeviceRole;
	time: number;
	signer: Buffer;
	consent: Buffer;
	signature: Buffer;
};

/** What is in front of the signer's signature, and the whole entry. */
const SIGNED_SIZE = 1 + 1 + NAME_FIELD_SIZE + 2 + 32 + 32 + 1 + 8 + 32 + 64;
export const LOG_ENTRY_SIZE = SIGNED_SIZE + 64;

/** The fields that the signer signs: all but its signature. */
export function encodeSignedPart(entry: Omit<DeviceEntry, 'signature'>): Buffer {
	const writer = new Writer().u8(entry.version).u8(LOG_ENTRY_KINDS.indexOf(entry.kind) + 1);
	writeName(writer, entry.name).u16(entry.index).bytes(entry.previous, 32).bytes(entry.subject, 32);
	writer.u8(DEVICE_ROLES.indexOf(entry.role) + 1).u64(entry.time);
	return writer.bytes(entry.signer, 32).bytes(entry.consent, 64).finish();
}

export function encodeDeviceEntry(entry: DeviceEntry): Buffer {
	return new Writer().bytes(encodeSignedPart(entry), SIGNED_SIZE).bytes(entry.signature, 64).finish();
}

export function decodeDeviceEntry(bytes: Buffer): DeviceEntry | undefined {
	const reader = new Reader(bytes);
	const entry = {
		version: reader.u8(),
		kind: numbered(reader, LOG_ENTRY_KINDS),
		name: readName(reader),
		index: reader.u16(),
		previous: reader.bytes(32),
		subject: reader.bytes(32),
		role: numbered(reader, DEVICE_ROLES),
		time: reader.u64(),
		signer: reader.bytes(32),
		consent: reader.bytes(64),
		signature: reader.bytes(64),
	};
	return reader.complete ? entry : undefined;
}

/** One of `values` by its number, from 1 on; any other number is malformed. */
function numbered<Value extends string>(reader: Reader, values: readonly [Value, ...Value[]]): Value {
	const value = values[reader.u8() - 1];
	if (value === undefined) reader.fail();
	return value ?? values[0];
}
