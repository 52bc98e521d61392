// Keeps an account the same on all of its devices: follows the own device log, takes in what the others tell, and sends what they could not.
import {Buffer} from 'node:buffer';
import {type DeviceChannel} from '../channel/channel.ts';
import {type Device} from '../channel/device.ts';
import {type LogKeeper} from '../channel/directory/log-keeper.ts';
import {type LocalClock} from '../os/local-clock.ts';
import {type Trace} from '../os/trace.ts';
import {AWAY_LIMIT} from '../content/away.ts';
import {deviceIdOf} from '../protocol/devices/device-log.ts';
import {type Established} from '../protocol/session/established.ts';
import {type Contacts} from './contacts.ts';
import {type ContactTrust} from './contact-trust.ts';
import {type ConversationId, talkWith} from './conversation.ts';
import {type Conversations} from './conversations.ts';
import {type DiskWatch} from './disk-watch.ts';
import {type Exchanges} from './exchanges.ts';
import {type OwnEntry} from './history/history.ts';
import {type TakenItems} from './history/replica-intake.ts';
import {type ReplicatedHistory} from './history/replica.ts';
import {type Pins} from './pins.ts';
import {type Roster} from './roster.ts';
import {type Sibling} from './sibling.ts';
import {REGISTER} from './replication/registers.ts';
import {SiblingOutbox} from './sibling-outbox.ts';
import {SiblingSignals} from './sibling-signals.ts';
import {Siblings} from './siblings.ts';
import {type ToldPins, pinsIn} from './told-pins.ts';

/** The setting of all devices that says why the person is away, '' when they are not. */
const AWAY = 'away';
/** What came to another device so long ago at most is news here, too, ms. */
const NEWS_MS = 60_000;

export type AccountReplicationOptions = {
	/** The own account, and the device key of this device. */
	readonly own: {readonly name: string; readonly deviceKey: Buffer};
	readonly history: ReplicatedHistory;
	/** The founding key of a device that has joined by a link is pinned to the own name. */
	readonly pins: Pins;
	readonly toldPins: ToldPins;
	readonly roster: Roster;
	readonly conversations: Conversations;
	readonly exchanges: Exchanges;
	readonly channel: (device: Device) => DeviceChannel;
	/** Of the directory, which exists once this does. */
	readonly logs: () => LogKeeper;
	readonly contacts: () => Pick<Contacts, 'reload'>;
	readonly trust: () => Pick<ContactTrust, 'apply'>;
	readonly disk: DiskWatch;
	readonly clock: LocalClock;
	/** Ms, as own-time.ts counts. */
	readonly ownTime: () => number;
	/** Server time, ms. */
	readonly serverTime: () => number;
	/** Something was taken in, and shown. */
	readonly onTaken: () => void;
	/** What a contact says of themselves to another device may be another now. */
	readonly onContact: (account: string) => void;
	/** Why we are away, as was said on another device; undefined when we are not. */
	readonly onAway: (away: string | undefined) => void;
	/** How another device is reached, or how far the histories are with each other, may be another. */
	readonly onChange: (sibling: Sibling) => void;
	readonly trace: Trace;
};

export class AccountReplication {
	readonly siblings: Siblings;
	readonly signals: SiblingSignals;
	readonly #options: AccountReplicationOptions;
	readonly #outbox: SiblingOutbox;

	constructor(options: AccountReplicationOptions) {
		const {own, history, exchanges, channel, clock, ownTime, serverTime, onChange, trace} = options;
		const {elapsed} = clock;
		const {replica} = history;
		this.#options = options;
		this.signals = new SiblingSignals({
			elapsed,
			serverTime,
			tell: signal => this.siblings.signal(signal),
			has: account => options.roster.has(account),
			onContact: options.onContact,
		});
		this.siblings = new Siblings({
			self: {device: deviceIdOf(own.deviceKey), account: own.name, serverTime, ownTime},
			replica,
			channel,
			elapsed,
			onTaken: taken => this.#taken(taken),
			signals: () => this.signals.all(),
			onSignal: ({id}, signal) => this.signals.heard(id, signal),
			onChange,
			trace,
		});
		const isThere = (device: Buffer) => this.siblings.isThere(device);
		this.#outbox = new SiblingOutbox({
			replica,
			exchanges,
			ownWaiting: conversation => history.outbox(conversation),
			elapsed,
			isThere,
		});
	}

	/** Takes up what is under way with the other devices, if there are any. */
	open(): void {
		const {own, pins, history} = this.#options;
		// Whatever it knows of the log.
		if (pins.pin(own.name) !== undefined) this.siblings.begin();
		this.follow();
		this.#outbox.look(history.conversations().map(({conversation}) => conversation));
	}

	/** The own device log may be longer. */
	follow(): void {
		const {own, logs, roster, toldPins} = this.#options;
		const log = logs().log(own.name);
		if (log === undefined) return;
		this.siblings.follow(log);
		for (const account of roster.names) toldPins.tell(account);
	}

	/** Whether a session with another device of the account may stand: its key is one of the log, and its suite not below the highest that was used. */
	meet({peer, suite}: Established): boolean {
		const {own, pins, logs, trace} = this.#options;
		const pin = pins.pin(own.name);
		if (!logs().admits(own.name, peer.identityKey) || suite < (pin?.suite ?? 0)) return false;
		if (pin === undefined || pin.suite === suite) return true;
		try {
			pins.setPin(own.name, {...pin, suite});
			return true;
		} catch (error) {
			trace.caught('disk', 'pin', error);
			return false;
		}
	}

	/** A receipt names these, which this device has not said itself: it was for what another one has said. */
	delivered(conversation: ConversationId, ids: readonly string[]): void {
		const known = this.#outbox.delivered(conversation, ids);
		if (known.length > 0) this.#options.conversations.delivered(conversation, known);
	}

	/** Why the person is away, as was said on any device of theirs; undefined when they are not, and before there are several. */
	get away(): string | undefined {
		const said = this.#options.history.replica.register('setting', AWAY);
		// It is JSON, as all settings are.
		const text: unknown = said && JSON.parse(said.toString());
		return typeof text === 'string' && text !== '' && Buffer.byteLength(text) <= AWAY_LIMIT ? text : undefined;
	}

	/** Whether any of the devices has said whether they are. */
	get knowsAway(): boolean {
		return this.#options.history.replica.register('setting', AWAY) !== undefined;
	}

	/** The same, said here: for all of their devices. Throws ClientError 'disk'. */
	setAway(away: string | undefined): void {
		if (away === undefined && !this.knowsAway) return;
		this.#options.history.replica.setRegister('setting', AWAY, Buffer.from(JSON.stringify(away ?? '')));
	}

	/** What this device sends for the others. Throws ClientError 'disk'. */
	sending(conversation: ConversationId): readonly OwnEntry[] {
		return this.#outbox.sending(conversation);
	}

	/** Sends what is due for others; when more will be, on the elapsed clock. */
	onTurn(): number {
		return this.#outbox.onTurn();
	}

	#taken(taken: TakenItems): void {
		const {conversations, contacts, trust, roster, disk, serverTime, onTaken, onAway} = this.#options;
		const {registers, fresh, changed} = taken;
		if (registers.length > 0) contacts().reload();
		if (registers.some(({register, name}) => register === REGISTER.setting && name === AWAY)) onAway(this.away);
		conversations.taken(taken, serverTime() - NEWS_MS);
		for (const [account, pin] of pinsIn(registers)) {
			disk.may(() => roster.told(account, pin));
			if (roster.has(account)) trust().apply(account);
		}

		const listed = registers.map(({name}) => talkWith(name));
		this.#outbox.look([...fresh.map(({conversation}) => conversation), ...changed, ...listed]);
		onTaken();
	}
}
