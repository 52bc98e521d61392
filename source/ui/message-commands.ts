// Slash commands about messages: to answer, edit, delete and react; and about a conversation: its timer, its past, what waits.
import {type Message} from '../client/snapshot.ts';
import {type SlashCommand} from './commands.ts';
import {type Desk} from './desk.ts';
import {confirmOverlay} from './overlays/confirm.ts';
import {deleteQuestion} from './overlays/questions.ts';
import {editsOverlay} from './overlays/edits.ts';
import {outboxOverlay} from './overlays/outbox.ts';
import {reactOverlay} from './overlays/react.ts';
import {durationText} from './panes/about-message.ts';
import {safeName} from './text/safe.ts';
import {loadEmoji} from './text/emoji.ts';

const UNITS: Readonly<Record<string, number>> = {s: 1, m: 60, min: 60, h: 3600, d: 86_400, w: 604_800};
const DAY_MS = 86_400_000;

export function reply(desk: Desk, message: Message): void {
	const {peer, direction, id, text} = message;
	if (message.deleted === true) return desk.tell('it is deleted');
	desk.aimAt({kind: 'reply', peer, message: {direction, id}, text});
}

export function change(desk: Desk, {peer, direction, id, text, deleted}: Message): void {
	if (direction === 'in' || deleted === true) return desk.tell('only what you wrote yourself can be changed');
	desk.aimAt({kind: 'edit', peer, message: {direction, id}, text});
}

export function erase(desk: Desk, message: Message): void {
	const {direction, deleted} = message;
	if (direction === 'in' || deleted === true) return desk.tell('only what you wrote yourself can be deleted');
	desk.show(deleteQuestion(message));
}

/** `isWanted`: unless keys went elsewhere while the emoji were loaded. */
export async function react(desk: Desk, message: Message, isWanted: () => boolean = () => true): Promise<void> {
	if (message.deleted === true) return desk.tell('it is deleted');
	const emoji = await loadEmoji();
	if (isWanted()) desk.show(reactOverlay(message, emoji));
}

export function showEdits(desk: Desk, {peer, direction, id}: Message): void {
	const former = desk.client.edits(peer, {direction, id});
	if (former.length === 0) desk.tell('it was not edited');
	else desk.show(editsOverlay(former, desk.now()));
}

function newest<Result>(
	desk: Desk,
	act: (desk: Desk, message: Message) => Result,
	fits: (message: Message) => boolean,
): Result | void {
	const message = desk.messages.findLast(each => each.deleted !== true && fits(each));
	if (message === undefined) desk.tell('there is no such message here');
	else return act(desk, message);
}

const isOwn = ({direction}: Message) => direction === 'out';
const isTheirs = ({direction}: Message) => direction === 'in';

export const MESSAGE_COMMANDS: readonly SlashCommand[] = [
	{
		name: 'reply',
		words: '',
		help: 'answer the newest message of the other',
		run: desk => newest(desk, reply, isTheirs),
	},
	{name: 'edit', words: '', help: 'change your newest message', run: desk => newest(desk, change, isOwn)},
	{
		name: 'delete',
		words: '',
		help: 'delete your newest message, on both sides',
		run: desk => newest(desk, erase, isOwn),
	},
	{
		name: 'react',
		words: '[EMOJI]',
		help: 'say with an emoji what you think of the newest message of the other',
		run(desk, rest) {
			if (rest === '') return newest(desk, react, isTheirs);
			newest(desk, ({client}, {peer, direction, id}) => client.react(peer, {direction, id}, rest), isTheirs);
		},
	},
	{
		name: 'me',
		words: 'TEXT',
		help: 'say what you do: * you TEXT',
		run(desk, rest) {
			if (rest === '') return desk.tell('type it as /me TEXT');
			if (desk.peer === undefined) return desk.tell('no conversation is open');
			desk.send(desk.peer, `/me ${rest}`);
		},
	},
	{
		name: 'pin',
		words: '[off]',
		help: 'pin the message that you answer, or else the newest, for both; it is shown in the title',
		run(desk, rest) {
			const {peer, aim, client} = desk;
			if (peer === undefined) return desk.tell('no conversation is open');
			if (rest !== '' && rest !== 'off') return desk.tell('type it as /pin or /pin off');
			if (rest === 'off') {
				const {message} = client.snapshot().contacts.find(({name}) => name === peer)?.agreed?.pin ?? {};
				if (message === undefined) return desk.tell('nothing is pinned');
				return client.act(peer, {kind: 'pin', target: message, value: ''});
			}

			const target = aim?.message ?? desk.messages.findLast(({deleted}) => deleted !== true);
			if (target === undefined) return desk.tell('there is no such message here');
			client.act(peer, {kind: 'pin', target: {direction: target.direction, id: target.id}, value: 'pinned'});
			desk.aimAt(undefined);
		},
	},
	{
		name: 'timer',
		words: '[30s|5m|1h|1d|1w|off]',
		help: 'have messages of both disappear so long after they were read',
		run(desk, rest) {
			const {peer} = desk;
			if (peer === undefined) return desk.tell('no conversation is open');
			const [, count = '', unit = ''] = /^(\d{1,8}) ?([a-z]+)$/.exec(rest) ?? [];
			const seconds = rest === 'off' ? 0 : Number(count) * (UNITS[unit] ?? Number.NaN);
			if (!(seconds > 0) && rest !== 'off') {
				const {timer} = desk.client.snapshot().contacts.find(({name}) => name === peer)?.agreed ?? {};
				const now =
					timer === undefined
						? 'messages stay'
						: `messages disappear ${durationText(Number(timer.value))} after they were read`;
				return desk.tell(`${now}; change it as /timer 1h, or /timer off`);
			}

			desk.client.setTimer(peer, seconds);
			desk.tell(
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
		run(desk, rest) {
			const {peer} = desk;
			const time = dayOf(rest, desk.now());
			if (peer === undefined || time === undefined) return desk.tell('type it as /goto 2026-11-03, /goto yesterday');
			const message = desk.client.firstSince(peer, time);
			if (message === undefined) desk.tell('nothing was said since');
			else desk.reveal(peer, message.id);
		},
	},
	{
		name: 'outbox',
		words: '',
		help: 'what waits to be delivered, or has failed',
		run: desk => desk.show(outboxOverlay(desk.client.outbox(), desk.now())),
	},
	{
		name: 'forget',
		words: '',
		help: 'delete this conversation from this disk, for good',
		run(desk) {
			const {peer} = desk;
			if (peer === undefined) return desk.tell('no conversation is open');
			desk.show(
				confirmOverlay({
					words: `Delete everything that was said with ${safeName(peer)} from this disk, for good? Their disk keeps its own.`,
					keep: 'Keep everything',
					choices: [{label: 'Delete everything here', act: ({client}) => client.forget(peer)}],
				}),
			);
		},
	},
];

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
