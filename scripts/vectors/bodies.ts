// Test values of messages whose bytes follow from their fields alone: one of each, as a record's body.
import {Buffer} from 'node:buffer';
import {sign} from '../../source/crypto/identity.ts';
import {identityChangeStatement} from '../../source/protocol/login/keys.ts';
import {encodeAlert} from '../../source/wire/alert.ts';
import {formatJoinLink} from '../../source/wire/join-link.ts';
import {encodeContent} from '../../source/wire/messages/content.ts';
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
import {encodeFrames} from '../../source/wire/messages/transport.ts';
import {VERSION} from '../../source/wire/suite.ts';
import {NOW, alice, bob, serverKey} from './cast.ts';
import {section} from './sheet.ts';

const presence = [
	{name: 'bob', online: true},
	{name: 'carol', online: false},
];

export function bodiesSection(): string {
	const changed = bob.identity.publicKey;
	const statement = identityChangeStatement(alice.name, changed);
	const change = {
		identityKey: changed,
		signatureOld: sign(alice.identity, statement),
		signatureNew: sign(bob.identity, statement),
	};
	const link = {host: 'chat.example.org', port: 7406, serverKey: serverKey.publicKey, invite: 'invite-code'};
	const id = Buffer.alloc(16, 0x11);
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
		{kind: 'fragment', channel: 1, sequence: 5, offset: 1119, total: 2000, data},
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
		['PING, PONG: 2^53 − 1', encodePing(Number.MAX_SAFE_INTEGER)],
		['CHANGE_IDENTITY: alice to bob’s key', encodeChangeIdentity(change)],
		['REFUSED 7: 3 s', encodeRefused({request: 7, retryAfter: 3})],
		['PUNCH, datagram', encodePunchDatagram(VERSION)],
		['transport frames: ACK, PING, both PATH, FRAGMENT, WHOLE, CLOSE; padded', frames],
		['content: text "hi"', encodeContent({kind: 'text', id, time: NOW, text: 'hi'})],
		['content: receipt of it', encodeContent({kind: 'receipt', ids: [id]})],
		['content: typing', encodeContent({kind: 'typing', isTyping: true})],
		['join link', formatJoinLink(link)],
	]);
}
