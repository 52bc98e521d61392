// Messages on their way out: how they are cut, which windows hold them back, and when they are done.
import {Buffer} from 'node:buffer';
import {serialize} from 'node:v8';
import test from 'ava';
import fc from 'fast-check';
import {createIncoming, release, takeFragment} from '../../../source/protocol/delivery/incoming.ts';
import {
	BYTE_WINDOW,
	MESSAGE_WINDOW,
	QUEUE_LIMIT,
	SMALLEST_FRAGMENT,
} from '../../../source/protocol/delivery/delivery-limits.ts';
import {
	type Outgoing,
	type Piece,
	createOutgoing,
	enqueue,
	isReady,
	nextPiece,
	pieceAcked,
} from '../../../source/protocol/delivery/outgoing.ts';
import {CHANNEL, PLAINTEXT_LIMIT, frameSize} from '../../../source/wire/messages/msg.ts';

function queued(...sizes: number[]): Outgoing {
	const outgoing = createOutgoing(CHANNEL.content);
	for (const size of sizes) enqueue(outgoing, Buffer.alloc(size));
	return outgoing;
}

/** Everything that may go now, each piece in a datagram of its own. */
function drain(outgoing: Outgoing): Piece[] {
	const pieces: Piece[] = [];
	for (let next = nextPiece(outgoing, PLAINTEXT_LIMIT); next; next = nextPiece(outgoing, PLAINTEXT_LIMIT)) {
		pieces.push(next);
	}

	return pieces;
}

const cuts = (pieces: readonly Piece[]) =>
	pieces.map(({frame: {sequence, offset, data, total}}) => [sequence, offset, data.length, total]);

test('a message that fits a datagram stays whole, the first that does not is cut', t => {
	t.deepEqual(cuts(drain(queued(0, 1, 1127))), [
		[0, 0, 0, 0],
		[1, 0, 1, 1],
		[2, 0, 1127, 1127],
	]);
	t.deepEqual(cuts(drain(queued(1128))), [
		[0, 0, 1119, 1128],
		[0, 1119, 9, 1128],
	]);
});

test('a whole message waits for a datagram of its own rather than be cut', t => {
	const outgoing = queued(600);
	t.is(nextPiece(outgoing, 607), undefined);
	t.is(nextPiece(outgoing, 608)?.frame.data.length, 600);
});

test('a long one fills what is left of a datagram, from 256 bytes on', t => {
	const outgoing = queued(5000);
	t.is(nextPiece(outgoing, SMALLEST_FRAGMENT + 15), undefined);
	t.is(nextPiece(outgoing, SMALLEST_FRAGMENT + 16)?.frame.data.length, SMALLEST_FRAGMENT);
	t.is(nextPiece(outgoing, 1000)?.frame.offset, SMALLEST_FRAGMENT);
});

test('a message is acknowledged with its last piece, whatever their order; twice the same changes nothing', t => {
	const outgoing = queued(3000);
	const [first, second, third] = drain(outgoing);
	t.is(pieceAcked(outgoing, third!), undefined);
	t.is(pieceAcked(outgoing, first!), undefined);
	t.is(pieceAcked(outgoing, first!), undefined);
	t.is(outgoing.queuedBytes, 3000);
	t.is(pieceAcked(outgoing, second!), 0);
	t.is(pieceAcked(outgoing, second!), undefined);
	t.is(outgoing.queuedBytes, 0);
	t.is(outgoing.unacked.size, 0);
});

test('a message of which all that was sent is acknowledged, but not all was sent, is not done', t => {
	const outgoing = queued(3000);
	const first = nextPiece(outgoing, PLAINTEXT_LIMIT)!;
	t.is(pieceAcked(outgoing, first), undefined);
	t.is(outgoing.unacked.size, 1);
	const rest = drain(outgoing);
	t.is(pieceAcked(outgoing, rest[0]!), undefined);
	t.is(pieceAcked(outgoing, rest[1]!), 0);
});

test('1024 messages are under way; the next begins when the oldest is acknowledged, not a later one', t => {
	const outgoing = queued(...Array.from({length: MESSAGE_WINDOW + 2}, () => 1));
	const pieces = drain(outgoing);
	t.is(pieces.length, MESSAGE_WINDOW);
	t.false(isReady(outgoing));
	pieceAcked(outgoing, pieces[1]!);
	t.false(isReady(outgoing));
	t.is(pieceAcked(outgoing, pieces[0]!), 0);
	t.true(isReady(outgoing));
	t.deepEqual(cuts(drain(outgoing)), [
		[1024, 0, 1, 1],
		[1025, 0, 1, 1],
	]);
});

test('a mebibyte is under way: the seventeenth message of 64 KiB waits', t => {
	const outgoing = queued(...Array.from({length: 17}, () => 65_536));
	const pieces = drain(outgoing);
	t.is(
		pieces.reduce((sum, {frame}) => sum + frame.data.length, 0),
		BYTE_WINDOW,
	);
	t.is(Math.max(...pieces.map(({frame}) => frame.sequence)), 15);
	for (const each of pieces) if (each.frame.sequence === 0) pieceAcked(outgoing, each);
	t.is(nextPiece(outgoing, PLAINTEXT_LIMIT)?.frame.sequence, 16);
});

test('4 MiB are queued, the unacknowledged ones included', t => {
	const outgoing = queued(...Array.from({length: 64}, () => 65_536));
	t.is(outgoing.queuedBytes, QUEUE_LIMIT);
	t.is(enqueue(outgoing, Buffer.alloc(1)), undefined);
	t.is(enqueue(outgoing, Buffer.alloc(0)), 64, 'what has no bytes takes none');
	const pieces = drain(outgoing);
	t.is(enqueue(outgoing, Buffer.alloc(1)), undefined);
	for (const each of pieces) if (each.frame.sequence === 0) pieceAcked(outgoing, each);
	t.is(enqueue(outgoing, Buffer.alloc(65_536)), 65);
});

test('what was sent leaves the queue’s memory too', t => {
	const outgoing = createOutgoing(CHANNEL.content);
	for (let index = 0; index < 5000; index++) {
		enqueue(outgoing, Buffer.alloc(10));
		pieceAcked(outgoing, nextPiece(outgoing, PLAINTEXT_LIMIT)!);
		t.true(outgoing.waiting.length <= 1024);
	}

	t.is(outgoing.unacked.size, 0);
});

test('whatever the sizes and the room, what is cut is what a receiver takes, and fits', t => {
	const sizes = fc.array(fc.oneof(fc.nat(40), fc.nat(5000), fc.constantFrom(1127, 1128, 65_536)), {maxLength: 20});
	fc.assert(
		fc.property(sizes, fc.infiniteStream(fc.integer({min: 0, max: PLAINTEXT_LIMIT})), (all, rooms) => {
			const messages = all.map((size, index) => Buffer.alloc(size, index + 1));
			const outgoing = createOutgoing(CHANNEL.content);
			const incoming = createIncoming();
			const arrived: Buffer[] = [];
			for (const message of messages) enqueue(outgoing, message);
			while (isReady(outgoing)) {
				const room = rooms.next().value as number;
				const next = nextPiece(outgoing, room) ?? nextPiece(outgoing, PLAINTEXT_LIMIT);
				t.truthy(next);
				t.true(frameSize(next!.frame) <= PLAINTEXT_LIMIT);
				t.true(takeFragment(incoming, next!.frame));
				arrived.push(...release(incoming).map(({data}) => data));
				pieceAcked(outgoing, next!);
			}

			t.deepEqual(arrived, messages);
			t.is(outgoing.queuedBytes, 0);
		}),
		{numRuns: 50},
	);
});

test('what has arrived is kept no longer: long messages leave nothing of themselves behind', t => {
	const outgoing = createOutgoing(CHANNEL.content);
	for (let count = 0; count < 500; count++) {
		enqueue(outgoing, Buffer.alloc(20_000));
		for (const piece of drain(outgoing)) pieceAcked(outgoing, piece);
	}

	t.is(outgoing.queuedBytes, 0);
	t.true(serialize(outgoing).length < 20_000, 'less than one of them');
});
