// devices: those of the own account. Lists, adds by a link, removes and renames them.
import {type Client} from '../../client/facade.ts';
import {type DeviceLinkState, type DeviceNews, type OwnDevice} from '../../client/snapshot.ts';
import {qrRows} from '../../content/qr.ts';
import {type CommandIo} from '../command-io.ts';
import {Failure} from '../failure.ts';
import {minute} from '../lines.ts';
import {jsonLine, printableLine} from '../printable.ts';
import {EXIT_CODES} from '../sysexits.ts';
import {type DeviceAct} from '../task.ts';
import {until} from '../until.ts';
import {catalogue} from '../../catalogue/catalogue.ts';

/** How long to wait for the server to tell of the devices, ms. */
const TOLD_WAIT_MS = 10_000;
/** Digits of an id that stand for a device without a name. */
const SHORT_ID = 8;
/** Black on white, whatever the terminal's own colours are: cameras want it so. */
const [CODE, PLAIN] = ['\u001B[30;107m', '\u001B[0m'];

const OVER_EXITS: Readonly<Record<keyof typeof catalogue.devices.over, number>> = {
	guessed: EXIT_CODES.noPermission,
	late: EXIT_CODES.tempFail,
	full: EXIT_CODES.unavailable,
	refused: EXIT_CODES.unavailable,
	replaced: EXIT_CODES.tempFail,
};

/** Throws Failure, ClientError and what `io` throws. */
export async function doDevices(client: Client, act: DeviceAct, io: CommandIo): Promise<void> {
	const isTold = await until(
		client,
		({devices, connection}) => devices !== undefined || connection.state === 'stopped',
		{withinMs: TOLD_WAIT_MS, stop: io.stop},
	);
	if (!isTold || client.snapshot().devices === undefined) {
		throw new Failure(EXIT_CODES.unavailable, catalogue.devices.notTold);
	}

	switch (act.what) {
		case 'add':
			return add(client, act, io);
		case 'remove':
			return remove(client, act, io);
		case 'rename':
			return rename(client, act, io);
		default:
			return list(client, act.json, io);
	}
}

async function list(client: Client, json: boolean, io: CommandIo): Promise<void> {
	const {list: devices, news, isAlarmed} = client.snapshot().devices!;
	if (isAlarmed) io.complain(catalogue.devices.alarm);
	for (const each of news) io.complain(newsLine(each));
	for (const device of devices) await io.print(json ? jsonLine(device) : deviceLine(device));
	// Who reads JSON may show it to nobody.
	if (!json) client.devices.look();
}

async function add(client: Client, {role, hasCode, json}: DeviceAct & {what: 'add'}, io: CommandIo): Promise<void> {
	const {devices} = client;
	const {link, expires, number} = devices.offer(role);
	try {
		await io.print(json ? jsonLine({link, expires}) : link);
		if (hasCode)
			await io.write(
				qrRows(link)
					.map(row => `${CODE}${row}${PLAIN}\n`)
					.join(''),
			);
		if (!json) io.complain(catalogue.devices.waiting);
		const state = () => client.snapshot().devices?.link;
		const isOver = await until(client, () => endOf(state(), number) !== undefined, {
			withinMs: Math.max(0, expires - Date.now()),
			stop: io.stop,
		});
		const end = isOver ? endOf(state(), number) : undefined;
		if (end === undefined) throw new Failure(EXIT_CODES.tempFail, catalogue.devices.nobodyJoined);
		if (typeof end === 'string') throw new Failure(OVER_EXITS[end], catalogue.devices.over[end]);
		await io.print(json ? jsonLine({id: end.id, label: end.label}) : catalogue.devices.joined(labelWords(end)));
	} finally {
		devices.closeOffer(number);
	}
}

/** What has ended the link with this number; undefined while it is good. */
function endOf(
	link: DeviceLinkState | undefined,
	number: number,
): (DeviceLinkState & {kind: 'joined'}) | keyof typeof OVER_EXITS | undefined {
	if (link === undefined || link.number !== number) return 'replaced';
	if (link.kind === 'open') return undefined;
	return link.kind === 'joined' ? link : link.reason;
}

async function remove(
	client: Client,
	{device, isSure, json}: DeviceAct & {what: 'remove'},
	io: CommandIo,
): Promise<void> {
	const meant = client.devices.meant(device);
	const label = labelWords(meant);
	if (!isSure) {
		const answer = await io.askYes(catalogue.devices.askRemove(label, meant.id));
		if (answer === undefined) throw new Failure(EXIT_CODES.usage, catalogue.devices.askNobody);
		if (!answer) throw new Failure(EXIT_CODES.unavailable, catalogue.devices.notRemoved(label));
	}

	await client.devices.remove(meant.id);
	await io.print(json ? jsonLine(meant) : catalogue.devices.removed(label));
}

async function rename(
	client: Client,
	{device, label, json}: DeviceAct & {what: 'rename'},
	io: CommandIo,
): Promise<void> {
	const {devices} = client;
	const {id} = devices.meant(device);
	devices.rename(id, label);
	const meant = devices.meant(id);
	await io.print(json ? jsonLine(meant) : catalogue.devices.renamed(labelWords(meant)));
}

/** `0123456789abcdef  laptop  online  this device  added 2026-11-28 03:45 by laptop`. */
export function deviceLine(device: OwnDevice): string {
	const {roles, thisOne, added, addedBy} = catalogue.devices;
	const {id, role, isThis, online, by, byLabel = ''} = device;
	const when = minute(device.added);
	const notes = [
		roles[role],
		online === undefined ? '' : catalogue.lines.presence[online ? 'online' : 'offline'],
		isThis ? thisOne : '',
		by === undefined ? added(when) : addedBy(when, labelWords({id: by, label: byLabel})),
	];
	return [id, labelWords(device), ...notes.filter(Boolean)].join('  ');
}

/** What another device has done to the list. */
export function newsLine({kind, id, label, by, byLabel, time}: DeviceNews): string {
	return catalogue.devices.news[kind](labelWords({id, label}), labelWords({id: by, label: byLabel}), minute(time));
}

/** What a device is called, or else what stands for it; safe to print. */
export function labelWords({id, label}: {readonly id: string; readonly label: string}): string {
	return label === '' ? catalogue.devices.unnamed(id.slice(0, SHORT_ID)) : printableLine(label);
}
