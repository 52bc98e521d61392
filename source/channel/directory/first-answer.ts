// TCP to a host by whichever of its addresses answers first (RFC 8305). Node's own way, autoSelectFamily, gives an address 250 ms and does not
// come back to it: on a line on which there and back takes longer, a server with addresses of both families is then out of reach for whoever
// has one of them.
import {ADDRCONFIG} from 'node:dns';
import {lookup} from 'node:dns/promises';
import {type Socket, connect} from 'node:net';
import {familyOf} from '../../wire/address.ts';
import {type Timers, systemTimers} from '../network/timer-port.ts';

/** The next address is tried so long after the one before, or as soon as that has failed, ms (RFC 8305 §5). */
const NEXT_MS = 250;
/** Addresses of a name that are tried. */
const ADDRESS_LIMIT = 8;

export type ConnectPorts = {
	/** All addresses of a name, the best first. */
	readonly addressesOf: (host: string) => Promise<readonly string[]>;
	readonly open: (host: string, port: number) => Socket;
	readonly timers: Timers;
};

const system: ConnectPorts = {
	async addressesOf(host) {
		const found = await lookup(host, {all: true, hints: ADDRCONFIG});
		return found.map(({address}) => address);
	},
	open: (host, port) => connect({host, port, noDelay: true}),
	timers: systemTimers,
};

/**
 * `host` is a DNS name or an IP address. Rejects with what `signal` says; with the error of the lookup; or, when no address answers, with that
 * of the address, or an AggregateError of all of them. An error of the socket that it gives is no more than its end.
 */
export async function firstAnswer(
	{host, port}: {readonly host: string; readonly port: number},
	signal: AbortSignal,
	{addressesOf, open, timers}: ConnectPorts = system,
): Promise<Socket> {
	const {promise, resolve, reject} = Promise.withResolvers<Socket>();
	const under = new Set<Socket>();
	const errors: unknown[] = [];
	let left: string[] = [];
	let cancel: (() => void) | undefined;
	let isOver = false;
	const end = () => {
		isOver = true;
		cancel?.();
		for (const socket of under) socket.destroy();
	};

	const next = () => {
		cancel?.();
		const address = left.shift();
		if (address === undefined) return;
		const socket = open(address, port);
		under.add(socket);
		socket.on('error', error => errors.push(error));
		socket.once('connect', () => {
			if (isOver) return;
			under.delete(socket);
			end();
			resolve(socket);
		});
		socket.once('close', () => {
			under.delete(socket);
			if (isOver) return;
			if (left.length > 0) next();
			else if (under.size === 0) reject(errors.length > 1 ? new AggregateError(errors) : errors[0]);
		});
		cancel = timers.after(NEXT_MS, next);
	};

	const onAbort = () => reject(signal.reason);
	signal.addEventListener('abort', onAbort);
	try {
		signal.throwIfAborted();
		left = alternating(await Promise.race([addressesOf(host), promise.then(() => [])])).slice(0, ADDRESS_LIMIT);
		if (left.length === 0) throw new Error(`${host} has no address`);
		next();
		return await promise;
	} finally {
		signal.removeEventListener('abort', onAbort);
		end();
	}
}

/** Alternately of one family and the other, beginning with that of the first (RFC 8305 §4). */
function alternating(hosts: readonly string[]): string[] {
	const [first = ''] = hosts;
	const same = hosts.filter(host => familyOf(host) === familyOf(first));
	const others = hosts.filter(host => familyOf(host) !== familyOf(first));
	return hosts.flatMap((_, index) => [...same.slice(index, index + 1), ...others.slice(index, index + 1)]);
}
