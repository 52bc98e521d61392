// The device link, by which one more device joins an account: simchat://host:port/#<server key>?name=<name>&device=<F ‖ secret>.
import {Buffer} from 'node:buffer';
import {type JoinLink, formatLinkPlace, parseLinkPlace} from './join-link.ts';
import {isName} from './name.ts';

/** `foundingKey` is the account's, 32 bytes; `secret` is the link's own, 32 bytes: whoever has it and the password can join. */
export type DeviceLink = Pick<JoinLink, 'host' | 'port' | 'serverKey'> & {
	readonly name: string;
	readonly foundingKey: Buffer;
	readonly secret: Buffer;
};

const pattern = /^\?name=([\w.-]+)&device=([\w-]{86})$/;

/** The parts of a device link, or undefined for anything else. White space around it is ignored. */
export function parseDeviceLink(typed: string): DeviceLink | undefined {
	const parsed = parseLinkPlace(typed);
	if (parsed === undefined) return undefined;
	const {query, ...place} = parsed;
	const [, name = '', text = ''] = pattern.exec(query) ?? [];
	const keys = Buffer.from(text, 'base64url');
	if (!isName(name) || keys.toString('base64url') !== text) return undefined;
	return {...place, name, foundingKey: Buffer.from(keys.subarray(0, 32)), secret: Buffer.from(keys.subarray(32))};
}

/** The link as text, 512 characters at most. It holds the secret. */
export function formatDeviceLink({name, foundingKey, secret, ...place}: DeviceLink): string {
	const keys = Buffer.concat([foundingKey, secret]).toString('base64url');
	return `${formatLinkPlace(place)}?name=${name}&device=${keys}`;
}
