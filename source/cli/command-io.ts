// What a command speaks through: the streams and the terminal of the process that a person or a script started, whichever process does
// the command.
import {type RecoveredAccount, type RecoveryConsent} from '../client/facade.ts';
import {type ToSend} from './to-send.ts';

export type CommandIo = {
	/** Resolves once the line is written. Rejects with OutputError. */
	readonly print: (line: string) => Promise<void>;
	/** The same for text with its own line ends. */
	readonly write: (text: string) => Promise<void>;
	/** Words for the person, on standard error. */
	readonly complain: (words: string) => void;
	/** Whether the person at the terminal answers with "yes"; undefined when there is no terminal. */
	readonly askYes: (question: string) => Promise<boolean | undefined>;
	/** Makes recovery words, shown there alone; what the device log takes for them. Undefined when there is no terminal. */
	readonly newWords: (account: RecoveredAccount) => Promise<RecoveryConsent | undefined>;
	/** `ready` is there where the texts are read in this process. */
	readonly toSend: Pick<ToSend, 'next' | 'kept'> & Partial<Pick<ToSend, 'ready'>>;
	/** Fires when the command is told to end. */
	readonly stop: AbortSignal;
};
