// Where a link's host is: the servers that DNS names for it (SRV, RFC 2782), else all addresses of the host.
import {ADDRCONFIG, type SrvRecord} from 'node:dns';
import {Resolver, lookup} from 'node:dns/promises';
import {isIP} from 'node:net';
import {type Random} from '../../crypto/random.ts';
import {type Address, familyOf} from '../../wire/address.ts';
import {isDnsName} from '../../wire/join-link.ts';
import {type Timers} from '../network/timer-port.ts';

const SERVICE = '_simchat._tcp';
/** How long an answer about servers, or about the addresses of one of them, is waited for, ms. */
const DNS_MS = 2000;
/** How long the one about servers is waited for where the last one got no answer: a connection that broke is to be back soon, ms. */
const SILENT_MS = 100;
/** Records that are looked at, those of the first priority first; servers of them that are tried; and their addresses. */
const RECORD_LIMIT = 64;
const SERVER_LIMIT = 4;
const ADDRESSES_EACH = 2;
/** Addresses that are tried where DNS names no servers. */
const ADDRESS_LIMIT = 8;

export type DnsPorts = {
	/** Rejects when there are none. */
	readonly srv: (name: string, limitMs: number) => Promise<readonly SrvRecord[]>;
	/** All addresses of a name, in the order that this machine prefers. */
	readonly addresses: (host: string) => Promise<readonly string[]>;
	readonly timers: Timers;
	readonly random: Random;
	/** Hosts about whose servers nobody answered when they were last asked about. */
	readonly silent: Set<string>;
};

/** Asks the servers of the system for SRV unless others are given, as `127.0.0.1:53`. */
export function systemDns(servers?: readonly string[]): Pick<DnsPorts, 'srv' | 'addresses'> {
	return {
		async srv(name, limitMs) {
			// A lost datagram is asked again.
			const resolver = new Resolver({timeout: Math.floor(limitMs / 3), tries: 2});
			if (servers !== undefined) resolver.setServers(servers);
			const timer = setTimeout(() => resolver.cancel(), limitMs);
			try {
				return await resolver.resolveSrv(name);
			} finally {
				clearTimeout(timer);
			}
		},
		async addresses(host) {
			const found = await lookup(host, {all: true, hints: ADDRCONFIG});
			return found.map(({address}) => address);
		},
	};
}

/**
 * What to connect to, the first to be tried first. Both questions are asked at once, so that a name without SRV costs no more time than before.
 * An answer that there are servers counts, and then the addresses of the host itself do not. Rejects with the error of the lookup when there
 * is nothing.
 */
export async function directoryAddresses(
	{host, port}: {readonly host: string; readonly port: number},
	ports: DnsPorts,
): Promise<readonly Address[]> {
	if (isIP(host) !== 0) return [{host, port}];
	const own = ports.addresses(host);
	// It is looked at below, or was of no use.
	own.catch(() => {});
	const servers = hasServers(host) ? await serversOf(host, ports) : undefined;
	if (servers !== undefined) return servers;
	return spread(await own, ports.random)
		.slice(0, ADDRESS_LIMIT)
		.map(address => ({host: address, port}));
}

/** Names of this machine and of its network are not in the DNS (RFC 6761 §6.3, RFC 6762 §3). */
function hasServers(host: string): boolean {
	return host.includes('.') && !/\.(?:localhost|local)$/.test(host);
}

/** The addresses of the servers; undefined when DNS names none, or does not say so in time. */
async function serversOf(host: string, ports: DnsPorts): Promise<readonly Address[] | undefined> {
	const {srv, addresses, random, silent} = ports;
	let isAnswered = false;
	const heard = () => {
		isAnswered = true;
		silent.delete(host);
	};
	const asked = srv(`${SERVICE}.${host}`, DNS_MS);
	// An answer that comes too late counts the next time. That there are none is one, too.
	asked.then(heard, (error: unknown) => {
		if (!isSilence(error)) heard();
	});
	const records = await inTime(asked, ports, silent.has(host) ? SILENT_MS : DNS_MS);
	if (records === undefined && !isAnswered) silent.add(host);
	if (records === undefined || records.length === 0) return undefined;
	const sound = records.filter(({name, port}) => isDnsName(name.toLowerCase()) && port > 0);
	const first = sound.toSorted((a, b) => a.priority - b.priority).slice(0, RECORD_LIMIT);
	const chosen = byPriority(first, random).slice(0, SERVER_LIMIT);
	const found = chosen.map(async ({name, port}) => {
		const all = (await inTime(addresses(name), ports)) ?? [];
		return spread(all, random)
			.slice(0, ADDRESSES_EACH)
			.map(address => ({host: address, port}));
	});
	return (await Promise.all(found)).flat();
}

/** Whether nobody has answered, which says nothing of what there is. */
function isSilence(error: unknown): boolean {
	const code = error instanceof Error && 'code' in error ? error.code : undefined;
	return code === 'ETIMEOUT' || code === 'ECANCELLED';
}

/** Undefined when there is none, or none in time. */
async function inTime<T>(answer: Promise<T>, {timers}: DnsPorts, limitMs = DNS_MS): Promise<T | undefined> {
	const {promise: late, resolve} = Promise.withResolvers<undefined>();
	const cancel = timers.after(limitMs, () => resolve(undefined));
	try {
		return await Promise.race([answer, late]);
	} catch {
		return undefined;
	} finally {
		cancel();
	}
}

/** RFC 2782, "Usage rules": lower priorities first; among one, in an order that is drawn by weight. Records come sorted by priority. */
function byPriority(records: readonly SrvRecord[], random: Random): SrvRecord[] {
	const order: SrvRecord[] = [];
	for (const priority of new Set(records.map(each => each.priority))) {
		// Those of weight 0 come first, so that they are drawn by a 0 alone.
		const same = records.filter(each => each.priority === priority);
		const left = shuffled(same, random).toSorted((a, b) => a.weight - b.weight);
		while (left.length > 0) {
			const sum = left.reduce((total, {weight}) => total + weight, 0);
			let rest = below(sum + 1, random);
			const at = left.findIndex(({weight}) => (rest -= weight) <= 0);
			order.push(...left.splice(at, 1));
		}
	}

	return order;
}

function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
	const list = [...items];
	for (let at = list.length - 1; at > 0; at--) {
		const other = below(at + 1, random);
		[list[at], list[other]] = [list[other]!, list[at]!];
	}

	return list;
}

/** A whole number below `limit`, which is small beside 2^32. */
function below(limit: number, random: Random): number {
	return random(4).readUInt32BE(0) % limit;
}

/** In random order, but alternately of one family and the other, beginning with that which this machine prefers (RFC 8305 §4). */
function spread(hosts: readonly string[], random: Random): string[] {
	const [preferred = ''] = hosts;
	const order = shuffled(hosts, random);
	const same = order.filter(host => familyOf(host) === familyOf(preferred));
	const others = order.filter(host => familyOf(host) !== familyOf(preferred));
	return order.flatMap((_, index) => [...same.slice(index, index + 1), ...others.slice(index, index + 1)]);
}
