// The device log of an account as a client of the directory in its smallest form keeps it: what it asks, follows and adds.
import {type Buffer} from 'node:buffer';
import {
	type DeviceLog,
	type LogStart,
	extendLog,
	followPage,
	foundLog,
	joinConsent,
} from '../../source/protocol/devices/device-log.ts';
import {FRAME} from '../../source/wire/frame.ts';
import {type DeviceRole, encodeDeviceEntry} from '../../source/wire/messages/device-entry.ts';
import {type LogPage, decodeLog, encodeDevices, encodeExtendLog} from '../../source/wire/messages/devices.ts';
import {type DirectoryClient, type Person, type Place, identityOf, signIn} from './directory-client.ts';

/** A page of a log as the directory answers it. */
export async function pageOf(client: DirectoryClient, name: string, from = 0): Promise<LogPage> {
	return pageIn(await client.request(FRAME.devices, encodeDevices({request: 1, name, from}), FRAME.log));
}

export function pageIn(body: Buffer): LogPage {
	const page = decodeLog(body);
	if (page === undefined) throw new Error('what came is no LOG');
	return page;
}

/** Hands in an entry, as it is. The answer. */
export async function handIn(client: DirectoryClient, entry: Buffer): Promise<LogPage> {
	return pageIn(await client.request(FRAME.extendLog, encodeExtendLog({request: 2, entry}), FRAME.log));
}

/** The log of a name as the directory shows it, followed from its first entry; throws when it leads nowhere. */
export async function logOf(client: DirectoryClient, name = client.person.name): Promise<DeviceLog> {
	let log: DeviceLog | LogStart = {name};
	for (;;) {
		const page = await pageOf(client, name, 'count' in log ? log.count : 0);
		const step = followPage(log, page);
		if ('refused' in step) throw new Error(step.refused);
		({log} = step);
		if (!('count' in log)) throw new Error(`${name} has no log`);
		if (log.count === page.count) return log;
	}
}

/** Founds the log of its account. */
export async function found(client: DirectoryClient): Promise<LogPage> {
	const {name} = client.person;
	return handIn(client, encodeDeviceEntry(foundLog(identityOf(client.person), name, Date.now())));
}

/** Has this device add another one, by the key that stands for `device`. */
export async function admit(client: DirectoryClient, device: string, role: DeviceRole = 'device'): Promise<LogPage> {
	const {name} = client.person;
	const log = await logOf(client);
	const joining = identityOf({name, device});
	const consent = joinConsent(joining, name, log.foundingKey);
	const change = {kind: 'add', subject: joining.publicKey, role, consent} as const;
	return handIn(client, encodeDeviceEntry(extendLog(log, identityOf(client.person), change, Date.now())));
}

/** Has this device remove the one that `device` stands for. */
export async function remove(client: DirectoryClient, device: string): Promise<LogPage> {
	const log = await logOf(client);
	const {publicKey: subject} = identityOf({name: client.person.name, device});
	const role = log.living.get(subject.toString('hex'))?.role ?? 'device';
	const change = {kind: 'remove', subject, role} as const;
	return handIn(client, encodeDeviceEntry(extendLog(log, identityOf(client.person), change, Date.now())));
}

/** Signs in, and says that it knows of devices. */
export async function signInWhole(place: Place, person: Person): Promise<DirectoryClient> {
	const client = await signIn(place, person);
	await pageOf(client, person.name);
	return client;
}
