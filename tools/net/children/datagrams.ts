// A host that sends and receives datagrams as it is told: one line of JSON in is an order, one line out is what was done or came in.
import {Buffer} from 'node:buffer';
import {type Socket, createSocket} from 'node:dgram';
import process from 'node:process';
import {createInterface} from 'node:readline';
import {type DatagramOrder, type DatagramReport} from '../datagram-host.ts';

const sockets = new Map<string, Socket>();

function report(what: DatagramReport): void {
	process.stdout.write(`${JSON.stringify(what)}\n`);
}

createInterface({input: process.stdin}).on('line', line => {
	const order = JSON.parse(line) as DatagramOrder;
	if (order.type === 'open') {
		const {socket: name, host, port = 0} = order;
		const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
		sockets.set(name, socket);
		socket.on('message', (bytes, {address, port: from}) => {
			report({type: 'got', socket: name, host: address, port: from, hex: bytes.toString('hex')});
		});
		socket.bind(port, host, () => report({type: 'open', socket: name, port: socket.address().port}));
	} else {
		const {socket: name, host, port, hex} = order;
		sockets.get(name)?.send(Buffer.from(hex, 'hex'), port, host, () => report({type: 'sent', socket: name}));
	}
});
