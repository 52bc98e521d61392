// The devices of the own account: one row each, and the keys that add, rename and remove them, give them another role, or accept another list.
import {catalogue} from '../../catalogue/catalogue.ts';
import {type OwnDevice, type OwnDevicesState, shortPathWords} from '../../client/snapshot.ts';
import {type Overlay, type ScreenControls} from '../screen-controls.ts';
import {deviceLabel, deviceTime} from '../panes/device-news.ts';
import {errorWords} from '../text/error-words.ts';
import {safeText} from '../text/safe.ts';
import {sentence} from '../text/sentence.ts';
import {type ScreenRow, type Span, paragraph, span} from '../widgets/spans.ts';
import {choiceRows, moved} from './choice.ts';
import {confirmOverlay} from './confirm.ts';
import {linkOverlay} from './offered-link.ts';

/** Cells under which a row tells less. */
const NARROW = 58;

/** Opens the list: what other devices have done is looked at from here on. */
export function openDevices(screen: ScreenControls): void {
	screen.client.devices.look();
	screen.show(devicesOverlay(screen));
}

function devicesOverlay(screen: ScreenControls, chosen = 0): Overlay {
	const {devices} = screen.client.snapshot();
	const list = devices?.list ?? [];
	const at = Math.max(0, Math.min(chosen, list.length - 1));
	const device = list[at];
	const words = catalogue.devices;
	const isKeeper = list.find(({isThis}) => isThis)?.role === 'keeper';
	const now = screen.now();
	return {
		title: words.title,
		hint: isKeeper ? words.keeperHint : words.hint,
		renew: renewed => devicesOverlay(renewed, at),
		rows: size => {
			const alarm = alarmWords(devices).flatMap(said => paragraph(said, size.width, 'danger'));
			const room = {width: size.width, height: Math.max(0, size.height - alarm.length)};
			if (device === undefined) return [...alarm, ...paragraph(sentence(words.notTold), size.width, 'muted')];
			return [...alarm, ...choiceRows(list, at, each => deviceRow(each, now, room.width), room)].slice(0, size.height);
		},
		take(key, controls) {
			const next = moved(at, key, list.length);
			if (next !== undefined) controls.show(devicesOverlay(controls, next));
			if (key === 'a' || key === 'k')
				controls.show(linkOverlay(controls, key === 'k' ? 'keeper' : 'device', openDevices));
			if (key === 'r' && device !== undefined) controls.show(renameOverlay(device, device.label, at));
			if (key === 'd' && device !== undefined) controls.show(removeQuestion(device));
			if (key === 'o' && device !== undefined && device.role !== 'recovery') {
				controls.show(roleQuestion(device, device.role === 'keeper' ? 'device' : 'keeper'));
			}

			const isAlarm = key === 't' && alarmWords(devices).length > 0;
			if (isAlarm) void askToAccept(controls);
			return next !== undefined || isAlarm || ['a', 'k', 'r', 'd', 'o'].includes(key);
		},
	};
}

function alarmWords(devices: OwnDevicesState | undefined): readonly string[] {
	const {alarm, contradicted, alarmHint} = catalogue.devices;
	if (devices?.isAlarmed === true) return [alarm, alarmHint];
	return devices?.contradictedBy === undefined ? [] : [contradicted(devices.contradictedBy), alarmHint];
}

/** When it was added and by which is left out where there is no room. */
function deviceRow(device: OwnDevice, now: number, width: number): ScreenRow {
	const {role, isThis, online, path, lastSeen, by, byLabel = ''} = device;
	const {roles, thisOne, added, addedBy} = catalogue.devices;
	const when = deviceTime(device.added, now);
	const notes = [
		roles[role],
		isThis ? thisOne : '',
		path === undefined ? '' : shortPathWords(path, now),
		lastSeen === undefined ? '' : catalogue.devices.lastSeen(deviceTime(lastSeen, now)),
		width < NARROW ? '' : by === undefined ? added(when) : addedBy(when, deviceLabel({id: by, label: byLabel})),
	];
	return [
		presence(online),
		span(` ${deviceLabel(device)}`, 'title'),
		span(`  ${notes.filter(Boolean).join('  ')}`, 'muted'),
	];
}

function presence(online: boolean | undefined): Span {
	if (online === undefined) return span(' ');
	return online ? span('●', 'online') : span('○', 'muted');
}

/** `label`: as it is typed now. */
function renameOverlay(device: OwnDevice, label: string, at: number): Overlay {
	const words = catalogue.devices;
	return {
		title: words.renameTitle(deviceLabel(device)),
		hint: words.renameHint,
		query: safeText(label, {newlines: false}),
		isAnswer: true,
		ask: typed => renameOverlay(device, typed, at),
		rows: () => [],
		take(key, screen) {
			if (key === 'escape') screen.show(devicesOverlay(screen, at));
			if (key === 'enter') {
				screen.client.devices.rename(device.id, label);
				screen.show(devicesOverlay(screen, at));
			}

			return key === 'escape' || key === 'enter';
		},
	};
}

export function removeQuestion(device: OwnDevice): Overlay {
	const label = deviceLabel(device);
	const words = catalogue.devices;
	const act = (screen: ScreenControls) =>
		void done(screen, async () => screen.client.devices.remove(device.id), words.removed(label));
	return confirmOverlay({
		words: device.isThis ? words.removeThis : words.remove(label),
		keep: words.keepIt,
		choices: [{label: words.removeIt, act}],
	});
}

/** Makes a keeper of a device, or a device of a keeper. */
export function roleQuestion(device: OwnDevice, role: 'device' | 'keeper'): Overlay {
	const label = deviceLabel(device);
	const {askRole, makeIt, keepIt, madeRole} = catalogue.devices;
	const act = (screen: ScreenControls) =>
		void done(screen, async () => screen.client.devices.setRole(device.id, role), madeRole[role](label));
	return confirmOverlay({words: askRole[role](label), keep: keepIt, choices: [{label: makeIt, act}]});
}

/** Asks whether another list than the known one is to count, once what is otherwise in it has been shown. */
export async function askToAccept(screen: ScreenControls): Promise<void> {
	const {isAlarmed = false, contradictedBy, list = []} = screen.client.snapshot().devices ?? {};
	const words = catalogue.devices;
	if (!isAlarmed && contradictedBy === undefined) return screen.tell(words.nothingToAccept);
	try {
		const differences = await screen.client.devices.differences();
		const said = differences.map(({what, id}) =>
			words.differences[what](deviceLabel(list.find(each => each.id === id) ?? {id, label: ''})),
		);
		const shown = said.length === 0 ? words.noDifference : said.join('; ');
		const question = isAlarmed
			? `${sentence(shown)} ${words.askAccept}`
			: words.askLooked(safeText(contradictedBy ?? '', {newlines: false}));
		const act = (controls: ScreenControls) =>
			void done(controls, async () => controls.client.devices.accept(), words.accepted);
		screen.show(confirmOverlay({words: question, keep: words.keepIt, choices: [{label: words.acceptIt, act}]}));
	} catch (error) {
		screen.tell(errorWords(error));
	}
}

async function done(screen: ScreenControls, work: () => Promise<void>, words: string): Promise<void> {
	try {
		await work();
		screen.tell(sentence(words));
	} catch (error) {
		screen.tell(errorWords(error));
	}
}
