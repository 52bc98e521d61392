// Who is online, and who watches whom. A change goes only to the watchers of that name, at most once a second.
import {type Buffer} from 'node:buffer';
import {FRAME} from '../wire/frame.ts';
import {LIST_LIMIT, encodeNames, encodePresence} from '../wire/messages/directory.ts';
import {type Member, type PresenceState, isVisible, sessionKey} from './member.ts';

export class PresenceRegistry {
	/** Signed-in members by name. */
	readonly #online = new Map<string, Member>();
	/** The same members by session id. */
	readonly #sessions = new Map<string, Member>();
	/** Watchers by the name that they watch, which may be offline. A member is in at most `limits.watched` of these sets. */
	readonly #watchers = new Map<string, Set<Member>>();

	/** What each watcher was told in this second: the state by name. At most as many names as it watches. */
	readonly #told = new Map<Member, Map<string, PresenceState>>();

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

	/** At most `limit` members in the order of their names, without the first `from`. Sorts all of them: only for `top`, not for clients. */
	page(from: number, limit: number): Member[] {
		const names = [...this.#online.keys()].toSorted().slice(from, from + limit);
		return names.flatMap(name => this.#online.get(name) ?? []);
	}

	bySession(sessionId: Buffer): Member | undefined {
		return this.#sessions.get(sessionKey(sessionId));
	}

	/** The state of this name, as far as `asker` may see it. */
	seenBy(asker: Member, name: string): PresenceState {
		const member = this.#online.get(name);
		return member !== undefined && isVisible(member, asker) ? member.state : 'offline';
	}

	/**
	 * Adds a member. Returns the member of the same name that it replaces, which the caller must end. Watchers are told later, when its UDP
	 * address is known: before that it cannot be introduced.
	 */
	add(member: Member): Member | undefined {
		const displaced = this.#online.get(member.name);
		this.#online.set(member.name, member);
		this.#sessions.set(member.id, member);
		if (displaced !== undefined) member.state = displaced.state;
		return displaced;
	}

	/** Called when its UDP address is known, or was not known in time. */
	setState(member: Member, state: 'online' | 'unbound'): void {
		if (member.state === state || this.#online.get(member.name) !== member) return;
		member.state = state;
		this.#announce(member);
	}

	/** Removes a member. Its watchers are told, unless another session of the same name has replaced it. */
	remove(member: Member): void {
		this.#sessions.delete(member.id);
		this.#told.delete(member);
		this.unwatch(member, [...(member.watching ?? [])]);
		if (this.#online.get(member.name) !== member) return;
		this.#online.delete(member.name);
		if (member.state !== 'offline') this.#announce(member);
	}

	/** Starts to watch names and tells their states now. Returns false, and does nothing, when the member would watch more than `limit`. */
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

	/** `member` blocks a name, or unblocks it. If that name watches `member`, it sees it go offline, or come back. */
	block(member: Member, name: string, blocked: boolean): void {
		const before = member.blocked?.has(name) ?? false;
		if (before === blocked) return;
		if (blocked) (member.blocked ??= new Set()).add(name);
		else member.blocked?.delete(name);
		const watcher = this.#online.get(name);
		if (watcher?.watching?.has(member.name)) this.#notify(watcher, member.name);
	}

	/** Called once a second: tells each watcher the names whose state has changed since they were told. */
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

	/** Sends a change at once, unless a change of the same name was sent in this second: then `sweep` sends it. */
	#notify(watcher: Member, name: string): void {
		if (this.#told.get(watcher)?.has(name) === true) return;
		this.#note(watcher, name);
		this.#tell(watcher, [name]);
	}

	#note(watcher: Member, name: string): void {
		const states = this.#told.get(watcher) ?? new Map<string, PresenceState>();
		this.#told.set(watcher, states.set(name, this.seenBy(watcher, name)));
	}

	/** Sends the states of these names, at most LIST_LIMIT. */
	#tell(watcher: Member, names: readonly string[]): void {
		const states = names.map(name => ({name, state: this.seenBy(watcher, name)}));
		const entries = states.map(({name, state}) => ({name, online: state === 'online'}));
		watcher.connection.send(FRAME.presence, encodePresence(entries));
		const unbound = states.filter(({state}) => state === 'unbound').map(({name}) => name);
		if (unbound.length > 0) watcher.connection.send(FRAME.unbound, encodeNames(unbound));
		const told = this.#told.get(watcher);
		for (const {name, state} of states) if (told?.has(name) === true) told.set(name, state);
	}
}
