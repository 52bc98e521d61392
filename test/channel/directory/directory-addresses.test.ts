// Where a link's host is: servers that DNS names come first and in the order of RFC 2782, else the host's own addresses; and with a real
// question to a real DNS server.
import {Buffer} from 'node:buffer';
import {type SrvRecord} from 'node:dns';
import {createSocket} from 'node:dgram';
import {once} from 'node:events';
import {type AddressInfo, connect, createServer} from 'node:net';
import test, {type ExecutionContext} from 'ava';
import fc from 'fast-check';
import {systemRandom} from '../../../source/crypto/random.ts';
import {type DnsPorts, directoryAddresses, systemDns} from '../../../source/channel/directory/directory-addresses.ts';
import {firstAnswer} from '../../../source/channel/directory/first-answer.ts';
import {systemTimers} from '../../../source/channel/network/timer-port.ts';
import {addressText} from '../../../source/wire/address.ts';
import {HandMovedTime} from '../network/hand-moved-time.ts';

const LINK = {host: 'chat.example.org', port: 7406};

const record = (name: string, priority = 0, weight = 0, port = 7406): SrvRecord => ({name, port, priority, weight});

type World = {
	readonly srv?: readonly SrvRecord[];
	readonly hosts: Readonly<Record<string, readonly string[]>>;
	readonly asked?: string[];
};

function dnsOf({srv, hosts, asked = []}: World): DnsPorts {
	return {
		async srv(name) {
			asked.push(name);
			if (srv === undefined) throw new Error('ENOTFOUND');
			return srv;
		},
		async addresses(host) {
			const found = hosts[host];
			if (found === undefined) throw new Error(`no ${host}`);
			return found;
		},
		timers: new HandMovedTime().timers,
		random: systemRandom,
		silent: new Set(),
	};
}

const found = async (world: World, place = LINK) =>
	(await directoryAddresses(place, dnsOf(world))).map(address => addressText(address));

test('servers that DNS names are taken by priority, with their own ports; the host’s own addresses are not', async t => {
	const hosts = {
		'chat.example.org': ['192.0.2.9'],
		'a.example.org': ['192.0.2.1'],
		'b.example.org': ['2001:db8::2', '192.0.2.2'],
	};
	const srv = [record('b.example.org', 20, 5, 8000), record('A.Example.org'.toLowerCase(), 10, 0, 7000)];
	t.deepEqual(await found({srv, hosts}), ['192.0.2.1:7000', '[2001:db8::2]:8000', '192.0.2.2:8000']);
	t.deepEqual(await found({srv: [record('gone.example.org'), record('a.example.org', 1)], hosts}), ['192.0.2.1:7406']);
	// "Decidedly not available" (RFC 2782), and what is no name or no port.
	for (const name of ['', 'a..b', '192.0.2.1/x', '-a'])
		t.deepEqual(await found({srv: [record(name)], hosts}), [], name);
	t.deepEqual(await found({srv: [record('a.example.org', 0, 0, 0)], hosts}), []);
});

test('without any, all addresses of the host are tried, at the port of the link', async t => {
	const six = Array.from({length: 5}, (_, index) => `2001:db8::${index + 1}`);
	const four = Array.from({length: 9}, (_, index) => `203.0.113.${index}`);
	const order = await found({hosts: {'chat.example.org': [...six, ...four]}});
	t.is(order.length, 8);
	t.deepEqual(
		order.map(text => text.startsWith('[')),
		[true, false, true, false, true, false, true, false],
	);
	t.true(order.every(text => text.endsWith(':7406')));
	t.deepEqual(await found({srv: [], hosts: {'chat.example.org': ['192.0.2.9']}}), ['192.0.2.9:7406']);
	await t.throwsAsync(found({hosts: {}}), {message: 'no chat.example.org'});
});

test('nobody’s first address is always the same one', async t => {
	const hosts = {'chat.example.org': ['192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4']};
	const firsts = new Set<string | undefined>();
	for (let tries = 0; tries < 200; tries++) firsts.add((await found({hosts}))[0]);
	t.is(firsts.size, 4);
});

test('an address, and a name of this machine or its network, is not asked for servers', async t => {
	const asked: string[] = [];
	const hosts = {
		localhost: ['127.0.0.1'],
		'a.localhost': ['127.0.0.1'],
		'printer.local': ['10.0.0.1'],
		'chat.example.org': ['192.0.2.9'],
	};
	t.deepEqual(await found({hosts, asked}, {host: '2001:db8::1', port: 1}), ['[2001:db8::1]:1']);
	t.deepEqual(await found({hosts, asked}, {host: '192.0.2.1', port: 1}), ['192.0.2.1:1']);
	for (const host of ['localhost', 'a.localhost', 'printer.local']) await found({hosts, asked}, {host, port: 1});
	t.deepEqual(asked, []);
	await found({hosts, asked});
	t.deepEqual(asked, ['_simchat._tcp.chat.example.org']);
});

test('whatever DNS says, the list is short and in the order of the priorities', async t => {
	const arbitrary = fc.record({
		name: fc.constantFrom('a.example.org', 'b.example.org', 'c.example.org', '', 'no name'),
		port: fc.nat(65_535),
		priority: fc.nat(3),
		weight: fc.nat(65_535),
	});
	const hosts = {
		'a.example.org': ['192.0.2.1', '2001:db8::1', '192.0.2.2'],
		'b.example.org': ['192.0.2.3'],
		'c.example.org': [],
		'chat.example.org': ['192.0.2.9'],
	};
	await fc.assert(
		fc.asyncProperty(fc.array(arbitrary, {minLength: 1, maxLength: 80}), async srv => {
			const order = await directoryAddresses(LINK, dnsOf({srv, hosts}));
			t.true(order.length <= 8);
			const best = Math.min(
				...srv.filter(({name, port}) => name.includes('.') && port > 0).map(({priority}) => priority),
			);
			const [first] = order;
			if (first === undefined) return;
			const isOfBest = srv.some(({port, priority}) => port === first.port && priority === best);
			const hasNowhere = srv.some(({name, priority}) => name === 'c.example.org' && priority === best);
			t.true(isOfBest || hasNowhere);
		}),
		{numRuns: 100},
	);
});

test('among one priority the weights decide how often each comes first', async t => {
	const hosts = {'a.example.org': ['192.0.2.1'], 'b.example.org': ['192.0.2.2'], 'c.example.org': ['192.0.2.3']};
	const srv = [record('a.example.org', 0, 1), record('b.example.org', 0, 3), record('c.example.org', 0, 0)];
	// Each number of 0 to 4 as often as any other: 0 draws c, 1 draws a, 2 to 4 draw b.
	const firsts: string[] = [];
	for (let number = 0; number < 5; number++) {
		const chance = Buffer.alloc(4);
		chance.writeUInt32BE(number);
		const ports = {...dnsOf({srv, hosts}), random: () => chance};
		firsts.push((await directoryAddresses(LINK, ports))[0]!.host);
	}

	t.deepEqual(firsts, ['192.0.2.3', '192.0.2.1', '192.0.2.2', '192.0.2.2', '192.0.2.2']);
});

const nobody = async () => new Promise<readonly SrvRecord[]>(() => {});

test('a DNS that says nothing of servers is waited for two seconds once, and hardly when a connection has broken', async t => {
	const time = new HandMovedTime();
	let answer = nobody;
	const hosts = {'chat.example.org': ['192.0.2.9'], 'a.example.org': ['192.0.2.1']};
	const dns = {...dnsOf({hosts}), srv: async () => answer(), timers: time.timers};
	/** What is found after exactly so long. */
	const foundAfter = async (ms: number) => {
		let isDone = false;
		const addresses = directoryAddresses(LINK, dns).finally(() => {
			isDone = true;
		});
		time.pass(ms - 1);
		await new Promise(resolve => setImmediate(resolve));
		t.false(isDone);
		time.pass(1);
		return (await addresses).map(({host}) => host);
	};

	t.deepEqual(await foundAfter(2000), ['192.0.2.9']);
	t.deepEqual(await foundAfter(100), ['192.0.2.9']);
	// One that comes too late says that somebody is there to be waited for.
	const late = Promise.withResolvers<readonly SrvRecord[]>();
	answer = async () => late.promise;
	t.deepEqual(await foundAfter(100), ['192.0.2.9']);
	late.resolve([record('a.example.org')]);
	await new Promise(resolve => setImmediate(resolve));
	answer = nobody;
	t.deepEqual(await foundAfter(2000), ['192.0.2.9']);
	// That nobody has answered in time is silence, too, whoever says so; that there are none is not.
	answer = async () => {
		throw Object.assign(new Error('no answer'), {code: 'ETIMEOUT'});
	};
	dns.silent.clear();
	await directoryAddresses(LINK, dns);
	t.true(dns.silent.has('chat.example.org'));
	answer = async () => {
		throw Object.assign(new Error('no such name'), {code: 'ENOTFOUND'});
	};
	await directoryAddresses(LINK, dns);
	t.false(dns.silent.has('chat.example.org'));
});

/** RFC 1035 §4.1 and RFC 2782: a header, the question as it came, and the records. */
function srvAnswer(query: Buffer, records: readonly SrvRecord[]): Buffer {
	const question = query.subarray(12, query.indexOf(0, 12) + 5);
	const header = Buffer.alloc(12);
	query.copy(header, 0, 0, 2);
	// A response without an error to a recursive question; 3 is "no such name".
	header.writeUInt16BE(records.length === 0 ? 0x81_83 : 0x81_80, 2);
	header.writeUInt16BE(1, 4);
	header.writeUInt16BE(records.length, 6);
	const answers = records.map(({name, port, priority, weight}) => {
		const labels = name.split('.').flatMap(label => [Buffer.from([label.length]), Buffer.from(label)]);
		const target = Buffer.concat([...labels, Buffer.alloc(1)]);
		const answer = Buffer.alloc(18);
		// The name of the question, SRV, IN, for 0 s.
		answer.writeUInt16BE(0xc0_0c, 0);
		answer.writeUInt16BE(33, 2);
		answer.writeUInt16BE(1, 4);
		answer.writeUInt16BE(6 + target.length, 10);
		for (const [index, value] of [priority, weight, port].entries()) answer.writeUInt16BE(value, 12 + 2 * index);
		return Buffer.concat([answer, target]);
	});
	return Buffer.concat([header, question, ...answers]);
}

async function dnsServer(t: ExecutionContext, records: readonly SrvRecord[]): Promise<string> {
	const socket = createSocket('udp4');
	socket.on('message', (query, {port, address}) => socket.send(srvAnswer(query, records), port, address));
	socket.bind(0, '127.0.0.1');
	await once(socket, 'listening');
	t.teardown(() => socket.close());
	return `127.0.0.1:${socket.address().port}`;
}

async function listening(t: ExecutionContext): Promise<number> {
	const server = createServer(socket => socket.destroy()).listen(0, '127.0.0.1');
	await once(server, 'listening');
	t.teardown(() => server.close());
	return (server.address() as AddressInfo).port;
}

test('over a real DNS server: the first server is down, and the next one is connected to', async t => {
	const [up, down] = [await listening(t), await listening(t)];
	const records = [record('localhost', 10, 0, down), record('localhost', 20, 0, up)];
	const dns = {
		...systemDns([await dnsServer(t, records)]),
		timers: systemTimers,
		random: systemRandom,
		silent: new Set<string>(),
	};
	const opened: number[] = [];
	const ports = {
		addressesOf: async () => directoryAddresses(LINK, dns),
		open: ({host, port}: {readonly host: string; readonly port: number}) => {
			opened.push(port);
			return connect({host, port: port === down ? 1 : port});
		},
		timers: systemTimers,
	};
	const socket = await firstAnswer(LINK, new AbortController().signal, systemRandom, ports);
	t.is(socket.remotePort, up);
	t.is(opened[0], down);
	socket.destroy();
	const none = {
		...systemDns([await dnsServer(t, [])]),
		timers: systemTimers,
		random: systemRandom,
		silent: new Set<string>(),
	};
	const own = {...none, addresses: async () => ['192.0.2.9']};
	t.deepEqual(await directoryAddresses(LINK, own), [{host: '192.0.2.9', port: 7406}]);
});
