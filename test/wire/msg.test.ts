// MSG and what is inside: sizes on the wire, padding, and frames that are refused.
import {Buffer} from 'node:buffer';
import test from 'ava';
import fc from 'fast-check';
import {DATAGRAM, DATAGRAM_LIMIT, datagramType} from '../../source/wire/datagram.ts';
import {encodePunchDatagram} from '../../source/wire/messages/path.ts';
import {
	ACK_RANGE_LIMIT,
	CHANNEL,
	MESSAGE_LIMIT,
	MSG_HEADER_SIZE,
	PADDED_SIZES,
	PLAINTEXT_LIMIT,
	decodeFrames,
	decodeMsg,
	decodeRekey,
	encodeFrames,
	frameSize,
	msgHeader,
} from '../../source/wire/messages/msg.ts';
import {VERSION, chooseSuite} from '../../source/wire/suite.ts';
import {transportFrame} from './codecs.ts';

const decodeHex = (hex: string) => decodeFrames(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
/** IV, whole blocks with PKCS#7, tag. */
const sealedSize = (plaintext: number) => 16 + (Math.floor(plaintext / 16) + 1) * 16 + 32;

test('a datagram is known by its type and version, up to 1200 bytes', t => {
	for (const type of Object.values(DATAGRAM)) {
		t.is(datagramType(Buffer.of(type, VERSION), VERSION), type);
		t.is(datagramType(Buffer.of(type, VERSION + 1), VERSION), undefined);
	}

	t.is(datagramType(Buffer.alloc(DATAGRAM_LIMIT, 1), 1), 1);
	for (const size of [0, 1, DATAGRAM_LIMIT + 1]) t.is(datagramType(Buffer.alloc(size, 1), 1), undefined);
	t.is(datagramType(encodePunchDatagram(VERSION), VERSION), DATAGRAM.punch);
});

test('MSG has a header of 12 bytes and whole blocks behind it, 76 to 1196 bytes in all', t => {
	const header = msgHeader({version: 1, receiver: 0x01_02_03_04, epoch: 5, counter: 6});
	t.is(header.toString('hex'), '050101020304000500000006');
	for (let size = 0; size <= DATAGRAM_LIMIT + 16; size++) {
		const datagram = Buffer.alloc(size);
		header.copy(datagram);
		const sound = size >= 76 && size <= DATAGRAM_LIMIT && (size - MSG_HEADER_SIZE) % 16 === 0;
		t.is(decodeMsg(datagram) !== undefined, sound, `${size} bytes`);
	}
});

test('a padded plaintext fills its blocks and, at the limit, the datagram', t => {
	t.deepEqual(
		PADDED_SIZES.map(size => MSG_HEADER_SIZE + sealedSize(size)),
		[188, 316, 572, 1196],
	);
	t.true(MSG_HEADER_SIZE + sealedSize(PLAINTEXT_LIMIT + 1) > DATAGRAM_LIMIT);
});

test('frames are padded to the first size that holds them', t => {
	for (const size of PADDED_SIZES) {
		const data = Buffer.alloc(size - 8, 1);
		const full = encodeFrames([
			{kind: 'fragment', channel: CHANNEL.content, sequence: 0, offset: 0, total: data.length, data},
		]);
		t.is(full.length, size);
		t.is(full.at(-1), 1);
		const next = PADDED_SIZES[PADDED_SIZES.indexOf(size) + 1];
		const over = () =>
			encodeFrames([
				{kind: 'ping'},
				{kind: 'fragment', channel: CHANNEL.content, sequence: 0, offset: 0, total: data.length, data},
			]);
		if (next === undefined) t.throws(over, {instanceOf: RangeError});
		else t.is(over().length, next);
	}
});

test('a frame takes the bytes that frameSize says', t => {
	fc.assert(
		fc.property(transportFrame, frame => {
			const encoded = encodeFrames([frame]);
			t.deepEqual(decodeFrames(encoded.subarray(0, frameSize(frame))), [frame]);
			t.is(decodeFrames(encoded.subarray(0, frameSize(frame) - 1))?.length ?? 0, 0);
			t.true(encoded.subarray(frameSize(frame)).every(byte => byte === 0));
		}),
	);
});

test('an ACK has these bytes', t => {
	const ack = {
		kind: 'ack',
		epoch: 2,
		delay: 3,
		ranges: [
			{from: 8, to: 9},
			{from: 4, to: 6},
		],
	} as const;
	t.is(encodeFrames([ack]).toString('hex', 0, 18), '01 0002 00000009 03 02 0000 0001 0002 0002 00'.replaceAll(' ', ''));
	t.deepEqual(decodeFrames(encodeFrames([{...ack, delay: 1e9}])), [{...ack, delay: 255}]);
	const range = {from: 0, to: 0};
	const many = Array.from({length: ACK_RANGE_LIMIT + 1}, () => range);
	for (const ranges of [[], many]) t.throws(() => encodeFrames([{...ack, ranges}]), {instanceOf: RangeError});
});

const hostile: Array<[string, string]> = [
	['a type of no frame', '08'],
	['bytes behind the padding’s first zero', '04 00 04'],
	['an ACK of no range', '01 0000 00000000 00 00'],
	['an ACK of 33 ranges', `01 0000 000000ff 00 21 0000 0000 ${'0002 0000'.repeat(32)}`],
	['an ACK whose first range is not the largest', '01 0000 00000009 00 01 0001 0000'],
	['an ACK with ranges that touch', '01 0000 00000009 00 02 0000 0000 0001 0000'],
	['an ACK with ranges that overlap', '01 0000 00000009 00 02 0000 0002 0000 0000'],
	['an ACK below counter 0', '01 0000 00000001 00 01 0000 0002'],
	['an ACK whose second range is below counter 0', '01 0000 00000001 00 02 0000 0000 0002 0000'],
	['a whole message on channel 3', '03 03 00000000 0001 61'],
	['a fragment on channel 3', '02 03 00000000 00000000 00000002 0001 61'],
	['a fragment of nothing', '02 01 00000000 00000000 00000002 0000'],
	['a fragment past its message’s end', '02 01 00000000 00000002 00000002 0001 61'],
	['a fragment of a message over the limit', `02 01 00000000 00000000 00010001 0001 61`],
	['a fragment that is the whole message', '02 01 00000000 00000000 00000001 0001 61'],
	['a fragment with an offset at the end of 32 bits', '02 01 00000000 ffffffff 00000002 0001 61'],
	['a data length past the end', '03 01 00000000 0470 61'],
	['a data length over a plaintext', `03 01 00000000 0470 ${'61'.repeat(1136)}`],
	['a path token cut short', '05 00112233445566'],
	['a close without a reason', '07'],
	['a sound frame before a broken one', '04 08'],
];

for (const [title, hex] of hostile) test(`refused: ${title}`, t => void t.is(decodeHex(hex), undefined));

test('a fragment of the largest message passes', t => {
	const data = Buffer.of(1);
	const last = {kind: 'fragment', channel: CHANNEL.content, sequence: 2 ** 32 - 1, total: MESSAGE_LIMIT, data} as const;
	t.deepEqual(decodeFrames(encodeFrames([{...last, offset: MESSAGE_LIMIT - 1}])), [
		{...last, offset: MESSAGE_LIMIT - 1},
	]);
});

test('an empty plaintext, or one of padding, has no frames', t => {
	t.deepEqual(decodeFrames(Buffer.alloc(0)), []);
	t.deepEqual(decodeFrames(Buffer.alloc(127)), []);
});

test('a control message of another kind is none', t => {
	const rekey = Buffer.alloc(1 + 2 + 384 + 2 + 64);
	const known = new Map([
		[1, 'request' as const],
		[2, 'answer' as const],
	]);
	for (let kind = 0; kind < 256; kind++) {
		rekey[0] = kind;
		t.is(decodeRekey(rekey)?.kind, known.get(kind));
	}
});

test('the strongest suite of both is chosen, or none', t => {
	t.is(chooseSuite([9, 1]), 1);
	t.is(chooseSuite([1, 2], [2, 1]), 2);
	t.is(chooseSuite([9]), undefined);
	t.is(chooseSuite([]), undefined);
});
