// Slash commands about messages (reply, edit, delete, react) and about the open conversation (timer, dates, outbox).
import {catalogue} from '../catalogue/catalogue.ts';
import {typedSeconds} from '../client/facade.ts';
import {type ConversationId, type Message, contactIn, otherIn} from '../client/snapshot.ts';
import {type ScreenControls} from './screen-controls.ts';
import {confirmOverlay} from './overlays/confirm.ts';
import {deleteQuestion} from './overlays/questions.ts';
import {editsOverlay} from './overlays/edits.ts';
import {outboxOverlay} from './overlays/outbox.ts';
import {reactOverlay} from './overlays/react.ts';
import {type SlashCommand, slashCommand} from './slash-command.ts';
import {durationText} from './panes/about-message.ts';
import {hasFile} from './panes/offer-state.ts';
import {safeName, safeText} from './text/safe.ts';
import {Emoji, knownEmoji, typedEmoji} from '../content/emoji.ts';
import {dayKey, dayText} from './text/time.ts';

const DAY_MS = 86_400_000;

export function reply(screen: ScreenControls, message: Message): void {
	const {conversation, direction, id, text} = message;
	if (message.deleted === true) return screen.tell(catalogue.notices.isDeleted);
	screen.setTarget({kind: 'reply', conversation, message: {direction, id}, text});
}

export function change(screen: ScreenControls, message: Message): void {
	const {conversation, direction, id, text, deleted} = message;
	if (direction === 'in' || deleted === true) return screen.tell(catalogue.notices.onlyOwnEdited);
	if (hasFile(message)) return screen.tell(catalogue.notices.noFileEdit);
	screen.setTarget({kind: 'edit', conversation, message: {direction, id}, text});
}

export function erase(screen: ScreenControls, message: Message): void {
	const {direction, deleted} = message;
	if (direction === 'in' || deleted === true) return screen.tell(catalogue.notices.onlyOwnDeleted);
	screen.show(deleteQuestion(message));
}

/** The emoji are read before it is asked for. */
export function react(screen: ScreenControls, message: Message): void {
	if (message.deleted === true) return screen.tell(catalogue.notices.isDeleted);
	screen.show(reactOverlay(message, knownEmoji() ?? new Emoji([])));
}

/** `typed` is an emoji, or the shortcode of one. */
async function reactWith(screen: ScreenControls, message: Message, typed: string): Promise<void> {
	const {conversation, direction, id} = message;
	const emoji = await typedEmoji(typed, error => screen.client.caught('emoji', error));
	if (emoji === undefined) return screen.tell(catalogue.notices.noEmoji(safeText(typed, {newlines: false})));
	screen.client.react(conversation, {direction, id}, emoji);
}

export function showEdits(screen: ScreenControls, {conversation, direction, id}: Message): void {
	const former = screen.client.edits(conversation, {direction, id});
	if (former.length === 0) screen.tell(catalogue.notices.notEdited);
	else screen.show(editsOverlay(former, screen.now()));
}

function newest<Result>(
	screen: ScreenControls,
	act: (screen: ScreenControls, message: Message) => Result,
	fits: (message: Message) => boolean,
): Result | void {
	const message = screen.messages.findLast(each => each.deleted !== true && fits(each));
	if (message === undefined) screen.tell(catalogue.notices.noSuchMessage);
	else return act(screen, message);
}

const isOwn = ({direction}: Message) => direction === 'out';
const isTheirs = ({direction}: Message) => direction === 'in';

export const MESSAGE_COMMANDS: readonly SlashCommand[] = [
	slashCommand('reply', screen => newest(screen, reply, isTheirs)),
	slashCommand('edit', screen => newest(screen, change, each => isOwn(each) && !hasFile(each))),
	slashCommand('delete', screen => newest(screen, erase, isOwn)),
	slashCommand('react', (screen, rest) => {
		if (rest === '') return newest(screen, react, isTheirs);
		return newest(screen, async (_, message) => reactWith(screen, message, rest), isTheirs);
	}),
	slashCommand('me', (screen, rest) => {
		if (rest === '') return screen.tell(catalogue.notices.usage.me);
		if (screen.conversation === undefined) return screen.tell(catalogue.notices.noConversation);
		screen.send(screen.conversation, `/me ${rest}`);
	}),
	slashCommand('raw', screen => screen.showRaw()),
	slashCommand('pin', (screen, rest) => {
		const {conversation, target: answered, client} = screen;
		if (conversation === undefined) return screen.tell(catalogue.notices.noConversation);
		if (rest !== '' && rest !== 'off') return screen.tell(catalogue.notices.usage.pin);
		if (rest === 'off') {
			const {message} = contactIn(client.snapshot(), conversation)?.agreed?.pin ?? {};
			if (message === undefined) return screen.tell(catalogue.notices.nothingPinned);
			client.act(conversation, {kind: 'pin', target: message, value: ''});
			return;
		}

		const target = answered?.message ?? screen.messages.findLast(({deleted}) => deleted !== true);
		if (target === undefined) return screen.tell(catalogue.notices.noSuchMessage);
		client.act(conversation, {kind: 'pin', target: {direction: target.direction, id: target.id}, value: 'pinned'});
		screen.setTarget(undefined);
	}),
	slashCommand('timer', (screen, rest) => {
		const {conversation} = screen;
		if (conversation === undefined) return screen.tell(catalogue.notices.noConversation);
		const seconds = typedSeconds(rest);
		if (seconds === undefined) {
			const {timer} = contactIn(screen.client.snapshot(), conversation)?.agreed ?? {};
			const {stays, disappears} = catalogue.notices;
			return screen.tell(timer === undefined ? stays : disappears(durationText(Number(timer.value))));
		}

		screen.client.setTimer(conversation, seconds);
		screen.tell(seconds === 0 ? catalogue.notices.staysNow : catalogue.notices.disappearsNow(durationText(seconds)));
	}),
	slashCommand('goto', (screen, rest) => {
		const {conversation} = screen;
		const time = dayOf(rest, screen.now());
		if (conversation === undefined || time === undefined) return screen.tell(catalogue.notices.usage.goto);
		const message = screen.client.firstSince(conversation, time);
		const day = dayText(time, screen.now());
		if (message === undefined) return screen.tell(catalogue.notices.nothingSince(day));
		screen.reveal(conversation, message.id);
		if (dayKey(message.time) === dayKey(time)) return;
		screen.tell(catalogue.notices.nothingOn(day, dayText(message.time, screen.now())));
	}),
	slashCommand('outbox', screen => screen.show(outboxOverlay(screen.client.outbox(), screen.now()))),
	slashCommand('forget', screen => {
		const {conversation} = screen;
		if (conversation === undefined) return screen.tell(catalogue.notices.noConversation);
		screen.show(
			confirmOverlay({
				words: catalogue.decisions.forget(safeName(otherIn(conversation))),
				keep: catalogue.decisions.keepEverything,
				choices: [{label: catalogue.decisions.deleteEverything, act: talk => forget(talk, conversation)}],
			}),
		);
	}),
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
