// Which addresses of a member are told to whom: what the server saw to everybody, private ones within one network, nothing of third machines.
import test from 'ava';
import {addressesFor, keepCandidates} from '../../source/server/candidates.ts';
import {type Member} from '../../source/server/member.ts';
import {type Address, addressText, scopeOf} from '../../source/wire/address.ts';
import {WAY_LIMIT} from '../../source/wire/messages/ways.ts';

const at = (host: string, port = 5): Address => ({host, port});

/** Seen at `host` over TCP, and at these over UDP, each by a reflector of its own; the last one lately. */
function member(host: string, seen: readonly Address[] = [at(host, 1)], candidates: readonly Address[] = []): Member {
	const sightings = seen.map((address, index) => ({reflector: at('192.0.2.9', index + 1), address, time: index + 1}));
	return {
		session: {observed: at(host, 9)},
		sightings: sightings.toReversed(),
		candidates: keepCandidates(candidates),
	} as unknown as Member;
}

const told = (of: Member, reader: Member, limit = WAY_LIMIT) =>
	addressesFor(of, reader, limit).map(address => addressText(address));

test('private addresses go only to members at the same host, addresses of the own host to everybody', t => {
	const named = [at('192.168.1.5'), at('198.51.100.1'), at('203.0.113.9'), at('127.0.0.1')];
	const bob = member('198.51.100.1', [at('198.51.100.1', 1)], named);
	t.deepEqual(told(bob, member('198.51.100.1')), ['198.51.100.1:1', '198.51.100.1:5', '192.168.1.5:5']);
	t.deepEqual(told(bob, member('198.51.100.2')), ['198.51.100.1:1', '198.51.100.1:5']);
});

test('with IPv6 the same network is the same /64', t => {
	const bob = member('2001:db8:1:2::5', undefined, [at('fd00::5'), at('2001:db8:1:2::6')]);
	t.deepEqual(told(bob, member('2001:db8:1:2::7')), ['[2001:db8:1:2::5]:1', '[fd00::5]:5']);
	t.deepEqual(told(bob, member('2001:db8:1:3::7')), ['[2001:db8:1:2::5]:1']);
});

test('one address of each family is told, the newest, and that of the reader’s own family first', t => {
	const seen = [at('198.51.100.1', 1), at('2001:db8::1', 2), at('198.51.100.1', 3)];
	const bob = member('2001:db8::1', seen);
	t.deepEqual(told(bob, member('192.0.2.1')), ['198.51.100.1:3', '[2001:db8::1]:2']);
	t.deepEqual(told(bob, member('2001:db8:9::1')), ['[2001:db8::1]:2', '198.51.100.1:3']);
	t.deepEqual(told(bob, member('192.0.2.1'), 1), ['198.51.100.1:3']);
});

test('a mapped address has the host of either family, and nothing that has neither is ever told', t => {
	const foreign = [at('203.0.113.9'), at('2001:db8::2'), at('127.0.0.1'), at('::1'), at('224.0.0.1'), at('0.0.0.0')];
	const seen = [at('198.51.100.1', 1), at('2001:db8::1', 2)];
	for (const host of ['198.51.100.1', '2001:db8::1']) {
		const named = [at('198.51.100.1', 7000), at('2001:db8::1', 7000), ...foreign];
		const bob = member(host, seen, named);
		const expected = ['198.51.100.1:1', '[2001:db8::1]:2', '198.51.100.1:7000', '[2001:db8::1]:7000'];
		t.deepEqual(told(bob, member('192.0.2.1')), expected);
		// Not even to who is in the same network.
		t.deepEqual(told(bob, member(host)).toSorted(), expected.toSorted());
	}
});

test('a source of UDP that somebody has forged makes nobody a neighbour', t => {
	const bob = member('198.51.100.1', [at('198.51.100.1', 1)], [at('192.168.1.5')]);
	const mallory = member('203.0.113.66', [at('198.51.100.1', 2)], [at('192.168.1.1', 53)]);
	t.deepEqual(told(bob, mallory), ['198.51.100.1:1']);
	t.deepEqual(told(mallory, bob), ['198.51.100.1:2']);
});

test('link-local addresses are told to nobody, since they name no link', t => {
	const bob = member('198.51.100.1', undefined, [at('169.254.1.1'), at('fe80::1'), at('10.0.0.1')]);
	t.deepEqual(told(bob, member('198.51.100.1')), ['198.51.100.1:1', '10.0.0.1:5']);
});

test('six addresses are the most, two seen and four named', t => {
	const named = [1, 2, 3, 4].map(last => at(`10.0.0.${last}`));
	const bob = member('198.51.100.1', [at('198.51.100.1', 1), at('2001:db8::1', 2)], named);
	t.is(told(bob, member('198.51.100.1')).length, WAY_LIMIT);
	t.is(told(bob, member('198.51.100.1'), 4).length, 4);
});

test('without a BIND there are no addresses', t => {
	t.deepEqual(told(member('198.51.100.1', []), member('198.51.100.1')), []);
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
