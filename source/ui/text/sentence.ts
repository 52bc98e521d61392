// Lines as sentences of the screen: errors and outputs of commands are written without a capital letter and a stop, notices have both.
import {catalogue} from '../../catalogue/catalogue.ts';

/** Ends that take no stop: there is one, more follows, or it would be taken for a part of a link or an emoji's name. */
const ENDED = /[.:;,!?…。：；，、！？]$|:\/\/\S*$/;

/** `nothing is unread` → `Nothing is unread.` A text that begins with a name is to be written otherwise, as names are spelled as they are. */
export function sentence(line: string): string {
	const [first = ''] = line;
	if (first === '') return line;
	const start = /\p{Ll}/u.test(first) ? first.toUpperCase() : first;
	return `${start}${line.slice(first.length)}${ENDED.test(line.trimEnd()) ? '' : catalogue.stop}`;
}
