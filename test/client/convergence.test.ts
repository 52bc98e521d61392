// Whatever order what two people say and do arrives in, late, twice, ahead of its time, or before what it is about: both sides show the
// same, which is what the rules make of all of it whose time has come.
import {makeTemporaryFolder, removeFolder} from '../../tools/temporary-folder.ts';
import {existsSync} from 'node:fs';
import path from 'node:path';
import {Buffer} from 'node:buffer';
import {setImmediate as nextTurn} from 'node:timers/promises';
import test from 'ava';
import {contentOf, entryOf} from '../../source/messaging/contents.ts';
import {
	type Act,
	type HistoryEntry,
	type History,
	type OwnEntry,
	isMessage,
} from '../../source/messaging/history/history.ts';
import {openHistory} from '../../source/messaging/history/sqlite-history.ts';
import {type Message, type MessageName} from '../../source/client/snapshot.ts';
import {AHEAD_MS} from '../../source/content/act.ts';
import {seededNumbers} from '../twins/random.ts';
import {type ConversationId, talkWith} from '../../source/messaging/conversation.ts';

const INTERLEAVINGS = 10_000;
/** Said and done in each, by both together. */
const STEPS = 12;
/** Rounds that go to a disk together. */
const AT_ONCE = 250;
/** Rounds that one disk takes: what is deleted from a large index of words is slow. */
const ROUNDS_OF_A_DISK = 250;
/** Times are few, so that many are the same: the id decides then. */
const TIMES = 5;
/** Server time goes on while things arrive, up to the last but one of these, ms; then comes the end of time. */
const MOMENTS = [TIMES, TIMES + 1, TIMES + 2, Number.MAX_SAFE_INTEGER - AHEAD_MS];
const LAST_ARRIVALS = MOMENTS.length - 2;
/** One act in so many is from a clock that is far ahead: its time comes at one of the moments but the first. */
const AHEAD_ONE_IN = 3;
const EMOJI = ['👍', '❤️', ''];
/** A pin, and what takes it off. */
const PINS = ['pinned', ''];

const sides = ['ann', 'bob'] as const;
type Side = (typeof sides)[number];
type Said = {readonly by: Side; readonly entry: OwnEntry};

/** Numbers below what is asked for. */
function dice(seed: number): (sides: number) => number {
	const numbers = seededNumbers(seed);
	return count => Math.floor(numbers() * count);
}

/** What somebody says or does next, about whatever was said so far by anybody, arrived or not. */
function nextEntry(
	roll: (sides: number) => number,
	by: Side,
	conversation: ConversationId,
	said: ReadonlyMap<Side, readonly string[]>,
): OwnEntry {
	const id = [0, 1, 2, 3]
		.map(() =>
			roll(2 ** 32)
				.toString(16)
				.padStart(8, '0'),
		)
		.join('');
	const text = {id, conversation, direction: 'out', time: roll(TIMES), state: 'delivered', reason: undefined} as const;
	const ahead = MOMENTS.slice(1).map(moment => moment + AHEAD_MS);
	const head = {...text, time: roll(AHEAD_ONE_IN) === 0 ? ahead[roll(ahead.length)]! : text.time};
	const own = said.get(by) ?? [];
	const others = said.get(by === 'ann' ? 'bob' : 'ann') ?? [];
	const one = (ids: readonly string[]) => ids[roll(ids.length)];
	const any: MessageName[] = [
		...own.map(each => ({direction: 'out' as const, id: each})),
		...others.map(each => ({direction: 'in' as const, id: each})),
	];
	const [mine, theirs, some] = [one(own), one(others), any[roll(any.length)]];
	const kind = roll(9);
	if (kind === 3 && mine) return {...head, kind: 'edit', target: {direction: 'out', id: mine}, value: `edit ${id}`};
	if (kind === 4 && mine && roll(2) === 0)
		return {...head, kind: 'delete', target: {direction: 'out', id: mine}, value: ''};
	if (kind === 5 && some) return {...head, kind: 'reaction', target: some, value: EMOJI[roll(EMOJI.length)]!};
	if (kind === 6 && theirs) return {...head, kind: 'read', target: {direction: 'in', id: theirs}, value: ''};
	if (kind === 7) return {...head, kind: 'timer', target: undefined, value: String(roll(3) * 60)};
	if (kind === 8 && some) return {...head, kind: 'pin', target: some, value: PINS[roll(PINS.length)]!};
	return {...text, text: `text ${id}`, ...(some && roll(3) === 0 && {reply: {...some, text: undefined}})};
}

/** What one side shows, in words that both sides share: who, not in or out. */
function shown(history: History, page: readonly Message[], side: Side, conversation: ConversationId) {
	const who = (direction: Message['direction']) => (direction === 'out' ? side : other(side));
	const messages = page.map(({id, direction, text, edited, deleted, reactions, reply}) => ({
		id,
		by: who(direction),
		text,
		edited,
		deleted,
		reactions: (reactions ?? []).map(each => `${who(each.direction)} ${each.emoji}`).toSorted(),
		reply: reply && {by: who(reply.direction), id: reply.id, text: reply.text},
		edits: history.edits(conversation, {direction, id}),
	}));
	const {value, target} = history.setting(conversation, 'pin') ?? {};
	const pin = value === 'pinned' && target ? {by: who(target.direction), id: target.id} : undefined;
	return {
		timer: Number(history.setting(conversation, 'timer')?.value ?? 0),
		pin: whereThere(pin, messages),
		messages: messages.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
	};
}

/** A pin, as long as the message that it is about is there. */
function whereThere(
	pin: {readonly by: Side; readonly id: string} | undefined,
	messages: ReadonlyArray<{readonly by: Side; readonly id: string; readonly deleted?: true | undefined}>,
) {
	return pin && messages.some(({by, id, deleted}) => by === pin.by && id === pin.id && !deleted) ? pin : undefined;
}

function other(by: Side): Side {
	return by === 'ann' ? 'bob' : 'ann';
}

function author(by: Side, {direction}: MessageName): Side {
	return direction === 'out' ? by : other(by);
}

function later(a: {readonly entry: OwnEntry}, b: {readonly entry: OwnEntry}): number {
	return a.entry.time - b.entry.time || (a.entry.id < b.entry.id ? -1 : 1);
}

/** What counts for one side at `now`: what it said itself, and what the other said and whose time has come. */
function countingFor(side: Side, now: number, said: readonly Said[]): readonly Said[] {
	return said.filter(({by, entry}) => by === side || entry.time <= now + AHEAD_MS);
}

/** The same by the rules, in the plainest words, from everything that was said and done in any order. */
function expected(entries: readonly Said[]) {
	const acts = entries.filter((each): each is {by: Side; entry: Act} => !isMessage(each.entry)).toSorted(later);
	const texts = entries.filter((each): each is {by: Side; entry: Message} => isMessage(each.entry));
	const about = (kind: Act['kind'], by: Side, id: string) =>
		acts.filter(
			each => each.entry.kind === kind && each.entry.target?.id === id && author(each.by, each.entry.target) === by,
		);
	const now = ({by, entry}: {by: Side; entry: Message}) => {
		const deleted = about('delete', by, entry.id).length > 0 || undefined;
		const edits = deleted ? [] : about('edit', by, entry.id).map(each => each.entry);
		return {text: deleted ? '' : (edits.at(-1)?.value ?? entry.text), edited: edits.at(-1)?.time, deleted, edits};
	};

	const messages = texts.map(each => {
		const {by, entry} = each;
		const {text, edited, deleted, edits} = now(each);
		const reactions = sides.flatMap(side => {
			const emoji = about('reaction', by, entry.id).findLast(act => act.by === side)?.entry.value ?? '';
			return emoji === '' || deleted ? [] : [`${side} ${emoji}`];
		});
		const {reply} = entry;
		const answered = reply && texts.find(one => one.by === author(by, reply) && one.entry.id === reply.id);
		const there = answered && now(answered);
		return {
			id: entry.id,
			by,
			text,
			edited,
			deleted,
			reactions: reactions.toSorted(),
			reply:
				deleted || !reply
					? undefined
					: {by: author(by, reply), id: reply.id, text: there?.deleted ? undefined : there?.text},
			edits: [{time: entry.time, text: entry.text}, ...edits.map(({time, value}) => ({time, text: value}))].slice(
				0,
				-1,
			),
		};
	});
	const timer = Number(acts.findLast(({entry}) => entry.kind === 'timer')?.entry.value ?? 0);
	// The latest of both sides holds, whichever message it is about.
	const latest = acts.findLast(({entry}) => entry.kind === 'pin');
	const target = latest?.entry.value === 'pinned' ? latest.entry.target : undefined;
	const pin = latest && target && {by: author(latest.by, target), id: target.id};
	return {timer, pin: whereThere(pin, messages), messages: messages.toSorted((a, b) => (a.id < b.id ? -1 : 1))};
}

/** Of `by`’s messages, in the order that they were said in: those that the other side has told it has read. */
function expectedRead(entries: readonly Said[], by: Side): string[] {
	const own = entries.filter(each => each.by === by && isMessage(each.entry)).map(({entry}) => entry.id);
	const targets = entries
		.filter(each => each.by !== by)
		.map(({entry}) => (isMessage(entry) || entry.kind !== 'read' ? '' : (entry.target?.id ?? '')));
	return own.slice(0, Math.max(...targets.map(id => own.indexOf(id)), -1) + 1);
}

/** What each of them writes down, its own and what arrives, in that order, by the moment of MOMENTS. */
type Told = ReadonlyArray<Record<Side, HistoryEntry[]>>;

/** What both say and do in one round. */
function interleave(roll: (sides: number) => number, conversation: ConversationId, told: Told): Said[] {
	const entries: Said[] = [];
	let moment = 0;
	const said = new Map<Side, string[]>(sides.map(side => [side, []]));
	const underWay: Record<Side, OwnEntry[]> = {ann: [], bob: []};
	const arrive = (to: Side) => {
		const index = roll(underWay[to].length);
		told[moment]![to].push(entryOf(conversation, contentOf(underWay[to][index]!), MOMENTS[moment]!));
		// Once in three it is still under way, and arrives again.
		if (roll(3) > 0) underWay[to].splice(index, 1);
	};

	for (let step = 0; step < STEPS; step++) {
		const by = sides[roll(2)]!;
		const entry = nextEntry(roll, by, conversation, said);
		told[moment]![by].push(entry);
		entries.push({by, entry});
		underWay[by === 'ann' ? 'bob' : 'ann'].push(entry);
		if (isMessage(entry)) said.get(by)!.push(entry.id);
		const to = sides[roll(2)]!;
		if (underWay[to].length > 0 && roll(2) === 0) arrive(to);
		if (roll(4) === 0) moment = Math.min(moment + 1, LAST_ARRIVALS);
	}

	for (const to of sides) while (underWay[to].length > 0) arrive(to);
	return entries;
}

test(`${INTERLEAVINGS} random interleavings end equal on both sides, and as the rules say`, async t => {
	// Nothing here is about what a disk does, so a disk need not be waited for.
	const folder = makeTemporaryFolder(existsSync('/dev/shm') ? '/dev/shm' : undefined);
	let histories = {ann: open('ann 0'), bob: open('bob 0')};
	t.teardown(() => {
		close();
		removeFolder(folder);
	});
	function open(name: string): History {
		return openHistory(path.join(folder, name), Buffer.alloc(32, 1));
	}
	function close(): void {
		for (const side of sides) histories[side].close();
	}

	const check = (side: Side, conversation: ConversationId, entries: readonly Said[]) => {
		const page = histories[side].page(conversation, 1000);
		const views = shown(histories[side], page, side, conversation);
		const rules = expected(entries);
		if (JSON.stringify(views) !== JSON.stringify(rules)) t.deepEqual(views, rules, `${side}, ${conversation}`);
		const read = page.filter(({state}) => state === 'read');
		const ids = read.map(({id}) => id).join(' ');
		if (ids !== expectedRead(entries, side).join(' ')) {
			t.is(ids, expectedRead(entries, side).join(' '), `${side}, ${conversation}`);
		}
	};

	const roll = dice(4);
	for (let first = 0; first < INTERLEAVINGS; first += AT_ONCE) {
		await nextTurn();
		if (first > 0 && first % ROUNDS_OF_A_DISK === 0) {
			close();
			histories = {ann: open(`ann ${first}`), bob: open(`bob ${first}`)};
		}

		// Each round is a conversation of its own: many are told to a disk in one step, each in its order.
		const told: Told = MOMENTS.map(() => ({ann: [], bob: []}));
		const rounds = Array.from({length: AT_ONCE}, (_, index) => {
			const conversation = talkWith(`talk${first + index}`);
			return {conversation, entries: interleave(roll, conversation, told)};
		});
		for (const [moment, now] of MOMENTS.entries()) {
			for (const side of sides) {
				const history = histories[side];
				history.append(told[moment]![side]);
				while (history.takeDue(now + AHEAD_MS).length > 0);
				if (moment < LAST_ARRIVALS) continue;
				for (const {conversation, entries} of rounds) check(side, conversation, countingFor(side, now, entries));
			}
		}

		for (const side of sides) t.is(histories[side].nextDue(), undefined);
	}
});
