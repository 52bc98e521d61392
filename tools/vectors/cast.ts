// Who takes part in the test values, where and when: a server, and two people with an account each.
import {Buffer} from 'node:buffer';
import {sha256} from '../../source/crypto/hash.ts';
import {type IdentityKey, identityFromSeed} from '../../source/crypto/identity.ts';
import {type Address} from '../../source/wire/address.ts';
import {type Value, section} from './sheet.ts';

export type Person = {
	readonly name: string;
	readonly password: string;
	readonly identity: IdentityKey;
	/** Where the server sees its TCP connection and its UDP socket. */
	readonly tcp: Address;
	readonly udp: Address;
};

/** Server time at which everything happens, and how far the clients' clocks are behind, ms. */
export const NOW = 1_800_000_000_000;
export const CLOCK_OFFSET = 1500;

const seedOf = (name: string) => sha256(Buffer.from(`simchat1 test seed ${name}`));

export const serverKey = identityFromSeed(seedOf('server'));
export const alice = person('alice', 'correct horse battery staple', '192.0.2.1');
export const bob = person('bob', 'Pässwort mit Umlaut', '2001:db8::2');

export function castSection(): string {
	const prose =
		'Server time stands still; both clients’ clocks are behind it. Seeds are Ed25519’s (RFC 8032). Passwords are UTF-8.';
	return section('A.2 Who, where, when', prose, [
		['server time, ms', NOW],
		['clocks of the clients, ms', NOW - CLOCK_OFFSET],
		['server, seed', seedOf('server')],
		['server, key', serverKey.publicKey],
		...[alice, bob].flatMap(({name, password, identity, tcp, udp}): Value[] => [
			[`${name}, seed`, seedOf(name)],
			[`${name}, identity key`, identity.publicKey],
			[`${name}, password`, password],
			[`${name}, TCP and UDP address`, `${tcp.host} port ${tcp.port}, port ${udp.port}`],
		]),
	]);
}

function person(name: string, password: string, host: string): Person {
	const identity = identityFromSeed(seedOf(name));
	return {name, password, identity, tcp: {host, port: 40_001}, udp: {host, port: 40_002}};
}
