// A whole Delivery against its timers and limits: figures worked by hand, peers that break the rules, and bounds on what it keeps.
import {Buffer} from 'node:buffer';
import test from 'ava';
import fc from 'fast-check';
import {Delivery, type OutgoingPacket} from '../../../source/protocol/delivery/delivery.ts';
import {
	COUNTER_LIMIT,
	COUNTER_WINDOW,
	LONGEST_PROBE_TIMEOUT,
	QUEUED_FRAMES,
	UNANSWERED_LEAST,
	UNANSWERED_TIMEOUTS,
} from '../../../source/protocol/delivery/delivery-limits.ts';
import {
	type AckFrame,
	CHANNEL,
	PLAINTEXT_LIMIT,
	type TransportFrame,
	decodeFrames,
	encodeFrames,
	frameSize,
} from '../../../source/wire/messages/msg.ts';

/** A Delivery and the counters its packets go out under, in epoch 0. */
class End {
	readonly delivery = new Delivery();
	readonly sent: Array<{counter: number; at: number; packet: OutgoingPacket}> = [];
	#received = 0;

	say(size = 100): void {
		this.delivery.enqueue(CHANNEL.content, Buffer.alloc(size));
	}

	/** Sends whatever may go out at this time; how many packets that are. */
	flush(now: number): number {
		const before = this.sent.length;
		for (let packet = this.delivery.nextPacket(now); packet; packet = this.delivery.nextPacket(now)) {
			const counter = this.sent.length;
			this.sent.push({counter, at: now, packet});
			this.delivery.sent(packet, 0, counter, 1200, now);
		}

		return this.sent.length - before;
	}

	/** The timer, and what it causes to be sent. */
	tick(now: number): number {
		const before = this.sent.length;
		this.delivery.tick(now);
		this.flush(now);
		return this.sent.length - before;
	}

	hear(now: number, ...frames: TransportFrame[]) {
		return this.delivery.received(0, this.#received++, frames, now);
	}

	acked(now: number, from: number, to = from) {
		return this.hear(now, {kind: 'ack', epoch: 0, delay: 0, ranges: [{from, to}]});
	}
}

/** An end whose first packet took 100 ms there and back: smoothed 100, variation 50. */
function acquainted(): End {
	const end = new End();
	end.say();
	end.flush(0);
	end.acked(100, 0);
	return end;
}

test('RFC 9002 §6.2.1: probe timeouts double until they reach their longest, and an ACK ends the doubling', t => {
	const end = acquainted();
	end.say();
	end.flush(1000);
	// 100 + 4 × 50 + 25.
	let due = 1000;
	for (const timeout of [325, 650, 1300, LONGEST_PROBE_TIMEOUT, LONGEST_PROBE_TIMEOUT]) {
		due += timeout;
		t.is(end.delivery.deadline(due - timeout), due);
		t.is(end.tick(due - 1), 0);
		t.is(end.tick(due), 2, '§6.2.4: two packets');
	}

	const last = end.sent.length - 1;
	end.acked(due + 100, last - 1, last);
	for (let at = end.delivery.deadline(due + 100); at !== undefined; at = end.delivery.deadline(at)) end.tick(at);
	end.say();
	end.flush(20_000);
	// A second sample of 100: 100 + 4 × 37.5 + 25.
	t.is(end.delivery.deadline(20_000), 20_275);
});

test('whoever goes on sending puts probe timeouts off, and knows all the same when nothing is acknowledged for too long', t => {
	const end = acquainted();
	t.is(end.delivery.unansweredAt, undefined);
	const due = 1000 + UNANSWERED_TIMEOUTS * 325;
	for (let now = 1000; now < due; now += 200) {
		end.say();
		end.flush(now);
		for (let at = end.delivery.deadline(now); at !== undefined && at < now + 200; at = end.delivery.deadline(at))
			end.tick(at);
		t.is(end.delivery.unansweredAt, due);
	}

	t.is(end.delivery.timeouts, 0, 'not one of them has passed');
	end.acked(due, 1);
	t.true(end.delivery.unansweredAt! > due, 'it counts from the last answer');
	end.acked(due + 1, 0, end.sent.length - 1);
	t.is(end.delivery.unansweredAt, undefined);
});

test('on the fastest path a silence that an end which is busy may have is none', t => {
	const end = new End();
	for (let now = 0; now < 1000; now++) {
		end.say();
		end.flush(now);
		end.acked(now, 0, end.sent.length - 1);
	}

	end.say();
	end.flush(1000);
	t.is(end.delivery.unansweredAt, 1000 + UNANSWERED_LEAST);
});

test('§6.2.4: a probe carries the oldest data; without any it is a ping', t => {
	const end = acquainted();
	end.say(200);
	end.flush(1000);
	end.tick(1325);
	const probes = end.sent.slice(-2).map(({packet}) => packet.frames.map(({kind}) => kind));
	t.deepEqual(probes, [['fragment'], ['ping']]);
	t.is(end.delivery.stats.fragmentsResent, 1);

	const idle = acquainted();
	idle.delivery.queueFrame({kind: 'ping'});
	idle.flush(1000);
	idle.tick(1325);
	t.deepEqual(
		idle.sent.slice(-2).map(({packet}) => packet.frames.map(({kind}) => kind)),
		[['ping'], ['ping']],
	);
});

test('§6.2.1: before any sample the first probe comes after 1024 ms', t => {
	const end = new End();
	end.say();
	end.flush(0);
	t.is(end.delivery.deadline(0), 1024);
});

test('§6.1.1: the fourth packet’s ACK tells that the first is lost; its data goes out at once', t => {
	const end = acquainted();
	for (let count = 0; count < 4; count++) {
		end.say(1000);
		end.flush(1000 + count);
	}

	end.acked(1100, 4);
	t.is(end.flush(1100), 1);
	t.is(end.delivery.stats.packetsLost, 1);
	const [first, again] = [end.sent[1]!, end.sent.at(-1)!].map(({packet}) => packet.pieces[0]?.frame);
	t.deepEqual(again, first, 'the same piece under another counter');
});

test('§6.1.2: a packet before an acknowledged one is lost at 9/8 of a round trip', t => {
	const end = acquainted();
	end.say(1000);
	end.flush(1000);
	end.say(1000);
	end.flush(1010);
	end.acked(1100, 2);
	// The sample of 90 makes smoothed 98.75: 1000 + 9/8 × 98.75.
	t.is(end.delivery.deadline(1100), 1111.09375);
	t.is(end.tick(1111), 0);
	t.is(end.tick(1111.09375), 1);
	t.is(end.delivery.stats.packetsLost, 1);
});

test('several losses of one round trip are no reason to send less at once', t => {
	const end = acquainted();
	end.say(20_000);
	end.flush(1000);
	t.is(end.sent.length, 11, 'ten in flight');
	end.acked(1100, 10);
	t.is(end.delivery.stats.packetsLost, 7);
	const {window} = end.delivery.stats;
	end.tick(1200);
	t.is(end.delivery.stats.packetsLost, 9);
	t.is(end.delivery.stats.window, window);
	t.is(window, 13_200, 'slow start goes on until a round trip is over');
});

test('§7.6: nothing but loss for three probe timeouts leaves a window of two datagrams', t => {
	const end = acquainted();
	end.say(1000);
	end.flush(1000);
	for (const due of [1325, 1975, 3275]) end.tick(due);
	end.acked(3375, end.sent.length - 1);
	// From 1000 to 1975 are 975 ms, three times 325: not more. To 3275 it is.
	t.is(end.delivery.stats.window, 2400);
});

test('§7.6.1: without a round-trip sample there is no persistent congestion', t => {
	const end = new End();
	end.say(1000);
	end.flush(0);
	let now = 0;
	for (let probe = 0; probe < 4; probe++) {
		now = end.delivery.deadline(now)!;
		end.tick(now);
	}

	end.acked(now + 50, end.sent.length - 1);
	t.true(end.delivery.stats.packetsLost >= 5);
	// With the one that came.
	t.is(end.delivery.stats.window, 13_200);
});

test('§7.7: ten datagrams go at once, the eleventh when it is paced, not when there is room alone', t => {
	const end = acquainted();
	end.say(60_000);
	t.is(end.flush(1000), 10);
	// All ten at once: the window is 24,000, and a datagram is paced 100 ms × 1200 ÷ 30,000.
	end.acked(1001, 1, 10);
	t.true(end.delivery.stats.window > 20_000);
	const due = end.delivery.deadline(1001)!;
	t.true(due > 1001 && due < 1010, `${due}`);
	t.true(end.flush(1001) <= 1);
	t.true(end.flush(due) >= 1);
});

test('§7.5: a probe goes out also when the window is full', t => {
	const end = acquainted();
	end.say(60_000);
	t.is(end.flush(1000), 10);
	t.is(end.flush(1100), 0);
	t.is(end.tick(1325), 2);
});

test('a ping that is lost is not missed: an idle session does not die of it', t => {
	const end = acquainted();
	for (const at of [1000, 1001, 1002]) {
		end.delivery.queueFrame({kind: 'ping'});
		end.flush(at);
	}

	end.acked(1100, 2, 3);
	const due = end.delivery.deadline(1100)!;
	t.true(due < 1200);
	t.is(end.delivery.tick(due), 'alive');
	t.true(end.delivery.idle);
	t.is(end.delivery.deadline(due), undefined);
	t.is(end.delivery.tick(100_000), 'alive');
});

test('a session is dead 30 s after the last word while something waits, at the very time that it said', t => {
	for (const start of [0, 2768.640_725_713_633_4, 1 / 3]) {
		const end = new End();
		end.say();
		end.flush(start);
		let now = start;
		let verdict = 'alive';
		for (let rounds = 0; verdict === 'alive' && rounds < 100; rounds++) {
			const due = end.delivery.deadline(now)!;
			t.true(due > now, `no progress at ${now}`);
			now = due;
			verdict = end.delivery.tick(now);
			end.flush(now);
		}

		t.is(verdict, 'dead');
		t.is(now, start + 30_000);
	}
});

test('data stops 220 counters ahead; probes and ACKs at 254, and then no timer asks for the impossible', t => {
	const end = acquainted();
	let now = 1000;
	/** A peer that talks and talks, and acknowledges nothing. */
	const chat = (sequence: number) =>
		end.hear(now, {kind: 'fragment', channel: 0, sequence, offset: 0, total: 1, data: Buffer.alloc(1)});
	end.say(60_000);
	let verdict = 'alive';
	for (let sequence = 0; verdict === 'alive' && sequence < 5000; sequence++) {
		t.false(chat(sequence).violation);
		now++;
		verdict = end.delivery.tick(now);
		end.delivery.queueFrame({kind: 'ping'});
		end.flush(now);
		if (verdict === 'alive') t.true(end.delivery.deadline(now)! > now, `spinning at ${now}`);
	}

	t.is(verdict, 'dead');
	// Counter 0 was acknowledged.
	t.is(end.sent.length - 1, COUNTER_LIMIT);
	const late = end.sent.filter(({counter, packet}) => counter > COUNTER_WINDOW && packet.pieces.length > 0);
	t.true(late.length <= 2 * end.delivery.stats.probes, 'probes alone carry data there');
});

test('frames that wait for a packet are bounded, and always fit one', t => {
	const end = new End();
	const token = Buffer.alloc(8, 1);
	for (let count = 0; count < 500; count++) end.delivery.queueFrame({kind: 'path-response', token});
	// Two epochs' ACKs with all their ranges go in front.
	for (const epoch of [0, 1]) {
		for (let counter = 0; counter < 80; counter += 2) end.delivery.received(epoch, counter, [{kind: 'ping'}], 0);
	}

	const {frames} = end.delivery.nextPacket(0)!;
	t.is(frames.filter(({kind}) => kind === 'ack').length, 2);
	t.is(frames.filter(({kind}) => kind === 'path-response').length, QUEUED_FRAMES);
	t.true(frames.reduce((sum, frame) => sum + frameSize(frame), 0) <= PLAINTEXT_LIMIT);
	t.notThrows(() => encodeFrames(frames));
});

const ack = fc
	.record({
		epoch: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(65_535)),
		first: fc.oneof(fc.nat(20), fc.nat(300), fc.nat(4_294_967_295)),
		steps: fc.array(fc.tuple(fc.integer({min: 2, max: 40}), fc.nat(40)), {maxLength: 31}),
		length: fc.oneof(fc.nat(20), fc.nat(65_535)),
		delay: fc.nat(255),
	})
	.map(({epoch, first, steps, length, delay}): AckFrame => {
		const ranges = [{from: Math.max(0, first - length), to: first}];
		for (const [step, size] of steps) {
			const to = ranges.at(-1)!.from - step;
			if (to < 0) break;
			ranges.push({from: Math.max(0, to - size), to});
		}

		return {kind: 'ack', epoch, delay, ranges};
	});
const fragment = fc
	.record({
		channel: fc.constantFrom(CHANNEL.control, CHANNEL.content),
		sequence: fc.oneof(fc.nat(6), fc.nat(1100), fc.nat(4_294_967_295)),
		total: fc.oneof(fc.nat(1100), fc.nat(65_536)),
		from: fc.double({min: 0, max: 1, noNaN: true}),
		size: fc.integer({min: 1, max: 1100}),
	})
	.map(({channel, sequence, total, from, size}): TransportFrame => {
		const offset = total <= 1100 ? 0 : Math.floor(from * (total - 1));
		const data = Buffer.alloc(total <= 1100 ? total : Math.min(size, total - offset));
		return {kind: 'fragment', channel, sequence, offset, total, data};
	});
const token = fc.uint8Array({minLength: 8, maxLength: 8}).map(bytes => Buffer.from(bytes));
const frame: fc.Arbitrary<TransportFrame> = fc.oneof(
	ack,
	fragment,
	fc.constant({kind: 'ping'} as const),
	token.map(bytes => ({kind: 'path-challenge', token: bytes}) as const),
	token.map(bytes => ({kind: 'path-response', token: bytes}) as const),
	fc.nat(255).map(reason => ({kind: 'close', reason}) as const),
);

/** The frames as they come out of a datagram: as many as fit, and only what the wire can say. */
function arriving(frames: readonly TransportFrame[]): TransportFrame[] | undefined {
	let room = PLAINTEXT_LIMIT;
	const fitting = frames.filter(each => frameSize(each) <= room && (room -= frameSize(each)) >= 0);
	return decodeFrames(encodeFrames(fitting));
}

test('whatever a peer says, nothing throws, what goes out can be spelled, and the timers move on', t => {
	const turn = fc.record({
		frames: fc.array(frame, {minLength: 1, maxLength: 12}),
		pause: fc.oneof(fc.constant(0), fc.nat(50), fc.nat(3000)),
		leap: fc.oneof(fc.constant(1), fc.integer({min: 1, max: 256})),
		epochs: fc.oneof({weight: 9, arbitrary: fc.constant(0)}, {weight: 1, arbitrary: fc.constant(1)}),
		say: fc.oneof(fc.constant(0), fc.nat(3000)),
	});
	let violations = 0;
	let rounds = 0;
	fc.assert(
		fc.property(fc.array(turn, {minLength: 1, maxLength: 60}), story => {
			const end = new End();
			let now = 0;
			let [epoch, counter] = [0, -1];
			for (const {frames, pause, leap, epochs, say} of story) {
				const arrived = arriving(frames);
				t.truthy(arrived);
				now += pause;
				if (epochs > 0) [epoch, counter] = [epoch + epochs, -1];
				counter += leap;
				if (say > 0) end.say(say);
				end.flush(now);
				rounds++;
				const {violation, messages} = end.delivery.received(epoch, counter, arrived!, now);
				for (const {data} of messages) t.true(data.length <= 65_536);
				if (violation) {
					violations++;
					break;
				}

				for (let steps = 0; steps < 20; steps++) {
					const due = end.delivery.deadline(now);
					if (due === undefined || due > now) break;
					t.true(steps < 19, `spinning at ${now}`);
					if (end.delivery.tick(now) === 'dead') return;
					end.flush(now);
				}
			}

			t.true(end.sent.length <= COUNTER_LIMIT + 1 + story.length * 20);
			for (const {packet} of end.sent) t.notThrows(() => encodeFrames(packet.frames));
		}),
		{numRuns: 300},
	);
	t.true(violations > 50 && rounds > violations, `${violations} violations in ${rounds} rounds`);
});
