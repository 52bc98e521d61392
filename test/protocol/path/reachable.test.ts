// Where the directory can send a client's datagrams, and where not.
import test from 'ava';
import {reachable} from '../../../source/protocol/path/reachable.ts';

const at = (host: string) => ({host, port: 5});
const hosts = (...named: string[]) => named.map(host => at(host));
const publicServer = {server: at('203.0.113.1'), observed: at('198.51.100.1')};

function taken(standpoint: typeof publicServer, ...named: string[]): string[] {
	return reachable(hosts(...named), standpoint).map(({host}) => host);
}

test('a directory cannot point a client at its own machine, its own network, or at a crowd', t => {
	const hostile = [
		'127.0.0.1',
		'::1',
		'10.0.0.1',
		'192.168.1.1',
		'fe80::1',
		'224.0.0.1',
		'255.255.255.255',
		'0.0.0.0',
		'ff02::1',
	];
	t.deepEqual(taken(publicServer, '198.51.100.2', ...hostile), ['198.51.100.2']);
});

test('a neighbour behind the same router is reached at a private address', t => {
	t.deepEqual(taken(publicServer, '198.51.100.1', '192.168.1.5'), ['198.51.100.1', '192.168.1.5']);
	t.deepEqual(taken(publicServer, '198.51.100.1', '127.0.0.1'), ['198.51.100.1']);
});

test('a directory in the own network, or on the own machine, may name what it can reach itself', t => {
	const home = {server: at('192.168.1.2'), observed: at('192.168.1.3')};
	t.deepEqual(taken(home, '192.168.1.7', '127.0.0.1'), ['192.168.1.7']);
	const demo = {server: at('127.0.0.1'), observed: at('127.0.0.1')};
	t.deepEqual(taken(demo, '127.0.0.1', '192.168.1.7', '224.0.0.1'), ['127.0.0.1', '192.168.1.7']);
});

test('a neighbour is known by any address that it is seen at, by a reflector too, and in IPv6 by its /64', t => {
	t.deepEqual(taken(publicServer, '192.168.1.5', '198.51.100.1'), ['192.168.1.5', '198.51.100.1']);
	const dual = {...publicServer, seen: [at('2001:db8:1:2:aaaa::1')]};
	t.deepEqual(taken(dual, 'fd00::5', '2001:db8:1:2:bbbb::2'), ['fd00::5', '2001:db8:1:2:bbbb::2']);
	t.deepEqual(taken(dual, 'fd00::5', '2001:db8:1:3:bbbb::2'), ['2001:db8:1:3:bbbb::2']);
	t.deepEqual(taken(dual, '192.168.1.5', '198.51.100.2'), ['198.51.100.2']);
});

test('a private address in common makes no neighbour: it is in every home', t => {
	const home = {server: at('203.0.113.1'), observed: at('192.168.1.9'), seen: [at('fd00::1')]};
	t.deepEqual(taken(home, '192.168.1.9', '192.168.1.1', 'fd00::2'), []);
});
