// Messages and contacts as lines of a terminal or a log: what strangers wrote comes out harmless. Pure.
import {type FileAnswer} from '../content/file-answer.ts';
import {type ActName} from '../content/kinds.ts';
import {type Change, type Contact, type Message, authorOf, otherIn} from '../client/snapshot.ts';
import {dateOf} from '../os/local-clock.ts';
import {printable, printableLine} from './printable.ts';
import {type EventOf} from './events.ts';
import {catalogue} from '../catalogue/catalogue.ts';

const INDENT = ' '.repeat(4);

/** `2026-11-23 12:01 alice: text`, in local time; further lines of the text are indented. */
export function messageLine(message: Message, me = catalogue.lines.me): string {
	const {time, file} = message;
	const text = file === undefined ? message.text : catalogue.transfers.line(message.text, file.size);
	return `${minute(time)} ${authorOf(message, me)}: ${printable(text).replaceAll('\n', `\n${INDENT}`)}`;
}

/** What somebody did about messages, as a line; undefined for what a log need not have. */
export function changeLine({kind, conversation, time, value}: Change): string | undefined {
	const words = actWords(kind, otherIn(conversation), value);
	return words && `${minute(time)} ${words}`;
}

/** `2026-11-23 12:01 alice now uses 2 devices`. */
export function devicesLine({name, time, count}: EventOf<'devices'>): string {
	return `${minute(time)} ${catalogue.conversation.devices(name, count)}`;
}

function actWords(kind: ActName, name: string, value: string): string | undefined {
	const {acts} = catalogue;
	switch (kind) {
		case 'edit':
			return acts.edited(name, printable(value).replaceAll('\n', `\n${INDENT}`));
		case 'delete':
			return acts.deleted(name);
		case 'reaction':
			return value === '' ? acts.reactionGone(name) : acts.reacted(name, printableLine(value));
		case 'timer':
			return value === '0' ? acts.timerOff(name) : acts.timer(name, Number(value));
		case 'file':
			return acts.files[value as FileAnswer](name);
		case 'pin':
			return value === '' ? acts.unpinned(name) : acts.pinned(name);
		default:
			return undefined;
	}
}

/** The same where messages of several people stand together: ours as `me → alice: text`. */
export function correspondenceLine(message: Message): string {
	return messageLine(message, catalogue.lines.meTo(otherIn(message.conversation)));
}

/** The same for what is not delivered: `2026-11-23 12:01 me → alice: text  refused`. */
export function outboxLine(message: Message): string {
	const {reason} = message;
	return reason === undefined
		? correspondenceLine(message)
		: `${correspondenceLine(message)}  ${catalogue.outbox.reasons[reason]}`;
}

/** `bob  online  verified  2 unread  1 not delivered`. */
export function contactLine({name, presence, onlyKeeper, identity, blocked, unread, outbox, ...said}: Contact): string {
	const {lines} = catalogue;
	const notes = [
		said.nickname === undefined ? '' : lines.called(printableLine(said.nickname)),
		said.request ? lines.request : '',
		said.away === undefined ? '' : lines.away(printableLine(said.away)),
		blocked ? lines.blocked : '',
		said.muted === true ? catalogue.title.muted : '',
		unread > 0 ? lines.unread(unread) : '',
		outbox > 0 ? lines.undelivered(outbox) : '',
	];
	return [
		name,
		lines.presence[onlyKeeper === true ? 'keeper' : presence],
		lines.keys[identity],
		...notes.filter(Boolean),
	].join('  ');
}

/** `2026-11-23 12:01`, in local time. */
export function minute(time: number): string {
	const date = dateOf(time);
	const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(twoDigits).join('-');
	return `${day} ${[date.getHours(), date.getMinutes()].map(twoDigits).join(':')}`;
}

function twoDigits(value: number): string {
	return String(value).padStart(2, '0');
}
