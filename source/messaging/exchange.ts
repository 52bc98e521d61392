// What is under way with one device: what waits to go out, receipts, who is typing, who is away. The channel to it carries the bytes.
import {type Buffer} from 'node:buffer';
import {type DeviceChannel} from '../channel/channel.ts';
import {type ChannelUser} from '../channel/channel-user.ts';
import {type DevicePresence} from '../channel/told-presence.ts';
import {type Device} from '../channel/device.ts';
import {encodeContent} from '../content/content.ts';
import {type LogHeadsContent} from '../content/log-heads.ts';
import {DeviceOutbox} from './device-outbox.ts';
import {type OwnEntry, isAct} from './history/history.ts';
import {sortReceived} from './received-content.ts';
import {type Stored} from './stored.ts';
import {type FileTransfers} from './files/file-transfers.ts';
import {Typing} from './typing-signal.ts';
import {type OnlineDevice} from '../wire/messages/devices.ts';

export type ExchangePorts = {
	/** Ms of a clock that only runs forward. */
	readonly elapsed: () => number;
	/** Why we are away, as far as an account is to know; '' when we are not, undefined when it is not to know. */
	readonly away: (account: string) => string | undefined;
	/** The files that go and come. */
	readonly files: () => Pick<FileTransfers, 'wantedDevice' | 'onFiles' | 'onSession' | 'fill' | 'dueAt'>;
	/** How far both device logs are known here; undefined where the directory knows of none. */
	readonly heads: (account: string) => LogHeadsContent | undefined;
	/** The same as it is there: to be compared. */
	readonly onHeads: (exchange: Exchange, heads: LogHeadsContent) => void;
	/** What came and is to be written down; then call `acknowledge`. */
	readonly onStored: (exchange: Exchange, stored: readonly Stored[]) => void;
	readonly onDelivered: (exchange: Exchange, ids: readonly string[]) => void;
	/** It acknowledges these, which this device has not said: another one of the account may have. */
	readonly onDeliveredElsewhere: (exchange: Exchange, ids: readonly string[]) => void;
	/** The device cannot read these, and is not to be told them again. */
	readonly onRefused: (exchange: Exchange, ids: readonly string[]) => void;
	/** Own entries have gone into a session's hands, or come back out of them. */
	readonly onMoved: (exchange: Exchange, ids: readonly string[], state: 'queued' | 'sent') => void;
	/** The path, what waits, or what the device says of itself may be another; at most once a turn of the event loop. */
	readonly onChange: (exchange: Exchange) => void;
};

export class Exchange implements ChannelUser {
	readonly channel: DeviceChannel;
	readonly #ports: ExchangePorts;
	readonly #typing: Typing;
	readonly #outgoing = new DeviceOutbox();
	/** Why the person there is away, as they say in a session that stands. */
	#away = '';
	#isSought = false;

	constructor(channel: DeviceChannel, ports: ExchangePorts) {
		this.channel = channel;
		this.#ports = ports;
		this.#typing = new Typing(ports.elapsed, isTyping => this.#say({kind: 'typing', isTyping}));
	}

	get device(): Device {
		return this.channel.device;
	}

	/** Whether somebody is writing to us there just now, as they say. */
	get typing(): boolean {
		return this.channel.halted === 'no' && this.#typing.heard;
	}

	/** Why they are away, as they say; '' when they are not. */
	get away(): string {
		return this.channel.halted === 'no' ? this.#away : '';
	}

	/** Own messages and acts that are not on the device's disk, in order. */
	get outbox(): readonly OwnEntry[] {
		return this.#outgoing.entries;
	}

	/** How many of them are news: to have read something is none. */
	get outboxSize(): number {
		return this.#outgoing.newsSize;
	}

	/** Takes entries that are on the disk, behind those that wait. */
	queue(entries: readonly OwnEntry[]): void {
		this.#outgoing.queue(entries);
		if (entries.some(entry => !isAct(entry))) this.#typing.sent();
		this.channel.wake();
	}

	/** What waits is as the disk has it now: a message that was deleted before it left does not leave. */
	renew(entries: readonly OwnEntry[]): void {
		this.#outgoing.renew(entries);
		this.channel.wake();
	}

	/** Drops an entry that the person has cancelled; false when a session has it already. */
	cancel(id: string): boolean {
		return this.#outgoing.cancel(id);
	}

	/** Forgets what another device of the account has done with. */
	settle(ids: ReadonlySet<string>): void {
		this.#outgoing.settle(ids);
		this.channel.wake();
	}

	/** What has these ids is on the disk: the device is told with the next packet. */
	acknowledge(ids: readonly Buffer[]): void {
		this.#outgoing.acknowledge(ids);
		this.channel.wake();
	}

	/** Says that we are away, if we are: with each session that comes. */
	tellIfAway(): void {
		if ((this.#ports.away(this.device.account) ?? '') !== '') this.tellAway();
	}

	/** Says whether we are away, in a session that stands. */
	tellAway(): void {
		const text = this.#ports.away(this.device.account);
		if (this.channel.halted !== 'no' || !this.channel.stands || text === undefined) return;
		this.#say({kind: 'away', text});
	}

	/** Says how far both device logs are known here, in a session that stands. */
	tellHeads(): void {
		const heads = this.#ports.heads(this.device.account);
		if (heads !== undefined && this.channel.stands) this.#say(heads);
	}

	/** Says whether the person here is writing: in a session that stands, for nothing else is it worth one. */
	tellTyping(isTyping: boolean): void {
		if (this.channel.halted === 'no' && this.channel.isTrusted) this.#typing.tell(isTyping);
	}

	/** What the directory says of the device, and which devices of the account are online. */
	presence(presence: DevicePresence, devices?: readonly OnlineDevice[]): void {
		if (presence === 'offline') this.#forgetSignals();
		this.channel.presence(presence, devices);
	}

	/** Leaves every session, and forgets what waits: the disk has it. */
	leave(): void {
		this.channel.halt('all');
		this.#outgoing.forget();
	}

	/** From now on a session is worth having though nothing waits: somebody wants to know whether there is a way. */
	seek(): void {
		this.#isSought = true;
		this.channel.wake();
	}

	get wanted(): boolean {
		return this.#isSought || this.#outgoing.size > 0;
	}

	/** The device that has a file which is wanted here. */
	get wantedDevice(): Buffer | undefined {
		return this.channel.halted === 'no' ? this.#ports.files().wantedDevice(this.device.account) : undefined;
	}

	get dueAt(): number {
		return Math.min(
			this.#hasFiles ? this.#ports.files().dueAt(this.device.account) : Number.POSITIVE_INFINITY,
			this.#typing.deadline,
			// While something is under way, its acknowledgement comes first.
			this.channel.idle ? this.#outgoing.overdueAt : Number.POSITIVE_INFINITY,
			this.channel.stands ? this.#outgoing.refusalsAt : Number.POSITIVE_INFINITY,
		);
	}

	onTurn(): void {
		const now = this.#ports.elapsed();
		this.#typing.run();
		if (!this.channel.stands) return;
		// All that was said has arrived, and no receipt has come for long.
		if (this.channel.idle && this.#outgoing.overdueAt <= now) this.#outgoing.takeBack();
		const enqueue = (content: Buffer) => this.channel.enqueue(content);
		const ids = this.#outgoing.handOver(enqueue, now, this.channel.halted === 'no');
		if (ids.length > 0) this.#ports.onMoved(this, ids, 'sent');
		if (this.#hasFiles) {
			this.#ports.files().fill(this.device.account, (...message) => this.channel.enqueueFile(...message));
		}
	}

	onFiles(...said: Parameters<ChannelUser['onFiles']>): void {
		if (this.channel.halted === 'no') this.#ports.files().onFiles(this.device.account, ...said);
	}

	onTurnEnd(): void {
		this.#ports.onChange(this);
	}

	onContent(contents: readonly Buffer[]): void {
		const now = this.#ports.elapsed();
		const sorted = sortReceived(contents, this.#outgoing, this.#typing, now);
		const {stored, delivered, elsewhere, refused, away, heads} = sorted;
		this.#away = away ?? this.#away;
		if (heads !== undefined) this.#ports.onHeads(this, heads);
		if (delivered.length > 0) this.#ports.onDelivered(this, delivered);
		if (elsewhere.length > 0) this.#ports.onDeliveredElsewhere(this, elsewhere);
		if (refused.length > 0) this.#ports.onRefused(this, refused);
		if (stored.length > 0) this.#ports.onStored(this, stored);
	}

	onSession(): void {
		this.#takeBack();
		this.#ports.files().onSession(this.device.account, this.channel.peerId);
		this.tellHeads();
		this.tellIfAway();
	}

	onSessionEnd(): void {
		this.#ports.files().onSession(this.device.account, this.channel.peerId);
		if (!this.channel.stands) this.#forgetSignals();
		this.#takeBack();
	}

	/** Whether files may come and go: nothing of them is due otherwise. */
	get #hasFiles(): boolean {
		return this.channel.stands && this.channel.halted === 'no';
	}

	#say(signal: Parameters<typeof encodeContent>[0]): void {
		this.channel.enqueue(encodeContent(signal));
		this.channel.wake();
	}

	/** Nobody is there to type or to be away. */
	#forgetSignals(): void {
		this.#typing.forget();
		this.#away = '';
	}

	/** What no receipt has come for goes out again in the next session. */
	#takeBack(): void {
		const ids = this.#outgoing.takeBack();
		if (ids.length > 0) this.#ports.onMoved(this, ids, 'queued');
	}
}
