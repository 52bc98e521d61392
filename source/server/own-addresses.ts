// Which addresses this machine has, the best first, and which of them the server tells a client as reflectors.
import {type NetworkInterfaceInfo} from 'node:os';
import {type Address, type Scope, isLinkLocal, scopeOf} from '../wire/address.ts';
import {REACHED_HOST, REFLECTOR_LIMIT} from '../wire/messages/ways.ts';

/** As `os.networkInterfaces()` yields them: the addresses by the interface's name. */
export type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>;

/** How many addresses of the machine answer BIND. Containers may give a machine hundreds. */
export const OWN_ADDRESS_LIMIT = 32;

const ranks: Readonly<Record<Scope, number>> = {public: 0, private: 1, loopback: 2, nobody: 4};

/** The machine's addresses: public ones first, link-local ones last. Those have the zone that a socket needs. At most OWN_ADDRESS_LIMIT. */
export function ownAddresses(interfaces: Interfaces): string[] {
	const all = Object.entries(interfaces).flatMap(([name, list]) => (list ?? []).map(({address}) => ({name, address})));
	const hosts = all.map(({name, address}) => {
		const isZoned = isLinkLocal(address) && address.includes(':') && !address.includes('%');
		return {host: isZoned ? `${address}%${name}` : address, rank: isLinkLocal(address) ? 3 : ranks[scopeOf(address)]};
	});
	const best = hosts.filter(({rank}) => rank < ranks.nobody).toSorted((a, b) => a.rank - b.rank);
	return [...new Set(best.map(({host}) => host))].slice(0, OWN_ADDRESS_LIMIT);
}

/** An own address that answers BIND at the first port, and whether it does so at the second as well. */
export type OwnReflector = {readonly host: string; readonly hasSecond: boolean};

/**
 * The reflectors for a client at the host `from` that has reached the own address `reached`. First the second port there, then another
 * family's address at both ports, then another address of the same family. Private and loopback ones only to a client that is in such a
 * network itself. `ahead` is where a NAT ahead of the server forwards UDP from, as the operator says: it takes precedence in its family.
 */
export function reflectorsFor(
	own: readonly OwnReflector[],
	port: number,
	{reached, from}: {readonly reached: string; readonly from: string},
	ahead: Address | undefined,
): Address[] {
	const scope = scopeOf(reached);
	const isNear = scope !== 'public' && scopeOf(from) !== 'public';
	const others = own.filter(({host}) => host !== reached && !isLinkLocal(host));
	const outside = others.filter(({host}) => scopeOf(host) === 'public');
	const inside = others.filter(({host}) => isNear && scopeOf(host) === scope);
	const isOther = ({host}: {readonly host: string}) => host.includes(':') !== reached.includes(':');
	const list: Address[] = [];
	if (own.some(({host, hasSecond}) => host === reached && hasSecond)) list.push({host: REACHED_HOST, port: port + 1});
	const other = [...outside, ...inside].find(each => isOther(each));
	if (ahead !== undefined && isOther(ahead)) list.push(ahead, ...portAfter(ahead));
	else if (other !== undefined) {
		list.push({host: other.host, port});
		if (other.hasSecond) list.push({host: other.host, port: port + 1});
	}

	const second = outside.find(each => !isOther(each));
	if (second !== undefined) list.push({host: second.host, port});
	return list.slice(0, REFLECTOR_LIMIT);
}

function portAfter({host, port}: Address): Address[] {
	return port < LAST_PORT ? [{host, port: port + 1}] : [];
}

/** There is no port after it. */
export const LAST_PORT = 65_535;
