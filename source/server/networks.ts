// The networks that an address lies in, so that limits also hold for somebody with many addresses.
import {ipv6Groups} from '../wire/address.ts';

/** A network that an address lies in. It may have `times` as much as a single address. */
export type NetworkName = {
	readonly name: string;
	readonly times: number;
	/** One customer has all of it (RFC 6177), so all that comes from it counts together. An IPv4 /24 belongs to many. */
	readonly hasOneOwner: boolean;
};

/** The networks of an address, the widest first. IPv4: its /24 and the address itself. IPv6: its /48, /56 and /64. */
export function networksOf(host: string): readonly NetworkName[] {
	if (!host.includes(':')) {
		return [
			{name: `${host.slice(0, host.lastIndexOf('.'))}/24`, times: 4, hasOneOwner: false},
			{name: host, times: 1, hasOneOwner: true},
		];
	}

	const [a = 0, b = 0, c = 0, d = 0] = ipv6Groups(host);
	const site = [a, b, c].map(group => group.toString(16)).join(':');
	return [
		{name: `${site}/48`, times: 4, hasOneOwner: true},
		{name: `${site}:${d >> 8}/56`, times: 2, hasOneOwner: true},
		{name: `${site}:${d.toString(16)}`, times: 1, hasOneOwner: true},
	];
}
