// Budgets and turns of what devices send to be written down, by a clock that stands until it is moved.
import {Buffer} from 'node:buffer';
import test from 'ava';
import {
	BUDGET,
	Intake,
	STEP,
	STRANGERS_PAUSE_MS,
	STRANGERS_SHARE,
	STRANGERS_WAITING,
	WAITING,
} from '../../source/messaging/intake.ts';
import {foundingDevice} from '../../source/channel/device.ts';
import {type Exchange} from '../../source/messaging/exchange.ts';
import {type Stored} from '../../source/messaging/stored.ts';
import {Neighbourhood, until} from '../twins/neighbourhood.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

function intake(strangers: ReadonlySet<string>) {
	let now = 0;
	const exchanges = new Map<string, Exchange>();
	const exchange = (name: string) => {
		const known = exchanges.get(name) ?? ({device: foundingDevice(name)} as Exchange);
		exchanges.set(name, known);
		return known;
	};

	let number = 0;
	const stored = (size: number): Stored => {
		const id = Buffer.alloc(16);
		id.writeUInt32BE(++number);
		return {content: {kind: 'text', id, time: 0, text: ''}, size};
	};

	const own = new Intake(
		name => strangers.has(name),
		() => now,
	);
	return {
		own,
		exchange,
		stored,
		pass: (ms: number) => (now += ms),
		put: (name: string, count: number, size = 100) =>
			own.put(
				exchange(name),
				Array.from({length: count}, () => stored(size)),
			),
		/** What is written down in so many ms from now on, each step when it is due: how much of whom. */
		during: (ms: number) => {
			const counts: Record<string, number> = {};
			for (const end = now + ms; ; now = Math.max(now, own.dueAt)) {
				for (const name of sendersIn(own.take())) counts[name] = (counts[name] ?? 0) + 1;
				if (own.dueAt <= end) continue;
				now = end;
				return counts;
			}
		},
	};
}

function sendersIn(taken: ReturnType<Intake['take']>): string[] {
	return taken.map(({exchange}) => exchange.device.account);
}

function countsOf(taken: ReturnType<Intake['take']>): number[] {
	return ['mallory', 'trudy', 'bob'].map(name => sendersIn(taken).filter(sender => sender === name).length);
}

test('who sends little does not wait for who sends without end', t => {
	const {own, put} = intake(new Set());
	put('mallory', 3000);
	put('bob', 1);
	put('carol', 2);
	const first = own.take();
	t.is(first.length, STEP.entries);
	t.deepEqual(sendersIn(first.slice(0, 5)), ['mallory', 'bob', 'carol', 'mallory', 'carol']);
});

test('strangers have small steps, and pauses between, in which others have theirs', t => {
	const {own, put, pass} = intake(new Set(['mallory', 'trudy']));
	put('mallory', 100);
	put('trudy', 100, 10_000);
	put('bob', 1);
	const first = own.take();
	t.deepEqual(countsOf(first), [7, 7, 1]);
	put('bob', 1);
	t.deepEqual(countsOf(own.take()), [0, 0, 1]);
	t.is(own.dueAt, STRANGERS_PAUSE_MS);
	pass(STRANGERS_PAUSE_MS);
	t.is(own.take().length, 14);
	put('mallory', 1);
	t.true(own.dueAt > STRANGERS_PAUSE_MS);
});

test('one step on the disk has an end, however large what came is', t => {
	const {own, put} = intake(new Set());
	put('bob', 40, 65_000);
	t.is(own.take().length, Math.ceil(STEP.bytes / 65_000));
});

test('a stranger has a tenth of the budget of a contact, then waits, and gets it again as time passes', t => {
	const {put, during, pass} = intake(new Set(['mallory']));
	const budget = BUDGET.entries * STRANGERS_SHARE;
	put('mallory', 4 * budget);
	const first = during(MINUTE)['mallory']!;
	t.true(first > 1.95 * budget && first <= 2 * budget, `${first}: what was left, and a minute’s`);
	const second = during(MINUTE)['mallory']!;
	t.true(second > 0.95 * budget && second <= 1.02 * budget, `${second}`);
	pass(60 * MINUTE);
	t.is(during(MINUTE)['mallory'], 4 * budget - first - second);
	for (let sent = 0; sent < BUDGET.entries; sent += 1000) put('bob', 1000);
	put('bob', 1000);
	t.deepEqual(during(0), {bob: BUDGET.entries});
	t.deepEqual(during(SECOND - 1), {}, 'many at a time, not each by itself');
	t.deepEqual(during(1), {bob: BUDGET.entries / 60});
});

test('the budget counts bytes too', t => {
	const {put, during} = intake(new Set(['mallory']));
	const size = 65_536;
	put('mallory', 400, size);
	const count = during(MINUTE)['mallory']!;
	const most = (2 * BUDGET.bytes * STRANGERS_SHARE) / size + 1;
	t.true(count > most - 3 && count <= most, `${count}`);
});

test('who is accepted has the budget of a contact from then on', t => {
	const strangers = new Set(['mallory']);
	const {put, during} = intake(strangers);
	put('mallory', 20_000);
	during(MINUTE);
	strangers.delete('mallory');
	const count = during(10 * SECOND)['mallory']!;
	t.true(count > (9 * BUDGET.entries) / 60 && count <= (10 * BUDGET.entries) / 60 + STEP.entries, `${count}`);
});

test('who has too much waiting is held up until half of it is written down', t => {
	const {own, exchange, put, during} = intake(new Set(['mallory']));
	const mallory = exchange('mallory');
	put('mallory', WAITING.entries);
	t.false(own.isFull(mallory));
	put('mallory', 1);
	t.true(own.isFull(mallory));
	let written = 0;
	for (let second = 0; second < 60 && own.isFull(mallory); second++) written += during(SECOND)['mallory'] ?? 0;
	t.true(written > WAITING.entries / 2 && written < WAITING.entries);
	t.false(own.isFull(mallory), 'within a minute');
	put('bob', WAITING.bytes / 65_536, 65_536);
	t.false(own.isFull(exchange('bob')));
	put('bob', 1);
	t.true(own.isFull(exchange('bob')));
	own.drop(exchange('bob'));
	t.false(own.isFull(exchange('bob')));
});

test('strangers together have a bound too, and nobody else is held up for it', t => {
	const names = Array.from({length: 40}, (_, number) => `stranger${number}`);
	const {own, exchange, put} = intake(new Set(names));
	put('bob', 30);
	const held = names.filter(name => {
		put(name, WAITING.bytes / 65_536, 65_536);
		return own.isFull(exchange(name));
	});
	t.is(held.length, names.length - STRANGERS_WAITING / WAITING.bytes);
	t.false(own.isFull(exchange('bob')));
});

test('what is said again while it waits is not there twice', t => {
	const {own, exchange, stored} = intake(new Set());
	const again = stored(100);
	for (let time = 0; time < 2 * WAITING.entries; time++) own.put(exchange('dave'), [again]);
	t.false(own.isFull(exchange('dave')));
	t.is(own.take().length, 1);
});

test('a stranger’s receipts are late, and everybody else’s are not; nothing of either is lost', async t => {
	const town = new Neighbourhood();
	const strangers = new Set(['mallory']);
	const bob = town.join('bob', undefined, {isStranger: name => strangers.has(name)});
	const [alice, mallory] = [town.join('alice'), town.join('mallory')];
	town.meet();
	// What is over the budget takes a stranger a minute more.
	const count = 2 * BUDGET.entries * STRANGERS_SHARE;
	mallory.send('bob', ...Array.from({length: count}, (_, number) => `mallory ${number}`));
	await until(() => mallory.delivered.length >= 1000);
	alice.send('bob', ...Array.from({length: count}, (_, number) => `alice ${number}`));
	await until(() => alice.delivered.length === count);
	t.true(mallory.delivered.length < count, 'who began later and is no stranger is done first');
	t.not(bob.with('mallory').channel.path.kind, 'none', 'the session stands');
	strangers.delete('mallory');
	await until(() => mallory.delivered.length === count);
	t.deepEqual(
		bob.inbox.filter(({peer}) => peer === 'mallory').map(({text}) => text),
		Array.from({length: count}, (_, number) => `mallory ${number}`),
	);
	t.is(town.introductions, 2);
	town.close();
});

test('a stranger who sends megabytes at once is held up, and everybody else is not; nothing is lost', async t => {
	const town = new Neighbourhood();
	const strangers = new Set(['mallory']);
	town.join('bob', undefined, {isStranger: name => strangers.has(name)});
	const [alice, mallory] = [town.join('alice'), town.join('mallory')];
	town.meet();
	const texts = Array.from({length: 160}, (_, number) => String(number).padEnd(65_000, '.'));
	mallory.send('bob', ...texts);
	await until(() => mallory.delivered.length > 0);
	alice.send('bob', ...texts);
	await until(() => alice.delivered.length === texts.length);
	t.true(mallory.delivered.length < texts.length, 'who began later and is no stranger is done first');
	strangers.delete('mallory');
	await until(() => mallory.delivered.length === texts.length);
	t.is(town.introductions, 2, 'in the sessions that stood');
	town.close();
});
