// What a newcomer is told: what to do where nothing has been said yet, and once each what the first of its kind means.
import {catalogue} from '../../catalogue/catalogue.ts';
import {type Contact} from '../../client/snapshot.ts';
import {safeName} from '../text/safe.ts';
import {widthOf} from '../text/width.ts';
import {type ScreenRow, firstRows, fitRow, paragraph, span} from '../widgets/spans.ts';

/** The widest that lines of words get. */
const WIDEST = 76;

/** In place of messages, at most `height` rows: how to begin, with `contact` or with anybody. */
export function welcomeRows(contact: Contact | undefined, width: number, height: number): readonly ScreenRow[] {
	const words =
		contact === undefined ? catalogue.firstMinutes.nobody : catalogue.firstMinutes.nothingYet(safeName(contact.name));
	const [first = '', ...rest] = words;
	const column = Math.min(width, WIDEST);
	const rows = [...paragraph(first, column, 'title'), ...rest.flatMap(each => paragraph(each, column, 'muted'))].map(
		row => fitRow(row, width),
	);
	return firstRows(rows, width, height);
}

/** What is explained at its first time. */
export const FIRSTS = ['message', 'unverified', 'stranger'] as const;
export type First = (typeof FIRSTS)[number];

/** Something that is explained: `name` is whom it is about. */
export type Tip = {readonly first: First; readonly name: string};

/** Above the status line until it is put away. */
export function tipRows({first, name}: Tip, width: number): readonly ScreenRow[] {
	const head = span(`${catalogue.firstMinutes.tip}  `, 'title');
	const words = catalogue.firstMinutes[first](safeName(name));
	const column = widthOf(head.text);
	const room = Math.max(1, Math.min(width, WIDEST) - column);
	return paragraph(words, room, 'muted').map((row, index) =>
		fitRow([index === 0 ? head : span(' '.repeat(column)), ...row], width),
	);
}
