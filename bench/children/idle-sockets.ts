// A server that does nothing but hold connections: what memory an idle client costs at least.
import {once} from 'node:events';
import {type AddressInfo, type Socket, createServer} from 'node:net';
import {answer} from '../child.ts';
import {settledMemory} from '../measure.ts';

const sockets = new Set<Socket>();
const ignore = () => {};
function forget(this: Socket): void {
	sockets.delete(this);
}

const calls = {
	async start(): Promise<number> {
		const server = createServer({noDelay: true}, socket => {
			sockets.add(socket);
			socket.on('data', ignore);
			socket.on('error', ignore);
			socket.on('close', forget);
		});
		server.listen({host: '127.0.0.1', port: 0, backlog: 1024});
		await once(server, 'listening');
		return (server.address() as AddressInfo).port;
	},
	online: () => sockets.size,
	memory: settledMemory,
};

export type IdleSocketCalls = typeof calls;

answer(calls);
