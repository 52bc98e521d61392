// Everything that is open between sign-in and sign-off, wired together: the way to the directory, the socket, the peers, the
// roster and the conversations. One message's way is conversations → peers → socket → peers → conversations, with no detour.
import {type Entropy} from '../protocol/entropy.ts';
import {type Established} from '../protocol/session/established.ts';
import {type DirectorySession} from '../protocol/login/keys.ts';
import {type Address, addressText} from '../wire/address.ts';
import {DATAGRAM} from '../wire/datagram.ts';
import {Binder} from './binder.ts';
import {type Board} from './board.ts';
import {type Clock} from './clock.ts';
import {Conversations, type Written} from './conversations.ts';
import {type DatagramSocket, openDatagramSocket} from './datagram-socket.ts';
import {ClientError} from './errors.ts';
import {type Exponent} from './exponent.ts';
import {type Act, type History, type Remembered, isAct} from './history/history.ts';
import {Link, type LinkOptions} from './link.ts';
import {type Peer} from './peers/peer.ts';
import {OwnTime} from './own-time.ts';
import {Peers} from './peers/peers.ts';
import {Roster} from './roster.ts';
import {type Settings} from './settings.ts';
import {type Connection, type MessageName, type Path} from './snapshot.ts';
import {type Trace} from './trace.ts';
import {type Vault} from './vault.ts';

/** Smaller changes of a round-trip time are not news, ms and share. */
const RTT_STEP = 1;
const RTT_SHARE = 0.25;
/** Ms. */
const DAY = 86_400_000;
/** No timer runs longer, ms: the clock of timers stands still while a machine sleeps. */
const LONGEST_TIMER = 60_000;

export type SignedInOptions = {
	readonly name: string;
	readonly server: LinkOptions['server'];
	readonly settings: Settings;
	readonly vault: Vault;
	readonly history: History;
	readonly board: Board;
	readonly exponent: Exponent;
	readonly clock: Clock;
	readonly entropy: Entropy;
	readonly trace: Trace;
	/** A login that stands already. */
	readonly first: LinkOptions['first'];
};

export class SignedIn {
	readonly roster: Roster;
	readonly conversations: Conversations;
	readonly link: Link;
	readonly #options: SignedInOptions;
	readonly #peers: Peers;
	readonly #binder: Binder;
	readonly #ownTime: OwnTime;
	#socket: DatagramSocket | undefined;
	#clockOffset = 0;
	#clockTimer: NodeJS.Timeout | undefined;
	#discardTimer: NodeJS.Timeout | undefined;
	#dueTimer: NodeJS.Timeout | undefined;

	private constructor(options: SignedInOptions) {
		const {name, server, vault, history, board, exponent, clock, entropy, trace, first} = options;
		this.#options = options;
		const local = {name, identity: vault.identity};
		this.#moveContacts();
		this.roster = new Roster({name, identityKey: local.identity.publicKey}, history, vault, board);
		this.#ownTime = new OwnTime(clock, history.ownTime());
		this.conversations = new Conversations(history, board, entropy.random, () => this.#ownTime.now());
		const transmit = (datagram: Buffer, to: Address) => this.#socket?.send(datagram, to);
		const serverTime = () => this.serverTime();
		this.#peers = new Peers({
			local,
			clock,
			entropy,
			serverTime,
			transmit,
			introduce: async peer => {
				// The directory can name us to nobody before it has seen our socket.
				await this.#binder.settled();
				const introduced = await this.link.introduce(peer);
				if (typeof introduced === 'object' && 'identityKey' in introduced) {
					this.roster.introduced(peer, introduced.identityKey);
				}

				return introduced;
			},
			pin: peer => (this.roster.isBlocked(peer) ? 'refuse' : this.roster.pinned(peer)),
			meet: established => this.#meet(established),
			onIdentityChanged: (peer, identityKey) => this.#claimed(peer, identityKey),
			record: arrived => {
				const isDeferred = this.#written(() => this.conversations.record(arrived, this.serverTime()));
				if (isDeferred) this.#doDue();
			},
			isStranger: peer => !this.roster.has(peer) || this.roster.isRequest(peer),
			away: peer => (this.#isOpenTo(peer) ? (board.snapshot().away ?? '') : undefined),
			onDelivered: (peer, ids) => {
				this.#onDisk(() => this.#written(() => this.conversations.delivered(peer, ids)));
				this.#watchClocks();
			},
			onRefused: (peer, ids) =>
				this.#onDisk(() => this.#written(() => this.conversations.failed(peer, ids, 'refused'))),
			onMoved: (peer, ids, state) => this.conversations.moved(peer, ids, state),
			onChange: peer => this.#show(peer),
			trace,
		});
		this.#binder = new Binder({
			serverTime,
			transmit,
			onBound: observed => {
				board.reflexive = observed && addressText(observed);
			},
			onDrop: () => trace.note('bind', 'tag'),
		});
		this.link = new Link({
			server,
			name,
			identity: local.identity,
			stretch: exponent.stretch,
			entropy,
			now: clock.now,
			...(first === undefined ? {} : {first}),
			events: {
				onConnection: connection => this.#connected(connection),
				onSession: (session, remote) => this.#began(session, remote),
				onSessionEnd: () => this.#ended(),
				onPresence: entries => {
					for (const {name: peer, online} of entries) this.#presence(peer, online ? 'online' : 'offline');
				},
				onDrop: reason => trace.note('directory', reason),
				onUnbound: names => {
					for (const peer of names) this.#unbound(peer);
				},
			},
		});
	}

	/** Opens the socket, shows what is on the disk, and keeps the way to the directory up from here on. */
	static async start(options: SignedInOptions): Promise<SignedIn> {
		const self = new SignedIn(options);
		self.#socket = await openDatagramSocket((datagram, from) => {
			if (datagram[0] === DATAGRAM.bound) self.#binder.receive(datagram);
			else self.#peers.receive(datagram, from);
		});
		self.roster.load();
		if (options.first !== undefined) self.#meetServer(options.first.session.clockOffset);
		self.#discardOld();
		self.conversations.startClocks();
		self.#watchClocks();
		const names = options.board.contactNames();
		self.conversations.open(names);
		for (const name of names) self.#take(name);
		// The directory may not have heard of what was decided while it was out of reach.
		for (const name of names) if (self.roster.isBlocked(name)) self.link.block(name, true);
		self.link.start();
		return self;
	}

	/** Leaves every peer and the directory, and wipes every key. */
	async stop(): Promise<void> {
		clearTimeout(this.#clockTimer);
		clearTimeout(this.#discardTimer);
		clearTimeout(this.#dueTimer);
		this.#peers.close();
		this.#binder.stop();
		await this.link.stop();
		this.#socket?.close();
		const {history, vault, exponent} = this.#options;
		this.#keepOwnTime();
		history.close();
		exponent.forget();
		vault.close();
	}

	/** Ms, as the directory counts. */
	serverTime(): number {
		return this.#options.clock.now() + this.#clockOffset;
	}

	/** Takes a name into the list, as a request where a stranger wrote first, and watches it. */
	add(name: string, request = false): void {
		if (this.roster.has(name)) return;
		this.roster.add(name, this.#options.clock.now(), request);
		this.conversations.open([name]);
		this.#take(name);
	}

	remove(name: string): void {
		if (this.roster.isBlocked(name)) this.link.block(name, false);
		this.link.unwatch([name]);
		this.#peers.peer(name).leave();
		this.roster.remove(name);
	}

	/** Writes a message down and hands it to the peer; its id. Who is written to is no stranger any more. */
	send(name: string, text: string, written?: Written): string {
		this.accept(name);
		const message = this.#written(() => this.conversations.write(name, text, this.serverTime(), written));
		this.#peers.queue(name, [message]);
		return message.id;
	}

	/** A stranger becomes a contact. */
	accept(name: string): void {
		if (!this.roster.isRequest(name)) return;
		this.roster.accept(name);
		if (this.#options.board.snapshot().away !== undefined) this.#peers.peer(name).tellAway();
	}

	/** Writes an act down, does it here, and hands it to the peer. */
	act(name: string, act: Pick<Act, 'kind' | 'target' | 'value'>, draft?: Remembered): void {
		const written = this.#written(() => this.conversations.act(name, act, this.serverTime(), draft));
		if (act.kind === 'delete') this.#peers.peer(name).renew(this.conversations.outbox(name));
		else this.#peers.queue(name, [written]);
	}

	/**
	 * What came from this contact is read, up to the message with the id `upTo`, or all of it; told, it is so in one act however much
	 * it was. False when the disk does not take it: then it is not read.
	 */
	markRead(name: string, isTold: boolean, upTo?: string): boolean {
		const read = this.#onDisk(() => ({newest: this.conversations.markRead(name, upTo)}));
		this.#watchClocks();
		const newest = read?.newest;
		if (newest !== undefined && isTold && this.#isOpenTo(name)) this.#onDisk(() => this.#tellRead(name, newest));
		return read !== undefined;
	}

	#tellRead(name: string, target: MessageName): void {
		const peer = this.#peers.peer(name);
		const former = peer.outbox.filter(entry => isAct(entry) && entry.kind === 'read' && peer.cancel(entry.id));
		this.conversations.withdraw(
			name,
			former.map(({id}) => id),
		);
		this.act(name, {kind: 'read', target, value: ''});
	}

	/** Takes a conversation off the disk for good; what waits to be sent too, unless a session has it already. */
	forget(name: string): void {
		const peer = this.#peers.peer(name);
		for (const {id} of peer.outbox.slice()) peer.cancel(id);
		this.conversations.forget(name);
	}

	setAway(text: string | undefined): void {
		this.#options.board.away = text;
		this.#peers.tellAway();
	}

	/** Takes a message back that has not left yet; false when it has. */
	cancel(peer: string, id: string): boolean {
		if (!this.#peers.peer(peer).cancel(id)) return false;
		this.conversations.failed(peer, [id], 'cancelled');
		return true;
	}

	retry(peer: string, id: string): void {
		this.conversations.queued(peer, id);
		const message = this.conversations.outbox(peer).find(each => each.id === id);
		if (message !== undefined) this.#peers.queue(peer, [message]);
	}

	/** Tells a contact whether the person here is writing to them, when a session with them stands. */
	typing(name: string, isTyping: boolean): void {
		if (this.#isOpenTo(name)) this.#peers.peer(name).tellTyping(isTyping);
	}

	block(name: string, blocked: boolean): void {
		this.roster.block(name, blocked, this.#options.clock.now());
		this.link.block(name, blocked);
		this.#applyIdentity(name);
	}

	verify(name: string): void {
		this.roster.verify(name);
		this.#applyIdentity(name);
	}

	trust(name: string): void {
		this.roster.trust(name);
		this.#applyIdentity(name);
	}

	/** Somebody in the list: their waiting messages, their presence, and whether they may be talked to. */
	#take(name: string): void {
		this.#peers.queue(name, this.conversations.outbox(name));
		this.link.watch([name]);
		this.#applyIdentity(name);
	}

	/** False also when the disk takes no pin: who cannot be remembered is not talked to. */
	#meet(established: Established): boolean {
		const {name} = established.peer;
		try {
			const stands = this.roster.meet(established);
			if (stands) this.add(name, true);
			this.#applyIdentity(name);
			return stands;
		} catch (error) {
			this.#options.trace.caught('disk', 'pin', error);
			return false;
		}
	}

	/** Does what has to be on the disk: until the next that is, a disk that takes nothing is told of. */
	#written<Result>(work: () => Result): Result {
		const {board} = this.#options;
		try {
			const result = work();
			board.disk = undefined;
			return result;
		} catch (error) {
			if (isDisk(error)) board.disk = error.message;
			throw error;
		}
	}

	/** What cannot be kept breaks nothing: it is done again after a restart, or comes again. */
	#onDisk<Result>(work: () => Result): Result | undefined {
		try {
			return work();
		} catch (error) {
			if (!isDisk(error)) throw error;
			this.#options.board.disk = error.message;
			this.#options.trace.caught('disk', 'write', error);
			return undefined;
		}
	}

	/** Whether this is somebody whom the person here talks to: strangers and the blocked learn nothing of us. */
	#isOpenTo(name: string): boolean {
		return this.roster.has(name) && !this.roster.isRequest(name) && !this.roster.isBlocked(name);
	}

	/** Has messages go when their time is over, and keeps how far it is. */
	#watchClocks(): void {
		clearTimeout(this.#clockTimer);
		const next = this.#onDisk(() => this.conversations.expire());
		if (next === undefined) return;
		this.#keepOwnTime();
		const pause = Math.min(Math.max(next - this.#ownTime.now(), 1), LONGEST_TIMER);
		this.#clockTimer = setTimeout(() => this.#watchClocks(), pause);
	}

	/** Does what was kept for later and can be done, now and when more can. */
	#doDue(): void {
		clearTimeout(this.#dueTimer);
		const next = this.#onDisk(() => this.conversations.takeDue(this.serverTime()));
		if (next === undefined) return;
		const pause = Math.min(Math.max(next - this.serverTime(), 1), LONGEST_TIMER);
		this.#dueTimer = setTimeout(() => this.#doDue(), pause);
	}

	/** Takes off the disk what is older than the person wants, and again in a day, or with the next login. */
	#discardOld(): void {
		clearTimeout(this.#discardTimer);
		this.#discardTimer = setTimeout(() => this.#discardOld(), DAY);
		const {clock, settings} = this.#options;
		const {keepDays} = settings.preferences;
		if (keepDays === 0) return;
		try {
			// Of three clocks the one that keeps more: a message's own time is its sender's word.
			const before = Math.min(clock.now(), this.serverTime()) - keepDays * DAY;
			this.conversations.discard(before, this.#ownTime.now() - keepDays * DAY);
		} catch (error) {
			// A disk that takes nothing now is asked again in a day.
			this.#options.trace.caught('disk', 'discard', error);
		}
	}

	/** A former version kept them in clear. */
	#moveContacts(): void {
		const {settings, history} = this.#options;
		if (settings.contacts.length === 0) return;
		for (const contact of settings.contacts) history.putContact({...contact, request: false, nickname: undefined});
		settings.forgetContacts();
	}

	#claimed(name: string, identityKey: Buffer): void {
		try {
			this.roster.claimed(name, identityKey);
		} catch (error) {
			// Without the disk the warning waits; nothing goes out to that key all the same.
			this.#options.trace.caught('disk', 'warning', error);
		}

		this.#applyIdentity(name);
	}

	#applyIdentity(name: string): void {
		const peer = this.#peers.peer(name);
		if (this.roster.isBlocked(name)) peer.halt('all');
		else if (this.roster.identity(name) === 'changed') peer.halt('sending');
		else peer.resume();
		this.#show(peer);
	}

	#connected(connection: Connection): void {
		const {board} = this.#options;
		board.connection = connection;
		if ('problem' in connection) this.#options.trace.note('directory', `ended: ${connection.problem}`);
		if (connection.state === 'online') return;
		for (const name of board.contactNames()) this.#presence(name, 'unknown');
	}

	#began(session: DirectorySession, server: Address): void {
		this.#meetServer(session.clockOffset);
		this.#watchClocks();
		this.#discardOld();
		// Not before: what is ahead of its time is so by the directory's clock.
		this.#doDue();
		this.#peers.ticketKey = {id: session.ticketKeyId, key: session.ticketKey};
		this.#binder.start(session, server);
	}

	#meetServer(clockOffset: number): void {
		this.#clockOffset = clockOffset;
		this.#options.board.clockOffset = clockOffset;
		this.#ownTime.meet(clockOffset);
		this.#keepOwnTime();
	}

	#keepOwnTime(): void {
		this.#onDisk(() => this.#options.history.keepOwnTime(this.#ownTime.mark));
	}

	#ended(): void {
		this.#peers.ticketKey = undefined;
		this.#binder.stop();
	}

	#presence(name: string, presence: 'online' | 'offline' | 'unknown'): void {
		const {board} = this.#options;
		if (board.contact(name) === undefined || board.contact(name)?.presence === presence) return;
		board.change(name, {presence});
		this.#peers.peer(name).presence(presence);
	}

	/** Signed in, and out of reach. */
	#unbound(name: string): void {
		const {board} = this.#options;
		if (board.contact(name) === undefined) return;
		board.change(name, {presence: 'online'});
		this.#peers.peer(name).presence('unbound');
	}

	#show({name, path, typing, away, outboxSize}: Peer): void {
		const {board} = this.#options;
		const shown = board.contact(name);
		if (shown === undefined) return;
		const isSame = shown.outbox === outboxSize && shown.typing === typing && (shown.away ?? '') === away;
		if (isSame && isSamePath(shown.path, path)) return;
		board.change(name, {path, typing, outbox: outboxSize, away: away === '' ? undefined : away});
	}
}

function isDisk(error: unknown): error is ClientError {
	return error instanceof ClientError && error.code === 'disk';
}

/** Whether a person would see no difference. */
function isSamePath(a: Path, b: Path): boolean {
	if (a.kind !== b.kind) return false;
	if ('why' in a && 'why' in b) return a.why === b.why;
	if (!('rtt' in a) || !('rtt' in b)) return true;
	if (a.address !== b.address || a.rtt === undefined || b.rtt === undefined) {
		return a.address === b.address && a.rtt === b.rtt;
	}

	return Math.abs(a.rtt - b.rtt) <= Math.max(RTT_STEP, a.rtt * RTT_SHARE);
}
