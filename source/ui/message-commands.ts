// Slash commands about messages (reply, edit, delete, react) and about the open conversation (timer, dates, outbox).
import {type ConversationId, type Message, contactIn, otherIn} from '../client/snapshot.ts';
import {type ScreenControls} from './screen-controls.ts';
import {confirmOverlay} from './overlays/confirm.ts';
import {deleteQuestion} from './overlays/questions.ts';
import {editsOverlay} from './overlays/edits.ts';
import {outboxOverlay} from './overlays/outbox.ts';
import {reactOverlay} from './overlays/react.ts';
import {type SlashCommand} from './slash-command.ts';
import {durationText} from './panes/about-message.ts';
import {safeName, safeText} from './text/safe.ts';
import {Emoji, knownEmoji, loadEmoji} from './text/emoji.ts';
import {dayKey, dayText} from './text/time.ts';

const UNITS: Readonly<Record<string, number>> = {s: 1, m: 60, min: 60, h: 3600, d: 86_400, w: 604_800};
const DAY_MS = 86_400_000;

export function reply(screen: ScreenControls, message: Message): void {
	const {conversation, direction, id, text} = message;
	if (message.deleted === true) return screen.tell('this message is deleted');
	screen.setTarget({kind: 'reply', conversation, message: {direction, id}, text});
}

export function change(screen: ScreenControls, {conversation, direction, id, text, deleted}: Message): void {
	if (direction === 'in' || deleted === true) return screen.tell('only your own messages can be edited');
	screen.setTarget({kind: 'edit', conversation, message: {direction, id}, text});
}

export function erase(screen: ScreenControls, message: Message): void {
	const {direction, deleted} = message;
	if (direction === 'in' || deleted === true) return screen.tell('only your own messages can be deleted');
	screen.show(deleteQuestion(message));
}

/** The emoji are read before it is asked for. */
export function react(screen: ScreenControls, message: Message): void {
	if (message.deleted === true) return screen.tell('this message is deleted');
	screen.show(reactOverlay(message, knownEmoji() ?? new Emoji([])));
}

/** `typed` is an emoji, or the shortcode of one. */
async function reactWith(screen: ScreenControls, message: Message, typed: string): Promise<void> {
	const {conversation, direction, id} = message;
	const isCode = /^:[\w+-]+:?$/.test(typed);
	const table = isCode ? await loadEmoji(error => screen.client.caught('emoji', error)) : undefined;
	const emoji = table === undefined ? typed : table.exact(`:${typed.replaceAll(':', '')}:`);
	if (emoji === undefined) return screen.tell(`no emoji is called ${safeText(typed, {newlines: false})}`);
	screen.client.react(conversation, {direction, id}, emoji);
}

export function showEdits(screen: ScreenControls, {conversation, direction, id}: Message): void {
	const former = screen.client.edits(conversation, {direction, id});
	if (former.length === 0) screen.tell('this message was not edited');
	else screen.show(editsOverlay(former, screen.now()));
}

function newest<Result>(
	screen: ScreenControls,
	act: (screen: ScreenControls, message: Message) => Result,
	fits: (message: Message) => boolean,
): Result | void {
	const message = screen.messages.findLast(each => each.deleted !== true && fits(each));
	if (message === undefined) screen.tell('there is no such message here');
	else return act(screen, message);
}

const isOwn = ({direction}: Message) => direction === 'out';
const isTheirs = ({direction}: Message) => direction === 'in';

export const MESSAGE_COMMANDS: readonly SlashCommand[] = [
	{
		name: 'reply',
		words: '',
		help: 'reply to their newest message',
		run: screen => newest(screen, reply, isTheirs),
	},
	{name: 'edit', words: '', help: 'edit your newest message', run: screen => newest(screen, change, isOwn)},
	{
		name: 'delete',
		words: '',
		help: 'delete your newest message, on both sides',
		run: screen => newest(screen, erase, isOwn),
	},
	{
		name: 'react',
		words: '[EMOJI]',
		help: 'react to their newest message',
		run(screen, rest) {
			if (rest === '') return newest(screen, react, isTheirs);
			return newest(screen, async (_, message) => reactWith(screen, message, rest), isTheirs);
		},
	},
	{
		name: 'me',
		words: 'TEXT',
		help: 'say what you do: * you TEXT',
		run(screen, rest) {
			if (rest === '') return screen.tell('usage: /me TEXT');
			if (screen.conversation === undefined) return screen.tell('no conversation is open');
			screen.send(screen.conversation, `/me ${rest}`);
		},
	},
	{
		name: 'raw',
		words: '',
		help: 'show the newest message on the screen plain, or with its markup again',
		run: screen => screen.showRaw(),
	},
	{
		name: 'pin',
		words: '[off]',
		help: 'pin the message that you reply to, or else the newest, for both; the title shows it',
		run(screen, rest) {
			const {conversation, target: answered, client} = screen;
			if (conversation === undefined) return screen.tell('no conversation is open');
			if (rest !== '' && rest !== 'off') return screen.tell('usage: /pin or /pin off');
			if (rest === 'off') {
				const {message} = contactIn(client.snapshot(), conversation)?.agreed?.pin ?? {};
				if (message === undefined) return screen.tell('nothing is pinned');
				return client.act(conversation, {kind: 'pin', target: message, value: ''});
			}

			const target = answered?.message ?? screen.messages.findLast(({deleted}) => deleted !== true);
			if (target === undefined) return screen.tell('there is no such message here');
			client.act(conversation, {kind: 'pin', target: {direction: target.direction, id: target.id}, value: 'pinned'});
			screen.setTarget(undefined);
		},
	},
	{
		name: 'timer',
		words: '[30s|5m|1h|1d|1w|off]',
		help: 'have messages of both disappear so long after they were read',
		run(screen, rest) {
			const {conversation} = screen;
			if (conversation === undefined) return screen.tell('no conversation is open');
			const [, count = '', unit = ''] = /^(\d{1,8}) ?([a-z]+)$/.exec(rest) ?? [];
			const seconds = rest === 'off' ? 0 : Number(count) * (UNITS[unit] ?? Number.NaN);
			if (!(seconds > 0) && rest !== 'off') {
				const {timer} = contactIn(screen.client.snapshot(), conversation)?.agreed ?? {};
				const now =
					timer === undefined
						? 'messages stay'
						: `messages disappear ${durationText(Number(timer.value))} after they were read`;
				return screen.tell(`${now}; change it as /timer 1h, or /timer off`);
			}

			screen.client.setTimer(conversation, seconds);
			screen.tell(
				seconds === 0
					? 'messages stay from here on'
					: `messages disappear ${durationText(seconds)} after they were read`,
			);
		},
	},
	{
		name: 'goto',
		words: 'DATE',
		help: 'the first message of a day: 2026-11-03, today, yesterday',
		run(screen, rest) {
			const {conversation} = screen;
			const time = dayOf(rest, screen.now());
			if (conversation === undefined || time === undefined)
				return screen.tell('usage: /goto 2026-11-03 or /goto yesterday');
			const message = screen.client.firstSince(conversation, time);
			const day = dayText(time, screen.now());
			if (message === undefined) return screen.tell(`nothing on ${day} or later`);
			screen.reveal(conversation, message.id);
			if (dayKey(message.time) === dayKey(time)) return;
			screen.tell(`nothing on ${day}: showing ${dayText(message.time, screen.now())}`);
		},
	},
	{
		name: 'outbox',
		words: '',
		help: 'what waits to be delivered, or has failed',
		run: screen => screen.show(outboxOverlay(screen.client.outbox(), screen.now())),
	},
	{
		name: 'forget',
		words: '',
		help: 'delete this conversation from this disk, for good',
		run(screen) {
			const {conversation} = screen;
			if (conversation === undefined) return screen.tell('no conversation is open');
			screen.show(
				confirmOverlay({
					words: `Delete everything that was said with ${safeName(otherIn(conversation))} from this disk, for good? Their disk keeps its own.`,
					keep: 'Keep everything',
					choices: [{label: 'Delete everything here', act: talk => forget(talk, conversation)}],
				}),
			);
		},
	},
];

function forget({client, mute}: ScreenControls, conversation: ConversationId): void {
	client.forget(conversation);
	// What is kept of a conversation goes with it.
	mute(conversation, false);
}

/** The beginning of a day, local ms. */
function dayOf(typed: string, now: number): number | undefined {
	if (typed === 'today' || typed === 'yesterday') {
		return new Date(typed === 'today' ? now : now - DAY_MS).setHours(0, 0, 0, 0);
	}

	const [, year, month, day] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(typed) ?? [];
	if (year === undefined) return undefined;
	const date = new Date(Number(year), Number(month) - 1, Number(day));
	return date.getMonth() === Number(month) - 1 ? date.getTime() : undefined;
}
