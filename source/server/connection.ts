// One TCP connection: frames are taken one after the other, through the login and then as records, until either side ends it.
import {type Buffer} from 'node:buffer';
import {type Socket} from 'node:net';
import {wipeSession} from '../protocol/login/keys.ts';
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
import {difficultyFor} from '../protocol/login/challenge.ts';
import {type Address, addressText} from '../wire/address.ts';
import {type AlertReason, encodeAlert} from '../wire/alert.ts';
import {FRAME, FRAME_LIMIT_AFTER, FRAME_LIMIT_BEFORE, type Frame, FrameSplitter, encodeFrame} from '../wire/frame.ts';
import {type Admission} from './admission.ts';
import {type Directory, signIn, signOut} from './directory.ts';
import {type DropReason, type SignOut} from './events.ts';
import {type Link, type Member} from './member.ts';
import {handleRequest} from './requests.ts';
import {type Turns} from './turns.ts';

/** Specification: how long a login may take, and how long a client may be silent (three keepalives). */
export const LOGIN_MS = 10_000;
export const SILENCE_MS = 75_000;
/** How long a closed connection may take to go, ms, and how many bytes may wait for a client that does not read. */
const LINGER_MS = 2000;
const UNREAD_LIMIT = 1024 * 1024;

/** What all connections of a server share. */
export type House = {
	readonly loginServer: LoginServer;
	readonly directory: Directory;
	readonly admission: Admission;
	readonly turns: Turns;
	readonly now: () => number;
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
	#isHalfOpen = true;
	/** When it connected; once signed in, when it was last heard; once ending, since when. */
	#since: number;

	constructor(socket: Socket, address: Address, house: House) {
		this.#socket = socket;
		this.#address = address;
		this.#house = house;
		this.#since = house.now();
	}

	/** Bytes have arrived. */
	receive(chunk: Buffer): void {
		if (this.#phase !== 'open') return;
		this.#splitter.push(chunk);
		if (!this.#busy) void this.#consume();
		else if (this.#splitter.pending > FRAME_LIMIT_BEFORE) this.#drop('malformed');
	}

	send(type: number, body: Buffer): void {
		const {directory, now} = this.#house;
		const keys = this.#member?.session.send;
		if (keys === undefined || this.#phase !== 'open') return;
		if (needsKeyUpdate(keys, now())) this.#write(sealKeyUpdate(keys, directory.random, now()));
		this.#write(sealRecord(keys, type, body, directory.random));
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

	/** Called every second: ends what takes too long. */
	sweep(now: number): void {
		const age = now - this.#since;
		if (this.#phase === 'ending' && age >= LINGER_MS) this.#socket.destroy();
		if (this.#phase !== 'open' || age < (this.#member ? SILENCE_MS : LOGIN_MS)) return;
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
		try {
			// From here on a step holds the thread: for a power, or for the disk.
			if (typeof this.#login === 'object') await this.#house.turns.take();
			if (this.#phase !== 'open') return;
			const step = await this.#step(frame);
			if (this.#phase === 'open') this.#follow(step);
			else discard(step);
		} catch (error) {
			if (this.#phase === 'open') this.#fail(error);
		} finally {
			this.#busy = false;
			if (this.#phase !== 'open') this.#abandon();
		}
	}

	#step(frame: Frame): Step | Promise<Step> {
		const {loginServer, admission, now} = this.#house;
		if (this.#login === 'over') return {kind: 'dropped'};
		if (this.#login === 'challenged') return answerResponse(loginServer, frame, this.#address, now());
		if (this.#login !== 'connected') return continueServerLogin(loginServer, this.#login, frame, now());
		return answerHello(loginServer, frame, this.#address, difficultyFor(admission.halfOpen), now());
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
		const {directory, now} = this.#house;
		this.#login = 'over';
		this.#settle();
		this.#since = now();
		this.#splitter.limit = FRAME_LIMIT_AFTER;
		this.#member = signIn(directory, {name, identityKey}, session, this, now());
		directory.emit({kind: 'signed in', name, from: this.#from});
	}

	#consumeRecord(member: Member, frame: Frame): void {
		const {directory, now} = this.#house;
		const {receive} = member.session;
		const body = openRecord(receive, frame);
		if (body === undefined) return this.#drop('malformed');
		this.#since = now();
		if (frame.type === FRAME.keyUpdate) return updateKey(receive, now());
		if (frame.type === FRAME.signOff) return this.#close('signed off');
		try {
			const verdict = handleRequest(directory, member, frame.type, body, now());
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
		this.#since = this.#house.now();
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
		if (this.#isHalfOpen) this.#house.admission.release(this.#address);
		this.#isHalfOpen = false;
	}

	#abandon(): void {
		if (typeof this.#login === 'object') abandonServerLogin(this.#login);
		this.#login = 'over';
	}
}

/** Wipes what a step has yielded too late: the connection has ended meanwhile. */
function discard(step: Step): void {
	if (step.kind === 'established') wipeSession(step.session);
	if (step.kind === 'send' && 'state' in step) abandonServerLogin(step.state);
}
