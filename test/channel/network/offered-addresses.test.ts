// Which addresses of a machine are offered, and in which order.
import {networkInterfaces} from 'node:os';
import test from 'ava';
import {type InterfaceList, localHosts, outwardAddresses} from '../../../source/channel/network/offered-addresses.ts';

/** Interfaces by their names, with what addresses they have; `lo` is internal. */
function machine(all: Record<string, string[]>): InterfaceList {
	const entries = Object.entries(all).map(([name, hosts]) => {
		const infos = hosts.map(address => {
			const rest = {address, netmask: '', mac: '', internal: name === 'lo', cidr: null};
			return address.includes(':')
				? ({...rest, family: 'IPv6', scopeid: 0} as const)
				: ({...rest, family: 'IPv4'} as const);
		});
		return [name, infos] as const;
	});
	return Object.fromEntries(entries);
}

test('private addresses of RFC 1918 and RFC 4193 are offered, and no others', t => {
	for (const host of ['10.1.2.3', '172.16.0.1', '172.31.255.254', '192.168.1.23', 'fd12:3456::1', 'fc00::1']) {
		t.deepEqual(localHosts(machine({eth0: [host]}), 'eth0'), [host]);
	}

	for (const host of [
		'127.0.0.1',
		'::1',
		'169.254.7.7',
		'fe80::1',
		'febf::1',
		'172.32.0.1',
		'100.64.0.2',
		'203.0.113.1',
		'2001:db8::1',
		'224.0.0.1',
		'0.0.0.0',
		'ff02::1',
		'no address',
		'',
	]) {
		t.deepEqual(localHosts(machine({eth0: [host]}), 'eth0'), [], host);
	}
});

test('loopback and networks inside the machine are not offered', t => {
	t.deepEqual(localHosts(machine({lo: ['10.0.0.1']}), undefined), []);
	const names = [
		'docker0',
		'br-0a1b2c3d4e5f',
		'docker_gwbridge',
		'veth12',
		'virbr0',
		'lxcbr0',
		'lxdbr0',
		'cni0',
		'podman0',
	];
	for (const name of names) {
		t.deepEqual(localHosts(machine({[name]: ['172.17.0.1'], eth0: ['192.168.1.23']}), name), ['192.168.1.23'], name);
	}

	for (const name of ['br0', 'bridge0', 'wlp3s0', 'en0', 'bond0', 'tun0', 'wg0']) {
		t.deepEqual(localHosts(machine({[name]: ['10.0.0.1']}), undefined), ['10.0.0.1'], name);
	}
});

test('at most two, those of the default route first, IPv4 before IPv6, one of a family on a link', t => {
	const many = machine({
		wg0: ['10.9.0.2'],
		eth1: ['fd00::5', '10.0.0.5'],
		eth0: ['192.168.1.23', 'fd00::23', 'fd00::aaaa', '192.168.1.24'],
	});
	t.deepEqual(localHosts(many, 'eth0'), ['192.168.1.23', 'fd00::23']);
	t.deepEqual(localHosts(many, 'eth1'), ['10.0.0.5', 'fd00::5']);
	t.deepEqual(localHosts(many, 'wg0'), ['10.9.0.2', '10.0.0.5']);
	t.deepEqual(localHosts(many, undefined), ['10.9.0.2', '10.0.0.5']);
});

test('addresses on outward links are public ones, too, and never more than a machine can have', t => {
	const some = machine({lo: ['127.0.0.1', '::1'], eth0: ['203.0.113.1', '2001:db8::1', 'fe80::1', '10.0.0.1']});
	t.deepEqual(
		outwardAddresses(some).map(({host}) => host),
		['203.0.113.1', '2001:db8::1', '10.0.0.1'],
	);
	const hosts = Array.from({length: 5000}, (_, index) => `10.0.${index >> 8}.${index & 255}`);
	t.is(outwardAddresses(machine({eth0: hosts})).length, 1024);
	t.deepEqual(outwardAddresses({eth0: undefined}), []);
});

test('this machine’s own interfaces are understood', t => {
	t.true(localHosts(networkInterfaces(), undefined).length <= 2);
	t.false(outwardAddresses(networkInterfaces()).some(({host}) => host === '127.0.0.1' || host === '::1'));
});
