// Datagrams between two processes, bare or each sealed under a key of its own, with nothing above them but a count that comes back
// so that no buffer overflows: what the messages of a session are held against.
import {Buffer} from 'node:buffer';
import {type Socket, createSocket} from 'node:dgram';
import {once} from 'node:events';
import {performance} from 'node:perf_hooks';
import {systemRandom} from '../../source/crypto/random.ts';
import {type Role} from '../../source/protocol/session/session-keys.ts';
import {type Session, createSession, openMsg, sealMsg} from '../../source/protocol/session/session.ts';
import {SUITE_DH} from '../../source/wire/suite.ts';
import {answer} from '../child.ts';
import {cpuTime} from '../measure.ts';
import {personOf, profileOf} from '../people.ts';

const RECEIVE_BUFFER = 4 * 1024 * 1024;
/** Datagrams under way, and how many the receiver takes between two counts. */
const WINDOW = 512;
const COUNT_EVERY = 64;
const COUNT_SIZE = 4;

let socket: Socket;
let session: Session | undefined;
let mode: 'count' | 'echo' = 'count';
let received = 0;
let onCount: ((count: number) => void) | undefined;
let onEcho: (() => void) | undefined;

/** The datagram of a plaintext: itself while there is no session. */
function closed(plaintext: Buffer): Buffer {
	return session === undefined ? plaintext : sealMsg(session, plaintext, systemRandom).datagram;
}

function onDatagram(datagram: Buffer): void {
	if (datagram.length === COUNT_SIZE) {
		onCount?.(datagram.readUInt32BE());
		return;
	}

	if (session !== undefined) {
		const opened = openMsg(session, datagram, performance.now());
		if ('drop' in opened) throw new Error(`dropped: ${opened.drop}`);
	}

	if (onEcho !== undefined) {
		onEcho();
		return;
	}

	if (mode === 'echo') {
		socket.send(closed(message));
		return;
	}

	received++;
	if (received % COUNT_EVERY !== 0) return;
	const count = Buffer.alloc(COUNT_SIZE);
	count.writeUInt32BE(received);
	socket.send(count);
}

let message: Buffer = Buffer.alloc(0);

const calls = {
	async open(): Promise<number> {
		socket = createSocket({type: 'udp4', recvBufferSize: RECEIVE_BUFFER});
		socket.on('message', onDatagram);
		socket.bind(0, '127.0.0.1');
		await once(socket, 'listening');
		return socket.address().port;
	},

	async connect(port: number): Promise<void> {
		socket.connect(port, '127.0.0.1');
		await once(socket, 'connect');
	},

	/** What the next datagrams are: bare, or sealed by a new session with these secrets. */
	prepare(as: 'count' | 'echo', size: number, sealed: {role: Role; root: Buffer; sid: Buffer} | undefined): void {
		mode = as;
		received = 0;
		message = Buffer.alloc(size, 1);
		const [local, peer] = [personOf(profileOf('local')), {name: 'peer', identityKey: Buffer.alloc(32)}];
		session =
			sealed &&
			createSession({...sealed, local, peer, localIndex: 1, remoteIndex: 1, suite: SUITE_DH}, performance.now());
	},

	cpu: cpuTime,

	/** Sends so many; resolves with the rate at which all arrived, per second of the sender's clock. */
	async flood(count: number): Promise<number> {
		let sent = 0;
		const start = performance.now();
		await new Promise<void>(resolve => {
			const send = (arrived: number) => {
				while (sent < Math.min(count, arrived + WINDOW)) {
					socket.send(closed(message));
					sent++;
				}

				if (arrived === count) resolve();
			};

			onCount = send;
			send(0);
		});
		onCount = undefined;
		return (count / (performance.now() - start)) * 1000;
	},

	/** So many there and back, one at a time. Each round trip, ms. */
	async ping(count: number): Promise<number[]> {
		const times: number[] = [];
		for (let index = 0; index < count; index++) {
			const start = performance.now();
			await new Promise<void>(resolve => {
				onEcho = resolve;
				socket.send(closed(message));
			});
			times.push(performance.now() - start);
		}

		onEcho = undefined;
		return times;
	},

	/** Only seals: datagrams a second of one core that does nothing else. */
	seal(count: number): number {
		const start = performance.now();
		for (let index = 0; index < count; index++) closed(message);
		return (count / (performance.now() - start)) * 1000;
	},
};

export type DatagramCalls = typeof calls;

answer(calls);
