// The streams and the terminal of a command, as the process that does it for that command reaches them.
import {Buffer} from 'node:buffer';
import {type RecoveredAccount, type RecoveryConsent} from '../../client/facade.ts';
import {type CommandIo} from '../command-io.ts';
import {type NewMessage} from '../to-send.ts';
import {type CommandLine, type HolderLine, type Lines, commandLine} from './handover-lines.ts';

type Answer = Exclude<CommandLine, {type: 'task' | 'stop'}>;
type Question = Extract<HolderLine, {number: number}>;
/** Of each kind of question. */
type Unnumbered<Line> = Line extends Question ? Omit<Line, 'number'> : never;

export class RemoteIo implements CommandIo {
	readonly toSend: CommandIo['toSend'];
	readonly #lines: Lines;
	readonly #stopping = new AbortController();
	/** By number: who waits for the answer. What a command asks for at once is few. */
	readonly #waiting = new Map<number, PromiseWithResolvers<Answer>>();
	#asked = 0;

	constructor(lines: Lines) {
		this.#lines = lines;
		this.toSend = {
			next: async () => this.#nextMessage(),
			kept: () => lines.send({type: 'kept'}),
		};
		void this.#listen();
	}

	get stop(): AbortSignal {
		return this.#stopping.signal;
	}

	readonly print = async (line: string): Promise<void> => this.write(`${line}\n`);

	readonly write = async (text: string): Promise<void> => {
		await this.#ask({type: 'write', text});
	};

	readonly complain = (words: string): void => {
		this.#lines.send({type: 'complain', words});
	};

	readonly askYes = async (words: string): Promise<boolean | undefined> => {
		const answer = await this.#ask({type: 'ask', words});
		return answer.type === 'answer' ? answer.isYes : undefined;
	};

	readonly newWords = async ({name, foundingKey}: RecoveredAccount): Promise<RecoveryConsent | undefined> => {
		const answer = await this.#ask({type: 'recovery', name, foundingKey: foundingKey.toString('hex')});
		const made = answer.type === 'recovery' ? answer.made : undefined;
		return made && {key: Buffer.from(made.key, 'hex'), consent: Buffer.from(made.consent, 'hex')};
	};

	/** Ends whatever still waits for the command. */
	end(): void {
		this.#stopping.abort();
		for (const {reject} of this.#waiting.values()) reject(new Error('the command has ended'));
		this.#waiting.clear();
	}

	async #nextMessage(): Promise<NewMessage | undefined> {
		const answer = await this.#ask({type: 'next'});
		return answer.type === 'message' ? answer.message : undefined;
	}

	async #ask(question: Unnumbered<Question>): Promise<Answer> {
		const waiting = Promise.withResolvers<Answer>();
		if (this.#lines.closed.aborted) throw new Error('the command has ended');
		const number = this.#asked++;
		this.#waiting.set(number, waiting);
		this.#lines.send({...question, number});
		return waiting.promise;
	}

	async #listen(): Promise<void> {
		for (;;) {
			const line = await this.#lines.next(commandLine);
			if (line === undefined || line.type === 'task') return this.end();
			if (line.type === 'stop') {
				this.#stopping.abort();
				continue;
			}

			this.#waiting.get(line.number)?.resolve(line);
			this.#waiting.delete(line.number);
		}
	}
}
