// Who is online with which devices, and who watches whom. A change goes only to the watchers of that name, at most once a second.
import {type Buffer} from 'node:buffer';
import {deviceIdOf} from '../protocol/devices/device-log.ts';
import {FRAME} from '../wire/frame.ts';
import {
	ONLINE_LIMIT,
	ONLINE_NAMES,
	type OnlineDevice,
	type OnlineDevices,
	encodeOnlineDevices,
} from '../wire/messages/devices.ts';
import {LIST_LIMIT, encodeNames, encodePresence} from '../wire/messages/directory.ts';
import {type Member, type PresenceState, canMeet, isVisible, sessionKey} from './member.ts';

/**
 * A name as one member sees it: those that are online, and of them the devices that are listed. `text` is equal for views that are told in
 * the same way.
 */
type View = {
	readonly state: PresenceState;
	readonly online: readonly Member[];
	readonly devices: readonly Member[];
	readonly text: string;
};

export class PresenceRegistry {
	/** Signed-in members by name: one for each device, ONLINE_LIMIT at most, the one that came last at the end. */
	readonly #online = new Map<string, readonly Member[]>();
	/** The same members by session id. */
	readonly #sessions = new Map<string, Member>();
	/** Watchers by the name that they watch, which may be offline. A member is in at most `limits.watched` of these sets. */
	readonly #watchers = new Map<string, Set<Member>>();

	/** What each watcher was told in this second: the view by name. At most as many names as it watches. */
	readonly #told = new Map<Member, Map<string, View>>();

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

	/**
	 * At most `limit` names in their order, without the first `from`, and since when each is there, ms. Sorts all of them: only for `top`,
	 * not for clients.
	 */
	page(from: number, limit: number): Array<{readonly name: string; readonly since: number}> {
		const names = [...this.#online.keys()].toSorted().slice(from, from + limit);
		return names.map(name => ({name, since: Math.min(...this.devicesOf(name).map(({since}) => since))}));
	}

	bySession(sessionId: Buffer): Member | undefined {
		return this.#sessions.get(sessionKey(sessionId));
	}

	/** The state of this name, as far as `asker` may see it: of the devices that it can meet. */
	seenBy(asker: Member, name: string): PresenceState {
		return this.#viewOf(asker, name).state;
	}

	/** The members that are told of changes of this name's log: those that watch it and may see it. */
	watchersOf(name: string): Member[] {
		const [device] = this.devicesOf(name);
		return [...(this.#watchers.get(name) ?? [])].filter(each => device === undefined || isVisible(device, each));
	}

	/**
	 * Adds a member. Returns the older session of the same device, which the caller must end. Watchers are told later, when its UDP
	 * address is known: before that it cannot be introduced.
	 */
	add(member: Member): Member | undefined {
		const others = this.devicesOf(member.name);
		const displaced = others.find(({identityKey}) => identityKey.equals(member.identityKey));
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
		if (member.state !== 'offline') this.#announce(member);
	}

	/** It has said that it knows of devices: others that know of them may meet it, whichever device it is. */
	knowsDevices(member: Member): void {
		if (member.speaksDevices) return;
		member.speaksDevices = true;
		if (member.state !== 'offline') this.#announce(member);
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
		else this.#online.delete(member.name);
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
		const told = [...this.#told];
		this.#told.clear();
		for (const [watcher, views] of told) {
			const changed = [...views].filter(([name, view]) => {
				const now = this.#viewOf(watcher, name);
				return (
					watcher.watching?.has(name) === true && (now.text !== view.text || returnedIn(now, view.online).length > 0)
				);
			});
			for (let at = 0; at < changed.length; at += LIST_LIMIT) {
				const part = changed.slice(at, at + LIST_LIMIT);
				this.#tellReturned(
					watcher,
					part.map(([name, {online}]) => ({name, before: online})),
				);
				for (const [name] of part) this.#note(watcher, name);
				this.#tell(
					watcher,
					part.map(([name]) => name),
				);
			}
		}
	}

	/** `replaced`: the session of the same device whose place it has taken. */
	#announce(member: Member, replaced?: Member): void {
		for (const watcher of this.#watchers.get(member.name) ?? []) {
			if (canMeet(watcher, member)) this.#notify(watcher, member.name, replaced);
		}
	}

	/** Sends a change at once, unless a change of the same name was sent in this second: then `sweep` sends it. */
	#notify(watcher: Member, name: string, replaced?: Member): void {
		if (this.#told.get(watcher)?.has(name) === true) return;
		if (replaced?.state === 'online') this.#tellReturned(watcher, [{name, before: [replaced]}]);
		this.#note(watcher, name);
		this.#tell(watcher, [name]);
	}

	#note(watcher: Member, name: string): void {
		const views = this.#told.get(watcher) ?? new Map<string, View>();
		this.#told.set(watcher, views.set(name, this.#viewOf(watcher, name)));
	}

	#viewOf(asker: Member, name: string): View {
		const there = this.devicesOf(name);
		if (there.length === 0) return ABSENT;
		const seen = there.filter(each => canMeet(asker, each));
		const online = seen.filter(({state}) => state === 'online');
		if (online.length > 0) return onlineView(asker, online);
		return seen.some(({state}) => state === 'unbound') ? UNBOUND : ABSENT;
	}

	/**
	 * Says of devices that have left and come back since the watcher was told that they are gone: what they knew of sessions and of what was
	 * under way may be lost. That they are there is to be told next.
	 */
	#tellReturned(
		watcher: Member,
		names: ReadonlyArray<{readonly name: string; readonly before: readonly Member[]}>,
	): void {
		const views: NamedView[] = [];
		for (const {name, before} of names) {
			const now = this.#viewOf(watcher, name);
			const returned = returnedIn(now, before);
			const others = now.online.filter(each => !returned.includes(each));
			if (returned.length > 0) views.push({name, ...(others.length > 0 ? onlineView(watcher, others) : ABSENT)});
		}

		if (views.length > 0) this.#send(watcher, views);
	}

	/** Sends the states of these names, at most LIST_LIMIT. */
	#tell(watcher: Member, names: readonly string[]): void {
		const views = names.map(name => ({name, ...this.#viewOf(watcher, name)}));
		this.#send(watcher, views);
		const told = this.#told.get(watcher);
		for (const {name, ...view} of views) if (told?.has(name) === true) told.set(name, view);
	}

	#send(watcher: Member, views: readonly NamedView[]): void {
		const several = views.filter(({devices}) => devices.length > 0).map(onlineDevices);
		for (let at = 0; at < several.length; at += ONLINE_NAMES) {
			watcher.connection.send(FRAME.onlineDevices, encodeOnlineDevices(several.slice(at, at + ONLINE_NAMES)));
		}

		const entries = views.map(({name, state}) => ({name, online: state === 'online'}));
		watcher.connection.send(FRAME.presence, encodePresence(entries));
		const unbound = views.filter(({state}) => state === 'unbound').map(({name}) => name);
		if (unbound.length > 0) watcher.connection.send(FRAME.unbound, encodeNames(unbound));
	}
}

type NamedView = View & {readonly name: string};

const NOBODY: readonly Member[] = [];
const ABSENT: View = {state: 'offline', online: NOBODY, devices: NOBODY, text: 'offline'};
const UNBOUND: View = {state: 'unbound', online: NOBODY, devices: NOBODY, text: 'unbound'};

/** `online`: one member at least. */
function onlineView(asker: Member, online: readonly Member[]): View {
	const devices = asker.speaksDevices && !isFoundingAlone(online) ? online : NOBODY;
	return {state: 'online', online, devices, text: `online ${devices.map(textOf).join(' ')}`};
}

/** Those that are online in another session than they were `before`. */
function returnedIn({online}: View, before: readonly Member[]): Member[] {
	return online.filter(
		each => !before.includes(each) && before.some(({identityKey}) => identityKey.equals(each.identityKey)),
	);
}

/** What PRESENCE means by itself. */
function isFoundingAlone([first, ...others]: readonly Member[]): boolean {
	return others.length === 0 && first?.isFounding === true && first.role === 'device';
}

function textOf({identityKey, role}: Member): string {
	return `${identityKey.toString('hex')} ${role}`;
}

function onlineDevices({name, devices}: NamedView): OnlineDevices {
	return {name, devices: devices.map(({identityKey, role}) => ({id: deviceIdOf(identityKey), role}))};
}
