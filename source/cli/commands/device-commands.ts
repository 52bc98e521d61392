// devices: those of the own account. Lists, adds by a link, removes and renames them, gives them another role, and accepts another list.
import {setTimeout as pause} from 'node:timers/promises';
import {type Client} from '../../client/facade.ts';
import {type DeviceLinkState, type DeviceNews, type OwnDevice, pathWords} from '../../client/snapshot.ts';
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
/** A new device that does not come for so long is not waited for; and between two looks, ms. */
const COMES_WITHIN_MS = 30_000;
const LOOK_MS = 100;
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
		case 'role':
			return setRole(client, act, io);
		case 'accept':
			return accept(client, act, io);
		default:
			return list(client, act.json, io);
	}
}

async function list(client: Client, json: boolean, io: CommandIo): Promise<void> {
	const {list: devices, news, isAlarmed, contradictedBy} = client.snapshot().devices!;
	if (isAlarmed) io.complain(catalogue.devices.alarm);
	if (contradictedBy !== undefined) io.complain(catalogue.devices.contradicted(printableLine(contradictedBy)));
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
		await copyTo(client, end, json, io);
	} finally {
		devices.closeOffer(number);
	}
}

/** Waits until the new device has all that is here, as whoever ends this process then would expect; or until it is gone or nobody wants to wait. */
async function copyTo(
	client: Client,
	{id, label}: {readonly id: string; readonly label: string},
	json: boolean,
	io: CommandIo,
): Promise<void> {
	const {copying, copied, notCopied} = catalogue.devices;
	const words = labelWords({id, label});
	if (!json) io.complain(copying(words));
	const isThere = () => client.snapshot().devices?.list.find(each => each.id === id)?.online === true;
	const comesUntil = performance.now() + COMES_WITHIN_MS;
	let wasThere = false;
	while (!io.stop.aborted && client.devices.lacks(id) !== 0) {
		if (!isThere() && (wasThere || performance.now() > comesUntil)) break;
		wasThere ||= isThere();
		await pause(LOOK_MS);
	}

	const isWhole = client.devices.lacks(id) === 0;
	if (json) return io.print(jsonLine({id, isWhole}));
	io.complain((isWhole ? copied : notCopied)(words));
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

async function setRole(client: Client, {device, role, json}: DeviceAct & {what: 'role'}, io: CommandIo): Promise<void> {
	const {devices} = client;
	const meant = devices.meant(device);
	await devices.setRole(meant.id, role);
	await io.print(json ? jsonLine({...meant, role}) : catalogue.devices.madeRole[role](labelWords(meant)));
}

/** Shows what is otherwise, and asks. */
async function accept(client: Client, {isSure, json}: DeviceAct & {what: 'accept'}, io: CommandIo): Promise<void> {
	const {isAlarmed, contradictedBy} = client.snapshot().devices!;
	const words = catalogue.devices;
	if (!isAlarmed && contradictedBy === undefined) return io.print(json ? jsonLine([]) : words.nothingToAccept);
	const differences = await client.devices.differences();
	const lines = differences.map(each => words.differences[each.what](labelWords(labelled(client, each.id))));
	if (json) await io.print(jsonLine(differences));
	else if (isAlarmed) for (const line of lines.length === 0 ? [words.noDifference] : lines) await io.print(line);
	if (!isSure) {
		const question = isAlarmed ? words.askAcceptYes : words.askLookedYes(printableLine(contradictedBy ?? ''));
		const answer = await io.askYes(question);
		if (answer === undefined) throw new Failure(EXIT_CODES.usage, words.askNobody);
		if (!answer) throw new Failure(EXIT_CODES.unavailable, words.notAccepted);
	}

	await client.devices.accept();
	if (!json) await io.print(words.accepted);
}

function labelled(client: Client, id: string): {readonly id: string; readonly label: string} {
	return client.snapshot().devices?.list.find(each => each.id === id) ?? {id, label: ''};
}

/** `0123456789abcdef  laptop  online  direct · 12 ms  added 2026-11-28 03:45 by desktop`. */
export function deviceLine(device: OwnDevice): string {
	const {roles, thisOne, added, addedBy, lastSeen} = catalogue.devices;
	const {id, role, isThis, online, path, by, byLabel = ''} = device;
	const when = minute(device.added);
	const notes = [
		roles[role],
		online === undefined ? '' : catalogue.lines.presence[online ? 'online' : 'offline'],
		path === undefined ? '' : pathWords(path, labelWords(device), Date.now()),
		device.lastSeen === undefined ? '' : lastSeen(minute(device.lastSeen)),
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
