// A session's start and end: a client signs in and signs out, and nothing of the session is kept after it.
import {type Buffer} from 'node:buffer';
import {type Random} from '../crypto/random.ts';
import {type DirectorySession, wipeDirectorySession} from '../protocol/login/login-keys.ts';
import {type Arrivals} from './arrivals.ts';
import {standingOf} from './device-standing.ts';
import {type Guests} from './guests.ts';
import {type MemberConnection, type Member, createMember} from './member.ts';
import {type PresenceRegistry} from './presence-registry.ts';
import {type Limits} from './rate-limits.ts';
import {type ServerClock} from './server-clock.ts';
import {type Emit, type SignOut} from './server-events.ts';
import {type DirectoryStore} from './store/directory-store.ts';

/** What the handling of a session and of its requests needs. */
export type Directory = {
	readonly store: DirectoryStore;
	readonly presence: PresenceRegistry;
	readonly arrivals: Arrivals;
	readonly guests: Guests;
	readonly limits: Limits;
	readonly random: Random;
	readonly clock: ServerClock;
	readonly emit: Emit;
};

/**
 * A login has succeeded. `welcome` is called in the turn of the event loop in which the member is added: false when its connection is gone.
 * The older session of the same device is told so, and ends. Otherwise why not: the device, or the account, was removed meanwhile;
 * ONLINE_LIMIT others of the account are online. Rejects when the store fails.
 */
export async function signIn(
	{store, presence, arrivals, limits, clock}: Directory,
	identity: {name: string; identityKey: Buffer},
	session: DirectorySession,
	connection: MemberConnection,
	welcome: (member: Member) => boolean,
): Promise<Member | 'deviceRemoved' | 'removed' | 'busy'> {
	const {name, identityKey} = identity;
	const read = async () => ({found: await store.lookUp(name), blocked: await store.blocked(name)});
	const member = await arrivals.read(name, read, ({found, blocked}) => {
		if (found === undefined || !found.isThere || found.account.suspended) return 'removed';
		const standing = standingOf(found, identityKey);
		if (standing === undefined || standing === 'removed') return 'deviceRemoved';
		if (!presence.hasRoom(name, identityKey)) return 'busy';
		const {generation} = found.account;
		const added = createMember({...identity, generation}, standing, session, connection, blocked, limits, clock);
		if (!welcome(added)) return 'busy';
		presence.add(added)?.connection.end('displaced');
		return added;
	});
	return member ?? 'busy';
}

/** An account was removed, or starts over: ends its sessions. */
export function endAccount({presence, guests, arrivals}: Directory, name: string): void {
	arrivals.changed(name);
	for (const {connection} of presence.devicesOf(name)) connection.end('removed');
	for (const {connection} of guests.of(name)) connection.end('removed');
}

/** Removes the member, tells its watchers and wipes every key of its session, all before this returns. */
export function signOut({presence, emit}: Directory, member: Member, how: SignOut): void {
	presence.remove(member);
	wipeDirectorySession(member.session);
	emit({kind: 'signed out', name: member.name, how});
}
