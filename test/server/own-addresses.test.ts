// Which addresses of the machine answer BIND, and which of them a client is told of, wherever it has reached the server.
import test from 'ava';
import {type NetworkInterfaceInfo} from 'node:os';
import {OWN_ADDRESS_LIMIT, ownAddresses, reflectorsFor} from '../../source/server/own-addresses.ts';
import {addressText} from '../../source/wire/address.ts';

const info = (address: string) => ({address}) as NetworkInterfaceInfo;
const PORT = 7406;

/** What a client is told that comes from one host and has reached another, at a server with these addresses. */
function told(own: readonly string[], reached: string, from: string, ahead?: {host: string; port: number}): string[] {
	const reflectors = own.map(host => ({host, hasSecond: true}));
	return reflectorsFor(reflectors, PORT, {reached, from}, ahead).map(address => addressText(address));
}

test('public addresses come first, link-local ones last and with their zone, and no more than fit', t => {
	const interfaces = {
		lo: ['127.0.0.1', '::1'].map(address => info(address)),
		eth0: ['fe80::1', '10.0.0.2', '192.0.2.2', '2001:db8::2'].map(address => info(address)),
		veth: Array.from({length: 100}, (_, index) => info(`172.17.0.${index}`)),
		gone: undefined,
	};
	const hosts = ownAddresses(interfaces);
	t.deepEqual(hosts.slice(0, 4), ['192.0.2.2', '2001:db8::2', '10.0.0.2', '172.17.0.0']);
	t.is(hosts.length, OWN_ADDRESS_LIMIT);
	t.deepEqual(ownAddresses({lo: interfaces.lo, eth0: interfaces.eth0.slice(0, 2)}), [
		'10.0.0.2',
		'127.0.0.1',
		'::1',
		'fe80::1%eth0',
	]);
	t.deepEqual(ownAddresses({}), []);
});

test('the second port, the other family at both ports, and a second address: four at most', t => {
	const own = ['192.0.2.2', '192.0.2.3', '192.0.2.4', '2001:db8::2', '2001:db8::3'];
	t.deepEqual(told(own, '192.0.2.2', '198.51.100.1'), [
		'[::]:7407',
		'[2001:db8::2]:7406',
		'[2001:db8::2]:7407',
		'192.0.2.3:7406',
	]);
	t.deepEqual(told(own, '2001:db8::3', '2001:db8:9::1'), [
		'[::]:7407',
		'192.0.2.2:7406',
		'192.0.2.2:7407',
		'[2001:db8::2]:7406',
	]);
});

test('a server of one family, or of one address, names what there is', t => {
	t.deepEqual(told(['192.0.2.2'], '192.0.2.2', '198.51.100.1'), ['[::]:7407']);
	t.deepEqual(told(['2001:db8::2'], '2001:db8::2', '2001:db8:9::1'), ['[::]:7407']);
	const bare = [{host: '192.0.2.2', hasSecond: false}];
	t.deepEqual(reflectorsFor(bare, PORT, {reached: '192.0.2.2', from: '198.51.100.1'}, undefined), []);
});

test('a client from outside hears of no private, loopback or link-local address, also when it came in through a NAT', t => {
	const own = ['10.0.0.2', '10.0.0.3', '127.0.0.1', '::1', 'fd00::2', 'fe80::2'];
	t.deepEqual(told(own, '10.0.0.2', '198.51.100.1'), ['[::]:7407']);
	t.deepEqual(told([...own, '2001:db8::2'], '10.0.0.2', '198.51.100.1'), [
		'[::]:7407',
		'[2001:db8::2]:7406',
		'[2001:db8::2]:7407',
	]);
});

test('a client in the same private network, or on the machine, hears of addresses of that kind alone, and of public ones', t => {
	const own = ['10.0.0.2', 'fd00::2', '127.0.0.1', '::1'];
	t.deepEqual(told(own, '10.0.0.2', '10.0.0.9'), ['[::]:7407', '[fd00::2]:7406', '[fd00::2]:7407']);
	t.deepEqual(told(own, '127.0.0.1', '127.0.0.1'), ['[::]:7407', '[::1]:7406', '[::1]:7407']);
	t.deepEqual(told([...own, '2001:db8::2'], '10.0.0.2', '10.0.0.9'), [
		'[::]:7407',
		'[2001:db8::2]:7406',
		'[2001:db8::2]:7407',
	]);
});

test('what the operator says is ahead of the server is told to who came by the other family', t => {
	const ahead = {host: '203.0.113.7', port: 9000};
	const own = ['10.0.0.2', '2001:db8::2'];
	const expected = ['[::]:7407', '203.0.113.7:9000', '203.0.113.7:9001'];
	t.deepEqual(told(own, '2001:db8::2', '2001:db8:9::1', ahead), expected);
	t.deepEqual(told(own, '10.0.0.2', '198.51.100.1', ahead), ['[::]:7407', '[2001:db8::2]:7406', '[2001:db8::2]:7407']);
	const last = {host: '203.0.113.7', port: 65_535};
	t.deepEqual(told(own, '2001:db8::2', '2001:db8:9::1', last), ['[::]:7407', '203.0.113.7:65535']);
});
