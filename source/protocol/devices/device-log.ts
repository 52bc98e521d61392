// The device log: which device keys an account has, by a chain of entries that begins with its founding key. Whoever follows it makes
// the same checks: the directory, the account's own devices, its contacts.
import {Buffer} from 'node:buffer';
import {concat, equal} from '../../crypto/bytes.ts';
import {sha256} from '../../crypto/hash.ts';
import {type IdentityKey, sign, verify} from '../../crypto/identity.ts';
import {Writer} from '../../wire/cursor.ts';
import {
	type DeviceRole,
	type DeviceEntry,
	decodeDeviceEntry,
	encodeDeviceEntry,
	encodeSignedPart,
} from '../../wire/messages/device-entry.ts';
import {writeName} from '../../wire/name.ts';
import {DEVICE_ID_SIZE, type LogPage} from '../../wire/messages/devices.ts';
import {VERSION} from '../../wire/suite.ts';

/** Keys that a log has admitted and not removed, the recovery key among them. */
export const LIVING_LIMIT = 16;
/** Entries of a log. */
export const LOG_LIMIT = 64;
/** From this place on a log takes removals alone, so that whoever fills it cannot keep the others from removing them all. */
export const REMOVALS_FROM = LOG_LIMIT - LIVING_LIMIT;

/** An admitted key: 32 bytes, its role, and the place and time (ms, its signer's) of the entry that admitted it. */
export type LogMember = {
	readonly key: Buffer;
	readonly role: DeviceRole;
	readonly index: number;
	readonly time: number;
};

/** A log that was checked from its first entry on. Keys of the maps are hex. `head` is the hash of the newest entry. */
export type DeviceLog = {
	readonly name: string;
	readonly foundingKey: Buffer;
	readonly head: Buffer;
	readonly count: number;
	readonly living: ReadonlyMap<string, LogMember>;
	readonly removed: ReadonlySet<string>;
};

/**
 * Why an entry is not taken. `forked`: it does not stand on the entry before that we know, so somebody shows another log.
 * `missing` and `repeated`: it has not the next index.
 */
export type LogRefusal =
	| 'malformed'
	| 'version'
	| 'name'
	| 'missing'
	| 'repeated'
	| 'forked'
	| 'not-founded'
	| 'founded-again'
	| 'full'
	| 'signature'
	| 'consent'
	| 'signer-unknown'
	| 'signer-not-allowed'
	| 'subject-unknown'
	| 'subject-known'
	| 'subject-removed'
	| 'role';

/** Of a log of which no entry is known yet: whose it is. */
export type LogStart = {readonly name: string; readonly foundingKey?: Buffer};

const labels = {entry: Buffer.from('simchat1 device entry'), join: Buffer.from('simchat1 device join')};
const NOTHING = Buffer.alloc(32);
const UNSIGNED = Buffer.alloc(64);

/** The hash that the next entry names: of the whole entry, signatures included. 32 bytes. */
export function logEntryHash(entry: DeviceEntry): Buffer {
	return entryBytesHash(encodeDeviceEntry(entry));
}

/** The same of an entry as it came. */
export function entryBytesHash(entry: Buffer): Buffer {
	return sha256(labels.entry, entry);
}

/** What a new key signs to join the account of that name and founding key: it has the private half, and wants to. */
export function joinConsent(joining: IdentityKey, name: string, foundingKey: Buffer): Buffer {
	return sign(joining, consentWords(name, foundingKey, joining.publicKey));
}

/** The first entry, by the account's first device. `time` in ms. */
export function foundLog(founder: IdentityKey, name: string, time: number): DeviceEntry {
	const {publicKey} = founder;
	return signed(founder, {
		version: VERSION,
		kind: 'found',
		name,
		index: 0,
		previous: NOTHING,
		subject: publicKey,
		role: 'device',
		time,
		signer: publicKey,
		consent: joinConsent(founder, name, publicKey),
	});
}

/** What an own device adds to a log: a key with its consent, the removal of one, or another role for one. `time` in ms. */
export function extendLog(
	{name, head, count}: DeviceLog,
	signer: IdentityKey,
	change:
		| {readonly kind: 'add'; readonly subject: Buffer; readonly role: DeviceRole; readonly consent: Buffer}
		| {readonly kind: 'remove' | 'role'; readonly subject: Buffer; readonly role: DeviceRole},
	time: number,
): DeviceEntry {
	const consent = change.kind === 'add' ? change.consent : UNSIGNED;
	const place = {version: VERSION, name, index: count, previous: head, time, signer: signer.publicKey};
	return signed(signer, {...place, ...change, consent});
}

/**
 * The log with one more entry, as its bytes came from anybody; or why it is not taken. Without `log` it is to be the first of `name`,
 * by `foundingKey` when that is known.
 */
export function followEntry(log: DeviceLog | LogStart, bytes: Buffer): DeviceLog | {readonly refused: LogRefusal} {
	const entry = decodeDeviceEntry(bytes);
	if (entry === undefined) return {refused: 'malformed'};
	if (entry.version !== VERSION) return {refused: 'version'};
	if (entry.name !== log.name) return {refused: 'name'};
	const refused = 'count' in log ? (misplaced(log, entry) ?? forbidden(log, entry)) : notFounding(log, entry);
	if (refused !== undefined) return {refused};
	// Signatures come last: they cost the most.
	const signedPart = concat(labels.entry, encodeSignedPart(entry));
	if (!verify(entry.signer, signedPart, entry.signature)) return {refused: 'signature'};
	const foundingKey = 'count' in log ? log.foundingKey : entry.subject;
	if (!isConsentRight(entry, foundingKey)) return {refused: 'consent'};
	return after('count' in log ? log : undefined, entry, foundingKey);
}

/**
 * The log with what a page adds to it, and the bytes of what is new, copied. The page may begin with entries that are known; of the last
 * known one it shows that it is of the same log. `shorter`: the log on the page has fewer entries than are known.
 */
export function followPage(
	log: DeviceLog | LogStart,
	{name, count, entries}: Omit<LogPage, 'request'>,
):
	| {readonly log: DeviceLog | LogStart; readonly fresh: readonly Buffer[]}
	| {readonly refused: LogRefusal | 'shorter'} {
	if (name !== log.name) return {refused: 'name'};
	const known = 'count' in log ? log.count : 0;
	if (count < known) return {refused: 'shorter'};
	if (count > LOG_LIMIT) return {refused: 'full'};
	let current = log;
	/** Of those that are known, the last one on the page. */
	let last = -1;
	const fresh: Buffer[] = [];
	for (const bytes of entries) {
		const entry = decodeDeviceEntry(bytes);
		if (entry === undefined) return {refused: 'malformed'};
		if ('count' in log && entry.index < known && entry.index > last) {
			if (entry.name !== name) return {refused: 'name'};
			last = entry.index;
			if (entry.index === known - 1 && !equal(logEntryHash(entry), log.head)) return {refused: 'forked'};
			continue;
		}

		const next = followEntry(current, bytes);
		if ('refused' in next) return next;
		current = next;
		fresh.push(Buffer.from(bytes));
	}

	return 'count' in current && current.count > count ? {refused: 'malformed'} : {log: current, fresh};
}

/** The log of entries that were checked when they came, and kept since: signatures are not verified again. Undefined without entries. */
export function replayLog(entries: Iterable<Buffer>): DeviceLog | undefined {
	let log: DeviceLog | undefined;
	for (const bytes of entries) {
		const entry = decodeDeviceEntry(bytes);
		if (entry === undefined) throw new Error('an entry of a device log that was kept is damaged');
		log = after(log, entry, log?.foundingKey ?? entry.subject);
	}

	return log;
}

/** DEVICE_ID_SIZE bytes that name a device key. */
export function deviceIdOf(key: Buffer): Buffer {
	return Buffer.from(sha256(key).subarray(0, DEVICE_ID_SIZE));
}

/** Whether `key` is an admitted device or keeper: one that may sign in and talk. A recovery key may not. */
export function isLivingDevice({living}: DeviceLog, key: Buffer): boolean {
	const role = living.get(key.toString('hex'))?.role;
	return role === 'device' || role === 'keeper';
}

function signed(signer: IdentityKey, entry: Omit<DeviceEntry, 'signature'>): DeviceEntry {
	return {...entry, signature: sign(signer, concat(labels.entry, encodeSignedPart(entry)))};
}

function consentWords(name: string, foundingKey: Buffer, key: Buffer): Buffer {
	return concat(labels.join, writeName(new Writer(), name).finish(), foundingKey, key);
}

function isConsentRight({kind, name, subject, consent}: DeviceEntry, foundingKey: Buffer): boolean {
	if (kind === 'found' || kind === 'add') return verify(subject, consentWords(name, foundingKey, subject), consent);
	return equal(consent, UNSIGNED);
}

function notFounding({foundingKey}: {readonly foundingKey?: Buffer}, entry: DeviceEntry): LogRefusal | undefined {
	if (entry.index !== 0) return 'missing';
	if (entry.kind !== 'found' || !equal(entry.previous, NOTHING)) return 'not-founded';
	if (foundingKey !== undefined && !equal(entry.subject, foundingKey)) return 'forked';
	if (!equal(entry.signer, entry.subject)) return 'signer-not-allowed';
	return entry.role === 'device' ? undefined : 'role';
}

function misplaced({count, head}: DeviceLog, {index, previous}: DeviceEntry): LogRefusal | undefined {
	if (index !== count) return index < count ? 'repeated' : 'missing';
	return equal(previous, head) ? undefined : 'forked';
}

/** Who may do what to whom. */
function forbidden({living, removed, count}: DeviceLog, entry: DeviceEntry): LogRefusal | undefined {
	const {kind, role} = entry;
	if (kind === 'found') return 'founded-again';
	if (count >= (kind === 'remove' ? LOG_LIMIT : REMOVALS_FROM)) return 'full';
	const signer = living.get(entry.signer.toString('hex'));
	if (signer === undefined) return 'signer-unknown';
	const subject = living.get(entry.subject.toString('hex'));
	const isItself = equal(entry.signer, entry.subject);
	// Whoever breaks into a keeper must not be able to plant another device, or to take the others away.
	if (signer.role === 'keeper' && !(isItself && kind === 'remove')) return 'signer-not-allowed';
	if (kind === 'add') {
		if (removed.has(entry.subject.toString('hex'))) return 'subject-removed';
		if (subject !== undefined) return 'subject-known';
		return living.size < LIVING_LIMIT ? undefined : 'full';
	}

	if (subject === undefined) return removed.has(entry.subject.toString('hex')) ? 'subject-removed' : 'subject-unknown';
	if (subject.role === 'recovery' && !isItself) return 'signer-not-allowed';
	if (kind === 'remove') return role === subject.role ? undefined : 'role';
	// A recovery key is neither made of a device nor made into one, and a role that stays is no change.
	return role === 'recovery' || subject.role === 'recovery' || role === subject.role ? 'role' : undefined;
}

function after(log: DeviceLog | undefined, entry: DeviceEntry, foundingKey: Buffer): DeviceLog {
	const id = entry.subject.toString('hex');
	const living = new Map(log?.living);
	const removed = new Set(log?.removed);
	if (entry.kind === 'remove') {
		living.delete(id);
		removed.add(id);
	} else {
		const {index, time} = living.get(id) ?? entry;
		living.set(id, {key: Buffer.from(entry.subject), role: entry.role, index, time});
	}

	const {name, index} = entry;
	return {name, foundingKey: Buffer.from(foundingKey), head: logEntryHash(entry), count: index + 1, living, removed};
}
