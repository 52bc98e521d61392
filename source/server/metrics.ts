// Serves Prometheus metrics over HTTP, with --metrics.
import {once} from 'node:events';
import {type Server, createServer} from 'node:http';
import {type AddressInfo} from 'node:net';
import {Counter, Gauge, Registry} from 'prom-client';
import {type Address} from '../wire/address.ts';
import {ListenError} from './bind-sockets.ts';
import {type ListenAddress} from './listen-address.ts';
import {type Emit} from './server-events.ts';

/** Functions that read a value at the moment when the metrics are asked for. */
export type Gauges = Readonly<
	Record<'online' | 'connections' | 'half_open' | 'udp_sockets' | 'accounts', () => number | Promise<number>>
>;

const meanings: Record<keyof Gauges, string> = {
	online: 'Names online',
	connections: 'TCP connections',
	half_open: 'Connections that have not signed in',
	udp_sockets: 'UDP sockets that answer BIND',
	accounts: 'Accounts',
};

/** HTTP connections at once. Few, since descriptors are for clients. */
const CONNECTIONS = 8;

export type Metrics = {readonly address: Address; readonly emit: Emit; close(): Promise<void>};

/** Serves /metrics. Throws ListenError. */
export async function serveMetrics(listenAddress: ListenAddress, gauges: Gauges): Promise<Metrics> {
	const registry = new Registry();
	for (const [key, read] of Object.entries(gauges)) {
		// What the store does not say now is not a number.
		const collect = async function (this: Gauge) {
			this.set(await Promise.resolve(read()).catch(() => Number.NaN));
		};

		registry.registerMetric(
			new Gauge({name: `simchat_${key}`, help: meanings[key as keyof Gauges], registers: [], collect}),
		);
	}

	const server = createServer((request, response) => {
		if (request.method !== 'GET' || request.url !== '/metrics') {
			response.writeHead(404).end();
			return;
		}

		void registry.metrics().then(text => response.writeHead(200, {'content-type': registry.contentType}).end(text));
	});
	server.maxConnections = CONNECTIONS;
	return {
		address: await listen(server, listenAddress),
		emit: createCounters(registry),
		async close() {
			server.close();
			server.closeAllConnections();
			await once(server, 'close');
		},
	};
}

function createCounters(registry: Registry): Emit {
	const counter = (name: string, help: string, ...labelNames: string[]) =>
		new Counter({name: `simchat_${name}_total`, help, labelNames, registers: [registry]});
	const logins = counter('logins', 'Logins that succeeded');
	const registrations = counter('registrations', 'Accounts made');
	const introductions = counter('introductions', 'Introductions asked for', 'granted');
	const refusals = counter('refusals', 'Logins and registrations refused', 'reason');
	const drops = counter('drops', 'Connections dropped', 'reason');
	const failures = counter('failures', 'Failures of the server itself');
	return event => {
		if (event.kind === 'signed in') logins.inc();
		if (event.kind === 'registered') registrations.inc();
		if (event.kind === 'introduced') introductions.inc({granted: String(event.granted)});
		if (event.kind === 'refused') refusals.inc({reason: event.reason});
		if (event.kind === 'dropped') drops.inc({reason: event.reason});
		if (event.kind === 'failed') failures.inc();
	};
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
