import {Buffer} from 'node:buffer';
import test from 'ava';
import {
	countContent,
	countFiles,
	isSpent,
	openMsg,
	sealMsg,
	wipeSession,
} from '../../../source/protocol/session/session.ts';
import {beginRekey, consumeRekey} from '../../../source/protocol/session/rekey.ts';
import {DATAGRAM_LIMIT} from '../../../source/wire/datagram.ts';
import {PLAINTEXT_LIMIT} from '../../../source/wire/messages/msg.ts';
import {connect, digest, entropy, isZero, must, NOW, random, reason, secretsOf} from './pair.ts';

test('the largest plaintext fits one datagram, and comes back whole', async t => {
	const {a, b} = await connect();
	const plaintext = random(PLAINTEXT_LIMIT);
	const {datagram, epoch, counter} = sealMsg(a, plaintext, random);
	t.true(datagram.length <= DATAGRAM_LIMIT);
	t.deepEqual(must(openMsg(b, datagram, NOW)), {plaintext, epoch, counter});
});

test('another version, index, epoch or length is dropped before any key is touched', async t => {
	const {a, b} = await connect();
	const {datagram} = sealMsg(a, Buffer.alloc(127), random);
	const cases: Array<[string, (bytes: Buffer) => Buffer]> = [
		['version', bytes => (bytes.writeUInt8(2, 1), bytes)],
		['index', bytes => (bytes.writeUInt32BE((b.localIndex ^ 1) >>> 0, 2), bytes)],
		['epoch', bytes => (bytes.writeUInt16BE(1, 6), bytes)],
		['ahead', bytes => (bytes.writeUInt32BE(257, 8), bytes)],
		['malformed', bytes => bytes.subarray(0, -1)],
	];
	const before = digest(b);
	for (const [expected, change] of cases) t.is(reason(openMsg(b, change(Buffer.from(datagram)), NOW)), expected);
	t.is(digest(b), before);
	t.is(reason(openMsg(b, datagram, NOW)), undefined);
});

test('a session is spent after 65536 messages, after 10 min of silence, and at the last epoch', async t => {
	const {a, b} = await connect();
	t.false(isSpent(b, NOW + 599_999));
	t.true(isSpent(b, NOW + 600_000));
	must(openMsg(b, sealMsg(a, Buffer.alloc(127), random).datagram, NOW + 599_999));
	t.false(isSpent(b, NOW + 600_000));
	for (let count = 0; count < 65_535; count++) countContent(a, NOW);
	t.false(isSpent(a, NOW));
	countContent(a, NOW);
	t.true(isSpent(a, NOW));
	const last = {...b, receiving: {...b.receiving, epoch: 65_535}};
	t.true(isSpent(last, NOW));
	countFiles(b, NOW, 999_999_999);
	t.false(isSpent(b, NOW));
	countFiles(b, NOW);
	t.true(isSpent(b, NOW));
});

test('the millionth datagram of an epoch opens as the first does', async t => {
	const {a, b} = await connect();
	for (const chain of [a.sending, b.sending]) chain.counter = 1_000_000;
	for (const chain of [a.receiving, b.receiving]) chain.next = 1_000_000;
	for (const [from, to] of [
		[a, b],
		[b, a],
	] as const) {
		const {datagram, counter} = sealMsg(from, Buffer.alloc(127, 1), random);
		t.is(counter, 1_000_000);
		t.deepEqual(must(openMsg(to, datagram, NOW)).plaintext, Buffer.alloc(127, 1));
	}
});

test('wiping a session zeroes every key that it ever held; it then drops and refuses', async t => {
	const {a, b} = await connect();
	const held = [...secretsOf(a), ...secretsOf(b)];
	const hold = () => held.push(...secretsOf(a), ...secretsOf(b));
	sealMsg(a, Buffer.alloc(127), random);
	must(openMsg(b, sealMsg(a, Buffer.alloc(127), random).datagram, NOW));
	must(openMsg(a, sealMsg(b, Buffer.alloc(127), random).datagram, NOW));
	hold();
	const request = await beginRekey(a, entropy);
	const {answer} = must(await consumeRekey(b, request, NOW, entropy));
	hold();
	t.truthy(b.nextSending);
	must(await consumeRekey(a, answer!, NOW, entropy));
	hold();
	t.true(held.length > 20);

	const late = sealMsg(a, Buffer.alloc(127), random).datagram;
	hold();
	wipeSession(a);
	wipeSession(b);
	// The shares of a pending rekey are public.
	const open = new Set([...held].filter(bytes => bytes.length > 64));
	t.deepEqual(
		held.filter(bytes => !open.has(bytes) && !isZero(bytes)),
		[],
	);
	t.is(reason(openMsg(b, late, NOW)), 'closed');
	t.throws(() => sealMsg(a, Buffer.alloc(127), random), {message: /wiped/});
});
