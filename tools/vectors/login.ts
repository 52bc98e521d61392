// Test values of a login or registration: the real client and server, run against each other with recorded entropy.
import assert from 'node:assert/strict';
import {Buffer} from 'node:buffer';
import {deriveDh, dhKeyPairFromExponent} from '../../source/crypto/dh.ts';
import {expandLabel, extract} from '../../source/crypto/kdf.ts';
import {DEFAULT_SCRYPT, passwordExponent} from '../../source/crypto/password.ts';
import {open, sealKey} from '../../source/crypto/seal.ts';
import {srpClientSecret, srpVerifier} from '../../source/crypto/srp.ts';
import {challengeKeys, solvePuzzle} from '../../source/protocol/login/challenge.ts';
import {type LoginSetup, continueLogin, startLogin} from '../../source/protocol/login/client.ts';
import {type Credentials} from '../../source/protocol/login/login-directory.ts';
import {
	type DirectorySession,
	appendFrame,
	appendServerShare,
	handshakeKeys,
} from '../../source/protocol/login/login-keys.ts';
import {openRecord} from '../../source/protocol/login/records.ts';
import {
	type LoginServer,
	answerHello,
	answerResponse,
	continueServerLogin,
} from '../../source/protocol/login/server.ts';
import {transcript} from '../../source/protocol/transcript.ts';
import {FRAME, type Frame, encodeFrame} from '../../source/wire/frame.ts';
import {decodeAuth, decodeServerShare, decodeSrpReply} from '../../source/wire/messages/login.ts';
import {CLOCK_OFFSET, NOW, type Person, serverKey} from './cast.ts';
import {recorder} from './entropy.ts';
import {type Value, section} from './sheet.ts';

const LOCAL = NOW - CLOCK_OFFSET;

/** An account that a directory already has. */
export async function accountOf({name, password, identity}: Person, salt: Buffer): Promise<Credentials> {
	const x = await passwordExponent(password, name, salt, DEFAULT_SCRYPT);
	return {stretching: {salt, ...DEFAULT_SCRYPT}, verifier: srpVerifier(x), identityKey: identity.publicKey};
}

export type LoginRun = {readonly section: string; readonly client: DirectorySession; readonly server: DirectorySession};

/** A whole run for `who`, who registers first unless there is an account. */
export async function loginRun(
	title: string,
	prose: string,
	who: Person,
	difficulty: number,
	account?: Credentials,
): Promise<LoginRun> {
	const [ours, theirs] = [recorder(`${who.name}’s client`), recorder(`server for ${who.name}`)];
	const isNew = account === undefined;
	const x: Buffer[] = [];
	const setup: LoginSetup = {
		mode: isNew ? 'sign-up' : 'sign-in',
		name: who.name,
		identity: who.identity,
		serverKey: serverKey.publicKey,
		invite: Buffer.from(isNew ? 'invite-code' : ''),
		solve: async (cookie, bits) => solvePuzzle(cookie, bits),
		async stretch(salt, parameters) {
			const exponent = await passwordExponent(who.password, who.name, salt, parameters);
			x.push(Buffer.from(exponent));
			return exponent;
		},
		entropy: ours.entropy,
	};
	const server = loginServer(theirs.entropy, account);
	const {frames, sessions} = await drive(server, who, difficulty, setup);

	const register = isNew ? ['salt of the password', 'IV of REGISTER'] : [];
	const client = ours.drawn('Nc', 'DH exponent', ...register, 'a of SRP', 'IV of AUTH', 'IV of PROOF');
	const registered = isNew ? ['IV of REGISTERED'] : [];
	const served = theirs.drawn(
		'challenge key',
		'DH exponent',
		'IV of SERVER',
		...registered,
		'b of SRP',
		'IV of SRP',
		'session id',
		'IV of ACCEPT',
	);
	const [, exponent] = client[1]!;
	const [, a] = client.at(-3)!;
	const secrets = {exponent: exponent as Buffer, a: a as Buffer, x: x[0]!};
	const values = await schedule(frames, secrets, sessions[0]);
	assert.deepEqual(sessions[0].ticketKey, sessions[1].ticketKey);
	return {
		section: section(title, prose, [...client, ...served, ['x', x[0]!], ...values]),
		client: sessions[0],
		server: sessions[1],
	};
}

function loginServer(entropy: LoginServer['entropy'], account: Credentials | undefined): LoginServer {
	let stored = account;
	return {
		signingKey: serverKey,
		decoyKey: Buffer.alloc(32),
		challengeKeys: challengeKeys(entropy.random, NOW),
		directory: {
			find: async (_, key) => ({
				credentials: stored,
				standing: stored?.identityKey.equals(key) === true ? 'living' : 'unknown',
			}),
			async register({stretching, verifier, identityKey}) {
				stored = {stretching, verifier, identityKey};
				return 'registered';
			},
			reserve: async () => ({allowed: true, triesLeft: 4}),
			refund: async () => {},
		},
		entropy,
	};
}

/** Every frame in its order, and the session that each side ends with. */
async function drive(
	server: LoginServer,
	{tcp}: Person,
	difficulty: number,
	setup: LoginSetup,
): Promise<{frames: Frame[]; sessions: [DirectorySession, DirectorySession]}> {
	const begun = startLogin(setup);
	const hello = answerHello(server, begun.send, tcp, difficulty, NOW);
	assert(hello.kind === 'send');
	let client = await continueLogin(begun.state, hello.send, LOCAL);
	assert(client.kind === 'send');
	const frames = [begun.send, hello.send, client.send];
	let step = await answerResponse(server, client.send, tcp, NOW);
	while (step.kind === 'send') {
		client = await continueLogin(client.state, step.send, LOCAL);
		assert(client.kind === 'send');
		frames.push(step.send, client.send);
		step = await continueServerLogin(server, step.state, client.send, NOW);
	}

	assert(step.kind === 'established');
	const end = await continueLogin(client.state, step.send, LOCAL);
	assert(end.kind === 'established');
	return {frames: [...frames, step.send], sessions: [end.session, step.session]};
}

/** Every frame, what is inside it and what is derived between, computed beside the run and held against its end. */
async function schedule(
	[hello, challenge, response, server, ...records]: readonly Frame[],
	{exponent, a, x}: {exponent: Buffer; a: Buffer; x: Buffer},
	session: DirectorySession,
): Promise<Value[]> {
	assert(hello && challenge && response && server);
	const share = decodeServerShare(server.body);
	const secret = share && (await deriveDh(dhKeyPairFromExponent(exponent).privateKey, share.share));
	assert(share && secret);
	const g = Buffer.from(secret);
	const t1 = appendServerShare([hello, challenge, response].reduce(appendFrame, transcript('login')), share);
	const keys = handshakeKeys(secret, t1, NOW);
	const identity = open(sealKey(keys.server.key), share.sealed, t1);
	assert(identity);
	const values: Value[] = [
		['HELLO, frame', encodeFrame(hello)],
		['CHALLENGE, frame', encodeFrame(challenge)],
		['RESPONSE, frame', encodeFrame(response)],
		['DH secret', g],
		['T1', t1],
		['hs', keys.secret],
		['handshake key of the client', keys.client.key],
		['handshake key of the server', keys.server.key],
		['SERVER, sealed part opened', identity],
		['SERVER, frame', encodeFrame(server)],
	];

	let th = appendFrame(t1, server);
	values.push(['transcript after SERVER', th]);
	let A: Buffer | undefined;
	let dhKey1: Buffer = Buffer.alloc(0);
	for (const record of records) {
		const fromClient = names.client.has(record.type);
		const body = openRecord(fromClient ? keys.client : keys.server, record);
		assert(body);
		th = appendFrame(th, record);
		const title = names.all.get(record.type);
		values.push([`${title}, body`, body], [`${title}, frame`, encodeFrame(record)], [`transcript after ${title}`, th]);
		if (record.type === FRAME.auth) A = decodeAuth(body)?.srp;
		if (record.type !== FRAME.srp) continue;
		const B = decodeSrpReply(body)?.srp;
		const K = A && B && srpClientSecret({a, A, B, x});
		assert(K);
		dhKey1 = extract(expandLabel(keys.secret, 'derived', Buffer.alloc(0), 32), K);
		values.push(['K_srp', K]);
	}

	const key = (label: string, size: number) => expandLabel(dhKey1, label, th, size);
	const own: Value[] = [
		['record key of the client', key('record client', 64)],
		['record key of the server', key('record server', 64)],
		['ticket key', key('ticket', 64)],
		['ticket key id', key('ticket key id', 8)],
		['UDP bind key', key('udp bind', 32)],
	];
	const {send, receive, ticketKey, ticketKeyId, bindKey} = session;
	assert.deepEqual(
		own.map(([, value]) => value),
		[send.key, receive.key, ticketKey, ticketKeyId, bindKey],
	);
	return [...values, ['DHkey1', dhKey1], ...own];
}

const names = {
	client: new Set<number>([FRAME.register, FRAME.auth, FRAME.proof]),
	all: new Map<number, string>([
		[FRAME.register, 'REGISTER'],
		[FRAME.registered, 'REGISTERED'],
		[FRAME.auth, 'AUTH'],
		[FRAME.srp, 'SRP'],
		[FRAME.proof, 'PROOF'],
		[FRAME.accept, 'ACCEPT'],
	]),
};
