// Device links: what parses, what does not, and that they are no join links.
import {Buffer} from 'node:buffer';
import test from 'ava';
import fc from 'fast-check';
import {formatDeviceLink, parseDeviceLink} from '../../source/wire/device-link.ts';
import {parseJoinLink} from '../../source/wire/join-link.ts';

const serverKey = Buffer.alloc(32, 7);
const link = {
	host: 'chat.example.org',
	port: 9000,
	serverKey,
	name: 'al.ice_1-2',
	foundingKey: Buffer.alloc(32, 1),
	secret: Buffer.alloc(32, 2),
};
const text = formatDeviceLink(link);

test('a device link has a server, a name, the founding key and a secret', t => {
	t.deepEqual(parseDeviceLink(` ${text}\n`), link);
	t.true(text.startsWith('simchat://chat.example.org:9000/#'));
	t.is(text.length, 'simchat://chat.example.org:9000/#'.length + 43 + '?name=al.ice_1-2&device='.length + 86);
});

test('anything else is none, and a device link is no join link', t => {
	const near = [
		'',
		text.slice(0, -1),
		`${text}A`,
		text.replace('name=al.ice_1-2', 'name=Alice'),
		text.replace('name=al.ice_1-2&', ''),
		text.replace('&device=', '&devices='),
		text.replace(':9000', ':0'),
		`${text.slice(0, -1)}_`,
		`simchat://h/#${serverKey.toString('base64url')}`,
		`simchat://h/#${serverKey.toString('base64url')}?invite=a`,
	];
	for (const each of near) t.is(parseDeviceLink(each), undefined, each);
	t.is(parseJoinLink(text), undefined);
});

test('what is formatted parses to the same parts', t => {
	const bytes = fc.uint8Array({minLength: 32, maxLength: 32}).map(array => Buffer.from(array));
	const parts = fc.record(
		{
			host: fc.constantFrom('h', '192.0.2.1', '2001:db8::1'),
			port: fc.integer({min: 1, max: 65_535}),
			serverKey: bytes,
			name: fc.stringMatching(/^[a-z][a-z0-9._-]{0,31}$/),
			foundingKey: bytes,
			secret: bytes,
		},
		{noNullPrototype: true},
	);
	fc.assert(fc.property(parts, each => t.deepEqual(parseDeviceLink(formatDeviceLink(each)), each)));
});
