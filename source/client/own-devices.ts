// The devices of the own account, for the person who has them: which there are, the link for one more, what they are called, and what other
// devices have done to the list.
import {Buffer} from 'node:buffer';
import {wipe} from '../crypto/bytes.ts';
import {type IdentityKey} from '../crypto/identity.ts';
import {type DirectoryConnection} from '../channel/directory/directory-connection.ts';
import {type LinkNews} from '../channel/directory/link-host.ts';
import {type ServerPlace} from '../channel/directory/login-attempt.ts';
import {type LogMember, deviceIdOf, extendLog} from '../protocol/devices/device-log.ts';
import {LABEL_LIMIT} from '../protocol/devices/link-keys.ts';
import {LINK_LIFE_MS} from '../protocol/devices/link-offer.ts';
import {formatDeviceLink} from '../wire/device-link.ts';
import {type DeviceEntry, type DeviceRole, decodeDeviceEntry} from '../wire/messages/device-entry.ts';
import {type OnlineDevice} from '../wire/messages/devices.ts';
import {type ReplicatedHistory} from '../messaging/history/replica.ts';
import {ClientError} from '../os/errors.ts';
import {type LocalClock} from '../os/local-clock.ts';
import {type DeviceLinkState, type DeviceNews, type OwnDevice} from './snapshot.ts';
import {type SnapshotStore} from './snapshot-store.ts';
import {catalogue} from '../catalogue/catalogue.ts';

/** How many entries of the own log the person has looked at is remembered under it. */
const LOOKED_KEY = 'devices-looked-at';
/** And what a device is called, which a register can only hold once there are several. */
const LABEL_KEY = 'device-label-';

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
};

/** What a person does about them. */
export type DeviceActs = Pick<OwnDevices, 'offer' | 'closeOffer' | 'remove' | 'rename' | 'meant' | 'look'>;

export class OwnDevices {
	readonly #ports: OwnDevicesPorts;
	/** 16 hex digits. */
	readonly #own: string;
	/** The others that are online, by id; undefined while the directory has not said so. ONLINE_LIMIT at most. */
	#online: ReadonlySet<string> | undefined;
	#link: DeviceLinkState | undefined;
	#contradictedBy: string | undefined;
	/** Links that were made here since the start. */
	#made = 0;

	constructor(ports: OwnDevicesPorts) {
		this.#ports = ports;
		this.#own = idOf(ports.identity.publicKey);
	}

	/** The one that this is, 16 hex digits. */
	get own(): string {
		return this.#own;
	}

	/**
	 * A link for one more device, in place of the one before: its text holds a secret, and is not kept here. It is over at `expires` (local
	 * ms) or before, as `link` in the snapshot tells under the same `number`. Throws ClientError: bad-device, unreachable.
	 */
	offer(role: Exclude<DeviceRole, 'recovery'>): {
		readonly link: string;
		readonly expires: number;
		readonly number: number;
	} {
		const {name, server, directory, clock, hostName} = this.#ports;
		if (this.#ownRole === 'keeper') throw new ClientError('bad-device', catalogue.devices.keeperMayNot);
		const open = directory.links.open(role);
		if (open === undefined) throw new ClientError('unreachable', catalogue.devices.offline);
		if (this.#labelOf(this.#own) === '') this.#setLabel(this.#own, hostName);
		const link = formatDeviceLink({...server, name, ...open});
		wipe(open.secret);
		const expires = clock.now() + LINK_LIFE_MS;
		const number = ++this.#made;
		this.#link = {kind: 'open', number, role, expires, left: undefined};
		this.refresh();
		return {link, expires, number};
	}

	/** Nobody joins by the link with this number any more. */
	closeOffer(number: number): void {
		if (this.#link?.number !== number) return;
		if (this.#link.kind === 'open') this.#ports.directory.links.close();
		this.#link = undefined;
		this.refresh();
	}

	/** What came of the link: as LinkHost tells of it. */
	linked(news: LinkNews): void {
		const {number = this.#made, ...link} = this.#link ?? {};
		switch (news.kind) {
			case 'joined': {
				const id = idOf(news.key);
				this.#ports.may(() => this.#setLabel(id, cut(news.label)));
				this.#link = {kind: 'joined', number, id, label: this.#labelOf(id)};
				break;
			}

			case 'wrong': {
				if ('expires' in link) this.#link = {...link, number, left: news.left};
				break;
			}

			default: {
				const isKnown = news.reason === 'guessed' || news.reason === 'late' || news.reason === 'full';
				this.#link = {kind: 'over', number, reason: isKnown ? news.reason : 'refused'};
			}
		}

		this.refresh();
	}

	/**
	 * Takes a device out of the account: it is signed out, and never comes back. Resolves once the directory has it. Throws ClientError:
	 * unknown-device, bad-device, unreachable, refused.
	 */
	async remove(id: string): Promise<void> {
		const {name, identity, directory, serverTime} = this.#ports;
		const {key} = this.#member(id);
		const words = catalogue.devices;
		if (this.#ownRole === 'keeper' && id !== this.#own) throw new ClientError('bad-device', words.keeperMayNot);
		const {logs} = directory;
		const outcome = await logs.extend(name, log => {
			if (!('count' in log)) return undefined;
			const member = log.living.get(key.toString('hex'));
			if (member === undefined) return undefined;
			if (member.role === 'recovery') throw new ClientError('bad-device', words.recoveryStays);
			const others = [...log.living.values()].filter(each => each.role === 'device' && each !== member);
			if (others.length === 0) throw new ClientError('bad-device', words.lastStays);
			return extendLog(log, identity, {kind: 'remove', subject: key, role: member.role}, serverTime());
		});
		this.refresh();
		if (outcome === 'done') return;
		if (outcome === 'offline') throw new ClientError('unreachable', words.offline);
		if ('retryAfter' in outcome) throw new ClientError('refused', words.later(outcome.retryAfter), outcome);
		throw new ClientError('bad-device', words.notTaken);
	}

	/** Calls a device something else, on all devices; at most LABEL_LIMIT bytes count. Throws ClientError: unknown-device, bad-device, disk. */
	rename(id: string, label: string): void {
		const shown = cut(label.trim());
		if (shown === '') throw new ClientError('bad-device', catalogue.devices.noLabel);
		this.#member(id);
		this.#setLabel(id, shown);
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
		this.#ports.may(() => this.#setLabel(this.#own, cut(label.trim())));
	}

	/** The person has seen what other devices have done to the list. */
	look(): void {
		const {name, directory, history} = this.#ports;
		const count = String(directory.logs.entries(name).length);
		if (history.recall(LOOKED_KEY) === count) return;
		history.remember(LOOKED_KEY, count);
		this.refresh();
	}

	/** The directory says which others are online; undefined: it is out of reach. */
	online(devices: readonly OnlineDevice[] | undefined): void {
		this.#online = devices && new Set(devices.map(({id}) => id.toString('hex')));
		this.refresh();
	}

	/** A contact was shown another list, as they say. */
	contradicted(by: string): void {
		this.#contradictedBy = by;
		this.refresh();
	}

	/** Shows everything as it is now: the log, or what devices are called, has changed. */
	refresh(): void {
		const {name, directory, snapshots, may} = this.#ports;
		const {logs} = directory;
		const isAlarmed = logs.alarm(name) !== undefined;
		if (logs.log(name) === undefined && !isAlarmed) return;
		may(() => this.#shareLabels());
		const contradictedBy = this.#contradictedBy;
		snapshots.devices = {list: this.#list(), news: this.#news(), link: this.#link, isAlarmed, contradictedBy};
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
		return this.#living.find(({key}) => idOf(key) === this.#own)?.role;
	}

	#member(id: string): LogMember {
		const member = this.#living.find(({key}) => idOf(key) === id);
		if (member === undefined) throw new ClientError('unknown-device', catalogue.devices.unknown(id));
		return member;
	}

	#list(): OwnDevice[] {
		const entries = this.#entries;
		return this.#living
			.map(({key, role, index, time}): OwnDevice => {
				const id = idOf(key);
				const signer = entries[index]?.signer;
				const isThis = id === this.#own;
				const by = signer === undefined || signer.equals(key) ? undefined : idOf(signer);
				const online = isThis || this.#online?.has(id);
				return {id, label: this.#labelOf(id), role, isThis, online, added: time, by, byLabel: by && this.#labelOf(by)};
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
			const [id, by] = [idOf(subject), idOf(signer)];
			return [{kind, id, label: this.#labelOf(id), role, time, by, byLabel: this.#labelOf(by)}];
		});
	}

	/** '' for none. */
	#labelOf(id: string): string {
		const {history} = this.#ports;
		return history.replica.register('label', id)?.toString() ?? history.recall(LABEL_KEY + id) ?? '';
	}

	/** Those that were given before there was anybody to share them with. */
	#shareLabels(): void {
		const {replica} = this.#ports.history;
		for (const {key} of this.#living) {
			const id = idOf(key);
			const label = this.#labelOf(id);
			if (label !== '' && replica.register('label', id) === undefined) {
				replica.setRegister('label', id, Buffer.from(label));
			}
		}
	}

	#setLabel(id: string, label: string): void {
		if (label === '') return;
		const {history} = this.#ports;
		history.remember(LABEL_KEY + id, label);
		history.replica.setRegister('label', id, Buffer.from(label));
	}
}

function idOf(key: Buffer): string {
	return deviceIdOf(key).toString('hex');
}

/** Whole characters alone, as many as a label has room for. */
function cut(label: string): string {
	const room = Buffer.alloc(LABEL_LIMIT);
	const {written} = new TextEncoder().encodeInto(label, room);
	return room.toString('utf8', 0, written);
}
