// One person and everything under way with them: messages that wait, the session they travel in, the try to open one.
import {type Buffer} from 'node:buffer';
import {wipe} from '../../crypto/bytes.ts';
import {type Entropy} from '../../protocol/entropy.ts';
import {type Established, type Local, type Pinned} from '../../protocol/session/established.ts';
import {createInit} from '../../protocol/session/initiator.ts';
import {type Address, addressText} from '../../wire/address.ts';
import {decodeContent, encodeContent} from '../../content/content.ts';
import {type Grant} from '../../wire/messages/introduce.ts';
import {type Clock} from '../clock.ts';
import {type Trace} from '../trace.ts';
import {type OwnEntry, isAct} from '../history/history.ts';
import {type Path} from '../snapshot.ts';
import {Attempt} from './attempt.ts';
import {type Stored} from './intake.ts';
import {Outgoing} from './outgoing.ts';
import {type EndReason, Transport} from './transport.ts';
import {Typing} from './typing.ts';

/** Both sides may open at once. Within this of each other, the session of the lower-named initiator is the one to send on. */
const SIMULTANEOUS_MS = 30_000;
/** A session that another one has replaced stays open for what is still on its way, ms since its last datagram. */
const RETIRED_MS = 60_000;
const RETIRED_LIMIT = 2;
/** Pauses between tries: doubled from the first to the last, ms, less up to half by chance. */
const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 60_000;
const DOWNGRADED = 'the directory asked for weaker encryption than you both speak';

/** What an introduction came to. */
export type Introduced = Grant | 'unavailable' | 'offline' | {readonly retryAfter: number};

export type PeerPorts = {
	readonly local: Local;
	readonly clock: Clock;
	readonly entropy: Entropy;
	readonly serverTime: () => number;
	readonly transmit: (datagram: Buffer, to: Address) => void;
	readonly introduce: (name: string) => Promise<Introduced>;
	/** What is pinned; undefined at a first contact. */
	readonly pin: (name: string) => Pinned | undefined;
	/** What this client speaks, strongest first. */
	readonly suites: readonly number[];
	/** Asks the person's side of things; false when the session must not stand. Pins at a first contact. */
	readonly meet: (established: Established) => boolean;
	readonly onIdentityChanged: (name: string, identityKey: Buffer) => void;
	/** Puts whoever listens to `index` in the table; undefined takes it out. */
	readonly listen: (index: number, listener: Attempt | Transport | undefined) => void;
	readonly newIndex: () => number;
	/** What came and is to be written down; then call `acknowledge`. */
	readonly onStored: (peer: Peer, stored: readonly Stored[]) => void;
	/** Why we are away, for a peer that we have a session with; '' when we are not, undefined when it is not to know. */
	readonly away: (name: string) => string | undefined;
	readonly onDelivered: (peer: Peer, ids: readonly string[]) => void;
	/** The peer cannot read these, and is not to be told them again. */
	readonly onRefused: (peer: Peer, ids: readonly string[]) => void;
	/** Own entries have gone into a session's hands, or come back out of them. */
	readonly onMoved: (peer: Peer, ids: readonly string[], state: 'queued' | 'sent') => void;
	/** Something has changed: run the peer before long. */
	readonly onWork: (peer: Peer) => void;
	readonly trace: Trace;
};

export class Peer {
	readonly name: string;
	readonly #ports: PeerPorts;
	readonly #typing: Typing;
	readonly #outgoing = new Outgoing();
	/** Why the peer is away, as it says in a session that stands. */
	#away = '';
	#current: Transport | undefined;
	/** Oldest first, RETIRED_LIMIT at most. */
	#retired: Transport[] = [];
	#attempt: Attempt | undefined;
	#introducing = false;
	/** Why the last try came to nothing. */
	#trouble: string | undefined;
	#tries = 0;
	#retryAt = 0;
	#online = false;
	/** When the peer was last said to have gone, on the elapsed clock: it may know nothing of a session not heard since. */
	#awayAt = Number.NEGATIVE_INFINITY;
	#isHeld = false;
	#halt: 'no' | 'sending' | 'all' = 'no';

	constructor(name: string, ports: PeerPorts) {
		this.name = name;
		this.#ports = ports;
		this.#typing = new Typing(ports.clock.elapsed, isTyping => {
			this.#current?.enqueue(encodeContent({kind: 'typing', isTyping}));
			ports.onWork(this);
		});
	}

	get path(): Path {
		if (this.#current !== undefined) {
			const {address, rtt} = this.#current;
			return {kind: isLocal(address) ? 'lan' : 'direct', address: addressText(address), rtt};
		}

		if (this.#attempt !== undefined || this.#introducing) return {kind: 'connecting'};
		return this.#trouble === undefined ? {kind: 'none'} : {kind: 'blocked', why: this.#trouble};
	}

	/** Whether the peer is writing to us just now, as it says. */
	get typing(): boolean {
		return this.#halt === 'no' && this.#typing.heard;
	}

	/** Why the peer is away, as it says; '' when it is not. */
	get away(): string {
		return this.#halt === 'no' ? this.#away : '';
	}

	/** Own messages and acts that are not on the peer's disk, in order. */
	get outbox(): readonly OwnEntry[] {
		return this.#outgoing.entries;
	}

	/** How many of them are news: to have read something is none. */
	get outboxSize(): number {
		return this.#outgoing.newsSize;
	}

	/** Of the session that is sent on, for measurements. */
	get stats(): Transport['stats'] | undefined {
		return this.#current?.stats;
	}

	/** Whether `run` has anything to do now or later. */
	get active(): boolean {
		return this.#current !== undefined || this.#retired.length > 0 || this.#attempt !== undefined || this.#wants;
	}

	/** Takes entries that are on the disk, behind those that wait. */
	queue(entries: readonly OwnEntry[]): void {
		this.#outgoing.queue(entries);
		if (entries.some(entry => !isAct(entry))) this.#typing.sent();
		this.#ports.onWork(this);
	}

	/** Tells the peer whether we are away: at a session that stands, and with each one that comes. */
	tellAway(): void {
		const text = this.#ports.away(this.name);
		if (this.#halt !== 'no' || this.#current === undefined || text === undefined) return;
		this.#current.enqueue(encodeContent({kind: 'away', text}));
		this.#ports.onWork(this);
	}

	/** What waits is as the disk has it now: a message that was deleted before it left does not leave. */
	renew(entries: readonly OwnEntry[]): void {
		this.#outgoing.renew(entries);
		this.#ports.onWork(this);
	}

	/** Tells the peer whether the person here is writing: at a session that stands, for nothing else is it worth one. */
	tellTyping(isTyping: boolean): void {
		if (this.#halt !== 'no' || this.#current === undefined || this.#isSuspect(this.#current)) return;
		this.#typing.tell(isTyping);
	}

	/** Drops an entry that the person has cancelled; false when a session has it already. */
	cancel(id: string): boolean {
		return this.#outgoing.cancel(id);
	}

	/** What the directory says of the peer; 'unknown' while it is out of reach itself, 'unbound' when the peer is signed in and out of reach. */
	presence(presence: 'online' | 'unbound' | 'offline' | 'unknown'): void {
		if (presence === 'offline') {
			this.#awayAt = this.#ports.clock.elapsed();
			this.#typing.forget();
			this.#away = '';
		}

		if (presence === 'online' && !this.#online) {
			this.#tries = 0;
			this.#retryAt = 0;
			this.#trouble = undefined;
		}

		if (presence === 'unbound') this.#trouble = 'their UDP does not reach the directory';
		this.#online = presence === 'online';
		this.#ports.onWork(this);
	}

	/** What has these ids is on the disk: the peer is told with the next packet. */
	acknowledge(ids: readonly Buffer[]): void {
		this.#outgoing.acknowledge(ids);
		this.#ports.onWork(this);
	}

	/** Until `resume` nothing goes out, and with 'all' nothing is taken either. Every session ends: who is behind it is in question. */
	halt(what: 'sending' | 'all'): void {
		if (this.#halt === what) return;
		this.#halt = what;
		this.#endAttempt();
		this.drop();
	}

	resume(): void {
		if (this.#halt === 'no') return;
		this.#halt = 'no';
		this.#tries = 0;
		this.#retryAt = 0;
		this.#ports.onWork(this);
	}

	/** Leaves its sessions; what the peer sent in them and was not told of, it keeps. */
	drop(): void {
		for (const transport of this.#transports()) transport.close();
	}

	/** Whether its sessions take no content for now: more of it waits to be written down than should. */
	hold(isHeld: boolean): void {
		if (this.#isHeld === isHeld) return;
		this.#isHeld = isHeld;
		for (const transport of this.#transports()) {
			// What one of them had may have been enough again.
			if (this.#isHeld) transport.hold();
			else transport.resume();
		}
	}

	/** Nothing of this peer is taken. */
	get isDeaf(): boolean {
		return this.#halt === 'all';
	}

	/** Leaves every session, telling the peer, and forgets what waits: the disk has it. */
	leave(): void {
		this.halt('all');
		this.#outgoing.forget();
	}

	/** A session stands: the other side opened it, or our own try has succeeded. */
	establish(established: Established, address: Address, fin: Buffer | undefined): void {
		if (this.#halt === 'all' || !this.#ports.meet(established)) {
			wipe(established.root);
			return;
		}

		const transport: Transport = new Transport(established, address, fin, {
			entropy: this.#ports.entropy,
			elapsed: this.#ports.clock.elapsed,
			transmit: this.#ports.transmit,
			onContent: messages => this.#takeContent(messages),
			onWork: () => this.#ports.onWork(this),
			onEnd: reason => {
				this.#ports.trace.note('session', `ended: ${reason}`, this.name);
				this.#dropped(transport, reason);
			},
			onDrop: reason => this.#ports.trace.note('session', reason, this.name),
		});
		if (this.#isHeld) transport.hold();
		this.#ports.listen(established.localIndex, transport);
		this.#tries = 0;
		this.#retryAt = 0;
		this.#trouble = undefined;
		if (this.#current !== undefined && this.#prefers(this.#current, transport)) {
			this.#retire(transport);
		} else {
			this.#endAttempt();
			if (this.#current !== undefined) this.#retire(this.#current);
			this.#current = transport;
			this.#takeBack();
			if ((this.#ports.away(this.name) ?? '') !== '') this.tellAway();
		}

		this.#ports.onWork(this);
	}

	/** The directory has the peer call in a weaker suite than this side takes. */
	downgraded(): void {
		this.#trouble = DOWNGRADED;
		this.#ports.onWork(this);
	}

	/** Moves everything on that can move; returns when it is next due, on the elapsed clock. */
	run(): number {
		if (this.#attempt?.run() === 'over') {
			this.#endAttempt();
			this.#failed('no answer from any of its addresses');
		}

		if (this.#wants && this.#retryAt <= this.#ports.clock.elapsed()) void this.#connect();
		this.#typing.run();
		if (this.#isOverdue) this.#outgoing.takeBack();
		this.#handOver();
		for (const transport of this.#transports()) transport.pump();
		this.#handOver();
		return this.#deadline();
	}

	#deadline(): number {
		const retired = this.#retired.map(transport =>
			Math.min(transport.deadline(), transport.session.heardAt + RETIRED_MS),
		);
		return Math.min(
			this.#attempt?.deadline ?? Number.POSITIVE_INFINITY,
			this.#current?.deadline() ?? Number.POSITIVE_INFINITY,
			this.#wants ? this.#retryAt : Number.POSITIVE_INFINITY,
			this.#typing.deadline,
			// While something is under way, its acknowledgement comes first.
			this.#current?.idle === true ? this.#outgoing.overdueAt : Number.POSITIVE_INFINITY,
			this.#current === undefined ? Number.POSITIVE_INFINITY : this.#outgoing.refusalsAt,
			...retired,
		);
	}

	/** Whether a session should be opened: something waits, somebody is there, and nothing is under way. */
	get #wants(): boolean {
		if (this.#halt !== 'no' || !this.#online || this.#introducing || this.#attempt !== undefined) return false;
		if (this.#current !== undefined && !this.#isSuspect(this.#current)) return false;
		return this.#outgoing.size > 0;
	}

	/** Whether all that was said has arrived, and nobody has said for long that it is kept. */
	get #isOverdue(): boolean {
		return this.#current?.idle === true && this.#outgoing.overdueAt <= this.#ports.clock.elapsed();
	}

	#isSuspect({session}: Transport): boolean {
		return session.heardAt < this.#awayAt;
	}

	#transports(): Transport[] {
		const now = this.#ports.clock.elapsed();
		for (const transport of this.#retired) {
			if (now - transport.session.heardAt >= RETIRED_MS) transport.close();
		}

		return this.#current === undefined ? [...this.#retired] : [...this.#retired, this.#current];
	}

	async #connect(): Promise<void> {
		const {local, entropy, clock, serverTime, transmit, suites} = this.#ports;
		this.#introducing = true;
		const introduced = await this.#ports.introduce(this.name);
		this.#introducing = false;
		if (this.#halt !== 'no') return;
		if (typeof introduced === 'string' || 'retryAfter' in introduced) {
			// As long as a server asks, but not for as long as it likes.
			const limited = typeof introduced === 'object' ? Math.min(introduced.retryAfter * 1000, LONGEST_PAUSE) : 0;
			this.#failed(introduced === 'unavailable' ? 'the directory cannot introduce us yet' : undefined, limited);
			return;
		}

		if (introduced.addresses.length === 0) {
			this.#failed('the directory names no address of theirs that may be sent to');
			return;
		}

		this.#introducing = true;
		const index = this.#ports.newIndex();
		const peer = {name: this.name, pinned: this.#ports.pin(this.name)};
		const made = await createInit({local, peer, suites, grant: introduced, index, now: serverTime(), entropy});
		this.#introducing = false;
		if ('drop' in made) {
			this.#ports.trace.note('handshake', made.drop, this.name);
			if (made.drop === 'identity') this.#ports.onIdentityChanged(this.name, introduced.identityKey);
			else if (made.drop === 'downgrade') this.#failed(DOWNGRADED);
			else this.#failed(`its answer is of no use to us (${made.drop})`);
			return;
		}

		const attempt = new Attempt(made.state, introduced.addresses, {
			elapsed: clock.elapsed,
			serverTime,
			transmit,
			onEstablished: (established, fin, address) => {
				if (this.#attempt === attempt) this.#attempt = undefined;
				this.establish(established, address, fin);
			},
			onDowngrade: () => {
				this.#endAttempt();
				this.#failed(DOWNGRADED);
			},
			onDrop: reason => this.#ports.trace.note('handshake', reason, this.name),
		});
		if (this.#halt !== 'no') {
			attempt.end();
			return;
		}

		this.#attempt = attempt;
		this.#ports.listen(index, attempt);
		this.#ports.onWork(this);
	}

	#failed(trouble: string | undefined, atLeast = 0): void {
		const longest = Math.min(FIRST_PAUSE * 2 ** this.#tries, LONGEST_PAUSE);
		const chance = this.#ports.entropy.random(2).readUInt16BE(0) / 65_536;
		this.#tries = Math.min(this.#tries + 1, 16);
		this.#retryAt = this.#ports.clock.elapsed() + Math.max(longest * (1 - chance / 2), atLeast);
		this.#trouble = trouble;
		this.#ports.onWork(this);
	}

	#endAttempt(): void {
		if (this.#attempt === undefined) return;
		this.#ports.listen(this.#attempt.index, undefined);
		this.#attempt.end();
		this.#attempt = undefined;
	}

	/** Whether `standing` stays the session to send on although `fresh` stands too: both sides decide alike. */
	#prefers(standing: Transport, fresh: Transport): boolean {
		if (this.#isSuspect(standing) || fresh.establishedAt - standing.establishedAt >= SIMULTANEOUS_MS) return false;
		if (fresh.session.role === standing.session.role) return false;
		const ours = this.#ports.local.name < this.name;
		return (standing.session.role === 'initiator') === ours;
	}

	#retire(transport: Transport): void {
		this.#retired.push(transport);
		if (this.#retired.length > RETIRED_LIMIT) this.#retired[0]?.close();
	}

	#dropped(transport: Transport, reason: EndReason): void {
		this.#ports.listen(transport.session.localIndex, undefined);
		this.#retired = this.#retired.filter(each => each !== transport);
		if (this.#current !== transport) return;
		this.#current = this.#retired.pop();
		if (this.#current === undefined) {
			this.#typing.forget();
			this.#away = '';
		}

		this.#takeBack();
		// Who broke the protocol gets no fresh start at once.
		if (reason === 'violation') this.#failed('it broke the protocol');
		else if (reason === 'dead') this.#failed('it does not answer any more');
		else if (reason === 'overdue') this.#failed('its keys were not renewed in time');
		else if (reason === 'closed') this.#failed(undefined);
		this.#ports.onWork(this);
	}

	/** What no receipt has come for goes out again in whatever session comes next. */
	#takeBack(): void {
		const ids = this.#outgoing.takeBack();
		if (ids.length > 0) this.#ports.onMoved(this, ids, 'queued');
	}

	/** Gives the current session what waits: receipts first. */
	#handOver(): void {
		const transport = this.#current;
		if (transport === undefined) return;
		const enqueue = (content: Buffer) => transport.enqueue(content);
		if (!this.#outgoing.handReceipts(enqueue)) return;
		this.#outgoing.handRefusals(enqueue, this.#ports.clock.elapsed());
		if (this.#halt !== 'no') return;
		const ids = this.#outgoing.handEntries(enqueue, this.#ports.clock.elapsed());
		if (ids.length > 0) this.#ports.onMoved(this, ids, 'sent');
	}

	#takeContent(messages: readonly Buffer[]): void {
		if (this.#halt === 'all') return;
		const stored: Stored[] = [];
		const delivered: string[] = [];
		const refused: string[] = [];
		for (const bytes of messages) {
			const content = decodeContent(bytes);
			if (content === undefined) this.#outgoing.refuse(bytes);
			else if (content.kind === 'typing') this.#typing.hear(content.isTyping);
			else if (content.kind === 'away') this.#away = content.text;
			else if (content.kind === 'receipt')
				delivered.push(...this.#outgoing.delivered(content.ids, this.#ports.clock.elapsed()));
			else if (content.kind === 'refusal') refused.push(...this.#outgoing.refused(content.digests));
			else if (content.kind !== 'passed') stored.push({content, size: bytes.length});
			if (content?.kind === 'text') this.#typing.hear(false);
		}

		if (delivered.length > 0) this.#ports.onDelivered(this, delivered);
		if (refused.length > 0) this.#ports.onRefused(this, refused);
		if (stored.length > 0) this.#ports.onStored(this, stored);
	}
}

/** Private, link-local or loopback (RFC 1918, 3927, 4193, 4291 §2.5.3): no NAT lies between. */
function isLocal({host}: Address): boolean {
	return /^(?:10\.|127\.|169\.254\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|::1$|f[cd][\da-f]{2}:|fe[89ab][\da-f]:)/.test(
		host,
	);
}
