// Test values of a session: handshake with a cookie, datagrams both ways, a rekey, and datagrams of the new epoch.
import assert from 'node:assert/strict';
import {Buffer} from 'node:buffer';
import {deriveDh, dhKeyPairFromExponent} from '../../source/crypto/dh.ts';
import {open, sealKey} from '../../source/crypto/seal.ts';
import {redeemTicket} from '../../source/protocol/introduce/ticket.ts';
import {type DirectorySession} from '../../source/protocol/login/login-keys.ts';
import {type Established} from '../../source/protocol/session/established.ts';
import {consumeResp, createInit, withCookie} from '../../source/protocol/session/initiator.ts';
import {createCall, linkKeys} from '../../source/protocol/path/link-call.ts';
import {
	chainKey,
	finIdentityKey,
	handshakeSecret,
	initBody,
	initKey,
	nextRoot,
	openingTranscript,
	rekeyTranscript,
	respIdentityKey,
	respKey,
	sessionSecrets,
} from '../../source/protocol/session/session-keys.ts';
import {createSendChain, nextSendKey} from '../../source/protocol/session/ratchet.ts';
import {beginRekey, consumeRekey} from '../../source/protocol/session/rekey.ts';
import {consumeFin, consumeInit, createResponder} from '../../source/protocol/session/responder.ts';
import {type Session, createSession, openMsg, sealMsg} from '../../source/protocol/session/session.ts';
import {append} from '../../source/protocol/transcript.ts';
import {type Address} from '../../source/wire/address.ts';
import {encodeContent} from '../../source/content/content.ts';
import {
	decodeFin,
	decodeInit,
	decodeResp,
	decodeSealedShare,
	finHeader,
	initHeader,
	respHeader,
} from '../../source/wire/messages/handshake.ts';
import {type Grant} from '../../source/wire/messages/introduce.ts';
import {encodeLocalAddresses} from '../../source/wire/messages/local-addresses.ts';
import {
	CHANNEL,
	type Channel,
	type TransportFrame,
	decodeRekey,
	encodeFrames,
	rekeyBody,
} from '../../source/wire/messages/msg.ts';
import {SUITE_DH} from '../../source/wire/suite.ts';
import {NOW, alice, bob} from './cast.ts';
import {type Recorder, recorder} from './entropy.ts';
import {type Value, section} from './sheet.ts';

/** From where alice's INIT comes: not the address in her ticket, so bob asks for a cookie. */
const ELSEWHERE: Address = {host: '198.51.100.9', port: 50_000};
const INDEX = {alice: 0x01_02_03_04, bob: 0xa1_a2_a3_a4} as const;

const pinned = () => ({identityKey: alice.identity.publicKey, suite: SUITE_DH});

const local = {
	alice: {name: alice.name, identity: alice.identity},
	bob: {name: bob.name, identity: bob.identity},
};

/** Alice, with a grant, opens a session with bob, who is signed in. */
export async function sessionSections(grant: Grant, bobSession: DirectorySession): Promise<string[]> {
	const [hers, his] = [recorder('alice, session'), recorder('bob, session')];
	const handshake = await shakeHands(grant, bobSession, hers, his);
	return [handshake.section, await talk(handshake, hers, his)];
}

type Handshake = {readonly section: string; readonly a: Session; readonly b: Session};

async function shakeHands(
	grant: Grant,
	{ticketKeyId, ticketKey}: DirectorySession,
	hers: Recorder,
	his: Recorder,
): Promise<Handshake> {
	const key = Buffer.from(grant.key);
	const peer = {name: bob.name, pinned: {identityKey: bob.identity.publicKey, suite: SUITE_DH}};
	const options = {local: local.alice, peer, grant, index: INDEX.alice, now: NOW, entropy: hers.entropy};
	const begun = must(await createInit(options));
	const responder = createResponder({
		local: local.bob,
		tickets: {
			knows: id => id.equals(ticketKeyId),
			redeem: (ticket, now) => redeemTicket(ticket, [{id: ticketKeyId, key: ticketKey}], now),
		},
		entropy: his.entropy,
		newIndex: () => INDEX.bob,
		now: NOW,
	});
	const asked = must(await consumeInit(responder, begun.datagram, ELSEWHERE, NOW, pinned));
	assert(asked.kind === 'cookie');
	const again = must(withCookie(begun.state, asked.datagram));
	const answered = must(await consumeInit(responder, again.datagram, ELSEWHERE, NOW, pinned));
	assert(answered.kind === 'resp');
	const {established, fin} = must(await consumeResp(again.state, answered.datagram, NOW));
	const other = must(consumeFin(answered.state, fin)).established;
	assert.deepEqual(secretsOf(established), secretsOf(other));

	const drawn = [
		...hers.drawn('DH exponent', 'N1', 'IV of INIT', 'IV of FIN'),
		...his.drawn(
			'cookie key',
			'cookie key before it',
			'DH exponent',
			'N2',
			'IV of RESP, share',
			'IV of RESP, identity',
		),
	];
	const [, exponent] = drawn[0]!;
	const values = await schedule(key, exponent as Buffer, {
		init: begun.datagram,
		cookie: asked.datagram,
		initAgain: again.datagram,
		resp: answered.datagram,
		fin,
		established,
	});
	const prose =
		'Alice’s INIT comes from 198.51.100.9 port 50000, which is not the address in her ticket, so bob asks for a cookie.';
	return {
		section: section('A.7 Session handshake', prose, [...drawn, ...values]),
		a: createSession(established, NOW),
		b: createSession(other, NOW),
	};
}

type Datagrams = {
	readonly init: Buffer;
	readonly cookie: Buffer;
	readonly initAgain: Buffer;
	readonly resp: Buffer;
	readonly fin: Buffer;
	readonly established: Established;
};

/** What is inside the datagrams and derived between them, computed beside the run and held against its end. */
async function schedule(key: Buffer, exponent: Buffer, datagrams: Datagrams): Promise<Value[]> {
	const [init, resp, fin] = [decodeInit(datagrams.init), decodeResp(datagrams.resp), decodeFin(datagrams.fin)];
	assert(init && resp && fin);
	const th1 = openingTranscript({
		initiator: {name: alice.name, identityKey: alice.identity.publicKey},
		responder: {name: bob.name, identityKey: bob.identity.publicKey},
	});
	const th2 = append(th1, initBody(datagrams.init));
	const th3 = append(th2, respHeader(resp), resp.sealed);
	const th4 = append(th3, resp.identity);
	const th5 = append(th4, datagrams.fin);
	const answer = openWith(respKey(key, th2), resp.sealed, respHeader(resp));
	const offered = decodeSealedShare(answer);
	const secret = offered && (await deriveDh(dhKeyPairFromExponent(exponent).privateKey, offered.share));
	assert(secret);
	const gsd = Buffer.from(secret);
	const hs = handshakeSecret(key, th2, secret);
	const {root, sid} = sessionSecrets(hs, th5);
	assert.deepEqual([root, sid], secretsOf(datagrams.established));
	return [
		['th1', th1],
		['K_i', initKey(key, th1)],
		['INIT, sealed part opened', openWith(initKey(key, th1), init.sealed, initHeader(init))],
		['INIT', datagrams.init],
		['COOKIE', datagrams.cookie],
		['INIT with the cookie, last 16 bytes', datagrams.initAgain.subarray(-16)],
		['th2', th2],
		['K_r', respKey(key, th2)],
		['RESP, share opened', answer],
		['DH secret', gsd],
		['HS', hs],
		['th3', th3],
		['key of RESP’s identity', respIdentityKey(hs, th3)],
		['RESP, identity opened', openWith(respIdentityKey(hs, th3), resp.identity, respHeader(resp))],
		['RESP', datagrams.resp],
		['th4', th4],
		['key of FIN’s identity', finIdentityKey(hs, th4)],
		['FIN, identity opened', openWith(finIdentityKey(hs, th4), fin.identity, finHeader(fin))],
		['FIN', datagrams.fin],
		['th5', th5],
		['RK0', root],
		['sid', sid],
		['CALL, key of the initiator', linkKeys(root, sid, 'initiator').own],
		['CALL, key of the responder', linkKeys(root, sid, 'responder').own],
		['CALL from alice, nonce 55…', createCall(linkKeys(root, sid, 'initiator'), size => Buffer.alloc(size, 0x55))],
	];
}

/** Messages in epoch 0, the rekey, and one each way in epoch 1. */
async function talk({a, b}: Handshake, hers: Recorder, his: Recorder): Promise<string> {
	const id = Buffer.alloc(16, 0x11);
	const text = encodeContent({kind: 'text', id, time: NOW, text: 'Hello, bob 👋'});
	const receipt = encodeContent({kind: 'receipt', ids: [id]});
	const values: Value[] = [...chains(a.root, a.sid, 0)];

	/** One datagram, from its frames to what the other side opens. */
	const send = (title: string, from: Session, to: Session, frames: TransportFrame[]) => {
		const {random} = (from === a ? hers : his).entropy;
		const plaintext = encodeFrames(frames);
		const {key, epoch, counter} = from.sending;
		const messageKey = Buffer.from(nextSendKey({...createSendChain(epoch, Buffer.from(key)), counter}));
		const {datagram} = sealMsg(from, plaintext, random);
		assert.deepEqual(must(openMsg(to, datagram, NOW)).plaintext, plaintext);
		values.push(
			...(from === a ? hers : his).drawn(`IV of ${title}`),
			[`${title}, message key (epoch ${epoch}, counter ${counter})`, messageKey],
			[`${title}, plaintext`, plaintext],
			[title, datagram],
		);
	};

	send('alice’s text', a, b, [whole(CHANNEL.content, 0, text)]);
	const ack: TransportFrame = {kind: 'ack', epoch: 0, delay: 0, ranges: [{from: 0, to: 0}]};
	send('bob’s ACK and receipt', b, a, [ack, whole(CHANNEL.content, 0, receipt)]);

	const request = await beginRekey(a, hers.entropy);
	const [drawn] = hers.drawn('DH exponent of the rekey');
	assert(drawn && Buffer.isBuffer(drawn[1]));
	values.push(drawn, ['rekey request', request]);
	send('alice’s ACK and rekey request', a, b, [ack, whole(CHANNEL.control, 0, request)]);
	const {answer} = must(await consumeRekey(b, request, NOW, his.entropy));
	assert(answer);
	values.push(...his.drawn('DH exponent of the rekey'), ['rekey answer', answer]);
	send('bob’s ACK and rekey answer', b, a, [{...ack, ranges: [{from: 0, to: 1}]}, whole(CHANNEL.control, 0, answer)]);
	const before = Buffer.from(a.root);
	assert.deepEqual(must(await consumeRekey(a, answer, NOW, hers.entropy)), {});
	const [asked, answered] = [decodeRekey(request), decodeRekey(answer)];
	assert(asked && answered);
	const secret = await deriveDh(dhKeyPairFromExponent(drawn[1]).privateKey, answered.share);
	assert(secret);
	const thR = rekeyTranscript(a.sid, rekeyBody(asked), rekeyBody(answered));
	values.push(['DH secret of the rekey', Buffer.from(secret)], ['thR', thR]);
	const root = nextRoot(before, secret, thR);
	assert.deepEqual([a.root, b.root], [root, root]);
	values.push(...chains(root, a.sid, 1));
	send('alice’s ACK and PING in epoch 1', a, b, [{...ack, ranges: [{from: 0, to: 1}]}, {kind: 'ping'}]);
	send('bob’s PING in epoch 1', b, a, [{kind: 'ping'}]);
	const told = encodeLocalAddresses([{host: '192.168.1.2', port: 7410}]);
	values.push(['local addresses', told]);
	send('alice’s local addresses', a, b, [whole(CHANNEL.control, 1, told)]);
	const prose =
		'A text and its receipt, a rekey, one datagram each way in the new epoch, and where alice is in her own network. Message ids are sixteen bytes 11.';
	return section('A.8 Datagrams and a rekey', prose, values);
}

function chains(root: Buffer, sid: Buffer, epoch: number): Value[] {
	return [
		[`RK${epoch}`, Buffer.from(root)],
		[`CK of the initiator, epoch ${epoch}`, chainKey(root, 'initiator', sid, epoch)],
		[`CK of the responder, epoch ${epoch}`, chainKey(root, 'responder', sid, epoch)],
	];
}

function whole(channel: Channel, sequence: number, data: Buffer): TransportFrame {
	return {kind: 'fragment', channel, sequence, offset: 0, total: data.length, data};
}

function secretsOf({root, sid}: Established): Buffer[] {
	return [root, sid];
}

function openWith(key: Buffer, sealed: Buffer, aad: Buffer): Buffer {
	const plaintext = open(sealKey(key), sealed, aad);
	assert(plaintext);
	return plaintext;
}

/** The value of a step that must not have been a drop. */
function must<T>(step: T): Exclude<T, {drop: unknown}> {
	assert(typeof step !== 'object' || step === null || !('drop' in step), JSON.stringify(step));
	return step as Exclude<T, {drop: unknown}>;
}
