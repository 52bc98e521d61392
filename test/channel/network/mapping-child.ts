// A process in a network of its own: its UDP socket, a mapping for it, and a line of JSON for each state and each datagram that comes.
import {createInterface} from 'node:readline';
import process from 'node:process';
import {readDefaultRoute} from '../../../source/channel/network/default-route.ts';
import {openGatewaySocket} from '../../../source/channel/network/gateway-socket.ts';
import {PortMapping} from '../../../source/channel/network/port-mapping.ts';
import {systemTimers} from '../../../source/channel/network/timer-port.ts';
import {systemRandom} from '../../../source/crypto/random.ts';
import {bindUdp} from '../../../source/os/udp-bind.ts';

const tell = (value: unknown) => process.stdout.write(`${JSON.stringify(value)}\n`);
const isOlder = process.argv[2] === 'nat-pmp';
const socket = await bindUdp({type: 'udp4', address: '0.0.0.0', port: 0});
socket.on('message', (datagram, {address}) => tell({heard: datagram.toString(), from: address}));
const mapping = new PortMapping({
	port: socket.address().port,
	gateway: () => readDefaultRoute()?.gateway,
	async openSocket(gateway, events) {
		const real = await openGatewaySocket(gateway, events);
		// The router speaks PCP, too: here it is made to seem older.
		const refusal = Buffer.from([0, 129, 0, 1, 0, 0, 0, 0]);
		const send = (datagram: Buffer) => (datagram[0] === 2 ? events.onDatagram(refusal, gateway) : real.send(datagram));
		return isOlder ? {...real, send} : real;
	},
	clock: {elapsed: () => performance.now()},
	timers: systemTimers,
	random: systemRandom,
	onChange: state => tell({state, port: socket.address().port}),
	onDrop: reason => tell({dropped: reason}),
	onError: code => tell({error: code}),
});
mapping.start();
// Until standard input ends.
for await (const _ of createInterface({input: process.stdin})) break;
await mapping.stop();
socket.close();
