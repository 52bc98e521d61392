// Questions of the screen asked in lines: what is said, and which answer a typed line is. Pure.
import {type Choice, type Question} from '../ui/screen-controls.ts';
import {spoken} from './linear-words.ts';

/** The word that answers where there is one choice alone: it is not typed by accident. */
const YES = 'yes';

export function questionLines({words, keep, choices}: Question): string[] {
	const answers = choices.map(({label}, index) => `Type ${answerFor(choices, index)} for: ${label}.`);
	return [...sentencesOf(spoken(words)), ...answers, `Anything else means: ${keep}.`];
}

/** Each a line: what is longer than a line of the terminal is cut in the middle of a word there. */
function sentencesOf(words: string): string[] {
	return words.split(/(?<=[.!?]) (?=[A-Z/])/);
}

/** Undefined for whatever means that all stays as it is. */
export function chosenBy(typed: string, {choices}: Question): Choice | undefined {
	return choices.find((_, index) => answerFor(choices, index) === typed.trim().toLowerCase());
}

function answerFor(choices: readonly Choice[], index: number): string {
	return choices.length === 1 ? YES : String(index + 1);
}
