// A client of the directory server in its smallest form: real sockets, the real login, then records to send and to wait for.
import {Buffer} from 'node:buffer';
import {type Socket as UdpSocket, createSocket} from 'node:dgram';
import {once} from 'node:events';
import {type Socket, connect} from 'node:net';
import {sha256} from '../../source/crypto/hash.ts';
import {type IdentityKey, identityFromSeed} from '../../source/crypto/identity.ts';
import {type Entropy, systemEntropy} from '../../source/protocol/entropy.ts';
import {solvePuzzle} from '../../source/protocol/login/challenge.ts';
import {type LoginFailure, type LoginSetup, continueLogin, startLogin} from '../../source/protocol/login/client.ts';
import {type DirectorySession} from '../../source/protocol/login/login-keys.ts';
import {openRecord, sealRecord, updateKey} from '../../source/protocol/login/records.ts';
import {consumeBound, createBind} from '../../source/protocol/path/bind.ts';
import {type Address} from '../../source/wire/address.ts';
import {type Alert, decodeAlert} from '../../source/wire/alert.ts';
import {FRAME, FRAME_LIMIT_AFTER, type Frame, FrameSplitter, encodeFrame} from '../../source/wire/frame.ts';
import {parseJoinLink} from '../../source/wire/join-link.ts';

/** Where a server is, and its link. On this machine's loopback unless an IPv4 address is given. */
export type Place = {
	readonly address: {readonly port: number};
	readonly joinLink: string;
	readonly remote?: string;
};

export type Person = {
	readonly name: string;
	readonly password?: string;
	/** Stands for the device: its identity key comes from it. The name unless given. */
	readonly device?: string;
	readonly invite?: string;
	readonly entropy?: Entropy;
	/** The host at which it reaches the server by TCP. 127.0.0.1 unless given. */
	readonly reaches?: string;
	/** The address of this machine that it comes from; any unless given. */
	readonly comesFrom?: string;
};

export function identityOf({name, device = name}: Person): IdentityKey {
	return identityFromSeed(sha256(Buffer.from(`device ${device}`)));
}

/** In place of scrypt, which the server never sees: x = SHA-256(password ‖ salt). */
export function quickStretch(password: string): LoginSetup['stretch'] {
	return async salt => sha256(Buffer.from(password), salt);
}

/** A TCP connection as frames. */
export class FrameSocket {
	readonly socket: Socket;
	readonly #splitter = new FrameSplitter(FRAME_LIMIT_AFTER);
	readonly #frames: Frame[] = [];
	#waiting: ((frame: Frame | undefined) => void) | undefined;
	readonly closed: Promise<void>;

	private constructor(socket: Socket) {
		this.socket = socket;
		this.closed = new Promise(resolve => {
			socket.on('close', () => resolve());
		});
		socket.on('error', () => {});
		socket.on('data', chunk => {
			this.#splitter.push(chunk);
			for (let frame = this.#splitter.next(); typeof frame === 'object'; frame = this.#splitter.next()) {
				this.#frames.push(frame);
			}

			this.#wake();
		});
		socket.on('close', () => this.#wake());
	}

	static async connect(port: number, host = '127.0.0.1', localAddress?: string): Promise<FrameSocket> {
		const socket = connect({port, host, noDelay: true, ...(localAddress === undefined ? {} : {localAddress})});
		await once(socket, 'connect');
		return new FrameSocket(socket);
	}

	write(frame: Frame): void {
		this.socket.write(encodeFrame(frame));
	}

	/** The next frame, or undefined once the connection is closed and all were taken. One caller at a time. */
	async next(): Promise<Frame | undefined> {
		if (this.#frames.length > 0 || this.socket.closed) return this.#frames.shift();
		return new Promise(resolve => {
			this.#waiting = resolve;
		});
	}

	#wake(): void {
		const waiting = this.#waiting;
		if (waiting === undefined || (this.#frames.length === 0 && !this.socket.closed)) return;
		this.#waiting = undefined;
		waiting(this.#frames.shift());
	}
}

export type LoginResult =
	| {readonly kind: 'established'; readonly client: DirectoryClient}
	| {readonly kind: 'refused'; readonly alert: Alert}
	| {readonly kind: 'failed'; readonly reason: LoginFailure}
	| {readonly kind: 'closed'};

/** One whole login. `sizes` collects the lengths of the server's frames. */
export async function attemptLogin(
	place: Place,
	mode: LoginSetup['mode'],
	person: Person,
	sizes: number[] = [],
): Promise<LoginResult> {
	const {name, password = 'correct horse', invite = '', entropy = systemEntropy} = person;
	const serverKey = parseJoinLink(place.joinLink)?.serverKey ?? Buffer.alloc(32);
	const frames = await FrameSocket.connect(place.address.port, person.reaches ?? place.remote, person.comesFrom);
	const setup: LoginSetup = {
		mode,
		name,
		identity: identityOf(person),
		serverKey,
		invite: Buffer.from(invite),
		stretch: quickStretch(password),
		solve: async (cookie, difficulty) => solvePuzzle(cookie, difficulty),
		entropy,
	};
	let {state, send} = startLogin(setup);
	for (;;) {
		frames.write(send);
		const frame = await frames.next();
		if (frame === undefined) return {kind: 'closed'};
		sizes.push(frame.body.length);
		const step = await continueLogin(state, frame, Date.now());
		if (step.kind === 'established') {
			return {kind: 'established', client: new DirectoryClient(place, person, frames, step.session)};
		}

		if (step.kind !== 'send') {
			frames.socket.destroy();
			return step;
		}

		({state, send} = step);
	}
}

export async function signUp(place: Place, person: Person): Promise<DirectoryClient> {
	const outcome = await attemptLogin(place, 'sign-up', person);
	if (!isLate(outcome)) return established(outcome);
	const again = await loggedIn(place, 'sign-up', person);
	// The first try has made the account.
	const isThere = again.kind === 'refused' && again.alert.reason === 'nameTaken';
	return established(isThere ? await loggedIn(place, 'sign-in', person) : again);
}

export async function signIn(place: Place, person: Person): Promise<DirectoryClient> {
	return established(await loggedIn(place, 'sign-in', person));
}

/** As a guest: with a device that the account does not have yet. */
export async function join(place: Place, person: Person): Promise<DirectoryClient> {
	return established(await loggedIn(place, 'join', person));
}

/** A server and its clients share one machine: where that is late with a login, it is tried again. */
const TRIES = 10;

async function loggedIn(place: Place, mode: LoginSetup['mode'], person: Person): Promise<LoginResult> {
	for (let tries = 1; ; tries++) {
		const outcome = await attemptLogin(place, mode, person);
		if (!isLate(outcome) || tries === TRIES) return outcome;
	}
}

function isLate(outcome: LoginResult): boolean {
	return outcome.kind === 'refused' && outcome.alert.reason === 'timeout';
}

function established(result: LoginResult): DirectoryClient {
	if (result.kind !== 'established') throw new Error(`no login: ${JSON.stringify(result)}`);
	return result.client;
}

export class DirectoryClient {
	readonly person: Person;
	readonly session: DirectorySession;
	readonly frames: FrameSocket;
	readonly #place: Place;
	/** Records that arrived while another type was waited for. */
	readonly #passed: Frame[] = [];
	#udp: UdpSocket | undefined;

	constructor(place: Place, person: Person, frames: FrameSocket, session: DirectorySession) {
		this.#place = place;
		this.person = person;
		this.frames = frames;
		this.session = session;
	}

	/** Types of the records that arrived while another was waited for. */
	get passed(): readonly number[] {
		return this.#passed.map(({type}) => type);
	}

	send(type: number, body: Buffer = Buffer.alloc(0)): void {
		this.frames.write(sealRecord(this.session.send, type, body, systemEntropy.random));
	}

	/** The opened body of the next record of this type; throws when the connection ends first. */
	async next(type: number): Promise<Buffer> {
		const index = this.#passed.findIndex(record => record.type === type);
		const passed = index < 0 ? undefined : this.#passed.splice(index, 1)[0];
		if (passed) return passed.body;
		for (;;) {
			const frame = await this.frames.next();
			if (frame === undefined) throw new Error(`the connection ended before record ${type}`);
			const body = openRecord(this.session.receive, frame);
			if (body === undefined) throw new Error('a record does not open');
			if (frame.type === FRAME.keyUpdate) updateKey(this.session.receive, Date.now());
			if (frame.type === type) return body;
			this.#passed.push({type: frame.type, body});
		}
	}

	async request(type: number, body: Buffer, answer: number): Promise<Buffer> {
		this.send(type, body);
		return this.next(answer);
	}

	async alert(): Promise<Alert | undefined> {
		return decodeAlert(await this.next(FRAME.alert));
	}

	/** Its UDP socket, on loopback when the server is there. */
	async udp(): Promise<UdpSocket> {
		if (this.#udp) return this.#udp;
		this.#udp = createSocket('udp4');
		this.#udp.bind(0, this.#place.remote === undefined ? '127.0.0.1' : '0.0.0.0');
		await once(this.#udp, 'listening');
		return this.#udp;
	}

	/** BIND with this time; the MAC is right. */
	bind(time: number): Buffer {
		return createBind(this.session, time);
	}

	/** Sends datagrams in this order and waits for the first answer to any. */
	async exchange(...datagrams: readonly Buffer[]): Promise<Buffer> {
		const udp = await this.udp();
		const answered = once(udp, 'message');
		for (const datagram of datagrams) udp.send(datagram, this.#place.address.port, this.#place.remote ?? '127.0.0.1');
		const [answer] = (await answered) as [Buffer];
		return answer;
	}

	/** Tells the server its UDP address and returns what the server saw. */
	async register(time = Date.now()): Promise<Address | undefined> {
		return consumeBound(this.session, await this.exchange(this.bind(time)), [time]);
	}

	async close(): Promise<void> {
		this.#udp?.close();
		this.#udp = undefined;
		this.frames.socket.destroy();
		await this.frames.closed;
	}
}
