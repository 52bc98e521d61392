// Records: in their order, once, one way, unaltered, and under the key of their time.
import {Buffer} from 'node:buffer';
import test from 'ava';
import {expandLabel} from '../../../source/crypto/kdf.ts';
import {open, sealKey} from '../../../source/crypto/seal.ts';
import {
	KEY_AGE_MS,
	RECORDS_PER_KEY,
	type RecordState,
	needsKeyUpdate,
	openRecord,
	recordState,
	sealKeyUpdate,
	sealRecord,
	updateKey,
} from '../../../source/protocol/login/records.ts';
import {FRAME, encodeFrame} from '../../../source/wire/frame.ts';
import {NOW, clone, seeded} from './parties.ts';

const random = seeded('records');

/** Both ends of one direction. */
function direction(): {sender: RecordState; receiver: RecordState} {
	const key = random(64);
	return {sender: recordState(key, NOW), receiver: recordState(Buffer.from(key), NOW)};
}

const text = (value: string) => Buffer.from(value);
const said = (state: RecordState, value: string) => sealRecord(state, FRAME.ping, text(value), random);

test('records arrive in their order', t => {
	const {sender, receiver} = direction();
	for (const value of ['one', '', 'three']) {
		t.is(openRecord(receiver, said(sender, value))?.toString(), value);
		t.is(receiver.sequence, sender.sequence);
	}
});

test('the additional data is the frame header and the sequence', t => {
	const {sender} = direction();
	said(sender, 'first');
	const frame = said(sender, 'second');
	const aad = Buffer.concat([encodeFrame(frame).subarray(0, 3), Buffer.from('0000000000000001', 'hex')]);
	t.is(open(sealKey(sender.key), frame.body, aad)?.toString(), 'second');
});

test('replay, reorder, gaps and reflection are refused and change nothing', t => {
	const {sender, receiver} = direction();
	const back = direction();
	const [first, second, third] = ['one', 'two', 'three'].map(value => said(sender, value));
	t.is(openRecord(receiver, first!)?.toString(), 'one');
	const before = clone(receiver);
	t.is(openRecord(receiver, first!), undefined);
	t.is(openRecord(receiver, third!), undefined);
	t.is(openRecord(receiver, said(back.sender, 'reflected')), undefined);
	t.is(openRecord(back.receiver, second!), undefined);
	t.deepEqual(receiver, before);
	t.is(openRecord(receiver, second!)?.toString(), 'two');
	t.is(openRecord(receiver, third!)?.toString(), 'three');
});

test('any flipped bit, any other length, any other type is refused and changes nothing', t => {
	const {sender, receiver} = direction();
	const frame = said(sender, 'a message');
	const before = clone(receiver);
	for (let bit = 0; bit < frame.body.length * 8; bit++) {
		const body = Buffer.from(frame.body);
		body.writeUInt8(body.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
		if (openRecord(receiver, {type: frame.type, body})) t.fail(`bit ${bit}`);
	}

	for (let size = 0; size < frame.body.length; size++) {
		if (openRecord(receiver, {type: frame.type, body: frame.body.subarray(0, size)})) t.fail(`size ${size}`);
	}

	t.is(openRecord(receiver, {type: frame.type, body: Buffer.concat([frame.body, Buffer.of(0)])}), undefined);
	for (let type = 0; type < 256; type++) {
		if (type !== frame.type && openRecord(receiver, {type, body: frame.body})) t.fail(`type ${type}`);
	}

	t.deepEqual(receiver, before);
	t.is(openRecord(receiver, frame)?.toString(), 'a message');
});

test('a key update, each way by itself: the old key is wiped, numbers begin again, old records are refused', t => {
	const there = direction();
	const back = direction();
	const early = said(there.sender, 'early');
	t.is(openRecord(there.receiver, early)?.toString(), 'early');
	for (const {sender, receiver} of [there, back]) {
		const old = sender.key;
		const expected = expandLabel(old, 'record update', Buffer.alloc(0), 64);
		const update = sealKeyUpdate(sender, random, NOW + 5);
		t.is(update.type, FRAME.keyUpdate);
		t.deepEqual(old, Buffer.alloc(64));
		t.deepEqual(sender, {key: expected, sequence: 0, since: NOW + 5});
		const ahead = said(sender, 'ahead');
		t.is(openRecord(receiver, ahead), undefined);
		t.is(openRecord(receiver, update)?.length, 0);
		updateKey(receiver, NOW + 6);
		t.is(openRecord(receiver, update), undefined);
		t.is(openRecord(receiver, ahead)?.toString(), 'ahead');
	}

	t.is(openRecord(there.receiver, early), undefined);
	t.notDeepEqual(there.sender.key, back.sender.key);
});

test('a key is due at 2^16 records or one hour', t => {
	const state = recordState(random(64), NOW);
	t.false(needsKeyUpdate(state, NOW + KEY_AGE_MS - 1));
	t.true(needsKeyUpdate(state, NOW + KEY_AGE_MS));
	t.false(needsKeyUpdate({...state, sequence: RECORDS_PER_KEY - 1}, NOW));
	t.true(needsKeyUpdate({...state, sequence: RECORDS_PER_KEY}, NOW));
});
