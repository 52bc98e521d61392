// Everything that is open between sign-in and sign-off, wired together: the connection to the directory, the socket, the peers, the
// contacts and the conversations.
import {type Entropy} from '../protocol/entropy.ts';
import {type DirectorySession} from '../protocol/login/login-keys.ts';
import {type Address, addressText} from '../wire/address.ts';
import {DATAGRAM} from '../wire/datagram.ts';
import {Binder} from './binder.ts';
import {type SnapshotStore} from './snapshot-store.ts';
import {type LocalClock} from './local-clock.ts';
import {ContactTrust} from './contact-trust.ts';
import {Conversations} from './conversations.ts';
import {type DatagramSocket} from './datagram-socket.ts';
import {openOnKeptPort} from './kept-port.ts';
import {DiskWatch} from './disk-watch.ts';
import {type StretchedPassword} from './stretched-password.ts';
import {type History} from './history/history.ts';
import {DirectoryConnection, type DirectoryConnectionOptions} from './directory-connection.ts';
import {MessageOutbox} from './message-outbox.ts';
import {MessageTimers} from './message-timers.ts';
import {showPeer} from './peer-status.ts';
import {OwnTime} from './own-time.ts';
import {Peers} from './peers/peers.ts';
import {Roster} from './roster.ts';
import {type Settings} from './profile-settings.ts';
import {type ConnectionState} from './snapshot.ts';
import {type Trace} from './trace.ts';
import {type Vault} from './vault.ts';

export type SignedInOptions = {
	readonly name: string;
	readonly server: DirectoryConnectionOptions['server'];
	readonly settings: Settings;
	readonly vault: Vault;
	readonly history: History;
	readonly snapshots: SnapshotStore;
	readonly stretched: StretchedPassword;
	readonly clock: LocalClock;
	/** The UDP port that the person asked for. */
	readonly demandedPort: number | undefined;
	readonly entropy: Entropy;
	readonly trace: Trace;
	/** A login that stands already. */
	readonly first: DirectoryConnectionOptions['first'];
};

export class SignedIn {
	readonly roster: Roster;
	readonly conversations: Conversations;
	readonly outbox: MessageOutbox;
	readonly trust: ContactTrust;
	readonly directory: DirectoryConnection;
	readonly #options: SignedInOptions;
	readonly #peers: Peers;
	readonly #binder: Binder;
	readonly #ownTime: OwnTime;
	readonly #timers: MessageTimers;
	readonly #disk: DiskWatch;
	#socket: DatagramSocket | undefined;
	#clockOffset = 0;

	private constructor(options: SignedInOptions) {
		const {name, server, settings, vault, history, snapshots, stretched, clock, entropy, trace, first} = options;
		this.#options = options;
		const local = {name, identity: vault.identity};
		this.#moveContacts();
		this.roster = new Roster({name, identityKey: local.identity.publicKey}, history, vault, snapshots);
		this.#ownTime = new OwnTime(clock, history.ownTime());
		this.conversations = new Conversations(history, snapshots, entropy.random, () => this.#ownTime.now());
		this.#disk = new DiskWatch(snapshots, trace);
		const transmit = (datagram: Buffer, to: Address) => this.#socket?.send(datagram, to);
		const serverTime = () => this.serverTime();
		const {conversations} = this;
		const disk = this.#disk;
		const kept = {conversations, history, settings, disk, trace, clock, ownTime: this.#ownTime, serverTime};
		this.#timers = new MessageTimers(kept);
		this.#peers = new Peers({
			local,
			clock,
			entropy,
			serverTime,
			transmit,
			introduce: async peer => {
				// The directory can name us to nobody before it has seen our socket.
				await this.#binder.settled();
				const introduced = await this.directory.introduce(peer);
				if (typeof introduced === 'object' && 'identityKey' in introduced) {
					this.roster.introduced(peer, introduced.identityKey);
				}

				return introduced;
			},
			pin: peer => (this.roster.isBlocked(peer) ? 'refuse' : this.roster.pinned(peer)),
			meet: established => this.trust.meet(established),
			onIdentityChanged: (peer, identityKey) => this.trust.claimed(peer, identityKey),
			record: arrived => {
				const isDeferred = disk.must(() => conversations.record(arrived, this.serverTime()));
				if (isDeferred) this.#timers.takeDue();
			},
			isStranger: peer => !this.roster.has(peer) || this.roster.isRequest(peer),
			away: peer => (this.trust.isOpenTo(peer) ? (snapshots.snapshot().away ?? '') : undefined),
			onDelivered: (peer, ids) => {
				disk.may(() => disk.must(() => conversations.delivered(peer, ids)));
				this.#timers.expire();
			},
			onRefused: (peer, ids) => disk.may(() => disk.must(() => conversations.failed(peer, ids, 'refused'))),
			onMoved: (peer, ids, state) => conversations.moved(peer, ids, state),
			onChange: peer => showPeer(snapshots, peer),
			trace,
		});
		const addStranger = (peer: string) => this.add(peer, true);
		this.trust = new ContactTrust({roster: this.roster, peers: this.#peers, snapshots, trace, addStranger});
		const accept = (peer: string) => this.accept(peer);
		this.outbox = new MessageOutbox({conversations, peers: this.#peers, disk, serverTime, accept});
		this.#binder = new Binder({
			serverTime,
			transmit,
			onBound: observed => {
				snapshots.reflexive = observed && addressText(observed);
			},
			onDrop: () => trace.note('bind', 'tag'),
		});
		this.directory = new DirectoryConnection({
			server,
			name,
			identity: local.identity,
			stretch: stretched.stretch,
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

	/** Of the account. */
	get name(): string {
		return this.#options.name;
	}

	/** Opens the socket, shows what is on the disk, and keeps the way to the directory up from here on. */
	static async start(options: SignedInOptions): Promise<SignedIn> {
		const self = new SignedIn(options);
		self.#socket = await openOnKeptPort(options.settings, options.demandedPort, (datagram, from) => {
			if (datagram[0] === DATAGRAM.bound) self.#binder.receive(datagram);
			else self.#peers.receive(datagram, from);
		});
		self.roster.load();
		if (options.first !== undefined) self.#meetServer(options.first.session.clockOffset);
		self.#timers.discardOld();
		self.conversations.startClocks();
		self.#timers.expire();
		const names = options.snapshots.contactNames();
		self.conversations.open(names);
		for (const name of names) self.#take(name);
		// The directory may not have heard of what was decided while it was out of reach.
		for (const name of names) if (self.roster.isBlocked(name)) self.directory.block(name, true);
		self.directory.start();
		return self;
	}

	/** Leaves every peer and the directory, and wipes every key. */
	async stop(): Promise<void> {
		this.#timers.stop();
		this.#peers.close();
		this.#binder.stop();
		await this.directory.stop();
		this.#socket?.close();
		const {history, vault, stretched} = this.#options;
		this.#timers.keepOwnTime();
		history.close();
		stretched.forget();
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
		if (this.roster.isBlocked(name)) this.directory.block(name, false);
		this.directory.unwatch([name]);
		this.#peers.peer(name).leave();
		this.roster.remove(name);
	}

	/** A stranger becomes a contact. */
	accept(name: string): void {
		if (!this.roster.isRequest(name)) return;
		this.roster.accept(name);
		if (this.#options.snapshots.snapshot().away !== undefined) this.#peers.peer(name).tellAway();
	}

	/**
	 * What came from this contact is read, up to the message with the id `upTo`, or all of it; told, it is so in one act however much
	 * it was. False when the disk does not take it: then it is not read.
	 */
	markRead(name: string, isTold: boolean, upTo?: string): boolean {
		const read = this.#disk.may(() => ({newest: this.conversations.markRead(name, upTo)}));
		this.#timers.expire();
		const newest = read?.newest;
		if (newest !== undefined && isTold && this.trust.isOpenTo(name))
			this.#disk.may(() => this.outbox.tellRead(name, newest));
		return read !== undefined;
	}

	setAway(text: string | undefined): void {
		this.#options.snapshots.away = text;
		this.#peers.tellAway();
	}

	/** Tells a contact whether the person here is writing to them, when a session with them stands. */
	typing(name: string, isTyping: boolean): void {
		if (this.trust.isOpenTo(name)) this.#peers.peer(name).tellTyping(isTyping);
	}

	block(name: string, blocked: boolean): void {
		this.roster.block(name, blocked, this.#options.clock.now());
		this.directory.block(name, blocked);
		this.trust.apply(name);
	}

	/** Somebody in the list: their waiting messages, their presence, and whether they may be talked to. */
	#take(name: string): void {
		this.#peers.queue(name, this.conversations.outbox(name));
		this.directory.watch([name]);
		this.trust.apply(name);
	}

	/** A former version kept them in clear. */
	#moveContacts(): void {
		const {settings, history} = this.#options;
		if (settings.contacts.length === 0) return;
		for (const contact of settings.contacts) history.putContact({...contact, request: false, nickname: undefined});
		settings.forgetContacts();
	}

	#connected(connection: ConnectionState): void {
		const {snapshots, trace} = this.#options;
		snapshots.connection = connection;
		if ('problem' in connection) trace.note('directory', `ended: ${connection.problem}`);
		if (connection.state === 'online') return;
		for (const name of snapshots.contactNames()) this.#presence(name, 'unknown');
	}

	#began(session: DirectorySession, server: Address): void {
		this.#meetServer(session.clockOffset);
		this.#timers.expire();
		this.#timers.discardOld();
		// Not before: what is ahead of its time is so by the directory's clock.
		this.#timers.takeDue();
		this.#peers.ticketKey = {id: session.ticketKeyId, key: session.ticketKey};
		this.#binder.start(session, server);
	}

	#meetServer(clockOffset: number): void {
		this.#clockOffset = clockOffset;
		this.#options.snapshots.clockOffset = clockOffset;
		this.#ownTime.meet(clockOffset);
		this.#timers.keepOwnTime();
	}

	#ended(): void {
		this.#peers.ticketKey = undefined;
		this.#binder.stop();
	}

	#presence(name: string, presence: 'online' | 'offline' | 'unknown'): void {
		const {snapshots} = this.#options;
		if (snapshots.contact(name) === undefined || snapshots.contact(name)?.presence === presence) return;
		snapshots.change(name, {presence});
		this.#peers.peer(name).presence(presence);
	}

	/** Signed in, and out of reach. */
	#unbound(name: string): void {
		const {snapshots} = this.#options;
		if (snapshots.contact(name) === undefined) return;
		snapshots.change(name, {presence: 'online'});
		this.#peers.peer(name).presence('unbound');
	}
}
