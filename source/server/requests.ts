// What a signed-in client may ask for: a handler for each request, and the table of them.
import {Buffer} from 'node:buffer';
import {wipe} from '../crypto/bytes.ts';
import {verify} from '../crypto/identity.ts';
import {acceptsScrypt} from '../crypto/password.ts';
import {isSrpValue} from '../crypto/srp.ts';
import {type Target, introduce, isFresh} from '../protocol/introduce/kdc.ts';
import {identityChangeStatement} from '../protocol/login/login-keys.ts';
import {CANDIDATE_LIMIT} from '../wire/address.ts';
import {FRAME, isIgnorable} from '../wire/frame.ts';
import {
	decodeBlock,
	decodeCandidates,
	decodeChangeIdentity,
	decodeChangePassword,
	decodeNames,
	decodePing,
	decodeSearch,
	encodeBlock,
	encodeCandidates,
	encodePing,
	encodeRefused,
	encodeResults,
} from '../wire/messages/directory.ts';
import {decodeIntroduce} from '../wire/messages/introduce.ts';
import {SUITE_DH} from '../wire/suite.ts';
import {candidatesFor, keepCandidates} from './candidates.ts';
import {type Clock} from './clock.ts';
import {type Directory} from './directory.ts';
import {type Bucket, type Rate, take} from './limits.ts';
import {type Member, isVisible, unpooled} from './member.ts';
import {type Account} from './store/store.ts';

/** When to ask again for an introduction that lacks a UDP address yet, s. */
export const UNBOUND_RETRY_S = 1;

/** What becomes of the connection: it goes on, or ends because of the request. */
export type Verdict = 'done' | 'malformed' | 'flood';
type Handler = (directory: Directory, member: Member, body: Buffer) => Verdict;

/** One request of a member, its body opened. Throws what the store throws. */
export function handleRequest(directory: Directory, member: Member, type: number, body: Buffer): Verdict {
	if (take(member.frames, directory.limits.frames, directory.clock.elapsed()) > 0) return 'flood';
	const handler = handlers[type];
	if (handler === undefined) return isIgnorable(type) ? 'done' : 'malformed';
	return handler(directory, member, body);
}

/**
 * INTRODUCE → INTRODUCTION: a fresh key and a ticket, or one answer for unknown, offline and blocked. REFUSED while the UDP address of
 * either side is not known yet: the second try may succeed.
 */
const introducePeer: Handler = ({presence, limits, random, clock, emit}, member, body) => {
	const asked = decodeIntroduce(body);
	if (asked === undefined) return 'malformed';
	if (isLimited(member, member.introductions, limits.introductions, asked.request, clock)) return 'done';
	const now = clock.now();
	const peer = presence.get(asked.name);
	const address = member.reflexive;
	const isUnbound = address === undefined || (peer && isVisible(peer, member) && peer.reflexive === undefined);
	if (isUnbound && isFresh(asked, now)) {
		member.link.send(FRAME.refused, encodeRefused({request: asked.request, retryAfter: UNBOUND_RETRY_S}));
		emit({kind: 'introduced', granted: false});
		return 'done';
	}

	const target = peer && address && isFresh(asked, now) ? targetFor(member, peer) : undefined;
	// Without a target nothing of the asker is in the answer, and its address is not looked at.
	const initiator = {name: member.name, identityKey: member.identityKey, address: address ?? member.session.observed};
	const introduction = introduce(asked, initiator, target, random, now);
	member.link.send(FRAME.introduction, introduction);
	wipe(introduction);
	emit({kind: 'introduced', granted: target !== undefined});
	return 'done';
};

function targetFor(asker: Member, peer: Member): Target | undefined {
	if (peer === asker || !isVisible(peer, asker) || peer.reflexive === undefined) return undefined;
	const {ticketKeyId: id, ticketKey: key} = peer.session;
	return {identityKey: peer.identityKey, addresses: candidatesFor(peer, asker), ticketKey: {id, key}, suite: SUITE_DH};
}

/** PUNCH_REQUEST → PUNCH to the peer: where somebody's datagrams will come from, and no key. */
const punch: Handler = ({presence, limits, clock}, member, body) => {
	const asked = decodeIntroduce(body);
	if (asked === undefined) return 'malformed';
	if (isLimited(member, member.introductions, limits.introductions, asked.request, clock)) return 'done';
	const now = clock.now();
	const peer = presence.get(asked.name);
	if (peer && peer !== member && isVisible(peer, member) && member.reflexive && isFresh(asked, now)) {
		peer.link.send(FRAME.punch, encodeCandidates(candidatesFor(member, peer)));
	}

	return 'done';
};

const setCandidates: Handler = (_, member, body) => {
	const addresses = decodeCandidates(body);
	if (addresses === undefined) return 'malformed';
	member.local = keepCandidates(member, addresses).slice(0, CANDIDATE_LIMIT - 1);
	return 'done';
};

/** WATCH → PRESENCE of these names now, and UNBOUND; later changes are pushed. */
const watch: Handler = ({presence, limits}, member, body) => {
	const names = decodeNames(body);
	if (names === undefined) return 'malformed';
	if (!presence.watch(member, names, limits.watched)) refuse(member);
	return 'done';
};

const unwatch: Handler = ({presence}, member, body) => {
	const names = decodeNames(body);
	if (names === undefined) return 'malformed';
	presence.unwatch(member, names);
	return 'done';
};

/** SEARCH → RESULTS: every name that is registered. Who has blocked the asker seems offline: a missing name would tell. */
const search: Handler = ({store, presence, limits, clock}, member, body) => {
	const query = decodeSearch(body);
	if (query === undefined) return 'malformed';
	const {request, prefix, after, limit} = query;
	if (isLimited(member, member.searches, limits.searches, request, clock)) return 'done';
	const names = store.names(prefix, after, limit + 1);
	const entries = names.slice(0, limit).map(name => ({name, online: presence.seenBy(member, name) === 'online'}));
	member.link.send(FRAME.results, encodeResults({request, more: names.length > limit, entries}));
	return 'done';
};

/** BLOCK → BLOCKED, once it is stored; past its rate with what stays stored. What changes nothing costs nothing. */
const block: Handler = ({store, presence, limits, clock}, member, body) => {
	const request = decodeBlock(body);
	if (request === undefined || request.name === member.name) return 'malformed';
	const {name, blocked} = request;
	const wasBlocked = member.blocked?.has(name) === true;
	if (blocked && !wasBlocked && (member.blocked?.size ?? 0) >= limits.blocked) {
		refuse(member);
		return 'done';
	}

	const isDone = blocked === wasBlocked || take(member.blocks, limits.blocks, clock.elapsed()) === 0;
	if (isDone && blocked !== wasBlocked) {
		store.setBlocked(member.name, name, blocked);
		presence.block(member, name, blocked);
	}

	member.link.send(FRAME.blocked, encodeBlock({name, blocked: isDone ? blocked : wasBlocked}));
	return 'done';
};

const ping: Handler = (_, member, body) => {
	const token = decodePing(body);
	if (token === undefined) return 'malformed';
	member.link.send(FRAME.pong, encodePing(token));
	return 'done';
};

/** CHANGE_PASSWORD → CHANGED. */
const changePassword: Handler = (directory, member, body) => {
	const change = decodeChangePassword(body);
	if (change === undefined || !acceptsScrypt(change.stretching) || !isSrpValue(change.verifier)) return 'malformed';
	if (isLimited(member, member.changes, directory.limits.changes, 0, directory.clock)) return 'done';
	return changeAccount(directory, member, account => ({...account, ...change}));
};

/** CHANGE_IDENTITY → CHANGED, when both the old key and the new one have signed it. */
const changeIdentity: Handler = (directory, member, body) => {
	const change = decodeChangeIdentity(body);
	if (change === undefined) return 'malformed';
	if (isLimited(member, member.changes, directory.limits.changes, 0, directory.clock)) return 'done';
	const statement = identityChangeStatement(member.name, change.identityKey);
	const isSigned =
		verify(member.identityKey, statement, change.signatureOld) &&
		verify(change.identityKey, statement, change.signatureNew);
	if (!isSigned) return 'malformed';
	const identityKey = unpooled(change.identityKey);
	member.identityKey = identityKey;
	return changeAccount(directory, member, account => ({...account, identityKey, generation: account.generation + 1}));
};

function changeAccount({store}: Directory, member: Member, change: (account: Account) => Account): Verdict {
	store.durably(() => {
		const account = store.account(member.name);
		if (account !== undefined) store.putAccount(change(account));
	});
	member.link.send(FRAME.changed, Buffer.alloc(0));
	return 'done';
}

function isLimited({link}: Member, bucket: Bucket, rate: Rate, request: number, clock: Clock): boolean {
	const wait = take(bucket, rate, clock.elapsed());
	if (wait > 0) link.send(FRAME.refused, encodeRefused({request, retryAfter: Math.ceil(wait / 1000)}));
	return wait > 0;
}

/** Waiting does not help: a list is full. */
function refuse({link}: Member): void {
	link.send(FRAME.refused, encodeRefused({request: 0, retryAfter: 0}));
}

const handlers: Readonly<Record<number, Handler>> = {
	[FRAME.introduce]: introducePeer,
	[FRAME.punchRequest]: punch,
	[FRAME.candidates]: setCandidates,
	[FRAME.watch]: watch,
	[FRAME.unwatch]: unwatch,
	[FRAME.search]: search,
	[FRAME.block]: block,
	[FRAME.ping]: ping,
	[FRAME.changePassword]: changePassword,
	[FRAME.changeIdentity]: changeIdentity,
};
