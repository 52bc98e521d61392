import {Buffer} from 'node:buffer';
import test from 'ava';
import fc from 'fast-check';
import {Delivery} from '../../../source/protocol/delivery/delivery.ts';
import {CHANNEL, type Channel, type TransportFrame} from '../../../source/wire/messages/msg.ts';
import {Link, type LinkOptions} from '../../twins/link.ts';

const text = (from: number, index: number, size: number) => Buffer.alloc(size, `${from}:${index} `);

function talk(options: LinkOptions, sizes: readonly number[], limit = 600_000): Link {
	const link = new Link(options);
	for (const [index, size] of sizes.entries()) {
		for (const from of [0, 1] as const) link.ends[from].enqueue(CHANNEL.content, text(from, index, size));
	}

	link.run(limit);
	return link;
}

function isComplete(link: Link, sizes: readonly number[]): boolean {
	return ([0, 1] as const).every(to => {
		const got = link.received[to];
		const whole = got.every(
			({sequence, data}, index) => sequence === index && data.equals(text(1 - to, index, sizes[index]!)),
		);
		return got.length === sizes.length && whole && link.acked[to] === sizes.length && link.ends[to].idle;
	});
}

test('200 messages each way under 20 % loss, duplication and reordering: all once, in order', t => {
	const sizes = Array.from({length: 200}, (_, index) => 20 + index * 7);
	const link = talk({seed: 7, loss: 0.2, duplication: 0.2, delay: 15, jitter: 30}, sizes);
	t.true(isComplete(link, sizes));
	for (const {stats} of link.ends) {
		t.log(
			`packets ${stats.packetsSent}, lost ${stats.packetsLost}, fragments sent again ${stats.fragmentsResent}, ` +
				`probe timeouts ${stats.probes}, round trip ${stats.rtt.toFixed(1)} ms over ${stats.rttSamples} samples`,
		);
	}

	t.log(`simulated time ${link.now.toFixed(0)} ms, packets on the link ${link.packets}`);
	t.true(link.ends[0].stats.fragmentsResent > 0);
});

test('any seed, loss up to 40 %, any sizes up to 64 KiB, epochs that change in mid-stream', t => {
	const size = fc.oneof(fc.nat(300), fc.nat(5000), fc.constantFrom(0, 1127, 1128, 65_536));
	fc.assert(
		fc.property(
			fc.record({
				seed: fc.nat(),
				loss: fc.double({min: 0, max: 0.4, noNaN: true}),
				duplication: fc.double({min: 0, max: 0.5, noNaN: true}),
				delay: fc.integer({min: 0, max: 100}),
				jitter: fc.integer({min: 0, max: 60}),
				epochPackets: fc.integer({min: 40, max: 400}),
			}),
			fc.array(size, {minLength: 1, maxLength: 12}),
			(options, sizes) => {
				t.true(isComplete(talk(options, sizes, 3_600_000), sizes), JSON.stringify({options, sizes}));
			},
		),
		{numRuns: 60},
	);
});

test('without loss nothing is sent twice and an idle pair has no timer', t => {
	const sizes = Array.from({length: 50}, () => 200);
	const link = talk({seed: 1, delay: 5}, sizes);
	t.true(isComplete(link, sizes));
	for (const end of link.ends) {
		t.is(end.stats.fragmentsResent, 0);
		t.is(end.stats.probes, 0);
		t.is(end.deadline(link.now), undefined);
	}
});

test('small messages share a datagram', t => {
	const end = new Delivery();
	for (let index = 0; index < 5; index++) end.enqueue(CHANNEL.content, Buffer.alloc(200));
	t.is(end.nextPacket(0)?.frames.length, 5);
});

test('a control message overtakes content', t => {
	const end = new Delivery();
	end.enqueue(CHANNEL.content, Buffer.alloc(60_000));
	end.nextPacket(0);
	end.enqueue(CHANNEL.control, Buffer.alloc(400));
	const channels = end.nextPacket(0)?.frames.map(frame => (frame.kind === 'fragment' ? frame.channel : -1));
	t.is(channels?.[0], CHANNEL.control);
});

test('a receiver that only acknowledges never runs out of counters', t => {
	const link = new Link({seed: 3, delay: 2, jitter: 1});
	for (let index = 0; index < 3000; index++) link.ends[0].enqueue(CHANNEL.content, Buffer.alloc(1000));
	link.run(600_000);
	t.is(link.received[1].length, 3000);
	t.true(link.ends[1].stats.packetsSent > 300);
});

test('a peer that has gone is dead after 30 s, not before, and the counters stay within the ratchet', t => {
	const link = new Link({seed: 1, loss: 1});
	link.ends[0].enqueue(CHANNEL.content, Buffer.alloc(60_000));
	link.run(29_000);
	t.false(link.dead);
	link.run(2000);
	t.true(link.dead);
	t.true(link.packets < 256);
});

test('a queue of 4 MiB is full, and says so', t => {
	const end = new Delivery();
	let taken = 0;
	while (end.enqueue(CHANNEL.content, Buffer.alloc(65_536)) !== undefined) taken++;
	t.is(taken, 64);
});

const fragment = (sequence: number, offset: number, total: number, data: Buffer, channel: Channel = CHANNEL.content) =>
	({kind: 'fragment', channel, sequence, offset, total, data}) as const;

const hostile: Record<string, TransportFrame[]> = {
	'an ACK of a counter that was never sent': [{kind: 'ack', epoch: 0, delay: 0, ranges: [{from: 0, to: 9}]}],
	'an ACK of an epoch that has not begun': [{kind: 'ack', epoch: 4, delay: 0, ranges: [{from: 0, to: 0}]}],
	'a sequence past the window': [fragment(1024, 0, 1, Buffer.alloc(1))],
	'a total that changes': [fragment(0, 0, 999, Buffer.alloc(400)), fragment(0, 400, 998, Buffer.alloc(400))],
	'a crumb that is not the last piece': [fragment(0, 0, 800, Buffer.alloc(95))],
	'more bytes than the window': Array.from({length: 17}, (_, index) => fragment(index, 0, 65_536, Buffer.alloc(256))),
};

for (const [title, frames] of Object.entries(hostile)) {
	test(`ends the session: ${title}`, t => {
		const end = new Delivery();
		end.enqueue(CHANNEL.content, Buffer.alloc(10));
		const packet = end.nextPacket(0);
		end.sent(packet!, 0, 0, 300, 0);
		t.true(end.received(0, 0, frames, 1).violation);
	});
}

test('a repeated ACK changes nothing', t => {
	const end = new Delivery();
	end.enqueue(CHANNEL.content, Buffer.alloc(10));
	end.sent(end.nextPacket(0)!, 0, 0, 300, 0);
	const ack = {kind: 'ack', epoch: 0, delay: 0, ranges: [{from: 0, to: 0}]} as const;
	t.is(end.received(0, 0, [ack], 40).acked.length, 1);
	t.is(end.stats.rtt, 40);
	t.deepEqual(end.received(0, 1, [ack], 90), {messages: [], acked: [], others: [], violation: false});
	t.is(end.stats.rtt, 40);
	t.true(end.idle);
});

test('path and close frames are handed up; a lost path challenge goes out again', t => {
	const end = new Delivery();
	const token = Buffer.alloc(8, 7);
	end.queueFrame({kind: 'path-challenge', token});
	t.is(end.deadline(0), 0);
	const packet = end.nextPacket(0)!;
	t.deepEqual(packet.frames, [{kind: 'path-challenge', token}]);
	end.sent(packet, 0, 0, 200, 0);
	for (let counter = 1; counter < 5; counter++) {
		end.queueFrame({kind: 'ping'});
		end.sent(end.nextPacket(counter)!, 0, counter, 200, counter);
	}

	const {others} = end.received(
		0,
		0,
		[
			{kind: 'ack', epoch: 0, delay: 0, ranges: [{from: 4, to: 4}]},
			{kind: 'close', reason: 1},
		],
		9,
	);
	t.deepEqual(others, [{kind: 'close', reason: 1}]);
	t.deepEqual(end.nextPacket(10)?.frames, [{kind: 'path-challenge', token}]);
});

test('a receiver that takes nothing more holds its sender up at the windows, and loses nothing: one that keeps to the rules is never ended', t => {
	for (const [size, count] of [
		[30, 4000],
		[20_000, 200],
	] as const) {
		for (const loss of [0, 0.2]) {
			const link = new Link({seed: 3, loss, delay: 5, jitter: loss * 20});
			const [sender, receiver] = link.ends;
			for (let index = 0; index < count; index++) sender.enqueue(CHANNEL.content, text(0, index, size));
			for (let pauses = 0; pauses < 3; pauses++) {
				receiver.hold();
				const before = link.received[1].length;
				// A word now and then keeps the session alive, as receipts do.
				for (let second = 0; second < 60; second++) {
					receiver.enqueue(CHANNEL.content, text(1, pauses, 20));
					link.run(1000);
				}

				t.false(link.dead);
				t.is(link.received[1].length, before, 'nothing is released');
				link.received[1].push(...receiver.resume(link.now));
				const released = link.received[1].length - before;
				t.true(released > 0 && released <= 1024 && released * size <= 1_048_576, `${released} were in the windows`);
			}

			link.run(600_000);
			t.false(link.dead);
			t.deepEqual(
				link.received[1].map(({sequence}) => sequence),
				Array.from({length: count}, (_, index) => index),
			);
			t.true(link.received[1].every(({data}, index) => data.equals(text(0, index, size))));
			t.true(sender.idle);
		}
	}
});
