// One client's TCP connection. It handles frames in order: first those of the login, then sealed records, until either side ends it.
import {type Buffer} from 'node:buffer';
import {type Socket} from 'node:net';
import {needsKeyUpdate, openRecord, sealKeyUpdate, sealRecord, updateKey} from '../protocol/login/records.ts';
import {
	type LoginServer,
	type ServerLogin,
	type ServerLoginStep,
	abandonServerLogin,
	answerHello,
	answerResponse,
	continueServerLogin,
	discardServerStep,
} from '../protocol/login/server.ts';
import {difficultyFor, puzzleTime} from '../protocol/login/challenge.ts';
import {type Address, addressText, normalizeAddress} from '../wire/address.ts';
import {type AlertReason, encodeAlert} from '../wire/alert.ts';
import {FRAME, FRAME_LIMIT_AFTER, FRAME_LIMIT_BEFORE, type Frame, FrameSplitter, joinFrames} from '../wire/frame.ts';
import {encodeReflectors} from '../wire/messages/ways.ts';
import {type Admission, type HalfOpen} from './admission.ts';
import {type MemberConnection, type Member, isBound} from './member.ts';
import {handleRequest} from './requests.ts';
import {type ConnectionDropReason, type SignOut} from './server-events.ts';
import {type Directory, signIn, signOut} from './sessions.ts';
import {type WorkQueue} from './work-queue.ts';

/** Specification: how long a client has to send HELLO, to answer CHALLENGE, and for the whole login. The time for a puzzle is added. */
export const HELLO_MS = 2000;
export const RESPONSE_MS = 3000;
export const LOGIN_MS = 10_000;
/** Specification: how long a client that is signed in may be silent (three keepalives). */
export const SILENCE_MS = 75_000;
/** Specification: how long after ACCEPT the first BIND may take before a client counts as one whose UDP does not get through. */
export const UNBOUND_MS = 5000;
/** How long a client shall wait that was evicted, s. */
const CROWDED_RETRY_S = 5;
/** How long the client may take to close its side after the server has closed, ms. */
const LINGER_MS = 2000;
/** How many bytes may wait for a client that does not read. */
const UNREAD_LIMIT = 1024 * 1024;
/** How many frames of one turn wait for each other. */
const UNSENT_LIMIT = 64;

/** What all connections of a server share. */
export type ServerContext = {
	readonly loginServer: LoginServer;
	readonly directory: Directory;
	readonly admission: Admission;
	readonly workQueue: WorkQueue;
	/** The reflectors for a client at the host `from` that has reached the own address `reached` by TCP. */
	readonly reflectors: (reached: string, from: string) => readonly Address[];
};

/** How a session ended, by the reason of its ALERT. With any other reason it was dropped. */
const endings: Partial<Record<AlertReason, SignOut>> = {
	displaced: 'displaced',
	removed: 'removed',
	shutdown: 'stopped',
	timeout: 'timed out',
};

type Step = ServerLoginStep | ReturnType<typeof answerHello>;

export class ClientConnection implements MemberConnection {
	readonly #socket: Socket;
	readonly #address: Address;
	readonly #context: ServerContext;
	readonly #splitter = new FrameSplitter(FRAME_LIMIT_BEFORE);
	/** How far the login is. */
	#login: 'connected' | 'challenged' | 'over' | ServerLogin = 'connected';
	/** Set once the login has succeeded. */
	#member: Member | undefined;
	#phase: 'open' | 'ending' | 'closed' = 'open';
	/** Whether a step of the login runs. Frames that arrive meanwhile wait. */
	#busy = false;
	/** Frames that go out at the end of this turn, at most UNSENT_LIMIT. */
	#unsent: Frame[] | undefined;
	/** Its slot among the half-open connections, until it has signed in. */
	#slot: HalfOpen | undefined;
	/** When it connected; once signed in, when its last record arrived; once ending, when that began. Monotonic ms. */
	#since: number;
	/** When it signed in, monotonic ms. */
	#signedInAt = 0;
	/** How long its client may take for the puzzle, ms. */
	#puzzleTime = 0;

	constructor(socket: Socket, address: Address, context: ServerContext) {
		this.#socket = socket;
		this.#address = address;
		this.#context = context;
		this.#since = context.directory.clock.elapsed();
	}

	/** Takes a slot, or says why there is none. */
	admit(): 'admitted' | 'full' | 'address limit' {
		const slot = this.#context.admission.admit(this.#address, this.#since, () => this.#evict());
		if (typeof slot === 'string') return slot;
		this.#slot = slot;
		return 'admitted';
	}

	/** Bytes have arrived. */
	receive(chunk: Buffer): void {
		if (this.#phase !== 'open') return;
		this.#splitter.push(chunk);
		if (!this.#busy) void this.#handleFrames();
		else if (this.#splitter.pending > FRAME_LIMIT_BEFORE) this.#drop('malformed');
	}

	send(type: number, body: Buffer): void {
		const {clock, random} = this.#context.directory;
		const keys = this.#member?.session.send;
		if (keys === undefined || this.#phase !== 'open') return;
		if (needsKeyUpdate(keys, clock.elapsed())) this.#write(sealKeyUpdate(keys, random, clock.elapsed()));
		this.#write(sealRecord(keys, type, body, random));
	}

	/** Sends the reason in an ALERT, sealed if there are keys, and closes. `retryAfter` in s. */
	end(reason: AlertReason, retryAfter = 0): void {
		if (this.#phase !== 'open') return;
		const body = encodeAlert({reason, triesLeft: 0, retryAfter});
		if (this.#member !== undefined) this.send(FRAME.alert, body);
		else if (typeof this.#login === 'string') this.#write({type: FRAME.alert, body});
		else this.#write(sealRecord(this.#login.keys.server, FRAME.alert, body, this.#context.directory.random));
		this.#close(endings[reason] ?? 'dropped');
	}

	/** Tells a signed-in client to sign in again. */
	renew(retryAfter: number): void {
		if (this.#member !== undefined) this.end('shutdown', retryAfter);
	}

	/** Tells a signed-in client of the other reflectors that it has from here on. */
	tellReflectors(): void {
		const {localAddress} = this.#socket;
		if (this.#member === undefined || localAddress === undefined) return;
		const reached = normalizeAddress(localAddress, 0).host;
		this.send(FRAME.reflectors, encodeReflectors(this.#context.reflectors(reached, this.#address.host)));
	}

	/** Called every second with the monotonic time, ms: ends the connection when the client is too slow or silent. */
	sweep(elapsed: number): void {
		const age = elapsed - this.#since;
		if (this.#phase === 'ending' && age >= LINGER_MS) this.#socket.destroy();
		const member = this.#member;
		if (member !== undefined && !isBound(member) && elapsed - this.#signedInAt >= UNBOUND_MS) {
			this.#context.directory.presence.setState(member, 'unbound');
		}

		if (this.#phase !== 'open' || (age < this.#timeLimit && !this.#isSlow(elapsed))) return;
		this.#context.directory.emit({kind: 'dropped', reason: this.#member ? 'silent' : 'too slow', from: this.#from});
		this.end('timeout');
	}

	/** Called when the socket is closed, by either side. */
	closed(): void {
		this.#signOut('connection lost');
		this.#releaseSlot();
		this.#phase = 'closed';
		if (!this.#busy) this.#abandonLogin();
	}

	/** How long the client may be silent; before it has signed in, how long the whole login may take. */
	get #timeLimit(): number {
		return this.#member === undefined ? LOGIN_MS + this.#puzzleTime : SILENCE_MS;
	}

	/** Whether HELLO or RESPONSE is overdue. */
	#isSlow(elapsed: number): boolean {
		const limit = {connected: HELLO_MS, challenged: RESPONSE_MS + this.#puzzleTime, over: undefined};
		const idleSince = this.#slot?.idleSince;
		if (typeof this.#login === 'object' || idleSince === undefined) return false;
		return elapsed - idleSince >= (limit[this.#login] ?? Number.POSITIVE_INFINITY);
	}

	/** Another connection needs its slot. */
	#evict(): void {
		const {emit} = this.#context.directory;
		if (this.#phase === 'open') emit({kind: 'dropped', reason: 'crowded out', from: this.#from});
		this.end('busy', CROWDED_RETRY_S);
		// Does not wait until the client closes its side.
		this.#socket.destroySoon();
	}

	get #from(): string {
		return addressText(this.#address);
	}

	/** Handles the frames that have arrived. Never rejects. */
	async #handleFrames(): Promise<void> {
		while (this.#phase === 'open') {
			const frame = this.#splitter.next();
			if (frame === 'incomplete') break;
			if (frame === 'malformed') this.#drop('malformed');
			else if (this.#member !== undefined) this.#handleRecord(this.#member, frame);
			else await this.#handleLoginFrame(frame);
		}
	}

	async #handleLoginFrame(frame: Frame): Promise<void> {
		this.#busy = true;
		if (this.#slot !== undefined) this.#slot.idleSince = undefined;
		try {
			const step = await this.#runStep(frame);
			if (this.#phase === 'open') this.#applyStep(step);
			else discardServerStep(step);
		} catch (error) {
			if (this.#phase === 'open') this.#fail(error);
		} finally {
			this.#busy = false;
			if (this.#slot !== undefined) this.#slot.idleSince = this.#context.directory.clock.elapsed();
			if (this.#phase !== 'open') this.#abandonLogin();
		}
	}

	#runStep(frame: Frame): Step | Promise<Step> {
		const {loginServer, workQueue, directory} = this.#context;
		const login = this.#login;
		const now = directory.clock.now();
		if (login === 'over') return {kind: 'dropped'};
		if (login === 'connected') {
			const difficulty = difficultyFor(workQueue.load);
			this.#puzzleTime = puzzleTime(difficulty);
			return answerHello(loginServer, frame, this.#address, difficulty, now);
		}

		if (login === 'challenged') {
			return answerResponse(loginServer, frame, this.#address, now, async step => this.#enqueue(step));
		}

		return this.#enqueue(async () => continueServerLogin(loginServer, login, frame, directory.clock.now()));
	}

	/** Queues a step that blocks the thread or takes a core: an exponentiation, or the disk. */
	async #enqueue(step: () => Promise<ServerLoginStep>): Promise<ServerLoginStep> {
		const network = this.#slot?.owner ?? '';
		return this.#context.workQueue.run(network, async () => (this.#phase === 'open' ? step() : {kind: 'dropped'}));
	}

	#applyStep(step: Step): void {
		const {emit} = this.#context.directory;
		const from = this.#from;
		if (step.kind === 'dropped') return this.#drop('malformed');
		this.#write(step.send);
		if (step.kind === 'established') return this.#signIn(step);
		if (step.kind === 'send') {
			this.#login = 'state' in step ? step.state : 'challenged';
			if ('registered' in step && step.registered) emit({kind: 'registered', name: step.registered, from});
			return;
		}

		const {reason} = step;
		emit({kind: 'refused', reason, from, ...('name' in step && step.name ? {name: step.name} : {})});
		this.#close('dropped');
	}

	#signIn({name, identityKey, session}: Step & {kind: 'established'}): void {
		const {directory} = this.#context;
		this.#login = 'over';
		this.#releaseSlot();
		this.#since = directory.clock.elapsed();
		this.#signedInAt = this.#since;
		// From here on the age of the keys is measured with the monotonic clock.
		session.send.since = this.#since;
		session.receive.since = this.#since;
		this.#splitter.limit = FRAME_LIMIT_AFTER;
		this.#member = signIn(directory, {name, identityKey}, session, this);
		directory.emit({kind: 'signed in', name, from: this.#from});
		this.tellReflectors();
	}

	#handleRecord(member: Member, frame: Frame): void {
		const {directory} = this.#context;
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

	/** Frames of one turn of the event loop go out together, in one write. */
	#write(frame: Frame): void {
		if (this.#unsent === undefined) {
			this.#unsent = [];
			queueMicrotask(() => this.#flush());
		}

		this.#unsent.push(frame);
		if (this.#unsent.length >= UNSENT_LIMIT) this.#flush();
	}

	#flush(): void {
		const frames = this.#unsent;
		this.#unsent = undefined;
		if (frames === undefined || this.#socket.destroyed) return;
		this.#socket.write(joinFrames(frames));
		if (this.#socket.writableLength <= UNREAD_LIMIT) return;
		// The 'close' event signs the member out. Not here: the caller may be iterating over the watchers.
		this.#context.directory.emit({kind: 'dropped', reason: 'unread', from: this.#from});
		this.#socket.destroy();
	}

	#fail(error: unknown): void {
		this.#context.directory.emit({kind: 'failed', error});
		this.end('internal');
	}

	/** Closes without an ALERT. */
	#drop(reason: ConnectionDropReason): void {
		this.#context.directory.emit({kind: 'dropped', reason, from: this.#from});
		this.#close('dropped');
		this.#socket.destroy();
	}

	#close(how: SignOut): void {
		if (this.#phase !== 'open') return;
		this.#phase = 'ending';
		this.#since = this.#context.directory.clock.elapsed();
		this.#signOut(how);
		if (!this.#busy) this.#abandonLogin();
		this.#flush();
		this.#socket.end();
	}

	#signOut(how: SignOut): void {
		const member = this.#member;
		this.#member = undefined;
		if (member !== undefined) signOut(this.#context.directory, member, how);
	}

	/** The connection is no longer half-open: it has signed in, or is closed. */
	#releaseSlot(): void {
		if (this.#slot !== undefined) this.#context.admission.release(this.#slot);
		this.#slot = undefined;
	}

	#abandonLogin(): void {
		if (typeof this.#login === 'object') abandonServerLogin(this.#login);
		this.#login = 'over';
	}
}
