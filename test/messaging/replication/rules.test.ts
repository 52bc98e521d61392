// The pure rules of replication: what counts of two sayings, what a register may be, and which device sends what waits.
import {Buffer} from 'node:buffer';
import test from 'ava';
import fc from 'fast-check';
import {isNewerRegister, isNewerState} from '../../../source/messaging/replication/joining.ts';
import {SENT_BY_OTHERS_MS, sendsAt, sendingAt} from '../../../source/messaging/replication/sending-for-others.ts';
import {isPlace, momentOf, nextPlace} from '../../../source/messaging/replication/places.ts';
import {REGISTER, isSoundRegister} from '../../../source/messaging/replication/registers.ts';
import {type RowState} from '../../../source/wire/messages/replication-items.ts';
import {bytes} from '../../wire/codecs.ts';

const START = 1_700_000_000_000;

const decided = fc.option(fc.integer({min: 1, max: 3}), {nil: undefined});
const state: fc.Arbitrary<RowState> = fc.oneof(
	fc.record({state: fc.constantFrom('queued' as const, 'delivered' as const), reason: fc.constant(undefined), decided}),
	fc.record({
		state: fc.constant('failed' as const),
		reason: fc.constantFrom('cancelled' as const, 'refused' as const),
		decided,
	}),
);
const register = fc.record({time: fc.nat(2), device: bytes(1), value: bytes(0, 1)});

/** What is left of them all, taken in this order. */
function joined<Value>(values: readonly Value[], isNewer: (said: Value, known: Value) => boolean): Value {
	return values.reduce((known, said) => (isNewer(said, known) ? said : known));
}

/** Values, and the same ones in another order. */
function shuffles<Value>(value: fc.Arbitrary<Value>) {
	return fc
		.array(value, {minLength: 1, maxLength: 6})
		.chain(values => fc.tuple(fc.constant(values), fc.shuffledSubarray(values, {minLength: values.length})));
}

test('whatever order states and registers come in, the same is left of them', t => {
	fc.assert(
		fc.property(shuffles(state), ([values, others]) => {
			const [a, b] = [joined(values, isNewerState), joined(others, isNewerState)];
			// Once delivered, no decision counts any more.
			t.deepEqual([a.state, a.reason], [b.state, b.reason]);
			t.is(
				a.state === 'delivered',
				values.some(each => each.state === 'delivered'),
			);
		}),
	);
	fc.assert(
		fc.property(shuffles(register), ([values, others]) => {
			t.deepEqual(joined(values, isNewerRegister), joined(others, isNewerRegister));
		}),
	);
});

function is(name: keyof typeof REGISTER, of: string, value: string | Buffer): boolean {
	return isSoundRegister({register: REGISTER[name], name: of, value: Buffer.from(value)});
}

test('a value that no register holds is none, and one of a later version is taken as it is', t => {
	t.true(is('contact', 'bob', 'accepted') && is('contact', 'bob', '') && is('contact', 'bob', 'request'));
	t.false(is('contact', 'bob', 'friend') || is('contact', '#bob', 'accepted') || is('mute', 'bob', 'no'));
	t.true(is('nickname', 'bob', 'B'.repeat(256)) && is('block', 'bob', 'blocked') && is('mute', 'bob', 'yes'));
	t.false(is('nickname', 'bob', 'B'.repeat(257)) || is('nickname', 'bob', Buffer.of(0xff)) || is('block', 'bob', 'x'));
	t.true(is('pin', 'bob', Buffer.alloc(65)) && is('setting', 'keepDays', '30'));
	t.false(is('pin', 'bob', Buffer.alloc(64)) || is('setting', 'keepDays', '{') || is('setting', '../x', '30'));
	t.false(is('pin', 'bob', Buffer.alloc(65, 2)), 'compared or not');
	t.true(is('label', '0123456789abcdef', 'l'.repeat(63)) && is('label', '0123456789abcdef', ''));
	t.false(is('label', 'bob', 'laptop') || is('label', '0123456789abcdef', 'l'.repeat(64)));
	t.false(is('label', '0123456789abcdef', Buffer.of(0xff)));
	t.true(isSoundRegister({register: 200, name: '#0a', value: Buffer.alloc(9)}));
});

test('a place says the moment in which it was given, and is later than the last one', t => {
	t.is(momentOf(nextPlace(0, START, 7)), START);
	t.is(momentOf(7), undefined, 'of the time before there was a second device');
	let last = nextPlace(0, START, 7);
	for (let count = 0; count < 1000; count++) {
		const next = nextPlace(last, START - count, 7);
		t.true(next > last && next % 64 === 7);
		last = next;
	}

	t.true(isPlace(last, START) && isPlace(nextPlace(0, START + 60_000, 63), START));
	t.false(isPlace(nextPlace(0, START + 61_000, 0), START));
	t.false(isPlace(0, START));
});

function online(...devices: readonly Buffer[]): (device: Buffer) => boolean {
	return device => devices.some(each => each.equals(device));
}

test('what another device has written goes out from here at once when that one is away, and after 30 s when it is there', t => {
	const [phone, keeper] = [Buffer.alloc(8, 1), Buffer.alloc(8, 2)];
	const waiting = [
		{id: 'a', writer: phone, since: 1000},
		{id: 'b', writer: keeper, since: 2000},
		{id: 'c', writer: phone, since: 3000},
	];
	t.deepEqual(sendingAt(waiting, online(), 3000), {sent: waiting, next: undefined});
	t.deepEqual(sendingAt(waiting, online(phone, keeper), 3000), {sent: [], next: 1000 + SENT_BY_OTHERS_MS});
	t.deepEqual(sendingAt(waiting, online(phone), 3000), {sent: [waiting[1]!], next: 1000 + SENT_BY_OTHERS_MS});
	t.deepEqual(sendingAt(waiting, online(phone), 1000 + SENT_BY_OTHERS_MS), {
		sent: [waiting[0]!, waiting[1]!],
		next: 3000 + SENT_BY_OTHERS_MS,
	});
	t.deepEqual(sendingAt(waiting, online(phone, keeper), 3000 + SENT_BY_OTHERS_MS), {sent: waiting, next: undefined});
	t.deepEqual(sendingAt([], online(), 0), {sent: [], next: undefined});
	t.is(sendsAt(waiting[0]!, online(phone)), 31_000);
});
