// A TCP connection to a server with somebody on the way, who sees frames, cuts, mutes and sends what they like.
import {once} from 'node:events';
import {type AddressInfo, type Socket, connect, createServer} from 'node:net';
import {type ExecutionContext} from 'ava';
import {FRAME_LIMIT_AFTER, type Frame, FrameSplitter, encodeFrame} from '../../source/wire/frame.ts';

export type Wire = {
	/** Where to connect in place of the server. */
	readonly port: number;
	/** Of each frame from the server: passed on when it is true. */
	pass: (frame: Frame) => boolean;
	/** To the client that connected last. */
	inject(...frames: readonly Frame[]): void;
	/** Ends all connections. */
	cut(): void;
};

export async function startWire(t: ExecutionContext, port: number): Promise<Wire> {
	const sockets = new Set<Socket>();
	let latest: Socket | undefined;
	const keep = (socket: Socket, other: () => Socket) => {
		sockets.add(socket);
		socket.on('error', () => {});
		socket.on('close', () => {
			sockets.delete(socket);
			other().end();
		});
	};

	const server = createServer(client => {
		const splitter = new FrameSplitter(FRAME_LIMIT_AFTER);
		const upstream = connect({port, host: '127.0.0.1', noDelay: true});
		latest = client;
		keep(client, () => upstream);
		keep(upstream, () => client);
		client.on('data', chunk => upstream.write(chunk));
		upstream.on('data', chunk => {
			splitter.push(chunk);
			for (let frame = splitter.next(); typeof frame === 'object'; frame = splitter.next()) {
				if (wire.pass(frame)) client.write(encodeFrame(frame));
			}
		});
	});
	const cut = () => {
		for (const socket of sockets) socket.destroy();
	};

	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	t.teardown(() => {
		cut();
		server.close();
	});
	const wire: Wire = {
		port: (server.address() as AddressInfo).port,
		pass: () => true,
		inject(...frames) {
			for (const frame of frames) latest?.write(encodeFrame(frame));
		},
		cut,
	};
	return wire;
}

/** A server that is none: does with each connection what it is told. */
export async function startStranger(t: ExecutionContext, meet: (socket: Socket) => void): Promise<number> {
	const sockets = new Set<Socket>();
	const server = createServer(socket => {
		sockets.add(socket);
		socket.on('error', () => {});
		meet(socket);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	t.teardown(() => {
		for (const socket of sockets) socket.destroy();
		server.close();
	});
	return (server.address() as AddressInfo).port;
}
