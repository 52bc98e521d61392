// What is known of the way to the directory and to the contacts: measured, never guessed.
import {type NetworkInterfaceInfo} from 'node:os';
import {normalizeAddress} from '../wire/address.ts';
import {type ConnectionState, type Contact, type Snapshot} from './snapshot.ts';
import {type TraceCount} from '../os/trace.ts';

export type Diagnosis = {
	readonly connection: ConnectionState;
	/** What the server saw of the UDP socket, `host:port`; undefined until it answers there. */
	readonly reflexive: string | undefined;
	/** This machine's own, without ports. */
	readonly localAddresses: readonly string[];
	/** none: the server sees one of the machine's own addresses, of which every loopback address is one. */
	readonly translation: 'none' | 'translated' | 'unknown';
	/** Server time less local time, ms; undefined before the first login. */
	readonly clockOffset: number | undefined;
	readonly contacts: ReadonlyArray<Pick<Contact, 'name' | 'presence' | 'path'>>;
	/** What went no further since the start, most frequent first. */
	readonly dropped: readonly TraceCount[];
};

/** `interfaces` as node:os lists them. */
export function diagnose(
	{connection, reflexive, clockOffset, contacts}: Snapshot,
	interfaces: NodeJS.Dict<NetworkInterfaceInfo[]>,
	dropped: readonly TraceCount[],
): Diagnosis {
	const addresses = Object.values(interfaces).flatMap(list => (list ?? []).map(({address}) => hostOf(address)));
	const localAddresses = [...new Set(addresses)];
	return {
		connection,
		reflexive,
		localAddresses,
		translation: translationOf(reflexive, localAddresses),
		clockOffset,
		contacts: contacts.map(({name, presence, path}) => ({name, presence, path})),
		dropped,
	};
}

function translationOf(reflexive: string | undefined, localAddresses: readonly string[]): Diagnosis['translation'] {
	if (reflexive === undefined) return 'unknown';
	const host = hostOf(reflexive.replace(/:\d+$/, '').replace(/^\[|\]$/g, ''));
	const isLoopback = host === '::1' || host.startsWith('127.');
	return isLoopback || localAddresses.includes(host) ? 'none' : 'translated';
}

/** In the one form that compares. */
function hostOf(address: string): string {
	return normalizeAddress(address, 0).host;
}
