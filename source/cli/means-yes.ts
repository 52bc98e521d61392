// What is typed for yes.
import {catalogue} from '../catalogue/catalogue.ts';

/** Whether a person who was asked says yes: in English, or in the language that it was asked in, without accents, too. */
export function meansYes(typed: string): boolean {
	const answer = typed.trim();
	const {compare} = new Intl.Collator(catalogue.language, {sensitivity: 'base'});
	return ['yes', catalogue.terminal.yes].some(yes => compare(answer, yes) === 0);
}
