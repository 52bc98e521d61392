// What is known of the way to the directory and to the contacts: measured, never guessed.
import {type NetworkInterfaceInfo} from 'node:os';
import {NO_NETWORK, type OwnNetwork, type ProbeReport} from '../channel/network/own-network.ts';
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
	/** Of this machine's surroundings. */
	readonly network: OwnNetwork;
	/** The UDP port of the profile, which is another than the socket's when somebody else has it; undefined while there is none. */
	readonly keptPort: number | undefined;
	/** Seconds for which the router still lets datagrams in; undefined where it does not. */
	readonly mappedFor: number | undefined;
	readonly contacts: ReadonlyArray<
		Pick<Contact, 'name' | 'presence' | 'onlyKeeper' | 'path'> & {readonly probes?: ProbeReport | undefined}
	>;
	/** What went no further since the start, most frequent first. */
	readonly dropped: readonly TraceCount[];
};

/** What probes have found out; nothing while nobody is signed in. */
export type Probed = {
	readonly network: OwnNetwork;
	readonly keptPort: number | undefined;
	/** By the clock that only runs forward, ms. */
	readonly elapsed: number;
	readonly probesOf: (name: string) => ProbeReport | undefined;
};

const NOT_PROBED: Probed = {network: NO_NETWORK, keptPort: undefined, elapsed: 0, probesOf: () => undefined};

/** `interfaces` as node:os lists them. */
export function diagnose(
	{connection, reflexive, clockOffset, contacts}: Snapshot,
	interfaces: NodeJS.Dict<NetworkInterfaceInfo[]>,
	dropped: readonly TraceCount[],
	{network, keptPort, elapsed, probesOf}: Probed = NOT_PROBED,
): Diagnosis {
	const addresses = Object.values(interfaces).flatMap(list => (list ?? []).map(({address}) => hostOf(address)));
	const localAddresses = [...new Set(addresses)];
	return {
		connection,
		reflexive,
		localAddresses,
		translation: translationOf(reflexive, localAddresses),
		clockOffset,
		network,
		keptPort,
		mappedFor: mappedFor(network, elapsed),
		contacts: contacts.map(({name, presence, onlyKeeper, path}) => ({
			name,
			presence,
			...(onlyKeeper && {onlyKeeper}),
			path,
			probes: probesOf(name),
		})),
		dropped,
	};
}

function mappedFor({portMapping}: OwnNetwork, elapsed: number): number | undefined {
	if (portMapping.kind !== 'mapped') return undefined;
	return Math.max(0, Math.round((portMapping.endsAt - elapsed) / 1000));
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
