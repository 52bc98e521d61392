// Where a bus of its own is, as an operator types it: redis://HOST:PORT, with TLS as rediss://, several with commas for a Redis Cluster.
import {type Address} from '../../wire/address.ts';
import {parseListenAddress} from '../listen-address.ts';

/** Of Redis and Valkey. */
const PORT = 6379;
/** That an operator may name. */
const MOST = 16;

export type BusPlace = {
	readonly isSecure: boolean;
	/** Who signs in, where a user is named. */
	readonly user: string | undefined;
	/** One or more, by which the others are found. */
	readonly servers: readonly Address[];
};

/** Undefined for anything else, a URL with a password too. */
export function parseBusPlace(text: string): BusPlace | undefined {
	const found = /^(rediss?):\/\/(?:([\w.\-]{1,64})@)?([^\/@?#]+)\/?$/v.exec(text);
	if (found === null) return undefined;
	const [, scheme, user, list = ''] = found;
	const servers = list.split(',').map(each => addressOf(each));
	const known = servers.filter(each => each !== undefined);
	if (known.length < servers.length || known.length > MOST) return undefined;
	return {isSecure: scheme === 'rediss', user, servers: known};
}

function addressOf(text: string): Address | undefined {
	const {host, port} = parseListenAddress(text) ?? parseListenAddress(`${text}:${PORT}`) ?? {port: 0};
	return host === undefined || port === 0 ? undefined : {host, port};
}
