// A member: one device that is signed in, and all that the server knows about it. Thousands of them are idle at a time, so a member is
// kept small: keys are raw bytes and fields are few.
import {Buffer} from 'node:buffer';
import {type DirectorySession} from '../protocol/login/login-keys.ts';
import {type Bucket, fullBucket} from '../protocol/token-bucket.ts';
import {type Address} from '../wire/address.ts';
import {type OnlineDevice} from '../wire/messages/devices.ts';
import {type DeviceStanding} from './device-standing.ts';
import {type Limits} from './rate-limits.ts';
import {type Sighting} from './sightings.ts';
import {type ServerClock} from './server-clock.ts';

/** A member's connection, as the rest of the server sees it. */
export type MemberConnection = {
	/** Seals and sends one record. */
	send(type: number, body: Buffer): void;
	/** Tells the client why, signs it out and closes. */
	end(reason: 'displaced' | 'removed' | 'deviceRemoved' | 'shutdown', retryAfter?: number): void;
};

/**
 * Online: signed in, and its UDP address is known, so it can be introduced. Unbound: signed in, but no datagram of it has reached the
 * server in UNBOUND_MS.
 */
export type PresenceState = 'offline' | 'online' | 'unbound';

/** A device that is signed in, here or at another server, as far as others may see it. */
export type SignedInDevice = {
	readonly name: string;
	/** Its device key. */
	readonly identityKey: Buffer;
	readonly role: OnlineDevice['role'];
	readonly isFounding: boolean;
	readonly speaksDevices: boolean;
	readonly state: PresenceState;
	/** Names that its account has blocked. Absent while empty. */
	readonly blocked: ReadonlySet<string> | undefined;
	/** Of its session: another one of the same device has another. */
	readonly id: string;
};

/** Who asks for others: what decides whom it may see and meet. */
export type Asker = Pick<SignedInDevice, 'name' | 'identityKey' | 'isFounding' | 'speaksDevices'>;

export type Member = {
	readonly name: string;
	/** Its device key. */
	identityKey: Buffer;
	role: OnlineDevice['role'];
	/** How many founding keys the account has had, as this member knows it. */
	generation: number;
	/** Whether its key is the account's founding key, as that of each earlier client is. */
	readonly isFounding: boolean;
	/** Whether it has said that it knows of devices. To who has not, an account is its founding device. */
	speaksDevices: boolean;
	readonly session: DirectorySession;
	readonly connection: MemberConnection;
	/** Its session id as a map key; the buffer in `session` is wiped at sign-out. */
	readonly id: string;
	/** When it signed in, ms since 1970. */
	readonly since: number;
	/** What the reflectors saw of it, the newest first: one for each reflector, at most SIGHTING_LIMIT. */
	sightings: readonly Sighting[];
	/** The times of its BINDs that have counted, ms, rising; at most BIND_MEMORY. */
	bindTimes: readonly number[];
	/** Its other addresses, as it has named them and nobody has checked; at most CANDIDATE_LIMIT. */
	candidates: readonly Address[];
	/** What its watchers are told. */
	state: PresenceState;
	/** The session of the same device whose place it has taken, until its watchers are told. */
	replaces: Member | undefined;
	/** Names it watches and names it has blocked; at most `limits.watched` and `limits.blocked`. Absent while empty. */
	watching: Set<string> | undefined;
	blocked: Set<string> | undefined;
	readonly frames: Bucket;
	readonly introductions: Bucket;
	/** By name, the introductions to that name; at most CALLED_NAMES. Absent while empty. */
	calls: Map<string, Bucket> | undefined;
	readonly searches: Bucket;
	readonly changes: Bucket;
	readonly blocks: Bucket;
	readonly devices: Bucket;
};

export function createMember(
	identity: {name: string; identityKey: Buffer; generation: number},
	{role, isFounding}: DeviceStanding,
	session: DirectorySession,
	connection: MemberConnection,
	blocked: readonly string[],
	limits: Limits,
	clock: ServerClock,
): Member {
	const elapsed = clock.elapsed();
	return {
		name: identity.name,
		identityKey: unpooled(identity.identityKey),
		role,
		generation: identity.generation,
		isFounding,
		speaksDevices: false,
		session,
		connection,
		id: sessionKey(session.sessionId),
		since: clock.now(),
		sightings: [],
		bindTimes: [],
		candidates: [],
		state: 'offline',
		replaces: undefined,
		watching: undefined,
		blocked: blocked.length > 0 ? new Set(blocked) : undefined,
		frames: fullBucket(limits.frames, elapsed),
		introductions: fullBucket(limits.introductions, elapsed),
		calls: undefined,
		searches: fullBucket(limits.searches, elapsed),
		changes: fullBucket(limits.changes, elapsed),
		blocks: fullBucket(limits.blocks, elapsed),
		devices: fullBucket(limits.devices, elapsed),
	};
}

/** A copy with memory of its own. A small buffer is a part of Node's 8 KiB pool, and keeps all of the pool in memory. */
export function unpooled(bytes: Buffer): Buffer {
	const copy = Buffer.alloc(bytes.length);
	bytes.copy(copy);
	return copy;
}

export function sessionKey(sessionId: Buffer): string {
	return sessionId.toString('latin1');
}

/** Whether a reflector has seen it, so that it can be introduced. */
export function isBound({sightings}: Member): boolean {
	return sightings.length > 0;
}

/** Whether `asker` may see that `member` is online: `member` has not blocked it. */
export function isVisible(member: SignedInDevice, asker: Asker): boolean {
	return member.blocked?.has(asker.name) !== true;
}

/**
 * Whether `asker` may be introduced to `member`: another device, that has not blocked it. Who does not know of devices meets founding ones
 * alone: the key of another would look to it like a changed one.
 */
export function canMeet(asker: Asker, member: SignedInDevice): boolean {
	const isSelf = asker.name === member.name && asker.identityKey.equals(member.identityKey);
	if (isSelf || !isVisible(member, asker)) return false;
	return (member.isFounding || asker.speaksDevices) && (asker.isFounding || member.speaksDevices);
}
