// The key schedule against a second, plainest possible reading of docs/protocol.md.
import {Buffer} from 'node:buffer';
import {createHash, createHmac} from 'node:crypto';
import test from 'ava';
import {deriveDh} from '../../../source/crypto/dh.ts';
import {open, sealKey} from '../../../source/crypto/seal.ts';
import {openOnce, sealOnce} from '../../../source/protocol/session/session-keys.ts';
import {consumeResp} from '../../../source/protocol/session/initiator.ts';
import {consumeFin} from '../../../source/protocol/session/responder.ts';
import {beginRekey, consumeRekey} from '../../../source/protocol/session/rekey.ts';
import {createSession, openMsg, sealMsg} from '../../../source/protocol/session/session.ts';
import {verify} from '../../../source/crypto/identity.ts';
import {entropy, isZero, meet, must, mustResp, NOW, random} from './pair.ts';

const hmac = (key: Buffer, ...parts: Buffer[]) => createHmac('sha256', key).update(Buffer.concat(parts)).digest();
const sha256 = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
const u16 = (value: number) => Buffer.of(value >> 8, value & 255);
const u32 = (value: number) => Buffer.concat([u16(value >>> 16), u16(value & 0xff_ff)]);
const append = (th: Buffer, ...parts: Buffer[]) => sha256(th, u32(Buffer.concat(parts).length), ...parts);

function el(key: Buffer, label: string, context: Buffer, size: 32 | 64): Buffer {
	const name = Buffer.from(`simchat1 ${label}`);
	const info = Buffer.concat([u16(size), Buffer.of(name.length), name, Buffer.of(context.length), context]);
	const first = hmac(key, info, Buffer.of(1));
	return size === 32 ? first : Buffer.concat([first, hmac(key, first, info, Buffer.of(2))]);
}

const field = (name: string) => Buffer.concat([Buffer.of(name.length), Buffer.from(name.padEnd(32, '\0'))]);

test('INIT, RESP, FIN, MSG and a rekey open with keys derived by hand, from the grant and one exponent', async t => {
	const met = await meet();
	const {datagram: resp, state} = await mustResp(met);
	const {established, fin} = must(await consumeResp(met.initiating, resp, NOW));
	const a = createSession(established, NOW);
	const b = createSession(must(consumeFin(state, fin)).established, NOW);
	const kc1c2 = met.grant.key;
	const [ik1, ik2] = [met.alice.identity.publicKey, met.bob.identity.publicKey];
	const who = Buffer.concat([field('alice'), field('bob'), ik1, ik2]);

	const th1 = append(sha256(Buffer.from('simchat1 session')), who);
	const th2 = append(th1, met.init.subarray(0, 735));
	const inInit = open(
		sealKey(el(kc1c2, 'session init', th1, 64)),
		met.init.subarray(255, 735),
		met.init.subarray(0, 255),
	)!;
	t.deepEqual(inInit.subarray(40, 424), met.initiating.pair.share);
	const inResp = open(sealKey(el(kc1c2, 'session resp', th2, 64)), resp.subarray(10, 490), resp.subarray(0, 10))!;
	t.is(Number(inResp.readBigUInt64BE(0)), NOW);

	const dh = (await deriveDh(met.initiating.pair.privateKey, inResp.subarray(40, 424)))!;
	const hs = hmac(el(kc1c2, 'derived', th2, 32), dh);
	const th3 = append(th2, resp.subarray(0, 490));
	const proofR = open(sealKey(el(hs, 'session resp identity', th3, 64)), resp.subarray(490), resp.subarray(0, 10))!;
	t.deepEqual(proofR.subarray(0, 32), ik2);
	t.true(verify(ik2, Buffer.concat([Buffer.from('simchat1 session responder'), th3, who]), proofR.subarray(32, 96)));
	const th4 = append(th3, resp.subarray(490));
	const proofI = open(sealKey(el(hs, 'session fin identity', th4, 64)), fin.subarray(6), fin.subarray(0, 6))!;
	t.deepEqual(proofI.subarray(0, 32), ik1);
	t.true(verify(ik1, Buffer.concat([Buffer.from('simchat1 session initiator'), th4, who]), proofI.subarray(32, 96)));
	const th5 = append(th4, fin);
	const sid = el(hs, 'session id', th5, 32);
	t.deepEqual(a.sid, sid);
	const root = el(hs, 'session root', th5, 32);

	const opens = (from: Buffer, direction: string, epoch: number, steps: number, datagram: Buffer) => {
		let chain = el(from, `chain ${direction}`, Buffer.concat([sid, u16(epoch)]), 32);
		for (let step = 0; step < steps; step++) chain = hmac(chain, Buffer.of(2));
		const key = el(hmac(chain, Buffer.of(1)), 'msg', Buffer.concat([u16(epoch), u32(steps)]), 64);
		return open(sealKey(key), datagram.subarray(12), datagram.subarray(0, 12))?.toString();
	};

	const sent = ['zero', 'one', 'two'].map(text => sealMsg(a, Buffer.from(text), random).datagram);
	t.is(opens(root, 'initiator', 0, 0, sent[0]!), 'zero');
	t.is(opens(root, 'initiator', 0, 2, sent[2]!), 'two');
	const back = sealMsg(b, Buffer.from('back'), random).datagram;
	t.is(opens(root, 'responder', 0, 0, back), 'back');

	must(openMsg(b, sent[0]!, NOW));
	must(openMsg(a, back, NOW));
	const pairs: Awaited<ReturnType<typeof entropy.dhKeyPair>>[] = [];
	const leaking = {
		...entropy,
		async dhKeyPair() {
			const pair = await entropy.dhKeyPair();
			pairs.push(pair);
			return pair;
		},
	};
	const request = await beginRekey(a, leaking);
	const {answer} = must(await consumeRekey(b, request, NOW, entropy));
	must(await consumeRekey(a, answer!, NOW, entropy));
	const label = Buffer.from('simchat1 rekey');
	const [asked, answered] = [request.subarray(0, -64), answer!.subarray(0, -64)];
	t.true(verify(ik1, Buffer.concat([label, sid, asked]), request.subarray(-64)));
	t.true(verify(ik2, Buffer.concat([label, sid, asked, answered]), answer!.subarray(-64)));
	const prk = hmac(root, (await deriveDh(pairs[0]!.privateKey, answer!.subarray(3, 387)))!);
	const next = el(prk, 'rekey root', append(append(append(sha256(label), sid), asked), answered), 32);
	t.is(opens(next, 'initiator', 1, 0, sealMsg(a, Buffer.from('new'), random).datagram), 'new');
});

test('a key of one use is wiped by it, whether the seal opens or not', t => {
	const key = random(64);
	const [sealing, opening, failing] = [Buffer.from(key), Buffer.from(key), random(64)];
	const sealed = sealOnce(sealing, Buffer.from('once'), Buffer.alloc(0), random(16));
	t.is(openOnce(opening, sealed, Buffer.alloc(0))?.toString(), 'once');
	t.is(openOnce(failing, sealed, Buffer.alloc(0)), undefined);
	t.true([sealing, opening, failing].every(isZero));
});
