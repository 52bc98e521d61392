// Files beside talk on one path: what is said goes first and waits for nothing of a file, and neither holds the other up.
import {Buffer} from 'node:buffer';
import test from 'ava';
import fc from 'fast-check';
import {createAcks, noteReceived, takeAcks} from '../../../source/protocol/delivery/acks.ts';
import {Delivery, type OutgoingPacket} from '../../../source/protocol/delivery/delivery.ts';
import {FILE_QUEUE_LIMIT} from '../../../source/protocol/delivery/delivery-limits.ts';
import {applyAck, counterLead, countPacket, createSentPackets} from '../../../source/protocol/delivery/sent-packets.ts';
import {ACK_RANGE_LIMIT, CHANNEL, type Channel, encodeFrames} from '../../../source/wire/messages/msg.ts';
import {Link, type LinkOptions} from '../../twins/link.ts';

const PIECE = 16_409;

/** Sends what may go; the packets, the first with counter `from`. */
function send(end: Delivery, from: number, now: number): OutgoingPacket[] {
	const packets: OutgoingPacket[] = [];
	for (let packet = end.nextPacket(now); packet; packet = end.nextPacket(now)) {
		end.sent(packet, 0, from + packets.length, 1196, now);
		packets.push(packet);
	}

	return packets;
}

function channelsOf({pieces}: OutgoingPacket): Channel[] {
	return pieces.map(({frame}) => frame.channel);
}

/** Puts as much of a file into the queue of one end as it takes; how many messages. */
function fillQueue(link: Link, from: 0 | 1): number {
	let count = 0;
	while (link.ends[from].enqueue(CHANNEL.files, Buffer.alloc(PIECE)) !== undefined) count++;
	return count;
}

/** Keeps the queue of files of one end full until `isOver`; how many messages went in. */
function pour(link: Link, from: 0 | 1, isOver: () => boolean): number {
	let count = 0;
	while (!isOver() && !link.dead && link.now < 600_000) {
		count += fillQueue(link, from);
		link.run(5);
	}

	return count;
}

const of = (link: Link, to: 0 | 1, channel: Channel) => link.received[to].filter(each => each.channel === channel);

test('what is said goes before a file in the next packet, and the file fills what is left of it', t => {
	const end = new Delivery();
	for (let count = 0; count < 3; count++) end.enqueue(CHANNEL.files, Buffer.alloc(PIECE));
	t.deepEqual(channelsOf(end.nextPacket(0)!), [CHANNEL.files]);
	end.enqueue(CHANNEL.content, Buffer.alloc(200));
	end.enqueue(CHANNEL.control, Buffer.alloc(400));
	t.deepEqual(channelsOf(end.nextPacket(0)!), [CHANNEL.control, CHANNEL.content, CHANNEL.files]);
	end.enqueue(CHANNEL.content, Buffer.alloc(3000));
	t.deepEqual(channelsOf(end.nextPacket(0)!), [CHANNEL.content]);
});

test('of what was lost, talk goes again before what is new of it, and that before a file; content that goes again travels without files', t => {
	const end = new Delivery();
	end.enqueue(CHANNEL.files, Buffer.alloc(5 * PIECE));
	for (let count = 0; count < 4; count++) end.enqueue(CHANNEL.content, Buffer.alloc(1000));
	const packets = send(end, 0, 0);
	t.true(packets.length >= 8);
	t.deepEqual(
		packets.slice(0, 4).map(packet => channelsOf(packet)[0]),
		Array.from({length: 4}, () => CHANNEL.content),
	);
	// The first packet has content, the fifth a piece of the file; both are lost.
	end.received(
		0,
		0,
		[
			{
				kind: 'ack',
				epoch: 0,
				delay: 0,
				ranges: [
					{from: 5, to: packets.length - 1},
					{from: 1, to: 3},
				],
			},
		],
		50,
	);
	end.enqueue(CHANNEL.content, Buffer.alloc(500));
	const again = send(end, packets.length, 50).map(({pieces}) => pieces);
	t.deepEqual(
		again.slice(0, 2).map(pieces => pieces.map(({frame}) => frame.channel)),
		[[CHANNEL.content], [CHANNEL.content, CHANNEL.files]],
	);
	t.deepEqual(
		[again[0]![0], again[1]![1], again[2]![0]].map(piece => piece?.frame.offset),
		[packets[0]!.pieces[0], packets[0]!.pieces[1], packets[4]!.pieces[0]].map(piece => piece?.frame.offset),
	);
	t.is(again[1]![0]!.frame.sequence, 4);
});

test('a probe asks with what was said, though a file went out before', t => {
	const end = new Delivery();
	end.enqueue(CHANNEL.files, Buffer.alloc(6000));
	const [first] = send(end, 0, 0);
	t.is(first?.frames.length, 1);
	end.enqueue(CHANNEL.content, Buffer.alloc(50));
	send(end, 10, 1);
	const due = end.deadline(1)!;
	t.is(end.tick(due), 'alive');
	t.deepEqual(channelsOf(end.nextPacket(due)!), [CHANNEL.content]);
});

test('each channel has its own queue and windows: a file that waits leaves room for talk, and the other way round', t => {
	const end = new Delivery();
	let files = 0;
	while (end.enqueue(CHANNEL.files, Buffer.alloc(PIECE)) !== undefined) files += PIECE;
	t.true(files > FILE_QUEUE_LIMIT - PIECE && files <= FILE_QUEUE_LIMIT);
	let content = 0;
	while (end.enqueue(CHANNEL.content, Buffer.alloc(60_000)) !== undefined) content += 60_000;
	t.true(content > 4_000_000);
	t.true(end.enqueue(CHANNEL.control, Buffer.alloc(10)) !== undefined);
});

test('a receiver that holds content back takes files all the while, and the content in order once it does not', t => {
	const link = new Link({seed: 5, delay: 10, jitter: 3, loss: 0.02});
	link.ends[1].hold();
	for (let count = 0; count < 40; count++) link.ends[0].enqueue(CHANNEL.content, Buffer.alloc(900, `${count}`));
	const poured = pour(link, 0, () => of(link, 1, CHANNEL.files).length >= 600);
	t.true(poured >= 600);
	t.is(of(link, 1, CHANNEL.content).length, 0);
	// What is not acknowledged goes again once in a round trip, and not for each packet of the file.
	t.true(link.ends[0].stats.packetsSent < 1.2 * ((poured * PIECE) / 1110) + 500, `${link.ends[0].stats.packetsSent}`);
	t.false(link.ends[0].idle);
	link.received[1].push(...link.ends[1].resume(link.now));
	link.run(60_000);
	t.deepEqual(
		of(link, 1, CHANNEL.content).map(({data}) => String(data)),
		Array.from({length: 40}, (_, count) => String(Buffer.alloc(900, `${count}`))),
	);
	t.is(of(link, 1, CHANNEL.files).length, poured);
	t.true(link.ends[0].idle);
});

test('whether all that was said has arrived does not hang on a file that is on its way', t => {
	const link = new Link({seed: 1, delay: 10});
	const files = pour(link, 0, () => of(link, 1, CHANNEL.files).length > 50);
	t.true(link.ends[0].idle && files > 50);
	link.ends[0].enqueue(CHANNEL.content, Buffer.from('said'));
	t.false(link.ends[0].idle);
	pour(link, 0, () => link.ends[0].idle);
	t.is(of(link, 1, CHANNEL.content).length, 1);
	t.true(of(link, 1, CHANNEL.files).length < files + 40);
});

test('any seed and loss, all channels at once and both ways: each in its order, once', t => {
	const sizes = fc.array(fc.oneof(fc.nat(300), fc.nat(20_000)), {minLength: 1, maxLength: 8});
	fc.assert(
		fc.property(
			fc.record({
				seed: fc.nat(),
				loss: fc.double({min: 0, max: 0.3, noNaN: true}),
				delay: fc.nat(50),
				jitter: fc.nat(40),
			}),
			fc.tuple(sizes, sizes, sizes),
			(options, each) => {
				const link = new Link(options);
				for (const from of [0, 1] as const) {
					for (const channel of [CHANNEL.files, CHANNEL.content, CHANNEL.control]) {
						for (const [at, size] of each[channel].entries())
							link.ends[from].enqueue(channel, Buffer.alloc(size, at + 1));
					}
				}

				link.run(3_600_000);
				for (const to of [0, 1] as const) {
					for (const channel of [CHANNEL.files, CHANNEL.content, CHANNEL.control]) {
						const got = of(link, to, channel).map(({sequence, data}) => [sequence, data.length, data[0]]);
						const sent = each[channel].map((size, at) => [at, size, size === 0 ? undefined : at + 1]);
						t.deepEqual(got, sent);
					}
				}
			},
		),
		{numRuns: 40},
	);
});

/** How long each of the texts took that were said four times a second, ms; beside a file where there is one. */
function delays(options: LinkOptions, hasFile: boolean, seconds = 10): number[] {
	const link = new Link(options);
	const saidAt: number[] = [];
	const took: number[] = [];
	for (let nextAt = 500; took.length < (seconds - 2) * 4;) {
		if (link.now >= nextAt) {
			link.ends[0].enqueue(CHANNEL.content, Buffer.alloc(120));
			saidAt.push(link.now);
			nextAt += 250;
		}

		if (hasFile) fillQueue(link, 0);
		const until = link.now + 1;
		link.run(1);
		// Where nothing is under way its clock stands still.
		link.now = Math.max(link.now, until);
		for (const {channel} of link.received[1].splice(0))
			if (channel === CHANNEL.content) took.push(link.now - saidAt[took.length]!);
	}

	return took;
}

const p95 = (times: readonly number[]) => times.toSorted((a, b) => a - b)[Math.ceil(0.95 * times.length) - 1]!;

/** Paths, and how much later a text may come there beside a file. */
const paths: Record<string, {options: Omit<LinkOptions, 'seed'>; later: number}> = {
	'100 ms and 5 % of loss': {options: {delay: 50, loss: 0.05}, later: 100},
	'the same with 1.25 MB a second and a queue of half a second': {
		options: {delay: 50, loss: 0.05, rate: 1250, queue: 500},
		later: 100,
	},
	// Slow start alone fills that queue.
	'20 ms and 125 kB a second, with a queue of two seconds': {options: {delay: 10, rate: 125, queue: 2000}, later: 400},
};
for (const [title, {options, later}] of Object.entries(paths)) {
	test(`a text beside a file on a path of ${title}: 95 of 100 come no more than ${later} ms later`, t => {
		const [alone, beside] = [false, true].map(hasFile =>
			p95([1, 2].flatMap(seed => delays({...options, seed}, hasFile))),
		);
		t.log(`${alone} ms alone, ${beside} ms beside a file`);
		t.true(beside! < alone! + later);
	});
}

test('an epoch of a million datagrams is acknowledged as one of ten is', t => {
	const acks = createAcks();
	const packets = createSentPackets();
	const COUNT = 1_000_000;
	for (let counter = 0; counter < COUNT; counter++) {
		countPacket(packets, 0, counter);
		// Each thousandth is lost.
		if (counter % 1000 !== 999) noteReceived(acks, {epoch: 0, counter}, true, 0);
		if (counter % 100 !== 0) continue;
		const [ack] = takeAcks(acks, 0);
		t.true(ack !== undefined && ack.ranges.length <= ACK_RANGE_LIMIT && encodeFrames([ack]).length <= 255);
		t.not(applyAck(packets, ack!), 'violation');
		t.is(counterLead(packets), 0);
	}

	t.is(packets.outstanding.size + packets.lost.size, 0);
});
