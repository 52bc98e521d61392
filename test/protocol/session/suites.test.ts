// Which suite two clients use is their own business: both say under their signatures what they speak, so a server that wants a
// weaker one than they could use has no session. Suite 2 stands for one that is to come: here it is a number alone.
import test from 'ava';
import {consumeResp, createInit} from '../../../source/protocol/session/initiator.ts';
import {consumeFin, consumeInit, createResponder} from '../../../source/protocol/session/responder.ts';
import {decodeResp, encodeResp} from '../../../source/wire/messages/handshake.ts';
import {suiteBits, suitesIn} from '../../../source/wire/suite.ts';
import {
	atAlice,
	digest,
	entropy,
	firstContact,
	introduce,
	must,
	NOW,
	person,
	pinnedOf,
	random,
	randomIndex,
	reason,
	ticketsOf,
} from './pair.ts';

type Case = {
	/** What each speaks, strongest first. */
	readonly alice: readonly number[];
	readonly bob: readonly number[];
	/** What the server has them use. */
	readonly suite: number;
	/** The highest that each has used with the other. */
	readonly usedByAlice?: number;
	readonly usedByBob?: number;
};

/** Where the handshake ends, and with which reason; or the suite in which both stand. */
async function shake({alice, bob, suite, usedByAlice, usedByBob}: Case): Promise<string> {
	const [a, b] = [person('alice'), person('bob')];
	const grant = introduce(a, b, {suite});
	const peer = {name: 'bob', pinned: usedByAlice === undefined ? undefined : pinnedOf(b, usedByAlice)};
	const made = await createInit({local: a, peer, suites: alice, grant, index: 1, now: NOW, entropy});
	if ('drop' in made) return `alice: ${made.drop}`;
	const options = {local: b, tickets: ticketsOf(b), entropy, newIndex: randomIndex, now: NOW};
	const responder = createResponder({...options, suites: bob});
	const before = digest(responder);
	const step = await consumeInit(responder, made.datagram, atAlice, NOW, () =>
		usedByBob === undefined ? undefined : pinnedOf(a, usedByBob),
	);
	if ('drop' in step) return digest(responder) === before ? `bob: ${step.drop}` : 'bob remembers what he refused';
	if (step.kind !== 'resp') return step.kind;
	const opened = await consumeResp(made.state, step.datagram, NOW);
	if ('drop' in opened) return `alice: ${opened.drop}`;
	const {established} = must(consumeFin(step.state, opened.fin));
	return established.suite === opened.established.suite ? `suite ${established.suite}` : 'they differ';
}

const both = [2, 1];
const old = [1];
/** A client of before, which has 0 where others say what they speak. */
const silent = Object.assign([1], {reduce: () => 0});
const cases: Array<[string, Case, string]> = [
	['the strongest of both', {alice: both, bob: both, suite: 2}, 'suite 2'],
	['one that speaks suite 1 alone, and one of tomorrow', {alice: old, bob: both, suite: 1}, 'suite 1'],
	['one of tomorrow, and one that speaks suite 1 alone', {alice: both, bob: old, suite: 1}, 'suite 1'],
	['a client of before, and one of tomorrow', {alice: silent, bob: both, suite: 1}, 'suite 1'],
	['one of tomorrow, and a client of before', {alice: both, bob: silent, suite: 1}, 'suite 1'],
	['the server wants a weaker one than both speak', {alice: both, bob: both, suite: 1}, 'bob: downgrade'],
	['the server wants one that alice does not speak', {alice: old, bob: both, suite: 2}, 'alice: suite'],
	['the server wants one that bob does not speak', {alice: both, bob: old, suite: 2}, 'bob: suite'],
	['alice has used a higher one with bob', {alice: both, bob: old, suite: 1, usedByAlice: 2}, 'alice: downgrade'],
	['bob has used a higher one with alice', {alice: old, bob: both, suite: 1, usedByBob: 2}, 'bob: downgrade'],
	['both have used this one before', {alice: both, bob: both, suite: 2, usedByAlice: 2, usedByBob: 2}, 'suite 2'],
	['a lower one was used before', {alice: both, bob: both, suite: 2, usedByAlice: 1, usedByBob: 1}, 'suite 2'],
];
for (const [title, wish, outcome] of cases) {
	test(`${title}: ${outcome}`, async t => {
		t.is(await shake(wish), outcome);
	});
}

test('the server cannot have alice use a weaker suite by what bob does not look at: his signed word ends it', async t => {
	const [alice, bob] = [person('alice'), person('bob')];
	const grant = introduce(alice, bob, {suite: 1});
	const peer = {name: 'bob', pinned: pinnedOf(bob)};
	const made = must(await createInit({local: alice, peer, suites: both, grant, index: 1, now: NOW, entropy}));
	// A bob who says that he speaks both, and goes on in the weaker one all the same.
	const suites = Object.assign([...both], {find: () => 1});
	const options = {local: bob, tickets: ticketsOf(bob), entropy, newIndex: randomIndex, now: NOW, suites};
	const step = must(await consumeInit(createResponder(options), made.datagram, atAlice, NOW, firstContact));
	if (step.kind !== 'resp') throw new Error(step.kind);
	const resp = decodeResp(step.datagram)!;
	const forged = encodeResp({...resp, identity: random(160)});
	t.is(reason(await consumeResp(made.state, forged, NOW)), 'tag', 'what is not signed ends nothing');
	t.is(reason(await consumeResp(made.state, step.datagram, NOW)), 'downgrade');
});

test('suites as bits: what a client of before says, which is nothing, means suite 1', t => {
	t.is(suiteBits([1]), 1);
	t.is(suiteBits([8, 2, 1]), 0b1000_0011);
	t.deepEqual(suitesIn(0b1000_0011), [8, 2, 1]);
	t.deepEqual(suitesIn(0), [1]);
});
