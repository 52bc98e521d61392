// Hears the calls that somebody on the same link sends to everybody there. They go no further than the link: a router passes none on.
import {type Buffer} from 'node:buffer';
import {type Socket} from 'node:dgram';
import {ErrorCounts} from '../../os/error-counts.ts';
import {bindUdp} from '../../os/udp-bind.ts';
import {CALL_PORT} from '../../protocol/path/link-call.ts';
import {type Address} from '../../wire/address.ts';
import {type InterfaceList, outwardAddresses} from './offered-addresses.ts';

/** Of the administratively scoped block (RFC 2365 §6.1), and of the link-local scope (RFC 4291 §2.7). */
const [GROUP_IPV4, GROUP_IPV6] = ['239.255.74.6', 'ff02::1:4a06'];
/** Links that are called and heard on, at most; Linux lets a socket join 20 groups. */
const LINKS = 16;

/** One way to reach everybody on a link. `via`: an own IPv4 address there, or the name of the interface for IPv6. */
export type Link = {readonly group: Address; readonly via: string};

export type LinkSocket = {
	/** What could not be opened or joined, by the system's code. */
	readonly errors: ReadonlyMap<string, number>;
	/** Hears on these links from now on, and on no others. */
	join(links: readonly Link[]): void;
	close(): void;
};

/** The links of this machine that lead to others, each once in each family, at most 16. */
export function linksOf(interfaces: InterfaceList, port = CALL_PORT): Link[] {
	const own = outwardAddresses(interfaces);
	const names = [...new Set(own.map(({interface: name}) => name))];
	return names
		.flatMap(name => {
			const ipv4 = own.find(each => each.interface === name && !each.host.includes(':'));
			const hasIPv6 = interfaces[name]?.some(({family}) => family === 'IPv6') === true;
			return [
				...(ipv4 === undefined ? [] : [{group: {host: GROUP_IPV4, port}, via: ipv4.host}]),
				...(hasIPv6 ? [{group: {host: GROUP_IPV6, port}, via: name}] : []),
			];
		})
		.slice(0, LINKS);
}

/**
 * Others on this machine may hear as well. Where the port is somebody's alone nothing is heard, and that is counted. `onDatagram`: with
 * the address that it came from, which has its interface behind a % where it is link-local: an answer goes there as it is.
 */
export async function openLinkSocket(
	onDatagram: (datagram: Buffer, from: Address) => void,
	port = CALL_PORT,
): Promise<LinkSocket> {
	const errors = new ErrorCounts();
	// What is sent to this machine alone does not reach a socket that is bound to the group.
	const ipv4 = await orNone(bindUdp({type: 'udp4', address: GROUP_IPV4, port, isShared: true}), errors);
	const ipv6 = await orNone(bindUdp({type: 'udp6', address: '::', port, isShared: true, isIPv6Only: true}), errors);
	ipv4?.on('message', (datagram, from) => heard(datagram, from));
	ipv6?.on('message', (datagram, from) => {
		// A sender who is not on this link has no link-local address.
		if (/^fe[89ab]/i.test(from.address)) heard(datagram, from);
	});
	for (const socket of [ipv4, ipv6]) socket?.on('error', errors.note);

	let open = true;
	/** As many as LINKS. */
	let joined: readonly Link[] = [];
	const heard = (datagram: Buffer, {address, port: from}: {address: string; port: number}): void => {
		if (open && from !== 0) onDatagram(datagram, {host: address, port: from});
	};
	const isIn = (links: readonly Link[], {group, via}: Link): boolean =>
		links.some(link => link.group.host === group.host && link.via === via);
	return {
		errors: errors.counts,
		join(all) {
			if (!open) return;
			const links = all.slice(0, LINKS);
			for (const link of joined) if (!isIn(links, link)) errors.guard(() => member(link, 'dropMembership'));
			// What did not work out is tried anew at the next call.
			joined = links.filter(link => isIn(joined, link) || errors.guard(() => member(link, 'addMembership')));
		},
		close() {
			if (!open) return;
			open = false;
			ipv4?.close();
			ipv6?.close();
		},
	};

	function member({group: {host}, via}: Link, what: 'addMembership' | 'dropMembership'): void {
		if (host === GROUP_IPV4) ipv4?.[what](host, via);
		else ipv6?.[what](host, `::%${via}`);
	}
}

async function orNone(socket: Promise<Socket>, errors: ErrorCounts): Promise<Socket | undefined> {
	return socket.catch((error: unknown) => {
		errors.note(error);
		return undefined;
	});
}
