// What servers of a cluster say to each other: CBOR, checked field by field after decoding.
import {Buffer} from 'node:buffer';
import {decode, encode} from 'cborg';
import * as z from 'zod/mini';
import {isName} from '../../wire/name.ts';

const bytes = (most: number) =>
	z.pipe(
		z.instanceof(Uint8Array).check(z.refine(value => value.length <= most)),
		z.transform((value: Uint8Array<ArrayBuffer>): Buffer => Buffer.from(value.buffer, value.byteOffset, value.length)),
	);
const name = z.string().check(z.refine(isName));
const address = z.object({
	host: z.string().check(z.maxLength(64)),
	port: z.int().check(z.minimum(0), z.maximum(0xff_ff)),
});
const whole = z.int().check(z.minimum(0));
const asked = z.object({request: whole, name, time: whole});

/** Who asks to be introduced, as the server of the other has to know it. */
const asker = z.object({
	name,
	identityKey: bytes(32),
	isFounding: z.boolean(),
	speaksDevices: z.boolean(),
	host: z.string().check(z.maxLength(64)),
	sightings: z.array(z.object({reflector: address, address, time: whole})).check(z.maxLength(64)),
	candidates: z.array(address).check(z.maxLength(64)),
});

const message = z.discriminatedUnion('kind', [
	/** Who is signed in with these names, or whom they have blocked, is another one in the database. */
	z.object({kind: z.literal('changed'), names: z.array(name)}),
	z.object({kind: z.literal('blocks'), name}),
	z.object({kind: z.literal('log'), name}),
	z.object({kind: z.literal('ended'), name}),
	/** A later session of the device is at the sender: what is older than `below` ends. */
	z.object({kind: z.literal('displace'), name, key: bytes(32), below: whole}),
	/** The answer: it has ended. */
	z.object({kind: z.literal('displaced')}),
	/** `mayCall`: whether the asker has a token left for this name. `device`: its id, absent for the founding device. */
	z.object({kind: z.literal('introduce'), asked, device: z.optional(bytes(32)), asker, mayCall: z.boolean()}),
	z.object({
		kind: z.literal('introduced'),
		outcome: z.enum(['none', 'unbound', 'granted', 'limited']),
		introduction: z.optional(bytes(1024)),
		ways: z.optional(bytes(1024)),
	}),
	z.object({kind: z.literal('punch'), asked, asker}),
	z.object({kind: z.literal('link'), name, body: bytes(2048)}),
	z.object({kind: z.literal('bind'), datagram: bytes(96), from: address, at: address}),
	z.object({kind: z.literal('bound'), datagram: bytes(96), to: address, at: address}),
]);

/** `ask`: the number that an answer names as `answers`. */
const envelope = z.object({message, ask: z.optional(whole), answers: z.optional(whole)});

export type BusMessage = z.infer<typeof message>;
export type RemoteAsker = z.infer<typeof asker>;
export type BusEnvelope = {
	readonly message: BusMessage;
	readonly ask?: number | undefined;
	readonly answers?: number | undefined;
};

export function encodeEnvelope(sent: BusEnvelope): Buffer {
	const {message: said, ask, answers} = sent;
	return Buffer.from(
		encode({message: withoutUndefined(said), ...(ask !== undefined && {ask}), ...(answers !== undefined && {answers})}),
	);
}

/** Several, each behind its length of two bytes. What cannot be read is left out. */
export function decodeEnvelopes(plaintext: Buffer): BusEnvelope[] {
	const envelopes: BusEnvelope[] = [];
	for (let at = 0; at + 2 <= plaintext.length;) {
		const end = at + 2 + plaintext.readUInt16BE(at);
		const read = readEnvelope(plaintext.subarray(at + 2, end));
		if (read !== undefined) envelopes.push(read);
		at = end;
	}

	return envelopes;
}

function readEnvelope(part: Buffer): BusEnvelope | undefined {
	try {
		return envelope.parse(decode(part));
	} catch {
		return undefined;
	}
}

/** CBOR has a value for undefined that we do not use. */
function withoutUndefined(said: BusMessage): object {
	return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
}
