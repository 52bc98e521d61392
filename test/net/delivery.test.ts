// What the lab says of a pair of homes, and when it is content.
import test from 'ava';
import {type Delivery, deliveryLine, deliveryOf, isAsExpected} from '../../tools/net/delivery.ts';
import {tellsSignIn} from '../../tools/net/directory.ts';
import {SIX_KINDS, TABLE_KINDS, expectedOf} from '../../tools/net/expected.ts';
import {type HomeKind} from '../../tools/net/homes.ts';
import {describe} from '../../source/server/log.ts';

const names = {from: 'port', to: 'sym'};
const sent = {code: 0, words: '', began: 1000, ended: 4100};
const probes = (packets: number) => ({in: none, toPeers: none, asks: {packets, bytes: 92 * packets}});
const none = {packets: 0, bytes: 0};

const delivered = (asks: number): Delivery =>
	deliveryOf(names, sent, {signedIn: 2000, heard: 1, counts: [probes(asks), probes(0)]});

test('a line says how long a message took from the sign-in, and by how many asks', t => {
	t.is(deliveryLine(delivered(0)), 'port → sym: delivered in 2.1 s directly');
	t.is(deliveryLine(delivered(9)), 'port → sym: delivered in 2.1 s by probes (9 asks)');
	t.is(deliveryLine(delivered(300)), 'port → sym: delivered in 2.1 s by birthday (300 asks)');
});

test('the sign-in that times begin with is in the server’s log', t => {
	const entry = describe({kind: 'signed in', name: 'bob', from: '203.0.113.20:1'});
	const logged = JSON.stringify({...entry?.fields, msg: entry?.text});
	t.true(tellsSignIn(logged, 'bob'));
	t.false(tellsSignIn(logged, 'ob'));
	t.false(
		tellsSignIn(JSON.stringify({msg: describe({kind: 'signed out', name: 'bob', how: 'signed off'})?.text}), 'bob'),
	);
});

const failed = (words: string) =>
	deliveryLine(deliveryOf(names, {...sent, code: 75, words}, {signedIn: undefined, heard: 0, counts: []}));

const line = (why: string) => `port → sym: not delivered in 3.1 s: ${why} (exit code 75)`;

test('a line says why not, in the words of the program, and how it ended', t => {
	const kept = 'It is kept on this disk and goes out when simchat runs again.';
	t.is(failed(`simchat: not delivered yet: there is no way. ${kept}`), line('there is no way'));
	t.is(failed('simchat: the server does not answer'), line('the server does not answer'));
	t.is(failed(''), line('it says nothing'));
});

test('a delivery is good when the receiver printed it once and in time, and a failure when its reason is the right one', t => {
	const good = delivered(9);
	t.true(isAsExpected(good, {withinS: 5}));
	t.false(isAsExpected(good, {withinS: 2}));
	t.false(isAsExpected({...good, heard: 0}, {withinS: 5}));
	t.false(isAsExpected({...good, heard: 2}, {withinS: 5}));
	t.false(isAsExpected(good, {why: /UDP/}));
	const bad = {...good, isDelivered: false, heard: 0, why: 'UDP does not pass here'};
	t.true(isAsExpected(bad, {why: /UDP/}));
	t.false(isAsExpected(bad, {why: /change ports/}));
	t.false(isAsExpected({...bad, heard: 1}, {why: /UDP/}));
	t.true(isAsExpected({...bad, seconds: 16}, {why: /UDP/}));
	t.false(isAsExpected({...bad, seconds: 20}, {why: /UDP/}));
	t.false(isAsExpected(bad, {withinS: 5}));
});

const all = (kinds: readonly HomeKind[]) => kinds.flatMap(from => kinds.map(to => expectedOf(from, to)));

test('35 of the 36 pairs are to be delivered, four of them by birthday, and none where UDP is blocked', t => {
	const within = (limit: number) => all(SIX_KINDS).filter(each => 'withinS' in each && each.withinS === limit).length;
	t.deepEqual([within(5), within(12)], [31, 4]);
	t.is(all(TABLE_KINDS).filter(each => 'why' in each).length, 14);
});
