// The devices of the own account: one row each, and the keys that add, rename and remove them.
import {catalogue} from '../../catalogue/catalogue.ts';
import {type OwnDevice} from '../../client/snapshot.ts';
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
			const alarm = devices?.isAlarmed === true ? paragraph(words.alarm, size.width, 'danger') : [];
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
			return next !== undefined || ['a', 'k', 'r', 'd'].includes(key);
		},
	};
}

/** When it was added and by which is left out where there is no room. */
function deviceRow(device: OwnDevice, now: number, width: number): ScreenRow {
	const {role, isThis, online, by, byLabel = ''} = device;
	const {roles, thisOne, added, addedBy} = catalogue.devices;
	const when = deviceTime(device.added, now);
	const notes = [
		roles[role],
		isThis ? thisOne : '',
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
	const act = (screen: ScreenControls) => void remove(screen, device);
	return confirmOverlay({
		words: device.isThis ? words.removeThis : words.remove(label),
		keep: words.keepIt,
		choices: [{label: words.removeIt, act}],
	});
}

async function remove(screen: ScreenControls, device: OwnDevice): Promise<void> {
	try {
		await screen.client.devices.remove(device.id);
		screen.tell(sentence(catalogue.devices.removed(deviceLabel(device))));
	} catch (error) {
		screen.tell(errorWords(error));
	}
}
