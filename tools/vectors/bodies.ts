// Test values of messages whose bytes follow from their fields alone: one of each, as a record's body.
import {Buffer} from 'node:buffer';
import {encode} from 'cborg';
import {sha256} from '../../source/crypto/hash.ts';
import {sign} from '../../source/crypto/identity.ts';
import {identityChangeStatement} from '../../source/protocol/login/login-keys.ts';
import {encodeAlert} from '../../source/wire/alert.ts';
import {formatJoinLink} from '../../source/wire/join-link.ts';
import {encodeContent} from '../../source/content/content.ts';
import {
	encodeBlock,
	encodeCandidates,
	encodeChangeIdentity,
	encodeNames,
	encodePing,
	encodePresence,
	encodeRefused,
	encodeResults,
	encodeSearch,
} from '../../source/wire/messages/directory.ts';
import {encodePunchDatagram} from '../../source/wire/messages/path.ts';
import {encodeReflectors, encodeWays} from '../../source/wire/messages/ways.ts';
import {encodeReplicationFrame} from '../../source/wire/messages/replication.ts';
import {encodeItem} from '../../source/wire/messages/replication-items.ts';
import {encodeFrames} from '../../source/wire/messages/msg.ts';
import {VERSION} from '../../source/wire/suite.ts';
import {NOW, alice, bob, serverKey} from './cast.ts';
import {section} from './sheet.ts';

const presence = [
	{name: 'bob', online: true},
	{name: 'carol', online: false},
];

/** One of each frame and each item of replication. */
function replication(): Array<[string, Buffer]> {
	const log = Buffer.alloc(16, 0xaa);
	const device = Buffer.alloc(8, 0xbb);
	const id = Buffer.alloc(16, 0x11);
	const content = encodeContent({kind: 'text', id, time: NOW, text: 'hi'});
	const delivered = {state: 'delivered', reason: undefined, decided: undefined} as const;
	const row = {kind: 'row', conversation: 'bob', place: NOW * 256, isDeleted: false, content} as const;
	const came = {...row, ...delivered, direction: 'in', left: 60_000, writer: undefined} as const;
	const failed = {state: 'failed', reason: 'cancelled', decided: NOW} as const;
	const items: Array<[string, Buffer]> = [
		['item: a text of bob’s, which disappears in 60 s', encodeItem(came)],
		[
			'item: a text to bob that waits, written by bb…',
			encodeItem({...row, ...delivered, state: 'queued', direction: 'out', left: undefined, writer: device}),
		],
		['item: a text to bob was cancelled', encodeItem({kind: 'state', conversation: 'bob', id, ...failed})],
		[
			'item: bob is called “b”',
			encodeItem({kind: 'register', register: 2, name: 'bob', time: NOW, device, value: Buffer.from('b')}),
		],
		['item: bob’s talk was read up to there', encodeItem({kind: 'seen', conversation: 'bob', place: NOW * 256})],
		['item: it was forgotten up to there', encodeItem({kind: 'forgotten', conversation: 'bob', place: NOW * 256})],
		['item: a text of bob’s is gone', encodeItem({kind: 'gone', conversation: 'bob', direction: 'in', id})],
	];
	const seen = items[4]![1];
	return [
		...items,
		['HEAD, place 7', encodeReplicationFrame({kind: 'head', log, head: 7})],
		['SINCE, place 5, recent 50', encodeReplicationFrame({kind: 'since', log, place: 5, recent: 50})],
		['ROWS, 5 to 7, that item of reading', encodeReplicationFrame({kind: 'rows', log, from: 5, to: 7, items: [seen]})],
		['RECENT, the same item', encodeReplicationFrame({kind: 'recent', items: [seen]})],
		['KEPT, place 7', encodeReplicationFrame({kind: 'kept', log, place: 7})],
	];
}

/** One of each kind of content, and of each option. */
function contents(): Array<[string, Buffer]> {
	const id = Buffer.alloc(16, 0x11);
	const target = Buffer.alloc(16, 0x22);
	const head = {id, time: NOW};
	const text = {kind: 'text', ...head, text: 'hi'} as const;
	const own = {isOwn: true, id: target};
	const reply = {isOwn: false, id: target};
	const unsound = Buffer.from(encode([1, id, NOW, 'hi', {life: 0}]));
	return [
		['content: text "hi"', encodeContent(text)],
		['content: text "hi", disappears after 60 s', encodeContent({...text, lifetime: 60})],
		['content: text "hi", answers the other side’s 22…', encodeContent({...text, reply})],
		['content: text "hi", both', encodeContent({...text, reply, lifetime: 60})],
		[
			'content: text "hi", both, and an option of a later version',
			Buffer.from(encode([1, id, NOW, 'hi', {life: 60, re: [false, target], x: 1}])),
		],
		['content: receipt of it', encodeContent({kind: 'receipt', ids: [id]})],
		['content: typing', encodeContent({kind: 'typing', isTyping: true})],
		['content: edit of 22… to "ho"', encodeContent({kind: 'edit', ...head, target: own, value: 'ho'})],
		['content: deletion of 22…', encodeContent({kind: 'delete', ...head, target: own, value: ''})],
		['content: reaction 👍 to one’s own 22…', encodeContent({kind: 'reaction', ...head, target: own, value: '👍'})],
		[
			'content: reaction to the other side’s 22… taken back',
			encodeContent({kind: 'reaction', ...head, target: reply, value: ''}),
		],
		['content: read up to 22…', encodeContent({kind: 'read', ...head, target: reply, value: ''})],
		['content: timer of a day', encodeContent({kind: 'timer', ...head, value: '86400'})],
		['content: timer off', encodeContent({kind: 'timer', ...head, value: '0'})],
		['content: pin of the other side’s 22…', encodeContent({kind: 'pin', ...head, target: reply, value: 'pinned'})],
		['content: pin of one’s own 22… taken off', encodeContent({kind: 'pin', ...head, target: own, value: ''})],
		['content: away', encodeContent({kind: 'away', text: 'at tea'})],
		['content: back', encodeContent({kind: 'away', text: ''})],
		[
			'content: log heads, of the own log alone',
			encodeContent({kind: 'log-heads', own: {count: 2, head: sha256(id)}, other: undefined}),
		],
		['content: of a later version', Buffer.from(encode([100, id, NOW, {what: 'it says'}]))],
		['content that is refused: "life" of 0', unsound],
		['content: refusal of it', encodeContent({kind: 'refusal', digests: [sha256(unsound).subarray(0, 16)]})],
	];
}

export function bodiesSection(): string {
	const changed = bob.identity.publicKey;
	const statement = identityChangeStatement(alice.name, changed);
	const change = {
		identityKey: changed,
		signatureOld: sign(alice.identity, statement),
		signatureNew: sign(bob.identity, statement),
	};
	const link = {host: 'chat.example.org', port: 7406, serverKey: serverKey.publicKey, invite: 'invite-code'};
	const data = Buffer.from('a piece');
	const frames = encodeFrames([
		{
			kind: 'ack',
			epoch: 2,
			delay: 3,
			ranges: [
				{from: 8, to: 9},
				{from: 4, to: 6},
			],
		},
		{kind: 'ping'},
		{kind: 'path-challenge', token: Buffer.alloc(8, 0x22)},
		{kind: 'path-response', token: Buffer.alloc(8, 0x33)},
		{kind: 'fragment', channel: 1, sequence: 5, offset: 2000 - data.length, total: 2000, data},
		{kind: 'fragment', channel: 1, sequence: 6, offset: 0, total: data.length, data},
		{kind: 'close', reason: 0},
	]);
	const prose =
		'Bodies that follow from their fields alone. Alice’s change of identity is to bob’s key, which is fine for a test.';
	return section('A.5 Plain bodies', prose, [
		['ALERT: credentials, 3 tries left', encodeAlert({reason: 'credentials', triesLeft: 3, retryAfter: 0})],
		['ALERT: locked, 60 s', encodeAlert({reason: 'locked', triesLeft: 0, retryAfter: 60})],
		['WATCH, UNWATCH: bob, carol', encodeNames(['bob', 'carol'])],
		['PRESENCE: bob is there, carol is not', encodePresence(presence)],
		['SEARCH 7: prefix "b", after "bob", 20', encodeSearch({request: 7, prefix: 'b', after: 'bob', limit: 20})],
		['RESULTS 7: the same two, more', encodeResults({request: 7, more: true, entries: presence})],
		['BLOCK, BLOCKED: bob, yes', encodeBlock({name: 'bob', blocked: true})],
		['CANDIDATES, PUNCH: alice’s and bob’s UDP addresses', encodeCandidates([alice.udp, bob.udp])],
		['REFLECTORS: the same two', encodeReflectors([alice.udp, bob.udp])],
		['WAYS 7: varies, the same two', encodeWays({request: 7, mapping: 'varies', addresses: [alice.udp, bob.udp]})],
		['WAYS 7: not granted', encodeWays({request: 7, mapping: 'unknown', addresses: []})],
		['PING, PONG: 2^53 − 1', encodePing(Number.MAX_SAFE_INTEGER)],
		['CHANGE_IDENTITY: alice to bob’s key', encodeChangeIdentity(change)],
		['REFUSED 7: 3 s', encodeRefused({request: 7, retryAfter: 3})],
		['PUNCH, datagram', encodePunchDatagram(VERSION)],
		['transport frames: ACK, PING, both PATH, FRAGMENT, WHOLE, CLOSE; padded', frames],
		...contents(),
		...replication(),
		['join link', formatJoinLink(link)],
	]);
}
