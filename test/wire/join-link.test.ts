// Join links: what parses, what does not, and that parsing and formatting are each other's inverse.
import {Buffer} from 'node:buffer';
import test from 'ava';
import fc from 'fast-check';
import {formatJoinLink, parseJoinLink} from '../../source/wire/join-link.ts';

const serverKey = Buffer.alloc(32, 7);
const key = serverKey.toString('base64url');

test('a link has a host, a port, the server’s key and perhaps an invite', t => {
	t.deepEqual(parseJoinLink(`simchat://chat.example.org:9000/#${key}?invite=aB-_9`), {
		host: 'chat.example.org',
		port: 9000,
		serverKey,
		invite: 'aB-_9',
	});
	t.deepEqual(parseJoinLink(`simchat://h:1/#${key}?invite=a:al.ice_1-2`), {
		host: 'h',
		port: 1,
		serverKey,
		invite: 'a',
		name: 'al.ice_1-2',
	});
	t.deepEqual(parseJoinLink(` simchat://Chat.Example.org/#${key}\n`), {
		host: 'chat.example.org',
		port: 7406,
		serverKey,
	});
	t.deepEqual(parseJoinLink(`simchat://[2001:db8::1]:1/#${key}`), {host: '2001:db8::1', port: 1, serverKey});
});

test('anything else is none', t => {
	const near = [
		'',
		'simchat://',
		`http://host:1/#${key}`,
		`simchat://host:0/#${key}`,
		`simchat://host:65536/#${key}`,
		`simchat://:7406/#${key}`,
		`simchat://-host/#${key}`,
		`simchat://a..b/#${key}`,
		`simchat://ho st/#${key}`,
		`simchat://user@host/#${key}`,
		`simchat://[::1/#${key}`,
		`simchat://[1.2.3.4]/#${key}`,
		`simchat://::1/#${key}`,
		`simchat://host/#${key.slice(1)}`,
		`simchat://host/#${key}A`,
		`simchat://host/#${key.slice(0, -1)}d`,
		`simchat://host/#${key}?invite=`,
		`simchat://host/#${key}?invite=a&b`,
		`simchat://host/#${key}?invite=a:`,
		`simchat://host/#${key}?invite=a:Alice`,
		`simchat://host/#${key}?invite=a:1lice`,
		`simchat://host/#${key}?invite=a:${'a'.repeat(33)}`,
		`simchat://host/#${key}:alice`,
		`simchat://alice@host/#${key}?invite=a`,
		`simchat://host/#${key}?invite=${'a'.repeat(65)}`,
		`simchat://host/#${key}?other=a`,
		`simchat://${'a'.repeat(254)}/#${key}`,
		`simchat://host/#${key}\u0000`,
	];
	for (const text of near) t.is(parseJoinLink(text), undefined, text);
});

test('what is formatted parses to the same parts', t => {
	const label = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,20}$/);
	const host = fc.oneof(
		fc.ipV4(),
		fc.ipV6().map(text => text.toLowerCase()),
		fc.array(label, {minLength: 1, maxLength: 5}).map(labels => labels.join('.')),
	);
	const place = {
		host,
		port: fc.integer({min: 1, max: 65_535}),
		serverKey: fc.uint8Array({minLength: 32, maxLength: 32}).map(bytes => Buffer.from(bytes)),
	};
	const invite = fc.stringMatching(/^[\w-]{1,64}$/);
	const name = fc.stringMatching(/^[a-z][a-z0-9._-]{0,31}$/);
	const link = fc.oneof(
		fc.record(place, {noNullPrototype: true}),
		fc.record({...place, invite, name}, {requiredKeys: ['host', 'port', 'serverKey', 'invite'], noNullPrototype: true}),
	);
	fc.assert(fc.property(link, parts => void t.deepEqual(parseJoinLink(formatJoinLink(parts)), parts)));
});

test('no text makes the parser throw', t => {
	fc.assert(
		fc.property(
			fc.oneof(
				fc.string(),
				fc.string().map(text => `simchat://${text}/#${key}`),
			),
			text => {
				parseJoinLink(text);
			},
		),
	);
	t.pass();
});
