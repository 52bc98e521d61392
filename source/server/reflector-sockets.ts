// The UDP sockets: one for each own address and port, so that a BIND is answered from the address that was asked. Behind a NAT no other
// answer arrives. Addresses come and go while the server runs.
import {type Socket, createSocket} from 'node:dgram';
import {type Buffer} from 'node:buffer';
import {type Address, addressText, isLinkLocal, normalizeAddress} from '../wire/address.ts';
import {LAST_PORT, OWN_ADDRESS_LIMIT, type OwnReflector, reflectorsFor} from './own-addresses.ts';

/** How often the machine's addresses are looked at, ms. */
export const LOOK_MS = 3000;

export type ReflectorPorts = {
	/** The own addresses, the best first. Whether they may change while the server runs. */
	readonly hosts: () => readonly string[];
	readonly mayChange: boolean;
	/** What a datagram from `from` is answered with at the own address `at`; undefined for nothing. */
	readonly answer: (datagram: Buffer, from: Address, at: Address) => Buffer | undefined;
	/** A socket could not be opened: the code of the system's error. Told once until it can be, or the address is gone. */
	readonly onMissing: (at: Address, code: string) => void;
	/** Where a NAT ahead of the server forwards UDP from. */
	readonly ahead?: Address | undefined;
};

export class ReflectorSockets {
	readonly #ports: ReflectorPorts;
	#port = 0;
	/** By `addressText` of where it listens; at most two for each of OWN_ADDRESS_LIMIT hosts. */
	readonly #sockets = new Map<string, Socket>();
	/** The hosts with sockets, the best first, zones included; at most OWN_ADDRESS_LIMIT. */
	#hosts: readonly string[] = [];
	/** Own addresses that no interface has, but that clients have reached: routed to this machine as a whole network is. */
	#reached: readonly string[] = [];
	/** Sockets that could not be opened and were told of, by `addressText`; at most two for each host. */
	readonly #missing = new Set<string>();
	#lookedAt = Number.NEGATIVE_INFINITY;

	constructor(ports: ReflectorPorts) {
		this.#ports = ports;
	}

	/** How many sockets are open. */
	get size(): number {
		return this.#sockets.size;
	}

	/** Whether some address answers at the second port as well. */
	get hasSecond(): boolean {
		return this.#hosts.some(host => this.#has(host, this.#port + 1));
	}

	/**
	 * Opens the first sockets, at `port` and the one after it. Throws the system's error when `port` is taken at an own address, or, with
	 * `wantsSecond`, when the second is; when the addresses are given, also when one cannot be listened on. Then none is open.
	 */
	open(port: number, wantsSecond: boolean): void {
		this.#port = port;
		this.#hosts = this.#ports.hosts().slice(0, OWN_ADDRESS_LIMIT);
		const failures = this.#listenAll();
		const fatal = failures.find(({at, code}) =>
			at.port === port ? code === TAKEN || !this.#ports.mayChange : code === TAKEN && wantsSecond,
		);
		if (fatal === undefined) return this.#tell(failures);
		this.close();
		throw fatal.error;
	}

	/** Called often with the monotonic time, ms. Returns whether own addresses have come or gone. */
	look(elapsed: number): boolean {
		if (elapsed - this.#lookedAt < LOOK_MS) return false;
		this.#lookedAt = elapsed;
		return this.#update(this.#ports.hosts());
	}

	/** A client has reached this own address by TCP: it is answered there by UDP as well, from now on. Returns whether that is new. */
	reach(host: string): boolean {
		if (!this.#ports.mayChange || isLinkLocal(host) || this.#has(host, this.#port)) return false;
		if (this.#hosts.length >= OWN_ADDRESS_LIMIT) return false;
		this.#reached = [...this.#reached, host];
		return this.#update(this.#ports.hosts());
	}

	/** What REFLECTORS tells a client at the host `from` that has reached the own address `reached`. */
	namedFor(reached: string, from: string): Address[] {
		return reflectorsFor(this.#own(), this.#port, {reached, from}, this.#ports.ahead);
	}

	/** Sends from the own address `at`, if there is still a socket. */
	send(at: Address, datagram: Buffer, to: Address): void {
		this.#sockets.get(addressText(at))?.send(datagram, to.port, to.host, () => {});
	}

	close(): void {
		for (const socket of this.#sockets.values()) socket.close();
		this.#sockets.clear();
	}

	#own(): OwnReflector[] {
		const open = this.#hosts.filter(host => this.#has(host, this.#port));
		return open.map(host => ({host: plain(host), hasSecond: this.#has(host, this.#port + 1)}));
	}

	#update(found: readonly string[]): boolean {
		const hosts = [...new Set([...found, ...this.#reached])].slice(0, OWN_ADDRESS_LIMIT);
		const before = this.#sockets.size;
		const gone = this.#hosts.filter(host => !hosts.includes(host));
		for (const host of gone) for (const port of [this.#port, this.#port + 1]) this.#drop(host, port);
		this.#hosts = hosts;
		const kept = this.#sockets.size;
		this.#tell(this.#listenAll());
		return kept < before || this.#sockets.size > kept;
	}

	/** Opens the sockets that are not there yet, and returns what could not be opened. */
	#listenAll(): Failure[] {
		return this.#hosts.flatMap(host => {
			const first = this.#listen(host, this.#port);
			if (first !== undefined || this.#port === LAST_PORT) return first ?? [];
			return this.#listen(host, this.#port + 1) ?? [];
		});
	}

	/** Opens a socket, unless there is one. */
	#listen(host: string, port: number): Failure | undefined {
		const key = addressText({host, port});
		if (this.#sockets.has(key)) return undefined;
		const socket = openSocket(host, port);
		if (socket instanceof Error) {
			const code = 'code' in socket ? String(socket.code) : 'unknown';
			return {at: {host, port}, code, error: socket};
		}

		this.#missing.delete(key);
		this.#sockets.set(key, socket);
		const at = normalizeAddress(host, port);
		socket.on('message', (datagram, remote) => {
			const answer = this.#ports.answer(datagram, normalizeAddress(remote.address, remote.port), at);
			// If the send fails, the client asks again, as after any lost datagram.
			if (answer !== undefined) socket.send(answer, remote.port, remote.address, () => {});
		});
		socket.on('error', () => {});
		return undefined;
	}

	/** Tells of each socket that is missing, once. */
	#tell(failures: readonly Failure[]): void {
		for (const {at, code} of failures) {
			const key = addressText(at);
			if (this.#missing.has(key)) continue;
			this.#missing.add(key);
			this.#ports.onMissing(at, code);
		}
	}

	#drop(host: string, port: number): void {
		const key = addressText({host, port});
		this.#sockets.get(key)?.close();
		this.#sockets.delete(key);
		this.#missing.delete(key);
	}

	#has(host: string, port: number): boolean {
		return this.#sockets.has(addressText({host, port}));
	}
}

type Failure = {readonly at: Address; readonly code: string; readonly error: Error};

const TAKEN = 'EADDRINUSE';

/** An own address as clients see it: without the zone. */
function plain(host: string): string {
	return normalizeAddress(host, 0).host;
}

/** A socket that listens at an address of this machine alone, or the system's error. It does not wait: there is nothing to look up. */
function openSocket(host: string, port: number): Socket | Error {
	const isIPv6 = host.includes(':');
	const lookup = (
		name: string,
		_: unknown,
		done: (error: Error | null, address: string, family: number) => void,
	): void => done(null, name, isIPv6 ? 6 : 4);
	const socket = createSocket({type: isIPv6 ? 'udp6' : 'udp4', lookup});
	let failure: Error | undefined;
	const onError = (error: Error) => {
		failure = error;
	};

	socket.on('error', onError);
	socket.bind({address: host, port, exclusive: true});
	socket.off('error', onError);
	if (failure === undefined) return socket;
	socket.close();
	return failure;
}
