// One end of a session, whole: the client's own socket, the handshake and the client's transport. It answers whoever calls, or calls itself.
import {Buffer} from 'node:buffer';
import {performance} from 'node:perf_hooks';
import {type DatagramSocket, openDatagramSocket} from '../../source/channel/datagram-socket.ts';
import {Transport} from '../../source/channel/session-transport.ts';
import {type TransportPorts} from '../../source/channel/transport-ports.ts';
import {systemEntropy} from '../../source/protocol/entropy.ts';
import {type Established} from '../../source/protocol/session/established.ts';
import {type Initiating, consumeResp, createInit} from '../../source/protocol/session/initiator.ts';
import {type Responding, consumeFin, consumeInit} from '../../source/protocol/session/responder.ts';
import {type Address} from '../../source/wire/address.ts';
import {DATAGRAM, datagramType} from '../../source/wire/datagram.ts';
import {VERSION} from '../../source/wire/suite.ts';
import {Fetching} from '../../source/protocol/files/fetching.ts';
import {answer} from '../child.ts';
import {cpuTime} from '../measure.ts';
import {type FileEnd, Fetcher, giverOf} from './file-ends.ts';
import {type Profile, introduceTo, personOf, responderFor} from '../people.ts';

const entropy = systemEntropy;
const elapsed = () => performance.now();

let own: Profile;
let other: Profile;
let socket: DatagramSocket;
let talk: Talk | undefined;
let responding: Responding | undefined;
/** The handshake that waits for its RESP. */
let initiating: {state: Initiating; resolve: (datagram: Buffer) => void} | undefined;
let nextIndex = 1;
let transmitted = 0;

/** What to do with what the peer says: nothing but count it, or say it back. */
let mode: 'count' | 'echo' = 'count';
let received = {count: 0, firstAt: 0, lastAt: 0};
let onContent: (() => void) | undefined;
/** What it has or fetches of a file. */
let file: FileEnd | undefined;

function transmit(datagram: Buffer, to: Address): void {
	transmitted++;
	socket.send(datagram, to);
}

/** A transport, and the loop that runs it: at most one pump a turn, one timer at the earliest deadline. */
class Talk {
	readonly transport: Transport;
	#isScheduled = false;
	#timer: NodeJS.Timeout | undefined;

	constructor(established: Established, address: Address, fin?: Buffer) {
		const ports: TransportPorts = {
			entropy,
			elapsed,
			transmit,
			onContent: messages => this.#take(messages),
			onFiles: messages => file?.take(messages, elapsed()),
			onWork: () => this.schedule(),
			onEnd: () => this.stop(),
		};
		this.transport = new Transport(established, {socket: 0, address}, fin, ports);
		this.schedule();
	}

	schedule(): void {
		if (this.#isScheduled) return;
		this.#isScheduled = true;
		setImmediate(() => {
			this.#isScheduled = false;
			this.#run();
		});
	}

	stop(): void {
		clearTimeout(this.#timer);
	}

	#run(): void {
		file?.say(message => this.transport.enqueueFile(message), elapsed());
		this.transport.pump();
		file?.say(message => this.transport.enqueueFile(message), elapsed());
		this.stop();
		if (this.transport.ended) return;
		const wait = this.transport.deadline() - elapsed();
		if (wait <= 0) this.schedule();
		else this.#timer = setTimeout(() => this.schedule(), wait);
	}

	#take(messages: readonly Buffer[]): void {
		received.lastAt = performance.timeOrigin + elapsed();
		if (received.count === 0) received.firstAt = received.lastAt;
		received.count += messages.length;
		if (mode === 'echo') for (const message of messages) this.transport.enqueue(message);
		onContent?.();
	}
}

function onDatagram(datagram: Buffer, from: Address): void {
	const type = datagramType(datagram, VERSION);
	if (type === DATAGRAM.msg) talk?.transport.receive(datagram, {socket: 0, address: from});
	else if (type === DATAGRAM.init) void respond(datagram, from);
	else if (type === DATAGRAM.resp && datagram.readUInt32BE(2) === initiating?.state.index) initiating.resolve(datagram);
	else if (type === DATAGRAM.fin && responding !== undefined) {
		const step = consumeFin(responding, datagram);
		if ('established' in step) begin(new Talk(step.established, from));
	}
}

/** A responder of its own for every INIT: it takes four a sender in 10 s. */
async function respond(datagram: Buffer, from: Address): Promise<void> {
	const responder = responderFor(own, Date.now(), () => nextIndex++);
	const step = await consumeInit(responder, datagram, from, Date.now(), () => undefined);
	if ('drop' in step || step.kind !== 'resp') return;
	responding = step.state;
	transmit(step.datagram, from);
}

function begin(next: Talk): void {
	talk?.stop();
	talk = next;
}

/** INIT → RESP → FIN; resolves when FIN may go out. The other end sees this one at `seenPort`. */
async function handshake(port: number, seenPort = socket.port): Promise<{established: Established; fin: Buffer}> {
	const to = {host: '127.0.0.1', port};
	const grant = introduceTo(own, other, {host: '127.0.0.1', port: seenPort}, Date.now());
	const init = await createInit({
		local: personOf(own),
		peer: {name: other.name, pinned: undefined},
		grant,
		index: nextIndex++,
		now: Date.now(),
		entropy,
	});
	if ('drop' in init) throw new Error(init.drop);
	const resp = await new Promise<Buffer>(resolve => {
		initiating = {state: init.state, resolve};
		transmit(init.datagram, to);
	});
	const step = await consumeResp(init.state, resp, Date.now());
	if ('drop' in step) throw new Error(step.drop);
	return step;
}

const calls = {
	async open(profile: Profile, peer: Profile): Promise<number> {
		[own, other] = [profile, peer];
		socket = await openDatagramSocket(onDatagram);
		return socket.port;
	},

	/** So many handshakes, one after the other. The time each took, ms. */
	async handshakes(port: number, count: number): Promise<number[]> {
		const times: number[] = [];
		for (let index = 0; index < count; index++) {
			const start = elapsed();
			await handshake(port);
			times.push(elapsed() - start);
		}

		return times;
	},

	/** A new session with the other end, which sees this one at `seenPort` when there is a wire between them. Both have it at the end. */
	async talk(port: number, seenPort?: number): Promise<void> {
		const {established, fin} = await handshake(port, seenPort);
		const next = new Talk(established, {host: '127.0.0.1', port}, fin);
		begin(next);
		while (next.transport.rtt === undefined) await new Promise(resolve => setTimeout(resolve, 1));
	},

	listen(as: 'count' | 'echo'): void {
		mode = as;
		received = {count: 0, firstAt: 0, lastAt: 0};
	},

	received: () => received,
	transmitted: () => transmitted,
	cpu: cpuTime,

	/** So many messages there and back, one at a time. Each round trip, ms. */
	async ping(count: number, size: number): Promise<number[]> {
		const times: number[] = [];
		const message = Buffer.alloc(size, 1);
		for (let index = 0; index < count; index++) {
			const back = new Promise<void>(resolve => {
				onContent = resolve;
			});
			const start = elapsed();
			talk?.transport.enqueue(message);
			talk?.schedule();
			await back;
			times.push(elapsed() - start);
		}

		onContent = undefined;
		return times;
	},

	/** Queues so many messages as fast as the queue takes them; resolves when all are acknowledged. */
	async flood(count: number, size: number): Promise<{sent: number; lost: number; epochs: number}> {
		const message = Buffer.alloc(size, 1);
		for (let queued = 0; queued < count;) {
			if (talk === undefined || talk.transport.ended) throw new Error('the session ended');
			while (queued < count && talk.transport.enqueue(message)) queued++;
			talk.schedule();
			await new Promise(resolve => setImmediate(resolve));
		}

		const {transport} = talk!;
		while (!transport.idle && !transport.ended) await new Promise(resolve => setTimeout(resolve, 1));
		const {packetsSent, packetsLost} = transport.stats;
		return {sent: packetsSent, lost: packetsLost, epochs: transport.session.sending.epoch + 1};
	},

	/** Has a file of so many bytes from here on; its root. */
	offer(size: number): Buffer {
		const {root, end} = giverOf(size);
		file = end;
		return root;
	},

	/** Datagrams of this session that got lost. */
	lost: () => talk?.transport.stats.packetsLost ?? 0,

	/** Fetches that of the other end; ms until all of it is here and checked. */
	async fetch(size: number, root: Buffer): Promise<number> {
		const startedAt = elapsed();
		const {promise, resolve} = Promise.withResolvers<number>();
		const fetching = new Fetching({offer: Buffer.alloc(16), size, root: Buffer.from(root)});
		file = new Fetcher(fetching, startedAt, () => resolve(elapsed() - startedAt));
		talk!.schedule();
		return promise;
	},

	/** The same for a long wire, without a look in each turn. When the first was queued, in ms since 1970, as `received` has its times. */
	async bulk(count: number, size: number): Promise<number> {
		const message = Buffer.alloc(size, 1);
		const {transport} = talk!;
		const startedAt = performance.timeOrigin + elapsed();
		for (let queued = 0; queued < count || !transport.idle;) {
			if (transport.ended) throw new Error('the session ended');
			while (queued < count && transport.enqueue(message)) queued++;
			talk!.schedule();
			await new Promise(resolve => setTimeout(resolve, 10));
		}

		return startedAt;
	},
};

export type EndCalls = typeof calls;

answer(calls);
