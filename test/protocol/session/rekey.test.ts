import {Buffer} from 'node:buffer';
import test from 'ava';
import {deriveDh} from '../../../source/crypto/dh.ts';
import {sign} from '../../../source/crypto/identity.ts';
import {extract} from '../../../source/crypto/kdf.ts';
import {nextRoot, rekeySigned, rekeyTranscript} from '../../../source/protocol/session/session-keys.ts';
import {beginRekey, consumeRekey, needsRekey} from '../../../source/protocol/session/rekey.ts';
import {
	beginEpoch,
	countContent,
	countFiles,
	holdsContent,
	overdueAt,
	createSession,
	expireKeys,
	openMsg,
	sealMsg,
	type Session,
	wipeSession,
} from '../../../source/protocol/session/session.ts';
import {encodeLocalAddresses} from '../../../source/wire/messages/local-addresses.ts';
import {decodeRekey, encodeRekey, rekeyBody} from '../../../source/wire/messages/msg.ts';
import {connect, digest, entropy, isZero, must, NOW, person, random, reason, secretsOf, type Sessions} from './pair.ts';

const send = (session: Session, text: string) => sealMsg(session, Buffer.from(text), random).datagram;
const receive = (session: Session, datagram: Buffer, now = NOW) => {
	const step = openMsg(session, datagram, now);
	return 'drop' in step ? step.drop : step.plaintext.toString();
};

async function talking(): Promise<Sessions> {
	const sessions = await connect();
	receive(sessions.b, send(sessions.a, 'hi'));
	receive(sessions.a, send(sessions.b, 'hi'));
	return sessions;
}

async function rekey({a, b}: Sessions, now = NOW): Promise<{request: Buffer; answer: Buffer}> {
	const request = await beginRekey(a, entropy);
	const {answer} = must(await consumeRekey(b, request, now, entropy));
	must(await consumeRekey(a, answer!, now, entropy));
	return {request, answer: answer!};
}

test('request → answer → both ways on the new epoch; the responder follows once it has heard it', async t => {
	const {a, b} = await talking();
	const old = {root: a.root, sid: a.sid};
	await rekey({a, b});
	t.true(isZero(old.root));
	t.deepEqual(a.root, b.root);
	t.deepEqual(a.sid, old.sid);

	t.is(sealMsg(b, Buffer.from('x'), random).epoch, 0, 'not before it knows that the answer has come');
	const first = sealMsg(a, Buffer.from('new'), random);
	t.deepEqual([first.epoch, first.counter], [1, 0]);
	t.is(receive(b, first.datagram), 'new');
	const back = sealMsg(b, Buffer.from('new too'), random);
	t.deepEqual([back.epoch, back.counter], [1, 0]);
	t.is(receive(a, back.datagram), 'new too');
});

test('what was on its way on the old epoch still opens, on both sides, for 60 s', async t => {
	const {a, b} = await talking();
	const onTheWay = [send(a, 'a0'), send(b, 'b0')];
	const request = await beginRekey(a, entropy);
	onTheWay.push(send(a, 'a1'));
	const {answer} = must(await consumeRekey(b, request, NOW, entropy));
	onTheWay.push(send(b, 'b1'));
	t.is(receive(b, onTheWay[2]!), 'a1', 'between answer and switch');
	must(await consumeRekey(a, answer!, NOW, entropy));
	onTheWay.push(send(b, 'b2'));
	t.is(receive(b, send(a, 'new')), 'new');
	t.is(receive(a, onTheWay[3]!, NOW + 59_999), 'b1');
	t.is(receive(a, onTheWay[4]!, NOW + 59_999), 'b2');
	t.is(receive(b, onTheWay[0]!, NOW + 59_999), 'a0');
	t.is(receive(a, onTheWay[1]!, NOW + 60_000), 'epoch');
});

test('after 60 s the keys of the old epoch are wiped', async t => {
	const {a, b} = await talking();
	const held = [a.sending.key, ...secretsOf(a.receiving), ...secretsOf(b.receiving)];
	send(b, 'lost');
	receive(a, send(b, 'x'));
	held.push(...secretsOf(a.receiving), b.sending.key);
	await rekey({a, b});
	t.is(receive(b, send(a, 'new')), 'new');
	t.true([a.sending.key, b.sending.key].every(key => !isZero(key)));
	for (const session of [a, b]) expireKeys(session, NOW + 59_999);
	t.false(held.every(isZero));
	for (const session of [a, b]) expireKeys(session, NOW + 60_000);
	t.true(held.every(isZero));
	t.is(a.previous, undefined);
	t.is(b.previous, undefined);
});

test('a responder whose answer is lost keeps the old epoch for as long as it takes', async t => {
	const {a, b} = await talking();
	must(await consumeRekey(b, await beginRekey(a, entropy), NOW, entropy));
	expireKeys(b, NOW + 300_000);
	t.is(receive(b, send(a, 'still old'), NOW + 300_000), 'still old');
	t.is(receive(a, send(b, 'old too'), NOW + 300_000), 'old too');
});

test('epoch after epoch: at most two are held, and skipped keys of the one before expire in time', async t => {
	const sessions = await talking();
	const {a, b} = sessions;
	for (let epoch = 1; epoch <= 5; epoch++) {
		const before = secretsOf(b.previous);
		send(a, 'lost');
		receive(b, send(a, 'x'));
		await rekey(sessions);
		t.true(before.every(isZero));
		t.is(receive(b, send(a, `${epoch}`)), `${epoch}`);
		t.is(receive(a, send(b, `${epoch}`)), `${epoch}`);
		t.is(b.receiving.epoch, epoch);
		t.is(b.previous?.chain.epoch, epoch - 1);
	}

	const late = secretsOf(b.previous?.chain.skipped);
	t.is(late.length, 1);
	expireKeys(b, NOW + 30_000);
	t.false(late.every(isZero));
});

test('a rekey is due after 100 messages, or 120 s with any message, and only for the initiator that has heard the epoch', async t => {
	const {a, b} = await connect();
	t.false(needsRekey(a, NOW + 600_000), 'nothing said, nothing to protect');
	countContent(a, NOW, 99);
	t.false(needsRekey(a, NOW + 600_000), 'nothing heard yet');
	receive(a, send(b, 'hi'));
	t.false(needsRekey(a, NOW + 119_999));
	t.true(needsRekey(a, NOW + 120_000));
	countContent(a, NOW);
	t.true(needsRekey(a, NOW));

	receive(b, send(a, 'hi'));
	for (let count = 0; count < 100; count++) countContent(b, NOW);
	t.false(needsRekey(b, NOW));
	await t.throwsAsync(beginRekey(b, entropy));

	for (let count = 0; count < 100; count++) countContent(a, NOW);
	const request = await beginRekey(a, entropy);
	t.false(needsRekey(a, NOW), 'one is under way');
	await t.throwsAsync(beginRekey(a, entropy));
	const {answer} = must(await consumeRekey(b, request, NOW, entropy));
	must(await consumeRekey(a, answer!, NOW, entropy));
	for (let count = 0; count < 100; count++) countContent(a, NOW);
	t.false(needsRekey(a, NOW), 'the new epoch is not heard yet');
	receive(b, send(a, 'new'));
	receive(a, send(b, 'new'));
	t.true(needsRekey(a, NOW));
	t.is(a.messages, 300);
});

test('for files a rekey is due by time alone, however many messages there are, and overdue as for content', async t => {
	const {a, b} = await talking();
	countFiles(a, NOW, 10_000_000);
	t.false(needsRekey(a, NOW + 119_999));
	t.true(needsRekey(a, NOW + 120_000));
	t.deepEqual([overdueAt(a), holdsContent(a), a.messages], [NOW + 150_000, false, 0]);
	await rekey({a, b}, NOW + 121_000);
	t.is(overdueAt(a), Number.POSITIVE_INFINITY);
	receive(b, send(a, 'new'), NOW + 121_000);
	receive(a, send(b, 'new'), NOW + 121_000);
	countFiles(a, NOW + 500_000);
	t.true(needsRekey(a, NOW + 500_000));
});

test('a request or an answer of another epoch is refused and changes nothing', async t => {
	const {a, b} = await talking();
	const {request, answer} = await rekey({a, b});
	receive(b, send(a, 'new'));
	receive(a, send(b, 'new'));
	const before = digest([a, b]);
	t.is(reason(await consumeRekey(b, request, NOW, entropy)), 'epoch');
	t.is(reason(await consumeRekey(a, answer, NOW, entropy)), 'epoch');
	t.is(digest([a, b]), before);

	const next = await beginRekey(a, entropy);
	const pending = digest(a);
	t.is(reason(await consumeRekey(a, answer, NOW, entropy)), 'epoch');
	t.is(digest(a), pending);
	const {answer: fresh} = must(await consumeRekey(b, next, NOW, entropy));
	t.is(reason(await consumeRekey(b, next, NOW, entropy)), 'epoch');
	const early = {kind: 'request' as const, epoch: 3, share: (await entropy.dhKeyPair()).share, kem: Buffer.alloc(0)};
	const signature = sign(a.local.identity, rekeySigned(a.sid, rekeyBody(early)));
	t.is(
		reason(await consumeRekey(b, encodeRekey({...early, signature}), NOW, entropy)),
		'epoch',
		'two are held already',
	);
	must(await consumeRekey(a, fresh!, NOW, entropy));
	t.is(receive(b, send(a, 'third')), 'third');
});

test('a request that nobody signed, or somebody else, or for another share, is refused and changes nothing', async t => {
	const {a, b} = await talking();
	const request = decodeRekey(await beginRekey(a, entropy))!;
	const {identity} = person('mallory');
	const own = {...request, share: (await entropy.dhKeyPair()).share};
	const forged = [
		{...request, signature: Buffer.alloc(64)},
		{...request, signature: sign(identity, rekeySigned(b.sid, rekeyBody(request)))},
		own,
		{...own, signature: sign(identity, rekeySigned(b.sid, rekeyBody(own)))},
		{...request, signature: sign(a.local.identity, rekeySigned(random(32), rekeyBody(request)))},
	];
	const before = digest(b);
	for (const each of forged) t.is(reason(await consumeRekey(b, encodeRekey(each), NOW, entropy)), 'signature');
	const stale = {...request, epoch: 3};
	const signed = {...stale, signature: sign(a.local.identity, rekeySigned(b.sid, rekeyBody(stale)))};
	t.is(reason(await consumeRekey(b, encodeRekey(signed), NOW, entropy)), 'epoch');
	const weak = {...request, share: Buffer.alloc(384)};
	const weakSigned = {...weak, signature: sign(a.local.identity, rekeySigned(b.sid, rekeyBody(weak)))};
	t.is(reason(await consumeRekey(b, encodeRekey(weakSigned), NOW, entropy)), 'share');
	const kem = {...request, kem: random(1184)};
	t.is(reason(await consumeRekey(b, encodeRekey(kem), NOW, entropy)), 'malformed');
	// As a build does that knows of no other message on the control channel.
	t.is(reason(await consumeRekey(b, encodeLocalAddresses([]), NOW, entropy)), 'malformed');
	t.is(digest(b), before);
	t.is(reason(await consumeRekey(b, encodeRekey(request), NOW, entropy)), undefined);
});

test('an answer signed over another request is refused; the genuine one still completes', async t => {
	const {a, b} = await talking();
	const request = await beginRekey(a, entropy);
	const {answer} = must(await consumeRekey(b, request, NOW, entropy));
	const decoded = decodeRekey(answer!)!;
	const lone = {...decoded, signature: sign(b.local.identity, rekeySigned(b.sid, rekeyBody(decoded)))};
	const before = digest(a);
	t.is(reason(await consumeRekey(a, encodeRekey(lone), NOW, entropy)), 'signature');
	t.is(digest(a), before);
	t.is(reason(await consumeRekey(a, answer!, NOW, entropy)), undefined);
});

test('two copies of a request or an answer at once begin one epoch', async t => {
	const {a, b} = await talking();
	const request = await beginRekey(a, entropy);
	const answers = await Promise.all([1, 2].map(() => consumeRekey(b, request, NOW, entropy)));
	t.deepEqual(answers.map(reason), [undefined, 'epoch']);
	const {answer} = must(answers[0]!);
	const ends = await Promise.all([1, 2].map(() => consumeRekey(a, answer!, NOW, entropy)));
	t.deepEqual(ends.map(reason), [undefined, 'epoch']);
	t.is(a.receiving.epoch, 1);
	t.is(receive(b, send(a, 'new')), 'new');
});

test('a session that is wiped during a rekey stays wiped', async t => {
	const {a, b} = await talking();
	const running = beginRekey(a, entropy);
	wipeSession(a);
	const request = await running;
	t.is(a.rekey, undefined);
	const answering = consumeRekey(b, request, NOW, entropy);
	wipeSession(b);
	t.is(reason(await answering), 'closed');
	t.true(secretsOf(b).every(isZero));

	const other = await talking();
	const {answer} = must(await consumeRekey(other.b, await beginRekey(other.a, entropy), NOW, entropy));
	const completing = consumeRekey(other.a, answer!, NOW, entropy);
	wipeSession(other.a);
	t.is(reason(await completing), 'closed');
	t.true(secretsOf(other.a).every(isZero));
	t.is(reason(await consumeRekey(other.a, answer!, NOW, entropy)), 'closed');
});

test('who steals the root key of an epoch, and hears all, cannot open the next one; with an exponent it could', async t => {
	const {a, b} = await talking();
	const stolen = Buffer.from(a.root);
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
	const secret = send(a, 'secret');

	const [asked, answered] = [decodeRekey(request)!, decodeRekey(answer!)!];
	const [gs, gd] = [asked.share, answered.share];
	const th = rekeyTranscript(b.sid, rekeyBody(asked), rekeyBody(answered));
	/** The thief's copy of the responder's session, moved to the next epoch by `root`. */
	const opens = (root: Buffer) => {
		const {role, local, peer, localIndex, remoteIndex, suite, sid} = b;
		const established = {role, local, peer, localIndex, remoteIndex, suite, sid, root: Buffer.from(stolen)};
		const copy = createSession(established, NOW);
		beginEpoch(copy, root, NOW);
		return receive(copy, secret);
	};

	const next = (root: Buffer, dh: Buffer, over = th) => opens(nextRoot(root, Buffer.from(dh), over));
	const guesses = [Buffer.alloc(0), gs, gd, Buffer.concat([gs, gd]), Buffer.concat([gd, gs]), request, answer!, stolen];
	t.is(opens(Buffer.from(stolen)), 'tag');
	for (const guess of guesses) t.deepEqual([next(stolen, guess), opens(extract(stolen, guess))], ['tag', 'tag']);
	const mine = await entropy.dhKeyPair();
	for (const share of [gs, gd]) t.is(next(stolen, (await deriveDh(mine.privateKey, share))!), 'tag');

	const dh = (await deriveDh(pairs[0]!.privateKey, gd))!;
	t.is(next(stolen, dh), 'secret');
	t.is(next(random(32), dh), 'tag', 'nor is the exponent enough without the root');
	t.is(next(stolen, dh, rekeyTranscript(b.sid, rekeyBody(answered), rekeyBody(asked))), 'tag', 'nor in another order');
});

test('every bit of both bodies, and the session, is in the next root', t => {
	const [root, secret, sid] = [random(32), random(384), random(32)];
	const [request, answer] = (['request', 'answer'] as const).map(kind =>
		rekeyBody({kind, epoch: 1, share: random(384), kem: Buffer.alloc(0)}),
	) as [Buffer, Buffer];
	const rootOf = () => nextRoot(root, Buffer.from(secret), rekeyTranscript(sid, request, answer)).toString('hex');
	const roots = new Set([rootOf()]);
	let changed = 0;
	for (const bytes of [sid, request, answer]) {
		for (let bit = 0; bit < bytes.length * 8; bit++) {
			const flip = () => bytes.writeUInt8(bytes[bit >> 3]! ^ (1 << (bit & 7)), bit >> 3);
			flip();
			roots.add(rootOf());
			changed++;
			flip();
		}
	}

	t.is(roots.size, 1 + changed);
	t.true(roots.has(rootOf()), 'every bit is back');
});

test('the next root wipes the secret that it takes', t => {
	const secret = random(384);
	nextRoot(random(32), secret, random(32));
	t.true(isZero(secret));
});
