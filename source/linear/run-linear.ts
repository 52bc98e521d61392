// Runs the linear client on a terminal or on pipes: connects keys, lines, signals and the client to what is said.
import {hostname} from 'node:os';
import process from 'node:process';
import {type ReadStream, type WriteStream} from 'node:tty';
import {type Client, ClientError} from '../client/facade.ts';
import {type Snapshot} from '../client/snapshot.ts';
import {PROBLEM_EXITS, EXIT_CODES} from '../cli/sysexits.ts';
import {stopped, until, whenStopped} from '../cli/until.ts';
import {handleEndSignals} from '../os/end-signals.ts';
import {isUtf8Locale} from '../os/locale.ts';
import {writeOutput} from '../os/standard-streams.ts';
import {keyPress} from '../ui/input/key-events.ts';
import {Entrance} from '../ui/screens/entrance.ts';
import {entranceLines, entrancePrompt, hidesTyping, leftWords, nextCount} from './linear-entrance.ts';
import {linearNotify} from './linear-notify.ts';
import {LinearTalk} from './linear-talk.ts';
import {LineOutlet} from './line-outlet.ts';
import {TypedLines} from './typed-lines.ts';
import {catalogue} from '../catalogue/catalogue.ts';

/** A process that was told to stop has stopped within this, ms. */
const STOP_MS = 50;

const isIn = ({account}: Snapshot) => account !== undefined;
const isDelivered = ({contacts}: Snapshot) => contacts.every(({outbox}) => outbox === 0);

export type LinearOptions = {
	readonly client: Client;
	/** Signs a new profile up. */
	readonly joinLink?: string | undefined;
	/** A line of standard input, undefined behind the last one: where it is no terminal, or one that edits lines itself. Rejects with Failure. */
	readonly nextLine: () => Promise<string | undefined>;
	/** How long what a script sends is waited for at the end of its input. */
	readonly waitMs: number;
	readonly stdin: ReadStream;
	readonly stdout: WriteStream;
	readonly env: Readonly<Record<string, string | undefined>>;
	/** Local ms. */
	readonly now?: () => number;
};

/** Talks until the person leaves, the input ends or the process is told to end. Throws Failure, ClientError and OutputError. */
export async function runLinear(options: LinearOptions): Promise<void> {
	const linear = new Linear(options);
	try {
		await linear.run();
	} finally {
		linear.close();
	}
}

class Linear {
	readonly #options: LinearOptions;
	readonly #now: () => number;
	/** Both ends are a terminal: a person is there. */
	readonly #isTerminal: boolean;
	/** Undefined where lines come whole. */
	readonly #typed: TypedLines | undefined;
	readonly #outlet: LineOutlet;
	readonly #over = new AbortController();
	#failure: unknown;
	#talk: LinearTalk | undefined;
	/** Ctrl-C was pressed, and nothing since. */
	#isQuitting = false;
	#timer: NodeJS.Timeout | undefined;

	constructor(options: LinearOptions) {
		const {stdin, stdout, env, now = Date.now} = options;
		this.#options = options;
		this.#now = now;
		this.#isTerminal = stdin.isTTY && stdout.isTTY;
		// In Emacs' shell lines are edited and shown by Emacs, and come whole.
		const isEdited = (env['INSIDE_EMACS'] ?? '').includes('comint');
		this.#typed = this.#isTerminal && !isEdited ? this.#typedLines() : undefined;
		this.#outlet = new LineOutlet({
			write: writeOutput,
			isHeld: () => this.#typed?.isHalfTyped === true,
			isAscii: stdout.isTTY && !isUtf8Locale(env),
			onError: error => this.#leave(error),
		});
	}

	async run(): Promise<void> {
		const {client} = this.#options;
		this.#listen();
		if (client.snapshot().account === undefined) await this.#enter();
		if (!this.#isOver) await this.#converse();
		if (this.#failure !== undefined) throw this.#failure;
	}

	/** Gives the terminal back. */
	close(): void {
		clearTimeout(this.#timer);
		process.off('SIGCONT', this.#goOn);
		const {stdin} = this.#options;
		if (this.#typed === undefined) return;
		if (stdin.isRaw) stdin.setRawMode(false);
		stdin.pause();
	}

	get #isOver(): boolean {
		return this.#over.signal.aborted;
	}

	/** Signs up or in. */
	async #enter(): Promise<void> {
		const {client, joinLink} = this.#options;
		const entrance = new Entrance({client, joinLink, quit: () => this.#leave(), now: this.#now, hostName: hostname()});
		const {account} = client;
		await this.#outlet.say(
			...(account === undefined
				? entrance.store.value.joins === undefined
					? catalogue.linear.noAccount
					: [catalogue.devices.joinIntro(entrance.store.value.joins.name)]
				: [catalogue.linear.signingIn(account.name, account.server)]),
			catalogue.linear.ctrlDQuits,
		);
		let said: typeof entrance.store.value | undefined;
		let isTaking = false;
		const show = () => {
			const {value} = entrance.store;
			const before = said;
			said = value;
			if (this.#typed !== undefined) this.#typed.isHidden = hidesTyping(value);
			void this.#outlet.say(...entranceLines(before, value, entrance.left()));
			if (!isTaking) this.#outlet.prompt(entrancePrompt(value));
			if (value.phase.kind === 'server-key') this.#leave(new ClientError('server-key', value.phase.words));
			if (value.phase.kind === 'locked' && before?.phase.kind !== 'locked') this.#count(entrance);
		};

		const stop = entrance.store.subscribe(show);
		show();
		while (!this.#isOver && !isIn(client.snapshot())) {
			const line = await this.#line(until(client, isIn, {stop: this.#over.signal}));
			if (line === undefined) break;
			if (entrance.store.value.phase.kind === 'locked') {
				await this.#outlet.say(leftWords(entrance.left()));
				continue;
			}

			isTaking = true;
			entrance.put(line);
			entrance.take(keyPress('enter'));
			await this.#settled(entrance);
			isTaking = false;
			this.#outlet.prompt(entrancePrompt(entrance.store.value));
		}

		stop();
		clearTimeout(this.#timer);
		this.#outlet.prompt('');
		if (!isIn(client.snapshot())) this.#leave();
	}

	/** Until the server has answered. */
	async #settled({store}: Entrance): Promise<void> {
		const {client} = this.#options;
		const {signal: stop} = this.#over;
		while (
			['working', 'joining'].includes(store.value.phase.kind) &&
			client.snapshot().account === undefined &&
			!stop.aborted
		) {
			await new Promise<void>(resolve => {
				const ends = [store.subscribe(done), client.subscribe(done)];
				whenStopped(stop, done);
				function done(): void {
					for (const end of ends) end();
					resolve();
				}
			});
		}
	}

	/** Tells of a lockout when there is something to tell. */
	#count(entrance: Entrance): void {
		const {inMs, line} = nextCount(entrance.left());
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => {
			if (line !== '') void this.#outlet.say(line);
			else entrance.unlock();
			if (entrance.store.value.phase.kind === 'locked') this.#count(entrance);
		}, inMs);
	}

	async #converse(): Promise<void> {
		const {client, env, stdout} = this.#options;
		const write = (bytes: string) => {
			if (this.#isTerminal) stdout.write(bytes);
		};

		const notify = linearNotify(client, {write, env, now: this.#now});
		const talk = new LinearTalk({
			client,
			say: async (...lines) => this.#outlet.say(...lines),
			news: (...lines) => this.#outlet.news(...lines),
			isHeld: () => this.#typed?.isHalfTyped === true,
			notify,
			quit: () => this.#leave(),
			now: this.#now,
			wake: at => this.#wake(talk, at),
			onError: error => client.caught('reading out', error),
		});
		this.#talk = talk;
		if (this.#typed !== undefined) this.#typed.isHidden = false;
		const stop = talk.start();
		const stopWatching = client.subscribe(() => this.#attend());
		let taken = Promise.resolve();
		let isAllTaken = true;
		const take = async (line: string) => {
			if (!(await talk.take(line))) isAllTaken = false;
		};

		for (;;) {
			const line = await this.#line();
			if (line === undefined) break;
			this.#isQuitting = false;
			// One after the other: a message that is typed behind /add goes to whom that opens. A person goes on typing meanwhile.
			taken = taken.then(async () => take(line));
			if (!this.#isTerminal) await taken;
		}

		await Promise.race([taken, stopped(this.#over.signal)]);
		if (!this.#isTerminal && !this.#isOver) await this.#deliverAll(isAllTaken);
		this.#typed?.drop();
		talk.end();
		await this.#outlet.rest();
		stopWatching();
		stop();
	}

	/** Somebody else answers in place of the server: nothing may go on. */
	#attend(): void {
		const {connection} = this.#options.client.snapshot();
		if (connection.state !== 'stopped' || connection.problem !== 'server-key') return;
		process.exitCode = PROBLEM_EXITS['server-key'];
		this.#leave();
	}

	/** At the end of what a script sends; what is not delivered then is told by the exit code. */
	async #deliverAll(isAllTaken: boolean): Promise<void> {
		const {client, waitMs} = this.#options;
		const isDone = await until(client, isDelivered, {withinMs: waitMs, stop: this.#over.signal});
		if (!isAllTaken) process.exitCode = EXIT_CODES.unavailable;
		else if (!isDone) process.exitCode = EXIT_CODES.tempFail;
	}

	#wake(talk: LinearTalk, at: number | undefined): void {
		clearTimeout(this.#timer);
		if (at === undefined || this.#isOver) return;
		this.#timer = setTimeout(() => talk.passTime(), Math.max(0, at - this.#now()));
	}

	/** The next line; undefined behind the last one, at the end, and once `instead` has settled. */
	async #line(instead: Promise<unknown> = new Promise(() => {})): Promise<string | undefined> {
		if (this.#isOver) return undefined;
		const next = this.#typed === undefined ? this.#options.nextLine() : this.#typed.next();
		const line = await Promise.race([
			next,
			stopped(this.#over.signal).then(() => undefined),
			instead.then(() => undefined),
		]);
		if (line !== undefined && this.#typed === undefined) this.#outlet.answered();
		return line;
	}

	#typedLines(): TypedLines {
		const {stdin, stdout} = this.#options;
		const typed = new TypedLines({
			echo: text => void stdout.write(text),
			onFree: isEnded => {
				if (isEnded) this.#outlet.answered();
				this.#outlet.flush();
			},
			onInterrupt: () => this.#interrupt(),
			onSuspend: () => this.#suspend(),
		});
		stdin.setRawMode(true);
		stdin.setEncoding('utf8');
		stdin.on('data', (keys: string) => {
			this.#options.client.use.pressed();
			typed.push(keys);
		});
		stdin.on('end', () => typed.end());
		stdin.on('error', () => typed.end());
		return typed;
	}

	#listen(): void {
		handleEndSignals((signal, exitCode) => {
			if (signal === 'SIGINT' && this.#isTerminal) return this.#interrupt();
			if (this.#isOver) process.exit(exitCode);
			process.exitCode = exitCode;
			this.#leave();
		});
		if (this.#typed !== undefined) process.on('SIGCONT', this.#goOn);
	}

	/** Once: what is begun is dropped. Twice: the end. */
	#interrupt(): void {
		const isDropped = this.#typed?.drop() === true;
		const talk = this.#talk;
		if (talk === undefined) {
			if (!isDropped) this.#leave();
			return;
		}

		const isAny = talk.drop() || isDropped;
		if (this.#isQuitting && !isAny) return this.#leave();
		this.#isQuitting = true;
		talk.say(isDropped ? catalogue.linear.lineDropped : catalogue.linear.ctrlCQuits);
	}

	/** Stops all of the job, as Ctrl-Z does elsewhere; where there is no shell to come back to, nothing stops. */
	#suspend(): void {
		this.#options.stdin.setRawMode(false);
		process.kill(0, 'SIGTSTP');
		setTimeout(() => {
			if (!this.#isOver) this.#options.stdin.setRawMode(true);
		}, STOP_MS);
	}

	/** Whoever had the terminal meanwhile has left it in a mode of its own. */
	readonly #goOn = (): void => {
		if (this.#isOver) return;
		this.#options.stdin.setRawMode(false);
		this.#options.stdin.setRawMode(true);
		this.#typed?.repeat();
	};

	/** A sequence would be read out, or written as it is: a bell takes its place. */

	#leave(error?: unknown): void {
		if (this.#isOver) return;
		this.#failure = error;
		this.#over.abort();
	}
}
