// One logged-in connection to the directory: requests and their answers, news, keepalive. It ends once, with a reason, and wipes its
// keys then.
import {Buffer} from 'node:buffer';
import {consumeIntroduction} from '../../protocol/introduce/introduction.ts';
import {wipeDirectorySession} from '../../protocol/login/login-keys.ts';
import {needsKeyUpdate, openRecord, sealKeyUpdate, sealRecord, updateKey} from '../../protocol/login/records.ts';
import {type Address, normalizeAddress} from '../../wire/address.ts';
import {decodeAlert} from '../../wire/alert.ts';
import {Reader} from '../../wire/cursor.ts';
import {FRAME, type Frame, encodeFrame, isIgnorable} from '../../wire/frame.ts';
import {
	type ChangePassword,
	type Results,
	decodeBlock,
	decodeCandidates,
	decodeNames,
	decodePing,
	decodePresence,
	decodeRefused,
	decodeResults,
	encodeBlock,
	encodeCandidates,
	encodeChangePassword,
	encodeNames,
	encodePing,
	encodeSearch,
} from '../../wire/messages/directory.ts';
import {encodeIntroduce} from '../../wire/messages/introduce.ts';
import {type Ways, decodeCalled, decodeReflectors, decodeWays, reflectorsAt} from '../../wire/messages/ways.ts';
import {reachable} from '../../protocol/path/reachable.ts';
import {type LineIntroduction, type LinePorts} from './line-ports.ts';
import {type LoggedIn} from './login-attempt.ts';
import {problemOfAlert} from './problems.ts';
import {type ConnectionProblem} from './connection-state.ts';

/** Between PINGs, ms; the connection is dead when so many of them in a row stay without a PONG. */
const KEEPALIVE_MS = 25_000;
const MISSED_LIMIT = 3;
/** For a PONG when the way is in question, ms; and when a reflector, whose answer came by UDP, sees us at another host than before. */
const CHECK_MS = 3000;
const ELSEWHERE_MS = 500;
/** For an answer to a request, ms. */
const ANSWER_MS = 10_000;
/** Questions without an answer yet. */
const QUESTION_LIMIT = 256;
/** For the connection to go down after SIGN_OFF, ms. */
const FAREWELL_MS = 1000;

export type Refusal = {readonly retryAfter: number};
/** No answer in time or before the connection ended, or too many questions are open. */
export type Unanswered = 'offline';

type Question = {
	/** The frame type that answers it. */
	readonly type: number;
	/** Undefined for what no honest server answers. */
	readonly read: (body: Buffer) => unknown;
	readonly resolve: (answer: never) => void;
	readonly timer: NodeJS.Timeout;
};

export class DirectoryLine {
	readonly #login: LoggedIn;
	readonly #ports: LinePorts;
	/** By request number; QUESTION_LIMIT at most. A change of password has number 0, and is alone. */
	readonly #questions = new Map<number, Question>();
	#lastRequest = 0;
	/** The last WAYS: the INTRODUCTION of the same request comes right behind it. */
	#ways: Ways | undefined;
	#missed = 0;
	/** Until something comes. */
	#checking: NodeJS.Timeout | undefined;
	#keepalive: NodeJS.Timeout | undefined;
	#phase: 'open' | 'leaving' | 'ended' = 'open';

	constructor(login: LoggedIn, ports: LinePorts) {
		this.#login = login;
		this.#ports = ports;
	}

	/** Takes what has arrived and what will. */
	listen(): void {
		const {socket, splitter} = this.#login;
		this.#keepalive = setInterval(() => this.#ping(), this.#ports.keepaliveMs ?? KEEPALIVE_MS);
		socket.on('data', chunk => {
			splitter.push(chunk);
			this.#takeFrames();
		});
		socket.once('close', () => this.#end('closed'));
		this.#takeFrames();
		socket.resume();
	}

	/** K_c1c2, ticket and addresses for a talk with `name`. */
	async introduce(name: string): Promise<LineIntroduction | 'unavailable' | Refusal | Unanswered> {
		const request = this.#newRequest();
		const asked = {request, name, time: this.#serverTime()};
		return this.#ask(request, FRAME.introduce, encodeIntroduce(asked), FRAME.introduction, body => {
			const answer = consumeIntroduction(body, asked, this.#serverTime());
			if (answer === 'unavailable') return answer;
			if ('grant' in answer) {
				const {grant, time} = answer;
				const ways = this.#ways?.request === request ? this.#ways : undefined;
				return {...grant, addresses: this.#reachable(grant.addresses), ways, time};
			}

			this.#ports.onDrop(answer.drop);
			return answer.drop === 'stale' || answer.drop === 'unsupported' ? 'unavailable' : undefined;
		});
	}

	/** Names that start with `prefix`, in order, after `after`; at most `limit`. */
	async search(prefix: string, after: string, limit: number): Promise<Results | Refusal | Unanswered> {
		const request = this.#newRequest();
		const body = encodeSearch({request, prefix, after, limit});
		return this.#ask(request, FRAME.search, body, FRAME.results, decodeResults);
	}

	async changePassword(change: ChangePassword): Promise<'changed' | Refusal | Unanswered> {
		const body = encodeChangePassword(change);
		return this.#ask(0, FRAME.changePassword, body, FRAME.changed, () => 'changed' as const);
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

	/** Where else we may be, four at most; in place of those before. */
	candidates(addresses: readonly Address[]): void {
		this.#send(FRAME.candidates, encodeCandidates(addresses));
	}

	/**
	 * The way may be another one by now: without a word within CHECK_MS it counts as closed, and at once when our end of it is none of
	 * the hosts that this machine has. 'elsewhere': a reflector has just seen us at another host than before, and TCP hardly ever
	 * outlives that.
	 */
	check(change?: readonly string[] | 'elsewhere'): void {
		const own = normalizeAddress(this.#login.socket.localAddress ?? '', 0).host;
		if (typeof change === 'object' && !change.includes(own)) this.#end('closed');
		if (this.#phase !== 'open' || (this.#checking !== undefined && change !== 'elsewhere')) return;
		if (this.#checking === undefined) this.#send(FRAME.ping, encodePing(0));
		clearTimeout(this.#checking);
		this.#checking = setTimeout(() => this.#end('timeout'), change === 'elsewhere' ? ELSEWHERE_MS : CHECK_MS);
	}

	/** SIGN_OFF; resolves when the connection is down and the keys are wiped. */
	async signOff(): Promise<void> {
		if (this.#phase === 'ended') return;
		const {socket} = this.#login;
		this.#send(FRAME.signOff, Buffer.alloc(0));
		this.#phase = 'leaving';
		await new Promise<void>(resolve => {
			const timer = setTimeout(() => socket.destroy(), FAREWELL_MS);
			socket.once('close', () => {
				clearTimeout(timer);
				resolve();
			});
			socket.end();
		});
	}

	#serverTime(): number {
		return Math.round(this.#ports.now() + this.#login.session.clockOffset);
	}

	#reachable(addresses: readonly Address[]): Address[] {
		const {remote, session} = this.#login;
		return reachable(addresses, {server: remote, observed: session.observed});
	}

	#newRequest(): number {
		this.#lastRequest = (this.#lastRequest % 0xff_ff_ff_ff) + 1;
		return this.#lastRequest;
	}

	async #ask<T>(
		request: number,
		type: number,
		body: Buffer,
		answerType: number,
		read: (body: Buffer) => T | undefined,
	): Promise<T | Refusal | Unanswered> {
		const isFull = this.#questions.size >= QUESTION_LIMIT || this.#questions.has(request);
		if (this.#phase !== 'open' || isFull) return 'offline';
		return new Promise(resolve => {
			const timer = setTimeout(() => this.#answer(request, 'offline'), ANSWER_MS);
			this.#questions.set(request, {type: answerType, read, resolve, timer});
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
		if (this.#phase !== 'open') return;
		const {socket, session} = this.#login;
		const {random, now} = this.#ports;
		const {send} = session;
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
		while (this.#phase !== 'ended') {
			const frame = splitter.next();
			if (frame === 'incomplete') return;
			if (frame === 'malformed' || !this.#takeFrame(frame)) this.#end('protocol');
		}
	}

	/** False when no honest server sends this. */
	#takeFrame(frame: Frame): boolean {
		const {now, onPresence, onUnbound, onBlocked, onPunch, onReflectors, onCalled} = this.#ports;
		const {remote} = this.#login;
		const {receive} = this.#login.session;
		const body = openRecord(receive, frame);
		if (body === undefined) return false;
		clearTimeout(this.#checking);
		this.#checking = undefined;
		switch (frame.type) {
			case FRAME.presence: {
				return pass(decodePresence(body), onPresence);
			}

			case FRAME.unbound: {
				return pass(decodeNames(body), onUnbound);
			}

			case FRAME.blocked: {
				return pass(decodeBlock(body), onBlocked);
			}

			case FRAME.punch: {
				return pass(decodeCandidates(body), addresses => onPunch(this.#reachable(addresses)));
			}

			case FRAME.reflectors: {
				return pass(decodeReflectors(body), named => onReflectors(this.#reachable(reflectorsAt(named, remote))));
			}

			case FRAME.called: {
				return pass(decodeCalled(body), onCalled);
			}

			case FRAME.ways: {
				return pass(decodeWays(body), ways => {
					this.#ways = ways;
				});
			}

			case FRAME.pong: {
				return pass(decodePing(body), () => {
					this.#missed = 0;
				});
			}

			case FRAME.keyUpdate: {
				if (body.length === 0) updateKey(receive, now());
				return body.length === 0;
			}

			case FRAME.alert: {
				return pass(decodeAlert(body), ({reason, retryAfter}) => this.#end(problemOfAlert[reason], retryAfter));
			}

			case FRAME.refused: {
				return pass(decodeRefused(body), ({request, retryAfter}) => {
					// Both are 0 for a list that is full: no question of ours.
					if (request > 0 || retryAfter > 0) this.#answer(request, {retryAfter});
				});
			}

			case FRAME.introduction:
			case FRAME.results:
			case FRAME.changed: {
				return this.#takeAnswer(frame.type, body);
			}

			default: {
				return isIgnorable(frame.type);
			}
		}
	}

	/** An answer that nobody waits for any more is passed over. */
	#takeAnswer(type: number, body: Buffer): boolean {
		const reader = new Reader(body);
		const request = type === FRAME.changed ? 0 : reader.u32();
		const question = this.#questions.get(request);
		if (reader.failed || question?.type !== type) return !reader.failed;
		return pass(question.read(body), answer => this.#answer(request, answer));
	}

	#end(problem: ConnectionProblem, retryAfter = 0): void {
		if (this.#phase === 'ended') return;
		this.#phase = 'ended';
		clearInterval(this.#keepalive);
		clearTimeout(this.#checking);
		this.#login.socket.destroy();
		for (const request of this.#questions.keys()) this.#answer(request, 'offline');
		try {
			this.#ports.onEnd(problem, retryAfter);
		} finally {
			wipeDirectorySession(this.#login.session);
		}
	}
}

/** Hands on what could be decoded, and says whether it could. */
function pass<T>(decoded: T | undefined, take: (value: T) => void): boolean {
	if (decoded !== undefined) take(decoded);
	return decoded !== undefined;
}
