// Introductions: both sides are told of each other in one turn of the event loop, so that both can open their NATs in the same instant.
import {type Buffer} from 'node:buffer';
import {wipe} from '../crypto/bytes.ts';
import {type Target, introduce, isFresh} from '../protocol/introduce/kdc.ts';
import {type Address, CANDIDATE_LIMIT} from '../wire/address.ts';
import {FRAME} from '../wire/frame.ts';
import {encodeCandidates} from '../wire/messages/directory.ts';
import {decodeIntroduceDevice} from '../wire/messages/devices.ts';
import {type Introduce, decodeIntroduce} from '../wire/messages/introduce.ts';
import {WAY_LIMIT, type Whereabouts, encodeCalled, encodeWays} from '../wire/messages/ways.ts';
import {SUITE_DH} from '../wire/suite.ts';
import {type Located, addressesFor} from './candidates.ts';
import {type Cluster} from './cluster/cluster-port.ts';
import {type Asker, type Member, canMeet, isBound} from './member.ts';
import {takeNamed} from './rate-limits.ts';
import {type Handler, type Verdict, isLimited, mustWait} from './request-handler.ts';
import {type Directory} from './sessions.ts';
import {mappingOf} from './sightings.ts';

/** After how long a client may ask again, when an introduction was refused because a UDP address is not known yet, s. */
export const UNBOUND_RETRY_S = 1;

/**
 * Answers INTRODUCE with WAYS and INTRODUCTION, and sends CALLED to the founding device of the other: a fresh key and a ticket, and where
 * each finds the other.
 * For unknown, offline and blocked the answer is the same and empty, and the other is sent nothing. Answers with REFUSED while the UDP
 * address of either side is not known yet: a second try may succeed.
 */
export const introducePeer: Handler = (directory, member, body) => {
	const asked = decodeIntroduce(body);
	if (asked === undefined) return 'malformed';
	return introduceTo(directory, member, asked, directory.presence.founding(asked.name));
};

/** The same for one device of the name. */
export const introduceDevice: Handler = (directory, member, body) => {
	const asked = decodeIntroduceDevice(body);
	if (asked === undefined) return 'malformed';
	const {name, device} = asked;
	return introduceTo(directory, member, asked, directory.presence.device(name, device), device);
};

function introduceTo(
	directory: Directory,
	member: Member,
	asked: Introduce,
	found: Member | undefined,
	device?: Buffer,
): Verdict | Promise<Verdict> {
	const {limits, clock, cluster} = directory;
	if (isLimited(member, member.introductions, limits.introductions, asked.request, clock)) return 'done';
	const now = clock.now();
	const isUnbound = !isBound(member) || (found && canMeet(member, found) && !isBound(found));
	if (isUnbound && isFresh(asked, now)) refuseUnbound(directory, member, asked);
	else if (found === undefined && cluster !== undefined) return introduceElsewhere(cluster, member, asked, device);
	else {
		const peer = isUnbound ? undefined : peerFor(directory, member, asked, found);
		if (peer !== undefined && mustWait(member, takeCall(directory, member, peer.name), asked.request)) return 'done';
		const granted = peer && grantTo(directory, member, asked, peer);
		answerIntroduce(directory, member, asked, granted);
		granted?.call();
	}

	return 'done';
}

async function introduceElsewhere(
	cluster: Cluster,
	member: Member,
	asked: Introduce,
	device: Buffer | undefined,
): Promise<Verdict> {
	await cluster.introduce(member, asked, device);
	return 'done';
}

/** The UDP address of either side is not known yet. */
export function refuseUnbound({emit}: Directory, member: Member, {request}: Introduce): void {
	mustWait(member, UNBOUND_RETRY_S * 1000, request);
	emit({kind: 'introduced', granted: false});
}

/** The bodies of INTRODUCTION, which holds a key, and of WAYS. */
export type IntroductionBodies = {readonly introduction: Buffer; readonly ways: Buffer};

/** Sends the member what it was granted, or that it was granted nothing, and wipes it. */
export function answerIntroduce(
	{random, clock, emit}: Directory,
	member: Member,
	asked: Introduce,
	granted: IntroductionBodies | undefined,
): void {
	const {name, identityKey, session} = member;
	const nobody = () => introduce(asked, {name, identityKey, address: session.observed}, undefined, random, clock.now());
	const introduction = granted?.introduction ?? nobody().body;
	member.connection.send(FRAME.ways, granted?.ways ?? encodeWays({request: asked.request, ...NOWHERE}));
	member.connection.send(FRAME.introduction, introduction);
	wipe(introduction);
	emit({kind: 'introduced', granted: granted !== undefined});
}

/** A fresh key for a member of any server and for one of this, which `call` tells. Whether they may meet has been decided. */
export function grantTo(
	{random, clock}: Directory,
	asker: Located & Pick<Asker, 'name' | 'identityKey'>,
	asked: Introduce,
	peer: Member,
): IntroductionBodies & {readonly call: () => void} {
	const now = clock.now();
	const {name, identityKey, session} = asker;
	const [there, here] = [whereabouts(peer, asker), whereabouts(asker, peer)];
	const initiator = {name, identityKey, address: here.addresses[0] ?? session.observed};
	const target = targetOf(peer, there.addresses.slice(0, CANDIDATE_LIMIT));
	const {body, ticket} = introduce(asked, initiator, target, random, now);
	const call = () => {
		if (ticket !== undefined) peer.connection.send(FRAME.called, encodeCalled({time: now, ticket, ...here}));
	};
	return {introduction: body, ways: encodeWays({request: asked.request, ...there}), call};
}

/** Answers PUNCH_REQUEST by sending PUNCH to the founding device of the name: the addresses that the asker will send from. Only earlier clients ask for it. */
export const punchPeer: Handler = (directory, member, body) => {
	const {limits, clock} = directory;
	const asked = decodeIntroduce(body);
	if (asked === undefined) return 'malformed';
	if (isLimited(member, member.introductions, limits.introductions, asked.request, clock)) return 'done';
	const found = directory.presence.founding(asked.name);
	if (found === undefined && directory.cluster !== undefined) return punchElsewhere(directory.cluster, member, asked);
	const peer = peerFor(directory, member, asked, found);
	if (peer === undefined || mustWait(member, takeCall(directory, member, peer.name), asked.request)) return 'done';
	sendPunch(member, peer);
	return 'done';
};

async function punchElsewhere(cluster: Cluster, member: Member, asked: Introduce): Promise<Verdict> {
	await cluster.punch(member, asked);
	return 'done';
}

/** Tells `peer` where a member of any server is. */
export function sendPunch(member: Located, peer: Member): void {
	peer.connection.send(FRAME.punch, encodeCandidates(addressesFor(member, peer, CANDIDATE_LIMIT)));
}

const NOWHERE: Whereabouts = {mapping: 'unknown', addresses: []};

/** Of whom a member may be told: a device that it can meet. Its own UDP address must be known. */
function peerFor({clock}: Directory, member: Member, asked: Introduce, peer: Member | undefined): Member | undefined {
	if (peer === undefined || !canMeet(member, peer)) return undefined;
	return isBound(member) && isFresh(asked, clock.now()) ? peer : undefined;
}

/** Takes a token for this name, or returns the ms until there is one. Only what is granted counts: a refusal tells nothing of a block. */
export function takeCall({limits, clock}: Directory, member: Member, name: string): number {
	member.calls ??= new Map();
	return takeNamed(member.calls, name, limits.calls, clock.elapsed());
}

function targetOf({session, identityKey}: Member, addresses: readonly Address[]): Target {
	const {ticketKeyId: id, ticketKey: key} = session;
	return {identityKey, addresses, ticketKey: {id, key}, suite: SUITE_DH};
}

/** Where `reader` finds a member. */
function whereabouts(member: Located, reader: Located): Whereabouts {
	return {mapping: mappingOf(member.sightings), addresses: addressesFor(member, reader, WAY_LIMIT)};
}
