// How one member sees the devices of a name, and the frames that tell it.
import {Buffer} from 'node:buffer';
import {deviceIdOf} from '../protocol/devices/device-log.ts';
import {FRAME} from '../wire/frame.ts';
import {ONLINE_NAMES, type OnlineDevices, encodeOnlineDevices} from '../wire/messages/devices.ts';
import {encodeNames, encodePresence} from '../wire/messages/directory.ts';
import {type Asker, type SignedInDevice, type Member, type PresenceState, canMeet} from './member.ts';

/**
 * A name as one member sees it: those that are online, and of them the devices that are listed. `text` is equal for views that are told in
 * the same way.
 */
export type View = {
	readonly state: PresenceState;
	readonly online: readonly SignedInDevice[];
	readonly devices: readonly SignedInDevice[];
	readonly text: string;
};

export type NamedView = View & {readonly name: string};

const NOBODY: readonly SignedInDevice[] = [];
const ABSENT: View = {state: 'offline', online: NOBODY, devices: NOBODY, text: 'offline'};
const UNBOUND: View = {state: 'unbound', online: NOBODY, devices: NOBODY, text: 'unbound'};
const NONE = {name: '', isOnline: false, body: Buffer.alloc(0)};

/** `there`: the devices of the name that are signed in. */
export function viewOf(asker: Asker, there: readonly SignedInDevice[]): View {
	if (there.length === 0) return ABSENT;
	const seen = there.filter(each => canMeet(asker, each));
	const online = seen.filter(({state}) => state === 'online');
	if (online.length > 0) return onlineView(asker, online);
	return seen.some(({state}) => state === 'unbound') ? UNBOUND : ABSENT;
}

/** The same view without these members. */
export function without(asker: Asker, {online}: View, members: readonly SignedInDevice[]): View {
	const others = online.filter(each => !members.includes(each));
	return others.length > 0 ? onlineView(asker, others) : ABSENT;
}

/** Those that are online in another session than they were `before`. */
export function returnedIn({online}: View, before: readonly SignedInDevice[]): SignedInDevice[] {
	return online.filter(
		each =>
			!before.some(({id}) => id === each.id) && before.some(({identityKey}) => identityKey.equals(each.identityKey)),
	);
}

/** `online`: one member at least. */
function onlineView(asker: Asker, online: readonly SignedInDevice[]): View {
	const devices = asker.speaksDevices && !isFoundingAlone(online) ? online : NOBODY;
	return {state: 'online', online, devices, text: `online ${devices.map(textOf).join(' ')}`};
}

/** What PRESENCE means by itself. */
function isFoundingAlone([first, ...others]: readonly SignedInDevice[]): boolean {
	return others.length === 0 && first?.isFounding === true && first.role === 'device';
}

function textOf({identityKey, role}: SignedInDevice): string {
	return `${identityKey.toString('hex')} ${role}`;
}

/** Sends views. What is the same for many is encoded once. */
export class ViewSender {
	/** PRESENCE of one name, as it was encoded last. */
	#last: {readonly name: string; readonly isOnline: boolean; readonly body: Buffer} = NONE;

	/** At most LIST_LIMIT views. */
	send({connection}: Member, views: readonly NamedView[]): void {
		const several = views.filter(({devices}) => devices.length > 0).map(onlineDevices);
		for (let at = 0; at < several.length; at += ONLINE_NAMES) {
			connection.send(FRAME.onlineDevices, encodeOnlineDevices(several.slice(at, at + ONLINE_NAMES)));
		}

		connection.send(FRAME.presence, this.#presenceOf(views));
		const unbound = views.filter(({state}) => state === 'unbound').map(({name}) => name);
		if (unbound.length > 0) connection.send(FRAME.unbound, encodeNames(unbound));
	}

	#presenceOf(views: readonly NamedView[]): Buffer {
		const entries = views.map(({name, state}) => ({name, online: state === 'online'}));
		const [first] = entries;
		if (first === undefined || entries.length > 1) return encodePresence(entries);
		const {name, online: isOnline} = first;
		if (this.#last.name !== name || this.#last.isOnline !== isOnline) {
			this.#last = {name, isOnline, body: encodePresence(entries)};
		}

		return this.#last.body;
	}
}

function onlineDevices({name, devices}: NamedView): OnlineDevices {
	return {name, devices: devices.map(({identityKey, role}) => ({id: deviceIdOf(identityKey), role}))};
}
