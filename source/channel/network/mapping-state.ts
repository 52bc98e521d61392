// How far the router has let us in: what is shown of a port mapping, and when it is offered to others.
import {type Address} from '../../wire/address.ts';
import {type NatPmpResult} from './nat-pmp.ts';
import {type PcpResult} from './pcp-map.ts';

export type MappingProtocol = 'pcp' | 'nat-pmp';

/** Besides what routers say: a mapping so short that nobody could rely on it, and an address where nobody is. */
export type MappingRefusal = Exclude<PcpResult | NatPmpResult, 'success'> | 'short life' | 'no external address';

export type MappingState =
	| {readonly kind: 'off'}
	/** There is no router that we know of. */
	| {readonly kind: 'no-gateway'}
	| {readonly kind: 'asking'}
	/** Nothing answers there. */
	| {readonly kind: 'silent'}
	| {readonly kind: 'refused'; readonly protocol: MappingProtocol; readonly result: MappingRefusal}
	| {
			readonly kind: 'mapped';
			readonly protocol: MappingProtocol;
			/** Where others reach us, as far as this router knows. */
			readonly external: Address;
			/** Seconds that were granted, and when they are over, ms of the clock that only runs forward. */
			readonly life: number;
			readonly endsAt: number;
	  };

/** `double-nat`: the router has another address than the one that we are seen at, so something translates behind it once more. */
export type MappedCandidate =
	| {readonly kind: 'none'}
	| {readonly kind: 'offered' | 'double-nat'; readonly external: Address};

/** Whether the mapping is of use to others. `seen`: the hosts that the directory sees us at; while there is none, nothing is offered. */
export function mappedCandidate(state: MappingState, seen: readonly string[]): MappedCandidate {
	if (state.kind !== 'mapped' || seen.length === 0) return {kind: 'none'};
	const {external} = state;
	return {kind: seen.includes(external.host) ? 'offered' : 'double-nat', external};
}
