// Asks on the terminal itself, whatever standard input and output are, and gives it back as it was.
import {meansYes} from '../means-yes.ts';
import {closeSync, openSync, writeSync} from 'node:fs';
import {ReadStream} from 'node:tty';
import {EXIT_CODES} from '../sysexits.ts';
import {Failure} from '../failure.ts';
import {HiddenLine, type LineResult} from './hidden-line.ts';
import {catalogue} from '../../catalogue/catalogue.ts';

const TERMINAL = '/dev/tty';
/** Characters of a shown line that are drawn. */
const SHOWN = 40;
export type PromptTerminal = {
	print(text: string): void;
	/** What was typed next. Throws Failure when the terminal is gone. */
	read(): Promise<string>;
	hideTyping(): void;
};

/** The answers to `questions`, none of them echoed; undefined when there is no terminal. Throws Failure on Ctrl-C. */
export async function askHidden(questions: readonly string[]): Promise<string[] | undefined> {
	return withTerminal(async terminal => {
		terminal.hideTyping();
		const answers: string[] = [];
		let ahead = '';
		for (const question of questions) {
			terminal.print(question);
			const {text, rest} = await readLine(terminal, ahead);
			terminal.print('\r\n');
			answers.push(text);
			ahead = rest;
		}

		return answers;
	});
}

/** Whether the person at the terminal answers `question` with "yes", or that word of the language; undefined when there is no terminal. */
export async function askYes(question: string): Promise<boolean | undefined> {
	return withTerminal(async terminal => {
		terminal.print(question);
		const answer = await terminal.read();
		return meansYes(answer);
	});
}

/** Undefined when there is no terminal. */
export async function withTerminal<Answer>(
	ask: (terminal: PromptTerminal) => Promise<Answer>,
): Promise<Answer | undefined> {
	let output: number;
	let input: ReadStream;
	try {
		output = openSync(TERMINAL, 'w');
		input = new ReadStream(openSync(TERMINAL, 'r'));
	} catch {
		return undefined;
	}

	input.setEncoding('utf8');
	const typed = input[Symbol.asyncIterator]() as AsyncIterator<string>;
	try {
		return await ask({
			print: text => writeSync(output, text),
			hideTyping: () => input.setRawMode(true),
			async read() {
				const {done, value} = await typed.next();
				return done === true ? cancel() : value;
			},
		});
	} finally {
		input.setRawMode(false);
		input.destroy();
		closeSync(output);
	}
}

/** The answer to `question`, shown while it is typed, on a terminal that echoes nothing by itself. Throws Failure on Ctrl-C. */
export async function readShown(terminal: PromptTerminal, question: string): Promise<string> {
	const line = new HiddenLine();
	const show = () => terminal.print(`\r\u001B[K${question}${printableEnd(line.text)}`);
	show();
	let typed: LineResult | undefined;
	while (typed === undefined) {
		typed = line.feed(await terminal.read());
		show();
	}

	terminal.print('\r\n');
	return typed.kind === 'cancelled' ? cancel() : [typed.text, typed.rest].join(' ');
}

/** As much of the end of what is typed as surely fits into the row. */
function printableEnd(text: string): string {
	return Array.from(text).slice(-SHOWN).join('');
}

async function readLine(terminal: PromptTerminal, ahead: string): Promise<{text: string; rest: string}> {
	const line = new HiddenLine();
	let typed = line.feed(ahead);
	while (typed === undefined) typed = line.feed(await terminal.read());
	return typed.kind === 'cancelled' ? cancel() : typed;
}

function cancel(): never {
	throw new Failure(EXIT_CODES.interrupted, catalogue.terminal.cancelled);
}
