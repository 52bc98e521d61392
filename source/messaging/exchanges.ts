// What is under way with every device. What came is written down first, all of a turn in one step, and acknowledged then.
import {type DeviceChannel} from '../channel/channel.ts';
import {type ChannelUser} from '../channel/channel-user.ts';
import {type Device, deviceKey, foundingDevice} from '../channel/device.ts';
import {type KeptContent} from '../content/content.ts';
import {type DeviceLog, deviceIdOf, isLivingDevice} from '../protocol/devices/device-log.ts';
import {type LocalClock} from '../os/local-clock.ts';
import {type Trace} from '../os/trace.ts';
import {type ConversationId, membersOf, talkWith} from './conversation.ts';
import {Exchange, type ExchangePorts} from './exchange.ts';
import {type OwnEntry} from './history/history.ts';
import {Intake} from './intake.ts';

export type ExchangesPorts = Pick<ExchangePorts, 'away' | 'heads' | 'onHeads' | 'onChange' | 'files'> & {
	/** The one channel to a device. Its user is what `use` returned for it. */
	readonly channel: (device: Device) => DeviceChannel;
	readonly clock: LocalClock;
	/** Writes down what came, all at once. Throws when the disk refuses: nothing is acknowledged then. */
	readonly record: (
		arrived: ReadonlyArray<{readonly conversation: ConversationId; readonly content: KeptContent}>,
	) => void;
	/** Whether this is somebody who was not accepted. */
	readonly isStranger: (account: string) => boolean;
	readonly onDelivered: (conversation: ConversationId, ids: readonly string[]) => void;
	/** A receipt for what this device has not said: another one of the account may have. */
	readonly onDeliveredElsewhere: (conversation: ConversationId, ids: readonly string[]) => void;
	readonly onRefused: (conversation: ConversationId, ids: readonly string[]) => void;
	readonly onMoved: (conversation: ConversationId, ids: readonly string[], state: 'queued' | 'sent') => void;
	readonly trace: Trace;
};

export class Exchanges {
	readonly #ports: ExchangesPorts;
	readonly #exchangePorts: ExchangePorts;
	/** By device; one for each channel. */
	readonly #exchanges = new Map<string, Exchange>();
	/** What came and is not written down yet. */
	readonly #intake: Intake;

	constructor(ports: ExchangesPorts) {
		const {
			away,
			heads,
			onHeads,
			files,
			onDelivered,
			onDeliveredElsewhere,
			onRefused,
			onMoved,
			onChange,
			isStranger,
			clock,
		} = ports;
		this.#ports = ports;
		this.#intake = new Intake(isStranger, clock.elapsed);
		this.#exchangePorts = {
			elapsed: clock.elapsed,
			away,
			heads,
			onHeads,
			files,
			onStored: (exchange, stored) => {
				this.#intake.put(exchange, stored);
				exchange.channel.hold(this.#intake.isFull(exchange));
				exchange.channel.wake();
			},
			onDelivered: (exchange, ids) => onDelivered(conversationOf(exchange), ids),
			onDeliveredElsewhere: (exchange, ids) => onDeliveredElsewhere(conversationOf(exchange), ids),
			onRefused: (exchange, ids) => onRefused(conversationOf(exchange), ids),
			onMoved: (exchange, ids, state) => onMoved(conversationOf(exchange), ids, state),
			onChange,
		};
	}

	/** The user of a new channel. */
	use(channel: DeviceChannel): ChannelUser {
		const exchange = new Exchange(channel, this.#exchangePorts);
		this.#exchanges.set(deviceKey(channel.device), exchange);
		return exchange;
	}

	/** What is under way with a device. */
	exchange(device: Device): Exchange {
		const known = this.#exchanges.get(deviceKey(device));
		if (known !== undefined) return known;
		this.#ports.channel(device);
		return this.#exchanges.get(deviceKey(device))!;
	}

	/** Hands entries that are on the disk to each device of a conversation. */
	queue(conversation: ConversationId, entries: readonly OwnEntry[]): void {
		for (const exchange of this.#of(conversation)) exchange.queue(entries);
	}

	/** What waits in a conversation is as the disk has it now: `entries` is all of it. */
	renew(conversation: ConversationId, entries: readonly OwnEntry[]): void {
		for (const exchange of this.#of(conversation)) exchange.renew(entries);
	}

	/** Own messages and acts of a conversation that are not on the disk of each of its devices, in order. */
	outbox(conversation: ConversationId): readonly OwnEntry[] {
		return this.#of(conversation).flatMap(exchange => exchange.outbox);
	}

	/** Drops an entry that the person has cancelled; false when a session has it already. */
	cancel(conversation: ConversationId, id: string): boolean {
		return this.#of(conversation).every(exchange => exchange.cancel(id));
	}

	/** Forgets entries that another device of the account has done with, whether they wait or a session has them. */
	settle(conversation: ConversationId, ids: ReadonlySet<string>): void {
		for (const exchange of this.#of(conversation)) exchange.settle(ids);
	}

	/** The device log of an account is this now: sessions with devices that it does not admit are over, and the others hear how far it is known. */
	logGrown(account: string, log: DeviceLog): void {
		const exchange = this.#exchanges.get(deviceKey(foundingDevice(account)));
		if (exchange === undefined) return;
		const devices = [...log.living.values()]
			.filter(({key}) => isLivingDevice(log, key))
			.map(({key}) => deviceIdOf(key));
		exchange.channel.leaveRemoved(id => devices.some(each => each.equals(id)));
		exchange.tellHeads();
	}

	/** Tells everybody with a session whether we are away. */
	tellAway(): void {
		for (const exchange of this.#exchanges.values()) exchange.tellAway();
	}

	/** Tells everybody with a session how far the device logs are known here. */
	tellHeads(): void {
		for (const exchange of this.#exchanges.values()) exchange.tellHeads();
	}

	/** A turn of the channels begins: what came goes to the disk first, and is acknowledged then. When more of it is due, on the elapsed clock. */
	onTurn(): number {
		this.#record();
		return this.#intake.dueAt;
	}

	#of(conversation: ConversationId): readonly Exchange[] {
		return membersOf(conversation).map(device => this.exchange(device));
	}

	#record(): void {
		const taken = this.#intake.take();
		for (const exchange of sendersOf(taken)) exchange.channel.hold(this.#intake.isFull(exchange));
		const arrived = taken.filter(({exchange}) => exchange.channel.halted !== 'all');
		if (arrived.length === 0) return;
		try {
			this.#ports.record(arrived.map(({exchange, content}) => ({conversation: conversationOf(exchange), content})));
		} catch (error) {
			this.#ports.trace.caught('disk', 'messages', error);
			// Nothing is acknowledged: the senders keep what they sent, and try again in a session of its own.
			for (const exchange of sendersOf(arrived)) {
				this.#intake.drop(exchange);
				exchange.channel.drop();
				exchange.channel.hold(false);
			}

			return;
		}

		for (const {exchange, content} of arrived) exchange.acknowledge([content.id]);
	}
}

/** What a device says is said in the talk with its account. */
function conversationOf({device}: Exchange): ConversationId {
	return talkWith(device.account);
}

function sendersOf(arrived: ReadonlyArray<{readonly exchange: Exchange}>): ReadonlySet<Exchange> {
	return new Set(arrived.map(({exchange}) => exchange));
}
