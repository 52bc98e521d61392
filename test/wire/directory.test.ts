// What the codecs of directory and introduction messages refuse although every field has its size.
import {Buffer} from 'node:buffer';
import test from 'ava';
import fc from 'fast-check';
import {decodeAlert, encodeAlert} from '../../source/wire/alert.ts';
import {
	decodePresence,
	decodeSearch,
	encodeNames,
	encodePresence,
	encodeSearch,
} from '../../source/wire/messages/directory.ts';
import {decodeIntroduction, encodeIntroduction} from '../../source/wire/messages/introduce.ts';
import {decodeHello, encodeHello} from '../../source/wire/messages/login.ts';
import {boundBody, decodeBind, decodeBound, encodeBound} from '../../source/wire/messages/path.ts';

test('an ALERT of no known code is none; its seconds end at 65535', t => {
	t.is(decodeAlert(Buffer.of(0, 0, 0, 0)), undefined);
	t.is(decodeAlert(Buffer.of(17, 0, 0, 0)), undefined);
	const late = encodeAlert({reason: 'locked', triesLeft: 0, retryAfter: 1e6});
	t.deepEqual(decodeAlert(late), {reason: 'locked', triesLeft: 0, retryAfter: 65_535});
});

test('HELLO offers one to eight suites', t => {
	const hello = {version: 1, nonce: Buffer.alloc(32), time: 0};
	t.is(decodeHello(encodeHello({...hello, suites: []})), undefined);
	t.throws(() => encodeHello({...hello, suites: Array.from({length: 9}, () => 1)}), {instanceOf: RangeError});
	const nine = Buffer.concat([Buffer.of(1, 9), Buffer.alloc(9 + 32 + 8)]);
	t.is(decodeHello(nine), undefined);
});

test('SEARCH asks with parts of names, for at least one', t => {
	const search = {request: 1, prefix: 'a', after: '', limit: 1};
	for (const bad of [{limit: 0}, {prefix: 'A'}, {prefix: '%'}, {after: 'a\u0000'}, {after: 'é'}]) {
		t.is(decodeSearch(encodeSearch({...search, ...bad})), undefined);
	}

	t.throws(() => encodeSearch({...search, prefix: 'a'.repeat(33)}), {instanceOf: RangeError});
});

test('a list ends at 255 names', t => {
	const names = Array.from({length: 256}, () => 'a');
	t.throws(() => encodeNames(names), {instanceOf: RangeError});
	t.throws(() => encodePresence(names.map(name => ({name, online: true}))), {instanceOf: RangeError});
	t.is(decodePresence(Buffer.from('01016102', 'hex')), undefined);
});

test('an INTRODUCTION without a grant is zeros and as long as one with', t => {
	const head = {request: 1, name: 'bob', time: 1};
	const grant = {
		key: Buffer.alloc(32, 1),
		identityKey: Buffer.alloc(32, 2),
		addresses: [{host: '192.0.2.1', port: 1}],
		suite: 1,
		ticket: Buffer.alloc(248, 3),
	};
	const refusal = encodeIntroduction({...head, grant: undefined});
	t.is(refusal.length, encodeIntroduction({...head, grant}).length);
	t.true(refusal.subarray(45).every(byte => byte === 0));
	fc.assert(
		fc.property(fc.integer({min: 46, max: refusal.length - 1}), fc.integer({min: 1, max: 255}), (at, byte) => {
			const candidate = Buffer.from(refusal);
			candidate[at] = byte;
			t.is(decodeIntroduction(candidate), undefined);
		}),
	);

	const granted = encodeIntroduction({...head, grant});
	granted[granted.length - 1] = 1;
	t.is(decodeIntroduction(granted), undefined);
});

test('what pads BIND and BOUND is zero, and one is not the other', t => {
	const bound = {version: 1, sessionId: Buffer.alloc(16, 1), time: 5, observed: {host: '::1', port: 1}};
	const encoded = encodeBound(boundBody(bound), Buffer.alloc(32, 2));
	t.is(decodeBind(encoded), undefined);
	for (let at = 44; at < 64; at++) {
		const candidate = Buffer.from(encoded);
		candidate[at] = 1;
		t.is(decodeBound(candidate), undefined);
	}
});
