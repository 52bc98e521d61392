// An introduction: what the directory gives to whom, and that its records arrive whole, once and in answer to their question.
import {Buffer} from 'node:buffer';
import test from 'ava';
import {systemRandom as random} from '../../../source/crypto/random.ts';
import {consumeIntroduction} from '../../../source/protocol/introduce/introduction.ts';
import {INTRODUCE_SKEW_MS, type Target, introduce, isFresh} from '../../../source/protocol/introduce/kdc.ts';
import {TICKET_LIFE_S, redeemTicket} from '../../../source/protocol/introduce/ticket.ts';
import {FRAME, type Frame} from '../../../source/wire/frame.ts';
import {decodeCandidates, encodeCandidates} from '../../../source/wire/messages/directory.ts';
import {
	type Grant,
	type Introduce,
	decodeIntroduce,
	decodeIntroduction,
	encodeIntroduce,
	encodeIntroduction,
} from '../../../source/wire/messages/introduce.ts';
import {type RecordState, openRecord, recordState, sealRecord} from '../../../source/protocol/login/records.ts';

const NOW = 1_800_000_000_000;
const asked: Introduce = {request: 7, name: 'bob', time: NOW};
const alice = {name: 'alice', identityKey: random(32), address: {host: '192.0.2.1', port: 40_000}};
const bob: Target = {
	identityKey: random(32),
	addresses: [
		{host: '198.51.100.2', port: 50_000},
		{host: '10.0.0.2', port: 50_000},
	],
	ticketKey: {id: random(8), key: random(64)},
	suite: 1,
};

function granted(question = asked, target: Target | undefined = bob): Grant {
	const answer = consumeIntroduction(introduce(question, alice, target, random, NOW).body, question, NOW);
	if (answer === 'unavailable' || 'drop' in answer) throw new Error('no grant');
	return answer.grant;
}

test('both halves hold the same key, and each the other’s identity key', t => {
	const grant = granted();
	const ticket = redeemTicket(grant.ticket, [bob.ticketKey], NOW);
	if (!('body' in ticket)) throw new Error(ticket.drop);
	const {key, identityKey, from, to, address, life, time} = ticket.body;
	t.is(key.length, 32);
	t.deepEqual(key, grant.key);
	t.deepEqual(identityKey, alice.identityKey);
	t.deepEqual(grant.identityKey, bob.identityKey);
	t.deepEqual(grant.addresses, bob.addresses);
	t.like({from, to, address, life, time}, {from: 'alice', to: 'bob', life: TICKET_LIFE_S, time: NOW});
	t.deepEqual(address, alice.address);
});

test('every introduction has a key and a ticket of its own', t => {
	const grants = Array.from({length: 20}, () => granted());
	t.is(new Set(grants.map(({key}) => key.toString('hex'))).size, 20);
	const ids = grants.map(({ticket}) => {
		const opened = redeemTicket(ticket, [bob.ticketKey], NOW);
		return 'body' in opened ? opened.body.id.toString('hex') : '';
	});
	t.is(new Set(ids).size, 20);
});

test('the directory keeps no copy of the key', t => {
	const drawn: Buffer[] = [];
	const {body} = introduce(asked, alice, bob, size => drawn[drawn.push(random(size)) - 1]!, NOW);
	const {key} = decodeIntroduction(body)!.grant!;
	t.false(drawn.some(bytes => bytes.equals(key)));
	t.true(drawn.some(bytes => bytes.equals(Buffer.alloc(32))));
});

test('who is not to be had, for whatever reason, is answered in the same size', t => {
	const {body: none} = introduce(asked, alice, undefined, random, NOW);
	t.is(none.length, introduce(asked, alice, bob, random, NOW).body.length);
	t.is(consumeIntroduction(none, asked, NOW), 'unavailable');
});

test('a question is fresh within a minute of server time', t => {
	const offsets = [-INTRODUCE_SKEW_MS - 1, -INTRODUCE_SKEW_MS, 0, INTRODUCE_SKEW_MS, INTRODUCE_SKEW_MS + 1];
	t.deepEqual(
		offsets.map(offset => isFresh(asked, NOW + offset)),
		[false, true, true, true, false],
	);
});

test('an answer counts for its own question, while it is fresh, in a suite that is known', t => {
	const {body} = introduce(asked, alice, bob, random, NOW);
	t.deepEqual(consumeIntroduction(Buffer.from(body), {...asked, request: 8}, NOW), {drop: 'other-request'});
	t.deepEqual(consumeIntroduction(Buffer.from(body), {...asked, name: 'bobby'}, NOW), {drop: 'other-request'});
	t.deepEqual(consumeIntroduction(Buffer.from(body), asked, NOW + TICKET_LIFE_S * 1000 + 1), {drop: 'stale'});
	t.deepEqual(consumeIntroduction(Buffer.from(body), asked, NOW - TICKET_LIFE_S * 1000 - 1), {drop: 'stale'});
	t.true('grant' in Object(consumeIntroduction(Buffer.from(body), asked, NOW + TICKET_LIFE_S * 1000)));
	t.deepEqual(consumeIntroduction(body.subarray(1), asked, NOW), {drop: 'malformed'});
	const foreign = encodeIntroduction({...asked, grant: {...granted(), suite: 9}});
	t.deepEqual(consumeIntroduction(foreign, asked, NOW), {drop: 'unsupported'});
});

type Line = {sender: RecordState; receiver: RecordState};

function line(): Line {
	const key = random(64);
	return {sender: recordState(key, NOW), receiver: recordState(Buffer.from(key), NOW)};
}

function alterations({type, body}: Frame): Frame[] {
	const flipped = Array.from({length: body.length * 8}, (_, bit) => {
		const bytes = Buffer.from(body);
		bytes.writeUInt8(bytes.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
		return {type, body: bytes};
	});
	const cut = Array.from(body, (_, size) => ({type, body: body.subarray(0, size)}));
	const moved = Array.from({length: 256}, (_, each) => ({type: each, body})).filter(each => each.type !== type);
	return [...flipped, ...cut, {type, body: Buffer.concat([body, Buffer.of(0)])}, ...moved];
}

const {body: introduction} = introduce(asked, alice, bob, random, NOW);

for (const [name, type, body, accepts] of [
	['INTRODUCE', FRAME.introduce, encodeIntroduce(asked), (bytes: Buffer) => decodeIntroduce(bytes) !== undefined],
	[
		'INTRODUCTION',
		FRAME.introduction,
		introduction,
		(bytes: Buffer) => 'grant' in Object(consumeIntroduction(Buffer.from(bytes), asked, NOW)),
	],
	[
		'PUNCH_REQUEST',
		FRAME.punchRequest,
		encodeIntroduce(asked),
		(bytes: Buffer) => decodeIntroduce(bytes) !== undefined,
	],
	['PUNCH', FRAME.punch, encodeCandidates(bob.addresses), (bytes: Buffer) => decodeCandidates(bytes) !== undefined],
	[
		'CANDIDATES',
		FRAME.candidates,
		encodeCandidates(bob.addresses),
		(bytes: Buffer) => decodeCandidates(bytes) !== undefined,
	],
] as const) {
	test(`${name}: any flipped bit, other length or other type of its record is refused`, t => {
		const {sender, receiver} = line();
		const frame = sealRecord(sender, type, body, random);
		for (const altered of alterations(frame)) if (openRecord(receiver, altered)) t.fail(altered.body.toString('hex'));
		t.is(receiver.sequence, 0);
		t.true(accepts(openRecord(receiver, frame)!));
	});

	test(`${name}: replayed, reflected, or from another connection it is refused`, t => {
		const [there, back, elsewhere] = [line(), line(), line()];
		const frame = sealRecord(there.sender, type, body, random);
		t.is(openRecord(back.receiver, frame), undefined);
		t.is(openRecord(elsewhere.receiver, frame), undefined);
		t.is(openRecord(there.receiver, sealRecord(elsewhere.sender, type, body, random)), undefined);
		t.true(accepts(openRecord(there.receiver, frame)!));
		t.is(openRecord(there.receiver, frame), undefined);
	});

	test(`${name}: no cut of its body is taken for a whole one`, t => {
		for (let size = 0; size < body.length; size++) if (accepts(body.subarray(0, size))) t.fail(`size ${size}`);
		t.false(accepts(Buffer.concat([body, Buffer.of(0)])));
		t.true(accepts(body));
	});
}
