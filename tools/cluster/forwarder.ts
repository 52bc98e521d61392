// A TCP port in front of a Unix socket that may be another one later: one address for whoever is behind it now.
import {once} from 'node:events';
import {type AddressInfo, type Socket, connect, createServer} from 'node:net';

export type Forwarder = {
	readonly port: number;
	/** Ends what goes through it now. */
	cut(): void;
	close(): void;
};

/** On loopback. While `target` says nothing, nobody gets through. */
export async function startForwarder(target: () => string | undefined): Promise<Forwarder> {
	const sockets = new Set<Socket>();
	const server = createServer(socket => {
		const path = target();
		if (path === undefined) return void socket.destroy();
		const there = connect(path);
		for (const [each, other] of [
			[socket, there],
			[there, socket],
		] as const) {
			sockets.add(each);
			each.on('error', () => {});
			each.on('close', () => {
				sockets.delete(each);
				other.destroy();
			});
			each.pipe(other);
		}
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const cut = () => {
		for (const socket of sockets) socket.destroy();
	};
	return {
		port: (server.address() as AddressInfo).port,
		cut,
		close() {
			server.close();
			cut();
		},
	};
}
