// A session's start and end: a client signs in and signs out, and nothing of the session is kept after it.
import {type Buffer} from 'node:buffer';
import {type Random} from '../crypto/random.ts';
import {type DirectorySession, wipeDirectorySession} from '../protocol/login/login-keys.ts';
import {type Arrivals} from './arrivals.ts';
import {type Cluster, type Entered} from './cluster/cluster-port.ts';
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
	/** The other servers with the same database; undefined where there are none. Set before the first client comes. */
	cluster?: Cluster;
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
	directory: Directory,
	identity: {name: string; identityKey: Buffer},
	session: DirectorySession,
	connection: MemberConnection,
	welcome: (member: Member) => boolean,
): Promise<Member | 'deviceRemoved' | 'removed' | 'busy'> {
	const {presence, arrivals, cluster, limits, clock} = directory;
	const {name, identityKey} = identity;
	const member = await arrivals.read(
		name,
		async () => enter(directory, name, identityKey),
		({found, blocked, claim}) => {
			if (found === undefined || !found.isThere || found.account.suspended) return 'removed';
			const standing = standingOf(found, identityKey);
			if (standing === undefined || standing === 'removed') return 'deviceRemoved';
			if (claim === 'full' || !presence.hasRoom(name, identityKey)) return 'busy';
			const {generation} = found.account;
			const added = createMember({...identity, generation}, standing, session, connection, blocked, limits, clock);
			if (!welcome(added)) {
				if (claim !== undefined) cluster?.abandon(name, claim);
				return 'busy';
			}

			const displaced = presence.add(added);
			if (claim !== undefined) cluster?.entered(added, claim);
			displaced?.connection.end('displaced');
			return added;
		},
	);
	return member ?? 'busy';
}

/** What is read of an account for a login; with other servers, claimed as well. */
async function enter({store, cluster}: Directory, name: string, key: Buffer): Promise<Entered> {
	if (cluster === undefined) {
		return {found: await store.lookUp(name), blocked: await store.blocked(name), claim: undefined};
	}

	return cluster.enter(name, key, found => {
		const standing = found.isThere && !found.account.suspended ? standingOf(found, key) : undefined;
		return typeof standing === 'object' ? standing : undefined;
	});
}

/** An account was removed, or starts over: ends its sessions. */
export function endAccount({presence, guests, arrivals}: Directory, name: string): void {
	arrivals.changed(name);
	for (const {connection} of presence.devicesOf(name)) connection.end('removed');
	for (const {connection} of guests.of(name)) connection.end('removed');
}

/** Removes the member, tells its watchers and wipes every key of its session, all before this returns. */
export function signOut({presence, cluster, emit}: Directory, member: Member, how: SignOut): void {
	presence.remove(member);
	cluster?.left(member);
	wipeDirectorySession(member.session);
	emit({kind: 'signed out', name: member.name, how});
}
