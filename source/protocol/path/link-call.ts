// CALL on the local network: who is asked for is found without the directory, under keys of an earlier session.
//
// How a client uses it. `linkKeys` once a session stands, kept in the vault for the newest two sessions of each accepted contact. When a
// contact with a waiting message has no path, and `mayCall` says so, send `createCall` at each of CALL_TIMES_MS on each interface. For what
// comes to CALL_PORT: `mayTry` first, then `whoCalls`; then take the source as a candidate, and answer with `createCall` when `mayAnswer`.
import {Buffer} from 'node:buffer';
import {equal, secretCopy, wipe} from '../../crypto/bytes.ts';
import {hmac} from '../../crypto/hash.ts';
import {expandLabel} from '../../crypto/kdf.ts';
import {type Random} from '../../crypto/random.ts';
import {CALL_NONCE_SIZE, CALL_TAG_SIZE, decodeCall, encodeCall} from '../../wire/messages/call.ts';
import {VERSION} from '../../wire/suite.ts';
import {type ProbeRole} from './probe-keys.ts';

/** Specification: where calls go to, with a time to live of 1. */
export const CALL_PORT = 7408;
export const CALL_GROUPS = ['239.255.74.6', 'ff02::1:4a06'] as const;
/** Specification: what comes from a contact within so long after the last call to it is the answer. */
export const CALL_ANSWER_MS = 5000;
/** A call goes out so long after it was wanted. */
export const CALL_TIMES_MS: readonly number[] = [0, 1000, 3000];
/** A contact is called at most so often. */
export const CALL_EVERY_MS = 60_000;
/** Calls a second whose tags are compared. */
export const CALL_TRIES = 8;
/** A contact is answered at most so often. */
export const CALL_ANSWER_EVERY_MS = 1000;
/** Contacts whose times are kept; the one whose time is oldest goes first. */
export const CALL_CONTACTS = 1024;

const KEY_SIZE = 32;
const label = Buffer.from('simchat1 lan call');

/** Of one session: `own` makes the tags of this side, `other` those of the other; 32 bytes each, secret. */
export type LinkKeys = {readonly own: Buffer; readonly other: Buffer};

/** key of the initiator 32 ‖ key of the responder 32 = EL(RK0, "link", sid, 64). Two keys, so that no call can be reflected. */
export function linkKeys(root: Buffer, sid: Buffer, role: ProbeRole): LinkKeys {
	const both = expandLabel(root, 'link', sid, 2 * KEY_SIZE);
	const initiator = secretCopy(both.subarray(0, KEY_SIZE));
	const responder = secretCopy(both.subarray(KEY_SIZE));
	wipe(both);
	return role === 'initiator' ? {own: initiator, other: responder} : {own: responder, other: initiator};
}

/** A call to this contact, or the answer to one of its calls: the two look alike. */
export function createCall({own}: LinkKeys, random: Random): Buffer {
	const nonce = random(CALL_NONCE_SIZE);
	return encodeCall({version: VERSION, nonce, tag: tagOf(own, nonce)});
}

/** Whose call this is; undefined when it is nobody's. Costs one HMAC for each of `contacts`. */
export function whoCalls<T extends {readonly keys: LinkKeys}>(datagram: Buffer, contacts: Iterable<T>): T | undefined {
	const call = decodeCall(datagram);
	if (call?.version !== VERSION) return undefined;
	for (const contact of contacts) {
		if (equal(tagOf(contact.keys.other, call.nonce), call.tag)) return contact;
	}

	return undefined;
}

/** What is counted of calls. Contact → when it was called, and answered, last: at most CALL_CONTACTS each. */
export type CallRates = {
	readonly tried: readonly number[];
	readonly called: ReadonlyMap<string, number>;
	readonly answered: ReadonlyMap<string, number>;
};

export const NO_CALLS: CallRates = {tried: [], called: new Map(), answered: new Map()};

/** Whether another call may be compared in this second; the rates with it counted. */
export function mayTry(rates: CallRates, now: number): CallRates | undefined {
	const tried = rates.tried.filter(at => now - at < 1000);
	return tried.length >= CALL_TRIES ? undefined : {...rates, tried: [...tried, now]};
}

/** Whether this contact may be called now; the rates with it counted. */
export function mayCall(rates: CallRates, name: string, now: number): CallRates | undefined {
	const at = rates.called.get(name);
	return at !== undefined && now - at < CALL_EVERY_MS ? undefined : {...rates, called: noted(rates.called, name, now)};
}

/** Whether a call of this contact is answered: it is no answer itself, and the last one was a while ago. */
export function mayAnswer(rates: CallRates, name: string, now: number): CallRates | undefined {
	const [called, answered] = [rates.called.get(name), rates.answered.get(name)];
	if (called !== undefined && now < called + CALL_TIMES_MS.at(-1)! + CALL_ANSWER_MS) return undefined;
	if (answered !== undefined && now - answered < CALL_ANSWER_EVERY_MS) return undefined;
	return {...rates, answered: noted(rates.answered, name, now)};
}

function noted(times: ReadonlyMap<string, number>, name: string, now: number): ReadonlyMap<string, number> {
	const next = new Map(times);
	next.delete(name);
	next.set(name, now);
	const [oldest] = next.keys();
	if (next.size > CALL_CONTACTS && oldest !== undefined) next.delete(oldest);
	return next;
}

function tagOf(key: Buffer, nonce: Buffer): Buffer {
	return hmac(key, label, nonce).subarray(0, CALL_TAG_SIZE);
}
