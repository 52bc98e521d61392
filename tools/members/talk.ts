// A session below the client's facade, from its INIT on: any bytes can be said as content, and what is said to it is handed on.
import {type Buffer} from 'node:buffer';
import {setTimeout as pause} from 'node:timers/promises';
import {Attempt} from '../../source/channel/attempt.ts';
import {Transport} from '../../source/channel/session-transport.ts';
import {systemEntropy as entropy} from '../../source/protocol/entropy.ts';
import {type Local} from '../../source/protocol/session/established.ts';
import {type Initiating, createInit} from '../../source/protocol/session/initiator.ts';
import {type Address} from '../../source/wire/address.ts';
import {DATAGRAM, datagramType} from '../../source/wire/datagram.ts';
import {type Grant} from '../../source/wire/messages/introduce.ts';
import {VERSION} from '../../source/wire/suite.ts';

/** For a session to stand, ms, and how often the attempt is run until then. */
const PATIENCE_MS = 3000;
const RUN_EVERY_MS = 50;

export type TalkSetup = {
	readonly local: Local;
	/** Of whoever is talked to. */
	readonly name: string;
	readonly grant: Grant;
	/** Of ours, of the session. */
	readonly index: number;
	readonly transmit: (datagram: Buffer, to: Address) => void;
	/** Gets whole contents, in order. */
	readonly onContent: (contents: readonly Buffer[]) => void;
	/** Once the session is over. */
	readonly onEnd?: () => void;
};

/** Runs itself: at most one pump a turn, one timer at the earliest deadline. */
export class Talk {
	readonly #attempt: Attempt;
	readonly #stands = Promise.withResolvers<void>();
	#transport: Transport | undefined;
	#isScheduled = false;
	#timer: NodeJS.Timeout | undefined;

	private constructor({name, grant, transmit, onContent, onEnd = () => {}}: TalkSetup, state: Initiating) {
		const named = grant.addresses.map(address => ({socket: 0, address}));
		this.#attempt = new Attempt(state, {first: named, named}, false, {
			elapsed: () => performance.now(),
			serverTime: Date.now,
			transmit,
			onDowngrade: () => this.#stands.reject(new Error(`${name} speaks less than before`)),
			onEstablished: (established, fin, pair) => {
				this.#transport = new Transport(established, pair, fin, {
					entropy,
					elapsed: () => performance.now(),
					transmit,
					onContent,
					onFiles() {},
					onWork: () => this.#schedule(),
					onEnd,
				});
				this.#schedule();
				this.#stands.resolve();
			},
		});
	}

	/** Starts a session. What arrives for it has to be handed to `receive` from now on. Throws when there is no use of `grant`. */
	static async start(setup: TalkSetup): Promise<Talk> {
		const {local, name, grant, index} = setup;
		const peer = {name, pinned: undefined};
		const made = await createInit({local, peer, grant, index, now: Date.now(), entropy});
		if ('drop' in made) throw new Error(`no use of an introduction: ${made.drop}`);
		return new Talk(setup, made.state);
	}

	/** Until the session stands. Throws when it does not come about. */
	async stands(): Promise<void> {
		const timer = setInterval(() => this.#attempt.run(), RUN_EVERY_MS);
		const end = setTimeout(() => this.#stands.reject(new Error('the other side does not answer')), PATIENCE_MS);
		this.#attempt.run();
		try {
			await this.#stands.promise;
		} catch (error) {
			this.#attempt.end();
			throw error;
		} finally {
			clearInterval(timer);
			clearTimeout(end);
		}
	}

	get ended(): boolean {
		return this.#transport?.ended === true;
	}

	/** Whether the peer's transport has all of it. */
	get idle(): boolean {
		return this.#transport?.idle === true;
	}

	/** A datagram for our index. */
	receive(datagram: Buffer, address: Address): void {
		const from = {socket: 0, address};
		const type = datagramType(datagram, VERSION);
		if (this.#transport === undefined) this.#attempt.receive(datagram, from);
		else if (type === DATAGRAM.msg) this.#transport.receive(datagram, from);
		else if (type === DATAGRAM.resp) this.#transport.repeatFin();
	}

	/** Says these bytes, whatever they are; false while the queue is full or there is no session. */
	say(content: Buffer): boolean {
		const isTaken = this.#transport?.enqueue(content) === true;
		this.#schedule();
		return isTaken;
	}

	/** Until the peer's transport has all of it, the session is over, or it is `until` on the clock of this process. */
	async arrived(until: number): Promise<void> {
		while (!this.ended && !this.idle && performance.now() < until) await pause(1);
	}

	close(): void {
		clearTimeout(this.#timer);
		this.#transport?.close();
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
		this.#transport?.pump();
		if (this.#transport === undefined || this.#transport.ended) return;
		const wait = this.#transport.deadline() - performance.now();
		if (wait <= 0) this.#schedule();
		else this.#timer = setTimeout(() => this.#run(), wait).unref();
	}
}
