// Replication on the wire: what is put in comes out, and whatever else is put in is dropped with its reason and breaks nothing.
import {Buffer} from 'node:buffer';
import test from 'ava';
import fc, {type Arbitrary} from 'fast-check';
import {MESSAGE_LIMIT} from '../../source/wire/messages/msg.ts';
import {
	FRAME_ITEMS,
	FRAME_SIZE_LIMIT,
	FrameJoiner,
	type FrameToSend,
	NEWEST_LIMIT,
	cutFrame,
	decodeReplicationFrame,
	encodeReplicationFrame,
} from '../../source/wire/messages/replication.ts';
import {
	ITEM_NAME_LIMIT,
	ITEM_SIZE_LIMIT,
	REGISTER_VALUE_LIMIT,
	type KnownItem,
	type RowState,
	decodeItem,
	encodeItem,
} from '../../source/wire/messages/replication-items.ts';
import {bytes} from './codecs.ts';

const name = fc.stringMatching(/^[a-z][a-z0-9._-]{0,31}$/);
const place = fc.integer({min: 1, max: Number.MAX_SAFE_INTEGER});
const time = fc.maxSafeNat();
const optional = <Value>(value: Arbitrary<Value>) => fc.option(value, {nil: undefined});
const decided = optional(place);
const ownState: Arbitrary<RowState> = fc.oneof(
	fc.record({state: fc.constantFrom('queued' as const, 'delivered' as const), reason: fc.constant(undefined), decided}),
	fc.record({
		state: fc.constant('failed' as const),
		reason: fc.constantFrom('identity-changed' as const, 'blocked' as const, 'cancelled' as const, 'refused' as const),
		decided,
	}),
);
const came = {state: 'delivered', reason: undefined, decided: undefined, writer: undefined} as const;
const anyRow = fc.record({
	kind: fc.constant('row' as const),
	conversation: name,
	place,
	isDeleted: fc.boolean(),
	left: optional(time),
	content: bytes(0, 300),
});

const item: Arbitrary<KnownItem> = fc.oneof(
	anyRow.map(row => ({...row, ...came, direction: 'in' as const})),
	fc
		.tuple(anyRow, ownState, optional(bytes(8)))
		.map(([row, state, writer]) => ({...row, ...state, direction: 'out' as const, writer})),
	fc
		.tuple(name, bytes(16), ownState)
		.map(([conversation, id, state]) => ({kind: 'state' as const, conversation, id, ...state})),
	fc.record({
		kind: fc.constant('register' as const),
		register: fc.integer({min: 1, max: 255}),
		name: fc.stringMatching(/^[!-~]{1,64}$/),
		time,
		device: bytes(8),
		value: bytes(0, 100),
	}),
	fc.record({kind: fc.constantFrom('seen' as const, 'forgotten' as const), conversation: name, place: time}),
	fc.record({
		kind: fc.constant('gone' as const),
		conversation: name,
		direction: fc.constantFrom('in' as const, 'out' as const),
		id: bytes(16),
	}),
);
const log = bytes(16);
const frame: Arbitrary<FrameToSend> = fc.oneof(
	fc.record({kind: fc.constant('head' as const), log, head: time}),
	fc.record({kind: fc.constant('since' as const), log, place: time, recent: fc.nat(NEWEST_LIMIT)}),
	fc.record({kind: fc.constant('kept' as const), log, place: time}),
	fc.record({kind: fc.constant('used' as const), time}),
	fc.record({
		kind: fc.constant('contact' as const),
		account: fc.stringMatching(/^[a-z][a-z0-9._-]{0,31}$/),
		isTyping: fc.boolean(),
		away: fc.string({unit: 'binary', maxLength: 60}),
	}),
	fc.tuple(log, time, time, fc.array(item, {maxLength: 5})).map(([id, a, b, items]) => ({
		kind: 'rows' as const,
		log: id,
		from: Math.min(a, b),
		to: Math.max(a, b),
		items: items.map(each => encodeItem(each)),
	})),
	fc.array(item, {maxLength: 5}).map(items => ({kind: 'recent' as const, items: items.map(each => encodeItem(each))})),
);

test('every item and every frame comes out as it was put in, and each has one encoding', t => {
	fc.assert(
		fc.property(item, each => {
			t.deepEqual(decodeItem(encodeItem(each)), each);
		}),
	);
	fc.assert(
		fc.property(frame, each => {
			const decoded = decodeReplicationFrame(encodeReplicationFrame(each));
			if (typeof decoded === 'string') return t.fail(decoded);
			if (decoded.kind !== 'rows' && decoded.kind !== 'recent') return t.deepEqual(decoded, each as typeof decoded);
			const items = decoded.items.map(one => (one.kind === 'broken' ? t.fail(one.reason) : encodeItem(one)));
			return t.deepEqual({...decoded, items}, each as unknown);
		}),
	);
});

test('whatever bytes come, an item or a frame is what it says or is dropped, and says itself again', t => {
	const mutated = fc.tuple(item, fc.nat(), fc.nat(255)).map(([each, at, value]) => {
		const encoded = Buffer.from(encodeItem(each));
		encoded[at % encoded.length] = value;
		return encoded;
	});
	fc.assert(
		fc.property(fc.oneof(bytes(0, 200), mutated), each => {
			const decoded = decodeItem(each);
			if (decoded.kind !== 'broken') t.deepEqual(encodeItem(decoded), each);
		}),
		{numRuns: 2000},
	);
	fc.assert(
		fc.property(bytes(0, 300), each => {
			const decoded = decodeReplicationFrame(each);
			t.true(typeof decoded === 'string' || typeof decoded.kind === 'string');
		}),
		{numRuns: 1000},
	);
});

const id = Buffer.alloc(16, 1);
const row = {
	kind: 'row',
	conversation: 'bob',
	place: 1,
	isDeleted: false,
	left: undefined,
	content: Buffer.of(1),
	...came,
	direction: 'in',
} as const;

/** An item with one byte of its body changed. */
function changed(each: KnownItem, at: number, value: number): Buffer {
	const encoded = Buffer.from(encodeItem(each));
	encoded[5 + at] = value;
	return encoded;
}

const FLAGS = 4;
const broken: Array<[string, Buffer]> = [
	['nothing', Buffer.alloc(0)],
	['of no kind', Buffer.of(0, 0, 0, 0, 0)],
	['a byte behind it', Buffer.concat([encodeItem({kind: 'seen', conversation: 'bob', place: 1}), Buffer.of(0)])],
	['a row without a conversation', Buffer.of(1, 0, 0, 0, 1, 0)],
	['a row at place 0', encodeItem({...row, place: 0})],
	['a row with a flag that is none', changed(row, FLAGS, 128 + 2)],
	['a row in a state that is none', changed(row, FLAGS, 1 + 6)],
	['a row that failed and does not say why', encodeItem({...row, direction: 'out', state: 'failed'})],
	['a row that says why it failed and has not', encodeItem({...row, direction: 'out', reason: 'blocked'})],
	[
		'a state of an id of 15 bytes',
		Buffer.from('020000001d03626f620101010101010101010101010101010100000000000000000000', 'hex'),
	],
	[
		'a register 0',
		changed({kind: 'register', register: 1, name: 'bob', time: 1, device: Buffer.alloc(8), value: id}, 0, 0),
	],
	[
		'an entry that is gone in a direction that is none',
		changed({kind: 'gone', conversation: 'bob', direction: 'in', id}, 4, 2),
	],
];
for (const [what, each] of broken) {
	test(`dropped: ${what}`, t => {
		t.deepEqual(decodeItem(each), {kind: 'broken', reason: 'malformed'});
	});
}

test('dropped for its direction: what came in and waits to be sent, has failed, or was written by one of our devices', t => {
	for (const each of [
		{...row, state: 'queued'} as const,
		{...row, state: 'failed', reason: 'blocked', decided: 1} as const,
		{...row, writer: Buffer.alloc(8, 1)},
	]) {
		t.deepEqual(decodeItem(encodeItem(each)), {kind: 'broken', reason: 'direction'});
	}
});

test('an item of a later version is kept as it came: of another kind, or of what is no talk of two', t => {
	const other = Buffer.from('c80000000401020304', 'hex');
	const group = encodeItem({...row, conversation: '#0a'});
	for (const each of [other, group]) {
		t.deepEqual(decodeItem(each), {kind: 'later', bytes: each});
		const framed = decodeReplicationFrame(encodeReplicationFrame({kind: 'recent', items: [each]}));
		t.deepEqual(framed, {kind: 'recent', items: [{kind: 'later', bytes: each}]});
	}
});

test('what is over a limit is not said, and not taken', t => {
	t.throws(() => encodeItem({...row, conversation: 'a'.repeat(ITEM_NAME_LIMIT + 1)}), {instanceOf: RangeError});
	const register = {kind: 'register', register: 1, name: 'bob', time: 1, device: Buffer.alloc(8)} as const;
	const large = Buffer.alloc(REGISTER_VALUE_LIMIT);
	t.is(decodeItem(encodeItem({...register, value: large})).kind, 'register');
	t.throws(() => encodeItem({...register, value: Buffer.alloc(large.length + 1)}), {instanceOf: RangeError});
	const seen = encodeItem({kind: 'seen', conversation: 'bob', place: 1});
	const many = Array.from({length: FRAME_ITEMS + 1}, () => seen);
	t.throws(() => encodeReplicationFrame({kind: 'recent', items: many}), {instanceOf: RangeError});
	t.is(decodeReplicationFrame(Buffer.concat([Buffer.of(4), ...many])), 'too-many');
	// A million rows are no frame, whoever says so.
	const million = Buffer.concat([Buffer.of(4), ...Array.from({length: 1_000_000}, () => seen)]);
	t.is(decodeReplicationFrame(million), 'malformed');
	const size = Buffer.alloc(4);
	size.writeUInt32BE(ITEM_SIZE_LIMIT + 1);
	t.is(
		decodeReplicationFrame(Buffer.concat([Buffer.of(4, 200), size, Buffer.alloc(ITEM_SIZE_LIMIT + 1)])),
		'malformed',
	);
	t.is(
		decodeReplicationFrame(Buffer.concat([Buffer.of(2), Buffer.alloc(24), Buffer.of(0, NEWEST_LIMIT + 1)])),
		'malformed',
	);
	t.is(decodeReplicationFrame(Buffer.of(8)), 'unknown');
	t.is(decodeReplicationFrame(Buffer.of(0)), 'malformed');
	t.is(decodeReplicationFrame(Buffer.alloc(0)), 'malformed');
});

test('rows whose places run backwards are no frame', t => {
	const encoded = encodeReplicationFrame({kind: 'rows', log: Buffer.alloc(16), from: 5, to: 5, items: []});
	t.not(decodeReplicationFrame(encoded), 'malformed');
	encoded[32] = 4;
	t.is(decodeReplicationFrame(encoded), 'malformed');
});

test('a frame goes in pieces and comes together, and what is over the limit does not', t => {
	for (const size of [0, 1, MESSAGE_LIMIT - 1, MESSAGE_LIMIT, FRAME_SIZE_LIMIT]) {
		const joiner = new FrameJoiner();
		const pieces = cutFrame(Buffer.alloc(size, 7));
		t.true(pieces.every(piece => piece.length <= MESSAGE_LIMIT));
		const joined = pieces.map(piece => joiner.add(piece));
		t.deepEqual(joined.at(-1), Buffer.alloc(size, 7));
		t.true(joined.slice(0, -1).every(each => each === undefined));
	}

	const joiner = new FrameJoiner();
	const more = Buffer.concat([Buffer.of(1), Buffer.alloc(MESSAGE_LIMIT - 1)]);
	const results = Array.from({length: 100}, () => joiner.add(more));
	t.is(results.filter(each => each === 'malformed').length, 33, 'each third is one too many');
	for (const bad of [Buffer.alloc(0), Buffer.of(2, 1)]) t.is(new FrameJoiner().add(bad), 'malformed');
});
