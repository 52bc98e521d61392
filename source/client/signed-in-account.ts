// Everything that is open between sign-in and sign-off, wired together: the network, what is under way with other devices, the
// contacts and the conversations.
import {type DevicePresence} from '../channel/channel.ts';
import {foundingDevice} from '../channel/device.ts';
import {type ConnectionState} from '../channel/directory/connection-state.ts';
import {type DirectoryConnectionOptions} from '../channel/directory/connection-options.ts';
import {type DirectoryConnection} from '../channel/directory/directory-connection.ts';
import {type StretchedPassword} from '../channel/directory/stretched-password.ts';
import {Network} from '../channel/network.ts';
import {ContactTrust} from '../messaging/contact-trust.ts';
import {Contacts} from '../messaging/contacts.ts';
import {type ConversationId, otherIn} from '../messaging/conversation.ts';
import {Conversations} from '../messaging/conversations.ts';
import {DiskWatch} from '../messaging/disk-watch.ts';
import {type Exchange} from '../messaging/exchange.ts';
import {Exchanges} from '../messaging/exchanges.ts';
import {type History} from '../messaging/history/history.ts';
import {MessageOutbox} from '../messaging/message-outbox.ts';
import {MessageTimers} from '../messaging/message-timers.ts';
import {OwnTime} from '../messaging/own-time.ts';
import {Roster} from '../messaging/roster.ts';
import {ClientError} from '../os/errors.ts';
import {type LocalClock} from '../os/local-clock.ts';
import {type Trace} from '../os/trace.ts';
import {type Entropy} from '../protocol/entropy.ts';
import {addressText} from '../wire/address.ts';
import {showExchange} from './contact-status.ts';
import {type Probed} from './diagnosis.ts';
import {openOnKeptPort} from './kept-port.ts';
import {OwnRecovery} from './own-recovery.ts';
import {type Settings} from './profile-settings.ts';
import {type SnapshotStore} from './snapshot-store.ts';
import {type Vault} from './vault.ts';
import {catalogue} from '../catalogue/catalogue.ts';

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
	readonly history: History;
	readonly roster: Roster;
	readonly conversations: Conversations;
	readonly outbox: MessageOutbox;
	readonly trust: ContactTrust;
	readonly contacts: Contacts;
	readonly recovery: OwnRecovery;
	readonly #options: SignedInOptions;
	readonly #network: Network;
	readonly #exchanges: Exchanges;
	readonly #ownTime: OwnTime;
	readonly #timers: MessageTimers;
	readonly #disk: DiskWatch;

	private constructor(options: SignedInOptions) {
		const {name, server, settings, vault, history, snapshots, stretched, clock, entropy, trace, first} = options;
		this.#options = options;
		this.history = history;
		this.#moveContacts();
		const {identity} = vault;
		// Of a device that has joined by a link it is pinned to the own name.
		const foundingKey = vault.pin(name)?.identityKey ?? identity.publicKey;
		const serverTime = () => this.#network.serverTime();
		this.roster = new Roster({name, identityKey: foundingKey}, history, vault, snapshots);
		this.#ownTime = new OwnTime(clock, history.ownTime());
		this.conversations = new Conversations(history, snapshots, entropy.random, () => this.#ownTime.now());
		this.#disk = new DiskWatch(refusal => {
			snapshots.disk = refusal;
		}, trace);
		const {roster, conversations} = this;
		const disk = this.#disk;
		const keepDays = () => settings.preferences.keepDays;
		const kept = {conversations, history, keepDays, disk, trace, clock, ownTime: this.#ownTime, serverTime};
		this.#timers = new MessageTimers(kept);
		this.#network = new Network({
			name,
			identity,
			foundingKey,
			server,
			stretch: stretched.stretch,
			first,
			clock,
			entropy,
			trace,
			pin: account => (roster.isBlocked(account) ? 'refuse' : roster.pinned(account)),
			meet: established => this.trust.meet(established),
			onIdentityChanged: (account, identityKey) => this.trust.claimed(account, identityKey),
			onIntroduced: (account, identityKey) => roster.introduced(account, identityKey),
			use: channel => this.#exchanges.use(channel),
			onTurn: () => this.#exchanges.onTurn(),
			onLog: undefined,
			onAlarm: undefined,
			onLink: undefined,
			onConnection: connection => this.#connected(connection),
			onLogin: clockOffset => this.#loggedIn(clockOffset),
			onPresence: (account, presence) => this.#presence(account, presence),
			openSocket: async onDatagram => openOnKeptPort(settings, options.demandedPort, onDatagram),
			isAccepted: account => roster.has(account) && !roster.isRequest(account),
			wishes: () => {
				const {localAddresses, mapPort} = settings.preferences;
				const forwardedPort = settings.isPortByHand ? settings.port : undefined;
				return {tellsLocal: localAddresses === 'contacts', mapsPort: mapPort, forwardedPort};
			},
			onReflexive: observed => {
				snapshots.reflexive = observed && addressText(observed);
			},
		});
		this.#exchanges = new Exchanges({
			channel: device => this.#network.endpoint.channel(device),
			clock,
			record: arrived => {
				const isDeferred = disk.must(() => conversations.record(arrived, serverTime()));
				if (isDeferred) this.#timers.takeDue();
			},
			isStranger: account => !roster.has(account) || roster.isRequest(account),
			away: account => (this.trust.isOpenTo(account) ? (snapshots.snapshot().away ?? '') : undefined),
			onDelivered: (conversation, ids) => {
				disk.may(() => disk.must(() => conversations.delivered(conversation, ids)));
				this.#timers.expire();
			},
			onRefused: (conversation, ids) =>
				disk.may(() => disk.must(() => conversations.failed(conversation, ids, 'refused'))),
			onMoved: (conversation, ids, state) => conversations.moved(conversation, ids, state),
			onChange: exchange => showExchange(snapshots, exchange),
			trace,
		});
		const exchanges = this.#exchanges;
		this.trust = new ContactTrust({
			roster,
			exchanges,
			trace,
			addStranger: account => this.contacts.add(account, true),
			onDecided: exchange => showExchange(snapshots, exchange),
		});
		const {directory} = this.#network;
		this.recovery = new OwnRecovery({name, identity, directory, random: entropy.random, serverTime});
		this.contacts = new Contacts({roster, trust: this.trust, conversations, exchanges, directory, clock});
		const accept = (account: string) => this.contacts.accept(account);
		this.outbox = new MessageOutbox({conversations, exchanges, disk, serverTime, accept});
	}

	/** Of the account. */
	get name(): string {
		return this.#options.name;
	}

	get directory(): DirectoryConnection {
		return this.#network.directory;
	}

	/** Opens the socket, shows what is on the disk, and keeps the way to the directory up from here on. */
	static async start(options: SignedInOptions): Promise<SignedIn> {
		const self = new SignedIn(options);
		await self.#network.open();
		self.roster.load();
		if (options.first !== undefined) self.#meetServer(options.first.session.clockOffset);
		self.#timers.discardOld();
		self.conversations.startClocks();
		self.#timers.expire();
		self.contacts.open();
		self.#network.start();
		return self;
	}

	/** What probes have found out. */
	get probed(): Probed {
		return {
			network: this.#network.report(),
			keptPort: this.#options.settings.port,
			elapsed: this.#options.clock.elapsed(),
			probesOf: account => this.#network.endpoint.probesOf(account),
		};
	}

	/** The person prefers something else: whom our addresses are told, and whether the router is asked. */
	preferencesChanged(): void {
		this.#network.look();
	}

	/** Leaves every session and the directory, and wipes every key. */
	async stop(): Promise<void> {
		this.#timers.stop();
		await this.#network.stop();
		const {history, vault, stretched} = this.#options;
		this.#timers.keepOwnTime();
		history.close();
		stretched.forget();
		vault.close();
	}

	/**
	 * What came in is read, up to the message with the id `upTo`, or all of it; told, it is so in one act however much
	 * it was. False when the disk does not take it: then it is not read.
	 */
	markRead(conversation: ConversationId, isTold: boolean, upTo?: string): boolean {
		const read = this.#disk.may(() => ({newest: this.conversations.markRead(conversation, upTo)}));
		this.#timers.expire();
		const newest = read?.newest;
		if (newest !== undefined && isTold && this.trust.isOpenTo(otherIn(conversation)))
			this.#disk.may(() => this.outbox.tellRead(conversation, newest));
		return read !== undefined;
	}

	/** Ends the pause before the next try to reach the directory; in how many ms, undefined when nothing waits. */
	reconnect(): number | undefined {
		return this.directory.tryNow();
	}

	setAway(text: string | undefined): void {
		this.#options.snapshots.away = text;
		this.#exchanges.tellAway();
	}

	/** Opens a session with a contact as soon as there is a way, though nothing waits for them. Throws ClientError 'unknown-contact'. */
	seek(name: string): void {
		if (!this.roster.has(name) || this.roster.isRequest(name)) {
			throw new ClientError('unknown-contact', catalogue.refusals.notInList(name));
		}

		this.#exchange(name).seek();
	}

	/** Tells a contact whether the person here is writing to them, when a session with them stands. */
	typing(name: string, isTyping: boolean): void {
		if (this.trust.isOpenTo(name)) this.#exchange(name).tellTyping(isTyping);
	}

	/** A former version kept them in clear. */
	#moveContacts(): void {
		const {settings, history} = this.#options;
		if (settings.contacts.length === 0) return;
		for (const contact of settings.contacts) history.putContact({...contact, request: false, nickname: undefined});
		settings.forgetContacts();
	}

	#exchange(account: string): Exchange {
		return this.#exchanges.exchange(foundingDevice(account));
	}

	#connected(connection: ConnectionState): void {
		const {snapshots} = this.#options;
		snapshots.connection = connection;
		if (connection.state === 'online') return;
		for (const name of snapshots.contactNames()) this.#presence(name, 'unknown');
	}

	#loggedIn(clockOffset: number): void {
		this.#meetServer(clockOffset);
		this.#timers.expire();
		this.#timers.discardOld();
		// Not before: what is ahead of its time is so by the directory's clock.
		this.#timers.takeDue();
	}

	#meetServer(clockOffset: number): void {
		this.#options.snapshots.clockOffset = clockOffset;
		this.#ownTime.meet(clockOffset);
		this.#timers.keepOwnTime();
	}

	/** 'unbound': signed in, and out of reach. */
	#presence(name: string, presence: DevicePresence): void {
		const {snapshots} = this.#options;
		const shown = presence === 'unbound' ? 'online' : presence;
		const known = snapshots.contact(name)?.presence;
		if (known === undefined || known === presence) return;
		snapshots.change(name, {presence: shown});
		this.#exchange(name).presence(presence);
	}
}
