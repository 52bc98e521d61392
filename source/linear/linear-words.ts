// What the linear client says of messages, contacts and states: plain words, the author first. Pure; nothing is cleaned here but
// what would end a line.
import {
	type Change,
	type Contact,
	type ConversationId,
	type FailureReason,
	type Message,
	authorOf,
	otherIn,
} from '../client/snapshot.ts';
import {actKind} from '../content/kinds.ts';
import {durationText} from '../ui/panes/about-message.ts';
import {isInSession} from '../ui/panes/presence.ts';
import {clockText, dayKey, dayText} from '../ui/text/time.ts';

/** UTF-16 units of a message that is quoted. */
const QUOTE_LIMIT = 60;
/** What is younger than this has no time, ms. */
const RECENT_MS = 120_000;
const ACTION = '/me ';

const STATES: Readonly<Record<Message['state'], string>> = {
	queued: 'waiting',
	sent: 'on its way',
	delivered: 'delivered',
	read: 'read',
	failed: 'not sent',
};

const FAILURE_WORDS: Readonly<Record<FailureReason, (name: string) => string>> = {
	'identity-changed': name => `the key of ${name} has changed`,
	blocked: name => `${name} is blocked`,
	cancelled: () => 'it was taken back',
	refused: name => `the simchat of ${name} cannot read it`,
};

/** A sentence with a capital and a stop. An account's name, which has no capitals, stays as it is. */
export function spoken(words: string, names: ReadonlySet<string> = new Set()): string {
	const text = words.trim().replace(/ ?…$/u, '');
	const [first = ''] = text.split(/[\s:,’']/u, 1);
	const begun = names.has(first) ? text : text.slice(0, 1).toUpperCase() + text.slice(1);
	return /[.!?:]$/.test(begun) || begun === '' ? begun : `${begun}.`;
}

/** As much of a text as is repeated of it. */
export function quoted(text: string): string {
	const line = text.replaceAll(/\s+/gu, ' ').trim();
	return line.length > QUOTE_LIMIT ? `"${line.slice(0, QUOTE_LIMIT).toWellFormed()}" and more` : `"${line}"`;
}

export function failureWords({reason, conversation}: Message): string {
	return reason === undefined ? 'it failed' : FAILURE_WORDS[reason](otherIn(conversation));
}

/** `, 12:01`, with the day when it is not today's; '' for what is of just now. */
function when(time: number, now: number): string {
	if (Math.abs(now - time) < RECENT_MS) return '';
	const day = dayKey(time) === dayKey(now) ? '' : `${dayText(time, now)} `;
	return `, ${day}${clockText(time)}`;
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
	const {time, text, reply, lifetime, deleted} = message;
	const author = authorOf(message, 'you');
	const about =
		reply === undefined ? '' : `, replying to ${reply.text === undefined ? 'a message' : quoted(reply.text)}`;
	const stays = lifetime === undefined ? '' : `, disappears after ${durationText(lifetime)}`;
	const isAction = text.startsWith(ACTION);
	const past = isPast ? pastWords(message) : '';
	const head = `${author}${isAction ? ', action' : ''}${when(time, now)}${about}${stays}${past}`;
	if (deleted === true) return [`${head}, deleted.`];
	const [first = '', ...more] = (isAction ? text.slice(ACTION.length) : text).split('\n');
	return [`${head}: ${first}`, ...more.filter(line => line.trim() !== '').map(line => `${author}: ${line}`)];
}

/** Messages of the past. Where they are of other conversations than the open one, it is told to whom each own one was. */
export function pastLines(
	messages: readonly Message[],
	{now, open}: {readonly now: number; readonly open: ConversationId | undefined},
): string[] {
	const isElsewhere = messages.some(({conversation}) => conversation !== open);
	return messages.flatMap(message => {
		const [first = '', ...more] = messageWords(message, {now, isPast: true});
		const whom = isElsewhere && message.direction === 'out' ? `to ${otherIn(message.conversation)}, ` : '';
		return [`${whom}${first}`, ...more];
	});
}

/** `contacts`: how many there are. */
export function nobodyOpenWords(contacts: number): string {
	if (contacts > 0) return 'No conversation is open. /open NAME opens one, /list says who is in your list.';
	return 'Nobody is in your list yet. /add NAME takes somebody in, and opens the conversation.';
}

export function messageCount(count: number): string {
	return count === 1 ? '1 message is' : `${count} messages are`;
}

function pastWords(message: Message): string {
	const {direction, state, edited, reactions = [], conversation, deleted} = message;
	const notes = [
		edited === undefined || deleted === true ? '' : 'edited',
		direction === 'out' ? STATES[state] : '',
		...reactions.map(each => `${each.emoji} from ${each.direction === 'out' ? 'you' : otherIn(conversation)}`),
	];
	return notes
		.filter(Boolean)
		.map(note => `, ${note}`)
		.join('');
}

/** What a contact did about a message; undefined for what needs no words. `about` is the message, where it is here. */
export function actWords({kind, conversation, value}: Change, about: Message | undefined): string[] | undefined {
	const {effect, words: wordsOf} = actKind(kind);
	const [first = '', ...more] = value.split('\n');
	const words = wordsOf(effect === 'text' ? first : value);
	if (words === undefined) return undefined;
	const name = otherIn(conversation);
	// What is deleted is not said once more.
	if (effect === 'text') return [`${name} ${words}${value === '' ? '.' : ''}`, ...more.map(line => `${name}: ${line}`)];
	return [`${name} ${words}${about === undefined || about.text === '' ? '.' : `: ${quoted(about.text)}.`}`];
}

/** One line: who it is, and how it stands with them. */
export function contactWords(contact: Contact, {isMuted = false}: {readonly isMuted?: boolean} = {}): string {
	const {name, nickname, identity, blocked, request, away, unread, outbox, agreed} = contact;
	const keys = {unknown: '', pinned: 'not verified', verified: 'verified', changed: 'KEY CHANGED'}[identity];
	const timer = Number(agreed?.timer?.value ?? 0);
	const notes = [
		nickname === undefined ? '' : `called ${nickname}`,
		blocked ? 'blocked' : presenceWords(contact),
		request === true ? 'not in your list, wants to talk' : keys,
		away === undefined ? '' : `away: ${away}`,
		isMuted ? 'muted' : '',
		timer > 0 ? `messages disappear ${durationText(timer)} after they were read` : '',
		unread > 0 ? `${unread} unread` : '',
		outbox > 0 ? `${outbox} not delivered` : '',
	];
	return [name, ...notes.filter(Boolean)].join(', ');
}

export function presenceWords(contact: Contact): string {
	const {presence} = contact;
	if (presence === 'unknown') return isInSession(contact) ? 'online' : 'presence unknown';
	return presence;
}

/** One line for all that is unread, a mention first; undefined when nothing is. */
export function unreadWords(contacts: readonly Contact[]): string | undefined {
	const unread = contacts.filter(contact => contact.unread > 0 && !contact.blocked);
	if (unread.length === 0) return undefined;
	return `Unread: ${unread.map(({name, unread: count, request}) => `${name} ${count}${request === true ? ', not in your list' : ''}`).join('; ')}.`;
}
