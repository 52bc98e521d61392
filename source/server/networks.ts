// The networks that an address lies in, so that limits also hold for somebody with many addresses.

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

	const [head = '', tail = ''] = host.split('::');
	const front = head.split(':').filter(Boolean);
	const back = tail.split(':').filter(Boolean);
	const zeros = Array.from({length: 8 - front.length - back.length}, () => '0');
	const [a, b, c, d = ''] = [...front, ...zeros, ...back];
	const site = `${a}:${b}:${c}`;
	return [
		{name: `${site}/48`, times: 4, hasOneOwner: true},
		{name: `${site}:${Number.parseInt(d, 16) >> 8}/56`, times: 2, hasOneOwner: true},
		{name: `${site}:${d}`, times: 1, hasOneOwner: true},
	];
}
