// A member below the client's facade: signs in, asks for introductions and opens sessions over real sockets, then says any bytes
// as content. Who is to be honest is so by what it says.
import {type Buffer} from 'node:buffer';
import {setTimeout as pause} from 'node:timers/promises';
import {type DatagramSocket, openDatagramSocket} from '../../source/client/datagram-socket.ts';
import {Attempt} from '../../source/client/peers/attempt.ts';
import {Transport} from '../../source/client/peers/session-transport.ts';
import {systemEntropy as entropy} from '../../source/protocol/entropy.ts';
import {consumeBound, createBind} from '../../source/protocol/path/bind.ts';
import {createInit} from '../../source/protocol/session/initiator.ts';
import {type Address} from '../../source/wire/address.ts';
import {DATAGRAM, datagramType} from '../../source/wire/datagram.ts';
import {FRAME} from '../../source/wire/frame.ts';
import {encodePing} from '../../source/wire/messages/directory.ts';
import {decodeIntroduction, encodeIntroduce} from '../../source/wire/messages/introduce.ts';
import {VERSION} from '../../source/wire/suite.ts';
import {type DirectoryClient, type Person, type Place, attemptLogin, identityOf} from './directory-client.ts';

/** Between two BINDs, until one is answered, and how many there are. */
const BIND_EVERY_MS = 300;
const BINDS = 10;
/** Well under the silence that the server allows, ms. */
const KEEPALIVE_MS = 20_000;
/** For a session to stand, ms. */
const PATIENCE_MS = 3000;
const host = '127.0.0.1';

export class Talker {
	readonly #client: DirectoryClient;
	readonly #socket: DatagramSocket;
	readonly #keepalive: NodeJS.Timeout;
	/** By our index: tries and sessions; one each for whoever is talked to. */
	readonly #listeners = new Map<number, Attempt | Transport>();
	#onBound: (datagram: Buffer) => void = () => {};
	#requests = 0;

	private constructor(client: DirectoryClient, socket: DatagramSocket) {
		this.#client = client;
		this.#socket = socket;
		this.#keepalive = setInterval(() => client.send(FRAME.ping, encodePing(0)), KEEPALIVE_MS).unref();
	}

	/** Signs in, or up where the name is free, and tells the server where its socket is. Throws when either fails. */
	static async join(place: Place, person: Person): Promise<Talker> {
		let login = await attemptLogin(place, 'sign-in', person);
		if (login.kind !== 'established') login = await attemptLogin(place, 'sign-up', person);
		if (login.kind !== 'established') throw new Error(`no login: ${JSON.stringify(login)}`);
		const socket = await openDatagramSocket((datagram, from) => talker.#take(datagram, from));
		const talker: Talker = new Talker(login.client, socket);
		try {
			await talker.#bind(place.address.port);
			return talker;
		} catch (error) {
			talker.close();
			throw error;
		}
	}

	/** Whether the server has gone, or has put us out. */
	get isAlone(): boolean {
		return this.#client.frames.socket.closed;
	}

	/** A session with somebody who is there; throws when none comes about. `onContent` gets whole contents, in order. */
	async talkTo(name: string, onContent: (contents: readonly Buffer[]) => void = () => {}): Promise<Talk> {
		const request = this.#requests++;
		this.#client.send(FRAME.introduce, encodeIntroduce({request, name, time: Date.now()}));
		const {grant} = decodeIntroduction(await this.#client.next(FRAME.introduction)) ?? {};
		if (grant === undefined) throw new Error(`no introduction to ${name}`);
		const index = entropy.random(4).readUInt32BE(0);
		const local = {name: this.#client.person.name, identity: identityOf(this.#client.person)};
		const peer = {name, pinned: undefined};
		const made = await createInit({local, peer, grant, index, now: Date.now(), entropy});
		if ('drop' in made) throw new Error(`no use of an introduction: ${made.drop}`);
		const stands = Promise.withResolvers<Talk>();
		const attempt = new Attempt(made.state, grant.addresses, {
			elapsed: () => performance.now(),
			serverTime: Date.now,
			transmit: (datagram, to) => this.#socket.send(datagram, to),
			onDowngrade: () => stands.reject(new Error(`${name} speaks less than before`)),
			onEstablished: (established, fin, address) => {
				const talk = new Talk(run => {
					return new Transport(established, address, fin, {
						entropy,
						elapsed: () => performance.now(),
						transmit: (datagram, to) => this.#socket.send(datagram, to),
						onContent,
						onWork: run,
						onEnd: () => this.#listeners.delete(index),
					});
				});
				this.#listeners.set(index, talk.transport);
				stands.resolve(talk);
			},
		});
		this.#listeners.set(index, attempt);
		const timer = setInterval(() => attempt.run(), 50);
		const end = setTimeout(() => stands.reject(new Error(`${name} does not answer`)), PATIENCE_MS);
		attempt.run();
		try {
			return await stands.promise;
		} catch (error) {
			this.#listeners.delete(index);
			attempt.end();
			throw error;
		} finally {
			clearInterval(timer);
			clearTimeout(end);
		}
	}

	close(): void {
		clearInterval(this.#keepalive);
		for (const listener of this.#listeners.values()) if (listener instanceof Transport) listener.close();
		this.#socket.close();
		void this.#client.close();
	}

	async #bind(port: number): Promise<void> {
		const {session} = this.#client;
		const sent: number[] = [];
		const bound = Promise.withResolvers<true>();
		this.#onBound = datagram => {
			if (consumeBound(session, datagram, sent) !== undefined) bound.resolve(true);
		};

		for (let count = 0; count < BINDS; count++) {
			sent.push(Date.now());
			this.#socket.send(createBind(session, sent.at(-1)!), {host, port});
			if ((await Promise.race([bound.promise, pause(BIND_EVERY_MS)])) === true) return;
		}

		throw new Error('the server does not answer BIND');
	}

	#take(datagram: Buffer, from: Address): void {
		const type = datagramType(datagram, VERSION);
		const listener = datagram.length < 6 ? undefined : this.#listeners.get(datagram.readUInt32BE(2));
		if (type === DATAGRAM.bound) this.#onBound(datagram);
		else if (listener instanceof Attempt) listener.receive(datagram, from);
		else if (type === DATAGRAM.msg) listener?.receive(datagram, from);
		else if (type === DATAGRAM.resp) listener?.repeatFin();
	}
}

/** A session, and the loop that runs it: at most one pump a turn, one timer at the earliest deadline. */
export class Talk {
	readonly transport: Transport;
	#isScheduled = false;
	#timer: NodeJS.Timeout | undefined;

	constructor(open: (run: () => void) => Transport) {
		this.transport = open(() => this.#schedule());
		this.#schedule();
	}

	get ended(): boolean {
		return this.transport.ended;
	}

	/** Says these bytes, whatever they are; false while the queue is full or the session is over. */
	say(content: Buffer): boolean {
		const isTaken = this.transport.enqueue(content);
		this.#schedule();
		return isTaken;
	}

	/** Until the peer's transport has all of it, the session is over, or it is `until` on the clock of this process. */
	async arrived(until: number): Promise<void> {
		while (!this.ended && !this.transport.idle && performance.now() < until) await pause(1);
	}

	#schedule(): void {
		if (this.#isScheduled) return;
		this.#isScheduled = true;
		setImmediate(() => {
			this.#isScheduled = false;
			this.#run();
		});
	}

	#run(): void {
		clearTimeout(this.#timer);
		this.transport.pump();
		if (this.transport.ended) return;
		const wait = this.transport.deadline() - performance.now();
		if (wait <= 0) this.#schedule();
		else this.#timer = setTimeout(() => this.#run(), wait);
	}
}
