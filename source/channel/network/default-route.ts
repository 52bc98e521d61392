// The default route of IPv4, as Linux tells it in /proc/net/route. Elsewhere none is known, and nothing is asked of a router.
import {readFileSync} from 'node:fs';
import {scopeOf} from '../../wire/address.ts';

/** `gateway`: undefined on a point-to-point link, which has no router of its own. */
export type DefaultRoute = {readonly interface: string; readonly gateway: string | undefined};

/** Rows that are looked at: a machine has few, a router of the internet has more than anybody needs here. */
const ROWS = 4096;
/** Of linux/route.h: the route is up; it leads to a gateway; it leads nowhere. */
const [UP, GATEWAY, REJECT] = [0x1, 0x2, 0x2_00];

export function readDefaultRoute(file = '/proc/net/route'): DefaultRoute | undefined {
	try {
		return parseDefaultRoute(readFileSync(file, 'latin1'));
	} catch {
		return undefined;
	}
}

/** The default route with the lowest metric, the first of several; rows in any other form are passed over. */
export function parseDefaultRoute(table: string): DefaultRoute | undefined {
	const [best] = table
		.split('\n', ROWS)
		.flatMap(row => defaultRouteOf(row) ?? [])
		.toSorted((a, b) => a.metric - b.metric);
	return best && {interface: best.interface, gateway: best.gateway};
}

/** A row: Iface Destination Gateway Flags RefCnt Use Metric Mask MTU Window IRTT, addresses and flags in hex. */
function defaultRouteOf(row: string): (DefaultRoute & {readonly metric: number}) | undefined {
	const [name = '', destination, gateway = '', flags = '', , , metric = '', mask] = row.trim().split(/\s+/, 11);
	if (destination !== '00000000' || mask !== '00000000') return undefined;
	const isWellFormed = /^[\dA-F]{8}$/i.test(gateway) && /^[\dA-F]{1,8}$/i.test(flags) && /^\d{1,10}$/.test(metric);
	if (!isWellFormed || name.length > 15) return undefined;
	const bits = Number.parseInt(flags, 16);
	if ((bits & UP) === 0 || (bits & REJECT) !== 0) return undefined;
	const common = {interface: name, metric: Number(metric)};
	if ((bits & GATEWAY) === 0) return {...common, gateway: undefined};
	const host = hostOf(gateway);
	return ['public', 'private'].includes(scopeOf(host)) ? {...common, gateway: host} : undefined;
}

/** The kernel writes the four bytes as one number of the machine: on the processors that we run on the last byte comes first. */
function hostOf(hex: string): string {
	return [6, 4, 2, 0].map(at => Number.parseInt(hex.slice(at, at + 2), 16)).join('.');
}
