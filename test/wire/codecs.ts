// Every codec of wire/ in one table: what it encodes, how, and its exact size where it has one. Tests loop over it.
import {Buffer} from 'node:buffer';
import fc, {type Arbitrary} from 'fast-check';
import {type Address, readAddress, readAddresses, writeAddress, writeAddresses} from '../../source/wire/address.ts';
import {ALERT_CODE, type AlertReason, decodeAlert, encodeAlert} from '../../source/wire/alert.ts';
import {Reader, Writer} from '../../source/wire/cursor.ts';
import {decodeContent, encodeContent} from '../../source/content/content.ts';
import * as deviceEntry from '../../source/wire/messages/device-entry.ts';
import * as devices from '../../source/wire/messages/devices.ts';
import * as directory from '../../source/wire/messages/directory.ts';
import * as handshake from '../../source/wire/messages/handshake.ts';
import * as introduce from '../../source/wire/messages/introduce.ts';
import * as login from '../../source/wire/messages/login.ts';
import * as call from '../../source/wire/messages/call.ts';
import * as local from '../../source/wire/messages/local-addresses.ts';
import {type FileMessage, decodeFileMessage, encodeFileMessage} from '../../source/wire/messages/file.ts';
import {decodeLinkRequest, encodeLinkRequest} from '../../source/wire/messages/link-request.ts';
import * as path from '../../source/wire/messages/path.ts';
import * as probe from '../../source/wire/messages/probe.ts';
import * as ways from '../../source/wire/messages/ways.ts';
import {
	ACK_RANGE_LIMIT,
	type AckRange,
	CHANNEL,
	MESSAGE_LIMIT,
	type TransportFrame,
	decodeFrames,
	decodeMsg,
	decodeRekey,
	encodeFrames,
	encodeRekey,
	frameSize,
	msgHeader,
} from '../../source/wire/messages/msg.ts';
import {readListedName, readName, writeListedName, writeName} from '../../source/wire/name.ts';
import {anyText} from '../texts.ts';

export const bytes = (minLength: number, maxLength = minLength) =>
	fc.uint8Array({minLength, maxLength}).map((array): Buffer => Buffer.from(array));
const u8 = fc.nat(0xff);
const u16 = fc.nat(0xff_ff);
const u32 = fc.oneof(fc.nat(0xff), fc.integer({min: 0, max: 0xff_ff_ff_ff}));
const u64 = fc.maxSafeNat();
const flag = fc.boolean();
const onlineRole = fc.constantFrom('device' as const, 'keeper' as const);

export const name = fc.stringMatching(/^[a-z][a-z0-9._-]{0,31}$/);
const partOfName = fc.stringMatching(/^[a-z0-9._-]{0,32}$/);

/** Sixteen bytes as the wire has them: every IPv6 address, with long runs of zeros and mapped IPv4 as often as others. */
export const addressBytes = fc.oneof(
	bytes(16),
	bytes(4).map(v4 => Buffer.concat([Buffer.from('00000000000000000000ffff', 'hex'), v4])),
	fc.array(fc.oneof(fc.constant(0), u16), {minLength: 8, maxLength: 8}).map(groups => {
		const out = Buffer.alloc(16);
		for (const [index, group] of groups.entries()) out.writeUInt16BE(group, index * 2);
		return out;
	}),
);
export const address: Arbitrary<Address> = fc
	.tuple(addressBytes, fc.integer({min: 1, max: 65_535}))
	.map(([host, port]) => readAddress(new Reader(new Writer().bytes(host).u16(port).finish())));
const addresses = fc.array(address, {maxLength: 4});
const probeHead = {version: u8, tag: bytes(4), nonce: bytes(12), mac: bytes(16)};
const whereabouts = {mapping: fc.constantFrom(...ways.NAT_MAPPINGS), addresses: fc.array(address, {maxLength: 6})};

const stretching = fc.record({salt: bytes(16), logN: u8, r: u8, p: u8}, {noNullPrototype: true});
const presence = fc.array(record({name, online: flag}), {maxLength: 255, size: '-1'});

/** Ranges that fall from `top`, at least one counter missing between two. */
const ranges = fc
	.tuple(u32, fc.array(fc.tuple(fc.integer({min: 2, max: 65_535}), u16), {minLength: 1, maxLength: ACK_RANGE_LIMIT}))
	.map(([top, steps]): AckRange[] => {
		const falling: AckRange[] = [];
		let below = top;
		for (const [step, length] of steps) {
			const to = falling.length === 0 ? below : below - step;
			if (to < 0) break;
			below = Math.max(0, to - length);
			falling.push({from: below, to});
		}

		return falling;
	});
const channel = fc.constantFrom(...Object.values(CHANNEL));
const whole = record({channel, sequence: u32, data: bytes(0, 300)}).map(({data, ...rest}): TransportFrame => ({
	kind: 'fragment',
	...rest,
	offset: 0,
	total: data.length,
	data,
}));
const piece = fc
	.tuple(channel, u32, bytes(1, 300), fc.nat(MESSAGE_LIMIT - 301), fc.nat(MESSAGE_LIMIT))
	.map(([where, sequence, data, offset, total]): TransportFrame => {
		const least = offset + data.length + (offset === 0 ? 1 : 0);
		return {kind: 'fragment', channel: where, sequence, offset, total: Math.max(least, total), data};
	});
export const transportFrame: Arbitrary<TransportFrame> = fc.oneof(
	record({kind: fc.constant('ack' as const), epoch: u16, delay: u8, ranges}),
	whole,
	piece,
	fc.constant({kind: 'ping' as const}),
	record({kind: fc.constantFrom('path-challenge' as const, 'path-response' as const), token: bytes(8)}),
	record({kind: fc.constant('close' as const), reason: u8}),
);
const transportFrames = fc.array(transportFrame, {maxLength: 8}).map(frames => {
	let room = 1135;
	return frames.filter(frame => (room -= frameSize(frame)) >= 0);
});

const content = fc.oneof(
	record({
		kind: fc.constant('text' as const),
		id: bytes(16),
		time: u64,
		text: anyText({maxLength: 300}),
	}),
	record({kind: fc.constant('receipt' as const), ids: fc.array(bytes(16), {minLength: 1, maxLength: 256, size: '-1'})}),
	record({kind: fc.constant('typing' as const), isTyping: flag}),
);

const offer = bytes(16);
const fileMessage: Arbitrary<FileMessage> = fc.oneof(
	record({kind: fc.constant('ask' as const), offer, from: u32, until: u32}).filter(({from, until}) => from < until),
	record({kind: fc.constant('leaf' as const), offer, index: u32, path: fc.array(bytes(32), {maxLength: 5})}),
	record({kind: fc.constant('piece' as const), offer, leaf: u32, offset: u32, data: bytes(1, 300)}),
	record({kind: fc.constant('end' as const), offer, reason: u8}),
);

export type Codec = {
	readonly title: string;
	readonly arbitrary: Arbitrary<unknown>;
	readonly encode: (value: unknown) => Buffer;
	readonly decode: (bytes: Buffer) => unknown;
	/** Bytes that every encoding has. */
	readonly size?: number;
	/** Another end may make another message: padding, or a sealed part of any size. */
	readonly openEnd: boolean;
};

export const codecs: readonly Codec[] = [
	codec('name field', name, ...field(writeName, readName), {size: 33}),
	codec('listed name', name, ...field(writeListedName, readListedName)),
	codec('address', address, ...field(writeAddress, readAddress), {size: 18}),
	codec('addresses', addresses, ...field(writeAddresses, readAddresses)),
	codec(
		'ALERT',
		record({reason: fc.constantFrom(...(Object.keys(ALERT_CODE) as AlertReason[])), triesLeft: u8, retryAfter: u16}),
		encodeAlert,
		decodeAlert,
		{size: 4},
	),
	codec(
		'HELLO',
		record({version: u8, suites: fc.array(u8, {minLength: 1, maxLength: 8}), nonce: bytes(32), time: u64}),
		login.encodeHello,
		login.decodeHello,
	),
	codec(
		'CHALLENGE',
		record({
			version: u8,
			suite: u8,
			nonce: bytes(32),
			time: u64,
			x: bytes(16),
			y: bytes(16),
			difficulty: u8,
			epoch: u32,
			cookie: bytes(32),
		}),
		login.encodeChallenge,
		login.decodeChallenge,
		{size: 111},
	),
	codec(
		'RESPONSE',
		record({
			hello: bytes(0, 255),
			time: u64,
			difficulty: u8,
			epoch: u32,
			cookie: bytes(32),
			product: bytes(32),
			solution: bytes(8),
			share: bytes(384),
			kem: bytes(0, 1184),
		}),
		login.encodeResponse,
		login.decodeResponse,
	),
	codec(
		'SERVER',
		record({share: bytes(384), kem: bytes(0, 1184), sealed: bytes(160)}),
		login.encodeServerShare,
		login.decodeServerShare,
	),
	codec('key proof', record({key: bytes(32), signature: bytes(64)}), login.encodeKeyProof, login.decodeKeyProof, {
		size: 96,
	}),
	codec(
		'AUTH',
		record({name, srp: bytes(384), identityKey: bytes(32), signature: bytes(64)}),
		login.encodeAuth,
		login.decodeAuth,
		{size: 513},
	),
	codec('SRP', record({stretching, srp: bytes(384)}), login.encodeSrpReply, login.decodeSrpReply, {size: 403}),
	codec('PROOF', record({proof: bytes(32)}), login.encodeProof, login.decodeProof, {size: 32}),
	codec(
		'ACCEPT',
		record({proof: bytes(32), sessionId: bytes(16), observed: address}),
		login.encodeAccept,
		login.decodeAccept,
		{size: 66},
	),
	codec(
		'REGISTER',
		record({
			name,
			stretching,
			verifier: bytes(384),
			identityKey: bytes(32),
			signature: bytes(64),
			invite: bytes(0, 64),
		}),
		login.encodeRegister,
		login.decodeRegister,
	),
	codec('INTRODUCE', record({request: u32, name, time: u64}), introduce.encodeIntroduce, introduce.decodeIntroduce, {
		size: 45,
	}),
	codec(
		'INTRODUCTION',
		record({
			request: u32,
			name,
			time: u64,
			grant: fc.option(record({key: bytes(32), identityKey: bytes(32), addresses, suite: u8, ticket: bytes(248)}), {
				nil: undefined,
			}),
		}),
		introduce.encodeIntroduction,
		introduce.decodeIntroduction,
		{size: 432},
	),
	codec(
		'ticket body',
		record({
			version: u8,
			suite: u8,
			from: name,
			to: name,
			key: bytes(32),
			identityKey: bytes(32),
			address,
			time: u64,
			life: u16,
			id: bytes(16),
		}),
		introduce.encodeTicketBody,
		introduce.decodeTicketBody,
		{size: 176},
	),
	codec('WATCH', fc.array(name, {maxLength: 255, size: '-1'}), directory.encodeNames, directory.decodeNames),
	codec('PRESENCE', presence, directory.encodePresence, directory.decodePresence),
	codec(
		'SEARCH',
		record({request: u32, prefix: partOfName, after: partOfName, limit: fc.integer({min: 1, max: 255})}),
		directory.encodeSearch,
		directory.decodeSearch,
	),
	codec(
		'RESULTS',
		record({request: u32, more: flag, entries: presence}),
		directory.encodeResults,
		directory.decodeResults,
	),
	codec('BLOCK', record({name, blocked: flag}), directory.encodeBlock, directory.decodeBlock, {size: 34}),
	codec('CANDIDATES', addresses, directory.encodeCandidates, directory.decodeCandidates),
	codec('REFLECTORS', addresses, ways.encodeReflectors, ways.decodeReflectors),
	codec('CALLED', record({time: u64, ticket: bytes(248), ...whereabouts}), ways.encodeCalled, ways.decodeCalled, {
		size: 366,
	}),
	codec('WAYS', record({request: u32, ...whereabouts}), ways.encodeWays, ways.decodeWays, {size: 114}),
	codec(
		'entry of a device log',
		record({
			version: u8,
			kind: fc.constantFrom(...deviceEntry.LOG_ENTRY_KINDS),
			name,
			index: u16,
			previous: bytes(32),
			subject: bytes(32),
			role: fc.constantFrom(...deviceEntry.DEVICE_ROLES),
			time: u64,
			signer: bytes(32),
			consent: bytes(64),
			signature: bytes(64),
		}),
		deviceEntry.encodeDeviceEntry,
		deviceEntry.decodeDeviceEntry,
		{size: 270},
	),
	codec('DEVICES', record({request: u32, name, from: u16}), devices.encodeDevices, devices.decodeDevices, {size: 39}),
	codec(
		'LOG',
		record({request: u32, name, count: u16, entries: fc.array(bytes(270), {maxLength: 32, size: '-1'})}),
		devices.encodeLog,
		devices.decodeLog,
	),
	codec('EXTEND_LOG', record({request: u32, entry: bytes(270)}), devices.encodeExtendLog, devices.decodeExtendLog, {
		size: 274,
	}),
	codec(
		'LOGS',
		fc.array(record({name, count: u16}), {maxLength: 255, size: '-1'}),
		devices.encodeLogs,
		devices.decodeLogs,
	),
	codec(
		'ONLINE_DEVICES',
		fc.array(record({name, devices: fc.array(record({id: bytes(8), role: onlineRole}), {maxLength: 8})}), {
			maxLength: 128,
			size: '-1',
		}),
		devices.encodeOnlineDevices,
		devices.decodeOnlineDevices,
	),
	codec(
		'INTRODUCE_DEVICE',
		record({request: u32, name, time: u64, device: bytes(8)}),
		devices.encodeIntroduceDevice,
		devices.decodeIntroduceDevice,
		{size: 53},
	),
	codec(
		'LINK_REQUEST',
		record({subject: bytes(32), consent: bytes(64), mac: bytes(32), label: bytes(128)}),
		encodeLinkRequest,
		decodeLinkRequest,
		{size: 256},
	),
	codec('PING', u64, directory.encodePing, directory.decodePing, {size: 8}),
	codec(
		'CHANGE_PASSWORD',
		record({stretching, verifier: bytes(384)}),
		directory.encodeChangePassword,
		directory.decodeChangePassword,
		{size: 403},
	),
	codec(
		'CHANGE_IDENTITY',
		record({identityKey: bytes(32), signatureOld: bytes(64), signatureNew: bytes(64)}),
		directory.encodeChangeIdentity,
		directory.decodeChangeIdentity,
		{size: 160},
	),
	codec('REFUSED', record({request: u32, retryAfter: u16}), directory.encodeRefused, directory.decodeRefused, {
		size: 6,
	}),
	codec(
		'INIT',
		record({version: u8, suite: u8, index: u32, ticket: bytes(248), sealed: bytes(480), cookie: bytes(16)}),
		handshake.encodeInit,
		handshake.decodeInit,
		{size: 751},
	),
	codec(
		'COOKIE',
		record({version: u8, index: u32, cookie: bytes(16)}),
		handshake.encodeCookie,
		handshake.decodeCookie,
		{size: 22},
	),
	codec(
		'RESP',
		record({version: u8, receiver: u32, sender: u32, sealed: bytes(480), identity: bytes(160)}),
		handshake.encodeResp,
		handshake.decodeResp,
		{size: 650},
	),
	codec('FIN', record({version: u8, receiver: u32, identity: bytes(160)}), handshake.encodeFin, handshake.decodeFin, {
		size: 166,
	}),
	codec(
		'sealed share',
		record({time: u64, nonce: bytes(32), share: bytes(384), suites: u8}),
		handshake.encodeSealedShare,
		handshake.decodeSealedShare,
		{size: 425},
	),
	codec(
		'sealed identity',
		record({identityKey: bytes(32), signature: bytes(64), flags: u8}),
		handshake.encodeSealedIdentity,
		handshake.decodeSealedIdentity,
		{size: 97},
	),
	codec(
		'BIND',
		record({version: u8, sessionId: bytes(16), time: u64, mac: bytes(32)}),
		({mac, ...bind}) => path.encodeBind(path.bindBody(bind), mac),
		encoded => withoutBody(path.decodeBind(encoded)),
		{size: 96},
	),
	codec(
		'BOUND',
		record({version: u8, sessionId: bytes(16), time: u64, observed: address, mac: bytes(32)}),
		({mac, ...bound}) => path.encodeBound(path.boundBody(bound), mac),
		encoded => withoutBody(path.decodeBound(encoded)),
		{size: 96},
	),
	codec(
		'PROBE',
		fc.oneof(
			record({kind: fc.constant('ask' as const), ...probeHead}),
			record({kind: fc.constant('answer' as const), ...probeHead, observed: address}),
		),
		({mac, ...each}) => probe.encodeProbe(probe.probeBody(each), mac),
		encoded => withoutBody(probe.decodeProbe(encoded)) as (probe.Probe & {mac: Buffer}) | undefined,
		{size: 64},
	),
	codec('CALL', record({version: u8, nonce: bytes(16), tag: bytes(16)}), call.encodeCall, call.decodeCall, {size: 34}),
	codec(
		'MSG',
		record({
			version: u8,
			receiver: u32,
			epoch: u16,
			counter: u32,
			sealed: fc.integer({min: 4, max: 74}).chain(blocks => bytes(blocks * 16)),
		}),
		({sealed, ...header}) => Buffer.concat([msgHeader(header), sealed]),
		encoded => withoutHeader(decodeMsg(encoded)),
		{openEnd: true},
	),
	codec('transport frames', transportFrames, encodeFrames, decodeFrames, {openEnd: true}),
	codec(
		'rekey',
		record({
			kind: fc.constantFrom('request' as const, 'answer' as const),
			epoch: u16,
			share: bytes(384),
			kem: bytes(0, 1184),
			signature: bytes(64),
		}),
		encodeRekey,
		decodeRekey,
	),
	codec(
		'local addresses',
		fc.array(address, {maxLength: 2}),
		local.encodeLocalAddresses,
		encoded => local.decodeLocalAddresses(encoded),
		{size: 38},
	),
	codec('message of a file', fileMessage, encodeFileMessage, decodeFileMessage),
	codec('content', content, encodeContent, encoded => {
		const decoded = decodeContent(encoded);
		return decoded?.kind === 'opaque' || decoded?.kind === 'passed' ? undefined : decoded;
	}),
];

function codec<T>(
	title: string,
	arbitrary: Arbitrary<T>,
	encode: (value: T) => Buffer,
	decode: (bytes: Buffer) => T | undefined,
	{size, openEnd = false}: {size?: number; openEnd?: boolean} = {},
): Codec {
	const erased = {title, arbitrary, encode: encode as (value: unknown) => Buffer, decode, openEnd};
	return size === undefined ? erased : {...erased, size};
}

/** A field's writer and reader as a codec of its own. */
function field<T>(
	write: (writer: Writer, value: T) => Writer,
	read: (reader: Reader) => T,
): [(value: T) => Buffer, (bytes: Buffer) => T | undefined] {
	return [
		value => write(new Writer(), value).finish(),
		encoded => {
			const reader = new Reader(encoded);
			const value = read(reader);
			return reader.complete ? value : undefined;
		},
	];
}

function record<T>(fields: {[K in keyof T]: Arbitrary<T[K]>}): Arbitrary<T> {
	return fc.record(fields, {noNullPrototype: true});
}

function withoutBody<T extends {body: Buffer}>(decoded: T | undefined): Omit<T, 'body'> | undefined {
	if (decoded === undefined) return undefined;
	const {body: _, ...rest} = decoded;
	return rest;
}

function withoutHeader<T extends {header: Buffer}>(decoded: T | undefined): Omit<T, 'header'> | undefined {
	if (decoded === undefined) return undefined;
	const {header: _, ...rest} = decoded;
	return rest;
}
