// What a proxy puts in front of a connection that it hands on: whose it is. Source: "The PROXY protocol, versions 1 & 2" of HAProxy
// (https://www.haproxy.org/download/2.6/doc/proxy-protocol.txt), section 2.2, the binary header.
import {Buffer} from 'node:buffer';
import {type Address, readAddress, scopeOf} from '../wire/address.ts';
import {Reader} from '../wire/cursor.ts';

/** Where a client comes from, and which address it has reached: the proxy's. */
export type ProxiedClient = {readonly from: Address; readonly reached: Address};

/** `client`: undefined when the proxy speaks for itself, as to look whether the server is there (LOCAL). `size`: of the header, bytes. */
export type ProxyHeader = {readonly client: ProxiedClient | undefined; readonly size: number};

const SIGNATURE = Buffer.from('0d0a0d0a000d0a515549540a', 'hex');
const VERSION_AT = SIGNATURE.length;
const FAMILY_AT = VERSION_AT + 1;
const LENGTH_AT = FAMILY_AT + 1;
const FIXED_SIZE = LENGTH_AT + 2;
/** What follows may have so many bytes. Headers are made to fit into 536 (section 2); with the names of a TLS client they may be longer. */
const REST_LIMIT = 1024;
const LOCAL = 0x20;
const PROXY = 0x21;
const TCP_IPV4 = 0x11;
const TCP_IPV6 = 0x21;
/** RFC 4291 §2.5.5.2. */
const MAPPED = Buffer.from('00000000000000000000ffff', 'hex');

/**
 * The header at the beginning of `bytes`. 'malformed' as soon as that is certain: another protocol, version 1, a command or a family that
 * is not in the specification, too many bytes, TLVs that do not end where the header does. Also what names no client that could be counted:
 * AF_UNSPEC, AF_UNIX and datagrams, which a receiver may reject, no port, and an address that nobody has. TLVs are passed over.
 */
export function readProxyHeader(bytes: Buffer): ProxyHeader | 'incomplete' | 'malformed' {
	const known = Math.min(bytes.length, SIGNATURE.length);
	if (!bytes.subarray(0, known).equals(SIGNATURE.subarray(0, known))) return 'malformed';
	if (bytes.length <= VERSION_AT) return 'incomplete';
	const command = bytes[VERSION_AT]!;
	if (command !== LOCAL && command !== PROXY) return 'malformed';
	if (bytes.length < FIXED_SIZE) return 'incomplete';
	const length = bytes.readUInt16BE(LENGTH_AT);
	if (length > REST_LIMIT) return 'malformed';
	const size = FIXED_SIZE + length;
	if (bytes.length < size) return 'incomplete';
	if (command === LOCAL) return {client: undefined, size};
	const client = readClient(bytes[FAMILY_AT]!, bytes.subarray(FIXED_SIZE, size));
	return client === undefined ? 'malformed' : {client, size};
}

/** Whether bytes begin as such a header does: as no frame of a client that has just connected. */
export function beginsAsProxyHeader(bytes: Buffer): boolean {
	return bytes.length >= SIGNATURE.length && bytes.subarray(0, SIGNATURE.length).equals(SIGNATURE);
}

function readClient(family: number, rest: Buffer): ProxiedClient | undefined {
	if (family !== TCP_IPV4 && family !== TCP_IPV6) return undefined;
	const size = family === TCP_IPV4 ? 4 : 16;
	const reader = new Reader(rest);
	const hosts = [reader.bytes(size), reader.bytes(size)];
	const [from, reached] = hosts.map(host => readEnd(host, reader.bytes(2)));
	while (!reader.exhausted) {
		// A TLV: its type, its length and its value.
		reader.u8();
		reader.vector16();
	}

	if (!reader.complete || from === undefined || reached === undefined) return undefined;
	return {from, reached};
}

function readEnd(host: Buffer, port: Buffer): Address | undefined {
	const reader = new Reader(Buffer.concat(host.length === 4 ? [MAPPED, host, port] : [host, port]));
	const address = readAddress(reader);
	return reader.complete && scopeOf(address.host) !== 'nobody' ? address : undefined;
}
