// The wires of the lab: what is lost, late or too long on them is so, and the rest arrives as it was.
import {DatagramHost} from '../../tools/net/datagram-host.ts';
import {type Homes} from '../../tools/net/homes.ts';
import {SERVER, publicIpv4} from '../../tools/net/internet.ts';
import {changeWire, makeWire} from '../../tools/net/wire.ts';
import {labTest} from './networks.ts';

const FIRST = {host: publicIpv4(SERVER.first), port: 9001};

/** A host behind a wire that is clean at first, and the server that it sends to. */
async function ends(homes: Homes) {
	const wire = await makeWire(homes.internet.lab, 'bad', {});
	const server = new DatagramHost(homes.internet.server);
	await server.open('first', FIRST.host, FIRST.port);
	const host = new DatagramHost(homes.add('home', 'port', {wire}).hosts[0]!);
	await host.open('asks', '0.0.0.0');
	return {wire, server, host};
}

labTest('a wire brings everything both ways, and longer packets than its MTU never', async (t, homes) => {
	const {wire, server, host} = await ends(homes);
	const long = 'x'.repeat(1472);
	await host.send('asks', FIRST, long);
	const seen = await server.sender('first', long);
	await server.send('first', seen, long);
	await host.sender('asks', long);

	await changeWire(wire, {mtu: 1280});
	// IPv4 and UDP have 28 bytes of it.
	const [fits, tooLong] = ['y'.repeat(1252), 'z'.repeat(1253)];
	for (const words of [tooLong, fits]) await host.send('asks', FIRST, words);
	await server.sender('first', fits);
	t.deepEqual(server.heard('first'), [long, fits]);
});

labTest('a wire loses its share, and delays and reorders what it brings', async (t, homes) => {
	const {wire, server, host} = await ends(homes);
	await changeWire(wire, {loss: 30});
	const sent = Array.from({length: 400}, (_, index) => String(index));
	for (const words of sent) await host.send('asks', FIRST, words);
	await changeWire(wire, {});
	await host.send('asks', FIRST, 'end');
	await server.sender('first', 'end');
	// Six standard deviations on either side.
	const lost = sent.length + 1 - server.heard('first').length;
	t.true(lost > 65 && lost < 175, `${lost} of ${sent.length} lost`);

	await changeWire(wire, {delay: 60, jitter: 60});
	const late = sent.slice(0, 50).map(words => `late ${words}`);
	for (const words of late) await host.send('asks', FIRST, words);
	for (const words of late) await server.sender('first', words);
	const order = server.heard('first').filter(words => words.startsWith('late'));
	t.is(order.length, late.length);
	t.notDeepEqual(order, late);
});
