// Messages after the login: presence, search, blocking, candidates, hole punching, keepalive and account changes.
import {Buffer} from 'node:buffer';
import {type Address, readAddresses, writeAddresses} from '../address.ts';
import {Reader, Writer} from '../cursor.ts';
import {NAME_LIMIT, readListedName, readName, writeListedName, writeName} from '../name.ts';
import {SHARE, type Stretching, readStretching, writeStretching} from './login.ts';

/** How many entries a WATCH, UNWATCH, PRESENCE or RESULTS frame may have. */
export const LIST_LIMIT = 255;

/**
 * WATCH and UNWATCH, C→S: names whose presence the client wants to be told from now on, or no longer. UNBOUND, S→C: names that are signed
 * in but whose UDP address the server does not know.
 */
export function encodeNames(names: readonly string[]): Buffer {
	const writer = new Writer().u8(names.length);
	for (const name of names) writeListedName(writer, name);
	return writer.finish();
}

export function decodeNames(bytes: Buffer): string[] | undefined {
	const reader = new Reader(bytes);
	const count = reader.u8();
	const names: string[] = [];
	for (let index = 0; index < count && !reader.failed; index++) names.push(readListedName(reader));
	return reader.complete ? names : undefined;
}

/** PRESENCE, S→C: which of the watched names are online. */
export type Presence = {name: string; online: boolean};

export function encodePresence(entries: readonly Presence[]): Buffer {
	const writer = new Writer();
	writePresence(writer, entries);
	return writer.finish();
}

export function decodePresence(bytes: Buffer): Presence[] | undefined {
	const reader = new Reader(bytes);
	const entries = readPresence(reader);
	return reader.complete ? entries : undefined;
}

function writePresence(writer: Writer, entries: readonly Presence[]): void {
	writer.u8(entries.length);
	for (const {name, online} of entries) writeListedName(writer, name).flag(online);
}

function readPresence(reader: Reader): Presence[] {
	const count = reader.u8();
	const entries: Presence[] = [];
	for (let index = 0; index < count && !reader.failed; index++) {
		entries.push({name: readListedName(reader), online: reader.flag()});
	}

	return entries;
}

/** SEARCH, C→S: asks for at most `limit` names that start with `prefix` and come after `after` in the alphabet. */
export type Search = {request: number; prefix: string; after: string; limit: number};

export function encodeSearch(search: Search): Buffer {
	return new Writer()
		.u32(search.request)
		.vector8(Buffer.from(search.prefix, 'latin1'), NAME_LIMIT)
		.vector8(Buffer.from(search.after, 'latin1'), NAME_LIMIT)
		.u8(search.limit)
		.finish();
}

const partOfName = /^[a-z0-9._-]*$/;

export function decodeSearch(bytes: Buffer): Search | undefined {
	const reader = new Reader(bytes);
	const search = {
		request: reader.u32(),
		prefix: reader.vector8(NAME_LIMIT).toString('latin1'),
		after: reader.vector8(NAME_LIMIT).toString('latin1'),
		limit: reader.u8(),
	};
	const sound = partOfName.test(search.prefix) && partOfName.test(search.after) && search.limit > 0;
	return reader.complete && sound ? search : undefined;
}

/** RESULTS, S→C: one page. With `more`, another SEARCH with the last name as `after` finds more. */
export type Results = {request: number; more: boolean; entries: Presence[]};

export function encodeResults({request, more, entries}: Results): Buffer {
	const writer = new Writer().u32(request).flag(more);
	writePresence(writer, entries);
	return writer.finish();
}

export function decodeResults(bytes: Buffer): Results | undefined {
	const reader = new Reader(bytes);
	const results = {request: reader.u32(), more: reader.flag(), entries: readPresence(reader)};
	return reader.complete ? results : undefined;
}

/** BLOCK, C→S, and BLOCKED, S→C: this name is blocked from now on, or no longer. */
export type Block = {name: string; blocked: boolean};

export function encodeBlock({name, blocked}: Block): Buffer {
	return writeName(new Writer(), name).flag(blocked).finish();
}

export function decodeBlock(bytes: Buffer): Block | undefined {
	const reader = new Reader(bytes);
	const block = {name: readName(reader), blocked: reader.flag()};
	return reader.complete ? block : undefined;
}

/** CANDIDATES, C→S: the client's own local addresses. PUNCH, S→C: addresses of a client that wants to connect. Neither holds a key. */
export function encodeCandidates(addresses: readonly Address[]): Buffer {
	return writeAddresses(new Writer(), addresses).finish();
}

export function decodeCandidates(bytes: Buffer): Address[] | undefined {
	const reader = new Reader(bytes);
	const addresses = readAddresses(reader);
	return reader.complete ? addresses : undefined;
}

/** PING and PONG: PONG returns the u64 of PING. */
export function encodePing(token: number): Buffer {
	return new Writer().u64(token).finish();
}

export function decodePing(bytes: Buffer): number | undefined {
	const reader = new Reader(bytes);
	const token = reader.u64();
	return reader.complete ? token : undefined;
}

/** CHANGE_PASSWORD, C→S: the new verifier and its parameters. Answered by CHANGED with an empty body. */
export type ChangePassword = {stretching: Stretching; verifier: Buffer};

export function encodeChangePassword({stretching, verifier}: ChangePassword): Buffer {
	return writeStretching(new Writer(), stretching).bytes(verifier, SHARE).finish();
}

export function decodeChangePassword(bytes: Buffer): ChangePassword | undefined {
	const reader = new Reader(bytes);
	const change = {stretching: readStretching(reader), verifier: reader.bytes(SHARE)};
	return reader.complete ? change : undefined;
}

/** CHANGE_IDENTITY, C→S: the new identity key, signed by the old one and by itself. Answered by CHANGED. */
export type ChangeIdentity = {identityKey: Buffer; signatureOld: Buffer; signatureNew: Buffer};

export function encodeChangeIdentity(change: ChangeIdentity): Buffer {
	return new Writer()
		.bytes(change.identityKey, 32)
		.bytes(change.signatureOld, 64)
		.bytes(change.signatureNew, 64)
		.finish();
}

export function decodeChangeIdentity(bytes: Buffer): ChangeIdentity | undefined {
	const reader = new Reader(bytes);
	const change = {identityKey: reader.bytes(32), signatureOld: reader.bytes(64), signatureNew: reader.bytes(64)};
	return reader.complete ? change : undefined;
}

/** REFUSED, S→C: the request was over a limit. `retryAfter` in s. */
export type Refused = {request: number; retryAfter: number};

export function encodeRefused({request, retryAfter}: Refused): Buffer {
	return new Writer().u32(request).u16(retryAfter).finish();
}

export function decodeRefused(bytes: Buffer): Refused | undefined {
	const reader = new Reader(bytes);
	const refused = {request: reader.u32(), retryAfter: reader.u16()};
	return reader.complete ? refused : undefined;
}
