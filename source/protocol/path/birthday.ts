// Birthday probing: one NAT gives each way another port, the other does not. Many sockets of the one wait to be asked at any of their
// ports, and the other asks random ports of that host until it meets one.
//
// A client does not use this file but `Probing.birthday`, which holds the keys. The state is changed in place: it has up to 1024 open
// asks. Times in ms of a clock that only runs forward. With 256 of 64512 ports open, and 512 after 2 s, one is met within 2.3 s with 50 %,
// within 7.3 s with 99 %, and within all 1024 asks with 99.9 %.
import {type Buffer} from 'node:buffer';
import {type Random} from '../../crypto/random.ts';
import {type Address} from '../../wire/address.ts';
import {PROBE_NONCE_SIZE} from '../../wire/messages/probe.ts';
import {
	BIRTHDAY_FIRST_SOCKETS,
	BIRTHDAY_LOWEST_PORT,
	BIRTHDAY_MORE_MS,
	BIRTHDAY_MS,
	BIRTHDAY_PORTS,
	BIRTHDAY_PORT_PAUSE_MS,
	BIRTHDAY_SOCKETS,
	BIRTHDAY_SOCKET_PAUSE_MS,
} from './probe-limits.ts';
import {type PathPair, type ProvenPair, isSamePair} from './probe-run.ts';

/**
 * many-sockets: asks the other side's seen address once from each of these sockets, which the client has opened; at most BIRTHDAY_SOCKETS.
 * many-ports: asks random ports of the other side's seen host from one socket.
 */
export type BirthdayPlan =
	| {readonly kind: 'many-sockets'; readonly sockets: readonly number[]; readonly address: Address}
	| {readonly kind: 'many-ports'; readonly socket: number; readonly host: string};

export type Birthday = {
	readonly plan: BirthdayPlan;
	readonly startedAt: number;
	readonly endsAt: number;
	/** Asks so far. */
	sent: number;
	dueAt: number;
	/** Nonce in hex → the ask, until it is answered: at most BIRTHDAY_SOCKETS, or BIRTHDAY_PORTS. */
	readonly open: Map<string, PathPair & {readonly at: number}>;
	/** The part of a shuffle of all ports that has been drawn: at most BIRTHDAY_PORTS entries. */
	readonly drawn: Map<number, number>;
};

export type BirthdayAsk = PathPair & {readonly nonce: Buffer};

export function startBirthday(plan: BirthdayPlan, now: number): Birthday {
	const bounded = plan.kind === 'many-sockets' ? {...plan, sockets: plan.sockets.slice(0, BIRTHDAY_SOCKETS)} : plan;
	return {
		plan: bounded,
		startedAt: now,
		endsAt: now + BIRTHDAY_MS,
		sent: 0,
		dueAt: now,
		open: new Map(),
		drawn: new Map(),
	};
}

/** The ask that is due; undefined when none is. The next one is due after a pause from now: what a late clock missed is not made up for. */
export function birthdayAsk(birthday: Birthday, now: number, random: Random): BirthdayAsk | undefined {
	if (now < birthday.dueAt) return undefined;
	const pair = pairOf(birthday, random);
	birthday.sent++;
	birthday.dueAt = dueAfter(birthday, now);
	const nonce = random(PROBE_NONCE_SIZE);
	birthday.open.set(nonce.toString('hex'), {...pair, at: now});
	return {...pair, nonce};
}

/** The pair that an answer proves, when it is to an open ask and came on its pair. */
export function birthdayAnswer(
	birthday: Birthday,
	{nonce, observed}: {readonly nonce: Buffer; readonly observed: Address},
	from: PathPair,
	now: number,
): ProvenPair | undefined {
	const ask = birthday.open.get(nonce.toString('hex'));
	if (ask === undefined || !isSamePair(ask, from)) return undefined;
	return {...from, rtt: now - ask.at, observed};
}

/** Whether this is one of its many sockets. */
export function hasSocket({plan}: Birthday, socket: number): boolean {
	return plan.kind === 'many-sockets' && plan.sockets.includes(socket);
}

/** The sockets that birthday probing has used, but for `kept`: the client closes them. */
export function spentSockets({plan}: Birthday, kept?: number): readonly number[] {
	return plan.kind === 'many-sockets' ? plan.sockets.filter(socket => socket !== kept) : [];
}

function pairOf(birthday: Birthday, random: Random): PathPair {
	const {plan, sent} = birthday;
	if (plan.kind === 'many-sockets') return {socket: plan.sockets[sent]!, address: plan.address};
	return {socket: plan.socket, address: {host: plan.host, port: nextPort(birthday, random)}};
}

/** The next of all ports in random order, none twice: one step of a shuffle (Fisher and Yates) that keeps only what it has moved. */
function nextPort({sent, drawn}: Birthday, random: Random): number {
	const last = 65_535 - BIRTHDAY_LOWEST_PORT - sent;
	const index = random(4).readUInt32BE() % (last + 1);
	const port = drawn.get(index) ?? index;
	drawn.set(index, drawn.get(last) ?? last);
	return BIRTHDAY_LOWEST_PORT + port;
}

function dueAfter({plan, sent, startedAt}: Birthday, now: number): number {
	if (plan.kind === 'many-ports')
		return sent < BIRTHDAY_PORTS ? now + BIRTHDAY_PORT_PAUSE_MS : Number.POSITIVE_INFINITY;
	if (sent >= plan.sockets.length) return Number.POSITIVE_INFINITY;
	const next = now + BIRTHDAY_SOCKET_PAUSE_MS;
	return sent === BIRTHDAY_FIRST_SOCKETS ? Math.max(next, startedAt + BIRTHDAY_MORE_MS) : next;
}
