// Sessions between devices that a log admits: with another device of a contact, and with one of the own account.
import test from 'ava';
import {SUITE_DH} from '../../../source/wire/suite.ts';
import {consumeResp, createInit} from '../../../source/protocol/session/initiator.ts';
import {consumeFin, consumeInit} from '../../../source/protocol/session/responder.ts';
import {NOW, type Person, atAlice, entropy, introduce, must, person, reason, responderOf} from './pair.ts';

/** What somebody has pinned whose log of an account admits these devices. */
function admitting(founder: Person, ...devices: readonly Person[]) {
	const admits = (key: Buffer) => devices.some(({identity}) => identity.publicKey.equals(key));
	return {identityKey: founder.identity.publicKey, suite: SUITE_DH, admits};
}

type Pin = ReturnType<typeof admitting> | undefined;

/** A whole handshake between two devices; why it ended, or whom each side has met. */
async function talk(from: Person, to: Person, pins: {readonly from: Pin; readonly to: Pin}) {
	const grant = introduce(from, to);
	const peer = {name: to.name, pinned: pins.from};
	const made = await createInit({local: from, peer, grant, index: 1, now: NOW, entropy});
	if ('drop' in made) return `initiator: ${made.drop}`;
	const step = await consumeInit(responderOf(to), made.datagram, atAlice, NOW, () => pins.to);
	if ('drop' in step) return `responder: ${step.drop}`;
	if (step.kind !== 'resp') throw new Error(step.kind);
	const {established, fin} = must(await consumeResp(made.state, step.datagram, NOW));
	const other = must(consumeFin(step.state, fin)).established;
	return [established.peer.identityKey, other.peer.identityKey];
}

const [alice, laptop, phone] = [person('alice'), person('alice'), person('alice')];
const bob = person('bob');
const [alices, bobs] = [admitting(alice, alice, laptop), admitting(bob, bob)];

test('two devices of one account talk, each known by its key', async t => {
	t.deepEqual(await talk(alice, laptop, {from: alices, to: alices}), [
		laptop.identity.publicKey,
		alice.identity.publicKey,
	]);
});

test('a contact talks with a further device that its log admits, and is met by its own key', async t => {
	t.deepEqual(await talk(bob, laptop, {from: alices, to: bobs}), [laptop.identity.publicKey, bob.identity.publicKey]);
	t.deepEqual(await talk(laptop, bob, {from: bobs, to: alices}), [bob.identity.publicKey, laptop.identity.publicKey]);
});

test('no session with a device that the log does not admit, or has removed: neither side begins or answers one', async t => {
	t.is(await talk(bob, phone, {from: alices, to: bobs}), 'initiator: device');
	t.is(await talk(phone, bob, {from: bobs, to: alices}), 'responder: device');
	t.is(await talk(alice, phone, {from: alices, to: alices}), 'initiator: device');
	t.is(await talk(phone, alice, {from: alices, to: alices}), 'responder: device');
	// The first device, too, once it is removed.
	const without = admitting(alice, laptop);
	t.is(await talk(bob, alice, {from: without, to: bobs}), 'initiator: device');
});

test('a device does not talk to itself, nor to its own account while it knows no log of it', async t => {
	t.is(await talk(alice, alice, {from: alices, to: alices}), 'initiator: self');
	t.is(await talk(alice, laptop, {from: undefined, to: alices}), 'initiator: self');
	t.is(await talk(laptop, alice, {from: alices, to: undefined}), 'responder: self');
	const grant = introduce(alice, bob, {claimTo: alice.identity.publicKey});
	const peer = {name: 'bob', pinned: bobs};
	t.is(reason(await createInit({local: alice, peer, grant, index: 1, now: NOW, entropy})), 'self');
});

test('who knows no log of a contact takes its founding key alone, and calls another one changed', async t => {
	const {admits: _, ...pinned} = alices;
	const peer = {name: 'alice', pinned};
	const made = await createInit({local: bob, peer, grant: introduce(bob, laptop), index: 1, now: NOW, entropy});
	t.is(reason(made), 'identity');
});
