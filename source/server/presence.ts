// Who is online, and who wants to know. A change is pushed to the watchers of that name alone, the last of many in a second.
import {type Buffer} from 'node:buffer';
import {FRAME} from '../wire/frame.ts';
import {LIST_LIMIT, encodeNames, encodePresence} from '../wire/messages/directory.ts';
import {type Member, type Standing, isVisible, sessionKey} from './member.ts';

export class Presence {
	/** By name, and by session id: one entry a signed-in client in each. */
	readonly #online = new Map<string, Member>();
	readonly #sessions = new Map<string, Member>();
	/** Watchers by the watched name, online or not; each member is in at most `limits.watched` of the sets. */
	readonly #watchers = new Map<string, Set<Member>>();

	/** By watcher, what it was told of whom in this second: no more than it watches. */
	readonly #told = new Map<Member, Map<string, Standing>>();

	/** Names online. */
	get size(): number {
		return this.#online.size;
	}

	/** Names that somebody watches. */
	get watched(): number {
		return this.#watchers.size;
	}

	get(name: string): Member | undefined {
		return this.#online.get(name);
	}

	/** At most `limit` members by name, behind the first `from`. All are sorted for it: for a person who looks, not for clients. */
	page(from: number, limit: number): Member[] {
		const names = [...this.#online.keys()].toSorted().slice(from, from + limit);
		return names.flatMap(name => this.#online.get(name) ?? []);
	}

	bySession(sessionId: Buffer): Member | undefined {
		return this.#sessions.get(sessionKey(sessionId));
	}

	/** How a member of this name stands, as far as `asker` may know. */
	seenBy(asker: Member, name: string): Standing {
		const member = this.#online.get(name);
		return member !== undefined && isVisible(member, asker) ? member.standing : 'offline';
	}

	/**
	 * Takes a member in; returns whoever it takes the place of, which must leave. Nobody is told before its UDP address is known: who
	 * asks for it at once would ask in vain.
	 */
	arrive(member: Member): Member | undefined {
		const displaced = this.#online.get(member.name);
		this.#online.set(member.name, member);
		this.#sessions.set(member.id, member);
		if (displaced !== undefined) member.standing = displaced.standing;
		return displaced;
	}

	/** Its UDP address is known, or has not become known in time. */
	stand(member: Member, standing: 'online' | 'unbound'): void {
		if (member.standing === standing || this.#online.get(member.name) !== member) return;
		member.standing = standing;
		this.#announce(member);
	}

	/** Takes a member offline. Its watchers hear of it unless another session has taken its place. */
	leave(member: Member): void {
		this.#sessions.delete(member.id);
		this.#told.delete(member);
		this.unwatch(member, [...(member.watching ?? [])]);
		if (this.#online.get(member.name) !== member) return;
		this.#online.delete(member.name);
		if (member.standing !== 'offline') this.#announce(member);
	}

	/** Starts to watch names and tells how they are now; false when that would be more than `limit` in all. */
	watch(member: Member, names: readonly string[], limit: number): boolean {
		const watching = new Set([...(member.watching ?? []), ...names]);
		if (watching.size > limit) return false;
		member.watching = watching;
		for (const name of names) {
			const watchers = this.#watchers.get(name) ?? new Set();
			this.#watchers.set(name, watchers.add(member));
		}

		this.#tell(member, names);
		return true;
	}

	unwatch(member: Member, names: readonly string[]): void {
		for (const name of names) {
			member.watching?.delete(name);
			const watchers = this.#watchers.get(name);
			watchers?.delete(member);
			if (watchers?.size === 0) this.#watchers.delete(name);
		}

		if (member.watching?.size === 0) member.watching = undefined;
	}

	/** `member` blocks a name, or no longer: to a watcher of that name it goes offline, or comes back. */
	block(member: Member, name: string, blocked: boolean): void {
		const before = member.blocked?.has(name) ?? false;
		if (before === blocked) return;
		if (blocked) (member.blocked ??= new Set()).add(name);
		else member.blocked?.delete(name);
		const watcher = this.#online.get(name);
		if (watcher?.watching?.has(member.name)) this.#notify(watcher, member.name);
	}

	/** Called once a second: tells what has changed behind what was told in this second, the last state of each alone. */
	sweep(): void {
		const told = [...this.#told];
		this.#told.clear();
		for (const [watcher, states] of told) {
			const changed = [...states].filter(
				([name, state]) => watcher.watching?.has(name) === true && this.seenBy(watcher, name) !== state,
			);
			const names = changed.map(([name]) => name);
			for (const name of names) this.#note(watcher, name);
			for (let at = 0; at < names.length; at += LIST_LIMIT) this.#tell(watcher, names.slice(at, at + LIST_LIMIT));
		}
	}

	#announce(member: Member): void {
		for (const watcher of this.#watchers.get(member.name) ?? []) {
			if (isVisible(member, watcher)) this.#notify(watcher, member.name);
		}
	}

	/** A change goes out at once, unless there was one of the same name in this second. */
	#notify(watcher: Member, name: string): void {
		if (this.#told.get(watcher)?.has(name) === true) return;
		this.#note(watcher, name);
		this.#tell(watcher, [name]);
	}

	#note(watcher: Member, name: string): void {
		const states = this.#told.get(watcher) ?? new Map<string, Standing>();
		this.#told.set(watcher, states.set(name, this.seenBy(watcher, name)));
	}

	/** How these names are, at most LIST_LIMIT. */
	#tell(watcher: Member, names: readonly string[]): void {
		const states = names.map(name => ({name, standing: this.seenBy(watcher, name)}));
		const entries = states.map(({name, standing}) => ({name, online: standing === 'online'}));
		watcher.link.send(FRAME.presence, encodePresence(entries));
		const unbound = states.filter(({standing}) => standing === 'unbound').map(({name}) => name);
		if (unbound.length > 0) watcher.link.send(FRAME.unbound, encodeNames(unbound));
		const told = this.#told.get(watcher);
		for (const {name, standing} of states) if (told?.has(name) === true) told.set(name, standing);
	}
}
