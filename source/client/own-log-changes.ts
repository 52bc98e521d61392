// Changes of the own device log that a person asks for: signed here, handed in to the directory, and why one is not taken.
import {type Buffer} from 'node:buffer';
import {type DirectoryConnection} from '../channel/directory/directory-connection.ts';
import {type LogAlarm} from '../channel/directory/log-keeper.ts';
import {type DeviceLog, type LogMember, deviceIdOf} from '../protocol/devices/device-log.ts';
import {type DeviceEntry} from '../wire/messages/device-entry.ts';
import {ClientError} from '../os/errors.ts';
import {catalogue} from '../catalogue/catalogue.ts';

/**
 * Resolves once the directory has it on its disk. `sign` makes the entry for the log as it then is, undefined where nothing is left to do;
 * `refusal` says why the log does not take it. Throws ClientError: unreachable, refused, and what `sign` and `refusal` say.
 */
export async function changeOwnLog(
	{logs}: Pick<DirectoryConnection, 'logs'>,
	name: string,
	sign: (log: DeviceLog) => DeviceEntry | undefined,
	refusal: (why: LogAlarm) => ClientError,
): Promise<void> {
	const outcome = await logs.extend(name, log => ('count' in log ? sign(log) : undefined));
	if (outcome === 'done') return;
	if (outcome === 'offline') throw new ClientError('unreachable', catalogue.devices.offline);
	if ('retryAfter' in outcome) {
		throw new ClientError('refused', catalogue.devices.later(outcome.retryAfter), outcome);
	}

	throw refusal(outcome.refused);
}

/** What another list than the known one says of a device, for the person who is to decide about it. */
export type ListDifference = {readonly id: string; readonly what: 'missing' | 'there' | 'other-role'};

/** Of the known log, and of the one that the directory shows: what differs among their living keys. Pure. */
export function differencesOf(known: DeviceLog | undefined, shown: DeviceLog): readonly ListDifference[] {
	const before = known?.living ?? new Map<string, LogMember>();
	const gone = [...before.values()].filter(({key}) => !shown.living.has(key.toString('hex')));
	const others = [...shown.living.values()].flatMap(({key, role}): ListDifference[] => {
		const was = before.get(key.toString('hex'))?.role;
		if (was === role) return [];
		return [{id: deviceIdText(key), what: was === undefined ? 'there' : 'other-role'}];
	});
	return [...gone.map(({key}): ListDifference => ({id: deviceIdText(key), what: 'missing'})), ...others];
}

/** 16 hex digits. */
export function deviceIdText(key: Buffer): string {
	return deviceIdOf(key).toString('hex');
}
