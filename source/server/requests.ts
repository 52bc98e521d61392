// The requests of a signed-in client: a handler for each, and the table of handlers by frame type.
import {Buffer} from 'node:buffer';
import {verify} from '../crypto/identity.ts';
import {acceptsScrypt} from '../crypto/password.ts';
import {isSrpValue} from '../crypto/srp.ts';
import {identityChangeStatement} from '../protocol/login/login-keys.ts';
import {take} from '../protocol/token-bucket.ts';
import {FRAME, isIgnorable} from '../wire/frame.ts';
import {
	type Search,
	decodeBlock,
	decodeCandidates,
	decodeChangeIdentity,
	decodeChangePassword,
	decodeNames,
	decodePing,
	decodeSearch,
	encodeBlock,
	encodePing,
	encodeResults,
} from '../wire/messages/directory.ts';
import {encodeLogs} from '../wire/messages/devices.ts';
import {keepCandidates} from './candidates.ts';
import {addToLog, tellDevices} from './device-logs.ts';
import {introduceDevice, introducePeer, punchPeer} from './introductions.ts';
import {type Member, unpooled} from './member.ts';
import {type Handler, type Verdict, isLimited, refuse} from './request-handler.ts';
import {type Directory} from './sessions.ts';
import {type AccountChange} from './store/directory-store.ts';

/** Handles one request; `body` is decrypted. Rejects with errors of the store. */
export function handleRequest(
	directory: Directory,
	member: Member,
	type: number,
	body: Buffer,
): Verdict | Promise<Verdict> {
	// Without a lease its session may be somebody else's by now: it has ended.
	if (directory.cluster?.holdsLease() === false) return 'done';
	if (take(member.frames, directory.limits.frames, directory.clock.elapsed()) > 0) return 'flood';
	const handler = handlers[type];
	if (handler === undefined) return isIgnorable(type) ? 'done' : 'malformed';
	return handler(directory, member, body);
}

const setCandidates: Handler = (_, member, body) => {
	const addresses = decodeCandidates(body);
	if (addresses === undefined) return 'malformed';
	member.candidates = keepCandidates(addresses);
	return 'done';
};

/** Answers WATCH with LOGS, ONLINE_DEVICES, PRESENCE and UNBOUND of these names. Later changes are sent as they happen. */
const watch: Handler = (directory, member, body) => {
	const {presence, cluster, limits} = directory;
	const names = decodeNames(body);
	if (names === undefined) return 'malformed';
	if (member.speaksDevices || cluster !== undefined) return watchLater(directory, member, names);
	if (!presence.watch(member, names, limits.watched)) refuse(member);
	return 'done';
};

async function watchLater(
	{store, presence, cluster, limits}: Directory,
	member: Member,
	names: readonly string[],
): Promise<Verdict> {
	const longLogs = async () => (member.speaksDevices ? store.longLogs(names) : []);
	const before = await longLogs();
	if (!presence.isThere(member)) return 'done';
	if (before.length > 0) member.connection.send(FRAME.logs, encodeLogs(before));
	if (!presence.follow(member, names, limits.watched)) {
		refuse(member);
		return 'done';
	}

	if (cluster !== undefined) await cluster.learn(names);
	presence.tell(member, names);
	// A log may have grown behind the question, and nobody was told for this member: from here on it is.
	const counts = new Map(before.map(({name, count}) => [name, count]));
	const grown = (await longLogs()).filter(({name, count}) => counts.get(name) !== count);
	if (grown.length > 0) member.connection.send(FRAME.logs, encodeLogs(grown));
	return 'done';
}

const unwatch: Handler = ({presence}, member, body) => {
	const names = decodeNames(body);
	if (names === undefined) return 'malformed';
	presence.unwatch(member, names);
	return 'done';
};

/** Answers SEARCH with RESULTS: registered names. One that has blocked the asker looks offline, since a missing name would show the block. */
const search: Handler = (directory, member, body) => {
	const {limits, clock} = directory;
	const query = decodeSearch(body);
	if (query === undefined) return 'malformed';
	if (isLimited(member, member.searches, limits.searches, query.request, clock)) return 'done';
	return searchLater(directory, member, query);
};

async function searchLater({store, presence, cluster}: Directory, member: Member, query: Search): Promise<Verdict> {
	const {request, prefix, after, limit} = query;
	const names = await store.names(prefix, after, limit + 1);
	const elsewhere = await cluster?.find(names);
	const entries = names.slice(0, limit).map(name => {
		const state = name === member.name ? member.state : presence.seenBy(member, name, elsewhere?.get(name));
		return {name, online: state === 'online'};
	});
	member.connection.send(FRAME.results, encodeResults({request, more: names.length > limit, entries}));
	return 'done';
}

/** Answers BLOCK with BLOCKED once it is stored; past the rate with what is stored already. A request that changes nothing takes no token. */
const block: Handler = (directory, member, body) => {
	const {limits, clock} = directory;
	const request = decodeBlock(body);
	if (request === undefined || request.name === member.name) return 'malformed';
	const {name, blocked} = request;
	const wasBlocked = member.blocked?.has(name) === true;
	if (blocked && !wasBlocked && (member.blocked?.size ?? 0) >= limits.blocked) {
		refuse(member);
		return 'done';
	}

	if (blocked !== wasBlocked && take(member.blocks, limits.blocks, clock.elapsed()) === 0) {
		return setBlocked(directory, member, name, blocked);
	}

	member.connection.send(FRAME.blocked, encodeBlock({name, blocked: wasBlocked}));
	return 'done';
};

/** What is stored holds for all devices of the account that are signed in, even when this one is gone meanwhile. */
async function setBlocked(
	{store, presence, arrivals, cluster, limits}: Directory,
	member: Member,
	name: string,
	blocked: boolean,
): Promise<Verdict> {
	const outcome = await store.setBlocked(member.name, name, blocked, limits.blocked);
	if (outcome === 'full') {
		refuse(member);
		return 'done';
	}

	arrivals.changed(member.name);
	presence.block(member, name, blocked);
	cluster?.blocksChanged(member.name);
	member.connection.send(FRAME.blocked, encodeBlock({name, blocked}));
	return 'done';
}

const ping: Handler = (_, member, body) => {
	const token = decodePing(body);
	if (token === undefined) return 'malformed';
	member.connection.send(FRAME.pong, encodePing(token));
	return 'done';
};

/** Answers CHANGE_PASSWORD with CHANGED. */
const changePassword: Handler = (directory, member, body) => {
	const change = decodeChangePassword(body);
	if (change === undefined || !acceptsScrypt(change.stretching) || !isSrpValue(change.verifier)) return 'malformed';
	if (isLimited(member, member.changes, directory.limits.changes, 0, directory.clock)) return 'done';
	return changeAccount(directory, member, change);
};

/** Answers CHANGE_IDENTITY with CHANGED, if both the old key and the new one have signed it, and the account has no device log. */
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
	return changeAccount(directory, member, {identityKey}, () => {
		member.identityKey = identityKey;
		member.generation++;
	});
};

/** `act` runs once it is stored. An account that starts over, or is removed, meanwhile ends its sessions. */
async function changeAccount(
	{store, cluster}: Directory,
	member: Member,
	change: AccountChange,
	act?: () => void,
): Promise<Verdict> {
	// Where a log leads from the founding key to others, another founding key is another account: the store does not take it.
	if ((await store.change(member.name, member.generation, change)) === 'stale') return 'malformed';
	act?.();
	member.connection.send(FRAME.changed, Buffer.alloc(0));
	// What is claimed among servers is claimed for a key: with another one the client signs in again.
	if (cluster !== undefined && 'identityKey' in change) member.connection.end('shutdown');
	return 'done';
}

const handlers: Readonly<Record<number, Handler>> = {
	[FRAME.introduce]: introducePeer,
	[FRAME.introduceDevice]: introduceDevice,
	[FRAME.devices]: tellDevices,
	[FRAME.extendLog]: addToLog,
	[FRAME.punchRequest]: punchPeer,
	[FRAME.candidates]: setCandidates,
	[FRAME.watch]: watch,
	[FRAME.unwatch]: unwatch,
	[FRAME.search]: search,
	[FRAME.block]: block,
	[FRAME.ping]: ping,
	[FRAME.changePassword]: changePassword,
	[FRAME.changeIdentity]: changeIdentity,
};
