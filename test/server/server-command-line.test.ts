// The command line and the addresses in it: what is understood, and that everything else is refused with a way out.
import test from 'ava';
import {guessHost, parseListenAddress} from '../../source/server/listen-address.ts';
import {UsageError, parseServerArguments} from '../../source/server/server-arguments.ts';

const parse = (words: string[], flags: Record<string, unknown> = {}) => parseServerArguments(words, flags, '/default');

test('without a command it serves', t => {
	t.deepEqual(parse([]), {kind: 'serve', options: {data: '/default', registration: 'invite'}});
	t.deepEqual(parse([], {listen: '[::1]:9', metrics: ':1', data: '/d', registration: 'open'}), {
		kind: 'serve',
		options: {data: '/d', registration: 'open', listen: {host: '::1', port: 9}, metrics: {port: 1}},
	});
});

test('it stops at once, or as slowly as is said', t => {
	t.like(parse([], {drain: '30', drainSpread: '60'}), {options: {drain: {waitMs: 30_000, spreadMs: 60_000}}});
	t.like(parse([], {drain: '5'}), {options: {drain: {waitMs: 5000, spreadMs: 0}}});
});

test('trusted proxies are networks, as many as are named', t => {
	const networks = [
		{host: '10.0.0.0', prefix: 8},
		{host: '::1', prefix: 128},
	];
	t.like(parse([], {trustedProxy: ['10.0.0.0/8', '::1']}), {options: {trustedProxies: networks}});
	t.deepEqual(parse([], {trustedProxy: []}), parse([]));
	t.throws(() => parse([], {trustedProxy: ['10.0.0.0/8', '0.0.0.0/0']}), {message: /--trusted-proxy takes a network/});
	t.throws(() => parse([], {trustedProxy: ['10.0.0.0/8', '']}), {message: /--trusted-proxy needs a value/});
	t.throws(() => parse(['status'], {trustedProxy: ['::1']}), {message: /--trusted-proxy is for the server itself/});
});

test('a reflector ahead of the server is an IP address and a port', t => {
	for (const [reflector, expected] of [
		['203.0.113.7:7406', {host: '203.0.113.7', port: 7406}],
		['[2001:DB8:0::1]:1', {host: '2001:db8::1', port: 1}],
	] as const) {
		t.like(parse([], {reflector}), {options: {reflector: expected}});
	}

	for (const reflector of ['7406', 'chat.example.org:7406', ':7406', '203.0.113.7:0', '0.0.0.0:1', '224.0.0.1:1']) {
		t.throws(() => parse([], {reflector}), {instanceOf: UsageError, message: /--reflector takes an IP address/});
	}

	t.throws(() => parse(['users'], {reflector: '203.0.113.7:1'}), {message: /--reflector is for the server itself/});
});

test('commands take a name or none, however it is typed', t => {
	t.deepEqual(parse(['invite', '@Alice'], {data: '/d'}), {
		kind: 'manage',
		place: {data: '/d'},
		request: {command: 'invite', name: 'alice'},
	});
	t.deepEqual(parse(['status']), {kind: 'manage', place: {data: '/default'}, request: {command: 'status', name: ''}});
	t.deepEqual(parse(['top'], {data: '/d'}), {kind: 'top', data: '/d'});
	t.like(parse(['users', 'Al'], {after: '@Alice', limit: '20'}), {
		request: {command: 'users', name: 'al', after: 'alice', limit: 20},
	});
});

test('a database in place of the file is named by a URL, without a password, for the server and every command', t => {
	const store = 'postgres:///simchat?host=/var/run/postgresql';
	t.like(parse([], {store}), {kind: 'serve', options: {data: '/default', store}});
	t.like(parse(['users'], {store, data: '/d'}), {kind: 'manage', place: {data: '/d', store}});
	t.deepEqual(parse(['export', 'all.jsonl'], {store}), {
		kind: 'move',
		place: {data: '/default', store},
		command: 'export',
		file: 'all.jsonl',
	});
	for (const wrong of ['simchat', 'mysql://localhost/simchat', 'postgres://localhost', 'postgres://localhost/']) {
		t.throws(() => parse([], {store: wrong}), {instanceOf: UsageError, message: /--store takes the URL/});
	}

	for (const open of ['postgres://simchat:secret@localhost/simchat', 'postgres:///simchat?password=secret']) {
		const error = t.throws(() => parse([], {store: open}), {
			instanceOf: UsageError,
			message: /takes no password.*pgpass/,
		});
		t.false(error?.message.includes('secret'));
	}
});

test('a bus beside the database is named by a URL, without a password, for servers that share a database alone', t => {
	const [store, bus] = ['postgres:///simchat', 'rediss://simchat@r1.example.org,r2.example.org:7000'];
	t.like(parse([], {store, bus}), {kind: 'serve', options: {store, bus}});
	const refused = (flags: Record<string, string>, message: RegExp) => {
		const error = t.throws(() => parse([], flags), {instanceOf: UsageError, message});
		t.false(error?.message.includes('secret'));
	};
	refused({bus}, /--bus is for servers that share a database/);
	refused({store, bus: 'http://r1'}, /--bus takes the URL/);
	refused({store, bus: 'redis://simchat:secret@r1'}, /takes no password.*REDISCLI_AUTH/);
	refused({store, bus: 'redis://:secret@r1'}, /takes no password.*REDISCLI_AUTH/);
	t.throws(() => parse(['users'], {store, bus}), {instanceOf: UsageError, message: /--bus is for the server itself/});
});

test('anything else is refused', t => {
	const wrong: Array<[string[], Record<string, unknown>, RegExp]> = [
		[['serve'], {}, /no command serve: use one of/],
		[['invite'], {}, /takes a name/],
		[['invite', 'alice', 'bob'], {}, /leave out bob/],
		[['invite', 'ä'], {}, /a name has/],
		[['export'], {}, /takes a file/],
		[['import', 'a', 'b'], {}, /leave out b/],
		[['users', 'a', 'b'], {}, /takes one name: leave out b/],
		[['users'], {limit: '1001'}, /--limit takes a number up to 1000/],
		[['users'], {limit: '0'}, /--limit takes/],
		[['users'], {after: 'ä'}, /a name has/],
		[['status'], {after: 'alice'}, /--after is for users alone/],
		[[], {limit: '5'}, /--limit is for users alone/],
		[['top', 'alice'], {}, /takes no name/],
		[['users'], {listen: ':1'}, /--listen is for the server itself/],
		[[], {verbose: true}, /no flag --verbose/],
		[[], {dryRun: true}, /no flag --dry-run/],
		[[], {v: true}, /no flag -v/],
		[[], {data: ''}, /--data needs a value/],
		[[], {listen: '7406'}, /--listen takes HOST:PORT/],
		[[], {metrics: 'host:'}, /--metrics takes HOST:PORT/],
		[[], {drain: '1.5'}, /--drain takes whole seconds, 3600 at most/],
		[[], {drainSpread: '3601'}, /--drain-spread takes whole seconds/],
		[['users'], {drainSpread: '1'}, /--drain-spread is for the server itself/],
		[[], {registration: 'all'}, /one of invite, open, closed/],
	];
	for (const [words, flags, message] of wrong) {
		const error = t.throws(() => parse(words, flags), {instanceOf: UsageError});
		t.regex(error?.message ?? '', message);
	}
});

test('an endpoint is a host and a port, or a port of all addresses', t => {
	t.deepEqual(parseListenAddress('127.0.0.1:7406'), {host: '127.0.0.1', port: 7406});
	t.deepEqual(parseListenAddress('[::]:0'), {host: '::', port: 0});
	t.deepEqual(parseListenAddress('chat.example.org:1'), {host: 'chat.example.org', port: 1});
	t.deepEqual(parseListenAddress(':1'), {port: 1});
	t.deepEqual(parseListenAddress('*:1'), {port: 1});
	for (const text of [
		'',
		'1',
		'host',
		'host:',
		'host:x',
		'host:65536',
		'::1:7',
		'[::1]',
		'[x]:1',
		'[1.2.3.4]:1',
		'a b:1',
		'a:-1',
	]) {
		t.is(parseListenAddress(text), undefined, text);
	}
});

function entry(address: string, family: 'IPv4' | 'IPv6', internal = false) {
	return {address, family, internal, netmask: '', mac: '', cidr: null, scopeid: 0} as never;
}

test('the guessed host is one that others can reach', t => {
	const loopback = entry('127.0.0.1', 'IPv4', true);
	const local = entry('fe80::1', 'IPv6');
	const global = entry('2001:db8::1', 'IPv6');
	t.is(guessHost({lo: [loopback], eth: [local, global, entry('192.0.2.7', 'IPv4')]}), '192.0.2.7');
	t.is(guessHost({lo: [loopback], eth: [local, global]}), '2001:db8::1');
	t.is(guessHost({lo: [loopback], eth: [local]}), 'localhost');
	t.is(guessHost({}), 'localhost');
});
