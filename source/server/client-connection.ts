// One client's TCP connection. It handles frames in order: first those of the login, then sealed records, until either side ends it.
import {type Buffer} from 'node:buffer';
import {type Socket} from 'node:net';
import {needsKeyUpdate, openRecord, sealKeyUpdate, sealRecord, updateKey} from '../protocol/login/records.ts';
import {type ServerLoginStep, discardServerStep} from '../protocol/login/server.ts';
import {LINK_LIFE_MS} from '../protocol/devices/link-offer.ts';
import {wipeDirectorySession} from '../protocol/login/login-keys.ts';
import {type Address, addressText, normalizeAddress} from '../wire/address.ts';
import {type AlertReason, encodeAlert} from '../wire/alert.ts';
import {FRAME, FRAME_LIMIT_AFTER, FRAME_LIMIT_BEFORE, type Frame, FrameSplitter} from '../wire/frame.ts';
import {encodeReflectors} from '../wire/messages/ways.ts';
import {type HalfOpen} from './admission.ts';
import {ConnectionLogin, type LoginStep} from './connection-login.ts';
import {SILENCE_MS, UNBOUND_MS} from './connection-times.ts';
import {FrameOutlet, LINGER_MS} from './frame-outlet.ts';
import {dismiss, handleGuest, receiveGuest} from './guest-requests.ts';
import {type Guest} from './guests.ts';
import {type MemberConnection, type Member, isBound} from './member.ts';
import {beginsAsProxyHeader} from './proxy-header.ts';
import {handleRequest} from './requests.ts';
import {type Verdict} from './request-handler.ts';
import {type ConnectionDropReason, SESSION_ENDS, type SignOut} from './server-events.ts';
import {type ServerContext} from './server-context.ts';
import {signIn, signOut} from './sessions.ts';

/** How long a client shall wait that was evicted, and one whom the server could not serve, at least, s. */
const CROWDED_RETRY_S = 5;
const TROUBLE_RETRY_S = 2;
/** So many bytes of a client are read while the store works on its last request; the rest waits in its socket. */
const AHEAD_LIMIT = 16 * 1024;

type Established = ServerLoginStep & {kind: 'established'};

export class ClientConnection implements MemberConnection {
	readonly #socket: Socket;
	readonly #address: Address;
	readonly #atProxy: string | undefined;
	readonly #context: ServerContext;
	readonly #splitter = new FrameSplitter(FRAME_LIMIT_BEFORE);
	readonly #outlet: FrameOutlet;
	/** Until it has succeeded. */
	#login: ConnectionLogin | undefined;
	/** A login that has succeeded, until the store has said who signs in. */
	#entering: Established | undefined;
	/** Set once the login has succeeded: the member, or the guest. */
	#member: Member | undefined;
	#guest: Guest | undefined;
	#phase: 'open' | 'ending' | 'closed' = 'open';
	/** Whether a step of the login runs, or the store works on a request. Frames that arrive meanwhile wait. */
	#busy = false;
	/** Its slot among the half-open connections, until it has signed in. */
	#slot: HalfOpen | undefined;
	/** When it connected; once signed in, when its last record arrived; once ending, when that began. Monotonic ms. */
	#since: number;
	/** When it signed in, monotonic ms. */
	#signedInAt = 0;

	/** `atProxy`: the host of the proxy that the client has reached, when there is one between. */
	constructor(socket: Socket, address: Address, atProxy: string | undefined, context: ServerContext) {
		this.#socket = socket;
		this.#atProxy = atProxy;
		this.#address = address;
		this.#context = context;
		this.#login = new ConnectionLogin(context, address);
		this.#since = context.directory.clock.elapsed();
		this.#outlet = new FrameOutlet(socket, () => this.#note('unread'));
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
		if (this.#login?.isNew === true && beginsAsProxyHeader(chunk)) return this.#drop('proxy header');
		this.#splitter.push(chunk);
		if (!this.#busy) void this.#handleFrames();
		else if (this.#signedIn === undefined && this.#splitter.pending > FRAME_LIMIT_BEFORE) this.#drop('malformed');
		else if (this.#splitter.pending > AHEAD_LIMIT) this.#socket.pause();
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
		this.#writeAlert(reason, retryAfter);
		this.#close(SESSION_ENDS[reason] ?? 'dropped');
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

		// A guest stays as long as a link is good for.
		const isOver = this.#guest !== undefined && elapsed - this.#signedInAt >= LINK_LIFE_MS;
		// Whether HELLO or RESPONSE is overdue.
		const isSlow = this.#login?.isSlow(elapsed - (this.#slot?.idleSince ?? elapsed)) === true;
		// A client that waits for the store is not silent.
		const isPatient = this.#busy && this.#signedIn !== undefined;
		const limit = this.#login?.timeLimit ?? SILENCE_MS;
		if (this.#phase !== 'open' || isPatient || (age < limit && !isOver && !isSlow)) return;
		this.#note(this.#signedIn ? 'silent' : 'too slow');
		this.end('timeout');
	}

	/** The socket is closed, by either side. */
	closed(): void {
		this.#signOut('connection lost');
		this.#releaseSlot();
		this.#phase = 'closed';
		if (!this.#busy) this.#login?.abandon();
	}

	/** Another connection needs its slot. Does not wait until the client closes its side. */
	#evict(): void {
		if (this.#phase === 'open') this.#note('crowded out');
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
			else if (this.#login !== undefined) await this.#handleLoginFrame(this.#login, frame);
			else if (this.#signedIn !== undefined) {
				const pending = this.#handleRecord(this.#signedIn, frame);
				if (pending !== undefined) await pending;
			}
		}
	}

	async #handleLoginFrame(login: ConnectionLogin, frame: Frame): Promise<void> {
		this.#busy = true;
		const stage = login.stage(frame.type);
		const began = this.#context.directory.clock.elapsed();
		if (this.#slot !== undefined) this.#slot.idleSince = undefined;
		try {
			const step = await login.next(frame, this.#slot?.owner ?? '', () => this.#phase === 'open');
			if (this.#phase !== 'open') discardServerStep(step);
			else if (step.kind === 'established') await this.#signIn(step);
			else this.#applyStep(step);
		} catch (error) {
			if (this.#phase === 'open') this.#fail(error);
		} finally {
			this.#busy = false;
			const {directory, measures} = this.#context;
			const now = directory.clock.elapsed();
			if (stage !== undefined) measures.stage(stage, now - began);
			if (this.#slot !== undefined) this.#slot.idleSince = now;
			if (this.#phase !== 'open') this.#login?.abandon();
		}
	}

	#applyStep(step: Exclude<LoginStep, {kind: 'established'}>): void {
		const {emit} = this.#context.directory;
		const from = this.#from;
		if (step.kind === 'dropped') return this.#drop('malformed');
		this.#outlet.write(step.send);
		if (step.kind === 'send') {
			this.#login?.advance(step);
			if ('registered' in step && step.registered) emit({kind: 'registered', name: step.registered, from});
			return;
		}

		const named = 'name' in step && step.name ? {name: step.name} : {};
		emit({kind: 'refused', reason: step.reason, from, ...named});
		this.#close('dropped');
	}

	/** Never rejects. ACCEPT goes out when the store has said who signs in: from there on the client may ask, and be found. */
	async #signIn(established: Established): Promise<void> {
		const {directory} = this.#context;
		this.#entering = established;
		try {
			const entered = established.isGuest
				? receiveGuest(directory, established, this, guest => this.#welcome(guest))
				: await signIn(directory, established, established.session, this, member => this.#welcome(member));
			if (typeof entered === 'string' && this.#phase === 'open') {
				directory.emit({kind: 'refused', reason: entered, from: this.#from});
				this.end(entered, entered === 'busy' ? CROWDED_RETRY_S : 0);
			}
		} catch (error) {
			this.#fail(error);
		}

		if (this.#entering !== undefined) wipeDirectorySession(established.session);
	}

	/** Sends ACCEPT; from here on the age of the keys is measured with the monotonic clock. False when the connection is over. */
	#welcome(entered: Member | Guest): boolean {
		const established = this.#entering;
		if (this.#phase !== 'open' || established === undefined) return false;
		const {directory} = this.#context;
		const {session, name, isGuest, send} = established;
		this.#entering = undefined;
		this.#login = undefined;
		this.#releaseSlot();
		this.#outlet.write(send);
		this.#since = directory.clock.elapsed();
		this.#signedInAt = this.#since;
		session.send.since = this.#since;
		session.receive.since = this.#since;
		this.#splitter.limit = FRAME_LIMIT_AFTER;
		if ('key' in entered) this.#guest = entered;
		else this.#member = entered;
		directory.emit({kind: isGuest ? 'guest' : 'signed in', name, from: this.#from});
		this.tellReflectors();
		return true;
	}

	/** ALERT in place of all that would follow; behind ACCEPT, if the client waits for nothing else. */
	#writeAlert(reason: AlertReason, retryAfter: number): void {
		const established = this.#entering;
		const body = encodeAlert({reason, triesLeft: 0, retryAfter});
		if (this.#signedIn !== undefined) return this.send(FRAME.alert, body);
		if (established === undefined) return this.#login && this.#outlet.write(this.#login.alert(body));
		this.#outlet.write(established.send);
		this.#outlet.write(sealRecord(established.session.send, FRAME.alert, body, this.#context.directory.random));
	}

	/** Answers at once, or when the store has. Never rejects. */
	#handleRecord(signedIn: Member | Guest, frame: Frame): Promise<void> | undefined {
		const {directory} = this.#context;
		const {receive} = signedIn.session;
		const body = openRecord(receive, frame);
		if (body === undefined) return this.#drop('malformed');
		this.#since = directory.clock.elapsed();
		try {
			if (frame.type === FRAME.keyUpdate) updateKey(receive, this.#since);
			else if (frame.type === FRAME.signOff) this.#close('signed off');
			else {
				const verdict = this.#member
					? handleRequest(directory, this.#member, frame.type, body)
					: handleGuest(directory, signedIn as Guest, frame.type, body);
				if (typeof verdict !== 'string') return this.#conclude(verdict);
				this.#judge(verdict);
			}
		} catch (error) {
			this.#fail(error);
		}

		return undefined;
	}

	async #conclude(pending: Promise<Verdict>): Promise<void> {
		this.#busy = true;
		try {
			this.#judge(await pending);
		} catch (error) {
			this.#fail(error);
		} finally {
			this.#busy = false;
			this.#socket.resume();
		}
	}

	#judge(verdict: Verdict): void {
		if (verdict === 'done' || this.#phase !== 'open') return;
		this.#note(verdict);
		this.end(verdict === 'flood' ? 'busy' : 'malformed');
	}

	/** The store, or something else, has failed: the client may try again soon. */
	#fail(error: unknown): void {
		const {directory, returnTimes} = this.#context;
		directory.emit({kind: 'failed', error});
		if (this.#phase === 'open') this.end('internal', returnTimes.next(TROUBLE_RETRY_S));
	}

	/** Says why it is about to end. */
	#note(reason: ConnectionDropReason): void {
		this.#context.directory.emit({kind: 'dropped', reason, from: this.#from});
	}

	/** Closes without an ALERT. */
	#drop(reason: ConnectionDropReason): undefined {
		this.#note(reason);
		this.#close('dropped');
		this.#socket.destroy();
	}

	#close(how: SignOut): void {
		if (this.#phase !== 'open') return;
		this.#phase = 'ending';
		this.#since = this.#context.directory.clock.elapsed();
		this.#signOut(how);
		if (!this.#busy) this.#login?.abandon();
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
}
