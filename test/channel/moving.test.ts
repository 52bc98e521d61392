// Two in a session, of whom one moves: when each finds out, what it costs to find out, and when the talk goes on.
import {Buffer} from 'node:buffer';
import test from 'ava';
import {Transport} from '../../source/channel/session-transport.ts';
import {systemEntropy} from '../../source/protocol/entropy.ts';
import {LIVELY_FOR_MS, LIVELY_SILENCE_MS, USUAL_SILENCE_MS} from '../../source/protocol/path/path-limits.ts';
import {type OwnPlace} from '../../source/protocol/path/told-addresses.ts';
import {consumeResp} from '../../source/protocol/session/initiator.ts';
import {consumeFin} from '../../source/protocol/session/responder.ts';
import {type Address, sameAddress, scopeOf} from '../../source/wire/address.ts';
import {NOW, atAlice, atBob, elsewhere, meet, must, mustResp} from '../protocol/session/pair.ts';

const DELAY = 20;

type Name = 'alice' | 'bob';
type Datagram = {readonly from: Name; readonly to: Address; readonly size: number; readonly at: number};

/** Alice, who began, and bob, on one clock; `where` they are, who lets what in, and where they are in networks of their own. */
async function talking() {
	const meeting = await meet();
	const {datagram, state: responding} = await mustResp(meeting);
	const {established, fin} = must(await consumeResp(meeting.initiating, datagram, NOW));
	const state = {
		now: 0,
		where: {alice: atAlice, bob: atBob},
		passes: (_to: Address) => true,
		/** In one network they are reached at the addresses of their places. */
		areTogether: false,
		place: {} as Partial<Record<Name, OwnPlace | undefined>>,
	};
	const isLocal = (name: Name, to: Address) =>
		state.place[name]?.addresses.some(each => sameAddress(each, to)) === true;
	const sent: Datagram[] = [];
	const onWay: Array<{at: number; to: Address; from: Address; bytes: Buffer}> = [];
	const end = (name: Name, of: typeof established, peer: Address) => {
		const heard: string[] = [];
		const transport = new Transport(of, {socket: 0, address: peer}, undefined, {
			entropy: systemEntropy,
			elapsed: () => state.now,
			transmit(bytes, to) {
				sent.push({from: name, to, size: bytes.length, at: state.now});
				if (isLocal(name === 'alice' ? 'bob' : 'alice', to)) {
					const [from] = state.place[name]?.addresses ?? [];
					if (state.areTogether && from) onWay.push({at: state.now + 1, to, from, bytes});
				} else if (state.passes(to)) onWay.push({at: state.now + DELAY, to, from: state.where[name], bytes});
			},
			onContent: messages => heard.push(...messages.map(String)),
			onFiles() {},
			onWork() {},
			onEnd: reason => heard.push(reason),
		});
		return {name, transport, heard, say: (text: string) => transport.enqueue(Buffer.from(text))};
	};

	const alice = end('alice', established, atBob);
	const bob = end('bob', must(consumeFin(responding, fin)).established, atAlice);
	/** Time goes on in steps of 5 ms. */
	const pass = (ms: number, each: () => void = () => {}) => {
		for (const until = state.now + ms; state.now < until; state.now += 5) {
			for (const due of onWay.filter(({at}) => at <= state.now)) {
				onWay.splice(onWay.indexOf(due), 1);
				const isAt = (name: Name) => sameAddress(state.where[name], due.to) || isLocal(name, due.to);
				const to = [alice, bob].find(({name}) => isAt(name));
				to?.transport.receive(due.bytes, {socket: 0, address: due.from});
			}

			for (const {name, transport} of [alice, bob]) {
				if (name in state.place) transport.place(state.place[name]);
				if (transport.deadline() <= state.now) transport.pump();
			}

			each();
		}
	};

	/** Somebody says something, and it goes out. */
	const say = (who: typeof alice, text: string) => {
		who.say(text);
		who.transport.pump();
	};

	pass(200);
	return {state, sent, alice, bob, pass, say};
}

test('a side that goes on talking has a doubt within half a second, though it puts off each probe timeout', async t => {
	const {state, alice, bob, pass, say} = await talking();
	for (let count = 0; count < 20; count++) {
		say(alice, `${count}`);
		pass(200);
	}

	state.passes = () => false;
	const closed = state.now;
	let doubtful = Number.POSITIVE_INFINITY;
	let suspect = Number.POSITIVE_INFINITY;
	pass(3000, () => {
		if (state.now % 200 === 0) say(alice, `${state.now}`);
		if (alice.transport.doubt !== 'none') doubtful = Math.min(doubtful, state.now - closed);
		if (alice.transport.doubt === 'suspect') suspect = Math.min(suspect, state.now - closed);
	});
	t.true(doubtful <= 600, `${doubtful}`);
	t.is(suspect, doubtful + 400);
	t.is(bob.heard.length, 20);
});

test('a side that moves and only listens tells of it within the shorter silence, and the talk goes on from there', async t => {
	const {state, alice, bob, pass, say} = await talking();
	for (let count = 0; count < 10; count++) {
		say(bob, `${count}`);
		pass(200);
	}

	state.where.alice = elsewhere;
	const moved = state.now;
	say(bob, 'here');
	let heard = Number.POSITIVE_INFINITY;
	pass(5000, () => {
		if (alice.heard.includes('here')) heard = Math.min(heard, state.now - moved);
	});
	t.true(heard <= LIVELY_SILENCE_MS + 10 * DELAY, `${heard}`);
});

test('what waits goes to the new path at once, and not when a timeout of seconds ends', async t => {
	const {state, alice, bob, pass, say} = await talking();
	say(bob, 'one');
	pass(60_000);
	state.where.alice = elsewhere;
	// Nothing of alice arrives until she speaks, so that it is her who tells of the move.
	state.passes = to => sameAddress(to, atAlice);
	say(bob, 'two');
	pass(3300);
	state.passes = () => true;
	t.deepEqual(alice.heard, ['one']);
	const spoke = state.now;
	say(alice, 'I am here');
	let heard = Number.POSITIVE_INFINITY;
	pass(3000, () => {
		if (alice.heard.includes('two')) heard = Math.min(heard, state.now - spoke);
	});
	// There, the challenge, its answer, and the message: four ways of 20 ms.
	t.true(heard <= 150, `${heard}`);
});

test('what it costs: one side asks, for 20 s after the last content, and then both are as silent as ever', async t => {
	const {state, sent, bob, pass, say} = await talking();
	say(bob, 'hello');
	const since = state.now;
	pass(LIVELY_FOR_MS + 4 * USUAL_SILENCE_MS);
	const lively = sent.filter(({at}) => at > since + 500 && at <= since + LIVELY_FOR_MS);
	const by = (name: string) => lively.filter(({from}) => from === name);
	// A PING or its acknowledgement, each in the smallest datagram.
	t.true(lively.every(({size}) => size === 188));
	t.true(by('alice').length <= LIVELY_FOR_MS / LIVELY_SILENCE_MS + 1, `${by('alice').length}`);
	t.true(by('bob').length <= by('alice').length + 1, `${by('bob').length}`);
	t.true(lively.length >= 20, 'it is asked at all');
	const rate = by('alice').reduce((sum, {size}) => sum + size, 0) / (LIVELY_FOR_MS / 1000);
	t.log(`${lively.length} datagrams in ${LIVELY_FOR_MS / 1000} s, ${Math.round(rate)} B/s each way`);
	t.true(rate < 140);
	const quiet = sent.filter(({at}) => at > since + LIVELY_FOR_MS + USUAL_SILENCE_MS);
	t.true(quiet.length <= 4 * 4, `${quiet.length}`);
});

const aliceInside: Address = {host: '192.168.1.2', port: 4000};
const bobInside: Address = {host: '192.168.1.3', port: 4000};
const bobAway: Address = {host: '10.0.0.7', port: 4000};
const placeOf = (inside: Address, outside: Address): OwnPlace => ({addresses: [inside], seen: [outside]});

/** Each at home, and told where the other is there; nothing has gone to either place. */
async function apart() {
	const both = await talking();
	const {state, sent, bob, alice, pass, say} = both;
	state.place = {alice: placeOf(aliceInside, atAlice), bob: placeOf(bobAway, atBob)};
	say(bob, 'hello');
	pass(20_000);
	const toPrivate = () => sent.filter(({to}) => scopeOf(to.host) === 'private').length;
	return {...both, alice, toPrivate};
}

test('local addresses are told to a contact, and nobody sends to them from another network', async t => {
	const {state, sent, alice, bob, pass, say, toPrivate} = await apart();
	for (let count = 0; count < 30; count++) {
		say(alice, `${count}`);
		say(bob, `${count}`);
		pass(1000);
	}

	t.is(toPrivate(), 0);
	t.is(bob.heard.length, 30);
	const before = sent.length;
	state.place = {alice: undefined, bob: undefined};
	pass(1000);
	t.true(sent.length > before, 'whoever was told is told that it is over');
});

test('who comes into the network of the other is there by its local address, though the router sends nothing back inside', async t => {
	const {state, alice, bob, pass, say, toPrivate} = await apart();
	t.is(toPrivate(), 0);
	state.areTogether = true;
	state.where.bob = {...atAlice, port: 5000};
	state.place.bob = placeOf(bobInside, state.where.bob);
	state.passes = () => false;
	bob.transport.ask();
	const moved = state.now;
	say(alice, 'where are you?');
	let heard = Number.POSITIVE_INFINITY;
	pass(2000, () => {
		if (bob.heard.includes('where are you?')) heard = Math.min(heard, state.now - moved);
	});
	t.true(heard <= 1000, `${heard}`);
	t.deepEqual([alice.transport.address, bob.transport.address], [bobInside, aliceInside]);
});

test('two who meet by the public address of one router go on by the local ones', async t => {
	const {state, alice, bob, pass, say, toPrivate} = await apart();
	state.areTogether = true;
	state.where.bob = {...atAlice, port: 5000};
	state.place.bob = placeOf(bobInside, state.where.bob);
	say(bob, 'I am here');
	pass(15_000);
	t.deepEqual([alice.transport.address, bob.transport.address], [bobInside, aliceInside]);
	t.deepEqual(alice.heard, ['hello', 'I am here']);
	t.true(toPrivate() > 0);
});

test('whoever is no contact is told nothing, and what it tells is not tried', async t => {
	const {state, sent, alice, bob, pass, say} = await talking();
	const close = {...atAlice, port: 5000};
	state.areTogether = true;
	state.where.bob = close;
	state.place = {alice: undefined, bob: placeOf(bobInside, close)};
	say(bob, 'hello');
	pass(60_000);
	t.deepEqual(alice.transport.address, close);
	t.is(sent.filter(({from, to}) => from === 'alice' && scopeOf(to.host) === 'private').length, 0);
	t.is(sent.filter(({from, to}) => from === 'bob' && sameAddress(to, aliceInside)).length, 0);
});
