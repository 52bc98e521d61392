// One client's TCP connection. It handles frames in order: first those of the login, then sealed records, until either side ends it.
import {type Buffer} from 'node:buffer';
import {type Socket} from 'node:net';
import {needsKeyUpdate, openRecord, sealKeyUpdate, sealRecord, updateKey} from '../protocol/login/records.ts';
import {
	type ServerLogin,
	type ServerLoginStep,
	abandonServerLogin,
	answerHello,
	answerResponse,
	continueServerLogin,
	discardServerStep,
} from '../protocol/login/server.ts';
import {LINK_LIFE_MS} from '../protocol/devices/link-offer.ts';
import {type DirectorySession, wipeDirectorySession} from '../protocol/login/login-keys.ts';
import {difficultyFor, puzzleTime} from '../protocol/login/challenge.ts';
import {type Address, addressText, normalizeAddress} from '../wire/address.ts';
import {type AlertReason, encodeAlert} from '../wire/alert.ts';
import {FRAME, FRAME_LIMIT_AFTER, FRAME_LIMIT_BEFORE, type Frame, FrameSplitter} from '../wire/frame.ts';
import {encodeReflectors} from '../wire/messages/ways.ts';
import {type HalfOpen} from './admission.ts';
import {LOGIN_MS, SILENCE_MS, UNBOUND_MS, frameLimit} from './client-times.ts';
import {FrameOutlet} from './frame-outlet.ts';
import {dismiss, handleGuest} from './guest-requests.ts';
import {type Guest} from './guests.ts';
import {type MemberConnection, type Member, isBound} from './member.ts';
import {type Stage, stageOf} from './measures.ts';
import {beginsAsProxyHeader} from './proxy-header.ts';
import {handleRequest} from './requests.ts';
import {WAIT_LIMIT_MS, busyFrame} from './return-times.ts';
import {ENDINGS, type ConnectionDropReason, type SignOut} from './server-events.ts';
import {type ServerContext} from './server-context.ts';
import {signIn, signOut} from './sessions.ts';

/** How long a client shall wait that was evicted, at least, s. */
const CROWDED_RETRY_S = 5;

/** How long the client may take to close its side after the server has closed, ms. */
const LINGER_MS = 2000;

type Step = ServerLoginStep | ReturnType<typeof answerHello>;

export class ClientConnection implements MemberConnection {
	readonly #socket: Socket;
	readonly #address: Address;
	readonly #atProxy: string | undefined;
	readonly #context: ServerContext;
	readonly #splitter = new FrameSplitter(FRAME_LIMIT_BEFORE);
	readonly #outlet: FrameOutlet;
	/** How far the login is. */
	#login: 'connected' | 'challenged' | 'over' | ServerLogin = 'connected';
	/** Set once the login has succeeded: the member, or the guest. */
	#member: Member | undefined;
	#guest: Guest | undefined;
	#phase: 'open' | 'ending' | 'closed' = 'open';
	/** Whether a step of the login runs. Frames that arrive meanwhile wait. */
	#busy = false;
	/** Its slot among the half-open connections, until it has signed in. */
	#slot: HalfOpen | undefined;
	/** When it connected; once signed in, when its last record arrived; once ending, when that began. Monotonic ms. */
	#since: number;
	/** When it signed in, monotonic ms. */
	#signedInAt = 0;
	/** How long its client may take for the puzzle, ms. */
	#puzzleTime = 0;

	/** `atProxy`: the host of the proxy that the client has reached, when there is one between. */
	constructor(socket: Socket, address: Address, atProxy: string | undefined, context: ServerContext) {
		this.#socket = socket;
		this.#atProxy = atProxy;
		this.#address = address;
		this.#context = context;
		this.#since = context.directory.clock.elapsed();
		const {emit} = context.directory;
		this.#outlet = new FrameOutlet(socket, () => emit({kind: 'dropped', reason: 'unread', from: this.#from}));
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
		// Of a proxy that is not trusted. As a frame it would be one that is never whole.
		if (this.#login === 'connected' && beginsAsProxyHeader(chunk)) return this.#drop('proxy header');
		this.#splitter.push(chunk);
		if (!this.#busy) void this.#handleFrames();
		else if (this.#splitter.pending > FRAME_LIMIT_BEFORE) this.#drop('malformed');
	}

	send(type: number, body: Buffer): void {
		const {clock, random} = this.#context.directory;
		const keys = this.#signedIn?.session.send;
		if (keys === undefined || this.#phase !== 'open') return;
		if (needsKeyUpdate(keys, clock.elapsed())) this.#outlet.write(sealKeyUpdate(keys, random, clock.elapsed()));
		this.#outlet.write(sealRecord(keys, type, body, random));
	}

	/** Sends the reason in an ALERT, sealed if there are keys, and closes. `retryAfter` in s. */
	end(reason: AlertReason, retryAfter = 0): void {
		if (this.#phase !== 'open') return;
		const body = encodeAlert({reason, triesLeft: 0, retryAfter});
		if (this.#signedIn !== undefined) this.send(FRAME.alert, body);
		else if (typeof this.#login === 'string') this.#outlet.write({type: FRAME.alert, body});
		else this.#outlet.write(sealRecord(this.#login.keys.server, FRAME.alert, body, this.#context.directory.random));
		this.#close(ENDINGS[reason] ?? 'dropped');
	}

	/** Tells a signed-in client to sign in again. */
	renew(retryAfter: number): void {
		if (this.#signedIn !== undefined) this.end('shutdown', retryAfter);
	}

	/** Tells a signed-in client of the other reflectors that it has from here on. */
	tellReflectors(): void {
		const {localAddress} = this.#socket;
		if (this.#member === undefined || localAddress === undefined) return;
		const reached = normalizeAddress(localAddress, 0).host;
		const named = this.#context.reflectors(reached, this.#address.host, this.#atProxy);
		this.send(FRAME.reflectors, encodeReflectors(named));
	}

	/** Called every second with the monotonic time, ms: ends the connection when the client is too slow or silent. */
	sweep(elapsed: number): void {
		const age = elapsed - this.#since;
		if (this.#phase === 'ending' && age >= LINGER_MS) this.#socket.destroy();
		const member = this.#member;
		if (member !== undefined && !isBound(member) && elapsed - this.#signedInAt >= UNBOUND_MS) {
			this.#context.directory.presence.setState(member, 'unbound');
		}

		const idleSince = this.#slot?.idleSince ?? elapsed;
		const isSlow = elapsed - idleSince >= frameLimit(this.#login, this.#puzzleTime);
		// A guest stays as long as a link is good for.
		const isOver = this.#guest !== undefined && elapsed - this.#signedInAt >= LINK_LIFE_MS;
		if (this.#phase !== 'open' || (age < this.#timeLimit && !isOver && !isSlow)) return;
		this.#context.directory.emit({kind: 'dropped', reason: this.#signedIn ? 'silent' : 'too slow', from: this.#from});
		this.end('timeout');
	}

	/** The socket is closed, by either side. */
	closed(): void {
		this.#signOut('connection lost');
		this.#releaseSlot();
		this.#phase = 'closed';
		if (!this.#busy) this.#abandonLogin();
	}

	/** How long the client may be silent; before it has signed in, how long the whole login may take. */
	get #timeLimit(): number {
		return this.#signedIn === undefined ? LOGIN_MS + this.#puzzleTime : SILENCE_MS;
	}

	/** Another connection needs its slot. Does not wait until the client closes its side. */
	#evict(): void {
		const {emit} = this.#context.directory;
		if (this.#phase === 'open') emit({kind: 'dropped', reason: 'crowded out', from: this.#from});
		this.end('busy', this.#context.returnTimes.next(CROWDED_RETRY_S));
		this.#socket.destroySoon();
	}

	get #from(): string {
		return addressText(this.#address);
	}

	get #signedIn(): Member | Guest | undefined {
		return this.#member ?? this.#guest;
	}

	/** Handles the frames that have arrived. Never rejects. */
	async #handleFrames(): Promise<void> {
		while (this.#phase === 'open') {
			const frame = this.#splitter.next();
			if (frame === 'incomplete') break;
			if (frame === 'malformed') this.#drop('malformed');
			else if (this.#signedIn !== undefined) this.#handleRecord(this.#signedIn, frame);
			else await this.#handleLoginFrame(frame);
		}
	}

	async #handleLoginFrame(frame: Frame): Promise<void> {
		this.#busy = true;
		const stage = stageOf(this.#login, frame.type);
		const began = this.#context.directory.clock.elapsed();
		if (this.#slot !== undefined) this.#slot.idleSince = undefined;
		try {
			const step = await this.#runStep(frame);
			if (this.#phase === 'open') this.#applyStep(step);
			else discardServerStep(step);
		} catch (error) {
			if (this.#phase === 'open') this.#fail(error);
		} finally {
			this.#busy = false;
			if (stage !== undefined) this.#measure(stage, began);
			if (this.#slot !== undefined) this.#slot.idleSince = this.#context.directory.clock.elapsed();
			if (this.#phase !== 'open') this.#abandonLogin();
		}
	}

	#measure(stage: Stage, since: number): void {
		this.#context.measures.stage(stage, this.#context.directory.clock.elapsed() - since);
	}

	#runStep(frame: Frame): Step | Promise<Step> {
		const {loginServer, workQueue, returnTimes, directory} = this.#context;
		const login = this.#login;
		const now = directory.clock.now();
		if (login === 'over') return {kind: 'dropped'};
		if (typeof login === 'string' && workQueue.waitMs > WAIT_LIMIT_MS) {
			// It could not end within its time, and nothing has been spent on it yet.
			return {kind: 'refused', reason: 'busy', send: busyFrame(returnTimes.next(workQueue.waitMs / 1000))};
		}
		if (login === 'connected') {
			const difficulty = difficultyFor(workQueue.load);
			this.#puzzleTime = puzzleTime(difficulty);
			return answerHello(loginServer, frame, this.#address, difficulty, now);
		}

		if (login === 'challenged') {
			return answerResponse(loginServer, frame, this.#address, now, async step => this.#enqueue(step, 'new'));
		}

		return this.#enqueue(async () => continueServerLogin(loginServer, login, frame, directory.clock.now()), 'begun');
	}

	/** Queues a step that blocks the thread or takes a core: an exponentiation, or the disk. */
	async #enqueue(step: () => Promise<ServerLoginStep>, login: 'begun' | 'new'): Promise<ServerLoginStep> {
		const queued = this.#context.directory.clock.elapsed();
		const run = async (): Promise<ServerLoginStep> => {
			this.#measure('queue', queued);
			return this.#phase === 'open' ? step() : {kind: 'dropped'};
		};
		return this.#context.workQueue.run(this.#slot?.owner ?? '', run, login);
	}

	#applyStep(step: Step): void {
		const {emit} = this.#context.directory;
		const from = this.#from;
		if (step.kind === 'dropped') return this.#drop('malformed');
		this.#outlet.write(step.send);
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

	#signIn({name, identityKey, isGuest, session}: Step & {kind: 'established'}): void {
		const {directory} = this.#context;
		const identity = {name, identityKey};
		this.#login = 'over';
		this.#releaseSlot();
		this.#since = directory.clock.elapsed();
		this.#signedInAt = this.#since;
		// From here on the age of the keys is measured with the monotonic clock.
		session.send.since = this.#since;
		session.receive.since = this.#since;
		this.#splitter.limit = FRAME_LIMIT_AFTER;
		if (isGuest) this.#guest = directory.guests.add(directory, identity, session, this);
		const member = isGuest ? 'full' : signIn(directory, identity, session, this);
		if (typeof member === 'object') this.#member = member;
		if (member === 'removed') return this.#turnAway(session, 'deviceRemoved');
		if (this.#signedIn === undefined) return this.#turnAway(session, 'busy', CROWDED_RETRY_S);
		directory.emit({kind: isGuest ? 'guest' : 'signed in', name, from: this.#from});
		this.tellReflectors();
	}

	/** There is no room for the session, or its device was removed while it signed in. */
	#turnAway(session: DirectorySession, reason: AlertReason, retryAfter = 0): void {
		const {random, emit} = this.#context.directory;
		const body = encodeAlert({reason, triesLeft: 0, retryAfter});
		emit({kind: 'refused', reason, from: this.#from});
		this.#outlet.write(sealRecord(session.send, FRAME.alert, body, random));
		wipeDirectorySession(session);
		this.#close('dropped');
	}

	#handleRecord(signedIn: Member | Guest, frame: Frame): void {
		const {directory} = this.#context;
		const {receive} = signedIn.session;
		const body = openRecord(receive, frame);
		if (body === undefined) return this.#drop('malformed');
		this.#since = directory.clock.elapsed();
		if (frame.type === FRAME.keyUpdate) return updateKey(receive, this.#since);
		if (frame.type === FRAME.signOff) return this.#close('signed off');
		try {
			const verdict = this.#member
				? handleRequest(directory, this.#member, frame.type, body)
				: handleGuest(directory, signedIn as Guest, frame.type, body);
			if (verdict === 'done') return;
			directory.emit({kind: 'dropped', reason: verdict, from: this.#from});
			this.end(verdict === 'flood' ? 'busy' : 'malformed');
		} catch (error) {
			this.#fail(error);
		}
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
		this.#outlet.flush();
		this.#socket.end();
	}

	#signOut(how: SignOut): void {
		const [member, guest] = [this.#member, this.#guest];
		this.#member = undefined;
		this.#guest = undefined;
		if (member !== undefined) signOut(this.#context.directory, member, how);
		if (guest !== undefined) dismiss(this.#context.directory, guest);
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
