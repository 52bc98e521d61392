// How late a server's event loop was, as its metrics say.
import {once} from 'node:events';
import {type AddressInfo, createServer} from 'node:net';

const WORST = /^simchat_loop_delay_seconds\{quantile="1"\} (\S+)$/m;

/** The most since they were read last, ms. */
export async function worstStall(metricsPort: number): Promise<number> {
	const response = await fetch(`http://127.0.0.1:${metricsPort}/metrics`);
	const found = WORST.exec(await response.text())?.[1];
	if (found === undefined) throw new Error('the metrics do not say how late the event loop is');
	return Number(found) * 1000;
}

/** A port of loopback that nobody has now: the metrics of a server have to be told one. */
export async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const {port} = server.address() as AddressInfo;
	server.close();
	await once(server, 'close');
	return port;
}
