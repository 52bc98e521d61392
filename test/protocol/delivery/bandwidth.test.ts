// Delivery rates (draft-ietf-ccwg-bbr, Delivery Rate Samples) with figures worked by hand.
import test from 'ava';
import {
	bandwidthOf,
	createBandwidth,
	forgetBandwidth,
	noteDelivered,
	noteLimited,
	sentState,
} from '../../../source/protocol/delivery/bandwidth.ts';

test('a rate is what was acknowledged since the packet went out, by the time that took', t => {
	const bandwidth = createBandwidth();
	const first = sentState(bandwidth, 0, 0);
	const second = sentState(bandwidth, 1000, 10);
	t.deepEqual(noteDelivered(bandwidth, 1000, first, 0, 100), {rate: 10, limited: false, endsRound: true});
	// Since the first acknowledgement was still to come: 2000 in 110 ms.
	t.is(noteDelivered(bandwidth, 1000, second, 10, 110).rate, 2000 / 110);
	t.is(bandwidthOf(bandwidth), 2000 / 110);
});

test('no rate is higher than the rate of sending, however early the acknowledgements come', t => {
	const bandwidth = createBandwidth();
	const states = Array.from({length: 11}, (_, index) => sentState(bandwidth, index * 1000, index * 10));
	// All of 100 ms at once, a tenth of a ms after the last.
	t.is(noteDelivered(bandwidth, 11_000, states[10]!, 100, 100.1).rate, 11_000 / 100.1);
	t.is(bandwidthOf(bandwidth), 11_000 / 100.1);
});

test('a round trip ends with a packet that was sent in it', t => {
	const bandwidth = createBandwidth();
	const [one, two] = [sentState(bandwidth, 0, 0), sentState(bandwidth, 1000, 1)];
	t.true(noteDelivered(bandwidth, 1000, one, 0, 100).endsRound);
	const three = sentState(bandwidth, 1000, 100);
	t.false(noteDelivered(bandwidth, 1000, two, 1, 101).endsRound);
	t.true(noteDelivered(bandwidth, 1000, three, 100, 200).endsRound);
});

/** One packet of so many bytes that takes 100 ms. */
function packet(bandwidth: ReturnType<typeof createBandwidth>, size: number, sentAt: number): void {
	noteDelivered(bandwidth, size, sentState(bandwidth, 0, sentAt), sentAt, sentAt + 100);
}

test('the largest rate is kept for five round trips and 500 ms at least, twice over', t => {
	const bandwidth = createBandwidth();
	packet(bandwidth, 5000, 0);
	packet(bandwidth, 9000, 100);
	for (let at = 200; at < 900; at += 100) packet(bandwidth, 1000, at);
	t.is(bandwidthOf(bandwidth), 90);
	for (let at = 900; at < 2000; at += 100) packet(bandwidth, 1000, at);
	t.is(bandwidthOf(bandwidth), 10);
	forgetBandwidth(bandwidth);
	t.is(bandwidthOf(bandwidth), 0);
});

test('a sender with too little to say learns of a faster path, never of a slower one', t => {
	const bandwidth = createBandwidth();
	packet(bandwidth, 5000, 0);
	for (let at = 100; at < 5000; at += 100) {
		noteLimited(bandwidth, 0);
		packet(bandwidth, 100, at);
	}

	t.is(bandwidthOf(bandwidth), 50);
	noteLimited(bandwidth, 0);
	packet(bandwidth, 7000, 5000);
	t.is(bandwidthOf(bandwidth), 70);
});
