// The own devices in lines: the list, a link for one more, and what other devices have done.
import {type DeviceNews, type OwnDevice, type OwnDevicesState, pathWords} from '../client/snapshot.ts';
import {deviceLabel, deviceTime} from '../ui/panes/device-news.ts';
import {type LinearControls} from './linear-controls.ts';
import {spoken} from './linear-words.ts';
import {catalogue} from '../catalogue/catalogue.ts';

/** Says the list: what other devices have done is looked at from here on. */
export function sayDevices(linear: LinearControls): void {
	const {client} = linear;
	const {devices} = client.snapshot();
	if (devices === undefined) return linear.tell(catalogue.devices.notTold);
	client.devices.look();
	linear.say(...devices.list.map(device => deviceWords(device, linear.now())));
}

/** Makes a link and says it; what comes of it is said as news. */
export function sayLink(linear: LinearControls, role: 'device' | 'keeper'): void {
	const {addWords, addKeeperWords, waiting} = catalogue.devices;
	const {link} = linear.client.devices.offer(role);
	linear.say(role === 'keeper' ? addKeeperWords : addWords, link, spoken(waiting));
}

function deviceWords(device: OwnDevice, now: number): string {
	const {roles, thisOne, added, addedBy, lastSeen} = catalogue.devices;
	const {role, isThis, online, path, by, byLabel = ''} = device;
	const when = deviceTime(device.added, now);
	const notes = [
		deviceLabel(device),
		roles[role],
		isThis ? thisOne : '',
		online === undefined ? '' : catalogue.presence[online ? 'online' : 'offline'],
		path === undefined ? '' : pathWords(path, deviceLabel(device), now),
		device.lastSeen === undefined ? '' : lastSeen(deviceTime(device.lastSeen, now)),
		by === undefined ? added(when) : addedBy(when, deviceLabel({id: by, label: byLabel})),
	];
	return notes.filter(Boolean).join(', ');
}

/** What is new since `before`: each change by another device, an alarm, and what came of a link. */
export function deviceLines(
	before: OwnDevicesState | undefined,
	after: OwnDevicesState | undefined,
	now: number,
): readonly string[] {
	if (after === undefined || after === before) return [];
	const {alarm, over, joined} = catalogue.devices;
	const known = new Set(before?.news.map(keyOf));
	const lines = after.news.filter(each => !known.has(keyOf(each))).map(each => newsWords(each, now));
	if (after.isAlarmed && before?.isAlarmed !== true) lines.push(alarm);
	const {contradictedBy} = after;
	if (contradictedBy !== undefined && before?.contradictedBy !== contradictedBy)
		lines.push(catalogue.devices.contradicted(contradictedBy));
	const {link} = after;
	if (link !== undefined && link.kind !== before?.link?.kind && link.kind !== 'open') {
		lines.push(spoken(link.kind === 'joined' ? joined(deviceLabel(link)) : over[link.reason]));
	}

	return lines;
}

function keyOf({kind, id, time}: DeviceNews): string {
	return `${kind} ${id} ${time}`;
}

function newsWords({kind, id, label, by, byLabel, time}: DeviceNews, now: number): string {
	const words = catalogue.devices.news[kind];
	return words(deviceLabel({id, label}), deviceLabel({id: by, label: byLabel}), deviceTime(time, now));
}
