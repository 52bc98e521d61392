// A member: one client that is signed in, with all the server knows of it. Thousands lie idle, so keys are raw and fields are few.
import {Buffer} from 'node:buffer';
import {type DirectorySession} from '../protocol/login/login-keys.ts';
import {type Address} from '../wire/address.ts';
import {type Clock} from './clock.ts';
import {type Bucket, type Limits, fullBucket} from './limits.ts';

/** A member's connection, as the rest of the server sees it. */
export type Link = {
	/** Seals and sends one record. */
	send(type: number, body: Buffer): void;
	/** Tells the client why, signs it out and closes. */
	end(reason: 'displaced' | 'removed'): void;
};

/** Online: it can be introduced; unbound: it is signed in, and its UDP has not reached the server for longer than it takes. */
export type Standing = 'offline' | 'online' | 'unbound';

export type Member = {
	readonly name: string;
	identityKey: Buffer;
	readonly session: DirectorySession;
	readonly link: Link;
	/** Its session id as a map key; the buffer in `session` is wiped at sign-out. */
	readonly id: string;
	/** When it signed in, ms since 1970. */
	readonly since: number;
	/** Where its UDP socket was last seen, and the time that the last BIND named, ms. */
	reflexive: Address | undefined;
	boundAt: number;
	/** Local candidates, at most three. */
	local: readonly Address[];
	/** What those who watch it may know. */
	standing: Standing;
	/** Names it watches and names it has blocked; at most `limits.watched` and `limits.blocked`. Absent while empty. */
	watching: Set<string> | undefined;
	blocked: Set<string> | undefined;
	readonly frames: Bucket;
	readonly introductions: Bucket;
	readonly searches: Bucket;
	readonly changes: Bucket;
	readonly blocks: Bucket;
};

export function createMember(
	identity: {name: string; identityKey: Buffer},
	session: DirectorySession,
	link: Link,
	blocked: readonly string[],
	limits: Limits,
	clock: Clock,
): Member {
	const elapsed = clock.elapsed();
	return {
		name: identity.name,
		identityKey: unpooled(identity.identityKey),
		session,
		link,
		id: sessionKey(session.sessionId),
		since: clock.now(),
		reflexive: undefined,
		boundAt: 0,
		local: [],
		standing: 'offline',
		watching: undefined,
		blocked: blocked.length > 0 ? new Set(blocked) : undefined,
		frames: fullBucket(limits.frames, elapsed),
		introductions: fullBucket(limits.introductions, elapsed),
		searches: fullBucket(limits.searches, elapsed),
		changes: fullBucket(limits.changes, elapsed),
		blocks: fullBucket(limits.blocks, elapsed),
	};
}

/** A copy with memory of its own: a small buffer from Node's pool would keep the 8 KiB around it. */
export function unpooled(bytes: Buffer): Buffer {
	const copy = Buffer.alloc(bytes.length);
	bytes.copy(copy);
	return copy;
}

export function sessionKey(sessionId: Buffer): string {
	return sessionId.toString('latin1');
}

/** Whether `asker` may know that `member` is there. */
export function isVisible(member: Member, asker: Member): boolean {
	return member.blocked?.has(asker.name) !== true;
}
