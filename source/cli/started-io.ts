// The streams and the terminal of this process, for a command that it was started with.
import {writeOutput} from '../os/standard-streams.ts';
import {type CommandIo} from './command-io.ts';
import {type OutputFile} from './output-file.ts';
import {askYes} from './password/prompt.ts';
import {showNewWords} from './password/recovery-prompt.ts';
import {type SharedTask} from './shared-task.ts';
import {complain} from './streams.ts';
import {type ToSend} from './to-send.ts';

/** These go on from where they were: what was printed is read, what was sent has its id. */
const GOING_ON: ReadonlySet<SharedTask['kind']> = new Set(['send', 'reply', 'pipe', 'tail']);

type StartedOver = Pick<SharedTask, 'kind'> & {readonly since?: unknown};

/** What may have been done, and is not done twice. */
const ONCE: ReadonlySet<SharedTask['kind']> = new Set([
	'forget',
	'make-recovery',
	'remove-recovery',
	'password',
	'cancel',
	'retry',
]);

export class StartedIo implements CommandIo {
	readonly complain = complain;
	readonly askYes = askYes;
	readonly newWords = showNewWords;
	readonly toSend: ToSend;
	readonly stop: AbortSignal;
	readonly #file: OutputFile | undefined;
	#hasWritten = false;

	/** With a file, that takes what would go to standard output, and all of it: then `stop` stops nothing. */
	constructor(toSend: ToSend, stop: AbortSignal, file: OutputFile | undefined) {
		this.toSend = toSend;
		this.stop = file === undefined ? stop : new AbortController().signal;
		this.#file = file;
	}

	readonly print = async (line: string): Promise<void> => this.write(`${line}\n`);

	readonly write = async (text: string): Promise<void> => {
		this.#hasWritten = true;
		if (this.#file === undefined) await writeOutput(text);
		else this.#file.write(text);
	};

	/** The process that did the command has ended: whether another may do it from the beginning. */
	startOver(task: StartedOver): boolean {
		// How far it has got with what was said before is not known here.
		const isBehind = task.since !== undefined && this.#hasWritten;
		if (GOING_ON.has(task.kind)) return !isBehind;
		if (ONCE.has(task.kind)) return false;
		this.#file?.clear();
		return this.#file !== undefined || !this.#hasWritten;
	}
}
