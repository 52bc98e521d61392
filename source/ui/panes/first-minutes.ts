// What a newcomer is told: what to do where nothing has been said yet, and once each what the first of its kind means.
import {type Contact} from '../../client/snapshot.ts';
import {safeName} from '../text/safe.ts';
import {type ScreenRow, firstRows, fitRow, paragraph, span} from '../widgets/spans.ts';

/** The widest that lines of words get. */
const WIDEST = 76;

/** In place of messages, at most `height` rows: how to begin, with `contact` or with anybody. */
export function welcomeRows(contact: Contact | undefined, width: number, height: number): readonly ScreenRow[] {
	const words = contact === undefined ? NOBODY : nothingYet(safeName(contact.name));
	const [first = '', ...rest] = words;
	const column = Math.min(width, WIDEST);
	const rows = [...paragraph(first, column, 'title'), ...rest.flatMap(each => paragraph(each, column, 'muted'))].map(
		row => fitRow(row, width),
	);
	return firstRows(rows, width, height);
}

const NOBODY = [
	'Nobody is in your list yet.',
	'/add NAME adds somebody, by the name of their account.',
	'/who shows the names that the server knows.',
	'F1 shows every key and command, and Ctrl-C twice quits.',
];

function nothingYet(name: string): string[] {
	return [
		`Nothing has been said with ${name} yet.`,
		`Type a message and press Enter: it goes to ${name}, encrypted.`,
		`/verify shows a number to compare: is it really ${name}?`,
		'F1 shows every key and command, and Ctrl-C twice quits.',
	];
}

/** What is explained at its first time. */
export const FIRSTS = ['message', 'unverified', 'stranger'] as const;
export type First = (typeof FIRSTS)[number];

/** Something that is explained: `name` is whom it is about. */
export type Tip = {readonly first: First; readonly name: string};

/** Above the status line until it is put away. */
export function tipRows({first, name}: Tip, width: number): readonly ScreenRow[] {
	const head = span('Tip  ', 'title');
	const words = `${WORDS[first](safeName(name))} Esc puts this away.`;
	const room = Math.max(1, Math.min(width, WIDEST) - head.text.length);
	return paragraph(words, room, 'muted').map((row, index) =>
		fitRow([index === 0 ? head : span(' '.repeat(head.text.length)), ...row], width),
	);
}

const WORDS: Readonly<Record<First, (name: string) => string>> = {
	message: name =>
		`✓ means sent, ✓✓ stored on the computer of ${name}, and ✓R read. ◷ waits until both of you are online.`,
	unverified: name =>
		`You have not verified ${name}: until then you are trusting the server about who ${name} is. /verify shows a number to compare.`,
	stranger: name =>
		`A stranger, ${name}, has written: that is the + on the left. They learn nothing from you until you /accept, /block or /remove them.`,
};
