// Test values of what a signed-in client does: a BIND, an introduction as records, and a change of the record key.
import assert from 'node:assert/strict';
import {Buffer} from 'node:buffer';
import {consumeIntroduction} from '../../source/protocol/introduce/introduction.ts';
import {introduce} from '../../source/protocol/introduce/kdc.ts';
import {redeemTicket} from '../../source/protocol/introduce/ticket.ts';
import {type DirectorySession} from '../../source/protocol/login/login-keys.ts';
import {openRecord, sealKeyUpdate, sealRecord, updateKey} from '../../source/protocol/login/records.ts';
import {createBind} from '../../source/protocol/path/bind.ts';
import {createAnswer, createAsk, deriveProbeKeys} from '../../source/protocol/path/probe-keys.ts';
import {FOUNDING} from '../../source/server/device-standing.ts';
import {LIMITS} from '../../source/server/rate-limits.ts';
import {createMember} from '../../source/server/member.ts';
import {PresenceRegistry} from '../../source/server/presence-registry.ts';
import {answerBind} from '../../source/server/reflector.ts';
import {UNBOUND_RETRY_S} from '../../source/server/introductions.ts';
import {FRAME, type Frame, encodeFrame} from '../../source/wire/frame.ts';
import {encodeNames, encodePing, encodeRefused} from '../../source/wire/messages/directory.ts';
import {type Grant, encodeIntroduce, encodeTicketBody} from '../../source/wire/messages/introduce.ts';
import {encodeCalled} from '../../source/wire/messages/ways.ts';
import {SUITE_DH} from '../../source/wire/suite.ts';
import {NOW, alice, bob} from './cast.ts';
import {recorder} from './entropy.ts';
import {type LoginRun} from './login.ts';
import {type Value, section} from './sheet.ts';

/** Alice, signed in, asks for bob. */
export function directorySection(hers: LoginRun, his: LoginRun): {section: string; grant: Grant} {
	const bind = createBind(hers.client, NOW);
	const bound = boundFor(hers.server, bind);

	const client = recorder('alice, signed in');
	const server = recorder('server, alice signed in');
	const asked = {request: 1, name: bob.name, time: NOW};
	const sent: Frame[] = [];
	const question = sealRecord(hers.client.send, FRAME.introduce, encodeIntroduce(asked), client.entropy.random);
	const target = {
		identityKey: bob.identity.publicKey,
		addresses: [bob.udp],
		ticketKey: {id: his.server.ticketKeyId, key: his.server.ticketKey},
		suite: SUITE_DH,
	};
	const initiator = {name: alice.name, identityKey: alice.identity.publicKey, address: alice.udp};
	const {body} = introduce(asked, initiator, target, server.entropy.random, NOW);
	const answer = sealRecord(hers.server.send, FRAME.introduction, body, server.entropy.random);
	sent.push(question, answer);
	assert.deepEqual(openRecord(hers.server.receive, question), encodeIntroduce(asked));
	assert.deepEqual(openRecord(hers.client.receive, answer), body);
	const step = consumeIntroduction(Buffer.from(body), asked, NOW);
	assert(typeof step === 'object' && 'grant' in step);
	const {grant} = step;
	const redeemed = redeemTicket(grant.ticket, [{id: his.client.ticketKeyId, key: his.client.ticketKey}], NOW);
	assert('body' in redeemed);

	const asks = deriveProbeKeys(grant.key, grant.ticket, 'initiator');
	const answers = deriveProbeKeys(redeemed.body.key, grant.ticket, 'responder');
	const nonce = Buffer.alloc(12, 0x44);
	const update = sealKeyUpdate(hers.client.send, client.entropy.random, NOW);
	const ping = sealRecord(hers.client.send, FRAME.ping, encodePing(7), client.entropy.random);
	assert(openRecord(hers.server.receive, update));
	updateKey(hers.server.receive, NOW);
	assert(openRecord(hers.server.receive, ping));

	const values: Value[] = [
		['BIND', bind],
		['BOUND', bound],
		...client.drawn('IV of INTRODUCE', 'IV of KEY_UPDATE', 'IV of PING'),
		...server.drawn('Kc1c2', 'ticket id', 'IV of the ticket', 'IV of INTRODUCTION'),
		['INTRODUCE, body', encodeIntroduce(asked)],
		['INTRODUCE, frame (client’s record 0)', encodeFrame(question)],
		['ticket, body', encodeTicketBody(redeemed.body)],
		['ticket', grant.ticket],
		['INTRODUCTION, body', body],
		[
			'CALLED, body, to bob: alice’s UDP address, same',
			encodeCalled({time: NOW, ticket: grant.ticket, mapping: 'same', addresses: [alice.udp]}),
		],
		[
			'REFUSED, body, in place of it while bob has not bound',
			encodeRefused({request: asked.request, retryAfter: UNBOUND_RETRY_S}),
		],
		['UNBOUND, body, behind PRESENCE: bob', encodeNames(['bob'])],
		['INTRODUCTION, frame (server’s record 0)', encodeFrame(answer)],
		['PROBE, tag', asks.tag],
		['PROBE, key of the initiator', asks.own],
		['PROBE, key of the responder', answers.own],
		['PROBE, alice asks with the nonce 44…', createAsk(asks, nonce)],
		['PROBE, bob answers: it came from alice’s UDP address', createAnswer(answers, nonce, alice.udp)],
		['KEY_UPDATE, frame (client’s record 1)', encodeFrame(update)],
		['record key of the client after it', hers.client.send.key],
		['PING 7, frame (record 0 of that key)', encodeFrame(ping)],
	];
	const prose = 'Alice tells the server where her socket is, asks for bob, and then moves to her next record key.';
	return {section: section('A.6 BIND, introduction, key update', prose, values), grant};
}

/** What the real reflector answers. */
function boundFor(session: DirectorySession, bind: Buffer): Buffer {
	const presence = new PresenceRegistry();
	const link = {send() {}, end() {}};
	const identity = {name: alice.name, identityKey: alice.identity.publicKey, generation: 1};
	presence.add(
		createMember(identity, FOUNDING, session, link, [], LIMITS, {
			now: () => NOW,
			elapsed: () => 0,
		}),
	);
	const bound = answerBind(bind, alice.udp, {host: '192.0.2.9', port: 7406}, presence, NOW);
	assert(bound);
	return bound;
}
