// Who is online, and who wants to know. A change is pushed to the watchers of that name alone.
import {type Buffer} from 'node:buffer';
import {FRAME} from '../wire/frame.ts';
import {type Presence as Entry, encodePresence} from '../wire/messages/directory.ts';
import {type Member, isVisible, sessionKey} from './member.ts';

export class Presence {
	/** By name, and by session id: one entry a signed-in client in each. */
	readonly #online = new Map<string, Member>();
	readonly #sessions = new Map<string, Member>();
	/** Watchers by the watched name, online or not; each member is in at most `limits.watched` of the sets. */
	readonly #watchers = new Map<string, Set<Member>>();

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

	/** Whether a member goes by this name, as far as `asker` may know. */
	seenBy(asker: Member, name: string): boolean {
		const member = this.#online.get(name);
		return member !== undefined && isVisible(member, asker);
	}

	/** Puts a member online; returns whoever it takes the place of, which must leave. */
	arrive(member: Member): Member | undefined {
		const displaced = this.#online.get(member.name);
		this.#online.set(member.name, member);
		this.#sessions.set(member.id, member);
		if (displaced === undefined) this.#announce(member, true);
		return displaced;
	}

	/** Takes a member offline. Its watchers hear of it unless another session has taken its place. */
	leave(member: Member): void {
		this.#sessions.delete(member.id);
		this.unwatch(member, [...(member.watching ?? [])]);
		if (this.#online.get(member.name) !== member) return;
		this.#online.delete(member.name);
		this.#announce(member, false);
	}

	/** Starts to watch names and returns how they are now; undefined when that would be more than `limit` in all. */
	watch(member: Member, names: readonly string[], limit: number): Entry[] | undefined {
		const watching = new Set([...(member.watching ?? []), ...names]);
		if (watching.size > limit) return undefined;
		member.watching = watching;
		for (const name of names) {
			const watchers = this.#watchers.get(name) ?? new Set();
			this.#watchers.set(name, watchers.add(member));
		}

		return names.map(name => ({name, online: this.seenBy(member, name)}));
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
		if (watcher?.watching?.has(member.name)) notify(watcher, member.name, !blocked);
	}

	#announce(member: Member, online: boolean): void {
		for (const watcher of this.#watchers.get(member.name) ?? []) {
			if (isVisible(member, watcher)) notify(watcher, member.name, online);
		}
	}
}

function notify(watcher: Member, name: string, online: boolean): void {
	watcher.link.send(FRAME.presence, encodePresence([{name, online}]));
}
