// The client's half of login and registration (docs/protocol.md, "Login"): HELLO → CHALLENGE → RESPONSE → SERVER →
// [REGISTER → REGISTERED →] AUTH → SRP → PROOF → ACCEPT. Pure: a frame in, a step out.
import {Buffer} from 'node:buffer';
import {equal, wipe} from '../../crypto/bytes.ts';
import {type DhKeyPair, deriveDh} from '../../crypto/dh.ts';
import {type IdentityKey, sign, verify} from '../../crypto/identity.ts';
import {DEFAULT_SCRYPT, type ScryptParameters, acceptsScrypt} from '../../crypto/password.ts';
import {open} from '../../crypto/seal.ts';
import {type SrpClientEphemeral, srpClientEphemeral, srpClientSecret, srpVerifier} from '../../crypto/srp.ts';
import {type Alert, decodeAlert} from '../../wire/alert.ts';
import {FRAME, type Frame} from '../../wire/frame.ts';
import {
	decodeAccept,
	decodeChallenge,
	decodeKeyProof,
	decodeServerShare,
	decodeSrpReply,
	encodeAuth,
	encodeHello,
	encodeProof,
	encodeRegister,
	encodeResponse,
} from '../../wire/messages/login.ts';
import {SUITES, VERSION} from '../../wire/suite.ts';
import {type Entropy} from '../entropy.ts';
import {transcript} from '../transcript.ts';
import {PUZZLE_LIMIT, product} from './challenge.ts';
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
	wipeHandshake,
} from './login-keys.ts';
import {openRecord, sealRecord} from './records.ts';

export type LoginSetup = {
	/** join: as a guest, with a device key that the account does not have yet. */
	readonly mode: 'sign-in' | 'sign-up' | 'join';
	readonly name: string;
	readonly identity: IdentityKey;
	/** The pinned Ed25519 key of the server, 32 bytes. */
	readonly serverKey: Buffer;
	/** Empty where none is needed. */
	readonly invite: Buffer;
	/** SRP's x of the password, 32 bytes, for this salt and these parameters; wiped here after use. */
	readonly stretch: (salt: Buffer, parameters: ScryptParameters) => Promise<Buffer>;
	/** The eight bytes that solve a puzzle of at most PUZZLE_LIMIT bits; not asked for one of 0 bits. Its errors end the login. */
	readonly solve: (cookie: Buffer, difficulty: number) => Promise<Buffer>;
	/** How a new account's password is stretched. */
	readonly scrypt?: ScryptParameters;
	readonly entropy: Entropy;
};

type Common = {readonly setup: LoginSetup; readonly th: Buffer};
type Sealed = Common & {readonly keys: HandshakeKeys; readonly clockOffset: number};

/** Past tense: what has happened so far. */
export type ClientLogin =
	| (Common & {readonly phase: 'hello-sent'; readonly hello: Buffer})
	| (Common & {readonly phase: 'response-sent'; readonly dh: DhKeyPair; readonly clockOffset: number})
	| (Sealed & {readonly phase: 'register-sent'})
	| (Sealed & {readonly phase: 'auth-sent'; readonly srp: SrpClientEphemeral})
	| (Sealed & {readonly phase: 'proof-sent'; readonly srpKey: Buffer});

export type LoginFailure =
	| 'malformed'
	| 'unexpected'
	| 'unsupported'
	| 'server-key'
	| 'server-proof'
	| 'weak-parameters';

export type ClientLoginStep =
	| {readonly kind: 'send'; readonly state: ClientLogin; readonly send: Frame}
	| {readonly kind: 'established'; readonly session: DirectorySession}
	| {readonly kind: 'refused'; readonly alert: Alert}
	| {readonly kind: 'failed'; readonly reason: LoginFailure};

/** HELLO. */
export function startLogin(setup: LoginSetup): {state: ClientLogin; send: Frame} {
	const nonce = setup.entropy.random(32);
	const hello = encodeHello({version: VERSION, suites: [...SUITES], nonce, time: 0});
	const send = {type: FRAME.hello, body: hello};
	return {state: {phase: 'hello-sent', setup, hello, th: appendFrame(transcript('login'), send)}, send};
}

/**
 * The next step for the server's next frame, one frame at a time; `now` is local time in ms. Anything but 'send' ends the login and
 * has wiped its keys; so has an error of `stretch` or `solve`, which is passed on.
 */
export async function continueLogin(state: ClientLogin, frame: Frame, now: number): Promise<ClientLoginStep> {
	try {
		const step = await advance(state, frame, now);
		if (step.kind === 'refused' || step.kind === 'failed') abandonLogin(state);
		return step;
	} catch (error) {
		abandonLogin(state);
		throw error;
	}
}

/** Wipes what an unfinished login holds. While a step is under way, wait for it and abandon the state it yields. */
export function abandonLogin(state: ClientLogin): void {
	if ('keys' in state) wipeHandshake(state.keys);
	if (state.phase === 'auth-sent') wipe(state.srp.a);
	if (state.phase === 'proof-sent') wipe(state.srpKey);
}

/** What each phase waits for. */
const awaited: Record<ClientLogin['phase'], number> = {
	'hello-sent': FRAME.challenge,
	'response-sent': FRAME.server,
	'register-sent': FRAME.registered,
	'auth-sent': FRAME.srp,
	'proof-sent': FRAME.accept,
};

async function advance(state: ClientLogin, frame: Frame, now: number): Promise<ClientLoginStep> {
	if (frame.type === FRAME.alert) return consumeAlert(state, frame);
	if (frame.type !== awaited[state.phase]) return failed('unexpected');
	if (state.phase === 'hello-sent') return consumeChallenge(state, frame, now);
	if (state.phase === 'response-sent') return consumeServer(state, frame, now);
	if (state.phase === 'register-sent') return consumeRegistered(state, frame);
	if (state.phase === 'auth-sent') return consumeSrp(state, frame);
	return consumeAccept(state, frame, now);
}

/** In clear before SERVER, a record after it: an alert that nobody authenticated can end a login, never a session. */
function consumeAlert(state: ClientLogin, frame: Frame): ClientLoginStep {
	const body = 'keys' in state ? openRecord(state.keys.server, frame) : frame.body;
	const alert = body && decodeAlert(body);
	return alert ? {kind: 'refused', alert} : failed('malformed');
}

/** CHALLENGE: x, y, puzzle → RESPONSE: x·y, solution, g^a. */
async function consumeChallenge(
	state: ClientLogin & {phase: 'hello-sent'},
	frame: Frame,
	now: number,
): Promise<ClientLoginStep> {
	const {setup, hello} = state;
	const challenge = decodeChallenge(frame.body);
	if (challenge === undefined) return failed('malformed');
	if (challenge.version !== VERSION || !SUITES.includes(challenge.suite)) return failed('unsupported');
	if (challenge.difficulty > PUZZLE_LIMIT) return failed('weak-parameters');
	const {time, difficulty, epoch, cookie} = challenge;
	const dh = await setup.entropy.dhKeyPair();
	const solution = difficulty === 0 ? Buffer.alloc(8) : await setup.solve(cookie, difficulty);
	const kem = Buffer.alloc(0);
	const body = {hello, time, difficulty, epoch, cookie, product: product(challenge), solution, share: dh.share, kem};
	const send = {type: FRAME.response, body: encodeResponse(body)};
	const th = appendFrame(appendFrame(state.th, frame), send);
	return {kind: 'send', state: {phase: 'response-sent', setup, th, dh, clockOffset: time - now}, send};
}

/** SERVER: g^b, {server key, signature over T1} → AUTH, or REGISTER first. */
async function consumeServer(
	state: ClientLogin & {phase: 'response-sent'},
	frame: Frame,
	now: number,
): Promise<ClientLoginStep> {
	const {setup, dh, clockOffset} = state;
	const server = decodeServerShare(frame.body);
	if (server === undefined || server.kem.length > 0) return failed('malformed');
	const secret = await deriveDh(dh.privateKey, server.share);
	if (secret === undefined) return failed('malformed');
	const t1 = appendServerShare(state.th, server);
	const keys = handshakeKeys(secret, t1, now);
	const opened = open(keys.server.key, server.sealed, t1);
	const proof = opened && decodeKeyProof(opened);
	const genuine =
		proof !== undefined && equal(proof.key, setup.serverKey) && verify(proof.key, serverStatement(t1), proof.signature);
	if (!genuine) {
		wipeHandshake(keys);
		return failed(proof === undefined ? 'malformed' : 'server-key');
	}

	const sealed = {setup, th: appendFrame(t1, frame), keys, clockOffset};
	if (setup.mode !== 'sign-up') return sendAuth(sealed);
	try {
		return await sendRegister(sealed);
	} catch (error) {
		wipeHandshake(keys);
		throw error;
	}
}

async function sendRegister(state: Sealed): Promise<ClientLoginStep> {
	const {setup, keys} = state;
	const {name, identity, invite, entropy} = setup;
	const stretching = {salt: entropy.salt(16), ...(setup.scrypt ?? DEFAULT_SCRYPT)};
	const x = await setup.stretch(stretching.salt, stretching);
	const verifier = srpVerifier(x);
	wipe(x);
	const register = {name, stretching, verifier, identityKey: identity.publicKey, invite};
	const signature = sign(identity, registerStatement(state.th, register));
	const send = sealRecord(keys.client, FRAME.register, encodeRegister({...register, signature}), entropy.random);
	return {kind: 'send', state: {...state, phase: 'register-sent', th: appendFrame(state.th, send)}, send};
}

function consumeRegistered(state: Sealed, frame: Frame): ClientLoginStep {
	const body = openRecord(state.keys.server, frame);
	if (body?.length !== 0) return failed('malformed');
	return sendAuth({...state, th: appendFrame(state.th, frame)});
}

function sendAuth({setup, keys, clockOffset, th}: Sealed): ClientLoginStep {
	const {mode, name, identity, entropy} = setup;
	const srp = srpClientEphemeral(entropy.random);
	const identityKey = identity.publicKey;
	const signature = sign(identity, deviceStatement(mode === 'join' ? 'guest' : 'device', th, name, identityKey));
	const send = sealRecord(
		keys.client,
		mode === 'join' ? FRAME.authGuest : FRAME.auth,
		encodeAuth({name, srp: srp.A, identityKey, signature}),
		entropy.random,
	);
	return {kind: 'send', state: {phase: 'auth-sent', setup, keys, clockOffset, srp, th: appendFrame(th, send)}, send};
}

/** SRP: salt, parameters, B → PROOF: M1. */
async function consumeSrp(state: ClientLogin & {phase: 'auth-sent'}, frame: Frame): Promise<ClientLoginStep> {
	const {setup, keys, clockOffset, srp} = state;
	const body = openRecord(keys.server, frame);
	const reply = body && decodeSrpReply(body);
	if (reply === undefined) return failed('malformed');
	if (!acceptsScrypt(reply.stretching)) return failed('weak-parameters');
	const x = await setup.stretch(reply.stretching.salt, reply.stretching);
	const srpKey = srpClientSecret({...srp, B: reply.srp, x});
	wipe(x, srp.a);
	if (srpKey === undefined) return failed('malformed');
	const t6 = appendFrame(state.th, frame);
	const proof = clientProof(srpKey, t6);
	const send = sealRecord(keys.client, FRAME.proof, encodeProof({proof}), setup.entropy.random);
	return {
		kind: 'send',
		state: {phase: 'proof-sent', setup, keys, clockOffset, srpKey, th: appendFrame(t6, send)},
		send,
	};
}

/** ACCEPT: M2, session id, observed address. */
function consumeAccept(state: ClientLogin & {phase: 'proof-sent'}, frame: Frame, now: number): ClientLoginStep {
	const {keys, srpKey, clockOffset, th} = state;
	const body = openRecord(keys.server, frame);
	const accept = body && decodeAccept(body);
	if (accept === undefined) return failed('malformed');
	if (!equal(accept.proof, serverProof(srpKey, th))) return failed('server-proof');
	const seen = {sessionId: Buffer.from(accept.sessionId), observed: accept.observed, clockOffset};
	return {kind: 'established', session: establish('client', keys, srpKey, appendFrame(th, frame), seen, now)};
}

function failed(reason: LoginFailure): ClientLoginStep {
	return {kind: 'failed', reason};
}
