// The way to one device: the sessions that stand with it, what opens them, and what the directory says of it. It carries bytes.
import {type Buffer} from 'node:buffer';
import {wipe} from '../crypto/bytes.ts';
import {type Established, type Local} from '../protocol/session/established.ts';
import {deviceIdOf} from '../protocol/devices/device-log.ts';
import {linkKeys} from '../protocol/path/link-call.ts';
import {type PathPair} from '../protocol/path/probe-run.ts';
import {type OwnPlace} from '../protocol/path/told-addresses.ts';
import {DATAGRAM} from '../wire/datagram.ts';
import {type OnlineDevice} from '../wire/messages/devices.ts';
import {type Path, pathOf} from './channel-path.ts';
import {type ChannelUser} from './channel-user.ts';
import {type Device, deviceWithKey, namedId} from './device.ts';
import {DeviceSessions} from './device-sessions.ts';
import {type LinkCaller} from './link-caller.ts';
import {PathFinder} from './path-finder.ts';
import {type PathSizes} from './path-sizes.ts';
import {SessionOpener, type SessionOpenerPorts} from './session-opener.ts';
import {Transport} from './session-transport.ts';
import {type DevicePresence, ToldPresence} from './told-presence.ts';
import {type PathDoubt} from './transport-paths.ts';
import {type EndReason} from './transport-ports.ts';

export type ChannelPorts = SessionOpenerPorts & {
	readonly linkCaller: LinkCaller;
	readonly pathSizes: PathSizes;
	/** Where we are, for an accepted contact; undefined for whoever is not to know, or to be met there. */
	readonly ownPlace: (account: string) => OwnPlace | undefined;
	/** Whether a session may stand. Pins the key of a first contact. */
	readonly meet: (established: Established) => boolean;
	/** Ms of silence after which something is sent, so that a router does not forget us. */
	readonly silenceMs: () => number;
	/** Something has changed: run the channel before long. */
	readonly onWork: (channel: DeviceChannel) => void;
};

export class DeviceChannel {
	readonly device: Device;
	readonly #ports: ChannelPorts;
	readonly #sessions: DeviceSessions;
	readonly #opener: SessionOpener;
	readonly #finder: PathFinder;
	readonly #user: ChannelUser;
	readonly #told = new ToldPresence();
	#isHeld = false;
	#halted: 'no' | 'sending' | 'all' = 'no';

	/** `use` names its user, once. */
	constructor(device: Device, ports: ChannelPorts, use: (channel: DeviceChannel) => ChannelUser) {
		this.device = device;
		this.#ports = ports;
		this.#sessions = new DeviceSessions(namesOf(device, ports.local), ports.clock.elapsed, ({peerId}) =>
			this.#told.rank(peerId, this.#user.wantedDevice),
		);
		this.#opener = new SessionOpener(device, ports, {
			onEstablished: (established, pair, fin) => this.establish(established, pair, fin),
			onWork: () => this.wake(),
		});
		// Another way is of use to the device with which the session stands.
		this.#finder = new PathFinder(device, {
			...ports,
			introduce: async () => ports.introduce(device, this.#sessions.current?.peerId),
		});
		this.#user = use(this);
	}

	get path(): Path {
		return pathOf(this.#sessions.current, this.#opener);
	}

	/** Whether there is a session to send on. */
	get stands(): boolean {
		return this.#sessions.current !== undefined;
	}

	/** The device with which it stands, by its id of 8 bytes. */
	get peerId(): Buffer | undefined {
		return this.#sessions.current?.peerId;
	}

	/** Whether there is one that the device may still know of. */
	get isTrusted(): boolean {
		return this.#sessions.trusted !== undefined;
	}

	/** Whether all content that the session to send on has taken has arrived; false without one. */
	get idle(): boolean {
		return this.#sessions.current?.idle === true;
	}

	get halted(): 'no' | 'sending' | 'all' {
		return this.#halted;
	}

	/** For measurements. */
	get stats(): Transport['stats'] | undefined {
		return this.#sessions.current?.stats;
	}

	/** Whether `run` has anything to do now or later. */
	get active(): boolean {
		return !this.#sessions.isEmpty || this.#opener.isTrying || this.#opens;
	}

	/** Gives the session one content of up to 64 KiB, for the next turn; false while it has no room, and without one. */
	enqueue(content: Buffer): boolean {
		return this.#sessions.current?.enqueue(content) === true;
	}

	/**
	 * Gives a message of files, of up to 64 KiB, to the session with this number while it stands, else to one with the device that has this id; false
	 * while it has no room, and without one. Only for a device that knows of files: by an offer of its own, or since it has asked.
	 */
	enqueueFile(message: Buffer, to = this.peerId, number?: number): boolean {
		if (to === undefined) return false;
		const asked = this.#sessions.all().find(({session}) => session.localIndex === number);
		return (asked ?? this.#sessions.with(to))?.enqueueFile(message) === true;
	}

	wake(): void {
		this.#ports.onWork(this);
	}

	/** What the directory says of the device; of a contact, which of their devices are online, where it names any. */
	presence(presence: DevicePresence, devices: readonly OnlineDevice[] = []): void {
		const wasOnline = this.#told.isOnline;
		this.#told.take(presence, presence === 'online' && devices.length === 0 ? this.#foundingAlone() : devices);
		const isGone = this.#told.isGone(this.#sessions.current?.peerId);
		if (isGone) this.#sessions.deviceGone();
		// What calls a device that has gone is not heard by the one that comes back, which has another ticket key.
		if (this.#told.isGone(this.#opener.calls)) this.#opener.deviceGone();
		if (presence === 'online' && (!wasOnline || isGone)) {
			this.#opener.startAnew();
			this.#finder.hurry();
		}

		// It may have been away for a moment, or begun anew while nobody could say so.
		const isDoubted = !wasOnline || this.#sessions.trusted === undefined;
		if (presence === 'online' && !isGone && isDoubted) this.#sessions.ask();
		if (presence === 'unbound') this.#opener.explain({kind: 'no-way', reason: {kind: 'nowhere'}});
		this.wake();
	}

	/** The directory has the device call in a weaker suite than this side takes. */
	downgraded(): void {
		this.#opener.downgraded();
	}

	/**
	 * Ends every session, and opens none until `resume`: who is behind them is in question. With 'sending' those that the device opens
	 * are taken, and their content; with 'all' nothing is.
	 */
	halt(what: 'sending' | 'all'): void {
		if (this.#halted === what) return;
		this.#halted = what;
		this.#opener.halt();
		this.drop();
		if (what === 'all') this.#ports.linkCaller.forget(this.device);
	}

	resume(): void {
		if (this.#halted === 'no') return;
		this.#halted = 'no';
		this.#opener.resume();
		this.wake();
	}

	/** A probe has proven a way to the device: the sessions that stand may take it. */
	offer(pair: PathPair): void {
		// Who answers there and says nothing in the session knows of none.
		if (this.#doubt === 'suspect') this.#sessions.ask();
		for (const transport of this.#sessions.all()) transport.offer(pair);
	}

	/** The device may be here, on the local link: sessions that stand ask, and so does the one that is being opened. */
	found(pair: PathPair): void {
		this.offer(pair);
		this.#opener.found(pair);
	}

	moved(): void {
		for (const transport of this.#sessions.all()) transport.ask();
		this.retry();
	}

	/** What kept a session from being opened may be over: tries again without a pause. */
	retry(): void {
		this.#opener.forgive();
		this.#finder.hurry();
		this.wake();
	}

	/** Of ours, on which its sessions send. */
	get sockets(): readonly number[] {
		return this.#sessions.all().flatMap(({sockets}) => sockets);
	}

	/** Leaves its sessions, telling the device; what it sent in them and was not told of, it keeps. */
	drop(): void {
		for (const transport of this.#sessions.all()) transport.close();
	}

	/** Leaves the sessions with devices of the account that it does not have any more; `isAdmitted` is asked for their ids of 8 bytes. */
	leaveRemoved(isAdmitted: (id: Buffer) => boolean): void {
		for (const transport of this.#sessions.all()) if (!isAdmitted(transport.peerId)) transport.close();
	}

	/** Whether its sessions take no content for now: more of it waits to be written down than should. */
	hold(isHeld: boolean): void {
		if (this.#isHeld === isHeld) return;
		this.#isHeld = isHeld;
		// What one of them releases may have it held again.
		for (const transport of this.#sessions.all()) transport[this.#isHeld ? 'hold' : 'resume']();
	}

	/** A session stands: the device has opened it, or our own try has succeeded, and then there is a FIN. */
	establish(established: Established, pair: PathPair, fin: Buffer | undefined): void {
		const {meet, entropy, clock, transmit, silenceMs, listeners, linkCaller, pathSizes, trace} = this.#ports;
		const {account} = this.device;
		if (this.#halted === 'all' || !meet(established)) {
			trace.note('session', 'not wanted', account);
			wipe(established.root);
			return;
		}

		for (const each of this.#sessions.all()) pathSizes.note(each);
		const transport: Transport = new Transport(established, pair, fin, {
			entropy,
			elapsed: clock.elapsed,
			transmit,
			silenceMs,
			full: pathSizes.plaintext(pair.address),
			onContent: contents => {
				if (this.#halted !== 'all') this.#user.onContent(contents);
			},
			onFiles: messages => {
				const {peerId, session} = transport;
				const isSentOn = this.#sessions.with(peerId) === transport;
				if (this.#halted !== 'all') this.#user.onFiles(messages, peerId, {session: session.localIndex, isSentOn});
			},
			onWork: () => this.wake(),
			onEnd: reason => {
				trace.note('session', `ended: ${reason}`, account);
				this.#ended(transport, reason);
			},
			onDrop: reason => trace.note('session', reason, account),
		});
		// Of its epoch 0, in which it still is.
		const {root, sid, role} = transport.session;
		linkCaller.learn(this.device, linkKeys(root, sid, role));
		if (this.#isHeld) transport.hold();
		listeners.set(established.localIndex, (datagram, from, type) => {
			if (type === DATAGRAM.msg) transport.receive(datagram, from);
			else if (type === DATAGRAM.resp) transport.repeatFin();
			else trace.note('datagram', 'type', account);
		});
		this.#opener.startAnew();
		if (this.#sessions.add(transport)) {
			this.#opener.end();
			this.#user.onSession();
		}

		this.wake();
	}

	/** Moves everything on that can move; returns when it is next due, on the elapsed clock. */
	run(): number {
		this.#opener.run();
		const wanted = this.#wantedThere;
		if (wanted !== undefined && this.#sessions.prefer(wanted)) this.#user.onSession();
		if (this.#opens && this.#opener.retryAt <= this.#ports.clock.elapsed())
			this.#opener.open(wanted && {id: wanted, orAnother: this.#sessions.trusted === undefined});
		this.#user.onTurn();
		const place = this.stands ? this.#ports.ownPlace(this.device.account) : undefined;
		for (const transport of this.#sessions.all()) {
			transport.place(place);
			transport.pump();
		}

		this.#finder.run(this.#doubt, this.#told.isOnline && !this.#opener.isBusy);
		this.#ports.linkCaller.want(this.device, this.#isWithoutPath);
		this.#user.onTurn();
		this.#user.onTurnEnd();
		return Math.min(
			this.#opener.deadline,
			this.#finder.deadline(this.#doubt),
			this.#sessions.deadline(),
			this.#opens ? this.#opener.retryAt : Number.POSITIVE_INFINITY,
			this.#user.dueAt,
		);
	}

	/** Whether a session should be opened: something waits, somebody is there, and nothing is under way. */
	get #opens(): boolean {
		if (this.#halted !== 'no' || !this.#told.isOnline || this.#opener.isBusy) return false;
		const isUseful = this.#sessions.trusted === undefined || this.#isBetterThere;
		return isUseful && (this.#user.wanted || this.#wantedThere !== undefined);
	}

	/** The device that is wanted, where it is online. */
	get #wantedThere(): Buffer | undefined {
		const {wantedDevice: id} = this.#user;
		return id !== undefined && this.#told.has(id) ? id : undefined;
	}

	/** What the directory means of an account when it names no devices. A sibling is one device by itself. */
	#foundingAlone(): readonly OnlineDevice[] {
		const pinned = namedId(this.device) === undefined ? this.#ports.pin(this.device.account) : undefined;
		return pinned === undefined ? [] : [{id: deviceIdOf(pinned.identityKey), role: 'device'}];
	}

	/** Whether a device is online that is worth more than the one that the session is with: that of a person more than a keeper. */
	get #isBetterThere(): boolean {
		const {peerId} = this;
		const {wantedDevice} = this.#user;
		return peerId !== undefined && this.#told.rank(peerId, wantedDevice) < this.#told.bestRank(wantedDevice);
	}

	/** Whether the device is to be reached, and is not: a session is being opened, or the path of the one that stands is suspect. */
	get #isWithoutPath(): boolean {
		if (this.#halted !== 'no') return false;
		return this.stands ? this.#doubt === 'suspect' : this.#opener.isBusy;
	}

	get #doubt(): PathDoubt {
		return this.#sessions.current?.doubt ?? 'none';
	}

	#ended(transport: Transport, reason: EndReason): void {
		this.#ports.listeners.delete(transport.session.localIndex);
		this.#ports.pathSizes.note(transport);
		if (!this.#sessions.remove(transport)) return;
		this.#user.onSessionEnd();
		this.#opener.sessionEnded(reason);
		this.wake();
	}
}

/** What decides which of two sessions is sent on: the names of both, and for a sibling the ids of both devices. */
function namesOf(device: Device, {name, identity}: Local): {readonly local: string; readonly peer: string} {
	if (device.account !== name) return {local: name, peer: device.account};
	return {local: deviceWithKey(name, identity.publicKey).device, peer: device.device};
}
