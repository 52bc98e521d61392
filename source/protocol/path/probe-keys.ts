// The keys of a PROBE, and the datagrams under them. Both sides of an introduction derive them from what the server gave them.
import {Buffer} from 'node:buffer';
import {equal, secretCopy, wipe} from '../../crypto/bytes.ts';
import {hmac, sha256} from '../../crypto/hash.ts';
import {expandLabel} from '../../crypto/kdf.ts';
import {type Address} from '../../wire/address.ts';
import {
	PROBE_MAC_SIZE,
	PROBE_TAG_SIZE,
	type Probe,
	decodeProbe,
	encodeProbe,
	probeBody,
} from '../../wire/messages/probe.ts';
import {VERSION} from '../../wire/suite.ts';

const KEY_SIZE = 32;
const label = Buffer.from('simchat1 probe');

/** Which side of the introduction this is: the initiator has asked the server, the responder was named to it. */
export type ProbeRole = 'initiator' | 'responder';

/** `tag` names the introduction, 4 bytes, public. `own` is the key of what this side sends, `other` of what it takes, 32 bytes each. */
export type ProbeKeys = {readonly tag: Buffer; readonly own: Buffer; readonly other: Buffer};

/**
 * tag 4 ‖ key of the initiator 32 ‖ key of the responder 32 = EL(Kc1c2, "probe", H(ticket), 68). `key` is Kc1c2, 32 bytes: the
 * initiator has it from INTRODUCTION, the responder from the ticket, which it opens first. Two keys, so that nothing can be reflected.
 */
export function deriveProbeKeys(key: Buffer, ticket: Buffer, role: ProbeRole): ProbeKeys {
	const all = expandLabel(key, 'probe', sha256(ticket), PROBE_TAG_SIZE + 2 * KEY_SIZE);
	const tag = Buffer.from(all.subarray(0, PROBE_TAG_SIZE));
	const initiator = secretCopy(all.subarray(PROBE_TAG_SIZE, PROBE_TAG_SIZE + KEY_SIZE));
	const responder = secretCopy(all.subarray(PROBE_TAG_SIZE + KEY_SIZE));
	wipe(all);
	return role === 'initiator' ? {tag, own: initiator, other: responder} : {tag, own: responder, other: initiator};
}

export function wipeProbeKeys({own, other}: ProbeKeys): void {
	wipe(own, other);
}

/** The ask with this nonce of 12 bytes. */
export function createAsk({tag, own}: ProbeKeys, nonce: Buffer): Buffer {
	return sealed(own, {version: VERSION, tag, nonce, kind: 'ask'});
}

/** The answer to the ask with this nonce, which came from `observed`. */
export function createAnswer({tag, own}: ProbeKeys, nonce: Buffer, observed: Address): Buffer {
	return sealed(own, {version: VERSION, tag, nonce, kind: 'answer', observed});
}

/** malformed: not the layout; version: another one; tag: of no introduction here; mac: altered, reflected, or of another introduction. */
export type ProbeRefusal = 'malformed' | 'version' | 'tag' | 'mac';

/** What the other side of one of the introductions said. `find` has the keys of a tag. Throws nothing, whatever the bytes are. */
export function openProbe<T extends {readonly keys: ProbeKeys}>(
	datagram: Buffer,
	find: (tag: Buffer) => T | undefined,
): {readonly probe: Probe; readonly of: T} | {readonly drop: ProbeRefusal} {
	const probe = decodeProbe(datagram);
	if (probe === undefined) return {drop: 'malformed'};
	if (probe.version !== VERSION) return {drop: 'version'};
	const of = find(probe.tag);
	if (of === undefined) return {drop: 'tag'};
	return equal(macOf(of.keys.other, probe.body), probe.mac) ? {probe, of} : {drop: 'mac'};
}

function sealed(key: Buffer, probe: Probe): Buffer {
	const body = probeBody(probe);
	return encodeProbe(body, macOf(key, body));
}

function macOf(key: Buffer, body: Buffer): Buffer {
	return hmac(key, label, body).subarray(0, PROBE_MAC_SIZE);
}
