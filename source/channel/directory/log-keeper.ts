// The device logs of the own account and of contacts, as the directory shows them: followed from what is known, extensions alone. A shorter
// or another log is an alarm, and nothing more of that name is taken until it is begun anew.
import {type Buffer} from 'node:buffer';
import {
	type DeviceLog,
	type LogRefusal,
	type LogStart,
	entryBytesHash,
	followEntry,
	deviceIdOf,
	followPage,
	isLivingDevice,
} from '../../protocol/devices/device-log.ts';
import {type DeviceEntry, encodeDeviceEntry} from '../../wire/messages/device-entry.ts';
import {type LogLength, type LogPage, type OnlineDevice} from '../../wire/messages/devices.ts';
import {type Timers} from '../network/timer-port.ts';
import {type Refusal, type Unanswered} from './open-questions.ts';

/** Pages that one look at a log takes at most: more than it can have. */
const PAGES = 4;
/** How often an entry is signed anew when siblings are faster. */
const EXTEND_TRIES = 4;

export type LogAlarm = LogRefusal | 'shorter';

/** What the directory is asked over, while a connection stands. */
export type LogSource = {
	readonly devices: (name: string, from: number) => Promise<LogPage | Refusal | Unanswered>;
	readonly extendLog: (entry: Buffer) => Promise<LogPage | Refusal | Unanswered>;
};

export type LogKeeperPorts = {
	readonly timers: Timers;
	/** `fresh` are the entries that are new, for who keeps them on a disk. */
	readonly onLog: (name: string, log: DeviceLog, fresh: readonly Buffer[]) => void;
	/** The directory shows a log that is not the known one with something behind it, once a name. */
	readonly onAlarm: (name: string, alarm: LogAlarm) => void;
	/** The own log has no entry yet. */
	readonly onEmpty: () => void;
};

/** `entries` is all of the log as it came. `isAnswered`: the directory has said how long it is. */
type Kept = {log: DeviceLog | LogStart; entries: readonly Buffer[]; alarm: LogAlarm | undefined; isAnswered: boolean};

export class LogKeeper {
	readonly #ports: LogKeeperPorts;
	/** By name: as many as the caller keeps. */
	readonly #kept = new Map<string, Kept>();
	/** Names to ask about, in order. At most as many as are kept. */
	readonly #toAsk = new Set<string>();
	#line: LogSource | undefined;
	#own: string | undefined;
	#isAsking = false;
	#cancel: (() => void) | undefined;

	constructor(ports: LogKeeperPorts) {
		this.#ports = ports;
	}

	/**
	 * Follows the log of `name` from its founding key of 32 bytes, undefined where any will do, or from entries that were kept of it. Once more for the same name: begins
	 * anew, as when a person accepts another key. False when the entries are no log of that key: then nothing is followed.
	 */
	keep(name: string, foundingKey: Buffer | undefined, entries: readonly Buffer[] = []): boolean {
		const start: LogStart = foundingKey === undefined ? {name} : {name, foundingKey};
		const step = followPage(start, {name, count: entries.length, entries});
		if ('refused' in step) return false;
		this.#kept.set(name, {log: step.log, entries, alarm: undefined, isAnswered: false});
		return true;
	}

	drop(name: string): void {
		this.#kept.delete(name);
		this.#toAsk.delete(name);
	}

	/** The log as it is known, once it has an entry. */
	log(name: string): DeviceLog | undefined {
		const log = this.#kept.get(name)?.log;
		return log !== undefined && 'count' in log ? log : undefined;
	}

	keeps(name: string): boolean {
		return this.#kept.has(name);
	}

	/** All of it, as it came. */
	entries(name: string): readonly Buffer[] {
		return this.#kept.get(name)?.entries ?? [];
	}

	/** Whether the directory has said how long the log is, be it empty. */
	isAnswered(name: string): boolean {
		return this.#kept.get(name)?.isAnswered === true;
	}

	/** All of the log that the directory shows now, whatever is known of it; undefined when it shows none that is right. */
	async shown(name: string): Promise<DeviceLog | undefined> {
		let log: DeviceLog | undefined;
		for (let pages = 0; pages < PAGES; pages++) {
			const known: number = log?.count ?? 0;
			const page = await this.#line?.devices(name, known);
			if (page === undefined || typeof page === 'string' || 'retryAfter' in page) return undefined;
			const step = followPage(log ?? {name}, page);
			if ('refused' in step || !('count' in step.log) || step.log.count === known) return undefined;
			log = step.log;
			if (log.count >= page.count) return log;
		}

		return undefined;
	}

	/**
	 * Whether the log has this entry, the last of `count`, with the hash `head`: somebody else says so. The directory is asked when it is longer than the
	 * known one; undefined when it does not answer.
	 */
	async has(
		name: string,
		{count, head}: {readonly count: number; readonly head: Buffer},
	): Promise<boolean | undefined> {
		const kept = this.#kept.get(name);
		if (kept === undefined) return undefined;
		if (kept.entries.length < count && kept.alarm === undefined && (await this.#follow(name)) !== 0) return undefined;
		if (this.#kept.get(name) !== kept) return undefined;
		const entry = kept.entries[count - 1];
		return entry !== undefined && entryBytesHash(entry).equals(head);
	}

	/** Somebody whom the log is about has shown that it is another one. */
	contradict(name: string): void {
		const kept = this.#kept.get(name);
		if (kept !== undefined) this.#take(kept, {refused: 'forked'});
	}

	/** Whether a device key may talk for the account: its log admits it, or there is no log yet and it is the founding key. */
	admits(name: string, key: Buffer): boolean {
		const kept = this.#kept.get(name);
		if (kept === undefined) return false;
		return 'count' in kept.log ? isLivingDevice(kept.log, key) : kept.log.foundingKey?.equals(key) === true;
	}

	alarm(name: string): LogAlarm | undefined {
		return this.#kept.get(name)?.alarm;
	}

	/** A connection stands: asks about `own` first, which also says that we know of devices. */
	begin(line: LogSource, own: string): void {
		this.#line = line;
		this.#own = own;
		const others = [...this.#toAsk];
		this.#toAsk.clear();
		this.look(own, ...others);
	}

	end(): void {
		this.#line = undefined;
		this.#cancel?.();
		this.#cancel = undefined;
	}

	/** There may be more of these logs than is known. */
	look(...names: readonly string[]): void {
		for (const name of names) if (this.#kept.has(name)) this.#toAsk.add(name);
		void this.#ask();
	}

	/** LOGS has come. */
	takeLengths(lengths: readonly LogLength[]): void {
		for (const {name, count} of lengths) {
			const kept = this.#kept.get(name);
			if (kept !== undefined && count === 0) kept.isAnswered = true;
		}

		this.look(...lengths.filter(({name, count}) => count !== (this.log(name)?.count ?? 0)).map(({name}) => name));
	}

	/** LOG has come unasked. */
	takeNews(page: LogPage): void {
		const kept = this.#kept.get(page.name);
		if (kept === undefined) return;
		const step = followPage(kept.log, page);
		// Of an entry that is not the next one, the one before is missing here: it is asked for.
		if ('refused' in step && step.refused === 'missing') this.look(page.name);
		else this.#take(kept, step);
	}

	/** Devices of a name are online: those that the known log does not admit may be new ones. */
	takeOnline(name: string, devices: readonly OnlineDevice[]): void {
		const log = this.log(name);
		const known = [...(log?.living.values() ?? [])].map(({key}) => deviceIdOf(key));
		if (devices.some(({id}) => !known.some(each => each.equals(id)))) this.look(name);
	}

	/**
	 * Adds an entry to the own log, which `sign` makes for the log as it then is; again when a sibling was faster. A refusal is that of the
	 * log itself, and then nothing was sent.
	 */
	async extend(
		own: string,
		sign: (log: DeviceLog | LogStart) => DeviceEntry | undefined,
	): Promise<'done' | Unanswered | Refusal | {readonly refused: LogAlarm}> {
		for (let tries = 0; tries < EXTEND_TRIES; tries++) {
			const [line, kept] = [this.#line, this.#kept.get(own)];
			if (line === undefined || kept === undefined) return 'offline';
			if (kept.alarm !== undefined) return {refused: kept.alarm};
			const signed = kept.log;
			const entry = sign(signed);
			if (entry === undefined) return 'done';
			const bytes = encodeDeviceEntry(entry);
			const next = followEntry(signed, bytes);
			if ('refused' in next) return next;
			const answer = await line.extendLog(bytes);
			if (typeof answer === 'string' || 'retryAfter' in answer) return answer;
			// Begun anew meanwhile.
			if (this.#kept.get(own) !== kept) return 'offline';
			// News that came right behind the answer are taken before it.
			if (answer.count >= lengthOf(kept.log)) this.#take(kept, followPage(kept.log, answer));
			if (answer.entries[0]?.equals(bytes) === true) return 'done';
			// What every log takes is not taken there, and no sibling was faster.
			if (kept.log === signed || kept.alarm !== undefined)
				return kept.alarm === undefined ? 'offline' : {refused: kept.alarm};
		}

		return 'offline';
	}

	/** Asks about one name after the other. */
	async #ask(): Promise<void> {
		if (this.#isAsking || this.#cancel !== undefined) return;
		this.#isAsking = true;
		try {
			for (const name of this.#toAsk) {
				// What comes meanwhile is looked at once more.
				this.#toAsk.delete(name);
				const wait = await this.#follow(name);
				if (wait === 0) continue;
				if (this.#kept.has(name)) this.#toAsk.add(name);
				if (wait === 'offline') return;
				this.#cancel = this.#ports.timers.after(wait * 1000, () => {
					this.#cancel = undefined;
					void this.#ask();
				});
				return;
			}
		} finally {
			this.#isAsking = false;
		}
	}

	/** Asks for pages of one log until all of it is known. In how many s to ask again, 0 when it is done. */
	async #follow(name: string): Promise<number | Unanswered> {
		for (let pages = 0; pages < PAGES; pages++) {
			const [line, kept] = [this.#line, this.#kept.get(name)];
			if (line === undefined) return 'offline';
			if (kept === undefined || kept.alarm !== undefined) return 0;
			const known = lengthOf(kept.log);
			// The last known entry shows whether it is the same log.
			const page = await line.devices(name, Math.max(known - 1, 0));
			if (page === 'offline') return page;
			if ('retryAfter' in page) return Math.max(page.retryAfter, 1);
			// Begun anew, or longer by news that came right behind the answer, which says nothing of them.
			if (this.#kept.get(name) !== kept || lengthOf(kept.log) > known) continue;
			kept.isAnswered = true;
			const isShown = page.entries.length > 0 || (known === 0 && page.count === 0);
			this.#take(kept, page.count < known || isShown ? followPage(kept.log, page) : {refused: 'missing'});
			if (page.count === 0 && known === 0 && name === this.#own) this.#ports.onEmpty();
			if (kept.alarm !== undefined || page.count <= lengthOf(kept.log)) return 0;
		}

		return 0;
	}

	#take(kept: Kept, step: ReturnType<typeof followPage>): void {
		if (kept.alarm !== undefined) return;
		const {name} = kept.log;
		if ('refused' in step) {
			kept.alarm = step.refused;
			this.#ports.onAlarm(name, step.refused);
			return;
		}

		kept.log = step.log;
		kept.entries = [...kept.entries, ...step.fresh];
		if ('count' in step.log && step.fresh.length > 0) this.#ports.onLog(name, step.log, step.fresh);
	}
}

function lengthOf(log: DeviceLog | LogStart): number {
	return 'count' in log ? log.count : 0;
}
