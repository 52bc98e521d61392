// The devices of the own account, for the person who has them: which there are, the link for one more, what they are called, and what other
// devices have done to the list.
import {type Buffer} from 'node:buffer';
import {type IdentityKey} from '../crypto/identity.ts';
import {type Path} from '../channel/channel-path.ts';
import {type DirectoryConnection} from '../channel/directory/directory-connection.ts';
import {type LinkNews} from '../channel/directory/link-host.ts';
import {type ServerPlace} from '../channel/directory/login-attempt.ts';
import {type DeviceLog, type LogMember, extendLog, isLivingDevice} from '../protocol/devices/device-log.ts';
import {type DeviceEntry, type DeviceRole, decodeDeviceEntry} from '../wire/messages/device-entry.ts';
import {type OnlineDevice} from '../wire/messages/devices.ts';
import {type LogHead} from '../content/log-heads.ts';
import {type ReplicatedHistory} from '../messaging/history/replica.ts';
import {ClientError} from '../os/errors.ts';
import {type LocalClock} from '../os/local-clock.ts';
import {isSamePath} from './contact-status.ts';
import {DeviceLabels, cutLabel} from './device-labels.ts';
import {type MadeLink, OfferedLink} from './device-link-offer.ts';
import {type ListDifference, changeOwnLog, differencesOf, deviceIdText} from './own-log-changes.ts';
import {type DeviceNews, type OwnDevice} from './snapshot.ts';
import {type SnapshotStore} from './snapshot-store.ts';
import {catalogue} from '../catalogue/catalogue.ts';

/** How many entries of the own log the person has looked at is remembered under it. */
const LOOKED_KEY = 'devices-looked-at';
/** When a device was online last, server ms, under this and its id. */
const SEEN_KEY = 'device-seen-';
/** What a contact said of the own log and the person has looked into, under this and their name. */
const ACCEPTED_KEY = 'device-list-of-';

export type OwnDevicesPorts = {
	readonly name: string;
	readonly identity: IdentityKey;
	readonly server: ServerPlace;
	readonly history: Pick<ReplicatedHistory, 'recall' | 'remember' | 'replica'>;
	readonly directory: Pick<DirectoryConnection, 'logs' | 'links'>;
	readonly snapshots: Pick<SnapshotStore, 'devices'>;
	/** Does what the disk may refuse. */
	readonly may: <T>(work: () => T) => T | undefined;
	readonly clock: LocalClock;
	/** Server time, ms. */
	readonly serverTime: () => number;
	/** What this machine calls itself: a label for a device that has none. */
	readonly hostName: string;
	/** Takes the own log from the directory anew, from the founding key on. */
	readonly beginAnew: () => void;
	/** How many entries of the log here another device has not on its disk, by its id; undefined while there is no session with it. */
	readonly lacks: (id: string) => number | undefined;
};

/** What a person does about them. */
export type DeviceActs = Pick<
	OwnDevices,
	'offer' | 'closeOffer' | 'remove' | 'setRole' | 'rename' | 'meant' | 'look' | 'differences' | 'accept' | 'lacks'
>;

export class OwnDevices {
	readonly #ports: OwnDevicesPorts;
	/** 16 hex digits. */
	readonly #own: string;
	readonly #labels: DeviceLabels;
	readonly #link: OfferedLink;
	/** How the others are reached, by id: those with a session. */
	readonly #paths = new Map<string, Path>();
	/** The others that are online, by id; undefined while the directory has not said so. ONLINE_LIMIT at most. */
	#online: ReadonlySet<string> | undefined;
	#contradicted: {readonly by: string; readonly head: LogHead} | undefined;

	constructor(ports: OwnDevicesPorts) {
		this.#ports = ports;
		this.#own = deviceIdText(ports.identity.publicKey);
		this.#labels = new DeviceLabels(ports.history);
		this.#link = new OfferedLink({...ports, labels: this.#labels, onChange: () => this.refresh()});
	}

	/** The one that this is, 16 hex digits. */
	get own(): string {
		return this.#own;
	}

	/** A link for one more device, in place of the one before: as OfferedLink.make. Throws ClientError: bad-device, unreachable. */
	offer(role: Exclude<DeviceRole, 'recovery'>): MadeLink {
		if (this.#ownRole === 'keeper') throw new ClientError('bad-device', catalogue.devices.keeperMayNot);
		if (this.#labels.of(this.#own) === '') this.#labels.set(this.#own, this.#ports.hostName);
		return this.#link.make(role);
	}

	/** Nobody joins by the link with this number any more. */
	closeOffer(number: number): void {
		this.#link.close(number);
	}

	/** What came of the link: as LinkHost tells of it. */
	linked(news: LinkNews): void {
		this.#link.take(news);
	}

	/**
	 * Takes a device out of the account: it is signed out, and never comes back. Resolves once the directory has it. Throws ClientError:
	 * unknown-device, bad-device, unreachable, refused.
	 */
	async remove(id: string): Promise<void> {
		const {key} = this.#member(id);
		const words = catalogue.devices;
		if (this.#ownRole === 'keeper' && id !== this.#own) throw new ClientError('bad-device', words.keeperMayNot);
		await this.#change(key, (log, {role}) => {
			if (role === 'recovery') throw new ClientError('bad-device', words.recoveryStays);
			stayOne(log, key);
			return {kind: 'remove', role};
		});
	}

	/**
	 * Makes a device a keeper, or a keeper a device. Resolves once the directory has it. Throws ClientError: unknown-device, bad-device,
	 * unreachable, refused.
	 */
	async setRole(id: string, to: Exclude<DeviceRole, 'recovery'>): Promise<void> {
		const {key} = this.#member(id);
		const words = catalogue.devices;
		if (this.#ownRole === 'keeper') throw new ClientError('bad-device', words.keeperMayNot);
		await this.#change(key, (log, {role}) => {
			if (role === 'recovery') throw new ClientError('bad-device', words.recoveryStays);
			if (role === to) return undefined;
			if (to === 'keeper') stayOne(log, key);
			return {kind: 'role', role: to};
		});
	}

	/** Calls a device something else, on all devices; at most LABEL_LIMIT bytes count. Throws ClientError: unknown-device, bad-device, disk. */
	rename(id: string, label: string): void {
		const shown = cutLabel(label.trim());
		if (shown === '') throw new ClientError('bad-device', catalogue.devices.noLabel);
		this.#member(id);
		this.#labels.set(id, shown);
		this.refresh();
	}

	/** The device that a person means by its label, or by the beginning of its id. Throws ClientError 'unknown-device'. */
	meant(typed: string): OwnDevice {
		const devices = this.#list();
		const called = devices.filter(({label}) => label === typed.trim());
		const begins = devices.filter(({id}) => typed.length >= 4 && id.startsWith(typed.toLowerCase()));
		const [only, second] = called.length > 0 ? called : begins;
		if (only !== undefined && second === undefined) return only;
		const {unknown, several} = catalogue.devices;
		throw new ClientError('unknown-device', second === undefined ? unknown(typed) : several(typed));
	}

	/** What this device calls itself from its first sign-in on. */
	callThis(label: string): void {
		this.#ports.may(() => this.#labels.set(this.#own, cutLabel(label.trim())));
	}

	/** The person has seen what other devices have done to the list. */
	look(): void {
		const {name, directory, history} = this.#ports;
		const count = String(directory.logs.entries(name).length);
		if (history.recall(LOOKED_KEY) === count) return;
		history.remember(LOOKED_KEY, count);
		this.refresh();
	}

	/** How many entries another device still has to take from here; undefined while there is no session with it. */
	lacks(id: string): number | undefined {
		return this.#ports.lacks(id);
	}

	/**
	 * What the directory says of the own devices otherwise than the list here, which is to be looked at before `accept`; none without an
	 * alarm. Throws ClientError: unreachable, bad-device (that list cannot be taken: it is of another founding key, or without this device).
	 */
	async differences(): Promise<readonly ListDifference[]> {
		const {name, directory, identity} = this.#ports;
		const {logs} = directory;
		if (logs.alarm(name) === undefined) return [];
		const known = logs.log(name);
		const shown = await logs.shown(name);
		if (shown === undefined) throw new ClientError('unreachable', catalogue.devices.offline);
		const isOurs = known === undefined || shown.foundingKey.equals(known.foundingKey);
		if (isOurs && isLivingDevice(shown, identity.publicKey)) return differencesOf(known, shown);
		throw new ClientError('bad-device', catalogue.devices.otherFounder);
	}

	/**
	 * The person has looked into it: the list that the directory shows counts from here on, and what a contact said of it is known. Throws
	 * ClientError as `differences` does, and 'disk'.
	 */
	async accept(): Promise<void> {
		const {name, directory, history, beginAnew} = this.#ports;
		if (this.#contradicted !== undefined) {
			const {by, head} = this.#contradicted;
			history.remember(ACCEPTED_KEY + by, wordOf(head));
			this.#contradicted = undefined;
		}

		if (directory.logs.alarm(name) !== undefined) {
			await this.differences();
			beginAnew();
		}

		this.refresh();
	}

	/** The directory says which others are online; undefined: it is out of reach. */
	online(devices: readonly OnlineDevice[] | undefined): void {
		const before = this.#online;
		this.#online = devices && new Set(devices.map(({id}) => id.toString('hex')));
		const now = this.#online ?? new Set<string>();
		// Those that were there until now, and those that came: what is on the disk is right even after a kill.
		for (const {key} of this.#living) {
			const id = deviceIdText(key);
			if (now.has(id) !== (before?.has(id) === true)) this.#saw(id);
		}

		this.refresh();
	}

	/** How another device is reached: it is shown when a person would see a difference. */
	reached(id: string, path: Path): void {
		const shown = this.#paths.get(id) ?? {kind: 'none'};
		if (isSamePath(shown, path)) return;
		if (path.kind === 'lan' || path.kind === 'direct') this.#paths.set(id, path);
		else if (!this.#paths.delete(id)) return;
		this.#saw(id);
		this.refresh();
	}

	/** A contact was shown another list, as they say: one whose newest entry is `head`. */
	contradicted(by: string, head: LogHead): void {
		if (this.#ports.history.recall(ACCEPTED_KEY + by) === wordOf(head)) return;
		this.#contradicted = {by, head};
		this.refresh();
	}

	/** Shows everything as it is now: the log, or what devices are called, has changed. */
	refresh(): void {
		const {name, directory, snapshots, may} = this.#ports;
		const {logs} = directory;
		const isAlarmed = logs.alarm(name) !== undefined;
		if (logs.log(name) === undefined && !isAlarmed) return;
		may(() => this.#labels.share(this.#living.map(({key}) => deviceIdText(key))));
		const contradictedBy = this.#contradicted?.by;
		snapshots.devices = {list: this.#list(), news: this.#news(), link: this.#link.state, isAlarmed, contradictedBy};
	}

	async #change(
		key: Buffer,
		changeFor: (
			log: DeviceLog,
			member: LogMember,
		) => {readonly kind: 'remove' | 'role'; readonly role: DeviceRole} | undefined,
	): Promise<void> {
		const {name, identity, directory, serverTime} = this.#ports;
		const sign = (log: DeviceLog) => {
			const member = log.living.get(key.toString('hex'));
			const change = member && changeFor(log, member);
			return change && extendLog(log, identity, {...change, subject: key}, serverTime());
		};

		try {
			await changeOwnLog(directory, name, sign, () => new ClientError('bad-device', catalogue.devices.notTaken));
		} finally {
			this.refresh();
		}
	}

	#saw(id: string): void {
		const {may, history, serverTime} = this.#ports;
		may(() => history.remember(SEEN_KEY + id, String(Math.trunc(serverTime()))));
	}

	get #entries(): DeviceEntry[] {
		const {name, directory} = this.#ports;
		return directory.logs.entries(name).flatMap(bytes => decodeDeviceEntry(bytes) ?? []);
	}

	get #living(): readonly LogMember[] {
		const {name, directory} = this.#ports;
		return [...(directory.logs.log(name)?.living.values() ?? [])];
	}

	get #ownRole(): DeviceRole | undefined {
		return this.#living.find(({key}) => deviceIdText(key) === this.#own)?.role;
	}

	#member(id: string): LogMember {
		const member = this.#living.find(({key}) => deviceIdText(key) === id);
		if (member === undefined) throw new ClientError('unknown-device', catalogue.devices.unknown(id));
		return member;
	}

	#list(): OwnDevice[] {
		const entries = this.#entries;
		const {hostName} = this.#ports;
		return this.#living
			.map(({key, role, index, time}): OwnDevice => {
				const id = deviceIdText(key);
				const signer = entries[index]?.signer;
				const isThis = id === this.#own;
				const by = signer === undefined || signer.equals(key) ? undefined : deviceIdText(signer);
				const path = this.#paths.get(id);
				const online = isThis || path !== undefined || this.#online?.has(id);
				// Nobody is told what this one is called before there is another.
				const label = this.#labels.of(id) || (isThis ? cutLabel(hostName) : '');
				const device = {id, label, role, isThis, online, path, added: time, by};
				return {...device, lastSeen: online === true ? undefined : this.#seen(id), byLabel: by && this.#labels.of(by)};
			})
			.toSorted((a, b) => Number(b.isThis) - Number(a.isThis) || a.added - b.added);
	}

	/** Entries since this device was added that another one made, and that nobody has looked at here. */
	#news(): DeviceNews[] {
		const {identity, history} = this.#ports;
		const entries = this.#entries;
		const own = entries.findIndex(({subject}) => subject.equals(identity.publicKey));
		const looked = Number(history.recall(LOOKED_KEY) ?? 0);
		return entries.slice(Math.max(own + 1, looked)).flatMap(({kind, subject, signer, role, time}): DeviceNews[] => {
			if (kind === 'found' || signer.equals(identity.publicKey)) return [];
			const [id, by] = [deviceIdText(subject), deviceIdText(signer)];
			return [{kind, id, label: this.#labels.of(id), role, time, by, byLabel: this.#labels.of(by)}];
		});
	}

	/** Server ms; undefined where nobody has seen it. */
	#seen(id: string): number | undefined {
		const seen = this.#ports.history.recall(SEEN_KEY + id);
		return seen === undefined ? undefined : Number(seen);
	}
}

/** Throws ClientError where nobody but `key` would be left who may sign. */
function stayOne({living}: DeviceLog, key: Buffer): void {
	const others = [...living.values()].filter(each => each.role === 'device' && !each.key.equals(key));
	if (others.length === 0) throw new ClientError('bad-device', catalogue.devices.lastStays);
}

function wordOf({count, head}: LogHead): string {
	return `${count} ${head.toString('hex')}`;
}
