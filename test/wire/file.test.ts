// The messages of files: what is at their limits, over them, and of a later version.
import {Buffer} from 'node:buffer';
import test from 'ava';
import {
	FILE_PATH_LIMIT,
	FILE_PIECE_SIZE,
	type FileMessage,
	decodeFileMessage,
	encodeFileMessage,
} from '../../source/wire/messages/file.ts';

const offer = Buffer.alloc(16, 7);
const piece = (size: number) =>
	({kind: 'piece', offer, leaf: 1, offset: 2, data: Buffer.alloc(size, 1)}) as const satisfies FileMessage;
const leaf = (count: number) =>
	({kind: 'leaf', offer, index: 3, path: Array.from({length: count}, (_, at) => Buffer.alloc(32, at))}) as const;

test('a piece and a path as long as they may be, and not a byte or a hash longer', t => {
	for (const message of [piece(FILE_PIECE_SIZE), leaf(FILE_PATH_LIMIT), leaf(0)]) {
		t.deepEqual(decodeFileMessage(encodeFileMessage(message)), message);
	}

	t.throws(() => encodeFileMessage(piece(FILE_PIECE_SIZE + 1)), {instanceOf: RangeError});
	t.throws(() => encodeFileMessage(leaf(FILE_PATH_LIMIT + 1)), {instanceOf: RangeError});
	const longer = Buffer.concat([encodeFileMessage(piece(FILE_PIECE_SIZE)), Buffer.of(1)]);
	longer.writeUInt16BE(FILE_PIECE_SIZE + 1, 25);
	t.is(decodeFileMessage(longer), undefined);
	const higher = Buffer.concat([encodeFileMessage(leaf(FILE_PATH_LIMIT)), Buffer.alloc(32)]);
	higher.writeUInt8(FILE_PATH_LIMIT + 1, 21);
	t.is(decodeFileMessage(higher), undefined);
});

test('an ASK for nothing, a PIECE of nothing, and a kind of a later version are none', t => {
	const ask = encodeFileMessage({kind: 'ask', offer, from: 5, until: 6});
	t.not(decodeFileMessage(ask), undefined);
	ask.writeUInt32BE(5, 21);
	t.is(decodeFileMessage(ask), undefined);
	t.is(decodeFileMessage(encodeFileMessage(piece(0))), undefined);
	const later = encodeFileMessage({kind: 'end', offer, reason: 200});
	t.deepEqual(decodeFileMessage(later), {kind: 'end', offer, reason: 200});
	for (const kind of [0, 5, 255])
		t.is(decodeFileMessage(Buffer.concat([Buffer.of(kind), later.subarray(1)])), undefined);
});
