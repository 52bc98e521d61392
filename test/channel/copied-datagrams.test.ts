// A session follows its peer, and not somebody who only copies the peer’s datagrams, nor is it upset by one who is slow.
import {Buffer} from 'node:buffer';
import test from 'ava';
import {Transport} from '../../source/channel/session-transport.ts';
import {systemEntropy} from '../../source/protocol/entropy.ts';
import {consumeResp} from '../../source/protocol/session/initiator.ts';
import {consumeFin} from '../../source/protocol/session/responder.ts';
import {type Address, addressText} from '../../source/wire/address.ts';
import {NOW, atAlice, atBob, elsewhere, meet, must, mustResp} from '../protocol/session/pair.ts';

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
		const transport = new Transport(of, {socket: 0, address: at}, undefined, {
			entropy: systemEntropy,
			elapsed: () => clock.now,
			transmit: (bytes, to) => out.push({to, bytes}),
			onContent: messages => heard.push(...messages.map(String)),
			onFiles() {},
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
			bob.transport.receive(Buffer.from(bytes), {socket: 0, address: elsewhere});
			bob.transport.receive(bytes, {socket: 0, address: atAlice});
		}

		for (const {to, bytes} of bob.out.splice(0)) {
			if (!keeps || addressText(to) === addressText(atAlice))
				alice.transport.receive(bytes, {socket: 0, address: atBob});
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

test('whoever holds what comes is not asked again and again whether they are there', async t => {
	const {clock, alice, bob} = await talking();
	bob.transport.hold();
	let datagrams = 0;
	for (let index = 0; index < 1000; index++) {
		clock.now += 20;
		if (index < 20) alice.transport.enqueue(Buffer.from(`${index}`));
		alice.transport.pump();
		t.not(alice.transport.doubt, 'suspect');
		datagrams += alice.out.length;
		for (const {bytes} of alice.out.splice(0)) bob.transport.receive(bytes, {socket: 0, address: atAlice});
		bob.transport.pump();
		for (const {bytes} of bob.out.splice(0)) alice.transport.receive(bytes, {socket: 0, address: atBob});
	}

	t.true(datagrams < 150, `${datagrams}`);
});
