// What others are told of the person here: what was read, whether they are away or writing; and on which of their devices they are.
import {foundingDevice} from '../channel/device.ts';
import {type AccountReplication} from '../messaging/account-replication.ts';
import {type ContactTrust} from '../messaging/contact-trust.ts';
import {type ConversationId, otherIn} from '../messaging/conversation.ts';
import {type Conversations} from '../messaging/conversations.ts';
import {type DiskWatch} from '../messaging/disk-watch.ts';
import {type Exchange} from '../messaging/exchange.ts';
import {type Exchanges} from '../messaging/exchanges.ts';
import {type MessageOutbox} from '../messaging/message-outbox.ts';
import {type Roster} from '../messaging/roster.ts';
import {ClientError} from '../os/errors.ts';
import {showExchange} from './contact-status.ts';
import {type SnapshotStore} from './snapshot-store.ts';
import {catalogue} from '../catalogue/catalogue.ts';

export type OwnSignalsPorts = {
	readonly roster: Roster;
	readonly conversations: Conversations;
	readonly exchanges: Exchanges;
	readonly outbox: Pick<MessageOutbox, 'tellRead'>;
	readonly trust: Pick<ContactTrust, 'isOpenTo'>;
	readonly replication: Pick<AccountReplication, 'knowsAway' | 'setAway' | 'signals'>;
	readonly disk: DiskWatch;
	readonly snapshots: SnapshotStore;
	/** Something was read: its clocks may run. */
	readonly onRead: () => void;
};

export class OwnSignals {
	readonly #ports: OwnSignalsPorts;

	constructor(ports: OwnSignalsPorts) {
		this.#ports = ports;
	}

	/**
	 * What came in is read, up to the message with the id `upTo`, or all of it; told, it is so in one act however much
	 * it was. False when the disk does not take it: then it is not read.
	 */
	markRead(conversation: ConversationId, isTold: boolean, upTo?: string): boolean {
		const {disk, conversations, trust, outbox, onRead} = this.#ports;
		const read = disk.may(() => ({newest: conversations.markRead(conversation, upTo)}));
		onRead();
		const newest = read?.newest;
		if (newest !== undefined && isTold && trust.isOpenTo(otherIn(conversation)))
			disk.may(() => outbox.tellRead(conversation, newest));
		return read !== undefined;
	}

	/** On all devices of the account; undefined: the person is back. False when it holds only as long as this process runs: there is one device. */
	setAway(text: string | undefined): boolean {
		const {disk, replication} = this.#ports;
		this.showAway(text);
		disk.may(() => replication.setAway(text));
		return replication.knowsAway;
	}

	/** The same as another device says it, or as it was when this one was here last. */
	showAway(text: string | undefined): void {
		const {snapshots, exchanges} = this.#ports;
		if (snapshots.snapshot().away === text) return;
		snapshots.away = text;
		exchanges.tellAway();
	}

	/** The first of the other devices may just have come: what was said before is told, where none of them has said anything. */
	shareAway(): void {
		const {disk, replication, snapshots} = this.#ports;
		const {away} = snapshots.snapshot();
		if (away !== undefined && !replication.knowsAway) disk.may(() => replication.setAway(away));
	}

	/** Opens a session with a contact as soon as there is a way, though nothing waits for them. Throws ClientError 'unknown-contact'. */
	seek(name: string): void {
		if (!this.#ports.roster.isAccepted(name)) {
			throw new ClientError('unknown-contact', catalogue.refusals.notInList(name));
		}

		this.#exchange(name).seek();
	}

	/** Tells a contact whether the person here is writing to them, when a session with them stands. */
	typing(name: string, isTyping: boolean): void {
		if (this.#ports.trust.isOpenTo(name)) this.#exchange(name).tellTyping(isTyping);
	}

	/** A person has pressed a key here. */
	pressed(): void {
		this.#ports.replication.signals.pressed();
	}

	/** As SiblingSignals. */
	get usedElsewhere(): number | undefined {
		return this.#ports.replication.signals.usedElsewhere;
	}

	/** What is under way with a contact may be shown otherwise. */
	changed(exchange: Exchange): void {
		const {account} = exchange.device;
		const {signals} = this.#ports.replication;
		signals.contact(account, {isTyping: exchange.typing, away: exchange.away});
		this.#show(exchange, account);
	}

	/** A contact says something of themselves to another device. */
	heard(account: string): void {
		this.#show(this.#exchange(account), account);
	}

	#show(exchange: Exchange, account: string): void {
		const {snapshots, replication} = this.#ports;
		// Whoever tells it: of who is blocked, or has another key, nothing is shown.
		const isHalted = exchange.channel.halted !== 'no';
		showExchange(snapshots, exchange, isHalted ? {isTyping: false, away: ''} : replication.signals.of(account));
	}

	#exchange(account: string): Exchange {
		return this.#ports.exchanges.exchange(foundingDevice(account));
	}
}
