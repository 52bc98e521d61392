// Which devices an account has: the device logs of the own account and of everybody in the list, kept on the disk, and asked before a session
// stands. What the directory shows of a log that is not the known one is told as a changed key.
import {type Buffer} from 'node:buffer';
import {type LogHead, type LogHeadsContent} from '../content/log-heads.ts';
import {type LogKeeper} from '../channel/directory/log-keeper.ts';
import {type Timers} from '../channel/network/timer-port.ts';
import {type DeviceLog, isLivingDevice} from '../protocol/devices/device-log.ts';
import {type Pinned} from '../protocol/session/established.ts';
import {decodeDeviceEntry} from '../wire/messages/device-entry.ts';
import {type AccountDevices} from './account-devices.ts';
import {ClaimedHeads, type HeadClaim} from './claimed-heads.ts';
import {type ContactTrust} from './contact-trust.ts';
import {type History} from './history/history.ts';
import {type Pins} from './pins.ts';

/** Accounts of strangers whose logs are followed; the oldest goes first. */
export const STRANGERS_LIMIT = 256;

/** Under this and a name it is remembered that the directory shows another log of it, until a person decides. */
const DOUBTED_KEY = 'device-list-doubted-';

type LogStore = Pick<History, 'deviceLogs' | 'addToDeviceLog' | 'removeDeviceLog' | 'recall' | 'remember'>;

export type FollowedLogsOptions = {
	/** The own account, with its founding key of 32 bytes. */
	readonly own: {readonly name: string; readonly foundingKey: Buffer};
	readonly history: LogStore;
	readonly pins: Pins;
	/** Of the directory, which exists once this does. */
	readonly logs: () => LogKeeper;
	/** Entries of a log are new, which is this now. */
	readonly onGrown: (name: string, log: DeviceLog) => void;
	/** A contact uses so many devices now, and not those of before. */
	readonly onDevices: (name: string, count: number) => void;
	readonly timers: Timers;
	/** Does what the disk may refuse. */
	readonly may: <T>(work: () => T) => T | undefined;
	/** A contact was shown another log of the own account than we know: one that ends so. */
	readonly onContradicted: (by: string, head: LogHead) => void;
	readonly trust: () => Pick<ContactTrust, 'founded' | 'claimed' | 'forked'>;
};

export class FollowedLogs implements AccountDevices {
	readonly #options: FollowedLogsOptions;
	/** By name, oldest first; STRANGERS_LIMIT at most. */
	readonly #strangers = new Set<string>();
	readonly #claimed: ClaimedHeads;

	constructor(options: FollowedLogsOptions) {
		this.#options = options;
		const {own, timers, onContradicted} = options;
		this.#claimed = new ClaimedHeads({
			timers,
			has: (name, head) => this.#logs.has(name, head),
			onMissing(by, {name, head}) {
				if (name === own.name) onContradicted(by, head);
				else options.logs().contradict(name);
			},
		});
	}

	/** Takes up the own log, and those of these contacts. */
	open(contacts: readonly string[]): void {
		const {own, history} = this.#options;
		const kept = history.deviceLogs();
		for (const name of [own.name, ...contacts]) this.#follow(name, kept.get(name) ?? []);
	}

	/** Somebody is in the list from here on. */
	follow(name: string): void {
		const {history} = this.#options;
		const known = this.#strangers.delete(name) ? this.#logs.entries(name) : [];
		if (known.length === 0) {
			this.#follow(name, history.deviceLogs().get(name) ?? []);
			return;
		}

		history.removeDeviceLog(name);
		history.addToDeviceLog(name, known);
	}

	/** Somebody is not in the list any more. What is known of the log stays on the disk, as the pin does. */
	leave(name: string): void {
		this.#logs.drop(name);
	}

	/** Nobody is asked any more. */
	stop(): void {
		this.#claimed.stop();
	}

	/** Another founding key counts from here on, or the log that the directory shows now. */
	beginAnew(name: string): void {
		const {history} = this.#options;
		history.remember(DOUBTED_KEY + name, undefined);
		history.removeDeviceLog(name);
		this.#follow(name, []);
		this.#logs.look(name);
	}

	/** What a session with an account must prove; 'refuse' while it is not known, and is asked for. */
	pinned(account: string): Pinned | 'refuse' | undefined {
		const {own, pins} = this.#options;
		const logs = this.#logs;
		const pin = pins.pin(account);
		const log = logs.log(account);
		// A device that the directory keeps from being known as removed is in the known log: in doubt only the founding key speaks.
		const isDoubted = account !== own.name && logs.alarm(account) !== undefined;
		const admits = (key: Buffer) => logs.admits(account, key) && (!isDoubted || log?.foundingKey.equals(key) !== false);
		if (account === own.name) return {identityKey: own.foundingKey, suite: pin?.suite ?? 0, admits};
		if (log !== undefined) return {identityKey: pin?.identityKey ?? log.foundingKey, suite: pin?.suite ?? 0, admits};
		// A directory that knows no logs knows one device of each account.
		if (logs.log(own.name) === undefined || logs.isAnswered(account)) return pin;
		if (pin !== undefined && logs.keeps(account)) return {...pin, admits};
		this.#ask(account);
		return 'refuse';
	}

	/** How far the own log and that of an account are known, for that account; undefined where the directory knows no logs. */
	heads(account: string): LogHeadsContent | undefined {
		const own = this.#headOf(this.#options.own.name);
		return own && {kind: 'log-heads', own, other: this.#headOf(account)};
	}

	/** What an account says of both: the directory may show each of us another log, or hold something back. */
	compare(account: string, {own: theirs, other: ours}: LogHeadsContent): void {
		const {own} = this.#options;
		const claims = [
			{name: account, head: theirs},
			{name: own.name, head: ours},
		];
		const isFollowed = (claim: {name: string; head: LogHead | undefined}): claim is HeadClaim =>
			claim.head !== undefined && this.#logs.keeps(claim.name);
		this.#claimed.take(account, claims.filter(isFollowed));
	}

	foundingKey(account: string): Buffer | undefined {
		return this.#logs.log(account)?.foundingKey;
	}

	admits(account: string, key: Buffer): boolean {
		return this.#logs.admits(account, key);
	}

	/** The log has grown: as LogKeeper tells of it. */
	grown(name: string, log: DeviceLog, fresh: readonly Buffer[]): void {
		if (!this.#strangers.has(name)) this.#options.history.addToDeviceLog(name, fresh);
		this.#options.onGrown(name, log);
		// The first that is known of somebody is no change.
		if (fresh.length < log.count && fresh.some(entry => isAboutDevice(entry))) {
			this.#options.onDevices(name, [...log.living.values()].filter(({key}) => isLivingDevice(log, key)).length);
		}
	}

	/** The directory shows another log of somebody else: as LogKeeper tells of it. */
	async alarmed(name: string): Promise<void> {
		const {pins, trust, history, may} = this.#options;
		const known = pins.pin(name)?.identityKey;
		// Nothing was promised of whom nobody has met.
		if (known === undefined) return may(() => this.beginAnew(name));
		const shown = await this.#logs.shown(name);
		if (shown === undefined || shown.foundingKey.equals(known)) {
			may(() => history.remember(DOUBTED_KEY + name, 'yes'));
			trust().forked(name);
		} else if (isLivingDevice(shown, known)) {
			// It was pinned before the log was known, and has itself signed that it is a device of the account with that founding key.
			trust().founded(name, shown.foundingKey);
			may(() => this.beginAnew(name));
		} else {
			trust().claimed(name, shown.foundingKey);
		}
	}

	get #logs(): LogKeeper {
		return this.#options.logs();
	}

	#headOf(name: string): LogHead | undefined {
		const log = this.#logs.log(name);
		return log && {count: log.count, head: log.head};
	}

	#follow(name: string, entries: readonly Buffer[]): void {
		const {history} = this.#options;
		if (!this.#logs.keep(name, this.#pinnedKey(name), entries)) {
			// They are of a key that does not count any more.
			history.removeDeviceLog(name);
			this.#logs.keep(name, this.#pinnedKey(name));
		}

		if (history.recall(DOUBTED_KEY + name) !== undefined) this.#logs.contradict(name);
	}

	/** Asks about the log of somebody who may not be in the list. */
	#ask(name: string): void {
		if (!this.#logs.keeps(name)) {
			const [oldest] = this.#strangers;
			if (oldest !== undefined && this.#strangers.size >= STRANGERS_LIMIT) {
				this.#strangers.delete(oldest);
				this.#logs.drop(oldest);
			}

			this.#strangers.add(name);
			this.#follow(name, this.#options.history.deviceLogs().get(name) ?? []);
		}

		this.#logs.look(name);
	}

	#pinnedKey(name: string): Buffer | undefined {
		const {own, pins} = this.#options;
		return name === own.name ? own.foundingKey : pins.pin(name)?.identityKey;
	}
}

/** Whether an entry adds or removes a device. */
function isAboutDevice(bytes: Buffer): boolean {
	const {kind, role} = decodeDeviceEntry(bytes) ?? {};
	return (kind === 'add' || kind === 'remove') && role !== 'recovery';
}
