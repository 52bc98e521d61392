// What the linear client says of messages, contacts and states: plain words, the author first. Pure; nothing is cleaned here but
// what would end a line.
import {
	type Change,
	type Contact,
	type ConversationId,
	type FileAnswer,
	type Message,
	authorOf,
	otherIn,
} from '../client/snapshot.ts';
import {durationText} from '../ui/panes/about-message.ts';
import {fileName, hasFile} from '../ui/panes/offer-state.ts';
import {isInSession} from '../ui/panes/presence.ts';
import {clockText, dayKey, dayText} from '../ui/text/time.ts';
import {fileLine, offerLine} from './offer-lines.ts';
import {catalogue} from '../catalogue/catalogue.ts';

/** UTF-16 units of a message that is quoted. */
const QUOTE_LIMIT = 60;
/** What is younger than this has no time, ms. */
const RECENT_MS = 120_000;
const ACTION = '/me ';

/** A sentence with a capital and a stop. An account's name, which has no capitals, stays as it is. */
export function spoken(words: string, names: ReadonlySet<string> = new Set()): string {
	const text = words.trim().replace(/ ?…$/u, '');
	const [first = ''] = text.split(/[\s:,’'：，、。]/u, 1);
	const begun = names.has(first) ? text : text.slice(0, 1).toUpperCase() + text.slice(1);
	return /[.!?:。！？：]$/u.test(begun) || begun === '' ? begun : `${begun}${catalogue.stop}`;
}

/** As much of a text as is repeated of it. */
export function quoted(text: string): string {
	const line = text.replaceAll(/\s+/gu, ' ').trim();
	const {quoted: whole, quotedPart} = catalogue.linear;
	return line.length > QUOTE_LIMIT ? quotedPart(line.slice(0, QUOTE_LIMIT).toWellFormed()) : whole(line);
}

export function failureWords({reason, conversation}: Message): string {
	const {failed, failures} = catalogue.linear;
	return reason === undefined ? failed : failures[reason](otherIn(conversation));
}

/** `, 12:01`, with the day when it is not today's; '' for what is of just now. */
function when(time: number, now: number): string {
	if (Math.abs(now - time) < RECENT_MS) return '';
	const {at, dayAndTime} = catalogue.linear;
	const clock = clockText(time);
	return at(dayKey(time) === dayKey(now) ? clock : dayAndTime(dayText(time, now), clock));
}

export type MessageWordsOptions = {
	/** Ms, as messages' times are. */
	readonly now: number;
	/** With what became of it, as it is told of messages from before. */
	readonly isPast?: boolean;
};

/**
 * A message as lines. Each line of its text begins with the author: nobody can write a line that seems to be somebody else's, or
 * simchat's own.
 */
export function messageWords(message: Message, {now, isPast = false}: MessageWordsOptions): string[] {
	const {linear: words} = catalogue;
	const {time, text, reply, lifetime, deleted} = message;
	const author = authorOf(message, words.you);
	const about =
		reply === undefined
			? ''
			: reply.text === undefined
				? words.replyingToMessage
				: words.replyingTo(quoted(reply.text));
	const stays = lifetime === undefined ? '' : words.disappears(durationText(lifetime));
	const isAction = text.startsWith(ACTION);
	const past = isPast ? pastWords(message) : '';
	const head = `${author}${isAction ? words.action : ''}${when(time, now)}${about}${stays}${past}`;
	if (deleted === true) return [words.deleted(head)];
	if (hasFile(message)) return [isPast ? words.message(head, fileLine(message)) : offerLine(message, head)];
	const [first = '', ...more] = (isAction ? text.slice(ACTION.length) : text).split('\n');
	return [
		words.message(head, first),
		...more.filter(line => line.trim() !== '').map(line => words.message(author, line)),
	];
}

/** Messages of the past. Where they are of other conversations than the open one, it is told to whom each own one was. */
export function pastLines(
	messages: readonly Message[],
	{now, open}: {readonly now: number; readonly open: ConversationId | undefined},
): string[] {
	const isElsewhere = messages.some(({conversation}) => conversation !== open);
	return messages.flatMap(message => {
		const [first = '', ...more] = messageWords(message, {now, isPast: true});
		const isTold = isElsewhere && message.direction === 'out';
		return [isTold ? catalogue.linear.to(otherIn(message.conversation), first) : first, ...more];
	});
}

/** `contacts`: how many there are. */
export function nobodyOpenWords(contacts: number): string {
	return contacts > 0 ? catalogue.linear.noneOpen : catalogue.linear.nobodyInList;
}

function pastWords(message: Message): string {
	const {direction, state, edited, reactions = [], conversation, deleted} = message;
	const {linear: words} = catalogue;
	const notes = [
		edited === undefined || deleted === true ? '' : words.edited,
		direction === 'out' ? words.states[state] : '',
		...reactions.map(each =>
			each.direction === 'out' ? words.reactionOfYours(each.emoji) : words.reaction(each.emoji, otherIn(conversation)),
		),
	];
	return notes.join('');
}

/** What a contact did about a message; undefined for what needs no words. `about` is the message, where it is here. */
export function actWords({kind, conversation, value}: Change, about: Message | undefined): string[] | undefined {
	const {acts, message} = catalogue.linear;
	const name = otherIn(conversation);
	const [first = '', ...more] = value.split('\n');
	const text = about === undefined || about.text === '' ? undefined : quoted(about.text);
	switch (kind) {
		case 'edit':
			return [acts.edited(name, first), ...more.map(line => message(name, line))];
		case 'delete':
			// What is deleted is not said once more.
			return [acts.deleted(name)];
		case 'reaction':
			if (value === '') return [text === undefined ? acts.reactionGone(name) : acts.reactionGoneFrom(name, text)];
			return [text === undefined ? acts.reacted(name, value) : acts.reactedTo(name, value, text)];
		case 'file':
			if (about === undefined || !hasFile(about)) return undefined;
			return [catalogue.linear.files[value as FileAnswer](name, fileName(about))];
		case 'timer':
			return [value === '0' ? acts.timerOff(name) : acts.timer(name, Number(value))];
		case 'pin':
			if (value === '') return [text === undefined ? acts.unpinned(name) : acts.unpinnedThis(name, text)];
			return [text === undefined ? acts.pinned(name) : acts.pinnedThis(name, text)];
		default:
			return undefined;
	}
}

/** One line: who it is, and how it stands with them. */
export function contactWords(contact: Contact, {isMuted = false}: {readonly isMuted?: boolean} = {}): string {
	const {name, nickname, identity, blocked, request, away, unread, outbox, agreed} = contact;
	const {linear: words} = catalogue;
	const timer = Number(agreed?.timer?.value ?? 0);
	const notes = [
		nickname === undefined ? '' : words.called(nickname),
		blocked ? words.blocked : presenceWords(contact),
		request === true ? words.request : words.keys[identity],
		away === undefined ? '' : words.away(away),
		isMuted ? words.muted : '',
		timer > 0 ? words.timer(durationText(timer)) : '',
		unread > 0 ? words.unreadCount(unread) : '',
		outbox > 0 ? words.undeliveredCount(outbox) : '',
	];
	return words.listed([name, ...notes.filter(Boolean)]);
}

export function presenceWords(contact: Contact): string {
	const {presence, onlyKeeper} = contact;
	if (presence === 'online' && onlyKeeper === true) return catalogue.presence.keeper;
	return catalogue.presence[presence === 'unknown' && isInSession(contact) ? 'online' : presence];
}

/** One line for all that is unread, a mention first; undefined when nothing is. */
export function unreadWords(contacts: readonly Contact[]): string | undefined {
	const unread = contacts.filter(contact => contact.unread > 0 && !contact.blocked);
	if (unread.length === 0) return undefined;
	const {unread: words, unreadOf, unreadOfStranger} = catalogue.linear;
	return words(
		unread.map(({name, unread: count, request}) => (request === true ? unreadOfStranger : unreadOf)(name, count)),
	);
}
