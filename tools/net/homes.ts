// The kinds of home that people have, each as a host (or two) behind the router and the provider that make it what it is.
import {type Namespace, cable} from './lab.ts';
import {
	BRIDGE,
	type Families,
	type Internet,
	addAddresses,
	addRoutes,
	hasIpv4,
	hasIpv6,
	homeIpv6,
	publicIpv4,
} from './internet.ts';
import {IPV6_FIREWALL, type Nat, natRules} from './nat.ts';
import {type Wire} from './wire.ts';

export type HomeSpec = {
	readonly families: Families;
	/** Of the router; without one the host itself is on the public segment. */
	readonly nat?: Nat;
	/** The provider's own NAT, behind which the router is. */
	readonly carrier?: Nat;
};

const PORT: Nat = {mapping: 'same', filter: 'port'};

/** By the names that the table has. */
export const HOME_KINDS = {
	none: {families: 'ipv4'},
	full: {families: 'ipv4', nat: {mapping: 'same', filter: 'none'}},
	addr: {families: 'ipv4', nat: {mapping: 'same', filter: 'host'}},
	port: {families: 'ipv4', nat: PORT},
	sym: {families: 'ipv4', nat: {mapping: 'varies', filter: 'port'}},
	CGNAT: {families: 'ipv4', nat: PORT, carrier: PORT},
	'UDP blocked': {families: 'ipv4', nat: {...PORT, blocksUdp: true}},
	remembers: {families: 'ipv4', nat: {mapping: 'same', filter: 'remembers'}},
	hairpin: {families: 'ipv4', nat: {...PORT, hairpin: true}},
	/** Open in both families. */
	open: {families: 'both'},
	/** NAT in IPv4, a firewall in IPv6. */
	dual: {families: 'both', nat: PORT},
	/** A firewall, and IPv6 alone. */
	six: {families: 'ipv6', nat: PORT},
} as const satisfies Record<string, HomeSpec>;

export type HomeKind = keyof typeof HOME_KINDS;

export type Home = {
	/** Its number on the public segment: its host or its router has the addresses of this number, its LAN too. */
	readonly number: number;
	readonly spec: HomeSpec;
	/** As many as asked for. */
	readonly hosts: readonly Namespace[];
	/** Absent where the host is on the public segment. */
	readonly router: Namespace | undefined;
	/** Who has the public address: the host, the router or the carrier. */
	readonly edge: Namespace;
};

/** Addresses of the hosts in a LAN begin here. */
const FIRST_HOST = 2;
const FIRST_NUMBER = 20;
export const lanIpv4 = (number: number, host: number) => `192.168.${number}.${host}`;

export class Homes {
	readonly internet: Internet;
	#next = FIRST_NUMBER;

	constructor(internet: Internet) {
		this.internet = internet;
	}

	/** The number of the next home, for whoever needs another public address. */
	takeNumber(): number {
		return this.#next++;
	}

	/** A new home; with `wire`, that wire is between it and the public segment. */
	add(name: string, kind: HomeKind, {hosts = 1, wire}: {hosts?: number; wire?: Wire} = {}): Home {
		const spec: HomeSpec = HOME_KINDS[kind];
		const number = this.takeNumber();
		const {internet} = this;
		if (spec.nat === undefined) {
			const host = internet.lab.namespace(name);
			internet.plug(host, 'wan', number, spec.families, wire);
			return {number, spec, hosts: [host], router: undefined, edge: host};
		}

		const router = internet.lab.namespace(`${name}-router`);
		let edge = router;
		if (spec.carrier === undefined) {
			internet.plug(router, 'wan', number, spec.families, wire);
		} else {
			edge = internet.lab.namespace(`${name}-carrier`);
			internet.plug(edge, 'wan', number, 'ipv4', wire);
			joinCarrier(edge, router, number, spec.carrier);
		}

		setUpRouter(router, number, spec);
		if (hasIpv6(spec.families)) internet.routeHome(number);
		const inside = Array.from({length: hosts}, (_, index) => {
			const host = internet.lab.namespace(hosts === 1 ? name : `${name}-${index + 1}`);
			plugIntoLan(host, 'lan', {number, spec, router}, FIRST_HOST + index);
			return host;
		});
		return {number, spec, hosts: inside, router, edge};
	}
}

/** The shared network between a provider and its customers (RFC 6598). */
function joinCarrier(carrier: Namespace, router: Namespace, number: number, nat: Nat): void {
	cable([router, 'wan'], [carrier, 'lan']);
	carrier.run('sysctl -qw net.ipv4.ip_forward=1; ip addr add 100.64.0.1/24 dev lan');
	router.run('ip addr add 100.64.0.2/24 dev wan; ip route add default via 100.64.0.1');
	carrier.addRules(natRules(nat, {wan: publicIpv4(number), lan: '100.64.0.0/24', client: '100.64.0.2'}));
}

function setUpRouter(router: Namespace, number: number, {families, nat}: HomeSpec): void {
	router.run(`ip link add lan address ${BRIDGE} type bridge mcast_snooping 0; ip link set lan up`);
	if (hasIpv4(families) && nat !== undefined) {
		router.run(`sysctl -qw net.ipv4.ip_forward=1; ip addr add ${lanIpv4(number, 1)}/24 dev lan`);
		const lan = `${lanIpv4(number, 0)}/24`;
		router.addRules(natRules(nat, {wan: publicIpv4(number), lan, client: lanIpv4(number, FIRST_HOST)}));
	}

	if (hasIpv6(families)) {
		router.run(`sysctl -qw net.ipv6.conf.all.forwarding=1; ip addr add ${homeIpv6(number)}1/64 dev lan nodad`);
		router.addRules(IPV6_FIREWALL);
	}
}

/** Gives a host a device in the LAN of a home, and its routes there. */
export function plugIntoLan(
	host: Namespace,
	device: string,
	{number, spec: {families}, router}: Pick<Home, 'number' | 'spec' | 'router'>,
	place: number,
): void {
	if (router === undefined) throw new Error('this home has no LAN');
	cable([host, device], [router, `lan${place}`]);
	router.run(`ip link set lan${place} master lan`);
	host.run(lanAddresses(device, number, families, place));
}

/** What a host in a LAN sets up when its device comes up. */
export function lanAddresses(device: string, number: number, families: Families, place = FIRST_HOST): string {
	const lines: string[] = [];
	if (hasIpv4(families)) {
		lines.push(`ip addr replace ${lanIpv4(number, place)}/24 dev ${device}`);
		lines.push(`ip route replace default via ${lanIpv4(number, 1)} dev ${device}`);
	}

	if (hasIpv6(families)) {
		lines.push(`ip -6 addr replace ${homeIpv6(number)}${place}/64 dev ${device} nodad`);
		lines.push(`ip -6 route replace default via ${homeIpv6(number)}1 dev ${device}`);
	}

	return lines.join('\n');
}

/** Who has the public address gets another one: that of `to`. Mappings and connections of the old one are gone. */
export function renumber({edge, spec}: Home, from: number, to: number): void {
	const old = addAddresses('wan', from, spec.families).replaceAll('addr add', 'addr del').replaceAll(' nodad', '');
	edge.run(`${old}\n${addAddresses('wan', to, spec.families)}\n${addRoutes('wan', spec.families)}`);
}

/** Somebody has told the router to forward this UDP port to the host in its LAN. */
export function forwardByHand({router, number}: Home, port: number): void {
	const to = lanIpv4(number, FIRST_HOST);
	router?.addRules(`add rule ip nat incoming iifname "wan" udp dport ${port} dnat to ${to}`);
}

/** A router without power for a moment: it has forgotten every mapping (Linux drops those of a device that goes down). */
export function reboot({edge, number, spec}: Home): void {
	edge.run('ip link set wan down; ip link set wan up');
	// IPv6 addresses went with the device.
	edge.run(addAddresses('wan', number, spec.families).replaceAll('addr add', 'addr replace'));
	edge.run(addRoutes('wan', spec.families));
}

/** From now on the router forgets a mapping after so many seconds without a datagram. */
export function forgetAfter({edge}: Home, seconds: number): void {
	edge.run(
		`sysctl -qw net.netfilter.nf_conntrack_udp_timeout=${seconds} net.netfilter.nf_conntrack_udp_timeout_stream=${seconds}`,
	);
}

/** From now on the router lets no TCP through that it has not seen begin: who has moved is told of no connection that it is dead. */
export function dropUnknownTcp({edge}: Home): void {
	edge.run('sysctl -qw net.netfilter.nf_conntrack_tcp_loose=0');
	edge.addRules(`
table ip strict {
	chain forward {
		type filter hook forward priority 10;
		ct state invalid drop
	}
}
`);
}

/**
 * The home gets a public address that is not for documentation: port mappers refuse those. Like all others it is nowhere outside the
 * namespaces. Returns it.
 */
export function leaveDocumentation({internet}: Homes, {edge, number}: Home): string {
	const address = `203.0.114.${number}`;
	internet.core.run(`ip route add ${address}/32 dev segment; sysctl -qw net.ipv4.conf.all.send_redirects=0`);
	edge.run(`ip addr flush dev wan scope global; ip addr add ${address}/32 dev wan`);
	edge.run(`ip route replace default via ${publicIpv4(1)} dev wan onlink`);
	return address;
}
