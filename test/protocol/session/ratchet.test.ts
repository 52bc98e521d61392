import {Buffer} from 'node:buffer';
import test from 'ava';
import fc from 'fast-check';
import {expireKeys, openMsg, sealMsg, type Session} from '../../../source/protocol/session/session.ts';
import {connect, digest, isZero, must, NOW, random, reason, secretsOf} from './pair.ts';

const send = (session: Session, text: string) => sealMsg(session, Buffer.from(text), random).datagram;
const receive = (session: Session, datagram: Buffer, now = NOW) => {
	const step = openMsg(session, datagram, now);
	return 'drop' in step ? step.drop : step.plaintext.toString();
};

test('datagrams open in any order, each once', async t => {
	const {a, b} = await connect();
	await fc.assert(
		fc.asyncProperty(fc.array(fc.nat(), {minLength: 1, maxLength: 40}), async order => {
			const sent = order.map((rank, index) => ({rank, text: `${index}`, datagram: send(a, `${index}`)}));
			sent.sort((one, other) => one.rank - other.rank);
			for (const {datagram, text} of sent) if (receive(b, datagram) !== text) return false;
			return sent.every(({datagram}) => receive(b, datagram) === 'used') && b.receiving.skipped.size === 0;
		}),
		{numRuns: 30},
	);
	t.is(b.receiving.next, a.sending.counter);
});

test('256 lost in a row are leapt over, 257 are not', async t => {
	const {a, b} = await connect();
	const lost = Array.from({length: 257}, (_, index) => send(a, `${index}`));
	const before = digest(b);
	t.is(receive(b, send(a, 'too far')), 'ahead');
	t.is(digest(b), before);
	t.is(receive(b, lost[256]!), '256');
	t.is(b.receiving.skipped.size, 256);
	for (const [index, datagram] of lost.slice(0, 256).entries()) t.is(receive(b, datagram), `${index}`);
	t.is(b.receiving.skipped.size, 0);
});

test('at most 256 skipped keys are kept; the oldest is wiped first', async t => {
	const {a, b} = await connect();
	const first = send(a, 'first');
	const second = send(a, 'second');
	for (let count = 2; count < 256; count++) send(a, 'lost');
	t.is(receive(b, send(a, 'x')), 'x');
	const {key} = b.receiving.skipped.get(0)!;
	send(a, 'lost');
	t.is(receive(b, send(a, 'y')), 'y');
	t.is(b.receiving.skipped.size, 256);
	t.true(isZero(key));
	t.is(receive(b, first), 'used');
	t.is(receive(b, second), 'second');
});

test('a skipped key waits 60 s, then it is refused and wiped', async t => {
	const {a, b} = await connect();
	const late = [send(a, 'late'), send(a, 'later')];
	t.is(receive(b, send(a, 'now')), 'now');
	const held = secretsOf(b.receiving.skipped);
	t.is(held.length, 2);
	t.is(receive(b, late[0]!, NOW + 59_999), 'late');
	t.is(receive(b, late[1]!, NOW + 60_000), 'used');
	t.false(isZero(held[1]!));
	expireKeys(b, NOW + 59_999);
	t.false(isZero(held[1]!));
	expireKeys(b, NOW + 60_000);
	t.true(held.every(isZero));
	t.is(b.receiving.skipped.size, 0);
});

test('a datagram that opens wipes the keys whose time is over', async t => {
	const {a, b} = await connect();
	send(a, 'lost');
	t.is(receive(b, send(a, 'now')), 'now');
	const held = secretsOf(b.receiving.skipped);
	t.is(receive(b, send(a, 'much later'), NOW + 60_000), 'much later');
	t.true(held.every(isZero));
});

test('keys are wiped once used: sending, receiving, skipped', async t => {
	const {a, b} = await connect();
	const sending = Buffer.from(a.sending.key);
	const datagrams = [send(a, '0'), send(a, '1'), send(a, '2')];
	t.false(secretsOf(a).some(key => key.equals(sending)));
	const chain = Buffer.from(b.receiving.keys[0]!);
	t.is(receive(b, datagrams[2]!), '2');
	t.false(secretsOf(b).some(key => key.equals(chain)));
	const {key} = b.receiving.skipped.get(0)!;
	t.is(receive(b, datagrams[0]!), '0');
	t.true(isZero(key));
	t.deepEqual([...b.receiving.skipped.keys()], [1]);
});

test('forged counters cost one walk of at most 257 steps, commit nothing, and the genuine datagram opens', async t => {
	const {a, b} = await connect();
	const genuine = send(a, 'genuine');
	const before = digest(b);
	for (let counter = 0; counter < 2000; counter++) {
		const forged = Buffer.from(genuine);
		forged.writeUInt32BE(counter < 1000 ? counter : 2 ** 32 - counter, 8);
		forged[20]! ^= 1;
		t.is(receive(b, forged), counter <= 256 ? 'tag' : 'ahead');
	}

	t.true(b.receiving.keys.length <= 257);
	t.is(digest(b), before);
	t.is(receive(b, genuine), 'genuine');
});

test('a key looked up ahead is the key that the walk would have found', async t => {
	const {a, b} = await connect();
	const sent = Array.from({length: 30}, (_, index) => send(a, `${index}`));
	const forged = Buffer.from(sent[20]!);
	forged[30]! ^= 1;
	t.is(receive(b, forged), 'tag');
	for (const [index, datagram] of sent.entries()) t.is(receive(b, datagram), `${index}`);
});

test('a forged datagram on a skipped counter leaves its key for the genuine one', async t => {
	const {a, b} = await connect();
	const late = send(a, 'late');
	t.is(receive(b, send(a, 'now')), 'now');
	const forged = Buffer.from(late);
	forged[40]! ^= 1;
	const before = digest(b);
	t.is(receive(b, forged), 'tag');
	t.is(digest(b), before);
	t.is(receive(b, late), 'late');
});

test('no two datagrams share a key, a counter or a byte pattern', async t => {
	const {a} = await connect();
	const sent = Array.from({length: 50}, () => must(sealMsg(a, Buffer.alloc(127), random)));
	t.deepEqual(
		sent.map(({counter}) => counter),
		sent.map((_, index) => index),
	);
	t.is(new Set(sent.map(({datagram}) => datagram.toString('hex', 12))).size, 50);
	t.is(reason(sent[0]), undefined);
});
