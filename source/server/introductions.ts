// Introductions: both sides are told of each other in one turn of the event loop, so that both can open their NATs in the same instant.
import {wipe} from '../crypto/bytes.ts';
import {type Target, introduce, isFresh} from '../protocol/introduce/kdc.ts';
import {type Address, CANDIDATE_LIMIT} from '../wire/address.ts';
import {FRAME} from '../wire/frame.ts';
import {encodeCandidates} from '../wire/messages/directory.ts';
import {decodeIntroduceDevice} from '../wire/messages/devices.ts';
import {type Introduce, decodeIntroduce} from '../wire/messages/introduce.ts';
import {WAY_LIMIT, type Whereabouts, encodeCalled, encodeWays} from '../wire/messages/ways.ts';
import {SUITE_DH} from '../wire/suite.ts';
import {addressesFor} from './candidates.ts';
import {type Member, canMeet, isBound} from './member.ts';
import {takeNamed} from './rate-limits.ts';
import {type Handler, isLimited, mustWait} from './request-handler.ts';
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
	introduceTo(directory, member, asked, directory.presence.founding(asked.name));
	return 'done';
};

/** The same for one device of the name. */
export const introduceDevice: Handler = (directory, member, body) => {
	const asked = decodeIntroduceDevice(body);
	if (asked === undefined) return 'malformed';
	introduceTo(directory, member, asked, directory.presence.device(asked.name, asked.device));
	return 'done';
};

function introduceTo(directory: Directory, member: Member, asked: Introduce, found: Member | undefined): void {
	const {limits, random, clock, emit} = directory;
	if (isLimited(member, member.introductions, limits.introductions, asked.request, clock)) return;
	const now = clock.now();
	const isUnbound = !isBound(member) || (found && canMeet(member, found) && !isBound(found));
	if (isUnbound && isFresh(asked, now)) {
		mustWait(member, UNBOUND_RETRY_S * 1000, asked.request);
		emit({kind: 'introduced', granted: false});
		return;
	}

	const peer = isUnbound ? undefined : peerFor(directory, member, asked, found);
	if (peer !== undefined && mustWait(member, takeCall(directory, member, peer), asked.request)) return;
	const {request} = asked;
	const there = peer === undefined ? NOWHERE : whereabouts(peer, member);
	const here = peer === undefined ? NOWHERE : whereabouts(member, peer);
	const {name, identityKey, session} = member;
	const initiator = {name, identityKey, address: here.addresses[0] ?? session.observed};
	const target = peer && targetOf(peer, there.addresses.slice(0, CANDIDATE_LIMIT));
	const {body: introduction, ticket} = introduce(asked, initiator, target, random, now);
	member.connection.send(FRAME.ways, encodeWays({request, ...there}));
	member.connection.send(FRAME.introduction, introduction);
	wipe(introduction);
	if (peer !== undefined && ticket !== undefined) {
		peer.connection.send(FRAME.called, encodeCalled({time: now, ticket, ...here}));
	}

	emit({kind: 'introduced', granted: peer !== undefined});
}

/** Answers PUNCH_REQUEST by sending PUNCH to the founding device of the name: the addresses that the asker will send from. Only earlier clients ask for it. */
export const punchPeer: Handler = (directory, member, body) => {
	const {limits, clock} = directory;
	const asked = decodeIntroduce(body);
	if (asked === undefined) return 'malformed';
	if (isLimited(member, member.introductions, limits.introductions, asked.request, clock)) return 'done';
	const peer = peerFor(directory, member, asked, directory.presence.founding(asked.name));
	if (peer === undefined || mustWait(member, takeCall(directory, member, peer), asked.request)) return 'done';
	peer.connection.send(FRAME.punch, encodeCandidates(addressesFor(member, peer, CANDIDATE_LIMIT)));
	return 'done';
};

const NOWHERE: Whereabouts = {mapping: 'unknown', addresses: []};

/** Of whom a member may be told: a device that it can meet. Its own UDP address must be known. */
function peerFor({clock}: Directory, member: Member, asked: Introduce, peer: Member | undefined): Member | undefined {
	if (peer === undefined || !canMeet(member, peer)) return undefined;
	return isBound(member) && isFresh(asked, clock.now()) ? peer : undefined;
}

/** Takes a token for this name, or returns the ms until there is one. Only what is granted counts: a refusal tells nothing of a block. */
function takeCall({limits, clock}: Directory, member: Member, peer: Member): number {
	member.calls ??= new Map();
	return takeNamed(member.calls, peer.name, limits.calls, clock.elapsed());
}

function targetOf({session, identityKey}: Member, addresses: readonly Address[]): Target {
	const {ticketKeyId: id, ticketKey: key} = session;
	return {identityKey, addresses, ticketKey: {id, key}, suite: SUITE_DH};
}

/** Where `reader` finds a member. */
function whereabouts(member: Member, reader: Member): Whereabouts {
	return {mapping: mappingOf(member.sightings), addresses: addressesFor(member, reader, WAY_LIMIT)};
}
