// The program in the middle of a wire: takes frames of one end, and gives them to the other, later or never. Its first argument and
// each line of its standard input say how good the wire is.
import {type Buffer} from 'node:buffer';
import {type Socket, createSocket} from 'node:dgram';
import {once} from 'node:events';
import {setPriority} from 'node:os';
import process from 'node:process';
import {createInterface} from 'node:readline';
import {type Quality} from '../wire.ts';

/** Of VXLAN (RFC 7348 §5), before the Ethernet frame. */
const HEADER = 8;
const ETHERNET = 14;
const [IPV4, IPV6, UDP] = [0x0800, 0x86dd, 17];
/** Bytes that the kernel keeps for us. */
const BUFFER = 4 << 20;

const {peer, ports, ...first} = JSON.parse(process.argv[2] ?? '{}') as Quality & {
	peer: string;
	ports: [number, number];
};
// A wire is no slower for what the programs at its ends have to do.
setPriority(-15);
let quality: Quality = first;
let changes = 0;

async function open(port: number): Promise<Socket> {
	const socket = createSocket('udp4');
	socket.bind(port);
	await once(socket, 'listening');
	socket.setRecvBufferSize(BUFFER);
	socket.setSendBufferSize(BUFFER);
	return socket;
}

/** How long a frame is under way, ms; undefined when it is lost. */
function travel(frame: Buffer): number | undefined {
	const {loss = 0, delay = 0, jitter = 0, mtu = Infinity} = quality;
	const type = frame.readUInt16BE(HEADER + 12);
	if (type !== IPV4 && type !== IPV6) return 0;
	// The protocol of IPv4 (RFC 791 §3.1), the next header of IPv6 (RFC 8200 §3).
	const isUdp = frame[HEADER + ETHERNET + (type === IPV4 ? 9 : 6)] === UDP;
	if (!isUdp) return delay;
	if (frame.length - HEADER - ETHERNET > mtu) return undefined;
	if (Math.random() * 100 < loss) return undefined;
	return Math.max(0, delay + (Math.random() * 2 - 1) * jitter);
}

const [a, b] = [await open(ports[0]), await open(ports[1])];
for (const [from, to, port] of [
	[a, b, ports[1]],
	[b, a, ports[0]],
] as const) {
	from.on('message', frame => {
		const ms = travel(frame);
		if (ms === undefined) return;
		if (ms === 0) to.send(frame, port, peer);
		else setTimeout(() => to.send(frame, port, peer), ms);
	});
}

createInterface({input: process.stdin}).on('line', line => {
	quality = JSON.parse(line) as Quality;
	process.stdout.write(`changed ${++changes}\n`);
});
process.stdout.write('ready\n');
