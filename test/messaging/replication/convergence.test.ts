// Whatever three devices of one account and the person they talk to say, do, read and forget, in whatever order it gets about, with sessions
// that are cut, restarts, and copies that are put back: in the end all three hold and show the same, which is what the rules make of all of it.
import {existsSync} from 'node:fs';
import {setImmediate as nextTurn} from 'node:timers/promises';
import test from 'ava';
import {contentOf, entryOf} from '../../../source/messaging/contents.ts';
import {type ConversationId, talkWith} from '../../../source/messaging/conversation.ts';
import {type Act, type OwnEntry, isMessage} from '../../../source/messaging/history/history.ts';
import {type Message, type MessageName} from '../../../source/messaging/message.ts';
import {makeTemporaryFolder, removeFolder} from '../../../tools/temporary-folder.ts';
import {seededNumbers} from '../../twins/random.ts';
import {type Clock, Link, TestDevice} from './devices.ts';

const INTERLEAVINGS = 10_000;
/** Rounds that share sessions, cuts and restarts: each is a conversation of its own. */
const AT_ONCE = 400;
/** Rounds that the disks take before others are begun. */
const ROUNDS_OF_A_DISK = 2000;
const STEPS = 3;
const START = 1_700_000_000_000;
const EMOJI = ['👍', '❤️', ''];

type Roll = (sides: number) => number;
/** Who said it, and, of what alice's devices have, when the first of them had it. */
type Said = {readonly by: 'alice' | 'bob'; readonly entry: OwnEntry; moment: number};
/** One conversation: what was said and done in it, by whom and when. */
class Round {
	readonly conversation: ConversationId;
	readonly said: Said[] = [];
	/** What bob has said and had no receipt for, in its order. */
	readonly ofBob: Said[] = [];
	forgottenAt = 0;
	nickname = '';
	isBlocked = false;

	constructor(number: number) {
		this.conversation = talkWith(`talk${number}`);
	}
}

function idOf(roll: Roll): string {
	return [0, 1, 2, 3]
		.map(() =>
			roll(2 ** 32)
				.toString(16)
				.padStart(8, '0'),
		)
		.join('');
}

/** What somebody says next, of what there is on the device where they say it. */
function nextEntry(roll: Roll, now: number, conversation: ConversationId, there: readonly Message[]): OwnEntry {
	const id = idOf(roll);
	const head = {id, conversation, direction: 'out', time: now, state: 'queued', reason: undefined} as const;
	const one = (direction: Message['direction']): MessageName | undefined => {
		const own = there.filter(each => each.direction === direction && each.deleted !== true);
		return own[roll(own.length)];
	};
	const [mine, theirs] = [one('out'), one('in')];
	const some = roll(2) === 0 ? mine : theirs;
	const act = (kind: Act['kind'], target: MessageName | undefined, value: string): OwnEntry => ({
		...head,
		kind,
		target: target && {direction: target.direction, id: target.id},
		value,
	});
	const kind = roll(9);
	if (kind === 3 && mine) return act('edit', mine, `edit ${id}`);
	if (kind === 4 && mine && roll(2) === 0) return act('delete', mine, '');
	if (kind === 5 && some) return act('reaction', some, EMOJI[roll(EMOJI.length)]!);
	if (kind === 6 && theirs) return act('read', theirs, '');
	if (kind === 7) return act('timer', undefined, String(roll(3) * 60));
	if (kind === 8 && some) return act('pin', some, roll(3) === 0 ? '' : 'pinned');
	return {...head, text: `text ${id}`};
}

/** What a device of alice shows. */
function shown({history}: TestDevice, conversation: ConversationId, contact: ReturnType<typeof contactsOf>) {
	const messages = history.page(conversation, 100);
	const {value, target} = history.setting(conversation, 'pin') ?? {};
	const pinned = value === 'pinned' && target && messages.find(({id, deleted}) => id === target.id && !deleted);
	return {
		messages: messages.map(({id, direction, text, state, edited, deleted, reactions}) => ({
			id,
			direction,
			text,
			state,
			edited,
			deleted,
			reactions: (reactions ?? []).map(each => `${each.direction} ${each.emoji}`).toSorted(),
		})),
		timer: Number(history.setting(conversation, 'timer')?.value ?? 0),
		pin: pinned ? pinned.id : undefined,
		nickname: contact.get(conversation)?.nickname ?? '',
		isBlocked: contact.get(conversation)?.blocked ?? false,
	};
}

function contactsOf({history}: TestDevice) {
	return new Map(history.contacts().map(contact => [contact.name, contact]));
}

function directionOf(by: Said['by']): Message['direction'] {
	return by === 'alice' ? 'out' : 'in';
}

/** The same by the rules, in the plainest words, from everything that was said and done. */
function expected(round: Round) {
	const {said, forgottenAt, nickname, isBlocked} = round;
	const counting = said.filter(({moment}) => moment > forgottenAt);
	const acts = counting
		.filter((each): each is Said & {entry: Act} => !isMessage(each.entry))
		.toSorted((a, b) => a.entry.time - b.entry.time || (a.entry.id < b.entry.id ? -1 : 1));
	const texts = counting.filter(({entry}) => isMessage(entry)).toSorted((a, b) => a.moment - b.moment);
	const about = (kind: Act['kind'], id: string) =>
		acts.filter(({entry}) => entry.kind === kind && entry.target?.id === id);
	const readings = texts.map(({entry}) => about('read', entry.id).some(({by}) => by === 'bob'));
	const messages = texts.map(({by, entry}, index) => {
		const deleted = about('delete', entry.id).length > 0 || undefined;
		const edit = deleted ? undefined : about('edit', entry.id).at(-1)?.entry;
		const reactions = (['alice', 'bob'] as const).flatMap(side => {
			const emoji = about('reaction', entry.id).findLast(act => act.by === side)?.entry.value ?? '';
			return emoji === '' || deleted ? [] : [`${directionOf(side)} ${emoji}`];
		});
		// A reading is of everything of alice's up to there.
		const isRead = by === 'alice' && readings.slice(index).some(Boolean);
		return {
			id: entry.id,
			direction: directionOf(by),
			text: deleted ? '' : (edit?.value ?? (entry as Message).text),
			state: isRead ? 'read' : 'delivered',
			edited: edit?.time,
			deleted,
			reactions: reactions.toSorted(),
		};
	});
	const timers = said
		.filter(
			(each): each is Said & {entry: Act} => !isMessage(each.entry) && each.entry.kind === 'timer' && each.moment > 0,
		)
		.toSorted((a, b) => a.entry.time - b.entry.time);
	const latest = acts.findLast(({entry}) => entry.kind === 'pin')?.entry;
	const pinned = latest?.value === 'pinned' && messages.find(({id, deleted}) => id === latest.target?.id && !deleted);
	return {
		messages,
		timer: Number(timers.at(-1)?.entry.value ?? 0),
		pin: pinned ? pinned.id : undefined,
		nickname,
		isBlocked,
	};
}

/** Everything that goes on with the devices of alice, and bob's one. */
class World {
	readonly clock: Clock = {now: START};
	readonly roll: Roll;
	readonly devices: readonly TestDevice[];
	readonly bob: TestDevice;
	/** Which of alice's devices a session of two stands between, by their numbers. */
	readonly #links = new Map<string, Link>();
	/** Which of them has a copy. */
	readonly #copied = new Set<number>();

	constructor(folder: string, roll: Roll) {
		this.roll = roll;
		this.devices = [1, 2, 3].map(number => new TestDevice(folder, number, this.clock));
		this.bob = new TestDevice(folder, 9, this.clock, 'bob');
		for (const [a, b] of PAIRS) this.link(a, b).run();
	}

	any(): TestDevice {
		return this.devices[this.roll(3)]!;
	}

	/** Time passes, so that whatever comes is later than what was. */
	pass(): number {
		this.clock.now += 10_000;
		return this.clock.now;
	}

	link(a: number, b: number): Link {
		const key = `${a} ${b}`;
		const link = this.#links.get(key) ?? new Link(this.devices[a]!, this.devices[b]!, this.clock);
		this.#links.set(key, link);
		return link;
	}

	cut(number: number): void {
		for (const key of this.#links.keys()) if (key.includes(String(number))) this.#links.delete(key);
	}

	/** Something happens to the devices and what is between them. */
	disturb(): void {
		const {roll} = this;
		const [a, b] = PAIRS[roll(3)]!;
		const number = roll(3);
		const kind = roll(12);
		if (kind < 7) {
			const link = this.link(a, b);
			// As far as it gets.
			for (let left = roll(2) === 0 ? 1000 : roll(6); left > 0 && link.step(); left--);
		} else if (kind === 7) {
			this.cut(a);
		} else if (kind < 10) {
			this.cut(number);
			this.devices[number]!.restart();
		} else if (kind === 10 && !this.#copied.has(number)) {
			this.cut(number);
			this.devices[number]!.backUp();
			this.#copied.add(number);
		} else if (this.#copied.has(number)) {
			// What only the lost disk had is lost with it: so somebody else has it all.
			for (const [one, two] of PAIRS) if (one === number || two === number) this.link(one, two).run();
			this.cut(number);
			const isNoticed = roll(2) === 0;
			this.devices[number]!.putBack(isNoticed);
			// A copy that does not know that it is one hears of it in its first session.
			if (!isNoticed) for (const [one, two] of PAIRS) if (one === number || two === number) this.link(one, two).run();
			this.#copied.delete(number);
		}
	}

	/** Everybody talks to everybody until nothing is new. */
	settle(): void {
		for (const number of [0, 1, 2]) this.cut(number);
		for (let times = 0; times < 2; times++) for (const [a, b] of PAIRS.slice(times)) this.link(a, b).run();
	}

	close(): void {
		for (const device of [...this.devices, this.bob]) device.close();
	}
}

const PAIRS = [
	[0, 1],
	[1, 2],
	[0, 2],
] as const;

/** What alice writes on a device. */
function saysAlice(world: World, device: TestDevice, rounds: readonly Round[]): void {
	const now = world.pass();
	const entries = rounds.map(round => {
		const entry = nextEntry(world.roll, now, round.conversation, device.history.page(round.conversation, 100));
		round.said.push({by: 'alice', entry, moment: now});
		return entry;
	});
	device.history.append(entries);
}

function saysBob(world: World, rounds: readonly Round[]): void {
	const now = world.pass();
	const entries = rounds.map(round => {
		const entry = nextEntry(world.roll, now, round.conversation, world.bob.history.page(round.conversation, 100));
		const said = {by: 'bob', entry, moment: 0} as const;
		round.said.push(said);
		round.ofBob.push(said);
		return entry;
	});
	world.bob.history.append(entries);
}

/** Bob's oldest comes to a device, and its receipt may be lost. */
function hearsAlice(world: World, device: TestDevice, rounds: readonly Round[], isLast = false): void {
	const now = world.pass();
	const arriving = rounds.flatMap(round => {
		const [next] = round.ofBob;
		if (next === undefined) return [];
		if (next.moment === 0) next.moment = now;
		if (isLast || world.roll(2) === 0) round.ofBob.shift();
		return [entryOf(round.conversation, contentOf(next.entry), now)];
	});
	device.history.append(arriving);
}

/** What waits on a device goes to bob, whoever of alice's devices has written it; a receipt may be lost. */
function hearsBob(world: World, device: TestDevice, rounds: readonly Round[], isLast = false): void {
	const now = world.pass();
	const {history} = device;
	for (const {conversation} of rounds) {
		const others = history.replica.waitingOfOthers(conversation).map(({entry}) => entry);
		const waiting = [...history.outbox(conversation), ...others].toSorted((a, b) => a.time - b.time);
		if (waiting.length === 0) continue;
		world.bob.history.append(waiting.map(entry => entryOf(conversation, contentOf(entry), now)));
		const ids = waiting.map(({id}) => id);
		if (isLast || world.roll(4) > 0) history.setState(conversation, ids, 'delivered');
	}
}

/** One of the things that a person does on a device which are no entries. */
function decides(world: World, device: TestDevice, round: Round): void {
	const now = world.pass();
	const {conversation} = round;
	const kind = world.roll(8);
	if (kind < 3) {
		device.history.markRead(conversation);
	} else if (kind < 5) {
		device.history.forget(conversation);
		round.forgottenAt = now;
	} else {
		const known = contactsOf(device).get(conversation);
		const contact = known ?? {name: conversation, blocked: false, addedAt: 1, request: false, nickname: undefined};
		const nickname = `${conversation} ${now}`;
		const isBlocked = kind === 5 ? !contact.blocked : contact.blocked;
		device.history.putContact({...contact, blocked: isBlocked, ...(kind > 5 && {nickname})});
		if (kind > 5) round.nickname = nickname;
		if (kind === 5) round.isBlocked = isBlocked;
	}
}

/** Rounds by where something happens to them; the last share is left alone. */
function scattered(world: World, rounds: readonly Round[], places: number): Round[][] {
	const groups = Array.from({length: places + 1}, (): Round[] => []);
	for (const round of rounds) groups[world.roll(places + 1)]!.push(round);
	return groups.slice(0, places);
}

function play(world: World, rounds: readonly Round[]): void {
	for (let step = 0; step < STEPS; step++) {
		const [first, second, third, bobs, ...heard] = scattered(world, rounds, 8);
		for (const [index, group] of [first, second, third].entries()) saysAlice(world, world.devices[index]!, group!);
		saysBob(world, bobs!);
		for (const [index, group] of heard.slice(0, 3).entries()) hearsAlice(world, world.devices[index]!, group);
		hearsBob(world, world.any(), heard[3]!);
		for (const round of rounds) if (world.roll(25) === 0) decides(world, world.any(), round);
		world.disturb();
		world.disturb();
	}

	for (let left = STEPS; left > 0; left--) hearsAlice(world, world.any(), rounds, true);
	world.settle();
	hearsBob(world, world.any(), rounds, true);
	world.settle();
}

test(`${INTERLEAVINGS} random interleavings over three devices and two people end equal, and as the rules say`, async t => {
	const folder = makeTemporaryFolder(existsSync('/dev/shm') ? '/dev/shm' : undefined);
	t.teardown(() => removeFolder(folder));
	const numbers = seededNumbers(14);
	const roll: Roll = sides => Math.floor(numbers() * sides);
	let world: World | undefined;
	t.teardown(() => world?.close());
	for (let first = 0; first < INTERLEAVINGS; first += AT_ONCE) {
		await nextTurn();
		if (first % ROUNDS_OF_A_DISK === 0) {
			world?.close();
			world = new World(makeTemporaryFolder(folder), roll);
		}

		const rounds = Array.from({length: AT_ONCE}, (_, index) => new Round(first + index));
		play(world!, rounds);
		const {devices} = world!;
		const contacts = devices.map(device => contactsOf(device));
		const unread = devices.map(
			({history}) => new Map(history.conversations().map(each => [each.conversation, each.unread])),
		);
		for (const round of rounds) {
			const rules = JSON.stringify(expected(round));
			for (const [index, device] of devices.entries()) {
				const name = `${round.conversation}, device ${index + 1}`;
				const view = shown(device, round.conversation, contacts[index]!);
				if (JSON.stringify(view) !== rules) t.deepEqual(view, expected(round), name);
				if (unread[index]!.get(round.conversation) !== unread[0]!.get(round.conversation)) t.fail(`${name}, unread`);
			}
		}
	}

	t.pass();
});
