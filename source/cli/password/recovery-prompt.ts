// Recovery words on the terminal itself: shown once and asked back, or asked for one after the other. They stand on the terminal's second
// screen where it has one, so that nothing of them is left behind.
import process from 'node:process';
import {
	RECOVERY_WORDS,
	type RecoveredAccount,
	type RecoveryConsent,
	newRecovery,
	typedWords,
	unknownWord,
	wordColumns,
} from '../../client/facade.ts';
import {EXIT_CODES} from '../sysexits.ts';
import {Failure} from '../failure.ts';
import {type TextInput} from '../text-input.ts';
import {type PromptTerminal, readShown, withTerminal} from './prompt.ts';
import {catalogue} from '../../catalogue/catalogue.ts';

const COLUMNS = 3;
/** UTF-16 units of words on standard input. */
const LIMIT = 1024;
const SECOND_SCREEN = {enter: '\u001B[?1049h', leave: '\u001B[?1049l', clear: '\u001B[H\u001B[2J'};

/** Makes words, shows them and asks some back, until they are right. What the log takes for them; undefined without a terminal. Throws Failure on Ctrl-C. */
export async function showNewWords(account: RecoveredAccount): Promise<RecoveryConsent | undefined> {
	return onSecondScreen(async (terminal, clear) => {
		const {words, asked, ...consent} = await newRecovery(account);
		let trouble = '';
		for (;;) {
			clear();
			const said = [trouble, catalogue.recovery.copy(account.name), '', ...wordColumns(words, COLUMNS), ''];
			for (const line of said) terminal.print(`${line}\r\n`);
			await readShown(terminal, catalogue.recovery.enterGoesOn);
			clear();
			if (await knows(terminal, words, asked)) return consent;
			trouble = catalogue.recovery.otherWord;
		}
	});
}

/** The words of a person, as they were typed: the next line of `input`, or asked for on the terminal one by one. Throws Failure. */
export async function readWords(input: TextInput | undefined): Promise<string> {
	const typed = input === undefined ? await onSecondScreen(askWords) : await input.line(LIMIT);
	if (typed === undefined) throw new Failure(EXIT_CODES.usage, catalogue.recovery.nobodyToAsk);
	return typed;
}

/** Asks for each word until it is one of the list; several may come in one line, and an empty one goes back. */
async function askWords(terminal: PromptTerminal, clear: () => void): Promise<string> {
	const words: string[] = [];
	let trouble = '';
	while (words.length < RECOVERY_WORDS) {
		clear();
		terminal.print(`${catalogue.recovery.typeWords}\r\n${trouble}\r\n`);
		const typed = typedWords(await readShown(terminal, catalogue.recovery.askWord(words.length + 1, RECOVERY_WORDS)));
		trouble = '';
		if (typed.length === 0) words.pop();
		const unknown = await unknownWord(typed);
		words.push(...(unknown === -1 ? typed : typed.slice(0, unknown)));
		if (unknown !== -1) trouble = catalogue.recovery.unknownWord(words.length + 1);
	}

	return words.join(' ');
}

async function knows(terminal: PromptTerminal, words: readonly string[], asked: readonly number[]): Promise<boolean> {
	for (const place of asked) {
		const [typed] = typedWords(await readShown(terminal, catalogue.recovery.askWord(place + 1, words.length)));
		if (typed !== words[place]) return false;
	}

	return true;
}

/** Undefined without a terminal. */
async function onSecondScreen<Answer>(
	ask: (terminal: PromptTerminal, clear: () => void) => Promise<Answer>,
): Promise<Answer | undefined> {
	const isPlain = (process.env['TERM'] ?? '') === '' || process.env['TERM'] === 'dumb';
	return withTerminal(async terminal => {
		terminal.hideTyping();
		if (isPlain) return ask(terminal, () => {});
		terminal.print(SECOND_SCREEN.enter);
		try {
			return await ask(terminal, () => terminal.print(SECOND_SCREEN.clear));
		} finally {
			terminal.print(SECOND_SCREEN.clear + SECOND_SCREEN.leave);
		}
	});
}
