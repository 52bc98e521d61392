// Messages and contacts as lines of a terminal or a log: what strangers wrote comes out harmless. Pure.
import {type Contact, type Message} from '../client/snapshot.ts';
import {printable} from './printable.ts';

const INDENT = ' '.repeat(4);

/** `2026-11-23 12:01 alice: text`, in local time; further lines of the text are indented. */
export function messageLine({time, text, peer, direction}: Message, me = 'me'): string {
	const author = direction === 'in' ? peer : me;
	return `${minute(time)} ${author}: ${printable(text).replaceAll('\n', `\n${INDENT}`)}`;
}

/** `bob  online  verified  2 unread  1 not delivered`. */
export function contactLine({name, presence, identity, blocked, unread, outbox}: Contact): string {
	const notes = [
		blocked ? 'blocked' : '',
		unread > 0 ? `${unread} unread` : '',
		outbox > 0 ? `${outbox} not delivered` : '',
	];
	return [name, presence, `key ${identity}`, ...notes.filter(Boolean)].join('  ');
}

function minute(time: number): string {
	const date = new Date(time);
	const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(twoDigits).join('-');
	return `${day} ${[date.getHours(), date.getMinutes()].map(twoDigits).join(':')}`;
}

function twoDigits(value: number): string {
	return String(value).padStart(2, '0');
}
