// Every byte that sockets of this process give to the kernel, with the ports it goes between. Import it before anything opens one.
import {Buffer} from 'node:buffer';
import {Socket as UdpSocket} from 'node:dgram';
import {Socket as TcpSocket} from 'node:net';

export type Captured = {
	readonly over: 'tcp' | 'udp';
	readonly from: number;
	readonly to: number;
	readonly bytes: Buffer;
};

export const captured: Captured[] = [];

type Send = (bytes: Uint8Array, port: number, ...rest: unknown[]) => unknown;
type Write = (data: Uint8Array | string, ...rest: unknown[]) => unknown;

const udp = UdpSocket.prototype as unknown as {send: Send};
const {send} = udp;
udp.send = function (this: UdpSocket, bytes, port, ...rest) {
	captured.push({over: 'udp', from: this.address().port, to: port, bytes: Buffer.from(bytes)});
	return send.call(this, bytes, port, ...rest);
};

const tcp = TcpSocket.prototype as unknown as {write: Write};
const {write} = tcp;
tcp.write = function (this: TcpSocket, data, ...rest) {
	if (this.remotePort !== undefined) {
		const bytes = typeof data === 'string' ? Buffer.from(data) : Buffer.from(data);
		captured.push({over: 'tcp', from: this.localPort ?? 0, to: this.remotePort, bytes});
	}

	return write.call(this, data, ...rest);
};
