// One login over a TCP connection of its own, from connect to ACCEPT. What it leaves is a connection that stands, or a reason.
import {type Buffer} from 'node:buffer';
import {type Socket, connect} from 'node:net';
import {
	type ClientLogin,
	type ClientLoginStep,
	type LoginFailure,
	type LoginSetup,
	abandonLogin,
	continueLogin,
	startLogin,
} from '../protocol/login/client.ts';
import {type DirectorySession, wipeSession} from '../protocol/login/keys.ts';
import {type Alert} from '../wire/alert.ts';
import {FRAME, FRAME_LIMIT_AFTER, type Frame, FrameSplitter, encodeFrame} from '../wire/frame.ts';
import {ExponentUnknown} from './exponent.ts';

/** For TCP to connect, ms. */
const CONNECT_MS = 10_000;
/** For the whole login, in which the password is stretched twice at most, ms. */
const LOGIN_MS = 60_000;

export type ServerPlace = {
	/** A DNS name or an IP address. */
	readonly host: string;
	readonly port: number;
	/** Pinned, 32 bytes. */
	readonly serverKey: Buffer;
};

export type LoginAttempt = Omit<LoginSetup, 'serverKey'> & {
	readonly server: ServerPlace;
	/** Local ms. */
	readonly now: () => number;
	/** Gives up at once. */
	readonly signal?: AbortSignal;
	readonly connectMs?: number;
};

/** A connection whose login is done. Frames behind ACCEPT are in `splitter`. */
export type LoggedIn = {
	readonly kind: 'established';
	readonly session: DirectorySession;
	readonly socket: Socket;
	readonly splitter: FrameSplitter;
	/** Ends it and wipes its keys: for who does not take it over. */
	end(): void;
};

export type LoginOutcome =
	| LoggedIn
	| {readonly kind: 'refused'; readonly alert: Alert}
	| {readonly kind: 'failed'; readonly reason: LoginFailure | 'credentials'}
	| {readonly kind: 'unreachable'; readonly cause: unknown}
	| {readonly kind: 'timeout'}
	/** REGISTER went out: the account may stand. */
	| {readonly kind: 'closed'; readonly registerSent: boolean};

/** Never throws for what the network or the server does; throws PasswordError. */
export async function attemptLogin(attempt: LoginAttempt): Promise<LoginOutcome> {
	const {server, signal, connectMs = CONNECT_MS} = attempt;
	const timeout = AbortSignal.timeout(LOGIN_MS);
	const socket = connect({host: server.host, port: server.port, noDelay: true, autoSelectFamily: true});
	const abort = () => socket.destroy();
	timeout.addEventListener('abort', abort);
	signal?.addEventListener('abort', abort);
	if (signal?.aborted === true) socket.destroy();
	try {
		const connected = await opened(socket, connectMs);
		if (connected !== true) return connected;
		const outcome = await exchange(attempt, socket);
		if (outcome.kind === 'closed' && timeout.aborted) return {kind: 'timeout'};
		return outcome;
	} finally {
		timeout.removeEventListener('abort', abort);
		signal?.removeEventListener('abort', abort);
	}
}

async function opened(socket: Socket, limit: number): Promise<LoginOutcome | true> {
	return new Promise(resolve => {
		let failure: unknown;
		const timer = setTimeout(() => {
			resolve({kind: 'timeout'});
			socket.destroy();
		}, limit);
		socket.once('connect', () => {
			clearTimeout(timer);
			resolve(true);
		});
		socket.on('error', error => {
			failure = error;
		});
		socket.once('close', () => {
			clearTimeout(timer);
			resolve({kind: 'unreachable', cause: failure});
		});
	});
}

/** The frames of one login, taken one at a time: the next waits until the step before is done. */
async function exchange(attempt: LoginAttempt, socket: Socket): Promise<LoginOutcome> {
	const splitter = new FrameSplitter();
	const frames = new FrameQueue(socket, splitter);
	const setup: LoginSetup = {...attempt, serverKey: attempt.server.serverKey};
	let registerSent = false;
	let state: ClientLogin | undefined;
	try {
		let step: ClientLoginStep = {kind: 'send', ...startLogin(setup, attempt.now())};
		while (step.kind === 'send') {
			({state} = step);
			if (step.send.type === FRAME.register) registerSent = true;
			socket.write(encodeFrame(step.send));
			const frame = await frames.next();
			if (frame === undefined || frame === 'malformed') {
				socket.destroy();
				return frame === undefined ? {kind: 'closed', registerSent} : {kind: 'failed', reason: 'malformed'};
			}

			step = await continueLogin(state, frame, attempt.now());
			if (step.kind !== 'send') state = undefined;
		}

		if (step.kind !== 'established') {
			socket.destroy();
			return step;
		}

		const {session} = step;
		if (socket.destroyed) {
			wipeSession(session);
			return {kind: 'closed', registerSent};
		}

		frames.release();
		splitter.limit = FRAME_LIMIT_AFTER;
		const end = () => {
			socket.destroy();
			wipeSession(session);
		};

		return {kind: 'established', session, socket, splitter, end};
	} catch (error) {
		socket.destroy();
		if (error instanceof ExponentUnknown) return {kind: 'failed', reason: 'credentials'};
		throw error;
	} finally {
		if (state !== undefined) abandonLogin(state);
	}
}

class FrameQueue {
	readonly #socket: Socket;
	readonly #splitter: FrameSplitter;
	#wake: (() => void) | undefined;
	readonly #onData = (chunk: Buffer) => {
		// The server speaks when it is spoken to: nothing more is read until the frame that came is taken.
		this.#splitter.push(chunk);
		this.#socket.pause();
		this.#wake?.();
	};

	readonly #onClose = () => this.#wake?.();

	constructor(socket: Socket, splitter: FrameSplitter) {
		this.#socket = socket;
		this.#splitter = splitter;
		socket.on('data', this.#onData);
		socket.on('close', this.#onClose);
	}

	/** Undefined once the connection has ended. */
	async next(): Promise<Frame | 'malformed' | undefined> {
		for (;;) {
			const frame = this.#splitter.next();
			if (frame !== 'incomplete') return frame;
			if (this.#socket.destroyed) return undefined;
			await new Promise<void>(resolve => {
				this.#wake = resolve;
				this.#socket.resume();
			});
		}
	}

	/** Leaves the socket to somebody else, paused. */
	release(): void {
		this.#socket.pause();
		this.#socket.off('data', this.#onData);
		this.#socket.off('close', this.#onClose);
	}
}
