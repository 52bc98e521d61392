// CALL: only the contact that it is for knows whose it is, and a flood of calls costs a few hashes a second.
import {Buffer} from 'node:buffer';
import test from 'ava';
import {systemRandom as random} from '../../../source/crypto/random.ts';
import {
	CALL_ANSWER_EVERY_MS,
	CALL_ANSWER_MS,
	CALL_CONTACTS,
	CALL_EVERY_MS,
	CALL_TIMES_MS,
	CALL_TRIES,
	type CallRates,
	NO_CALLS,
	createCall,
	linkKeys,
	mayAnswer,
	mayCall,
	mayTry,
	whoCalls,
} from '../../../source/protocol/path/link-call.ts';
import {CALL_SIZE} from '../../../source/wire/messages/call.ts';

function session() {
	const [root, sid] = [random(32), random(32)];
	return {initiator: linkKeys(root, sid, 'initiator'), responder: linkKeys(root, sid, 'responder')};
}

test('a call is known to the other side of its session, and to nobody else', t => {
	const [ours, another] = [session(), session()];
	const call = createCall(ours.initiator, random);
	t.is(call.length, CALL_SIZE);
	const contacts = [
		{name: 'carol', keys: another.responder},
		{name: 'alice', keys: ours.responder},
	];
	t.is(whoCalls(call, contacts)?.name, 'alice');
	t.is(whoCalls(call, [{keys: another.responder}, {keys: another.initiator}]), undefined);
	t.is(whoCalls(call, [{keys: ours.initiator}]), undefined, 'reflected');
	t.notDeepEqual(createCall(ours.initiator, random), call);
});

test('a call with any bit changed, cut or longer is nobody’s', t => {
	const {initiator, responder} = session();
	const call = createCall(initiator, random);
	for (let bit = 0; bit < call.length * 8; bit++) {
		const bytes = Buffer.from(call);
		bytes[bit >> 3]! ^= 1 << (bit & 7);
		t.is(whoCalls(bytes, [{keys: responder}]), undefined, `bit ${bit}`);
	}

	for (let size = 0; size < call.length; size++) t.is(whoCalls(call.subarray(0, size), [{keys: responder}]), undefined);
	t.is(whoCalls(Buffer.concat([call, Buffer.of(0)]), [{keys: responder}]), undefined);
});

test('eight calls a second are compared', t => {
	let rates: CallRates = NO_CALLS;
	for (let count = 0; count < CALL_TRIES; count++) rates = mayTry(rates, count)!;
	t.is(mayTry(rates, 999), undefined);
	t.truthy(mayTry(rates, 1000));
});

test('a contact is called once a minute; another one is not held up', t => {
	const rates = mayCall(NO_CALLS, 'bob', 0)!;
	t.is(mayCall(rates, 'bob', CALL_EVERY_MS - 1), undefined);
	t.truthy(mayCall(rates, 'carol', 1));
	t.truthy(mayCall(rates, 'bob', CALL_EVERY_MS));
});

test('a contact is answered once a second, and what answers our own call is not answered', t => {
	const rates = mayAnswer(NO_CALLS, 'bob', 0)!;
	t.is(mayAnswer(rates, 'bob', CALL_ANSWER_EVERY_MS - 1), undefined);
	t.truthy(mayAnswer(rates, 'bob', CALL_ANSWER_EVERY_MS));
	const calling = mayCall(NO_CALLS, 'bob', 0)!;
	const over = CALL_TIMES_MS.at(-1)! + CALL_ANSWER_MS;
	t.is(mayAnswer(calling, 'bob', 0), undefined);
	t.is(mayAnswer(calling, 'bob', over - 1), undefined);
	t.truthy(mayAnswer(calling, 'carol', 0));
	t.truthy(mayAnswer(calling, 'bob', over));
});

test('times of so many contacts are kept', t => {
	let rates: CallRates = NO_CALLS;
	for (let count = 0; count <= CALL_CONTACTS; count++) {
		rates = mayAnswer(mayCall(rates, `n${count}`, count)!, `m${count}`, count)!;
	}

	t.deepEqual([rates.called.size, rates.answered.size], [CALL_CONTACTS, CALL_CONTACTS]);
	t.false(rates.called.has('n0'));
});
