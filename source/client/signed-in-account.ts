// Everything that is open between sign-in and sign-off, wired together: the network, what is under way with other devices, the
// contacts and the conversations.
import {hostname} from 'node:os';
import {type DevicePresence} from '../channel/told-presence.ts';
import {foundingDevice} from '../channel/device.ts';
import {type ConnectionState} from '../channel/directory/connection-state.ts';
import {type DirectoryConnection} from '../channel/directory/directory-connection.ts';
import {Network} from '../channel/network.ts';
import {systemTimers} from '../channel/network/timer-port.ts';
import {AccountReplication} from '../messaging/account-replication.ts';
import {ContactTrust} from '../messaging/contact-trust.ts';
import {Contacts} from '../messaging/contacts.ts';
import {talkWith} from '../messaging/conversation.ts';
import {Conversations} from '../messaging/conversations.ts';
import {FollowedLogs} from '../messaging/followed-logs.ts';
import {DiskWatch} from '../messaging/disk-watch.ts';
import {type Exchange} from '../messaging/exchange.ts';
import {Exchanges} from '../messaging/exchanges.ts';
import {type FileTransfers} from '../messaging/files/file-transfers.ts';
import {Keeper} from '../messaging/keeper.ts';
import {type ReplicatedHistory} from '../messaging/history/replica.ts';
import {MessageOutbox} from '../messaging/message-outbox.ts';
import {MessageTimers} from '../messaging/message-timers.ts';
import {OwnTime} from '../messaging/own-time.ts';
import {Roster} from '../messaging/roster.ts';
import {ToldPins} from '../messaging/told-pins.ts';
import {deviceIdOf} from '../protocol/devices/device-log.ts';
import {type OnlineDevice} from '../wire/messages/devices.ts';
import {addressText} from '../wire/address.ts';
import {showPresence} from './contact-status.ts';
import {moveContacts} from './former-contacts.ts';
import {type Probed} from './diagnosis.ts';
import {openOnKeptPort} from './kept-port.ts';
import {OwnDevices} from './own-devices.ts';
import {ownFiles} from './own-files.ts';
import {OwnRecovery} from './own-recovery.ts';
import {OwnSignals} from './own-signals.ts';
import {networkWishes} from './network-wishes.ts';
import {type SignedInOptions} from './signed-in-options.ts';

export class SignedIn {
	readonly history: ReplicatedHistory;
	readonly replication: AccountReplication;
	readonly roster: Roster;
	readonly conversations: Conversations;
	readonly outbox: MessageOutbox;
	readonly trust: ContactTrust;
	readonly contacts: Contacts;
	readonly devices: OwnDevices;
	/** Undefined of a device with somebody in front of it. */
	readonly keeper: Keeper | undefined;
	readonly recovery: OwnRecovery;
	readonly signals: OwnSignals;
	readonly files: FileTransfers;
	readonly #options: SignedInOptions;
	readonly #network: Network;
	readonly #exchanges: Exchanges;
	readonly #ownTime: OwnTime;
	readonly #timers: MessageTimers;
	readonly #followedLogs: FollowedLogs;
	readonly #disk: DiskWatch;

	private constructor(options: SignedInOptions) {
		const {name, server, settings, vault, history, snapshots, stretched, clock, entropy, trace, first} = options;
		this.#options = options;
		this.history = history;
		moveContacts(settings, history);
		const {identity} = vault;
		// Pinned to the own name of a device that has joined.
		const foundingKey = vault.pin(name)?.identityKey ?? identity.publicKey;
		const serverTime = () => this.#network.serverTime();
		this.#followedLogs = new FollowedLogs({
			own: {name, foundingKey},
			history,
			pins: vault,
			logs: () => this.#network.directory.logs,
			onGrown: (account, log) => {
				if (account !== name) return this.#exchanges.logGrown(account, log);
				this.replication.follow();
				this.signals.shareAway();
				this.#exchanges.tellHeads();
			},
			trust: () => this.trust,
			onContradicted: (...said) => this.devices.contradicted(...said),
			onDevices: (account, count) => {
				if (account !== name) this.conversations.usesDevices(talkWith(account), {count, since: serverTime()});
			},
			timers: systemTimers,
			may: work => this.#disk.may(work),
		});
		const followedLogs = this.#followedLogs;
		// A keeper takes nothing of strangers unless it is told to.
		const isShut = options.keeper?.strangers === false;
		const isBlocked = (account: string) =>
			this.roster.isBlocked(account) || (isShut && account !== name && !this.roster.isAccepted(account));
		const toldPins = new ToldPins(vault, history.replica, account => this.directory.logs.log(account)?.head);
		this.roster = new Roster({name, identityKey: foundingKey}, history, toldPins, followedLogs, snapshots);
		this.#ownTime = new OwnTime(clock, history.ownTime());
		this.conversations = new Conversations(history, snapshots, entropy.random, () => this.#ownTime.now());
		this.#disk = new DiskWatch(refusal => {
			snapshots.disk = refusal;
		}, trace);
		const {roster, conversations} = this;
		const disk = this.#disk;
		const ownTime = this.#ownTime;
		this.#timers = new MessageTimers({...options, conversations, disk, ownTime, serverTime});
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
			isBlocked,
			pin: account => (isBlocked(account) ? 'refuse' : followedLogs.pinned(account)),
			meet: established =>
				established.peer.name === name ? this.replication.meet(established) : this.trust.meet(established),
			onIdentityChanged: (account, identityKey) => this.trust.claimed(account, identityKey),
			onIntroduced: (account, identityKey) => roster.introduced(account, identityKey),
			use: channel =>
				channel.device.account === name ? this.replication.siblings.use(channel) : this.#exchanges.use(channel),
			onTurn: () => Math.min(this.#exchanges.onTurn(), this.replication.onTurn()),
			onLog: (...news) => {
				disk.may(() => followedLogs.grown(...news));
				if (news[0] === name) this.devices.refresh();
			},
			onAlarm: account => {
				if (account === name) this.devices.refresh();
				else void followedLogs.alarmed(account);
			},
			onLink: news => this.devices.linked(news),
			onConnection: connection => this.#connected(connection),
			onLogin: clockOffset => this.#loggedIn(clockOffset),
			onPresence: (account, presence, told) => {
				if (account !== name) return this.#presence(account, presence, told);
				const devices = told ?? (presence === 'offline' ? [] : [{id: deviceIdOf(foundingKey), role: 'device'}]);
				this.replication.siblings.online(devices);
				return this.devices.online(devices);
			},
			openSocket: async onDatagram => openOnKeptPort(settings, options.demandedPort, onDatagram),
			isAccepted: account => account === name || roster.isAccepted(account),
			wishes: () => networkWishes(settings),
			onReflexive: observed => void (snapshots.reflexive = observed && addressText(observed)),
		});
		this.#exchanges = new Exchanges({
			channel: device => this.#network.endpoint.channel(device),
			clock,
			record: arrived => {
				const isDeferred = disk.must(() => conversations.record(arrived, serverTime()));
				this.keeper?.did('came', arrived.filter(({content}) => content.kind === 'text').length);
				if (isDeferred) this.#timers.takeDue();
			},
			isStranger: account => !roster.isAccepted(account),
			away: account => (this.trust.isOpenTo(account) ? (snapshots.snapshot().away ?? '') : undefined),
			heads: account => followedLogs.heads(account),
			files: () => this.files,
			onHeads: ({device}, heads) => followedLogs.compare(device.account, heads),
			onDelivered: (conversation, ids) => {
				disk.may(() => disk.must(() => conversations.delivered(conversation, ids)));
				this.keeper?.did('handed-on', ids.length);
				this.#timers.expire();
			},
			onDeliveredElsewhere: (...receipt) => disk.may(() => disk.must(() => this.replication.delivered(...receipt))),
			onRefused: (conversation, ids) =>
				disk.may(() => disk.must(() => conversations.failed(conversation, ids, 'refused'))),
			onMoved: (conversation, ids, state) => conversations.moved(conversation, ids, state),
			onChange: exchange => this.signals.changed(exchange),
			trace,
		});
		const exchanges = this.#exchanges;
		const {replica} = history;
		const take: typeof replica.take = (...batch) => {
			const taken = disk.must(() => replica.take(...batch));
			this.keeper?.did('told', taken.fresh.length);
			return taken;
		};

		this.replication = new AccountReplication({
			...options,
			own: {name, deviceKey: identity.publicKey},
			history: {...history, replica: {...replica, take}},
			pins: vault,
			toldPins,
			roster,
			conversations,
			exchanges,
			channel: device => this.#network.endpoint.channel(device),
			logs: () => this.#network.directory.logs,
			contacts: () => this.contacts,
			trust: () => this.trust,
			disk,
			ownTime: () => this.#ownTime.now(),
			serverTime,
			onTaken: () => {
				this.#timers.expire();
				this.devices.refresh();
			},
			onContact: account => this.signals.heard(account),
			onAway: away => this.signals.showAway(away),
			onChange: ({id, channel}) => this.devices.reached(id, channel.path),
		});
		this.trust = new ContactTrust({
			roster,
			exchanges,
			trace,
			beginAnew: account => disk.may(() => followedLogs.beginAnew(account)),
			addStranger: account => this.contacts.add(account, true),
			onDecided: exchange => this.signals.changed(exchange),
		});
		const {directory} = this.#network;
		this.recovery = new OwnRecovery({name, identity, directory, random: entropy.random, serverTime});
		this.devices = new OwnDevices({
			...options,
			identity,
			directory,
			serverTime,
			may: work => disk.may(work),
			hostName: hostname(),
			beginAnew: () => followedLogs.beginAnew(name),
			lacks: id => this.replication.siblings.sibling(id)?.lacks,
		});
		const {trust} = this;
		const contacts = new Contacts({roster, trust, conversations, exchanges, followedLogs, directory, clock});
		this.contacts = contacts;
		this.outbox = new MessageOutbox({conversations, exchanges, contacts, disk, serverTime, siblings: this.replication});
		const wake = (account: string) => this.#exchange(account).channel.wake();
		this.files = ownFiles({...options, conversations, outbox: this.outbox, disk, wake});
		this.signals = new OwnSignals({
			roster,
			conversations,
			exchanges,
			outbox: this.outbox,
			trust,
			replication: this.replication,
			disk,
			snapshots,
			onRead: () => this.#timers.expire(),
		});
		this.keeper =
			options.keeper &&
			new Keeper({
				policy: options.keeper,
				self: deviceIdOf(identity.publicKey),
				ownLog: () => this.directory.logs.log(name),
				siblings: this.replication.siblings,
				history,
				conversations,
				disk,
				ownTime: () => this.#ownTime.now(),
			});
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
		self.#followedLogs.open(self.roster.names);
		// Before anything is written.
		self.replication.open();
		self.roster.load();
		self.signals.showAway(self.replication.away);
		if (options.first !== undefined) self.#meetServer(options.first.session.clockOffset);
		self.#timers.discardOld();
		self.conversations.startClocks();
		self.#timers.expire();
		// Ahead of all others, so that it is told what they do to the list of the own ones.
		self.directory.watch([options.name]);
		self.contacts.open();
		self.devices.refresh();
		self.#network.start();
		self.keeper?.start();
		self.files.start();
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
		this.keeper?.stop();
		this.#timers.stop();
		this.#followedLogs.stop();
		await this.files.close();
		await this.#network.stop();
		const {history, vault, stretched} = this.#options;
		this.#timers.keepOwnTime();
		history.close();
		stretched.forget();
		vault.close();
	}

	#exchange(account: string): Exchange {
		return this.#exchanges.exchange(foundingDevice(account));
	}

	#connected(connection: ConnectionState): void {
		const {snapshots} = this.#options;
		snapshots.connection = connection;
		if (connection.state === 'online') return;
		for (const name of snapshots.contactNames()) this.#presence(name, 'unknown');
		this.replication.siblings.unknown();
		this.devices.online(undefined);
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

	#presence(name: string, presence: DevicePresence, devices: readonly OnlineDevice[] = []): void {
		if (showPresence(this.#options.snapshots, name, presence, devices))
			this.#exchange(name).presence(presence, devices);
	}
}
