// Finds contacts and own devices on the local link: calls those to whom there is no path, and answers those who call. Under keys of sessions
// of this run alone: they are not written down.
import {type Buffer} from 'node:buffer';
import {wipe} from '../crypto/bytes.ts';
import {type Random} from '../crypto/random.ts';
import {type Trace} from '../os/trace.ts';
import {
	CALL_ANSWER_MS,
	CALL_CONTACTS,
	CALL_TIMES_MS,
	type LinkKeys,
	NO_CALLS,
	createCall,
	mayAnswer,
	mayCall,
	mayTry,
	whoCalls,
} from '../protocol/path/link-call.ts';
import {type PathPair} from '../protocol/path/probe-run.ts';
import {type Address, normalizeAddress} from '../wire/address.ts';
import {decodeCall} from '../wire/messages/call.ts';
import {type Device, deviceKey} from './device.ts';
import {type Link, type LinkSocket} from './network/link-socket.ts';
import {OWN_SOCKET} from './network/socket-set.ts';

/** Sessions of a contact whose keys are kept. */
const KEPT_SESSIONS = 2;

export type LinkCallerPorts = {
	/** Ms of a clock that only runs forward. */
	readonly elapsed: () => number;
	readonly random: Random;
	/** Whether the person, and the place of the directory, allow it now. */
	readonly isAllowed: () => boolean;
	/** Whether this account is an accepted contact. */
	readonly isAccepted: (account: string) => boolean;
	/** Those that lead to others, at most 16. */
	readonly links: () => readonly Link[];
	/** Hears what is sent to everybody on a link. */
	readonly listen: (onDatagram: (datagram: Buffer, from: Address) => void) => Promise<LinkSocket>;
	/** From our own socket, as all that a caller sends. */
	readonly toLink: (datagram: Buffer, link: Link) => void;
	readonly transmit: (datagram: Buffer, to: Address, socket: number) => void;
	/** Whether our own socket is there: what we send to everybody comes back to us, too. */
	readonly isOwn: (from: Address) => boolean;
	/** Who has this channel may be there. Nothing but a key of an earlier session says so, and that somebody may have heard. */
	readonly onFound: (device: Device, pair: PathPair) => void;
	/** Run it before long. */
	readonly onWork: () => void;
	readonly trace: Trace;
};

/** Whose keys they are, the newest first, KEPT_SESSIONS at most. */
type Known = {readonly device: Device; readonly kept: readonly LinkKeys[]};
/** Calls to one of them: when the first was due, and how many have gone out. */
type Series = {readonly device: Device; readonly since: number; readonly sent: number};

export class LinkCaller {
	readonly #ports: LinkCallerPorts;
	/** By device, as channels are: a contact is one, and each own device is. At most CALL_CONTACTS. */
	readonly #known = new Map<string, Known>();
	/** By device: as many as have keys. */
	readonly #calling = new Map<string, Series>();
	#rates = NO_CALLS;
	#socket: LinkSocket | undefined;
	#isOpening = false;
	/** Until then an answer to a call of ours may come. */
	#awaitsUntil = Number.NEGATIVE_INFINITY;
	#closed = false;

	constructor(ports: LinkCallerPorts) {
		this.#ports = ports;
	}

	/** A session with this device has been opened: takes over its keys. */
	learn(device: Device, keys: LinkKeys): void {
		const key = deviceKey(device);
		const kept = [keys, ...(this.#known.get(key)?.kept ?? [])];
		for (const old of kept.splice(KEPT_SESSIONS)) wipeKeys(old);
		this.#known.delete(key);
		if (this.#closed) {
			for (const each of kept) wipeKeys(each);
			return;
		}

		if (this.#known.size >= CALL_CONTACTS) this.#forgetOne();
		this.#known.set(key, {device, kept});
		this.look();
	}

	/** Nobody is to be found there any more: a contact that is blocked, or an own device that was removed. */
	forget(device: Device): void {
		const key = deviceKey(device);
		for (const keys of this.#known.get(key)?.kept ?? []) wipeKeys(keys);
		this.#known.delete(key);
		this.#calling.delete(key);
	}

	/** Whether a way to this device is missing. Calls it then, three times, once in a minute. */
	want(device: Device, isWanted: boolean): void {
		const key = deviceKey(device);
		if (!isWanted) {
			this.#calling.delete(key);
			return;
		}

		if (this.#closed || this.#calling.has(key) || !this.#known.has(key)) return;
		const {elapsed, isAllowed, isAccepted} = this.#ports;
		if (!isAllowed() || !isAccepted(device.account)) return;
		const rates = mayCall(this.#rates, key, elapsed());
		if (rates === undefined) return;
		this.#rates = rates;
		this.#calling.set(key, {device, since: elapsed(), sent: 0});
	}

	/** Takes a datagram of type CALL that came to our own socket: the answer to a call of ours, or nothing. */
	receive(datagram: Buffer, from: Address): void {
		if (this.#ports.elapsed() < this.#awaitsUntil) this.#take(datagram, from);
		else this.#ports.trace.note('datagram', 'call-unasked');
	}

	/** The interfaces or the person's wishes are others: hears where it may. */
	look(): void {
		if (this.#closed || !this.#ports.isAllowed()) {
			this.#socket?.close();
			this.#socket = undefined;
		} else if (this.#socket !== undefined) this.#socket.join(this.#ports.links());
		else if (this.#known.size > 0 && !this.#isOpening) void this.#open();
	}

	/** Sends the calls that are due; returns when the next one is, on the elapsed clock. */
	run(): number {
		const now = this.#ports.elapsed();
		let next = Number.POSITIVE_INFINITY;
		for (const [key, series] of this.#calling) {
			let {sent} = series;
			// After a pause of the whole machine one is enough.
			while (sent < CALL_TIMES_MS.length && series.since + CALL_TIMES_MS[sent]! <= now) sent++;
			if (sent > series.sent) this.#call(series.device, sent - 1);
			if (sent === CALL_TIMES_MS.length) this.#calling.delete(key);
			else {
				this.#calling.set(key, {...series, sent});
				next = Math.min(next, series.since + CALL_TIMES_MS[sent]!);
			}
		}

		return next;
	}

	/** Hears and calls nobody any more, and wipes every key. */
	close(): void {
		this.#closed = true;
		this.look();
		for (const {kept} of this.#known.values()) for (const keys of kept) wipeKeys(keys);
		this.#known.clear();
		this.#calling.clear();
	}

	async #open(): Promise<void> {
		this.#isOpening = true;
		const socket = await this.#ports.listen((datagram, from) => {
			if (!this.#ports.isOwn(from)) this.#take(datagram, from);
		});
		this.#isOpening = false;
		this.#socket = socket;
		this.look();
	}

	/** The `index`th time: under the newest key and the one before by turns, since the other side may know only one of them. */
	#call(device: Device, index: number): void {
		const {elapsed, random, links, toLink, isAllowed, isAccepted} = this.#ports;
		const kept = this.#known.get(deviceKey(device))?.kept ?? [];
		const keys = kept[index % kept.length];
		if (keys === undefined || !isAllowed() || !isAccepted(device.account)) return;
		const datagram = createCall(keys, random);
		for (const link of links()) toLink(datagram, link);
		this.#awaitsUntil = elapsed() + CALL_ANSWER_MS;
	}

	#take(datagram: Buffer, from: Address): void {
		const {elapsed, random, isAllowed, transmit, onFound, onWork, trace} = this.#ports;
		if (this.#closed || !isAllowed()) return;
		if (decodeCall(datagram) === undefined) {
			trace.note('datagram', 'call-malformed');
			return;
		}

		const now = elapsed();
		const rates = mayTry(this.#rates, now);
		if (rates === undefined) {
			trace.note('datagram', 'call-rate');
			return;
		}

		this.#rates = rates;
		const caller = whoCalls(datagram, this.#callers());
		if (caller === undefined) {
			trace.note('datagram', 'call-nobody');
			return;
		}

		const {device, keys} = caller;
		const answered = mayAnswer(rates, deviceKey(device), now);
		if (answered !== undefined) {
			this.#rates = answered;
			// With its interface behind a %, where it has one.
			transmit(createCall(keys, random), from, OWN_SOCKET);
		}

		onFound(device, {socket: OWN_SOCKET, address: normalizeAddress(from.host, from.port)});
		onWork();
	}

	*#callers(): Generator<{readonly device: Device; readonly keys: LinkKeys}> {
		for (const {device, kept} of this.#known.values()) {
			if (!this.#ports.isAccepted(device.account)) continue;
			for (const keys of kept) yield {device, keys};
		}
	}

	/** Whoever is no contact first, then the one whose last session is oldest. */
	#forgetOne(): void {
		const all = [...this.#known.values()];
		const gone = all.find(({device}) => !this.#ports.isAccepted(device.account)) ?? all[0];
		if (gone !== undefined) this.forget(gone.device);
	}
}

function wipeKeys({own, other}: LinkKeys): void {
	wipe(own, other);
}
