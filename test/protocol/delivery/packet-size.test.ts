// A path that loses large datagrams alone: everything still arrives, in small ones, and large ones come back when the path takes them.
import {Buffer} from 'node:buffer';
import test from 'ava';
import {
	createPacketSize,
	noteSize,
	noteSizesAcked,
	noteSizesLost,
	packetRoom,
} from '../../../source/protocol/delivery/packet-size.ts';
import {LARGE_RETRY_MS, SMALL_DATAGRAM, SMALL_PLAINTEXT} from '../../../source/protocol/delivery/delivery-limits.ts';
import {CHANNEL, PLAINTEXT_LIMIT} from '../../../source/wire/messages/msg.ts';
import {Link} from '../../twins/link.ts';

const packet = (order: number, size = 1196) => ({order, size, sentAt: 0});

/** What the other end has of one channel, as texts of different lengths. */
const received = (link: Link, channel: number) =>
	link.received[1].filter(message => message.channel === channel).map(({data}) => data.toString());

for (const largest of [572, 1196]) {
	for (const loss of [0, 0.2]) {
		test(`the talk goes on where every datagram of ${largest} bytes and more is lost, and ${loss * 100} % of the others`, t => {
			const link = new Link({seed: 5, delay: 20, loss, largest});
			const texts = [3000, 40, 1127, 453, 248, 20_000, 1].map((size, index) => `${index}`.repeat(size));
			const control = ['k'.repeat(453), 'l'.repeat(453)];
			for (const text of texts) link.ends[0].enqueue(CHANNEL.content, Buffer.from(text));
			for (const text of control) link.ends[0].enqueue(CHANNEL.control, Buffer.from(text));
			link.run(20_000);
			t.false(link.dead);
			t.deepEqual(received(link, CHANNEL.content), texts);
			t.deepEqual(received(link, CHANNEL.control), control);
			t.true(link.ends[0].idle);
		});
	}
}

test('a path that takes large datagrams again gets them again', t => {
	const link = new Link({seed: 5, delay: 20, largest: 572});
	link.ends[0].enqueue(CHANNEL.content, Buffer.alloc(3000));
	link.run(20_000);
	t.is(link.received[1].length, 1);
	const packetsFor = (size: number) => {
		const before = link.packets;
		link.ends[0].enqueue(CHANNEL.content, Buffer.alloc(size));
		link.run(20_000);
		return link.packets - before;
	};

	const small = packetsFor(60_000);
	link.options.largest = Number.POSITIVE_INFINITY;
	link.now += LARGE_RETRY_MS;
	packetsFor(1000);
	t.true(packetsFor(60_000) < small / 3);
	t.is(link.received[1].length, 4);
});

test('a datagram that was late, and not lost, does no harm to one that was cut anew since', t => {
	const link = new Link({seed: 2, delay: 5, jitter: 400, loss: 0.1, duplication: 0.5});
	for (const end of link.ends)
		for (let size = 1; size < 12_000; size += 555) end.enqueue(CHANNEL.content, Buffer.alloc(size));
	let largest = 572;
	for (let turn = 0; turn < 200; turn++) {
		link.options.largest = largest;
		largest = largest === 572 ? Number.POSITIVE_INFINITY : 572;
		link.run(1000);
	}

	link.options.largest = Number.POSITIVE_INFINITY;
	link.run(600_000);
	t.false(link.dead);
	t.deepEqual(
		link.received.map(messages => messages.map(({sequence}) => sequence)),
		[0, 1].map(() => Array.from({length: 22}, (_, index) => index)),
	);
});

test('RFC 8899 §4.3: three losses of large packets in a row, while smaller ones come, and packets become small', t => {
	const sizes = createPacketSize();
	for (const order of [1, 2]) noteSizesLost(sizes, [packet(order), packet(order + 10)], 100);
	t.is(packetRoom(sizes, 100), PLAINTEXT_LIMIT);
	noteSizesLost(sizes, [packet(3, SMALL_DATAGRAM)], 100);
	t.is(packetRoom(sizes, 100), PLAINTEXT_LIMIT, 'a small one says nothing');
	noteSizesLost(sizes, [packet(4)], 100);
	t.is(packetRoom(sizes, 100), SMALL_PLAINTEXT);
	t.is(packetRoom(sizes, 100 + LARGE_RETRY_MS), PLAINTEXT_LIMIT, 'a try');
	noteSize(sizes, SMALL_DATAGRAM, 100 + LARGE_RETRY_MS);
	t.is(packetRoom(sizes, 100 + LARGE_RETRY_MS), PLAINTEXT_LIMIT, 'there was little to send');
	noteSize(sizes, 1196, 100 + LARGE_RETRY_MS);
	t.is(packetRoom(sizes, 100 + LARGE_RETRY_MS), SMALL_PLAINTEXT, 'one try');
	noteSizesAcked(sizes, [packet(9)]);
	t.is(packetRoom(sizes, 100 + LARGE_RETRY_MS), PLAINTEXT_LIMIT);
});

test('losses of a crowded path do not make packets small: of the large ones some come', t => {
	const sizes = createPacketSize();
	for (let order = 0; order < 100; order += 2) {
		noteSizesAcked(sizes, [packet(order + 1)]);
		noteSizesLost(sizes, [packet(order)], 100);
	}

	t.is(packetRoom(sizes, 100), PLAINTEXT_LIMIT);
});

test('a session that is told so sends no plaintext over 511 bytes: everything arrives where 573 bytes are too many, and nothing is lost', t => {
	const link = new Link({seed: 5, delay: 20, full: 511, largest: 573});
	const texts = [3000, 40, 1127, 453, 248, 20_000, 1].map((size, index) => `${index}`.repeat(size));
	for (const text of texts) link.ends[0].enqueue(CHANNEL.content, Buffer.from(text));
	link.run(20_000);
	t.deepEqual(received(link, CHANNEL.content), texts);
	t.is(link.ends[0].stats.packetsLost, 0);
});
