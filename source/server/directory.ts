// The directory: clients come in from a login and leave again, and nothing of a session outlives it.
import {type Buffer} from 'node:buffer';
import {type Random} from '../crypto/random.ts';
import {type DirectorySession, wipeDirectorySession} from '../protocol/login/login-keys.ts';
import {type Clock} from './clock.ts';
import {type Emit, type SignOut} from './events.ts';
import {type Limits} from './limits.ts';
import {type Link, type Member, createMember} from './member.ts';
import {type Presence} from './presence.ts';
import {type Store} from './store/store.ts';

export type Directory = {
	readonly store: Store;
	readonly presence: Presence;
	readonly limits: Limits;
	readonly random: Random;
	readonly clock: Clock;
	readonly emit: Emit;
};

/** A login has succeeded. Whoever was signed in under the same name is told, and leaves. */
export function signIn(
	{store, presence, limits, clock}: Directory,
	identity: {name: string; identityKey: Buffer},
	session: DirectorySession,
	link: Link,
): Member {
	const member = createMember(identity, session, link, store.blocked(identity.name), limits, clock);
	presence.arrive(member)?.link.end('displaced');
	return member;
}

/** Off the list, watchers told, every key of the session wiped; all before this returns. */
export function signOut({presence, emit}: Directory, member: Member, how: SignOut): void {
	presence.leave(member);
	wipeDirectorySession(member.session);
	emit({kind: 'signed out', name: member.name, how});
}
