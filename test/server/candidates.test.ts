// Which addresses of a member are passed to whom: private ones only within one network.
import test from 'ava';
import {candidatesFor, keepCandidates} from '../../source/server/candidates.ts';
import {type Member} from '../../source/server/member.ts';
import {type Address, addressText, scopeOf} from '../../source/wire/address.ts';

const at = (host: string, port = 5): Address => ({host, port});

function member(host: string, reflexive = at(host, 1)): Member {
	return {session: {observed: at(host, 9)}, reflexive, local: []} as unknown as Member;
}

const told = (of: Member, asker: Member) => candidatesFor(of, asker).map(address => addressText(address));

test('private addresses go only to members at the same host, addresses of the own host to everybody', t => {
	const bob = member('198.51.100.1');
	bob.local = keepCandidates(bob, [at('192.168.1.5'), at('198.51.100.1'), at('203.0.113.9'), at('127.0.0.1')]);
	t.deepEqual(
		bob.local.map(({host}) => host),
		['192.168.1.5', '198.51.100.1'],
	);
	t.deepEqual(told(bob, member('198.51.100.1', at('198.51.100.1', 2))), [
		'198.51.100.1:1',
		'192.168.1.5:5',
		'198.51.100.1:5',
	]);
	t.deepEqual(told(bob, member('198.51.100.2')), ['198.51.100.1:1', '198.51.100.1:5']);
});

test('with IPv6 the same network is the same /64', t => {
	const bob = member('2001:db8:1:2::5');
	bob.local = keepCandidates(bob, [at('fd00::5'), at('2001:db8:1:2::6')]);
	t.deepEqual(told(bob, member('2001:db8:1:2::7')), ['[2001:db8:1:2::5]:1', '[fd00::5]:5']);
	t.deepEqual(told(bob, member('2001:db8:1:3::7')), ['[2001:db8:1:2::5]:1']);
});

test('without a BIND there are no addresses', t => {
	t.deepEqual(candidatesFor({...member('198.51.100.1'), reflexive: undefined}, member('198.51.100.1')), []);
});

test('every kind of address has its scope', t => {
	const scopes = {
		public: ['1.1.1.1', '100.64.0.1', '172.15.0.1', '172.32.0.1', '223.255.255.255', '2001:db8::1', '::ffff:8.8.8.8'],
		private: [
			'10.0.0.1',
			'172.16.0.1',
			'172.31.255.255',
			'192.168.0.1',
			'169.254.1.1',
			'fc00::1',
			'fdff::1',
			'fe80::1',
			'febf::1',
		],
		loopback: ['127.0.0.1', '127.255.255.254', '::1', '::ffff:127.0.0.1'],
		nobody: [
			'0.0.0.0',
			'0.1.2.3',
			'224.0.0.1',
			'239.255.255.255',
			'240.0.0.1',
			'255.255.255.255',
			'::',
			'::2',
			'::7f00:1',
			'ff02::1',
		],
	} as const;
	for (const [scope, hosts] of Object.entries(scopes))
		for (const host of hosts) t.is(scopeOf(host), scope as never, host);
	t.is(scopeOf('chat.example.org'), 'nobody');
});
