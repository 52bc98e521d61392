// The join link, with which a person finds a server and verifies it: simchat://host:port/#<server key>?invite=<code>:<name>.
import {Buffer} from 'node:buffer';
import {isIPv6} from 'node:net';
import {INVITE_LIMIT} from './messages/login.ts';
import {isName} from './name.ts';

export const DEFAULT_PORT = 7406;
/** A longer text is not a link. */
const LINK_LIMIT = 512;

/**
 * `host` is a DNS name or an IP address (IPv6 without brackets), `serverKey` has 32 bytes, `invite` is sent in REGISTER as ASCII, `name` is
 * the account that the invite is for: only the person is told of it, and a link with an invite may lack it.
 */
export type JoinLink = {
	readonly host: string;
	readonly port: number;
	readonly serverKey: Buffer;
	readonly invite?: string;
	readonly name?: string;
};

const pattern = /^simchat:\/\/(?:\[([\da-f:.]+)\]|([a-z\d.-]+))(?::(\d{1,5}))?\/?#([\w-]{43})(\?[^\s]+)?$/i;
const inviteQuery = /^\?invite=([\w-]+)(?::([\w.-]+))?$/i;
const dnsName = /^(?=.{1,253}$)[a-z\d](?:[a-z\d-]{0,62})(?:\.[a-z\d][a-z\d-]{0,62})*$/;

/** Whether this is a name as a link may have it: lower case, ASCII, without a dot at its end. */
export function isDnsName(text: string): boolean {
	return dnsName.test(text);
}

/** Where a server is: the parts that each link begins with, and the query behind them, with its question mark. */
export type LinkPlace = Pick<JoinLink, 'host' | 'port' | 'serverKey'> & {readonly query: string};

/** What each kind of link begins with, or undefined for anything else. White space around it is ignored. */
export function parseLinkPlace(typed: string): LinkPlace | undefined {
	const text = typed.trim();
	const match = text.length <= LINK_LIMIT ? pattern.exec(text) : null;
	if (match === null) return undefined;
	const [, bracketed, dns, digits, key = '', query = ''] = match;
	const host = (bracketed ?? dns ?? '').toLowerCase();
	const port = digits === undefined ? DEFAULT_PORT : Number(digits);
	const serverKey = Buffer.from(key, 'base64url');
	const sound =
		(bracketed === undefined ? isDnsName(host) : isIPv6(host)) &&
		port > 0 &&
		port < 65_536 &&
		serverKey.toString('base64url') === key;
	return sound ? {host, port, serverKey, query} : undefined;
}

/** What each kind of link begins with, as text. The port is always in it. */
export function formatLinkPlace({host, port, serverKey}: Omit<LinkPlace, 'query'>): string {
	const place = host.includes(':') ? `[${host}]` : host;
	return `simchat://${place}:${port}/#${serverKey.toString('base64url')}`;
}

/** The parts of a link, or undefined for anything else. White space around it is ignored. */
export function parseJoinLink(typed: string): JoinLink | undefined {
	const parsed = parseLinkPlace(typed);
	if (parsed === undefined) return undefined;
	const {query, ...place} = parsed;
	if (query === '') return place;
	const [, invite, name] = inviteQuery.exec(query) ?? [];
	if (invite === undefined || invite.length > INVITE_LIMIT || (name !== undefined && !isName(name))) return undefined;
	return {...place, invite, ...(name === undefined ? {} : {name})};
}

/** The link as text. The port is always in it, the name only behind an invite. */
export function formatJoinLink({invite, name, ...place}: JoinLink): string {
	const suffix = invite === undefined ? '' : `?invite=${invite}${name === undefined ? '' : `:${name}`}`;
	return `${formatLinkPlace(place)}${suffix}`;
}
