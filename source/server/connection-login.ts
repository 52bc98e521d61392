// How far one connection's login is, and its next step for each frame: at once, or when the server has time for it.
import {type Buffer} from 'node:buffer';
import {type Address} from '../wire/address.ts';
import {FRAME, type Frame} from '../wire/frame.ts';
import {difficultyFor, puzzleTime} from '../protocol/login/challenge.ts';
import {sealRecord} from '../protocol/login/records.ts';
import {
	type ServerLogin,
	type ServerLoginStep,
	abandonServerLogin,
	answerHello,
	answerResponse,
	continueServerLogin,
} from '../protocol/login/server.ts';
import {HELLO_MS, LOGIN_MS, RESPONSE_MS} from './connection-times.ts';
import {type Stage, stageOf} from './measures.ts';
import {WAIT_LIMIT_MS, busyFrame} from './return-times.ts';
import {type ServerContext} from './server-context.ts';

export type LoginStep = ServerLoginStep | ReturnType<typeof answerHello>;

export class ConnectionLogin {
	readonly #context: ServerContext;
	readonly #address: Address;
	#state: 'connected' | 'challenged' | 'over' | ServerLogin = 'connected';
	/** How long its client may take for the puzzle, ms. */
	#puzzleTime = 0;

	constructor(context: ServerContext, address: Address) {
		this.#context = context;
		this.#address = address;
	}

	/** How long the whole login may take, ms. */
	get timeLimit(): number {
		return LOGIN_MS + this.#puzzleTime;
	}

	/** Whether nothing has come yet that it understands. */
	get isNew(): boolean {
		return this.#state === 'connected';
	}

	/** The stage that a frame of this type asks for; undefined when the login is over. */
	stage(type: number): Stage | undefined {
		return stageOf(this.#state, type);
	}

	/** Whether HELLO or RESPONSE is overdue when the server has waited for so long, ms. */
	isSlow(waited: number): boolean {
		if (this.#state === 'connected') return waited >= HELLO_MS;
		return this.#state === 'challenged' && waited >= RESPONSE_MS + this.#puzzleTime;
	}

	/** `network`: whose turn it is when many wait. `isOpen` is asked before a costly step. Rejects with errors of the store. */
	next(frame: Frame, network: string, isOpen: () => boolean): LoginStep | Promise<LoginStep> {
		const {loginServer, workQueue, returnTimes, measures, directory} = this.#context;
		const login = this.#state;
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

		/** Queues a step that blocks the thread or takes a core: an exponentiation, or the disk. */
		const enqueue = async (step: () => Promise<ServerLoginStep>, kind: 'begun' | 'new'): Promise<ServerLoginStep> => {
			const queued = directory.clock.elapsed();
			const run = async (): Promise<ServerLoginStep> => {
				measures.stage('queue', directory.clock.elapsed() - queued);
				return isOpen() ? step() : {kind: 'dropped'};
			};
			return workQueue.run(network, run, kind);
		};

		if (login === 'challenged') {
			return answerResponse(loginServer, frame, this.#address, now, async step => enqueue(step, 'new'));
		}

		return enqueue(async () => continueServerLogin(loginServer, login, frame, directory.clock.now()), 'begun');
	}

	/** The client was sent what follows. */
	advance(step: LoginStep & {kind: 'send'}): void {
		this.#state = 'state' in step ? step.state : 'challenged';
	}

	/** ALERT with this body, sealed if there are keys. */
	alert(body: Buffer): Frame {
		if (typeof this.#state === 'string') return {type: FRAME.alert, body};
		return sealRecord(this.#state.keys.server, FRAME.alert, body, this.#context.directory.random);
	}

	abandon(): void {
		if (typeof this.#state === 'object') abandonServerLogin(this.#state);
		this.#state = 'over';
	}
}
