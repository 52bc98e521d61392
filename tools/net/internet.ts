// The public part of the lab: one segment that everybody is plugged into, and who has which address there.
import {type Namespace, Lab, cable} from './lab.ts';
import {type Wire, connectWire} from './wire.ts';

/** For documentation alone (RFC 5737, RFC 3849): nothing of it is anywhere outside. */
export const publicIpv4 = (number: number) => `203.0.113.${number}`;
export const publicIpv6 = (number: number) => `2001:db8:0:1::${number}`;

/** Numbers of the servers on the segment. The first server has two addresses of each family. */
export const SERVER = {first: 10, second: 11, ipv6Only: 12} as const;

const HOSTS = `127.0.0.1 localhost
::1 localhost
${publicIpv4(SERVER.first)} chat.test
${publicIpv6(SERVER.first)} chat.test
${publicIpv4(SERVER.second)} second.test
${publicIpv6(SERVER.second)} second.test
${publicIpv6(SERVER.ipv6Only)} six.test
`;

/**
 * Hardware address of a bridge. Unless it is given one, Linux gives it the lowest of its ports: it changes as ports are added, and who
 * knew the old one reaches nobody for seconds.
 */
export const BRIDGE = '02:00:00:00:00:01';

export type Families = 'ipv4' | 'ipv6' | 'both';
export const hasIpv4 = (families: Families) => families !== 'ipv6';
export const hasIpv6 = (families: Families) => families !== 'ipv4';

export class Internet {
	readonly lab = new Lab(HOSTS);
	readonly core: Namespace;
	readonly server: Namespace;
	#devices = 0;

	constructor() {
		this.core = this.lab.namespace('core');
		this.core.run(`
ip link add segment address ${BRIDGE} type bridge mcast_snooping 0
ip link set segment up
ip addr add ${publicIpv4(1)}/24 dev segment
ip addr add ${publicIpv6(1)}/64 dev segment nodad
sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1`);
		this.server = this.lab.namespace('server');
		this.plug(this.server, 'wan', SERVER.first, 'both');
		this.server.run(addAddresses('wan', SERVER.second, 'both'));
	}

	/** Gives a namespace a device on the segment, with the address of that number; behind a wire where there is one. */
	plug(namespace: Namespace, device: string, number: number, families: Families, wire?: Wire): void {
		const port = `port${this.#devices++}`;
		if (wire === undefined) cable([namespace, device], [this.core, port]);
		else connectWire(wire, [namespace, device], [this.core, port]);
		this.core.run(`ip link set ${port} master segment`);
		namespace.run(`${addAddresses(device, number, families)}\n${addRoutes(device, families)}`);
	}

	/** Lets the segment find the IPv6 network of the home with this number, which its router there forwards to. */
	routeHome(number: number): void {
		this.core.run(`ip -6 route add ${homeIpv6(number)}/64 via ${publicIpv6(number)}`);
	}
}

/** The IPv6 network of a home. */
export const homeIpv6 = (number: number) => `2001:db8:0:${number}::`;

export function addAddresses(device: string, number: number, families: Families): string {
	const lines: string[] = [];
	if (hasIpv4(families)) lines.push(`ip addr add ${publicIpv4(number)}/24 dev ${device}`);
	if (hasIpv6(families)) lines.push(`ip addr add ${publicIpv6(number)}/64 dev ${device} nodad`);
	return lines.join('\n');
}

export function addRoutes(device: string, families: Families): string {
	const lines: string[] = [];
	if (hasIpv4(families)) lines.push(`ip route replace default via ${publicIpv4(1)} dev ${device}`);
	if (hasIpv6(families)) lines.push(`ip -6 route replace default via ${publicIpv6(1)} dev ${device}`);
	return lines.join('\n');
}
