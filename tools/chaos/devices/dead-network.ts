// Cuts a process off from its network for a while: datagrams are gone in both directions, and connections are silent, until it is mended.
import {Socket as DatagramSocket} from 'node:dgram';
import {Socket} from 'node:net';

const sockets = new Set<Socket>();
let isDead = false;
let mending: NodeJS.Timeout | undefined;

type Method = (this: unknown, ...args: unknown[]) => unknown;

/** Has all sockets that are made from here on hear of it. */
export function watchNetwork(): void {
	wrap(
		Socket.prototype,
		'connect',
		call =>
			function (this: unknown, ...args) {
				const socket = this as Socket;
				sockets.add(socket);
				socket.once('close', () => sockets.delete(socket));
				if (isDead) socket.once('connect', () => isDead && silence(socket));
				return call.apply(this, args);
			},
	);
	wrap(
		DatagramSocket.prototype,
		'send',
		call =>
			function (this: unknown, ...args) {
				if (!isDead) return call.apply(this, args);
				const done = args.at(-1);
				// As on a wire that nobody is at the other end of.
				if (typeof done === 'function') setImmediate(done as (error: null, bytes: number) => void, null, 0);
				return undefined;
			},
	);
	wrap(
		DatagramSocket.prototype,
		'emit',
		call =>
			function (this: unknown, ...args) {
				return isDead && args[0] === 'message' ? true : call.apply(this, args);
			},
	);
}

/** For `ms` from now on. */
export function cutNetwork(ms: number): void {
	clearTimeout(mending);
	if (!isDead) for (const socket of sockets) silence(socket);
	isDead = true;
	mending = setTimeout(() => {
		isDead = false;
		for (const socket of sockets) {
			socket.uncork();
			socket.resume();
		}
	}, ms);
}

function wrap(prototype: object, name: string, wrapped: (call: Method) => Method): void {
	const methods = prototype as Record<string, Method>;
	methods[name] = wrapped(methods[name]!);
}

function silence(socket: Socket): void {
	socket.cork();
	socket.pause();
}
