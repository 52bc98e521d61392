import {type NetworkInterfaceInfo} from 'node:os';
import test from 'ava';
import {diagnose} from '../../source/client/diagnosis.ts';
import {NO_NETWORK} from '../../source/channel/network/own-network.ts';
import {type Contact, type Snapshot} from '../../source/client/snapshot.ts';

function interfacesOf(...addresses: readonly string[]): NodeJS.Dict<NetworkInterfaceInfo[]> {
	const common = {netmask: '', mac: '', internal: false, cidr: null};
	const list = addresses.map(address =>
		address.includes(':')
			? ({...common, address, family: 'IPv6', scopeid: 0} as const)
			: ({...common, address, family: 'IPv4'} as const),
	);
	return {lo: list.slice(0, 1), eth0: list.slice(1), down: undefined};
}

function snapshotWith(change: Partial<Snapshot>): Snapshot {
	return {
		account: undefined,
		connection: {state: 'online'},
		clockOffset: undefined,
		reflexive: undefined,
		contacts: [],
		conversations: new Map(),
		...change,
	};
}

test('an address is translated unless it is one of the machine’s own, however it is written', t => {
	const own = interfacesOf('127.0.0.1', '192.0.2.7', '2001:DB8:0:0::7', 'fe80::1%eth0');
	const cases = [
		[undefined, 'unknown'],
		['192.0.2.7:7406', 'none'],
		['192.0.2.8:7406', 'translated'],
		['192.0.2.77:7406', 'translated'],
		['[2001:db8::7]:7406', 'none'],
		['[2001:db8::8]:7406', 'translated'],
		['[fe80::1]:7406', 'none'],
		['[::ffff:192.0.2.7]:7406', 'none'],
		['127.0.0.1:7406', 'none'],
		['127.9.9.9:7406', 'none'],
		['[::1]:7406', 'none'],
		['[::127.0.0.1]:7406', 'translated'],
	] as const;
	for (const [reflexive, expected] of cases) {
		t.is(diagnose(snapshotWith({reflexive}), own, []).translation, expected, reflexive);
	}

	t.is(diagnose(snapshotWith({reflexive: '192.0.2.7:1'}), {}, []).translation, 'translated');
	t.is(diagnose(snapshotWith({reflexive: '127.0.0.1:1'}), {}, []).translation, 'none');
});

test('the rest is what the snapshot says of it, and each address of this machine once', t => {
	const bob: Contact = {
		name: 'bob',
		presence: 'online',
		identity: 'verified',
		blocked: false,
		path: {kind: 'direct', address: '192.0.2.9:1', rtt: 12},
		typing: true,
		unread: 3,
		outbox: 1,
	};
	const connection = {state: 'waiting', problem: 'busy', retryAt: 5} as const;
	const snapshot = snapshotWith({connection, clockOffset: -7, contacts: [bob]});
	t.deepEqual(diagnose(snapshot, interfacesOf('127.0.0.1', '192.0.2.7', '192.0.2.7'), []), {
		connection,
		reflexive: undefined,
		localAddresses: ['127.0.0.1', '192.0.2.7'],
		translation: 'unknown',
		clockOffset: -7,
		network: NO_NETWORK,
		keptPort: undefined,
		mappedFor: undefined,
		contacts: [{name: 'bob', presence: 'online', path: bob.path, probes: undefined}],
		dropped: [],
	});
});

test('of what probes found out: the kept port, and for how long the router still lets datagrams in', t => {
	const external = {host: '192.0.2.8', port: 4000};
	const portMapping = {kind: 'mapped', protocol: 'pcp', external, life: 7200, endsAt: 61_400} as const;
	const network = {...NO_NETWORK, portMapping};
	const probed = {network, keptPort: 4001, elapsed: 1000, probesOf: () => undefined};
	t.like(diagnose(snapshotWith({}), {}, [], probed), {keptPort: 4001, mappedFor: 60});
	t.is(diagnose(snapshotWith({}), {}, [], {...probed, elapsed: 99_000}).mappedFor, 0, 'over');
});
