// Accounts to sign in with, and clients that spend as little on it as the protocol lets them: on the wire and at the server
// nothing differs from any other login, but fewer cores are needed to keep a server busy.
import {Buffer} from 'node:buffer';
import {sha256} from '../../source/crypto/hash.ts';
import {generateDhKeyPair} from '../../source/crypto/dh.ts';
import {type IdentityKey, identityFromSeed} from '../../source/crypto/identity.ts';
import {DEFAULT_SCRYPT} from '../../source/crypto/password.ts';
import {systemRandom} from '../../source/crypto/random.ts';
import {srpVerifier} from '../../source/crypto/srp.ts';
import {type Entropy} from '../../source/protocol/entropy.ts';
import {solvePuzzle} from '../../source/protocol/login/challenge.ts';
import {type LoginSetup, continueLogin, startLogin} from '../../source/protocol/login/client.ts';
import {type DirectoryStore} from '../../source/server/store/directory-store.ts';
import {type StoreRow} from '../../source/server/store/store-rows.ts';
import {type Alert} from '../../source/wire/alert.ts';
import {parseJoinLink} from '../../source/wire/join-link.ts';
import {DirectoryClient, FrameSocket, type Place} from './directory-client.ts';

/** The load generator's exponents: 64 bits, so that its powers cost a quarter. */
const LIGHT_EXPONENT = 8;
/** Bytes that SRP draws for its exponent (RFC 5054 asks for 256 bits at least); nothing else asks for as many. */
const SRP_EXPONENT = 36;
const KEY_PAIRS = 64;

/** Instead of a stretched password; the server never sees one. */
const x = sha256(Buffer.from('bench')).subarray(0, LIGHT_EXPONENT);

export function userName(index: number): string {
	return `user${index}`;
}

export function lightIdentity(index: number): IdentityKey {
	return identityFromSeed(sha256(Buffer.from(`bench ${index}`)));
}

/** Makes the accounts of users 0 … `count` − 1 in an empty store. */
export async function seedAccounts(store: DirectoryStore, count: number): Promise<void> {
	const {logN, r, p} = DEFAULT_SCRYPT;
	const common = {salt: Buffer.alloc(16, 1), log_n: logN, r, p, verifier: srpVerifier(x)};
	const rows = async function* (): AsyncIterable<StoreRow> {
		for (let index = 0; index < count; index++) {
			const identity_key = lightIdentity(index).publicKey;
			const cells = {
				name: userName(index),
				...common,
				identity_key,
				created: Date.now(),
				generation: 1,
				suspended: false,
			};
			yield {table: 'accounts', cells};
		}
	};

	await store.fill(rows());
}

/** The thread pool makes key pairs faster than clients need them; a few are enough. */
export async function lightEntropy(): Promise<Entropy> {
	const pairs = await Promise.all(Array.from({length: KEY_PAIRS}, async () => generateDhKeyPair()));
	let drawn = 0;
	return {
		salt: systemRandom,
		random: size =>
			size === SRP_EXPONENT
				? Buffer.concat([Buffer.alloc(size - LIGHT_EXPONENT), systemRandom(LIGHT_EXPONENT)])
				: systemRandom(size),
		dhKeyPair: async () => pairs[drawn++ % KEY_PAIRS]!,
	};
}

/** The server said no, and when to come back, s. */
export class TurnedAway extends Error {
	override readonly name = 'TurnedAway';
	readonly reason: string;
	readonly retryAfter: number;

	constructor(who: string, {reason, retryAfter}: Alert) {
		super(`${who}: ${reason}`);
		this.reason = reason;
		this.retryAfter = retryAfter;
	}
}

/** One sign-in from the first packet to ACCEPT, from a loopback address of its own where one is given. Throws TurnedAway. */
export async function signInUser(
	place: Place,
	index: number,
	entropy: Entropy,
	localAddress?: string,
	solve: LoginSetup['solve'] = async (cookie, difficulty) => solvePuzzle(cookie, difficulty),
): Promise<DirectoryClient> {
	const name = userName(index);
	const frames = await FrameSocket.connect(place.address.port, '127.0.0.1', localAddress);
	const setup: LoginSetup = {
		mode: 'sign-in',
		name,
		identity: lightIdentity(index),
		serverKey: parseJoinLink(place.joinLink)!.serverKey,
		invite: Buffer.alloc(0),
		stretch: async () => Buffer.from(x),
		solve,
		entropy,
	};
	let {state, send} = startLogin(setup);
	for (;;) {
		frames.write(send);
		const frame = await frames.next();
		if (frame === undefined) throw new Error(`${name}: the server hung up`);
		const step = await continueLogin(state, frame, Date.now()).catch((error: unknown) => {
			frames.socket.destroy();
			throw error;
		});
		if (step.kind === 'established') return new DirectoryClient(place, {name}, frames, step.session);
		if (step.kind !== 'send') frames.socket.destroy();
		if (step.kind === 'refused') throw new TurnedAway(name, step.alert);
		if (step.kind !== 'send') throw new Error(`${name}: ${JSON.stringify(step)}`);
		({state, send} = step);
	}
}
