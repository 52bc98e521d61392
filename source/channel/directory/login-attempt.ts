// One login over a TCP connection of its own, from connect to ACCEPT. Its result is a logged-in connection, or a reason.
import {type Buffer} from 'node:buffer';
import {type Socket} from 'node:net';
import {StretchError} from '../../crypto/password.ts';
import {
	type ClientLogin,
	type ClientLoginStep,
	type LoginFailure,
	type LoginSetup,
	abandonLogin,
	continueLogin,
	startLogin,
} from '../../protocol/login/client.ts';
import {type DirectorySession, wipeDirectorySession} from '../../protocol/login/login-keys.ts';
import {type Address, normalizeAddress} from '../../wire/address.ts';
import {type Alert, type AlertReason} from '../../wire/alert.ts';
import {FRAME, FRAME_LIMIT_AFTER, type Frame, FrameSplitter, encodeFrame} from '../../wire/frame.ts';
import {firstAnswer} from './first-answer.ts';
import {PasswordUnknown} from './stretched-password.ts';
import {PuzzleSolver, PuzzleUnsolved} from './puzzle.ts';

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

export type LoginAttempt = Omit<LoginSetup, 'serverKey' | 'solve'> & {
	readonly server: ServerPlace;
	/** Local ms. */
	readonly now: () => number;
	/** Gives up at once; the promise resolves when the step under way is done and its keys are wiped. */
	readonly signal?: AbortSignal;
	/** Counts what is solved over several attempts. */
	readonly puzzles?: PuzzleSolver;
	readonly loginMs?: number;
};

/** A connection whose login is done. Frames behind ACCEPT are in `splitter`; nothing more is read until the socket is resumed. */
export type LoggedIn = {
	readonly kind: 'established';
	readonly session: DirectorySession;
	readonly socket: Socket;
	readonly splitter: FrameSplitter;
	/** The server's, as TCP reached it. */
	readonly remote: Address;
	/** Ends it and wipes its keys: for who does not take it over. */
	end(): void;
};

export type LoginOutcome =
	| LoggedIn
	| {readonly kind: 'refused'; readonly alert: Alert}
	/** 'memory': the server asks for more to stretch the password than this machine has. */
	| {readonly kind: 'failed'; readonly reason: LoginFailure | 'credentials' | 'memory'}
	| {readonly kind: 'unreachable'; readonly cause: unknown}
	| {readonly kind: 'timeout'}
	/** It ended without a word. After REGISTER, however it ended: the account may stand, and a sign-in finds out. */
	| {readonly kind: 'closed'; readonly registerSent: boolean};

/** Never throws for what the network or the server does; throws PasswordError. */
export async function attemptLogin(attempt: LoginAttempt): Promise<LoginOutcome> {
	const {signal, loginMs = LOGIN_MS} = attempt;
	const over = new AbortController();
	const giveUp = () => over.abort();
	let isLate = false;
	const timer = setTimeout(() => {
		isLate = true;
		giveUp();
	}, loginMs);
	signal?.addEventListener('abort', giveUp);
	if (signal?.aborted === true) giveUp();
	try {
		const socket = await connected(attempt, over.signal);
		if ('kind' in socket) return socket;
		over.signal.addEventListener('abort', () => socket.destroy());
		if (over.signal.aborted) socket.destroy();
		const progress = {registerSent: false};
		const outcome = await exchange(attempt, socket, progress);
		if (progress.registerSent && !isDecided(outcome)) return {kind: 'closed', registerSent: true};
		return isLate && outcome.kind === 'closed' ? {kind: 'timeout'} : outcome;
	} finally {
		clearTimeout(timer);
		signal?.removeEventListener('abort', giveUp);
	}
}

/** The socket once TCP is connected, or what came of it. */
async function connected({server, entropy}: LoginAttempt, over: AbortSignal): Promise<Socket | LoginOutcome> {
	const late = new AbortController();
	const timer = setTimeout(() => late.abort(), CONNECT_MS);
	try {
		return await firstAnswer(server, AbortSignal.any([over, late.signal]), entropy.random);
	} catch (cause) {
		return late.signal.aborted ? {kind: 'timeout'} : {kind: 'unreachable', cause};
	} finally {
		clearTimeout(timer);
	}
}

/** The frames of one login, taken one at a time: the next waits until the step before is done. */
async function exchange(
	attempt: LoginAttempt,
	socket: Socket,
	progress: {registerSent: boolean},
): Promise<LoginOutcome> {
	const frames = new FrameQueue(socket);
	const setup: LoginSetup = {...attempt, serverKey: attempt.server.serverKey, solve: solver(attempt, socket)};
	let state: ClientLogin | undefined;
	let session: DirectorySession | undefined;
	try {
		let step: ClientLoginStep = {kind: 'send', ...startLogin(setup)};
		while (step.kind === 'send') {
			({state} = step);
			progress.registerSent ||= step.send.type === FRAME.register;
			socket.write(encodeFrame(step.send));
			const frame = await frames.next();
			if (frame === undefined) return {kind: 'closed', registerSent: progress.registerSent};
			if (frame === 'malformed') return {kind: 'failed', reason: 'malformed'};
			step = await continueLogin(state, frame, attempt.now());
			if (step.kind === 'refused' && !isCredible(step.alert, state)) return {kind: 'failed', reason: 'unexpected'};
		}

		state = undefined;
		if (step.kind !== 'established') return step;
		const {remoteAddress, remotePort} = socket;
		const isGone = socket.destroyed || remoteAddress === undefined || remotePort === undefined;
		if (isGone) {
			wipeDirectorySession(step.session);
			return {kind: 'closed', registerSent: progress.registerSent};
		}

		({session} = step);
		return standing(session, socket, frames.release(), normalizeAddress(remoteAddress, remotePort));
	} catch (error) {
		if (error instanceof StretchError) return {kind: 'failed', reason: 'memory'};
		if (error instanceof PasswordUnknown) return {kind: 'failed', reason: 'credentials'};
		if (error instanceof PuzzleUnsolved) return {kind: 'closed', registerSent: progress.registerSent};
		throw error;
	} finally {
		if (state !== undefined) abandonLogin(state);
		if (session === undefined) socket.destroy();
	}
}

/** Solves for as long as the connection stands. It is read meanwhile: a paused one does not tell that it has ended. */
function solver({puzzles = new PuzzleSolver()}: LoginAttempt, socket: Socket): LoginSetup['solve'] {
	const over = new AbortController();
	const end = () => over.abort();
	if (socket.destroyed) end();
	socket.once('close', end);
	return async (cookie, difficulty) => {
		socket.resume();
		try {
			return await puzzles.solve(cookie, difficulty, over.signal);
		} finally {
			socket.pause();
		}
	};
}

function standing(session: DirectorySession, socket: Socket, splitter: FrameSplitter, remote: Address): LoggedIn {
	const end = () => {
		socket.destroy();
		wipeDirectorySession(session);
	};

	return {kind: 'established', session, socket, splitter, remote, end};
}

/** In clear, an ALERT says nothing of an account: whoever is on the way may have sent it. */
function isCredible({reason}: Alert, state: ClientLogin): boolean {
	return 'keys' in state || saidInClear.has(reason);
}

const saidInClear: ReadonlySet<AlertReason> = new Set([
	'malformed',
	'unsupported',
	'busy',
	'shutdown',
	'timeout',
	'challengeFailed',
	'internal',
] as const);

/** Whether it is known what became of a REGISTER. */
function isDecided(outcome: LoginOutcome): boolean {
	return outcome.kind === 'established' || (outcome.kind === 'refused' && noAccount.has(outcome.alert.reason));
}

const noAccount: ReadonlySet<AlertReason> = new Set([
	'malformed',
	'nameTaken',
	'inviteInvalid',
	'registrationClosed',
] as const);

class FrameQueue {
	readonly #socket: Socket;
	readonly #splitter = new FrameSplitter();
	#wake: (() => void) | undefined;
	readonly #onData = (chunk: Buffer) => {
		// The server speaks when it is spoken to: nothing more is read until the frame that came is taken.
		this.#splitter.push(chunk);
		this.#socket.pause();
		this.#wake?.();
	};

	readonly #onClose = () => this.#wake?.();

	constructor(socket: Socket) {
		this.#socket = socket;
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

	/** Leaves the socket to somebody else, paused, with what was read and not taken. */
	release(): FrameSplitter {
		this.#socket.pause();
		this.#socket.off('data', this.#onData);
		this.#socket.off('close', this.#onClose);
		this.#splitter.limit = FRAME_LIMIT_AFTER;
		return this.#splitter;
	}
}
