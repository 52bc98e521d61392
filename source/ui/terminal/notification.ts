// Telling of a message that nobody looks at: a bell, a sequence that the terminal makes a notification of, or a command.
// Who wrote is told, never what: notifications are kept, and shown on locked screens.
import {catalogue} from '../../catalogue/catalogue.ts';
import {type ConversationId} from '../../client/snapshot.ts';
import {spawn} from 'node:child_process';
import type {Preferences} from '../../client/facade.ts';
import {safeName, safeText} from '../text/safe.ts';
import {throughTmux} from './modes.ts';

const BEL = '\u0007';
const ST = '\u001B\\';

/** Characters of a title or a body. */
const LENGTH = 200;
/** Between two notifications, ms. */
const PAUSE_MS = 1000;

export type Note = {readonly title: string; readonly body: string};

/** What is written to the terminal. A bell goes to tmux itself, which marks the window. */
export function notificationBytes(
	kind: 'bell' | 'osc9' | 'osc777' | 'osc99',
	note: Note,
	{isTmux}: {readonly isTmux: boolean},
): string {
	if (kind === 'bell') return BEL;
	const title = harmless(note.title);
	const body = harmless(note.body);
	const bytes = {
		osc9: `\u001B]9;${title}: ${body}${BEL}`,
		osc777: `\u001B]777;notify;${title};${body}${BEL}`,
		osc99: `\u001B]99;i=simchat:d=0;${title}${ST}\u001B]99;i=simchat:d=1:p=body;${body}${ST}`,
	}[kind];
	return isTmux ? throughTmux(bytes) : bytes;
}

/** Without what ends or splits a sequence. */
function harmless(text: string): string {
	return safeText(text, {newlines: false}).replaceAll(';', ',').slice(0, LENGTH).toWellFormed();
}

export type Attention = {
	readonly isFocused: boolean;
	/** The open conversation. */
	readonly open: ConversationId | undefined;
	/** That of the message. */
	readonly conversation: ConversationId;
	readonly isMuted: boolean;
};

/** Only when the window has no focus, or another conversation is open. */
export function shouldNotify({isFocused, open, conversation, isMuted}: Attention): boolean {
	return !isMuted && (!isFocused || open !== conversation);
}

export type NotifierOptions = {
	readonly preferences: () => Pick<Preferences, 'notify' | 'notifyCommand'>;
	readonly write: (bytes: string) => void;
	readonly run: (command: readonly string[]) => void;
	readonly env: Readonly<Record<string, string | undefined>>;
	/** Ms. */
	readonly now: () => number;
};

export class Notifier {
	readonly #options: NotifierOptions;
	#last = -Infinity;

	constructor(options: NotifierOptions) {
		this.#options = options;
	}

	/** At most one a second: who is flooded has heard. */
	notify(from: string, isMention: boolean): void {
		const {preferences, write, run, env, now} = this.#options;
		const {notify, notifyCommand} = preferences();
		const time = now();
		// A clock that was put back must not silence until it has caught up.
		if (notify === 'off' || Math.abs(time - this.#last) < PAUSE_MS) return;
		this.#last = time;
		const name = safeName(from);
		if (notify === 'command') return run(notifyCommand.map(word => word.replaceAll('{from}', () => name)));
		const {mention, message} = catalogue.notices.notification;
		const body = (isMention ? mention : message)(name);
		write(notificationBytes(notify, {title: 'simchat', body}, {isTmux: env['TMUX'] !== undefined}));
	}
}

/** Runs a command without a shell and without a terminal; `onError` is told when it does not start. */
export function runDetached([file, ...args]: readonly string[], onError: (error: unknown) => void): void {
	if (file === undefined) return;
	try {
		const child = spawn(file, args, {stdio: 'ignore', detached: true});
		child.on('error', onError);
		child.unref();
	} catch (error) {
		// Words that no process can have: one with a NUL in it, or too many.
		onError(error);
	}
}
