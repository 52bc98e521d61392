// One peer and everything under way with it: messages that wait, the sessions that carry them, the try to open one.
import {type Buffer} from 'node:buffer';
import {wipe} from '../crypto/bytes.ts';
import {type Established} from '../protocol/session/established.ts';
import {type Address} from '../wire/address.ts';
import {encodeContent} from '../content/content.ts';
import {type OwnEntry, isAct} from './history/history.ts';
import {type Path} from '../client/snapshot.ts';
import {type Attempt} from '../channel/attempt.ts';
import {PeerOutbox} from './peer-outbox.ts';
import {pathOf} from './peer-path.ts';
import {PeerSessions} from '../channel/peer-sessions.ts';
import {sortReceived} from './received-content.ts';
import {SessionOpener, type SessionOpenerPorts} from '../channel/session-opener.ts';
import {type EndReason, Transport} from '../channel/session-transport.ts';
import {Typing} from './typing-signal.ts';
import {type Stored} from './stored.ts';

/** Session ends after which the next try waits, and what the person is told. */
const TROUBLES: {readonly [reason in EndReason]?: string | undefined} = {
	violation: 'it broke the protocol',
	dead: 'it does not answer any more',
	overdue: 'its keys were not renewed in time',
	closed: undefined,
};

export type PeerPorts = Omit<SessionOpenerPorts, 'listen'> & {
	/** Asks the person's side of things; false when the session must not stand. Pins at a first contact. */
	readonly meet: (established: Established) => boolean;
	/** Puts whoever listens to `index` in the table; undefined takes it out. */
	readonly listen: (index: number, listener: Attempt | Transport | undefined) => void;
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
};

export class Peer {
	readonly name: string;
	readonly #ports: PeerPorts;
	readonly #typing: Typing;
	readonly #outgoing = new PeerOutbox();
	readonly #sessions: PeerSessions;
	readonly #opener: SessionOpener;
	/** Why the peer is away, as it says in a session that stands. */
	#away = '';
	#online = false;
	#isHeld = false;
	#halt: 'no' | 'sending' | 'all' = 'no';

	constructor(name: string, ports: PeerPorts) {
		this.name = name;
		this.#ports = ports;
		this.#sessions = new PeerSessions({local: ports.local.name, peer: name}, ports.clock.elapsed);
		this.#opener = new SessionOpener(name, ports, {
			onEstablished: (established, address, fin) => this.establish(established, address, fin),
			onWork: () => ports.onWork(this),
		});
		this.#typing = new Typing(ports.clock.elapsed, isTyping => {
			this.#sessions.current?.enqueue(encodeContent({kind: 'typing', isTyping}));
			ports.onWork(this);
		});
	}

	get path(): Path {
		return pathOf(this.#sessions.current, this.#opener);
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
		return this.#sessions.current?.stats;
	}

	/** Whether `run` has anything to do now or later. */
	get active(): boolean {
		return !this.#sessions.isEmpty || this.#opener.isTrying || this.#wants;
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
		const {current} = this.#sessions;
		if (this.#halt !== 'no' || current === undefined || text === undefined) return;
		current.enqueue(encodeContent({kind: 'away', text}));
		this.#ports.onWork(this);
	}

	/** What waits is as the disk has it now: a message that was deleted before it left does not leave. */
	renew(entries: readonly OwnEntry[]): void {
		this.#outgoing.renew(entries);
		this.#ports.onWork(this);
	}

	/** Tells the peer whether the person here is writing: at a session that stands, for nothing else is it worth one. */
	tellTyping(isTyping: boolean): void {
		if (this.#halt !== 'no' || this.#sessions.trusted === undefined) return;
		this.#typing.tell(isTyping);
	}

	/** Drops an entry that the person has cancelled; false when a session has it already. */
	cancel(id: string): boolean {
		return this.#outgoing.cancel(id);
	}

	/** What the directory says of the peer; 'unknown' while it is out of reach itself, 'unbound' when the peer is signed in and out of reach. */
	presence(presence: 'online' | 'unbound' | 'offline' | 'unknown'): void {
		if (presence === 'offline') {
			this.#sessions.peerGone();
			this.#typing.forget();
			this.#away = '';
		}

		if (presence === 'online' && !this.#online) this.#opener.startAnew();
		if (presence === 'unbound') this.#opener.explain('their UDP does not reach the directory');
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
		this.#opener.halt();
		this.drop();
	}

	resume(): void {
		if (this.#halt === 'no') return;
		this.#halt = 'no';
		this.#opener.resume();
		this.#ports.onWork(this);
	}

	/** Leaves its sessions; what the peer sent in them and was not told of, it keeps. */
	drop(): void {
		for (const transport of this.#sessions.all()) transport.close();
	}

	/** Whether its sessions take no content for now: more of it waits to be written down than should. */
	hold(isHeld: boolean): void {
		if (this.#isHeld === isHeld) return;
		this.#isHeld = isHeld;
		// What one of them releases may have it held again.
		for (const transport of this.#sessions.all()) transport[this.#isHeld ? 'hold' : 'resume']();
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
		this.#opener.startAnew();
		if (this.#sessions.add(transport)) {
			this.#opener.end();
			this.#takeBack();
			if ((this.#ports.away(this.name) ?? '') !== '') this.tellAway();
		}

		this.#ports.onWork(this);
	}

	/** The directory has the peer call in a weaker suite than this side takes. */
	downgraded(): void {
		this.#opener.downgraded();
	}

	/** Moves everything on that can move; returns when it is next due, on the elapsed clock. */
	run(): number {
		const now = this.#ports.clock.elapsed();
		this.#opener.run();
		if (this.#wants && this.#opener.retryAt <= now) this.#opener.open();
		this.#typing.run();
		// All that was said has arrived, and no receipt has come for long.
		if (this.#sessions.current?.idle === true && this.#outgoing.overdueAt <= now) this.#outgoing.takeBack();
		this.#handOver();
		for (const transport of this.#sessions.all()) transport.pump();
		this.#handOver();
		return this.#deadline();
	}

	#deadline(): number {
		const {current} = this.#sessions;
		return Math.min(
			this.#opener.deadline,
			this.#sessions.deadline(),
			this.#wants ? this.#opener.retryAt : Number.POSITIVE_INFINITY,
			this.#typing.deadline,
			// While something is under way, its acknowledgement comes first.
			current?.idle === true ? this.#outgoing.overdueAt : Number.POSITIVE_INFINITY,
			current === undefined ? Number.POSITIVE_INFINITY : this.#outgoing.refusalsAt,
		);
	}

	/** Whether a session should be opened: something waits, somebody is there, and nothing is under way. */
	get #wants(): boolean {
		if (this.#halt !== 'no' || !this.#online || this.#opener.isBusy) return false;
		return this.#sessions.trusted === undefined && this.#outgoing.size > 0;
	}

	#dropped(transport: Transport, reason: EndReason): void {
		this.#ports.listen(transport.session.localIndex, undefined);
		if (!this.#sessions.remove(transport)) return;
		if (this.#sessions.current === undefined) {
			this.#typing.forget();
			this.#away = '';
		}

		this.#takeBack();
		if (reason in TROUBLES) this.#opener.fail(TROUBLES[reason]);
		this.#ports.onWork(this);
	}

	/** What no receipt has come for goes out again in the next session. */
	#takeBack(): void {
		const ids = this.#outgoing.takeBack();
		if (ids.length > 0) this.#ports.onMoved(this, ids, 'queued');
	}

	#handOver(): void {
		const {current} = this.#sessions;
		if (current === undefined) return;
		const enqueue = (content: Buffer) => current.enqueue(content);
		const ids = this.#outgoing.handOver(enqueue, this.#ports.clock.elapsed(), this.#halt === 'no');
		if (ids.length > 0) this.#ports.onMoved(this, ids, 'sent');
	}

	#takeContent(messages: readonly Buffer[]): void {
		if (this.#halt === 'all') return;
		const now = this.#ports.clock.elapsed();
		const {stored, delivered, refused, away} = sortReceived(messages, this.#outgoing, this.#typing, now);
		this.#away = away ?? this.#away;
		if (delivered.length > 0) this.#ports.onDelivered(this, delivered);
		if (refused.length > 0) this.#ports.onRefused(this, refused);
		if (stored.length > 0) this.#ports.onStored(this, stored);
	}
}
