// What a home router does to datagrams, as rules for nft: mapping and filtering in the words of RFC 4787.

export type Nat = {
	/** Whether all that one socket sends leaves from one port (RFC 4787 §4.1), or from another to each address and port. */
	readonly mapping: 'same' | 'varies';
	/**
	 * Who gets in (RFC 4787 §5): everybody; hosts that were spoken to; addresses with port that were spoken to. 'remembers' is as
	 * 'port', but the router takes what comes for itself: it then keeps that entry, and gives its own side another port.
	 */
	readonly filter: 'none' | 'host' | 'port' | 'remembers';
	/** Whether the LAN reaches its own public address (RFC 4787 §6). */
	readonly hairpin?: boolean;
	readonly blocksUdp?: boolean;
};

/** Where the rules apply: `wan` is the router's address outside, `client` the one host that filters below 'port' let in. */
export type NatPlace = {readonly wan: string; readonly lan: string; readonly client: string};

/** How long a host that was spoken to may answer from any port. */
const TALKED = '60s';
/** How long the LAN finds its own side by the public port. */
const HAIRPIN = '120s';

/**
 * The rules of a router with the devices "wan" and "lan". Linux's own masquerade keeps the port of a socket where it is free, and
 * lets in who was spoken to; the wider filters are rules on top.
 */
export function natRules(
	{mapping, filter, hairpin = false, blocksUdp = false}: Nat,
	{wan, lan, client}: NatPlace,
): string {
	const toClient = `udp dport 1024-65535 dnat to ${client}`;
	const incoming = {
		none: `iifname "wan" ${toClient}`,
		host: `iifname "wan" ip saddr @talked ${toClient}`,
		port: '',
		remembers: '',
	}[filter];
	return `
table ip nat {
	set talked { type ipv4_addr; flags dynamic,timeout; timeout ${TALKED}; }
	map owners { type inet_service : ipv4_addr; flags dynamic,timeout; timeout ${HAIRPIN}; }
	chain forward {
		type filter hook forward priority 0;
		${blocksUdp ? 'meta l4proto udp drop' : ''}
		oifname "wan" meta l4proto udp update @talked { ip daddr timeout ${TALKED} }
		${hairpin ? 'oifname "wan" meta l4proto udp update @owners { udp sport : ip saddr }' : ''}
		iifname "wan" ct status dnat accept
		iifname "wan" ct state new drop
	}
	chain input {
		type filter hook input priority 0;
		ct state established,related accept
		${filter === 'remembers' ? '' : 'iifname "wan" meta l4proto udp drop'}
	}
	chain incoming {
		type nat hook prerouting priority dstnat;
		${incoming}
		${hairpin ? `iifname "lan" ip daddr ${wan} meta l4proto udp dnat to udp dport map @owners` : ''}
	}
	chain outgoing {
		type nat hook postrouting priority srcnat;
		oifname "wan" masquerade ${mapping === 'varies' ? 'fully-random' : ''}
		${hairpin ? `oifname "lan" iifname "lan" ip saddr ${lan} snat to ${wan}` : ''}
	}
}
`;
}

/** A firewall for IPv6, which lets in what was asked for and ICMP (RFC 6092 §3). */
export const IPV6_FIREWALL = `
table ip6 firewall {
	chain forward {
		type filter hook forward priority 0;
		ct state established,related accept
		meta l4proto ipv6-icmp accept
		iifname "wan" drop
	}
}
`;
