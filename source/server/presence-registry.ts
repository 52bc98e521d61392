// Who is online with which devices, and who watches whom. A change goes only to the watchers of that name, at most once a second.
import {type Buffer} from 'node:buffer';
import {deviceIdOf} from '../protocol/devices/device-log.ts';
import {ONLINE_LIMIT, type OnlineDevice} from '../wire/messages/devices.ts';
import {LIST_LIMIT} from '../wire/messages/directory.ts';
import {type SignedInDevice, type Member, type PresenceState, canMeet, isVisible, sessionKey} from './member.ts';
import {type NamedView, type View, ViewSender, returnedIn, viewOf, without} from './presence-view.ts';
import {TOLD_A_TURN, LongWork} from './long-work.ts';
import {SortedNames} from './sorted-names.ts';

export class PresenceRegistry {
	/** Signed-in members by name: one for each device, ONLINE_LIMIT at most, the one that came last at the end. */
	readonly #online = new Map<string, readonly Member[]>();
	/** Their names. */
	readonly #names = new SortedNames();
	/** The same members by session id. */
	readonly #sessions = new Map<string, Member>();
	/** Watchers by the name that they watch, which may be offline. A member is in at most `limits.watched` of these sets. */
	readonly #watchers = new Map<string, Set<Member>>();

	/** Devices at other servers, by name; of names that somebody here watches. ONLINE_LIMIT each. */
	readonly #elsewhere = new Map<string, readonly SignedInDevice[]>();
	/** Called when what others may see of a member has changed. */
	onChange: ((member: Member) => void) | undefined;

	/** What each watcher was told in this second: the view by name. At most as many names as it watches. */
	#told = new Map<Member, Map<string, View>>();
	/** Watchers that are to be told or looked at. What they are told is how things are when it is their turn. */
	readonly #work = new LongWork(TOLD_A_TURN);
	/** Members whose watchers are being told, with whether that has to begin anew behind it. */
	readonly #announcing = new Map<Member, 'once' | 'again'>();

	readonly #sender = new ViewSender();

	/** Names online. */
	get size(): number {
		return this.#online.size;
	}

	/** Names that somebody watches. */
	get watched(): number {
		return this.#watchers.size;
	}

	/** The devices of a name that are signed in. */
	devicesOf(name: string): readonly Member[] {
		return this.#online.get(name) ?? NOBODY;
	}

	/** The same, and those that are signed in at other servers, if somebody here watches the name. */
	#allOf(name: string): readonly SignedInDevice[] {
		const elsewhere = this.#elsewhere.get(name);
		if (elsewhere === undefined) return this.devicesOf(name);
		const here = this.devicesOf(name);
		return [...here, ...elsewhere.filter(({identityKey}) => !here.some(each => each.identityKey.equals(identityKey)))];
	}

	isWatched(name: string): boolean {
		return this.#watchers.has(name);
	}

	/** The names that somebody here watches. */
	watchedNames(): IterableIterator<string> {
		return this.#watchers.keys();
	}

	/** What is known of a name's devices at other servers has changed: its watchers here are told what they see of it. */
	setElsewhere(name: string, devices: readonly SignedInDevice[]): void {
		const watchers = this.#watchers.get(name);
		if (watchers === undefined) return;
		const before = this.#allOf(name);
		if (devices.length > 0) this.#elsewhere.set(name, devices);
		else this.#elsewhere.delete(name);
		this.#work.each(watchers, watcher => {
			if (watcher.watching?.has(name) !== true) return;
			const [then, now] = [viewOf(watcher, before), this.#viewOf(watcher, name)];
			if (then.text !== now.text || returnedIn(now, then.online).length > 0) this.#notify(watcher, name, then.online);
		});
	}

	/** The device of this name that an earlier client means. */
	founding(name: string): Member | undefined {
		return this.devicesOf(name).find(({isFounding}) => isFounding);
	}

	device(name: string, id: Buffer): Member | undefined {
		return this.devicesOf(name).find(({identityKey}) => deviceIdOf(identityKey).equals(id));
	}

	/** Whether a device may sign in besides those that are there; it takes the place of its own older session. */
	hasRoom(name: string, key: Buffer): boolean {
		const there = this.devicesOf(name);
		return there.length < ONLINE_LIMIT || there.some(({identityKey}) => identityKey.equals(key));
	}

	/** At most `limit` names in alphabetical order, without the first `from`, and since when each is there, ms. */
	page(from: number, limit: number): Array<{readonly name: string; readonly since: number}> {
		const names = this.#names.page(from, limit);
		return names.map(name => ({name, since: Math.min(...this.devicesOf(name).map(({since}) => since))}));
	}

	bySession(sessionId: Buffer): Member | undefined {
		return this.#sessions.get(sessionKey(sessionId));
	}

	/** Whether it is signed in yet, for who has waited for the store meanwhile. */
	isThere(member: Member): boolean {
		return this.#sessions.get(member.id) === member;
	}

	/** The state of this name, as far as `asker` may see it: of the devices that it can meet. */
	seenBy(asker: Member, name: string, elsewhere: readonly SignedInDevice[] = []): PresenceState {
		return viewOf(asker, [...this.devicesOf(name), ...elsewhere]).state;
	}

	/** The members that are told of changes of this name's log: those that watch it and may see it. */
	watchersOf(name: string): Member[] {
		const [device] = this.#allOf(name);
		return [...(this.#watchers.get(name) ?? [])].filter(each => device === undefined || isVisible(device, each));
	}

	/**
	 * Adds a member. Returns the older session of the same device, which the caller must end. Watchers are told later, when its UDP
	 * address is known: before that it cannot be introduced.
	 */
	add(member: Member): Member | undefined {
		const others = this.devicesOf(member.name);
		const displaced = others.find(({identityKey}) => identityKey.equals(member.identityKey));
		if (others.length === 0) this.#names.add(member.name);
		this.#online.set(member.name, [...others.filter(each => each !== displaced), member]);
		this.#sessions.set(member.id, member);
		if (displaced !== undefined) {
			member.state = displaced.state;
			member.replaces = displaced.replaces ?? displaced;
			displaced.replaces = undefined;
		}

		return displaced;
	}

	/** Called when its UDP address is known, or was not known in time. */
	setState(member: Member, state: 'online' | 'unbound'): void {
		const {replaces} = member;
		if ((member.state === state && replaces === undefined) || !this.devicesOf(member.name).includes(member)) return;
		member.state = state;
		member.replaces = undefined;
		this.#announce(member, replaces);
	}

	setRole(member: Member, role: OnlineDevice['role']): void {
		if (member.role === role) return;
		member.role = role;
		if (member.state === 'offline') this.onChange?.(member);
		else this.#announce(member);
	}

	/** It has said that it knows of devices: others that know of them may meet it, whichever device it is. */
	knowsDevices(member: Member): void {
		if (member.speaksDevices) return;
		member.speaksDevices = true;
		if (member.state === 'offline') this.onChange?.(member);
		else this.#announce(member);
	}

	/** Removes a member. Its watchers are told, unless another session of the same device has replaced it. */
	remove(member: Member): void {
		this.#sessions.delete(member.id);
		this.#told.delete(member);
		this.unwatch(member, [...(member.watching ?? [])]);
		const before = this.devicesOf(member.name);
		const others = before.filter(each => each !== member);
		if (others.length === before.length) return;
		if (others.length > 0) this.#online.set(member.name, others);
		else {
			this.#online.delete(member.name);
			this.#names.remove(member.name);
		}

		// It may be back before all of its watchers are told.
		if (member.state !== 'offline') this.#announce(member, member);
	}

	/** Starts to watch names and tells their states now. Returns false, and does nothing, when the member would watch more than `limit`. */
	watch(member: Member, names: readonly string[], limit: number): boolean {
		const isDone = this.follow(member, names, limit);
		if (isDone) this.#tell(member, names);
		return isDone;
	}

	/** The same, but tells nothing yet: what happens at other servers is not known. */
	follow(member: Member, names: readonly string[], limit: number): boolean {
		const watching = new Set([...(member.watching ?? []), ...names]);
		if (watching.size > limit) return false;
		member.watching = watching;
		for (const name of names) {
			const watchers = this.#watchers.get(name) ?? new Set();
			this.#watchers.set(name, watchers.add(member));
		}

		return true;
	}

	/** Tells the states of these names. */
	tell(member: Member, names: readonly string[]): void {
		if (this.isThere(member)) this.#tell(member, names);
	}

	unwatch(member: Member, names: readonly string[]): void {
		for (const name of names) {
			member.watching?.delete(name);
			const watchers = this.#watchers.get(name);
			watchers?.delete(member);
			if (watchers?.size !== 0) continue;
			this.#watchers.delete(name);
			this.#elsewhere.delete(name);
		}

		if (member.watching?.size === 0) member.watching = undefined;
	}

	/** The account of `member` blocks a name, or unblocks it. If that name watches it, it sees it go offline, or come back. */
	block(member: Member, name: string, blocked: boolean): void {
		const before = member.blocked?.has(name) ?? false;
		if (before === blocked) return;
		for (const device of new Set([member, ...this.devicesOf(member.name)])) {
			if (blocked) (device.blocked ??= new Set()).add(name);
			else device.blocked?.delete(name);
		}

		for (const watcher of this.devicesOf(name)) {
			if (watcher.watching?.has(member.name)) this.#notify(watcher, member.name);
		}
	}

	/** Called once a second: tells each watcher the names whose state has changed since they were told. */
	sweep(): void {
		if (!this.#work.isIdle) return;
		const told = this.#told;
		this.#told = new Map();
		this.#work.each(told, ([watcher, views]) => {
			if (this.#sessions.has(watcher.id)) this.#tellChanged(watcher, views);
		});
	}

	/** Tells what has changed since `views` were told, and was not told anew. */
	#tellChanged(watcher: Member, views: ReadonlyMap<string, View>): void {
		const changed = [...views].filter(([name, view]) => {
			if (watcher.watching?.has(name) !== true || this.#told.get(watcher)?.has(name) === true) return false;
			const now = this.#viewOf(watcher, name);
			return now.text !== view.text || returnedIn(now, view.online).length > 0;
		});
		for (let at = 0; at < changed.length; at += LIST_LIMIT) {
			const part = changed.slice(at, at + LIST_LIMIT);
			const names = part.map(([name]) => name);
			this.#tellReturned(watcher, new Map(part.map(([name, {online}]) => [name, online])));
			for (const name of names) this.#note(watcher, name);
			this.#tell(watcher, names);
		}
	}

	/**
	 * Tells the watchers of the name. A member that changes again meanwhile is announced once more when they have been told. `left`: the
	 * session of the same device that has ended.
	 */
	#announce(member: Member, left?: Member): void {
		this.onChange?.(member);
		if (this.#announcing.has(member)) {
			this.#announcing.set(member, 'again');
			return;
		}

		const watchers = this.#watchers.get(member.name);
		if (watchers === undefined) return;
		this.#announcing.set(member, 'once');
		this.#work.each([...watchers, undefined], watcher => {
			if (watcher === undefined) this.#announced(member);
			else if (watcher.watching?.has(member.name) === true && canMeet(watcher, member)) {
				this.#notify(watcher, member.name, left?.state === 'online' ? [left] : []);
			}
		});
	}

	#announced(member: Member): void {
		const again = this.#announcing.get(member) === 'again';
		this.#announcing.delete(member);
		if (again) this.#announce(member);
	}

	/** Sends a change at once, unless a change of the same name was sent in this second: then `sweep` sends it. */
	#notify(watcher: Member, name: string, left: readonly SignedInDevice[] = []): void {
		if (this.#told.get(watcher)?.has(name) === true) return;
		if (left.length > 0) this.#tellReturned(watcher, new Map([[name, left]]));
		this.#note(watcher, name);
		this.#tell(watcher, [name]);
	}

	#note(watcher: Member, name: string): void {
		const views = this.#told.get(watcher) ?? new Map<string, View>();
		this.#told.set(watcher, views.set(name, this.#viewOf(watcher, name)));
	}

	#viewOf(asker: Member, name: string): View {
		return viewOf(asker, this.#allOf(name));
	}

	/**
	 * Says that devices are gone which were there `before`, as the watcher was told, and are there again in another session: what they knew of
	 * sessions may be lost. That they are there is to be told next.
	 */
	#tellReturned(watcher: Member, before: ReadonlyMap<string, readonly SignedInDevice[]>): void {
		const views: NamedView[] = [];
		for (const [name, members] of before) {
			const now = this.#viewOf(watcher, name);
			const returned = returnedIn(now, members);
			if (returned.length > 0) views.push({name, ...without(watcher, now, returned)});
		}

		if (views.length > 0) this.#sender.send(watcher, views);
	}

	/** Sends the states of these names, at most LIST_LIMIT. */
	#tell(watcher: Member, names: readonly string[]): void {
		const views = names.map(name => ({name, ...this.#viewOf(watcher, name)}));
		this.#sender.send(watcher, views);
		const told = this.#told.get(watcher);
		for (const {name, ...view} of views) if (told?.has(name) === true) told.set(name, view);
	}
}

const NOBODY: readonly Member[] = [];
