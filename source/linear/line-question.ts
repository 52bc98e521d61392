// Questions of the screen asked in lines: what is said, and which answer a typed line is. Pure.
import {meansYes} from '../cli/means-yes.ts';
import {type Choice, type Question} from '../ui/screen-controls.ts';
import {spoken} from './linear-words.ts';
import {catalogue} from '../catalogue/catalogue.ts';

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
	return choices.find((_, index) => (choices.length === 1 ? meansYes(typed) : answer === answerFor(choices, index)));
}

function answerFor(choices: readonly Choice[], index: number): string {
	return choices.length === 1 ? catalogue.terminal.yes : String(index + 1);
}
