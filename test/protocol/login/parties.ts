// A server, people, and a run between them that can be stopped at every frame, altered there, and driven on to its end.
import {Buffer} from 'node:buffer';
import {dhKeyPairFromExponent} from '../../../source/crypto/dh.ts';
import {sha256} from '../../../source/crypto/hash.ts';
import {type IdentityKey, identityFromSeed} from '../../../source/crypto/identity.ts';
import {DEFAULT_SCRYPT, type ScryptParameters} from '../../../source/crypto/password.ts';
import {type Random} from '../../../source/crypto/random.ts';
import {srpVerifier} from '../../../source/crypto/srp.ts';
import {type Entropy} from '../../../source/protocol/entropy.ts';
import {challengeKeys, solvePuzzle} from '../../../source/protocol/login/challenge.ts';
import {
	type ClientLogin,
	type ClientLoginStep,
	type LoginSetup,
	continueLogin,
	startLogin,
} from '../../../source/protocol/login/client.ts';
import {type Credentials, type LoginDirectory} from '../../../source/protocol/login/login-directory.ts';
import {type AttemptBucket, type Attempts, reserveAttempt} from '../../../source/protocol/login/lockout.ts';
import {
	type LoginServer,
	type ServerLogin,
	type ServerLoginStep,
	answerHello,
	answerResponse,
	continueServerLogin,
} from '../../../source/protocol/login/server.ts';
import {type Address} from '../../../source/wire/address.ts';
import {type Alert} from '../../../source/wire/alert.ts';
import {type Frame} from '../../../source/wire/frame.ts';

/** Server time at which every run begins. */
export const NOW = 1_800_000_000_000;
export const atAlice: Address = {host: '192.0.2.1', port: 40_000};

/** Bytes that look random and are the same in every run. */
export function seeded(label: string): Random {
	let count = 0;
	return size => {
		const blocks = Array.from({length: Math.ceil(size / 32)}, () => sha256(Buffer.from(`${label} ${count++}`)));
		return Buffer.concat(blocks).subarray(0, size);
	};
}

const exponents = seeded('exponent');
const pool = Array.from({length: 8}, () => dhKeyPairFromExponent(exponents(8)));
let drawn = 0;

/** Seeded bytes, and key pairs with short exponents from a pool: as sound for a state machine, and cheap. */
export function fastEntropy(label: string): Entropy {
	const random = seeded(label);
	return {random, salt: random, dhKeyPair: async () => pool[drawn++ % pool.length]!};
}

export function identity(label: string): IdentityKey {
	return identityFromSeed(sha256(Buffer.from(`identity ${label}`)));
}

/** In place of scrypt: x = SHA-256(password ‖ salt). */
export function quickStretch(password: string): LoginSetup['stretch'] {
	return async salt => sha256(Buffer.from(password), salt);
}

export type TestDirectory = LoginDirectory & {
	/** By name; one per account that a test makes. */
	readonly accounts: Map<string, Credentials>;
	/** By bucket, as the server keeps them. */
	readonly attempts: Map<string, Attempts>;
	/** Keys, as hex, of devices that were removed. */
	readonly removed: Set<string>;
	/** What was committed, in order. */
	readonly calls: string[];
};

const bucketKey = ({name, owner}: AttemptBucket) => `${name} ${owner}`;

export function createDirectory(): TestDirectory {
	const accounts = new Map<string, Credentials>();
	const attempts = new Map<string, Attempts>();
	const calls: string[] = [];
	const removed = new Set<string>();
	return {
		accounts,
		attempts,
		calls,
		removed,
		async find(name, key) {
			const credentials = accounts.get(name);
			const isOwn = credentials?.identityKey.equals(key) === true;
			return {credentials, standing: removed.has(key.toString('hex')) ? 'removed' : isOwn ? 'living' : 'unknown'};
		},
		async register({name, invite, ...credentials}) {
			calls.push(`register ${name}`);
			if (invite.toString() === 'used') return 'inviteInvalid';
			if (accounts.has(name)) return 'nameTaken';
			accounts.set(name, structuredCredentials(credentials));
			return 'registered';
		},
		async reserve(bucket, now) {
			calls.push(`reserve ${bucketKey(bucket)}`);
			const reservation = reserveAttempt(attempts.get(bucketKey(bucket)), now);
			if (reservation.allowed) attempts.set(bucketKey(bucket), reservation.attempts);
			return reservation;
		},
		async refund(bucket) {
			calls.push(`refund ${bucketKey(bucket)}`);
			attempts.delete(bucketKey(bucket));
		},
	};
}

function structuredCredentials({stretching, verifier, identityKey}: Credentials): Credentials {
	const salt = Buffer.from(stretching.salt);
	return {stretching: {...stretching, salt}, verifier: Buffer.from(verifier), identityKey: Buffer.from(identityKey)};
}

export type World = {
	readonly server: LoginServer;
	readonly directory: TestDirectory;
	readonly address: Address;
	/** The two clocks, ms. */
	readonly clock: {server: number; client: number};
	/** Puzzle bits that the server asks for. */
	readonly difficulty: number;
};

export function createWorld(label = 'world'): World {
	const directory = createDirectory();
	const entropy = fastEntropy(`server ${label}`);
	const server = {
		signingKey: identity('server'),
		decoyKey: sha256(Buffer.from('decoys')),
		challengeKeys: challengeKeys(entropy.random, NOW),
		directory,
		entropy,
	};
	return {server, directory, address: atAlice, clock: {server: NOW, client: NOW}, difficulty: 0};
}

/** An account with this password, as if it had been registered from the device that `identity(name)` stands for. */
export function enrol({directory}: World, name: string, password: string): void {
	const stretching = {salt: sha256(Buffer.from(`salt ${name}`)).subarray(0, 16), ...DEFAULT_SCRYPT};
	const verifier = srpVerifier(sha256(Buffer.from(password), stretching.salt));
	directory.accounts.set(name, {stretching, verifier, identityKey: identity(name).publicKey});
}

export type SetupChanges = Partial<LoginSetup> & {password?: string; label?: string};

export function setupFor(name: string, changes: SetupChanges = {}): LoginSetup {
	const {password = 'correct horse', label = name, ...rest} = changes;
	return {
		mode: 'sign-in',
		name,
		identity: identity(name),
		serverKey: identity('server').publicKey,
		invite: Buffer.alloc(0),
		stretch: quickStretch(password),
		solve: async (cookie, difficulty) => solvePuzzle(cookie, difficulty),
		entropy: fastEntropy(`client ${label}`),
		...rest,
	};
}

/** A frame about to arrive, with both sides as they are just before. */
export type Moment = {
	readonly to: 'client' | 'server';
	readonly frame: Frame;
	readonly client: ClientLogin;
	readonly server: 'connected' | 'challenged' | ServerLogin | 'ended';
};

export type ClientEnd = Exclude<ClientLoginStep, {kind: 'send'}>;
export type ServerEnd = Exclude<ServerLoginStep, {kind: 'send'}>;
export type Outcome = {client?: ClientEnd; server?: ServerEnd};

export function begin(setup: LoginSetup): Moment {
	const {state, send} = startLogin(setup);
	return {to: 'server', frame: send, client: state, server: 'connected'};
}

/** Lets the frame arrive, at copies of the states: the moment itself can be used again. */
export async function deliver(world: World, moment: Moment): Promise<{ended: Outcome; next?: Moment}> {
	return moment.to === 'server' ? deliverToServer(world, moment) : deliverToClient(world, moment);
}

async function deliverToServer(
	world: World,
	{frame, client, server}: Moment,
): Promise<{ended: Outcome; next?: Moment}> {
	const now = world.clock.server;
	const step =
		server === 'connected'
			? answerHello(world.server, frame, world.address, world.difficulty, now)
			: server === 'challenged'
				? await answerResponse(world.server, frame, world.address, now)
				: server === 'ended'
					? ({kind: 'dropped'} as const)
					: await continueServerLogin(world.server, clone(server), frame, now);
	if (step.kind === 'dropped') return {ended: {server: step}};
	const after = step.kind === 'send' ? ('state' in step ? step.state : 'challenged') : 'ended';
	const next: Moment = {to: 'client', frame: step.send, client, server: after};
	return {ended: step.kind === 'send' ? {} : {server: step}, next};
}

async function deliverToClient(
	world: World,
	{frame, client, server}: Moment,
): Promise<{ended: Outcome; next?: Moment}> {
	const step = await continueLogin(clone(client), frame, world.clock.client);
	if (step.kind !== 'send') return {ended: {client: step}};
	return {ended: {}, next: {to: 'server', frame: step.send, client: step.state, server}};
}

/** Drives a run from a moment to its end; every moment on the way is added to `moments`. */
export async function run(world: World, from: Moment, moments: Moment[] = []): Promise<Outcome> {
	const outcome: Outcome = {};
	let moment: Moment | undefined = from;
	for (let hops = 0; moment !== undefined && hops < 16; hops++) {
		moments.push(moment);
		const {ended, next} = await deliver(world, moment);
		Object.assign(outcome, ended);
		moment = next;
	}

	return outcome;
}

/** A whole login, and what went over the wire. */
export async function login(world: World, setup: LoginSetup): Promise<Outcome & {moments: Moment[]}> {
	const moments: Moment[] = [];
	return {...(await run(world, begin(setup), moments)), moments};
}

/** Drives a run to just before the frame of this type arrives. */
export async function until(world: World, setup: LoginSetup, type: number): Promise<Moment> {
	let moment = begin(setup);
	for (let hops = 0; moment.frame.type !== type && hops < 16; hops++) {
		const {next} = await deliver(world, moment);
		if (next === undefined) break;
		moment = next;
	}

	if (moment.frame.type !== type) throw new Error(`the run ended before frame ${type}`);
	return moment;
}

/** The alert a client was refused with. */
export function alertOf({client}: Outcome): Alert | undefined {
	return client?.kind === 'refused' ? client.alert : undefined;
}

/** A copy whose buffers are its own; key objects and functions stay shared. */
export function clone<T>(value: T): T {
	if (Buffer.isBuffer(value)) return Buffer.from(value) as T & Buffer;
	if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
	return Object.fromEntries(Object.entries(value).map(([key, each]: [string, unknown]) => [key, clone(each)])) as T;
}

export const weakest: ScryptParameters = {logN: 15, r: 8, p: 1};
