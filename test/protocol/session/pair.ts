// Two people, a server that introduces them, and what tests of a session need to look inside.
import {Buffer} from 'node:buffer';
import {createHash, randomInt} from 'node:crypto';
import {concat} from '../../../source/crypto/bytes.ts';
import {generateIdentity} from '../../../source/crypto/identity.ts';
import {systemRandom} from '../../../source/crypto/random.ts';
import {open, seal, sealKey} from '../../../source/crypto/seal.ts';
import {systemEntropy} from '../../../source/protocol/entropy.ts';
import {type Drop} from '../../../source/protocol/session/drops.ts';
import {type Local} from '../../../source/protocol/session/established.ts';
import {consumeResp, createInit, type Initiating} from '../../../source/protocol/session/initiator.ts';
import {
	consumeFin,
	consumeInit,
	createResponder,
	type InitStep,
	type Responder,
	type Responding,
	type Tickets,
} from '../../../source/protocol/session/responder.ts';
import {createSession, type Session} from '../../../source/protocol/session/session.ts';
import {type Address} from '../../../source/wire/address.ts';
import {
	decodeTicketBody,
	encodeTicketBody,
	type Grant,
	TICKET_KEY_ID,
	type TicketBody,
} from '../../../source/wire/messages/introduce.ts';
import {SUITE_DH, VERSION} from '../../../source/wire/suite.ts';

/** Server time at which every test begins. */
export const NOW = 1_800_000_000_000;
export const random = systemRandom;
export const entropy = systemEntropy;
export const atAlice: Address = {host: '192.0.2.1', port: 4000};
export const atBob: Address = {host: '192.0.2.2', port: 4000};
export const elsewhere: Address = {host: '198.51.100.9', port: 9};

/** A user and what the login gave: the ticket key that the server shares with it. */
export type Person = Local & {readonly ticketKey: Buffer; readonly ticketKeyId: Buffer};

export function person(name: string): Person {
	return {name, identity: generateIdentity(random).identity, ticketKey: random(64), ticketKeyId: random(TICKET_KEY_ID)};
}

const ticketAad = (keyId: Buffer) => concat(Buffer.from('simchat1 ticket'), keyId);

/** What a server, honest or not, puts into a grant and its ticket. */
export function introduce(from: Person, to: Person, lies: Partial<TicketBody> & {claimTo?: Buffer} = {}): Grant {
	const {claimTo = to.identity.publicKey, ...rest} = lies;
	const body: TicketBody = {
		version: VERSION,
		suite: SUITE_DH,
		from: from.name,
		to: to.name,
		key: random(32),
		identityKey: from.identity.publicKey,
		address: atAlice,
		time: NOW,
		life: 60,
		id: random(16),
		...rest,
	};
	const sealed = seal(sealKey(to.ticketKey), encodeTicketBody(body), ticketAad(to.ticketKeyId), random(16));
	const ticket = concat(to.ticketKeyId, sealed);
	return {key: Buffer.from(body.key), identityKey: claimTo, addresses: [atBob], suite: body.suite, ticket};
}

export function ticketsOf({ticketKey, ticketKeyId}: Person): Tickets {
	return {
		knows: keyId => keyId.equals(ticketKeyId),
		redeem(ticket, now) {
			const opened = open(sealKey(ticketKey), ticket.subarray(TICKET_KEY_ID), ticketAad(ticketKeyId));
			if (opened === undefined) return {drop: 'tag'};
			const body = decodeTicketBody(opened);
			if (body === undefined) return {drop: 'malformed'};
			return now > body.time + body.life * 1000 + 30_000 ? {drop: 'expired'} : {body};
		},
	};
}

export function responderOf(who: Person, newIndex: () => number = randomIndex): Responder {
	return createResponder({local: who, tickets: ticketsOf(who), entropy, newIndex, now: NOW});
}

export function randomIndex(): number {
	return randomInt(2 ** 32);
}

/** The value of a step that must not have been a drop. */
export function must<T>(step: T | Drop): Exclude<T, Drop> {
	if (typeof step === 'object' && step !== null && 'drop' in step) throw new Error(`dropped: ${step.drop}`);
	return step as Exclude<T, Drop>;
}

export function reason(step: unknown): string | undefined {
	return typeof step === 'object' && step !== null && 'drop' in step ? String(step.drop) : undefined;
}

export type Meeting = {
	readonly alice: Person;
	readonly bob: Person;
	readonly grant: Grant;
	readonly responder: Responder;
	readonly initiating: Initiating;
	readonly init: Buffer;
};

/** Alice has asked for Bob and made INIT; each has the other pinned. */
export async function meet(
	index = 7,
	alice = person('alice'),
	bob = person('bob'),
	responder = responderOf(bob),
): Promise<Meeting> {
	const grant = introduce(alice, bob);
	const peer = {name: bob.name, pinned: pinnedOf(bob)};
	const made = must(await createInit({local: alice, peer, grant, index, now: NOW, entropy}));
	return {alice, bob, grant, responder, initiating: made.state, init: made.datagram};
}

/** What is pinned of somebody after a session in so high a suite. */
export const pinnedOf = ({identity}: Local, suite = SUITE_DH) => ({identityKey: identity.publicKey, suite});

export const firstContact = () => undefined;

/** Bob's answer to INIT, from Alice's own address unless said otherwise. */
export async function respond(meeting: Meeting, datagram = meeting.init, from = atAlice, now = NOW): Promise<InitStep> {
	return consumeInit(meeting.responder, datagram, from, now, name =>
		name === meeting.alice.name ? pinnedOf(meeting.alice) : undefined,
	);
}

export async function mustResp(meeting: Meeting): Promise<{datagram: Buffer; state: Responding}> {
	const step = must(await respond(meeting));
	if (step.kind !== 'resp') throw new Error(`answered with ${step.kind}`);
	return step;
}

/** Both ends of a session that stands: `a` the initiator's, `b` the responder's. */
export type Sessions = {readonly a: Session; readonly b: Session};

export async function connect(meeting?: Meeting): Promise<Sessions> {
	const met = meeting ?? (await meet());
	const {datagram, state} = await mustResp(met);
	const {established, fin} = must(await consumeResp(met.initiating, datagram, NOW));
	const other = must(consumeFin(state, fin)).established;
	return {a: createSession(established, NOW), b: createSession(other, NOW)};
}

/** Two concurrent sessions between the same two, with the same indices, so that keys alone tell them apart. */
export async function connectTwice(): Promise<[Sessions, Sessions]> {
	const [alice, bob] = [person('alice'), person('bob')];
	const responder = responderOf(bob, () => 7);
	return [await connect(await meet(7, alice, bob, responder)), await connect(await meet(7, alice, bob, responder))];
}

/**
 * A digest of everything in a state that a datagram could have changed. Left out: the count of INITs, which every INIT is
 * to change, and the chain keys looked up ahead, which follow from the first.
 */
export function digest(state: unknown): string {
	const hash = createHash('sha256');
	const walk = (value: unknown, key = ''): void => {
		hash.update(`${key}:${typeof value}(`);
		if (Buffer.isBuffer(value)) hash.update(value);
		else if (value instanceof Map) for (const [name, item] of value) walk(item, String(name));
		else if (Array.isArray(value)) for (const item of key === 'keys' ? value.slice(0, 1) : value) walk(item);
		else if (typeof value === 'object' && value !== null && value.constructor === Object) {
			for (const [name, item] of Object.entries(value)) if (name !== 'rate') walk(item, name);
		} else if (typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean')
			hash.update(`${value}`);
		hash.update(')');
	};

	walk(state);
	return hash.digest('hex');
}

/** Every Buffer inside a state, but for what both names make public. */
export function secretsOf(state: unknown, shown: readonly string[] = ['sid', 'local', 'peer']): Buffer[] {
	if (Buffer.isBuffer(state)) return [state];
	if (state instanceof Map || Array.isArray(state)) return [...state.values()].flatMap(item => secretsOf(item));
	if (typeof state !== 'object' || state === null || state.constructor !== Object) return [];
	return Object.entries(state).flatMap(([name, item]) => (shown.includes(name) ? [] : secretsOf(item)));
}

export const isZero = (bytes: Buffer) => bytes.every(byte => byte === 0);

/** Every way to flip one bit, to cut, and to add a byte. */
export function* damaged(genuine: Buffer): Generator<[string, Buffer]> {
	for (let bit = 0; bit < genuine.length * 8; bit++) {
		const bytes = Buffer.from(genuine);
		bytes[bit >> 3]! ^= 1 << (bit & 7);
		yield [`bit ${bit & 7} of byte ${bit >> 3}`, bytes];
	}

	for (let size = 0; size < genuine.length; size++) yield [`cut to ${size}`, genuine.subarray(0, size)];
	for (const byte of [0, 0xff]) yield [`${byte} added`, concat(genuine, Buffer.of(byte))];
}
