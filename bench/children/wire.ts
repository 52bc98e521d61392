// A wire in user space between two ends on this machine: each datagram is delayed, by more or less, or lost, or does not pass a NAT.
import {type Buffer} from 'node:buffer';
import {type Socket, createSocket} from 'node:dgram';
import {once} from 'node:events';
import {performance} from 'node:perf_hooks';
import {answer} from '../child.ts';

const BUFFER = 4 * 1024 * 1024;

/**
 * One way: ms, ms more or less at random, and the part that is lost. Behind NATs an end gets nothing before it has sent something, as where
 * a NAT lets in only who was spoken to.
 */
export type Manners = {
	readonly delay: number;
	readonly jitter: number;
	readonly loss: number;
	readonly isBehindNats?: boolean;
};

type Flight = {readonly at: number; readonly datagram: Buffer; readonly side: Side};
/** A socket that faces one end, where that end is, and whether it has sent anything since the wire behaves as it does. */
type Side = {readonly socket: Socket; port: number; hasSpoken: boolean};

let manners: Manners = {delay: 0, jitter: 0, loss: 0};
let near: Side;
let far: Side;
/** What is under way, the next to arrive first. */
let flights: Flight[] = [];
let timer: NodeJS.Timeout | undefined;

async function face(onDatagram: (datagram: Buffer, port: number) => void): Promise<Side> {
	const socket = createSocket({type: 'udp4', recvBufferSize: BUFFER, sendBufferSize: BUFFER});
	socket.on('message', (datagram, {port}) => onDatagram(datagram, port));
	socket.bind(0, '127.0.0.1');
	await once(socket, 'listening');
	return {socket, port: 0, hasSpoken: false};
}

function carry(datagram: Buffer, side: Side): void {
	const {delay, jitter, loss} = manners;
	if (Math.random() < loss) return;
	const at = performance.now() + Math.max(0, delay + (Math.random() * 2 - 1) * jitter);
	let index = flights.length;
	while (index > 0 && flights[index - 1]!.at > at) index--;
	flights.splice(index, 0, {at, datagram, side});
	if (index === 0) land();
}

function land(): void {
	clearTimeout(timer);
	const now = performance.now();
	let due = 0;
	for (const {at, datagram, side} of flights) {
		if (at > now) break;
		if (manners.isBehindNats !== true || side.hasSpoken) side.socket.send(datagram, side.port, '127.0.0.1');
		due++;
	}

	flights = flights.slice(due);
	const [next] = flights;
	if (next !== undefined) timer = setTimeout(land, Math.max(1, next.at - now));
}

const calls = {
	/** The port behind which the far end is, and the one that the far end sees. */
	async open(farPort: number): Promise<readonly [port: number, seenPort: number]> {
		near = await face((datagram, port) => {
			near.port = port;
			near.hasSpoken = true;
			carry(datagram, far);
		});
		far = await face(datagram => {
			far.hasSpoken = true;
			carry(datagram, near);
		});
		far.port = farPort;
		return [near.socket.address().port, far.socket.address().port];
	},

	behave(next: Manners): void {
		manners = next;
		flights = [];
		near.hasSpoken = false;
		far.hasSpoken = false;
	},
};

export type WireCalls = typeof calls;

answer(calls);
