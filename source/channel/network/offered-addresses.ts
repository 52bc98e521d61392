// The addresses of this machine: which of them belong to links that lead to others, and which are offered to contacts.
import {type NetworkInterfaceInfo} from 'node:os';
import {isLinkLocal, isLocalHost, scopeOf} from '../../wire/address.ts';
import {LOCAL_ADDRESS_LIMIT} from '../../wire/messages/local-addresses.ts';

/** As `os.networkInterfaces()` has them. */
export type InterfaceList = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>;

export type OwnAddress = {readonly interface: string; readonly host: string};

/** How many addresses of a machine are looked at: a hundred containers have no more. */
const LOOKED_AT = 1024;

/**
 * Networks inside this machine, by how container engines, virtual machines and their bridges name their interfaces. Nobody outside
 * reaches an address there, and many machines have the same one. Routes would not tell them apart: a bridge of a machine with guests may
 * well have the default route, and is then named br0 or so by whoever made it.
 */
const INSIDE =
	/^(?:docker|br-|veth|virbr|vnet|lxc|lxd|incus|podman|cni|cali|cilium|flannel|kube|nerdctl|vmnet|vboxnet|dummy|ifb)/;

/** What `list` has; nothing where it throws, as in sandboxes that forbid to look. */
export function listedInterfaces(list: () => InterfaceList): InterfaceList {
	try {
		return list();
	} catch {
		return {};
	}
}

/** The addresses on links that lead to others, without loopback and link-local ones (RFC 3927, RFC 4291 §2.5.6), in the system's order. */
export function outwardAddresses(interfaces: InterfaceList): OwnAddress[] {
	return Object.entries(interfaces)
		.filter(([name]) => !INSIDE.test(name))
		.flatMap(([name, all = []]) =>
			all.filter(({internal}) => !internal).map(({address}) => ({interface: name, host: address})),
		)
		.slice(0, LOOKED_AT)
		.filter(({host}) => isOutward(host));
}

/**
 * What contacts are told, to meet us in one network: addresses of RFC 1918 and RFC 4193, at most two. Those on the link of the default
 * route come first, and IPv4 before IPv6; of one link and family there is one, since a second (a temporary one) leads to the same place.
 */
export function localHosts(interfaces: InterfaceList, defaultInterface: string | undefined): string[] {
	const local = outwardAddresses(interfaces).filter(({host}) => isLocalHost(host));
	const isFirst = ({interface: name, host}: OwnAddress, index: number): boolean =>
		local.findIndex(other => other.interface === name && isIPv6(other.host) === isIPv6(host)) === index;
	const rank = ({interface: name, host}: OwnAddress): number =>
		(name === defaultInterface ? 0 : 2) + (isIPv6(host) ? 1 : 0);
	return local
		.filter((own, index) => isFirst(own, index))
		.toSorted((a, b) => rank(a) - rank(b))
		.slice(0, LOCAL_ADDRESS_LIMIT)
		.map(({host}) => host);
}

function isOutward(host: string): boolean {
	const scope = scopeOf(host);
	return (scope === 'public' || scope === 'private') && !isLinkLocal(host);
}

function isIPv6(host: string): boolean {
	return host.includes(':');
}
