// Why no way was found to somebody, in terms that a person can be told. A client asks at `failed` (probing.ts), and at once when the other
// side has no address that it could probe.
import {type Address, scopeOf} from '../../wire/address.ts';
import {type MappingKind} from './mapping.ts';

export type IpFamily = 'ipv4' | 'ipv6';

/**
 * udp-blocked: nothing of our UDP came back, from the server neither; nowhere: the other side's UDP has not reached the server; families: one
 * side has only this family, the other only that; both-vary: both NATs change ports; unanswered: probes went out, and none was answered.
 */
export type NoWay =
	| {readonly kind: 'udp-blocked' | 'nowhere' | 'both-vary' | 'unanswered'}
	| {readonly kind: 'families'; readonly own: IpFamily; readonly other: IpFamily};

/** What is known once probing has failed. `own`: where reflectors see us, one address for each family; `other`: where the other side is. */
export type Tried = {
	readonly own: readonly Address[];
	readonly other: readonly Address[];
	readonly ownMapping: MappingKind;
	readonly otherMapping: MappingKind;
};

export function whyNoWay({own, other, ownMapping, otherMapping}: Tried): NoWay {
	if (own.length === 0) return {kind: 'udp-blocked'};
	if (other.length === 0) return {kind: 'nowhere'};
	const [ours, theirs] = [familiesOf(own), familiesOf(other)];
	const [only, otherOnly] = [ours[0]!, theirs[0]!];
	if (ours.length === 1 && theirs.length === 1 && only !== otherOnly)
		return {kind: 'families', own: only, other: otherOnly};
	// Over IPv6 hardly any NAT is met: what varies is then not the reason.
	const hasIPv6 = ours.includes('ipv6') && theirs.includes('ipv6');
	if (ownMapping === 'varies' && otherMapping === 'varies' && !hasIPv6) return {kind: 'both-vary'};
	return {kind: 'unanswered'};
}

/** Which families the addresses have, IPv4 first. Private ones do not count beside public ones. */
export function familiesOf(addresses: readonly Address[]): readonly IpFamily[] {
	const open = addresses.filter(({host}) => scopeOf(host) === 'public');
	const counted = open.length > 0 ? open : addresses;
	return (['ipv4', 'ipv6'] as const).filter(family =>
		counted.some(({host}) => host.includes(':') === (family === 'ipv6')),
	);
}
