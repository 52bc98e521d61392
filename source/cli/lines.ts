// Messages and contacts as lines of a terminal or a log: what strangers wrote comes out harmless. Pure.
import {actKind} from '../content/kinds.ts';
import {type Change, type Contact, type Message, authorOf, otherIn} from '../client/snapshot.ts';
import {dateOf} from '../os/local-clock.ts';
import {printable, printableLine} from './printable.ts';

const INDENT = ' '.repeat(4);

/** `2026-11-23 12:01 alice: text`, in local time; further lines of the text are indented. */
export function messageLine(message: Message, me = 'me'): string {
	const {time, text} = message;
	return `${minute(time)} ${authorOf(message, me)}: ${printable(text).replaceAll('\n', `\n${INDENT}`)}`;
}

/** What somebody did about messages, as a line; undefined for what a log need not have. */
export function changeLine({kind, conversation, time, value}: Change): string | undefined {
	const {effect, words: wordsOf} = actKind(kind);
	const words = wordsOf(effect === 'text' ? printable(value).replaceAll('\n', `\n${INDENT}`) : printableLine(value));
	return words && `${minute(time)} ${otherIn(conversation)} ${words}`;
}

/** The same where messages of several people stand together: ours as `me → alice: text`. */
export function correspondenceLine(message: Message): string {
	return messageLine(message, `me → ${otherIn(message.conversation)}`);
}

/** `bob  online  verified  2 unread  1 not delivered`. */
export function contactLine({name, presence, identity, blocked, unread, outbox, ...said}: Contact): string {
	const notes = [
		said.nickname === undefined ? '' : `called ${printableLine(said.nickname)}`,
		said.request ? 'wants to talk' : '',
		said.away === undefined ? '' : `away: ${printableLine(said.away)}`,
		blocked ? 'blocked' : '',
		unread > 0 ? `${unread} unread` : '',
		outbox > 0 ? `${outbox} not delivered` : '',
	];
	return [name, presence, `key ${identity}`, ...notes.filter(Boolean)].join('  ');
}

function minute(time: number): string {
	const date = dateOf(time);
	const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(twoDigits).join('-');
	return `${day} ${[date.getHours(), date.getMinutes()].map(twoDigits).join(':')}`;
}

function twoDigits(value: number): string {
	return String(value).padStart(2, '0');
}
