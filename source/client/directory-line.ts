// One logged-in connection to the directory: requests and their answers, news, keepalive. It ends once, for one stated reason,
// and has then wiped its keys.
import {Buffer} from 'node:buffer';
import {type Random} from '../crypto/random.ts';
import {consumeIntroduction} from '../protocol/introduce/client.ts';
import {type DirectorySession, wipeSession} from '../protocol/login/keys.ts';
import {needsKeyUpdate, openRecord, sealKeyUpdate, sealRecord, updateKey} from '../protocol/login/records.ts';
import {type Address, normalizeAddress} from '../wire/address.ts';
import {type AlertReason, decodeAlert} from '../wire/alert.ts';
import {FRAME, type Frame, encodeFrame, isIgnorable} from '../wire/frame.ts';
import {
	type ChangePassword,
	type Presence,
	type Results,
	decodePing,
	decodePresence,
	decodeRefused,
	decodeResults,
	encodeBlock,
	encodeChangePassword,
	encodeNames,
	encodePing,
	encodeSearch,
} from '../wire/messages/directory.ts';
import {type Grant, encodeIntroduce} from '../wire/messages/introduce.ts';
import {type LoggedIn} from './login.ts';
import {type ConnectionProblem} from './snapshot.ts';

/** Between PINGs, ms; the connection is dead when so many of them in a row stay without a PONG. */
const KEEPALIVE_MS = 25_000;
const MISSED_LIMIT = 3;
/** For an answer to a request, ms. */
const ANSWER_MS = 10_000;
/** Questions without an answer yet. */
const QUESTION_LIMIT = 256;

export type Refusal = {readonly retryAfter: number};
/** The connection ended before the answer, or there are too many questions. */
export type Unanswered = 'offline';

export type LinePorts = {
	/** Local ms. */
	readonly now: () => number;
	readonly random: Random;
	readonly onPresence: (entries: readonly Presence[]) => void;
	/** Before the keys are wiped. */
	readonly onEnd: (problem: ConnectionProblem) => void;
};

type Question = {
	/** The answer of a frame with the question's number; undefined when it does not answer it. */
	readonly read: (type: number, body: Buffer) => unknown;
	readonly resolve: (answer: never) => void;
	readonly timer: NodeJS.Timeout;
};

export class DirectoryLine {
	readonly session: DirectorySession;
	/** The server's, as TCP reached it. */
	readonly remote: Address;
	readonly #login: LoggedIn;
	readonly #ports: LinePorts;
	/** By request number; QUESTION_LIMIT at most. A change of password has number 0, and is alone. */
	readonly #questions = new Map<number, Question>();
	#lastRequest = 0;
	#missed = 0;
	readonly #keepalive: NodeJS.Timeout;
	#ended = false;

	constructor(login: LoggedIn, ports: LinePorts) {
		const {session, socket} = login;
		this.#login = login;
		this.#ports = ports;
		this.session = session;
		this.remote = normalizeAddress(socket.remoteAddress ?? '127.0.0.1', socket.remotePort ?? 0);
		this.#keepalive = setInterval(() => this.#ping(), KEEPALIVE_MS);
		socket.on('data', chunk => {
			login.splitter.push(chunk);
			this.#takeFrames();
		});
		socket.on('error', () => {});
		socket.once('close', () => this.#end('closed'));
		this.#takeFrames();
		if (socket.destroyed) this.#end('closed');
		else socket.resume();
	}

	get ended(): boolean {
		return this.#ended;
	}

	/** K_c1c2, ticket and addresses for a talk with `name`. */
	async introduce(name: string): Promise<Grant | 'unavailable' | Refusal | Unanswered> {
		const request = this.#newRequest();
		const asked = {request, name, time: this.#serverTime()};
		return this.#ask(request, FRAME.introduce, encodeIntroduce(asked), (type, body) => {
			if (type !== FRAME.introduction) return undefined;
			const answer = consumeIntroduction(body, asked, this.#serverTime());
			if (answer === 'unavailable') return answer;
			if ('grant' in answer) return answer.grant;
			return answer.drop === 'other-request' ? undefined : 'unavailable';
		});
	}

	/** Names that start with `prefix`, in order, after `after`; at most `limit`. */
	async search(prefix: string, after: string, limit: number): Promise<Results | Refusal | Unanswered> {
		const request = this.#newRequest();
		return this.#ask(request, FRAME.search, encodeSearch({request, prefix, after, limit}), (type, body) => {
			const results = type === FRAME.results ? decodeResults(body) : undefined;
			return results?.request === request ? results : undefined;
		});
	}

	async changePassword(change: ChangePassword): Promise<'changed' | Refusal | Unanswered> {
		return this.#ask(0, FRAME.changePassword, encodeChangePassword(change), type =>
			type === FRAME.changed ? 'changed' : undefined,
		);
	}

	/** At most 255 names. */
	watch(names: readonly string[]): void {
		this.#send(FRAME.watch, encodeNames(names));
	}

	unwatch(names: readonly string[]): void {
		this.#send(FRAME.unwatch, encodeNames(names));
	}

	block(name: string, blocked: boolean): void {
		this.#send(FRAME.block, encodeBlock({name, blocked}));
	}

	/** SIGN_OFF; resolves when the connection is down and the keys are wiped. */
	async signOff(): Promise<void> {
		if (this.#ended) return;
		const {socket} = this.#login;
		this.#send(FRAME.signOff, Buffer.alloc(0));
		await new Promise<void>(resolve => {
			const timer = setTimeout(() => socket.destroy(), 1000);
			socket.once('close', () => {
				clearTimeout(timer);
				resolve();
			});
			socket.end();
		});
	}

	#serverTime(): number {
		return Math.round(this.#ports.now() + this.session.clockOffset);
	}

	#newRequest(): number {
		this.#lastRequest = (this.#lastRequest % 0xff_ff_ff_ff) + 1;
		return this.#lastRequest;
	}

	async #ask<T>(
		request: number,
		type: number,
		body: Buffer,
		read: (type: number, body: Buffer) => T | undefined,
	): Promise<T | Refusal | Unanswered> {
		if (this.#ended || this.#questions.size >= QUESTION_LIMIT || this.#questions.has(request)) return 'offline';
		return new Promise(resolve => {
			const timer = setTimeout(() => this.#answer(request, 'offline'), ANSWER_MS);
			this.#questions.set(request, {read, resolve, timer});
			this.#send(type, body);
		});
	}

	#answer(request: number, answer: unknown): void {
		const question = this.#questions.get(request);
		if (question === undefined) return;
		this.#questions.delete(request);
		clearTimeout(question.timer);
		question.resolve(answer as never);
	}

	#send(type: number, body: Buffer): void {
		if (this.#ended) return;
		const {socket} = this.#login;
		const {random, now} = this.#ports;
		const {send} = this.session;
		if (needsKeyUpdate(send, now())) socket.write(encodeFrame(sealKeyUpdate(send, random, now())));
		socket.write(encodeFrame(sealRecord(send, type, body, random)));
	}

	#ping(): void {
		if (this.#missed >= MISSED_LIMIT) {
			this.#end('timeout');
			return;
		}

		this.#missed++;
		this.#send(FRAME.ping, encodePing(0));
	}

	#takeFrames(): void {
		const {splitter} = this.#login;
		while (!this.#ended) {
			const frame = splitter.next();
			if (frame === 'incomplete') return;
			if (frame === 'malformed' || !this.#takeFrame(frame)) this.#end('protocol');
		}
	}

	/** False when no honest server sends this. */
	#takeFrame(frame: Frame): boolean {
		const {receive} = this.session;
		const body = openRecord(receive, frame);
		if (body === undefined) return false;
		switch (frame.type) {
			case FRAME.presence: {
				const entries = decodePresence(body);
				if (entries !== undefined) this.#ports.onPresence(entries);
				return entries !== undefined;
			}

			case FRAME.pong: {
				this.#missed = 0;
				return decodePing(body) !== undefined;
			}

			case FRAME.keyUpdate: {
				updateKey(receive, this.#ports.now());
				return true;
			}

			case FRAME.alert: {
				const alert = decodeAlert(body);
				if (alert !== undefined) this.#end(problems[alert.reason] ?? 'protocol');
				return alert !== undefined;
			}

			case FRAME.refused: {
				const refused = decodeRefused(body);
				if (refused !== undefined && (refused.request > 0 || refused.retryAfter > 0)) {
					this.#answer(refused.request, {retryAfter: refused.retryAfter});
				}

				return refused !== undefined;
			}

			case FRAME.introduction:
			case FRAME.results:
			case FRAME.changed: {
				this.#takeAnswer(frame.type, body);
				return true;
			}

			case FRAME.blocked:
			case FRAME.punch: {
				return true;
			}

			default: {
				return isIgnorable(frame.type);
			}
		}
	}

	#takeAnswer(type: number, body: Buffer): void {
		for (const [request, {read}] of this.#questions) {
			const answer = read(type, body);
			if (answer === undefined) continue;
			this.#answer(request, answer);
			return;
		}
	}

	#end(problem: ConnectionProblem): void {
		if (this.#ended) return;
		this.#ended = true;
		clearInterval(this.#keepalive);
		this.#login.socket.destroy();
		for (const request of this.#questions.keys()) this.#answer(request, 'offline');
		this.#ports.onEnd(problem);
		wipeSession(this.session);
	}
}

const problems: Partial<Record<AlertReason, ConnectionProblem>> = {
	displaced: 'displaced',
	removed: 'removed',
	shutdown: 'shutdown',
	timeout: 'timeout',
	busy: 'busy',
	identityUnknown: 'identity',
	credentials: 'credentials',
};
