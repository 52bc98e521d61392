// PROBE: each datagram counts for its own introduction and in its own direction, and not with one bit changed.
import {Buffer} from 'node:buffer';
import test from 'ava';
import fc from 'fast-check';
import {expandLabel} from '../../../source/crypto/kdf.ts';
import {sha256} from '../../../source/crypto/hash.ts';
import {systemRandom as random} from '../../../source/crypto/random.ts';
import {
	type ProbeKeys,
	createAnswer,
	createAsk,
	deriveProbeKeys,
	openProbe,
	wipeProbeKeys,
} from '../../../source/protocol/path/probe-keys.ts';
import {PROBE_SIZE} from '../../../source/wire/messages/probe.ts';

const from = {host: '192.0.2.7', port: 4000};

function introduction(): {initiator: ProbeKeys; responder: ProbeKeys} {
	const [key, ticket] = [random(32), random(248)];
	return {initiator: deriveProbeKeys(key, ticket, 'initiator'), responder: deriveProbeKeys(key, ticket, 'responder')};
}

/** A side that knows these introductions. */
const side =
	(...known: ProbeKeys[]) =>
	(datagram: Buffer) =>
		openProbe(datagram, tag => {
			const keys = known.find(each => each.tag.equals(tag));
			return keys && {keys};
		});

test('both sides derive the same keys from Kc1c2 and the ticket, one for each direction', t => {
	const [key, ticket] = [random(32), random(248)];
	const ours = deriveProbeKeys(key, ticket, 'initiator');
	const theirs = deriveProbeKeys(key, ticket, 'responder');
	const all = expandLabel(key, 'probe', sha256(ticket), 68);
	t.deepEqual(Buffer.concat([ours.tag, ours.own, ours.other]), all);
	t.deepEqual([theirs.tag, theirs.own, theirs.other], [ours.tag, ours.other, ours.own]);
	t.notDeepEqual(deriveProbeKeys(key, random(248), 'initiator').tag, ours.tag);
	wipeProbeKeys(ours);
	t.deepEqual([ours.own, ours.other], [Buffer.alloc(32), Buffer.alloc(32)]);
});

test('an ask tells its nonce, its answer also from where the ask came; both have 64 bytes', t => {
	const {initiator, responder} = introduction();
	const nonce = random(12);
	const [ask, answer] = [createAsk(initiator, nonce), createAnswer(responder, nonce, from)];
	t.deepEqual([ask.length, answer.length], [PROBE_SIZE, PROBE_SIZE]);
	t.like(side(responder)(ask), {probe: {kind: 'ask', nonce}});
	t.like(side(initiator)(answer), {probe: {kind: 'answer', nonce, observed: from}});
});

test('every flipped bit, every cut and a byte more is dropped', t => {
	const {initiator, responder} = introduction();
	const nonce = random(12);
	for (const [take, genuine] of [
		[side(responder), createAsk(initiator, nonce)],
		[side(initiator), createAnswer(responder, nonce, from)],
	] as const) {
		for (let bit = 0; bit < genuine.length * 8; bit++) {
			const bytes = Buffer.from(genuine);
			bytes[bit >> 3]! ^= 1 << (bit & 7);
			t.true('drop' in take(bytes), `bit ${bit}`);
		}

		for (let size = 0; size < genuine.length; size++) t.deepEqual(take(genuine.subarray(0, size)), {drop: 'malformed'});
		t.deepEqual(take(Buffer.concat([genuine, Buffer.of(0)])), {drop: 'malformed'});
		t.true('probe' in take(genuine));
	}
});

test('reflected, of another introduction, or under its tag: dropped', t => {
	const [one, other] = [introduction(), introduction()];
	const nonce = random(12);
	t.deepEqual(side(one.initiator)(createAsk(one.initiator, nonce)), {drop: 'mac'}, 'reflected');
	t.deepEqual(side(one.responder)(createAnswer(one.responder, nonce, from)), {drop: 'mac'}, 'reflected');
	t.deepEqual(side(one.responder)(createAsk(other.initiator, nonce)), {drop: 'tag'});
	const renamed = {...other.initiator, tag: one.initiator.tag};
	t.deepEqual(side(one.responder, other.responder)(createAsk(renamed, nonce)), {drop: 'mac'});
	const later = Buffer.from(createAsk(one.initiator, nonce));
	later[1] = 2;
	t.deepEqual(side(one.responder)(later), {drop: 'version'});
});

test('no bytes at all throw', t => {
	const {responder} = introduction();
	const take = side(responder);
	const bytes = fc.oneof(
		fc.uint8Array({maxLength: 80}),
		fc.uint8Array({minLength: 58, maxLength: 58}).map(rest => Uint8Array.of(9, 1, ...responder.tag, ...rest)),
	);
	t.notThrows(() => fc.assert(fc.property(bytes, array => 'drop' in take(Buffer.from(array)))));
});
