// The default route, from tables of Linux and from anything else.
import {writeFileSync} from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import test from 'ava';
import {parseDefaultRoute, readDefaultRoute} from '../../../source/channel/network/default-route.ts';
import {temporaryFolder} from '../../../tools/temporary-folder.ts';

const HEAD = 'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT';
type Row = {name?: string; to?: string; gateway?: string; flags?: string; metric?: string | number; mask?: string};
const row = ({
	name = 'eth0',
	to = '00000000',
	gateway = '0101A8C0',
	flags = '0003',
	metric = 0,
	mask = '00000000',
}: Row) => `${name}\t${to}\t${gateway}\t${flags}\t0\t0\t${metric}\t${mask}\t0\t0\t0      `;
const table = (...rows: Row[]) => [HEAD, ...rows.map(each => row(each)), ''].join('\n');

test('the gateway is that of the default route with the lowest metric', t => {
	t.deepEqual(parseDefaultRoute(table({})), {interface: 'eth0', gateway: '192.168.1.1'});
	const both = table(
		{to: '0001A8C0', gateway: '00000000', flags: '0001', mask: '00FFFFFF'},
		{name: 'wlan0', gateway: 'FE00000A', metric: 600},
		{name: 'eth0', metric: 100},
	);
	t.deepEqual(parseDefaultRoute(both), {interface: 'eth0', gateway: '192.168.1.1'});
});

test('a point-to-point link has no gateway', t => {
	const tunnel = table({name: 'tun0', gateway: '00000000', flags: '0001', metric: 1}, {metric: 50});
	t.deepEqual(parseDefaultRoute(tunnel), {interface: 'tun0', gateway: undefined});
});

test('rows that are no default route, or have another form, are passed over', t => {
	const wrong: Row[] = [
		{to: '0001A8C0'},
		{mask: '000000FF'},
		{flags: '0002'},
		{flags: '0203'},
		{gateway: '00000000'},
		{gateway: '0100007F'},
		{gateway: 'FFFFFFFF'},
		{gateway: '010000E0'},
		{gateway: '0101A8C'},
		{gateway: '0101A8C0C0'},
		{gateway: 'zzzzzzzz'},
		{flags: 'x'},
		{flags: '-3'},
		{metric: '-1'},
		{metric: '1e3'},
		{metric: ''},
		{name: 'a-name-of-sixteen'},
	];
	for (const each of wrong) {
		t.is(parseDefaultRoute(table(each)), undefined, JSON.stringify(each));
		t.is(parseDefaultRoute(table(each, {metric: 9}))?.gateway, '192.168.1.1', JSON.stringify(each));
	}

	for (const text of ['', '\n', HEAD, 'x', '\0'.repeat(100), row({}).slice(0, 30)]) {
		t.is(parseDefaultRoute(text), undefined, text);
	}
});

test('a table without end is not read to its end', t => {
	const long = `${HEAD}\n${`${row({to: '0001A8C0'})}\n`.repeat(5000)}${row({})}`;
	t.is(parseDefaultRoute(long), undefined);
});

test('whatever the table holds, nothing throws, and a gateway is an address', t => {
	const field = fc.oneof(fc.string(), fc.constantFrom('00000000', '0003', '0101A8C0', '0', '\t', '\n', 'eth0'));
	fc.assert(
		fc.property(fc.array(field, {maxLength: 40}), fields => {
			const gateway = parseDefaultRoute(fields.join('\t'))?.gateway;
			return gateway === undefined || /^\d+\.\d+\.\d+\.\d+$/.test(gateway);
		}),
	);
	t.pass();
});

test('where there is no such file, there is no route', t => {
	const folder = temporaryFolder(t);
	t.is(readDefaultRoute(path.join(folder, 'none')), undefined);
	t.is(readDefaultRoute(folder), undefined);
	writeFileSync(path.join(folder, 'route'), table({}));
	t.is(readDefaultRoute(path.join(folder, 'route'))?.gateway, '192.168.1.1');
	t.notThrows(() => readDefaultRoute());
});
