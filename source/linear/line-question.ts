// Questions of the screen asked in lines: what is said, and which answer a typed line is. Pure.
import {type Choice, type Question} from '../ui/screen-controls.ts';
import {spoken} from './linear-words.ts';
import {catalogue} from '../catalogue/catalogue.ts';

/** Answers where there is one choice alone, beside that word of the language: it is not typed by accident. */
const YES = 'yes';

export function questionLines({words, keep, choices}: Question): string[] {
	const answers = choices.map(({label}, index) => catalogue.linear.answer(answerFor(choices, index), label));
	return [...sentencesOf(spoken(words)), ...answers, catalogue.linear.otherwise(keep)];
}

/** Each a line: what is longer than a line of the terminal is cut in the middle of a word there. */
function sentencesOf(words: string): string[] {
	return words.split(/(?<=[.!?]) (?=[\p{Lu}\p{Lo}/])|(?<=[。！？])/u).filter(sentence => sentence !== '');
}

/** Undefined for whatever means that all stays as it is. */
export function chosenBy(typed: string, {choices}: Question): Choice | undefined {
	const answer = typed.trim().toLowerCase();
	return choices.find((_, index) => answer === answerFor(choices, index) || (choices.length === 1 && answer === YES));
}

function answerFor(choices: readonly Choice[], index: number): string {
	return choices.length === 1 ? catalogue.linear.yes : String(index + 1);
}
