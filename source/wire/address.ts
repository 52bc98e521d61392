// A UDP address as 18 bytes: 16 of IPv6 (IPv4 as ::ffff:a.b.c.d, RFC 4291 §2.5.5.2), then the port.
import {Buffer} from 'node:buffer';
import {isIPv4, isIPv6} from 'node:net';
import {type Reader, type Writer} from './cursor.ts';

export const ADDRESS_SIZE = 18;
/** How many candidates an introduction holds: the reflexive address first, then up to three local ones. */
export const CANDIDATE_LIMIT = 4;

/** `host` is an IP address as text, never a name; IPv4 in dotted form. `port` is 1–65535. */
export type Address = {readonly host: string; readonly port: number};

const mapped = Buffer.from('00000000000000000000ffff', 'hex');

/** Brings a socket's remote address into one form, so that addresses can be compared: IPv4-mapped becomes IPv4, zone ids are dropped. */
export function normalizeAddress(host: string, port: number): Address {
	const plain = host.replace(/%.*$/, '');
	const bytes = hostBytes(plain);
	return {host: bytes === undefined ? plain : hostText(bytes), port};
}

/** `1.2.3.4:5` or `[::1]:5`, for people and as a map key. */
export function addressText({host, port}: Address): string {
	return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** The IP version of a host in the form that `normalizeAddress` gives it. */
export function familyOf(host: string): 4 | 6 {
	return host.includes(':') ? 6 : 4;
}

export function sameAddress(a: Address, b: Address): boolean {
	return a.port === b.port && a.host === b.host;
}

/**
 * From where a host can be reached. Public: from everywhere. Private: from its own network (RFC 1918, RFC 3927, RFC 4193, RFC 4291 §2.5.6).
 * Loopback: from this machine. Nobody: unspecified, this network, multicast, broadcast and reserved (RFC 6890); never send to these.
 */
export type Scope = 'public' | 'private' | 'loopback' | 'nobody';

export function scopeOf(host: string): Scope {
	const bytes = hostBytes(host);
	if (bytes === undefined) return 'nobody';
	if (bytes.subarray(0, 12).equals(mapped)) return scopeOfIPv4(bytes[12]!, bytes[13]!);
	if (bytes.subarray(0, 15).every(byte => byte === 0)) return bytes[15] === 1 ? 'loopback' : 'nobody';
	// IPv4-compatible addresses (RFC 4291 §2.5.5.1) are deprecated.
	if (bytes.subarray(0, 12).every(byte => byte === 0) || bytes[0] === 0xff) return 'nobody';
	const isOnLink = bytes[0] === 0xfe && (bytes[1]! & 0xc0) === 0x80;
	return isOnLink || (bytes[0]! & 0xfe) === 0xfc ? 'private' : 'public';
}

function scopeOfIPv4(first: number, second: number): Scope {
	if (first === 0 || first >= 224) return 'nobody';
	if (first === 127) return 'loopback';
	const isPrivate =
		first === 10 ||
		(first === 172 && second >= 16 && second < 32) ||
		(first === 192 && second === 168) ||
		(first === 169 && second === 254);
	return isPrivate ? 'private' : 'public';
}

/** Whether an address holds on its link alone (RFC 3927, RFC 4291 §2.5.6). */
export function isLinkLocal(host: string): boolean {
	return /^fe[89ab][\da-f]:/i.test(host) || host.startsWith('169.254.');
}

/** Whether an address is one of a private network of more than one link (RFC 1918, RFC 4193): what clients call their local addresses. */
export function isLocalHost(host: string): boolean {
	return scopeOf(host) === 'private' && !isLinkLocal(host);
}

/** Reads one address; port 0 is malformed. */
export function readAddress(reader: Reader): Address {
	const bytes = reader.bytes(16);
	const port = reader.u16();
	if (port === 0) reader.fail();
	return {host: bytes.length === 16 ? hostText(bytes) : '::', port};
}

/** Writes one address; throws RangeError when the host is no IP address. */
export function writeAddress(writer: Writer, {host, port}: Address): Writer {
	const bytes = hostBytes(host);
	if (bytes === undefined) throw new RangeError('an address needs an IP address as its host');
	return writer.bytes(bytes, 16).u16(port);
}

/** Reads a u8 count, then that many addresses, at most `limit`. */
export function readAddresses(reader: Reader, limit = CANDIDATE_LIMIT): Address[] {
	const count = reader.u8();
	if (count > limit) reader.fail();
	const addresses: Address[] = [];
	for (let index = 0; index < count && !reader.failed; index++) addresses.push(readAddress(reader));
	return addresses;
}

export function writeAddresses(writer: Writer, addresses: readonly Address[], limit = CANDIDATE_LIMIT): Writer {
	if (addresses.length > limit) throw new RangeError(`at most ${limit} addresses fit`);
	writer.u8(addresses.length);
	for (const address of addresses) writeAddress(writer, address);
	return writer;
}

/** Reads a list as `readAddresses` does, then zeros up to the size of `limit` addresses: a field of one size, however many there are. */
export function readPaddedAddresses(reader: Reader, limit: number): Address[] {
	const addresses = readAddresses(reader, limit);
	reader.zeros(Math.max(0, limit - addresses.length) * ADDRESS_SIZE);
	return addresses;
}

export function writePaddedAddresses(writer: Writer, addresses: readonly Address[], limit: number): Writer {
	writeAddresses(writer, addresses, limit);
	return writer.zeros((limit - addresses.length) * ADDRESS_SIZE);
}

function hostBytes(host: string): Buffer | undefined {
	const bytes = Buffer.alloc(16);
	if (isIPv4(host)) {
		bytes.set(mapped);
		for (let index = 12, at = 0; index < 16; index++, at = host.indexOf('.', at) + 1) {
			bytes[index] = Number.parseInt(host.slice(at, at + 3), 10);
		}

		return bytes;
	}

	if (!isIPv6(host) || host.includes('%')) return undefined;
	for (const [index, group] of ipv6Groups(host).entries()) bytes.writeUInt16BE(group, index * 2);
	return bytes;
}

/** The eight groups of an IPv6 address that has no zone id. */
export function ipv6Groups(host: string): number[] {
	const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(host);
	const tail = dotted?.[2]?.split('.').map(Number);
	const text = tail ? `${dotted?.[1]}${groupText(tail[0], tail[1])}:${groupText(tail[2], tail[3])}` : host;
	const [head = '', back] = text.split('::');
	const front = groups(head);
	const behind = back === undefined ? [] : groups(back);
	const middle = Array.from({length: 8 - front.length - behind.length}, () => 0);
	return [...front, ...middle, ...behind];
}

function groupText(high = 0, low = 0): string {
	return (high * 256 + low).toString(16);
}

function groups(text: string): number[] {
	return text === '' ? [] : text.split(':').map(group => Number.parseInt(group, 16));
}

/** RFC 5952 text of 16 bytes, IPv4-mapped ones in dotted form. */
function hostText(bytes: Buffer): string {
	if (bytes.subarray(0, 12).equals(mapped)) return [...bytes.subarray(12)].join('.');
	const parts = Array.from({length: 8}, (_, index) => bytes.readUInt16BE(index * 2));
	let best = {start: 0, length: 1};
	for (let start = 0; start < 8; start++) {
		let length = 0;
		while (parts[start + length] === 0) length++;
		if (length > best.length) best = {start, length};
	}

	const hex = (from: number, to: number) =>
		parts
			.slice(from, to)
			.map(part => part.toString(16))
			.join(':');
	return best.length < 2 ? hex(0, 8) : `${hex(0, best.start)}::${hex(best.start + best.length, 8)}`;
}
