// TCP to a host by whichever of its addresses answers first (RFC 8305). Node's own way, autoSelectFamily, gives an address 250 ms and does not
// come back to it: on a line on which there and back takes longer, a server with addresses of both families is then out of reach for whoever
// has one of them.
import {type Socket, connect} from 'node:net';
import {type Random} from '../../crypto/random.ts';
import {type Address} from '../../wire/address.ts';
import {type Timers, systemTimers} from '../network/timer-port.ts';
import {directoryAddresses, systemDns} from './directory-addresses.ts';

/** The next address is tried so long after the one before, or as soon as that has failed, ms (RFC 8305 §5). */
const NEXT_MS = 250;

export type ConnectPorts = {
	/** What to connect to, the best first; not many. */
	readonly addressesOf: (place: {readonly host: string; readonly port: number}) => Promise<readonly Address[]>;
	readonly open: (address: Address) => Socket;
	readonly timers: Timers;
};

/** Of this process: no more than it connects to. */
const silent = new Set<string>();

function systemPorts(random: Random): ConnectPorts {
	const dns = {...systemDns(), timers: systemTimers, random, silent};
	return {
		addressesOf: async place => directoryAddresses(place, dns),
		open: ({host, port}) => connect({host, port, noDelay: true}),
		timers: systemTimers,
	};
}

/**
 * `host` is a DNS name or an IP address. Rejects with what `signal` says; with the error of the lookup; or, when no address answers, with that
 * of the address, or an AggregateError of all of them. An error of the socket that it gives is no more than its end.
 */
export async function firstAnswer(
	place: {readonly host: string; readonly port: number},
	signal: AbortSignal,
	random: Random,
	{addressesOf, open, timers}: ConnectPorts = systemPorts(random),
): Promise<Socket> {
	const {promise, resolve, reject} = Promise.withResolvers<Socket>();
	const under = new Set<Socket>();
	const errors: unknown[] = [];
	let left: Address[] = [];
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
		const socket = open(address);
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
		left = [...(await Promise.race([addressesOf(place), promise.then(() => [])]))];
		if (left.length === 0) throw new Error(`${place.host} has no address`);
		next();
		return await promise;
	} finally {
		signal.removeEventListener('abort', onAbort);
		end();
	}
}
