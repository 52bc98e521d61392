// Where a session sends to: after its peer, and not after somebody who only copies the peer's datagrams.
import {Buffer} from 'node:buffer';
import test from 'ava';
import {Addresses} from '../../source/client/peers/addresses.ts';
import {Transport} from '../../source/client/peers/transport.ts';
import {systemEntropy} from '../../source/protocol/entropy.ts';
import {consumeResp} from '../../source/protocol/session/initiator.ts';
import {consumeFin} from '../../source/protocol/session/responder.ts';
import {type Address, addressText} from '../../source/wire/address.ts';
import {NOW, atAlice, atBob, elsewhere, meet, must, mustResp, random} from '../protocol/session/pair.ts';

type Carried = {readonly to: Address; readonly bytes: Buffer};

/** Alice and bob with a session, on one clock; whatever each sends is carried by the test. */
async function talking() {
	const meeting = await meet();
	const {datagram, state} = await mustResp(meeting);
	const {established, fin} = must(await consumeResp(meeting.initiating, datagram, NOW));
	const clock = {now: 0};
	const end = (of: typeof established, at: Address) => {
		const out: Carried[] = [];
		const heard: string[] = [];
		const transport = new Transport(of, at, undefined, {
			entropy: systemEntropy,
			elapsed: () => clock.now,
			transmit: (bytes, to) => out.push({to, bytes}),
			onContent: messages => heard.push(...messages.map(String)),
			onWork() {},
			onEnd: reason => heard.push(reason),
		});
		return {transport, out, heard};
	};

	return {clock, alice: end(established, atBob), bob: end(must(consumeFin(state, fin)).established, atAlice)};
}

test('somebody who copies datagrams and is faster than the peer does not get the talk to go by them', async t => {
	const {clock, alice, bob} = await talking();
	let keeps = false;
	/** Mallory hands on a copy of each of alice's datagrams before it arrives itself, and what comes to her. */
	const carry = () => {
		for (const {bytes} of alice.out.splice(0)) {
			bob.transport.receive(Buffer.from(bytes), elsewhere);
			bob.transport.receive(bytes, atAlice);
		}

		for (const {to, bytes} of bob.out.splice(0)) {
			if (!keeps || addressText(to) === addressText(atAlice)) alice.transport.receive(bytes, atBob);
		}
	};

	const said: string[] = [];
	for (let index = 0; index < 400; index++) {
		// From here on she keeps what comes to her.
		if (index === 200) keeps = true;
		clock.now += 50;
		for (const {transport, out} of [alice, bob]) {
			if (index % 4 === 0) transport.enqueue(Buffer.from(`${index}`));
			transport.pump();
			t.true(out.length < 100);
		}

		if (index % 4 === 0) said.push(`${index}`);
		carry();
	}

	t.deepEqual([alice.heard, bob.heard], [said, said]);
	t.is(addressText(bob.transport.address), addressText(atAlice));
});

test('a peer that has moved is followed at once, though the former address is asked too', t => {
	const addresses = new Addresses(atAlice, random);
	const asked = addresses.heardFrom(elsewhere, 0);
	t.deepEqual(
		asked.map(({to}) => to),
		[atAlice, elsewhere],
	);
	t.deepEqual(addresses.heardFrom(elsewhere, 999), [], 'once a second');
	addresses.answered(Buffer.alloc(8), 999);
	t.is(addresses.current, atAlice, 'nobody has proven anything');
	addresses.answered(asked[1]!.token, 999);
	t.is(addresses.current, elsewhere);
	t.deepEqual(addresses.heardFrom(elsewhere, 1000), []);
});

for (const order of ['before', 'after'] as const) {
	test(`the former address stays, or comes back, when it answers ${order} the other one`, t => {
		const addresses = new Addresses(atAlice, random);
		const [own, other] = addresses.heardFrom(elsewhere, 0);
		const answers = order === 'before' ? [own!, other!] : [other!, own!];
		for (const {token} of answers) addresses.answered(token, 10);
		t.is(addresses.current, atAlice);
		t.deepEqual(addresses.heardFrom(elsewhere, 5009), [], 'it is not asked again at once');
		t.is(addresses.heardFrom(atBob, 5009).length, 2, 'a third one is');
		t.is(addresses.heardFrom(elsewhere, 6009).length, 2);
	});
}
