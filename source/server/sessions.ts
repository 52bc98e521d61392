// A session's start and end: a client signs in and signs out, and nothing of the session is kept after it.
import {type Buffer} from 'node:buffer';
import {type Random} from '../crypto/random.ts';
import {type DirectorySession, wipeDirectorySession} from '../protocol/login/login-keys.ts';
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
	readonly guests: Guests;
	readonly limits: Limits;
	readonly random: Random;
	readonly clock: ServerClock;
	readonly emit: Emit;
};

/**
 * A login has succeeded. The older session of the same device is told so, and ends. 'removed': the device was removed meanwhile; 'full':
 * ONLINE_LIMIT others of the account are online.
 */
export function signIn(
	{store, presence, limits, clock}: Directory,
	identity: {name: string; identityKey: Buffer},
	session: DirectorySession,
	connection: MemberConnection,
): Member | 'removed' | 'full' {
	const account = store.account(identity.name);
	const standing = account && standingOf(store, account, identity.identityKey);
	if (standing === undefined || standing === 'removed') return 'removed';
	if (!presence.hasRoom(identity.name, identity.identityKey)) return 'full';
	const member = createMember(identity, standing, session, connection, store.blocked(identity.name), limits, clock);
	presence.add(member)?.connection.end('displaced');
	return member;
}

/** Removes the member, tells its watchers and wipes every key of its session, all before this returns. */
export function signOut({presence, emit}: Directory, member: Member, how: SignOut): void {
	presence.remove(member);
	wipeDirectorySession(member.session);
	emit({kind: 'signed out', name: member.name, how});
}
