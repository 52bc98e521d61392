// The server as the attacker: it makes every K_c1c2, knows every ticket key and carries every datagram. It lacks the identity keys.
import {Buffer} from 'node:buffer';
import test from 'ava';
import {deriveDh} from '../../../source/crypto/dh.ts';
import {sign} from '../../../source/crypto/identity.ts';
import {
	finIdentityKey,
	handshakeSecret,
	handshakeSigned,
	initBody,
	initKey,
	openingTranscript,
	openOnce,
	respIdentityKey,
	respKey,
	sealOnce,
	sessionSecrets,
} from '../../../source/protocol/session/session-keys.ts';
import {consumeResp, createInit, type Initiating} from '../../../source/protocol/session/initiator.ts';
import {consumeFin, createResponder, consumeInit} from '../../../source/protocol/session/responder.ts';
import {createSession, openMsg, sealMsg} from '../../../source/protocol/session/session.ts';
import {append} from '../../../source/protocol/transcript.ts';
import {
	decodeInit,
	decodeResp,
	decodeSealedShare,
	encodeFin,
	encodeSealedIdentity,
	finHeader,
	initHeader,
	respHeader,
} from '../../../source/wire/messages/handshake.ts';
import {
	atAlice,
	connect,
	entropy,
	firstContact,
	introduce,
	meet,
	must,
	mustResp,
	NOW,
	person,
	pinnedOf,
	type Person,
	random,
	reason,
	responderOf,
	ticketsOf,
} from './pair.ts';

/** Somebody's name and public identity key, in front of a private key that is not theirs. */
function impostor(of: Person): Person {
	const {privateKey} = person('mallory').identity;
	return {...of, identity: {privateKey, publicKey: of.identity.publicKey}};
}

/** Alice's DH and everything the server's own FIN needs: the server plays her side by hand. */
async function finBy(state: Initiating, resp: Buffer, claimed: Buffer, signer: Person, bob: Person): Promise<Buffer> {
	const {sealed, identity, ...head} = decodeResp(resp)!;
	const share = decodeSealedShare(openOnce(respKey(state.key, state.th2), sealed, respHeader(head))!)!;
	const hs = handshakeSecret(state.key, state.th2, (await deriveDh(state.pair.privateKey, share.share))!);
	const th4 = append(append(state.th2, Buffer.concat([respHeader(head), sealed])), identity);
	const parties = {
		initiator: {name: 'alice', identityKey: claimed},
		responder: {name: 'bob', identityKey: bob.identity.publicKey},
	};
	const signature = sign(signer.identity, handshakeSigned('initiator', th4, parties));
	const fin = {version: 1, receiver: head.sender};
	const plaintext = encodeSealedIdentity({identityKey: claimed, signature, flags: 0});
	return encodeFin({...fin, identity: sealOnce(finIdentityKey(hs, th4), plaintext, finHeader(fin), random(16))});
}

test('the server cannot be alice to bob, who has her pinned', async t => {
	const [alice, bob, mallory] = [person('alice'), person('bob'), person('mallory')];
	const responder = responderOf(bob);
	const pin = () => pinnedOf(alice);

	// A ticket that claims the server's own key for her.
	const asSelf = {...mallory, name: 'alice'};
	const peer = {name: 'bob', pinned: pinnedOf(bob)};
	const open = must(
		await createInit({local: asSelf, peer, grant: introduce(asSelf, bob), index: 1, now: NOW, entropy}),
	);
	t.is(reason(await consumeInit(responder, open.datagram, atAlice, NOW, pin)), 'identity');

	// A ticket with her true key: bob answers, as he must, and FIN gives it away.
	const asAlice = impostor(alice);
	const grant = introduce(alice, bob);
	const made = must(await createInit({local: asAlice, peer, grant, index: 1, now: NOW, entropy}));
	const step = must(await consumeInit(responder, made.datagram, atAlice, NOW, pin));
	if (step.kind !== 'resp') throw new Error(`answered with ${step.kind}`);
	const {fin} = must(await consumeResp(made.state, step.datagram, NOW));
	t.is(reason(consumeFin(step.state, fin)), 'signature');
	const own = await finBy(made.state, step.datagram, mallory.identity.publicKey, mallory, bob);
	t.is(reason(consumeFin(step.state, own)), 'identity');
	const hers = await finBy(made.state, step.datagram, alice.identity.publicKey, mallory, bob);
	t.is(reason(consumeFin(step.state, hers)), 'signature');
	const genuine = await finBy(made.state, step.datagram, alice.identity.publicKey, alice, bob);
	t.is(reason(consumeFin(step.state, genuine)), undefined, 'her own signature in the same place is accepted');
});

test('the server cannot be bob to alice, who has him pinned', async t => {
	const [alice, bob, mallory] = [person('alice'), person('bob'), person('mallory')];
	const peer = {name: 'bob', pinned: pinnedOf(bob)};
	const lie = introduce(alice, bob, {claimTo: mallory.identity.publicKey});
	t.is(reason(await createInit({local: alice, peer, grant: lie, index: 1, now: NOW, entropy})), 'identity');

	const grant = introduce(alice, bob);
	const {state, datagram} = must(await createInit({local: alice, peer, grant, index: 1, now: NOW, entropy}));
	for (const [who, expected] of [
		[impostor(bob), 'signature'],
		[{...mallory, name: 'bob'}, 'tag'],
	] as const) {
		const options = {local: who, tickets: ticketsOf(bob), entropy, newIndex: () => 2, now: NOW};
		const step = await consumeInit(createResponder(options), datagram, atAlice, NOW, firstContact);
		// With another key than bob's, th1 differs and the server's own honest code cannot even open INIT.
		t.is('kind' in step ? reason(await consumeResp(state, step.datagram, NOW)) : reason(step), expected);
	}
});

test('signatures of one side do not pass for the other’s, nor of one handshake in another', async t => {
	const [alice, bob] = [person('alice'), person('bob')];
	const responder = responderOf(bob);
	const met = await meet(7, alice, bob, responder);
	const {datagram, state} = await mustResp(met);
	const {fin} = must(await consumeResp(met.initiating, datagram, NOW));
	const other = await meet(7, alice, bob, responder);
	const second = await mustResp(other);
	t.truthy(reason(consumeFin(second.state, fin)));
	// Bob's own signature, reflected to him as alice's.
	const reflected = await finBy(met.initiating, datagram, alice.identity.publicKey, bob, bob);
	t.is(reason(consumeFin(state, reflected)), 'signature');
});

test('the server reads both shares off the handshake, and yet derives no key that opens a message', async t => {
	const met = await meet();
	const {datagram, state} = await mustResp(met);
	const {established, fin} = must(await consumeResp(met.initiating, datagram, NOW));
	const alice = createSession({...established, root: Buffer.from(established.root)}, NOW);
	const secret = sealMsg(alice, Buffer.from('secret'), random).datagram;

	const kc1c2 = met.grant.key;
	const parties = {
		initiator: {name: 'alice', identityKey: met.alice.identity.publicKey},
		responder: {name: 'bob', identityKey: met.bob.identity.publicKey},
	};
	const th1 = openingTranscript(parties);
	const th2 = append(th1, initBody(met.init));
	const init = decodeInit(met.init)!;
	const resp = decodeResp(datagram)!;
	const gs = decodeSealedShare(openOnce(initKey(kc1c2, th1), init.sealed, initHeader(init))!)!.share;
	const gd = decodeSealedShare(openOnce(respKey(kc1c2, th2), resp.sealed, respHeader(resp))!)!.share;
	t.deepEqual(gs, met.initiating.pair.share);
	const th3 = append(th2, Buffer.concat([respHeader(resp), resp.sealed]));
	const th5 = append(append(th3, resp.identity), fin);

	const mine = await entropy.dhKeyPair();
	const candidates = [
		gs,
		gd,
		Buffer.alloc(384),
		(await deriveDh(mine.privateKey, gs))!,
		(await deriveDh(mine.privateKey, gd))!,
	];
	for (const candidate of candidates) {
		const hs = handshakeSecret(kc1c2, th2, Buffer.from(candidate));
		t.is(openOnce(respIdentityKey(hs, th3), resp.identity, respHeader(resp)), undefined, 'identities are hidden too');
		const copy = {...must(consumeFin(state, fin)).established, ...sessionSecrets(hs, th5)};
		t.is(reason(openMsg(createSession(copy, NOW), secret, NOW)), 'tag');
	}

	const dh = (await deriveDh(met.initiating.pair.privateKey, gd))!;
	const copy = {...must(consumeFin(state, fin)).established, ...sessionSecrets(handshakeSecret(kc1c2, th2, dh), th5)};
	t.is(reason(openMsg(createSession(copy, NOW), secret, NOW)), undefined, 'with the exponent it would have');
});

test('at a first contact the server can be anybody: hence the safety number', async t => {
	const {a} = await connect();
	const [alice, mallory] = [a.local, {...person('mallory'), name: 'bob'}];
	const me = {...person('alice'), identity: alice.identity};
	const peer = {name: 'bob', pinned: undefined};
	const grant = introduce(me, mallory);
	const {state, datagram} = must(await createInit({local: me, peer, grant, index: 1, now: NOW, entropy}));
	const step = must(await consumeInit(responderOf(mallory), datagram, atAlice, NOW, firstContact));
	t.is(reason(await consumeResp(state, step.datagram, NOW)), undefined);
});
