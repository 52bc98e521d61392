// The server's half of login and registration (docs/protocol.md, "Login"). Pure: a frame in, a step out; accounts and
// lockouts are behind a port. Nothing is stored before the challenge is redeemed, no DH is done before it either.
import {Buffer} from 'node:buffer';
import {equal, wipe} from '../../crypto/bytes.ts';
import {deriveDh} from '../../crypto/dh.ts';
import {type KeyPair, type Power} from '../../crypto/group.ts';
import {type IdentityKey, sign, verify} from '../../crypto/identity.ts';
import {expandLabelInto} from '../../crypto/kdf.ts';
import {DEFAULT_SCRYPT, acceptsScrypt} from '../../crypto/password.ts';
import {seal} from '../../crypto/seal.ts';
import {
	type SrpServerEphemeral,
	isSrpValue,
	srpDecoyVerifier,
	srpKeyPair,
	srpServerEphemeral,
	srpServerSecret,
} from '../../crypto/srp.ts';
import {type Address} from '../../wire/address.ts';
import {type Alert, type AlertReason, encodeAlert} from '../../wire/alert.ts';
import {FRAME, type Frame} from '../../wire/frame.ts';
import {
	type Auth,
	type Challenge,
	type Response,
	decodeAuth,
	decodeHello,
	decodeProof,
	decodeRegister,
	decodeResponse,
	encodeAccept,
	encodeChallenge,
	encodeKeyProof,
	encodeServerShare,
	encodeSrpReply,
} from '../../wire/messages/login.ts';
import {type Entropy} from '../entropy.ts';
import {transcript} from '../transcript.ts';
import {type ChallengeKeys, issueChallenge, redeemChallenge, rotateChallengeKeys} from './challenge.ts';
import {
	type DirectorySession,
	type HandshakeKeys,
	appendFrame,
	appendServerShare,
	clientProof,
	deviceStatement,
	establish,
	handshakeKeys,
	registerStatement,
	serverProof,
	serverStatement,
	wipeDirectorySession,
	wipeHandshake,
} from './login-keys.ts';
import {type AttemptBucket, GUESS_LIMIT, LOCK_MS} from './lockout.ts';
import {type Credentials, type Found, type LoginDirectory} from './login-directory.ts';
import {openRecord, sealRecord} from './records.ts';

export type LoginServer = {
	readonly signingKey: IdentityKey;
	/** 32 bytes that stay the same over restarts: names without an account get salts and verifiers from it. */
	readonly decoyKey: Buffer;
	readonly challengeKeys: ChallengeKeys;
	readonly directory: LoginDirectory;
	readonly entropy: Entropy;
	/** On this thread, which they block, unless given. */
	readonly powers?: SrpPowers;
	/** Makes a session id of 16 random bytes. They are it, unless given. */
	readonly sessionId?: (random: Buffer) => Buffer;
};

/** What a login asks of SRP's group, but for the last power: b with g^b, and v^u. */
export type SrpPowers = {readonly srpKeyPair: () => Promise<KeyPair>; readonly power: Power};

type Sealed = {readonly th: Buffer; readonly keys: HandshakeKeys; readonly address: Address};

export type ServerLogin =
	| (Sealed & {readonly phase: 'server-sent'; readonly registered: boolean})
	| (Sealed & {
			readonly phase: 'srp-sent';
			readonly auth: Auth;
			/** Whether it is a device that joins: AUTH_GUEST came in place of AUTH. */
			readonly isGuest: boolean;
			readonly bucket: AttemptBucket;
			readonly credentials: Credentials | undefined;
			readonly verifier: Buffer;
			readonly srp: SrpServerEphemeral;
			readonly triesLeft: number;
	  });

export type ServerLoginStep =
	| {readonly kind: 'send'; readonly state: ServerLogin; readonly send: Frame; readonly registered?: string}
	| {
			readonly kind: 'established';
			readonly name: string;
			/** The device key that AUTH has proven. */
			readonly identityKey: Buffer;
			/** Whether it is a device that joins, and may do nothing but ask for that. */
			readonly isGuest: boolean;
			readonly session: DirectorySession;
			readonly send: Frame;
	  }
	/** The connection ends after this ALERT; `name` where one was tried, for the log. */
	| {readonly kind: 'refused'; readonly send: Frame; readonly reason: AlertReason; readonly name?: string}
	/** The connection ends without a word. */
	| {readonly kind: 'dropped'};

/**
 * CHALLENGE for a HELLO, or why not. Stores nothing, but moves to the key of this time first: a clock that has leapt,
 * as after a machine's sleep, must not make a challenge whose key the next sweep throws away.
 */
export function answerHello(
	{challengeKeys, entropy}: LoginServer,
	frame: Frame,
	address: Address,
	difficulty: number,
	now: number,
): {kind: 'send'; send: Frame} | {kind: 'refused'; send: Frame; reason: AlertReason} | {kind: 'dropped'} {
	const hello = frame.type === FRAME.hello ? decodeHello(frame.body) : undefined;
	if (hello === undefined) return {kind: 'dropped'};
	rotateChallengeKeys(challengeKeys, entropy.random, now);
	const challenge = issueChallenge(challengeKeys, hello, address, difficulty, now);
	if (challenge === undefined) return refuseInClear('unsupported');
	return {kind: 'send', send: {type: FRAME.challenge, body: encodeChallenge(challenge)}};
}

/**
 * SERVER for a RESPONSE whose challenge is ours, fresh and solved: only now a DH exchange and a signature are worth it.
 * A connection gets one: since nothing was stored, it is the caller who takes no second RESPONSE from it. `whenFree` runs what is
 * costly, when the server has time for it.
 */
export async function answerResponse(
	server: LoginServer,
	frame: Frame,
	address: Address,
	now: number,
	whenFree: (step: () => Promise<ServerLoginStep>) => Promise<ServerLoginStep> = async step => step(),
): Promise<ServerLoginStep> {
	const response = frame.type === FRAME.response ? decodeResponse(frame.body) : undefined;
	if (response === undefined || response.kem.length > 0) return {kind: 'dropped'};
	const redeemed = redeemChallenge(server.challengeKeys, response, address, now);
	if (redeemed === undefined) return refuseInClear('challengeFailed');
	return whenFree(async () => sendServer(server, response, redeemed.challenge, frame, address, now));
}

async function sendServer(
	server: LoginServer,
	response: Response,
	challenge: Challenge,
	frame: Frame,
	address: Address,
	now: number,
): Promise<ServerLoginStep> {
	const {entropy, signingKey} = server;
	const dh = await entropy.dhKeyPair();
	const secret = await deriveDh(dh.privateKey, response.share);
	if (secret === undefined) return {kind: 'dropped'};
	const hello = {type: FRAME.hello, body: response.hello};
	const challenged = {type: FRAME.challenge, body: encodeChallenge(challenge)};
	const kem = Buffer.alloc(0);
	const th = [hello, challenged, frame].reduce(appendFrame, transcript('login'));
	const t1 = appendServerShare(th, {share: dh.share, kem});
	const keys = handshakeKeys(secret, t1, now);
	const proof = encodeKeyProof({key: signingKey.publicKey, signature: sign(signingKey, serverStatement(t1))});
	const sealed = seal(keys.server.key, proof, t1, entropy.random(16));
	const send = {type: FRAME.server, body: encodeServerShare({share: dh.share, kem, sealed})};
	return {
		kind: 'send',
		send,
		state: {phase: 'server-sent', th: appendFrame(t1, send), keys, address, registered: false},
	};
}

/**
 * The next step for the client's next frame, one frame at a time. Anything but 'send' ends the login and has wiped its
 * keys. Throws what the directory throws; the caller then abandons the state.
 */
export async function continueServerLogin(
	server: LoginServer,
	state: ServerLogin,
	frame: Frame,
	now: number,
): Promise<ServerLoginStep> {
	const step = await advance(server, state, frame, now);
	if (step.kind === 'refused' || step.kind === 'dropped') abandonServerLogin(state);
	return step;
}

/** Wipes what an unfinished login holds. A reserved attempt stays counted. */
export function abandonServerLogin({keys}: ServerLogin): void {
	wipeHandshake(keys);
}

/** Wipes the result of a step that ended after its connection. */
export function discardServerStep(step: ServerLoginStep | ReturnType<typeof answerHello>): void {
	if (step.kind === 'established') wipeDirectorySession(step.session);
	if (step.kind === 'send' && 'state' in step) abandonServerLogin(step.state);
}

async function advance(server: LoginServer, state: ServerLogin, frame: Frame, now: number): Promise<ServerLoginStep> {
	if (state.phase === 'srp-sent') {
		return frame.type === FRAME.proof ? consumeProof(server, state, frame, now) : {kind: 'dropped'};
	}

	if (frame.type === FRAME.register && !state.registered) return consumeRegister(server, state, frame, now);
	const isGuest = frame.type === FRAME.authGuest;
	return isGuest || frame.type === FRAME.auth ? consumeAuth(server, state, frame, isGuest, now) : {kind: 'dropped'};
}

/** REGISTER → REGISTERED; AUTH follows in the same channel. */
async function consumeRegister(
	server: LoginServer,
	state: ServerLogin & {phase: 'server-sent'},
	frame: Frame,
	now: number,
): Promise<ServerLoginStep> {
	const body = openRecord(state.keys.client, frame);
	const register = body && decodeRegister(body);
	if (register === undefined) return {kind: 'dropped'};
	const {signature, ...account} = register;
	if (!verify(account.identityKey, registerStatement(state.th, account), signature)) return {kind: 'dropped'};
	if (!acceptsScrypt(account.stretching) || !isSrpValue(account.verifier)) return refuse(server, state, 'malformed');
	const outcome = await server.directory.register(account, now);
	if (outcome !== 'registered') return refuse(server, state, outcome, account.name);
	const send = sealRecord(state.keys.server, FRAME.registered, Buffer.alloc(0), server.entropy.random);
	const th = appendFrame(appendFrame(state.th, frame), send);
	return {kind: 'send', send, registered: account.name, state: {...state, th, registered: true}};
}

/** AUTH, or AUTH_GUEST: name, A, proof of the device key → SRP: salt, parameters, B. The same for names that do not exist. */
async function consumeAuth(
	server: LoginServer,
	state: ServerLogin & {phase: 'server-sent'},
	frame: Frame,
	isGuest: boolean,
	now: number,
): Promise<ServerLoginStep> {
	const {keys, address} = state;
	const body = openRecord(keys.client, frame);
	const auth = body && decodeAuth(body);
	if (auth === undefined) return {kind: 'dropped'};
	const statement = deviceStatement(isGuest ? 'guest' : 'device', state.th, auth.name, auth.identityKey);
	if (!verify(auth.identityKey, statement, auth.signature)) return {kind: 'dropped'};

	// The same work whether there is such an account or not.
	const made = decoy(server.decoyKey, auth.name);
	const {credentials, standing} = await server.directory.find(auth.name, auth.identityKey);
	const owner = credentials !== undefined && standing === 'living';
	const bucket = {name: auth.name, owner};
	const attempt = await server.directory.reserve(bucket, now);
	if (!attempt.allowed) return refuse(server, state, 'locked', auth.name, {retryAfter: attempt.retryAfter});
	const {stretching, verifier} = credentials ?? made;
	const pair = await (server.powers?.srpKeyPair() ?? srpKeyPair(server.entropy.random));
	const srp = srpServerEphemeral(verifier, pair);
	const send = sealRecord(keys.server, FRAME.srp, encodeSrpReply({stretching, srp: srp.B}), server.entropy.random);
	const th = appendFrame(appendFrame(state.th, frame), send);
	const {triesLeft} = attempt;
	return {
		kind: 'send',
		send,
		state: {phase: 'srp-sent', th, keys, address, auth, isGuest, bucket, credentials, verifier, srp, triesLeft},
	};
}

/** PROOF: M1 → ACCEPT: M2, session id, observed address. */
async function consumeProof(
	server: LoginServer,
	state: ServerLogin & {phase: 'srp-sent'},
	frame: Frame,
	now: number,
): Promise<ServerLoginStep> {
	const {th, keys, auth, isGuest, credentials, verifier, srp, address, triesLeft} = state;
	const body = openRecord(keys.client, frame);
	const proof = body && decodeProof(body);
	if (proof === undefined) return {kind: 'dropped'};
	const srpKey = await srpServerSecret({...srp, A: auth.srp, verifier}, server.powers?.power);
	const known = srpKey !== undefined && equal(clientProof(srpKey, th), proof.proof);
	if (!known || credentials === undefined) {
		wipe(srpKey);
		const locked = triesLeft === 0;
		return locked
			? refuse(server, state, 'locked', auth.name, {retryAfter: LOCK_MS / 1000})
			: refuse(server, state, 'credentials', auth.name, {triesLeft});
	}

	const standing = await standingNow(server, state).catch((error: unknown) => {
		wipe(srpKey);
		throw error;
	});
	if (standing === 'removed' || (standing === 'unknown' && !isGuest)) {
		wipe(srpKey);
		const reason = standing === 'removed' ? 'deviceRemoved' : 'identityUnknown';
		return refuse(server, state, reason, auth.name, {triesLeft: GUESS_LIMIT});
	}

	const t7 = appendFrame(th, frame);
	const random = server.entropy.random(16);
	const sessionId = server.sessionId?.(random) ?? random;
	const accept = {proof: serverProof(srpKey, t7), sessionId, observed: address};
	const send = sealRecord(keys.server, FRAME.accept, encodeAccept(accept), server.entropy.random);
	const seen = {sessionId, observed: address, clockOffset: 0};
	const session = establish('server', keys, srpKey, appendFrame(t7, send), seen, now);
	return {kind: 'established', name: auth.name, identityKey: Buffer.from(auth.identityKey), isGuest, session, send};
}

/** Gives the attempt back. The account, or the device, may have been removed since AUTH. */
async function standingNow(
	{directory}: LoginServer,
	{auth, bucket}: ServerLogin & {phase: 'srp-sent'},
): Promise<Found['standing']> {
	await directory.refund(bucket);
	return (await directory.find(auth.name, auth.identityKey)).standing;
}

/** Salt and verifier of a name without an account: always the same, and never any password's. */
function decoy(decoyKey: Buffer, name: string): Omit<Credentials, 'identityKey'> {
	const context = Buffer.from(name, 'latin1');
	return {
		stretching: {salt: expandLabelInto(Buffer.alloc(16), decoyKey, 'decoy salt', context), ...DEFAULT_SCRYPT},
		verifier: srpDecoyVerifier(expandLabelInto(Buffer.alloc(384), decoyKey, 'decoy verifier', context)),
	};
}

function refuse(
	server: LoginServer,
	{keys}: Sealed,
	reason: AlertReason,
	name?: string,
	detail: Partial<Alert> = {},
): ServerLoginStep {
	const body = encodeAlert({reason, triesLeft: 0, retryAfter: 0, ...detail});
	const send = sealRecord(keys.server, FRAME.alert, body, server.entropy.random);
	return {kind: 'refused', send, reason, ...(name === undefined ? {} : {name})};
}

function refuseInClear(reason: AlertReason): {kind: 'refused'; send: Frame; reason: AlertReason} {
	return {kind: 'refused', send: {type: FRAME.alert, body: encodeAlert({reason, triesLeft: 0, retryAfter: 0})}, reason};
}
