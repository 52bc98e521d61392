// The lab's own NATs: what each does to the port of a socket, whom it lets in, and when it forgets.
import {setTimeout as sleep} from 'node:timers/promises';
import {DatagramHost} from '../../tools/net/datagram-host.ts';
import {type Homes, type HomeKind, forgetAfter, plugIntoLan, reboot, renumber} from '../../tools/net/homes.ts';
import {SERVER, publicIpv4} from '../../tools/net/internet.ts';
import {labTest} from './networks.ts';

const FIRST = {host: publicIpv4(SERVER.first), port: 9001};
const OTHER_PORT = {host: publicIpv4(SERVER.first), port: 9002};
const OTHER_HOST = {host: publicIpv4(SERVER.second), port: 9001};
const SERVERS = {first: FIRST, otherPort: OTHER_PORT, otherHost: OTHER_HOST} as const;

async function openServer({internet}: Homes): Promise<DatagramHost> {
	const server = new DatagramHost(internet.server);
	for (const [name, {host, port}] of Object.entries(SERVERS)) await server.open(name, host, port);
	return server;
}

/** Mapping, and who gets in after the first server alone was spoken to. */
const EXPECTED = {
	none: ['same', ['otherHost', 'otherPort', 'first']],
	full: ['same', ['otherHost', 'otherPort', 'first']],
	addr: ['same', ['otherPort', 'first']],
	port: ['same', ['first']],
	sym: ['varies', ['first']],
	CGNAT: ['same', ['first']],
} as const satisfies Partial<Record<HomeKind, readonly ['same' | 'varies', readonly string[]]>>;

labTest('each kind of NAT: whether its mapping varies, and who gets in', async (t, homes) => {
	const server = await openServer(homes);
	for (const [kind, [mapping, letIn]] of Object.entries(EXPECTED)) {
		const home = homes.add(kind, kind as HomeKind);
		const host = new DatagramHost(home.hosts[0]!);
		await host.open('asks', '0.0.0.0');
		await host.send('asks', FIRST, kind);
		const seen = await server.sender('first', kind);
		t.is(seen.host, publicIpv4(home.number), kind);
		// Who may get in comes last: what came before it has arrived by then, or never does.
		for (const name of ['otherHost', 'otherPort', 'first']) await server.send(name, seen, name);
		await host.sender('asks', 'first');
		t.deepEqual(host.heard('asks'), letIn, kind);

		await host.send('asks', OTHER_PORT, kind);
		await host.send('asks', OTHER_HOST, kind);
		const ports = [seen, await server.sender('otherPort', kind), await server.sender('otherHost', kind)];
		t.is(new Set(ports.map(({port}) => port)).size, mapping === 'same' ? 1 : 3, kind);
	}
});

labTest('UDP blocked: nothing leaves', async (t, homes) => {
	const server = await openServer(homes);
	for (const kind of ['UDP blocked', 'none'] as const) {
		const host = new DatagramHost(homes.add(kind.replace(' ', '-'), kind).hosts[0]!);
		await host.open('asks', '0.0.0.0');
		await host.send('asks', FIRST, kind);
	}

	await server.sender('first', 'none');
	t.deepEqual(server.heard('first'), ['none']);
});

labTest(
	'a router that remembers gives its own side another port after a datagram that came too early',
	async (t, homes) => {
		const server = await openServer(homes);
		for (const [kind, isKept] of [
			['port', true],
			['remembers', false],
		] as const) {
			const home = homes.add(kind, kind);
			const host = new DatagramHost(home.hosts[0]!);
			const port = await host.open('asks', '0.0.0.0');
			await server.send('first', {host: publicIpv4(home.number), port}, 'too early');
			await host.send('asks', FIRST, `from ${kind}`);
			t.is((await server.sender('first', `from ${kind}`)).port === port, isKept, kind);
		}
	},
);

labTest('hairpin: two hosts behind one NAT reach each other by its public address, or do not', async (t, homes) => {
	const server = await openServer(homes);
	for (const kind of ['port', 'hairpin'] as const) {
		const home = homes.add(kind, kind, {hosts: 2});
		const [one, two] = home.hosts.map(each => new DatagramHost(each)) as [DatagramHost, DatagramHost];
		await one.open('asks', '0.0.0.0');
		await two.open('asks', '0.0.0.0');
		await one.send('asks', FIRST, `one of ${kind}`);
		await two.send('asks', FIRST, `two of ${kind}`);
		const [first, second] = [
			await server.sender('first', `one of ${kind}`),
			await server.sender('first', `two of ${kind}`),
		];
		// Each opens its side to the other.
		await two.send('asks', first, 'to one');
		await one.send('asks', second, 'to two');
		await server.send('first', second, 'end');
		await two.sender('asks', 'end');
		t.deepEqual(two.heard('asks'), kind === 'hairpin' ? ['to two', 'end'] : ['end']);
	}
});

labTest('a mapping is forgotten after its time, after a reboot, and with the address', async (t, homes) => {
	const server = await openServer(homes);
	const home = homes.add('home', 'sym');
	const host = new DatagramHost(home.hosts[0]!);
	await host.open('asks', '0.0.0.0');
	const port = async (words: string) => {
		await host.send('asks', FIRST, words);
		return server.sender('first', words);
	};

	const first = await port('one');
	t.deepEqual(await port('two'), first);
	reboot(home);
	const second = await port('three');
	t.not(second.port, first.port);

	forgetAfter(home, 1);
	t.deepEqual(await port('four'), second); // Has the new time, too.
	const deadline = performance.now() + 20_000;
	const udp = () => home.edge.run('grep -c "udp " /proc/net/nf_conntrack || true').trim();
	while (udp() !== '0' && performance.now() < deadline) await sleep(100);
	const third = await port('five');
	t.not(third.port, second.port);

	const number = homes.takeNumber();
	renumber(home, home.number, number);
	t.is((await port('six')).host, publicIpv4(number));
});

labTest(
	'who is plugged in takes nothing from who was there: routers and the segment keep their hardware addresses',
	async (t, homes) => {
		const home = homes.add('crowd', 'port', {hosts: 2});
		const addresses = () => [
			homes.internet.core.run('cat /sys/class/net/segment/address'),
			home.router!.run('cat /sys/class/net/lan/address'),
		];
		const before = addresses();
		for (let count = 0; count < 8; count++) {
			homes.add(`other-${count}`, 'none');
			plugIntoLan(homes.internet.lab.namespace(`guest-${count}`), 'lan', home, 10 + count);
		}

		t.deepEqual(addresses(), before);
	},
);

labTest('IPv6 behind a firewall: nobody gets in who was not spoken to', async (t, homes) => {
	const server = new DatagramHost(homes.internet.server);
	const [first, second] = [`2001:db8:0:1::${SERVER.first}`, `2001:db8:0:1::${SERVER.second}`];
	await server.open('first', first, 9001);
	await server.open('second', second, 9001);
	for (const kind of ['dual', 'six'] as const) {
		const home = homes.add(kind, kind);
		const host = new DatagramHost(home.hosts[0]!);
		await host.open('asks', '::');
		await host.send('asks', {host: first, port: 9001}, kind);
		const seen = await server.sender('first', kind);
		t.is(seen.host, `2001:db8:0:${home.number}::2`);
		await server.send('second', seen, 'a stranger');
		await server.send('first', seen, 'an answer');
		await host.sender('asks', 'an answer');
		t.deepEqual(host.heard('asks'), ['an answer']);
	}
});
