// Addresses: one text for each, whatever way it was spelled, and sixteen bytes that keep all of it.
import {Buffer} from 'node:buffer';
import {isIP} from 'node:net';
import test from 'ava';
import fc from 'fast-check';
import {
	addressText,
	normalizeAddress,
	readAddress,
	readAddresses,
	sameAddress,
	writeAddress,
	writeAddresses,
} from '../../source/wire/address.ts';
import {Reader, Writer} from '../../source/wire/cursor.ts';
import {address, addressBytes} from './codecs.ts';

const hex = (host: string) => writeAddress(new Writer(), {host, port: 1}).finish().toString('hex', 0, 16);
const mapped = (v4: string) => `00000000000000000000ffff${v4}`;

test('IPv4 is held as IPv4-mapped IPv6', t => {
	t.is(hex('192.0.2.1'), mapped('c0000201'));
	t.is(hex('::ffff:192.0.2.1'), mapped('c0000201'));
	t.is(hex('::FFFF:c000:201'), mapped('c0000201'));
	t.is(hex('0.0.0.0'), mapped('00000000'));
	t.is(hex('255.255.255.255'), mapped('ffffffff'));
});

test('every spelling of IPv6 gives its bytes', t => {
	t.is(hex('::'), '0'.repeat(32));
	t.is(hex('::1'), `${'0'.repeat(31)}1`);
	t.is(hex('1::'), `0001${'0'.repeat(28)}`);
	t.is(hex('2001:DB8::8:800:200C:417A'), '20010db80000000000080800200c417a');
	t.is(hex('1:2:3:4:5:6:7::'), '00010002000300040005000600070000');
	t.is(hex('::2:3:4:5:6:7:8'), '00000002000300040005000600070008');
	t.is(hex('::192.0.2.1'), `${'0'.repeat(24)}c0000201`);
	t.is(hex('64:ff9b::192.0.2.33'), '0064ff9b0000000000000000c0000221');
});

test('text is RFC 5952’s', t => {
	const canonical: Array<[string, string]> = [
		['2001:0db8:0:0:0:0:2:1', '2001:db8::2:1'],
		['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
		['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
		['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
		['2001:DB8::A', '2001:db8::a'],
		['0:0:0:0:0:0:0:0', '::'],
		['0:0:0:0:0:0:0:1', '::1'],
		['1:0:0:0:0:0:0:0', '1::'],
		['::ffff:192.0.2.1', '192.0.2.1'],
		['::192.0.2.1', '::c000:201'],
		['fe80::1%eth0', 'fe80::1'],
		['::ffff:192.0.2.1%1', '192.0.2.1'],
	];
	for (const [spelled, host] of canonical) t.deepEqual(normalizeAddress(spelled, 9), {host, port: 9}, spelled);
	t.deepEqual(normalizeAddress('unix socket', 9), {host: 'unix socket', port: 9});
});

test('sixteen bytes make a text that is an address and gives them back', t => {
	fc.assert(
		fc.property(addressBytes, raw => {
			const {host} = readAddress(new Reader(new Writer().bytes(raw).u16(1).finish()));
			t.not(isIP(host), 0, host);
			t.is(hex(host), raw.toString('hex'));
			t.is(normalizeAddress(host, 1).host, host);
			// The platform's own idea of canonical, but for the IPv4-mapped ones, which we write dotted.
			if (isIP(host) === 6) t.is(new URL(`http://[${host}]`).hostname, `[${host}]`);
		}),
		{numRuns: 1000},
	);
});

test('two addresses are the same when their texts are', t => {
	fc.assert(
		fc.property(address, address, (a, b) => {
			t.is(sameAddress(a, b), addressText(a) === addressText(b));
			t.true(sameAddress(a, {...a}));
		}),
	);
	t.is(addressText({host: '192.0.2.1', port: 5}), '192.0.2.1:5');
	t.is(addressText({host: '::1', port: 5}), '[::1]:5');
});

test('port 0, a fifth candidate and a name are no address', t => {
	const zero = new Reader(new Writer().bytes(Buffer.alloc(16)).u16(0).finish());
	readAddress(zero);
	t.true(zero.failed);

	const at = {host: '::1', port: 1};
	const five = new Reader(Buffer.concat([Buffer.of(5), ...Array.from({length: 5}, () => Buffer.alloc(18, 1))]));
	t.deepEqual(readAddresses(five), []);
	t.true(five.failed);
	t.throws(() => writeAddresses(new Writer(), [at, at, at, at, at]), {instanceOf: RangeError});

	for (const host of ['example.org', '', '1.2.3', '1.2.3.256', '01.2.3.4', ':::', '1::2::3', 'fe80::1%eth0']) {
		t.throws(() => writeAddress(new Writer(), {host, port: 1}), {instanceOf: RangeError}, host);
	}
});
