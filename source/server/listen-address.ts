// HOST:PORT as an operator types it, and a guess of this machine's host for the join link when the server listens on all addresses.
import {isIP} from 'node:net';
import {networkInterfaces} from 'node:os';

/** Without a host: all addresses of the machine. With port 0 the kernel chooses a port. */
export type ListenAddress = {readonly host?: string; readonly port: number};

const pattern = /^(?:\[([\da-f:.]+)\]|([^\s:[\]/]*)):(\d{1,5})$/i;

/** `1.2.3.4:7406`, `[::1]:7406`, `host:7406`, and `:7406` or `*:7406` for all addresses; undefined for anything else. */
export function parseListenAddress(text: string): ListenAddress | undefined {
	const match = pattern.exec(text);
	const port = Number(match?.[3]);
	if (match === null || port > 65_535) return undefined;
	const host = match[1] ?? match[2] ?? '';
	if (match[1] !== undefined && isIP(host) !== 6) return undefined;
	return host === '' || host === '*' ? {port} : {host, port};
}

export function isWildcard(host: string | undefined): boolean {
	return host === undefined || host === '::' || host === '0.0.0.0';
}

/** An address at which other machines may reach this one: the first that is not internal, IPv4 before IPv6; else localhost. */
export function guessHost(interfaces = networkInterfaces()): string {
	const outside = Object.values(interfaces).flatMap(list => (list ?? []).filter(({internal}) => !internal));
	const best =
		outside.find(({family}) => family === 'IPv4') ?? outside.find(({address}) => !/^fe[89ab]/i.test(address));
	return best?.address ?? 'localhost';
}
