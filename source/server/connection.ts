// One TCP connection: frames are taken one after the other, through the login and then as records, until either side ends it.
import {type Buffer} from 'node:buffer';
import {type Socket} from 'node:net';
import {wipeDirectorySession} from '../protocol/login/login-keys.ts';
import {needsKeyUpdate, openRecord, sealKeyUpdate, sealRecord, updateKey} from '../protocol/login/records.ts';
import {
	type LoginServer,
	type ServerLogin,
	type ServerLoginStep,
	abandonServerLogin,
	answerHello,
	answerResponse,
	continueServerLogin,
} from '../protocol/login/server.ts';
import {difficultyFor, puzzleTime} from '../protocol/login/challenge.ts';
import {type Address, addressText} from '../wire/address.ts';
import {type AlertReason, encodeAlert} from '../wire/alert.ts';
import {FRAME, FRAME_LIMIT_AFTER, FRAME_LIMIT_BEFORE, type Frame, FrameSplitter, encodeFrame} from '../wire/frame.ts';
import {type Admission, type HalfOpen} from './admission.ts';
import {type Directory, signIn, signOut} from './directory.ts';
import {type DropReason, type SignOut} from './events.ts';
import {type Link, type Member} from './member.ts';
import {handleRequest} from './requests.ts';
import {type Turns} from './turns.ts';

/** Specification: how long a client has until HELLO, from CHALLENGE until RESPONSE, and for the whole login, a puzzle's time not counted. */
export const HELLO_MS = 2000;
export const RESPONSE_MS = 3000;
export const LOGIN_MS = 10_000;
/** Specification: how long a client that is signed in may be silent (three keepalives). */
export const SILENCE_MS = 75_000;
/** Specification: how long after ACCEPT the first BIND may take before a client counts as one whose UDP does not get through. */
export const UNBOUND_MS = 5000;
/** What a client is asked to wait that had to give way, s. */
const CROWDED_RETRY_S = 5;
/** How long a closed connection may take to go, ms, and how many bytes may wait for a client that does not read. */
const LINGER_MS = 2000;
const UNREAD_LIMIT = 1024 * 1024;

/** What all connections of a server share. */
export type House = {
	readonly loginServer: LoginServer;
	readonly directory: Directory;
	readonly admission: Admission;
	readonly turns: Turns;
};

/** How a session ends with each ALERT; with any other it was dropped. */
const endings: Partial<Record<AlertReason, SignOut>> = {
	displaced: 'displaced',
	removed: 'removed',
	shutdown: 'stopped',
	timeout: 'timed out',
};

type Step = ServerLoginStep | ReturnType<typeof answerHello>;

export class Connection implements Link {
	readonly #socket: Socket;
	readonly #address: Address;
	readonly #house: House;
	readonly #splitter = new FrameSplitter(FRAME_LIMIT_BEFORE);
	/** How far the login is, then the member that came of it. */
	#login: 'connected' | 'challenged' | 'over' | ServerLogin = 'connected';
	#member: Member | undefined;
	#phase: 'open' | 'ending' | 'closed' = 'open';
	/** A step of the login is under way; what arrives meanwhile waits. */
	#busy = false;
	/** Its place among those that have not signed in. */
	#place: HalfOpen | undefined;
	/** When it connected; once signed in, when it was last heard; once ending, since when. Ms of the clock that nobody sets. */
	#since: number;
	/** When it signed in, by the same clock. */
	#enteredAt = 0;
	/** What its client has for its puzzle, ms. */
	#puzzleTime = 0;

	constructor(socket: Socket, address: Address, house: House) {
		this.#socket = socket;
		this.#address = address;
		this.#house = house;
		this.#since = house.directory.clock.elapsed();
	}

	/** A place for it, or why there is none. */
	admit(): 'admitted' | 'full' | 'address limit' {
		const place = this.#house.admission.admit(this.#address, this.#since, () => this.#giveWay());
		if (typeof place === 'string') return place;
		this.#place = place;
		return 'admitted';
	}

	/** Bytes have arrived. */
	receive(chunk: Buffer): void {
		if (this.#phase !== 'open') return;
		this.#splitter.push(chunk);
		if (!this.#busy) void this.#consume();
		else if (this.#splitter.pending > FRAME_LIMIT_BEFORE) this.#drop('malformed');
	}

	send(type: number, body: Buffer): void {
		const {clock, random} = this.#house.directory;
		const keys = this.#member?.session.send;
		if (keys === undefined || this.#phase !== 'open') return;
		if (needsKeyUpdate(keys, clock.elapsed())) this.#write(sealKeyUpdate(keys, random, clock.elapsed()));
		this.#write(sealRecord(keys, type, body, random));
	}

	/** Tells the client why, sealed where there are keys for it, and closes. `retryAfter` in s. */
	end(reason: AlertReason, retryAfter = 0): void {
		if (this.#phase !== 'open') return;
		const body = encodeAlert({reason, triesLeft: 0, retryAfter});
		if (this.#member !== undefined) this.send(FRAME.alert, body);
		else if (typeof this.#login === 'string') this.#write({type: FRAME.alert, body});
		else this.#write(sealRecord(this.#login.keys.server, FRAME.alert, body, this.#house.directory.random));
		this.#close(endings[reason] ?? 'dropped');
	}

	/** Has a client that is signed in do so again. */
	renew(retryAfter: number): void {
		if (this.#member !== undefined) this.end('shutdown', retryAfter);
	}

	/** Called every second, with the ms of the clock that nobody sets: ends what takes too long. */
	sweep(elapsed: number): void {
		const age = elapsed - this.#since;
		if (this.#phase === 'ending' && age >= LINGER_MS) this.#socket.destroy();
		const member = this.#member;
		if (member !== undefined && member.reflexive === undefined && elapsed - this.#enteredAt >= UNBOUND_MS) {
			this.#house.directory.presence.stand(member, 'unbound');
		}

		if (this.#phase !== 'open' || (age < this.#patience && !this.#isSlow(elapsed))) return;
		this.#house.directory.emit({kind: 'dropped', reason: this.#member ? 'silent' : 'too slow', from: this.#from});
		this.end('timeout');
	}

	/** The socket is closed, whoever closed it. */
	closed(): void {
		this.#leave('connection lost');
		this.#settle();
		this.#phase = 'closed';
		if (!this.#busy) this.#abandon();
	}

	/** How long it may be silent; before it is signed in, how long all of the login may take. */
	get #patience(): number {
		return this.#member === undefined ? LOGIN_MS + this.#puzzleTime : SILENCE_MS;
	}

	/** Whether HELLO, or RESPONSE, should have come by now. */
	#isSlow(elapsed: number): boolean {
		const limit = {connected: HELLO_MS, challenged: RESPONSE_MS + this.#puzzleTime, over: undefined};
		const idleSince = this.#place?.idleSince;
		if (typeof this.#login === 'object' || idleSince === undefined) return false;
		return elapsed - idleSince >= (limit[this.#login] ?? Number.POSITIVE_INFINITY);
	}

	/** Somebody else needs its place more. */
	#giveWay(): void {
		const {emit} = this.#house.directory;
		if (this.#phase === 'open') emit({kind: 'dropped', reason: 'crowded out', from: this.#from});
		this.end('busy', CROWDED_RETRY_S);
		// Without waiting for the client to hang up.
		this.#socket.destroySoon();
	}

	get #from(): string {
		return addressText(this.#address);
	}

	/** Takes the frames that are there, and answers them in one write. Never rejects. */
	async #consume(): Promise<void> {
		this.#socket.cork();
		while (this.#phase === 'open') {
			const frame = this.#splitter.next();
			if (frame === 'incomplete') break;
			if (frame === 'malformed') this.#drop('malformed');
			else if (this.#member !== undefined) this.#consumeRecord(this.#member, frame);
			else await this.#consumeLogin(frame);
		}

		this.#socket.uncork();
	}

	async #consumeLogin(frame: Frame): Promise<void> {
		this.#busy = true;
		if (this.#place !== undefined) this.#place.idleSince = undefined;
		try {
			const step = await this.#step(frame);
			if (this.#phase === 'open') this.#follow(step);
			else discard(step);
		} catch (error) {
			if (this.#phase === 'open') this.#fail(error);
		} finally {
			this.#busy = false;
			if (this.#place !== undefined) this.#place.idleSince = this.#house.directory.clock.elapsed();
			if (this.#phase !== 'open') this.#abandon();
		}
	}

	#step(frame: Frame): Step | Promise<Step> {
		const {loginServer, turns, directory} = this.#house;
		const login = this.#login;
		const now = directory.clock.now();
		if (login === 'over') return {kind: 'dropped'};
		if (login === 'connected') {
			const difficulty = difficultyFor(turns.load);
			this.#puzzleTime = puzzleTime(difficulty);
			return answerHello(loginServer, frame, this.#address, difficulty, now);
		}

		if (login === 'challenged') {
			return answerResponse(loginServer, frame, this.#address, now, async step => this.#whenFree(step));
		}

		return this.#whenFree(async () => continueServerLogin(loginServer, login, frame, directory.clock.now()));
	}

	/** For what holds the thread or a core: a power, or the disk. */
	async #whenFree(step: () => Promise<ServerLoginStep>): Promise<ServerLoginStep> {
		const network = this.#place?.owner ?? '';
		return this.#house.turns.run(network, async () => (this.#phase === 'open' ? step() : {kind: 'dropped'}));
	}

	#follow(step: Step): void {
		const {emit} = this.#house.directory;
		const from = this.#from;
		if (step.kind === 'dropped') return this.#drop('malformed');
		this.#write(step.send);
		if (step.kind === 'established') return this.#enter(step);
		if (step.kind === 'send') {
			this.#login = 'state' in step ? step.state : 'challenged';
			if ('registered' in step && step.registered) emit({kind: 'registered', name: step.registered, from});
			return;
		}

		const {reason} = step;
		emit({kind: 'refused', reason, from, ...('name' in step && step.name ? {name: step.name} : {})});
		this.#close('dropped');
	}

	#enter({name, identityKey, session}: Step & {kind: 'established'}): void {
		const {directory} = this.#house;
		this.#login = 'over';
		this.#settle();
		this.#since = directory.clock.elapsed();
		this.#enteredAt = this.#since;
		// From here on the age of the keys is that of the clock that nobody sets.
		session.send.since = this.#since;
		session.receive.since = this.#since;
		this.#splitter.limit = FRAME_LIMIT_AFTER;
		this.#member = signIn(directory, {name, identityKey}, session, this);
		directory.emit({kind: 'signed in', name, from: this.#from});
	}

	#consumeRecord(member: Member, frame: Frame): void {
		const {directory} = this.#house;
		const {receive} = member.session;
		const body = openRecord(receive, frame);
		if (body === undefined) return this.#drop('malformed');
		this.#since = directory.clock.elapsed();
		if (frame.type === FRAME.keyUpdate) return updateKey(receive, this.#since);
		if (frame.type === FRAME.signOff) return this.#close('signed off');
		try {
			const verdict = handleRequest(directory, member, frame.type, body);
			if (verdict === 'done') return;
			directory.emit({kind: 'dropped', reason: verdict, from: this.#from});
			this.end(verdict === 'flood' ? 'busy' : 'malformed');
		} catch (error) {
			this.#fail(error);
		}
	}

	#write(frame: Frame): void {
		if (this.#socket.destroyed) return;
		this.#socket.write(encodeFrame(frame));
		if (this.#socket.writableLength <= UNREAD_LIMIT) return;
		// Signed out when the socket says that it is closed: the caller may be going through the watchers right now.
		this.#house.directory.emit({kind: 'dropped', reason: 'unread', from: this.#from});
		this.#socket.destroy();
	}

	#fail(error: unknown): void {
		this.#house.directory.emit({kind: 'failed', error});
		this.end('internal');
	}

	/** Ends without a word. */
	#drop(reason: DropReason): void {
		this.#house.directory.emit({kind: 'dropped', reason, from: this.#from});
		this.#close('dropped');
		this.#socket.destroy();
	}

	#close(how: SignOut): void {
		if (this.#phase !== 'open') return;
		this.#phase = 'ending';
		this.#since = this.#house.directory.clock.elapsed();
		this.#leave(how);
		if (!this.#busy) this.#abandon();
		this.#socket.end();
	}

	#leave(how: SignOut): void {
		const member = this.#member;
		this.#member = undefined;
		if (member !== undefined) signOut(this.#house.directory, member, how);
	}

	/** No longer half open: signed in, or closed. */
	#settle(): void {
		if (this.#place !== undefined) this.#house.admission.release(this.#place);
		this.#place = undefined;
	}

	#abandon(): void {
		if (typeof this.#login === 'object') abandonServerLogin(this.#login);
		this.#login = 'over';
	}
}

/** Wipes what a step has yielded too late: the connection has ended meanwhile. */
function discard(step: Step): void {
	if (step.kind === 'established') wipeDirectorySession(step.session);
	if (step.kind === 'send' && 'state' in step) abandonServerLogin(step.state);
}
