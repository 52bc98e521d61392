// A member below the client's facade: signs in, asks for introductions and opens sessions over real sockets, then says any bytes
// as content. Who is to be honest is so by what it says.
import {type Buffer} from 'node:buffer';
import {setTimeout as pause} from 'node:timers/promises';
import {type DatagramSocket, openDatagramSocket} from '../../source/channel/datagram-socket.ts';
import {systemEntropy as entropy} from '../../source/protocol/entropy.ts';
import {consumeBound, createBind} from '../../source/protocol/path/bind.ts';
import {type Address} from '../../source/wire/address.ts';
import {DATAGRAM, datagramType} from '../../source/wire/datagram.ts';
import {FRAME} from '../../source/wire/frame.ts';
import {encodePing} from '../../source/wire/messages/directory.ts';
import {decodeIntroduction, encodeIntroduce} from '../../source/wire/messages/introduce.ts';
import {VERSION} from '../../source/wire/suite.ts';
import {type DirectoryClient, type Person, type Place, attemptLogin, identityOf} from './directory-client.ts';
import {Talk} from './talk.ts';

/** Between two BINDs, until one is answered, and how many there are. */
const BIND_EVERY_MS = 300;
const BINDS = 10;
/** Well under the silence that the server allows, ms. */
const KEEPALIVE_MS = 20_000;
const host = '127.0.0.1';

export class Talker {
	readonly #client: DirectoryClient;
	readonly #socket: DatagramSocket;
	readonly #keepalive: NodeJS.Timeout;
	/** By our index; one each for whoever is talked to. */
	readonly #talks = new Map<number, Talk>();
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
		const {person} = this.#client;
		const talk = await Talk.start({
			local: {name: person.name, identity: identityOf(person)},
			name,
			grant,
			index,
			transmit: (datagram, to) => this.#socket.send(datagram, to),
			onContent,
			onEnd: () => this.#talks.delete(index),
		});
		this.#talks.set(index, talk);
		try {
			await talk.stands();
			return talk;
		} catch (error) {
			this.#talks.delete(index);
			throw error;
		}
	}

	close(): void {
		clearInterval(this.#keepalive);
		for (const talk of this.#talks.values()) talk.close();
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
		if (datagramType(datagram, VERSION) === DATAGRAM.bound) this.#onBound(datagram);
		else if (datagram.length >= 6) this.#talks.get(datagram.readUInt32BE(2))?.receive(datagram, from);
	}
}
