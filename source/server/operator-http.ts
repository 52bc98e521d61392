// HTTP for those who operate the server, with --metrics: what is measured, whether it lives, and whether new clients shall come to it.
import {once} from 'node:events';
import {type Server, type ServerResponse, createServer} from 'node:http';
import {type AddressInfo} from 'node:net';
import {type Address} from '../wire/address.ts';
import {ListenError} from './bind-sockets.ts';
import {type ListenAddress} from './listen-address.ts';

/** HTTP connections at once. Few, since descriptors are for clients. */
const CONNECTIONS = 8;

export type OperatorPages = {
	readonly metrics: {readonly contentType: string; readonly text: () => Promise<string>};
	/** Why no new client shall come; undefined when all is well. */
	readonly obstacle: () => Promise<string | undefined>;
};

/** Serves /metrics, /livez (200 while the event loop runs) and /readyz (200, or 503 and why not). Throws ListenError. */
export async function serveOperator(
	listenAddress: ListenAddress,
	pages: OperatorPages,
): Promise<{readonly address: Address; close(): Promise<void>}> {
	const server = createServer(({method, url}, response) => {
		const page = method === 'GET' ? url : undefined;
		if (page === '/metrics') void sendMetrics(response, pages);
		else if (page === '/livez') send(response, 200, 'alive');
		else if (page === '/readyz') void sendReadiness(response, pages);
		else response.writeHead(404).end();
	});
	server.maxConnections = CONNECTIONS;
	return {
		address: await listen(server, listenAddress),
		async close() {
			server.close();
			server.closeAllConnections();
			await once(server, 'close');
		},
	};
}

async function sendMetrics(response: ServerResponse, {metrics}: OperatorPages): Promise<void> {
	try {
		const text = await metrics.text();
		response.writeHead(200, {'content-type': metrics.contentType}).end(text);
	} catch {
		send(response, 500, 'the store cannot be read');
	}
}

async function sendReadiness(response: ServerResponse, {obstacle}: OperatorPages): Promise<void> {
	const why = await obstacle();
	send(response, why === undefined ? 200 : 503, why ?? 'ready');
}

function send(response: ServerResponse, status: number, text: string): void {
	response.writeHead(status, {'content-type': 'text/plain'}).end(`${text}\n`);
}

async function listen(server: Server, {host, port}: ListenAddress): Promise<Address> {
	try {
		server.listen({port, ...(host === undefined ? {} : {host})});
		await once(server, 'listening');
	} catch (error) {
		throw new ListenError(host ?? '*', port, error);
	}

	server.on('error', () => {});
	const {address, port: bound} = server.address() as AddressInfo;
	return {host: address, port: bound};
}
