// What is known of the network that this machine is in, and of the probes that went out from it: for whoever looks for a fault.
import {type MappingKind} from '../../protocol/path/mapping.ts';
import {type NoWay} from '../../protocol/path/no-way.ts';
import {type Address} from '../../wire/address.ts';
import {type MappedCandidate, type MappingState} from './mapping-state.ts';

/** Where BIND goes, and what came back, `host:port`; `observed` is undefined while nothing does. */
export type ReflectorSight = {readonly reflector: string; readonly observed: string | undefined};

export type OwnNetwork = {
	/** Of our UDP socket; undefined while there is none. */
	readonly port: number | undefined;
	/** At most five; the one at the directory's own address comes first. None while the directory is out of reach. */
	readonly reflectors: readonly ReflectorSight[];
	/** What the NAT does with our socket, as they tell. */
	readonly mapping: MappingKind;
	/** What the router was asked, and whether what it gave is told to others. */
	readonly portMapping: MappingState;
	readonly mapped: MappedCandidate;
	/** Where others may find us, as the person has chosen the port; undefined where they find us at it anyway. Nothing has shown it. */
	readonly forwarded: Address | undefined;
	/** Hosts of this machine in its own network that contacts are told; none when the settings say so. */
	readonly localHosts: readonly string[];
	/** Ms of silence after which something is sent, so that a router does not forget us. */
	readonly silenceMs: number;
};

/** An address of the other side, `host:port`, that was probed. `rtt` in ms; undefined when no answer came. */
export type ProbedAddress = {readonly address: string; readonly asks: number; readonly rtt: number | undefined};

/** The last introduction with a contact. At most 8 addresses; birthday probing is one of them, with all its asks. */
export type ProbeReport = {
	/** The initiator has asked the directory, the responder was named to it. */
	readonly role: 'initiator' | 'responder';
	/** Local ms. */
	readonly since: number;
	readonly outcome: 'probing' | 'proven' | NoWay;
	/** Mapping of the other side, as the directory has seen it. */
	readonly mapping: MappingKind;
	readonly addresses: readonly ProbedAddress[];
};

/** While nobody is signed in. */
export const NO_NETWORK: OwnNetwork = {
	port: undefined,
	reflectors: [],
	mapping: 'unknown',
	portMapping: {kind: 'off'},
	mapped: {kind: 'none'},
	forwarded: undefined,
	localHosts: [],
	silenceMs: 15_000,
};
