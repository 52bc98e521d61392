// The networks whose proxies are believed when they say whose connection they hand on.
import {BlockList, isIP} from 'node:net';
import {familyOf} from '../wire/address.ts';

/** A network as its address and the length of its prefix, bits. */
export type NetworkRange = {readonly host: string; readonly prefix: number};

/** `10.0.0.0/8`, `2001:db8::/32`, or an address alone. Undefined for anything else, and for all addresses at once. */
export function parseNetworkRange(text: string): NetworkRange | undefined {
	const [, host = '', digits] = /^([\da-f:.]+)(?:\/(\d{1,3}))?$/i.exec(text) ?? [];
	const version = isIP(host);
	const bits = version === 4 ? 32 : 128;
	const prefix = digits === undefined ? bits : Number(digits);
	return version === 0 || prefix < 1 || prefix > bits ? undefined : {host, prefix};
}

/** Whether an address, in the form that `normalizeAddress` gives it, is in one of the networks. */
export function trustIn(networks: readonly NetworkRange[]): (host: string) => boolean {
	const list = new BlockList();
	for (const {host, prefix} of networks) list.addSubnet(host, prefix, typeOf(host));
	return host => list.check(host, typeOf(host));
}

function typeOf(host: string): 'ipv4' | 'ipv6' {
	return familyOf(host) === 4 ? 'ipv4' : 'ipv6';
}
