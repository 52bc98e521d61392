// Peers that follow the protocol's form and hold its keys, but pick their values to cheat.
import {Buffer} from 'node:buffer';
import test from 'ava';
import {sha256} from '../../../source/crypto/hash.ts';
import {fromBigInt, group, toBigInt} from '../../../source/crypto/group.ts';
import {sign} from '../../../source/crypto/identity.ts';
import {FFDHE3072, SRP3072} from '../../../source/crypto/primes.ts';
import {
	appendFrame,
	clientProof,
	deviceStatement,
	registerStatement,
} from '../../../source/protocol/login/login-keys.ts';
import {openRecord, sealRecord} from '../../../source/protocol/login/records.ts';
import {FRAME, type Frame} from '../../../source/wire/frame.ts';
import {
	type Stretching,
	decodeAccept,
	decodeAuth,
	decodeChallenge,
	decodeRegister,
	decodeResponse,
	decodeServerShare,
	decodeSrpReply,
	encodeAccept,
	encodeAuth,
	encodeChallenge,
	encodeProof,
	encodeRegister,
	encodeResponse,
	encodeServerShare,
	encodeSrpReply,
} from '../../../source/wire/messages/login.ts';
import {
	type Moment,
	type World,
	alertOf,
	clone,
	createWorld,
	deliver,
	enrol,
	identity,
	run,
	seeded,
	setupFor,
	until,
} from './parties.ts';

const random = seeded('hostile');
const primeOf = (hex: string) => toBigInt(group(hex, 2).prime);
/** What no exchange may accept as a public value: 0, 1, p − 1, p, p + 1. */
const degenerate = (hex: string) =>
	[0n, 1n, primeOf(hex) - 1n, primeOf(hex), primeOf(hex) + 1n].map(value => fromBigInt(value, 384));

function aliceWorld(): World {
	const world = createWorld();
	enrol(world, 'alice', 'correct horse');
	return world;
}

function keysOf({client, server}: Moment) {
	if (typeof server === 'string' || !('keys' in client)) throw new Error('too early for keys');
	return {client: clone(client), server: clone(server)};
}

/** The moment again, with the server's sealed frame replaced by another body under the right key and number. */
function forgedByServer(moment: Moment, body: Buffer): Moment {
	const {client} = keysOf(moment);
	return {...moment, frame: sealRecord(client.keys.server, moment.frame.type, body, random)};
}

function forgedByClient(moment: Moment, body: Buffer): Moment {
	const {server} = keysOf(moment);
	return {...moment, frame: sealRecord(server.keys.client, moment.frame.type, body, random)};
}

function opened(moment: Moment): Buffer {
	const {client, server} = keysOf(moment);
	return openRecord(moment.to === 'client' ? client.keys.server : server.keys.client, moment.frame)!;
}

test('a client share outside the group is dropped', async t => {
	const world = aliceWorld();
	const moment = await until(world, setupFor('alice'), FRAME.response);
	const response = decodeResponse(moment.frame.body)!;
	for (const share of degenerate(FFDHE3072)) {
		const frame = {type: FRAME.response, body: encodeResponse({...response, share})};
		t.deepEqual((await deliver(world, {...moment, frame})).ended.server, {kind: 'dropped'});
	}
});

test('a server share outside the group is refused', async t => {
	const world = aliceWorld();
	const moment = await until(world, setupFor('alice'), FRAME.server);
	const server = decodeServerShare(moment.frame.body)!;
	for (const share of degenerate(FFDHE3072)) {
		const frame = {type: FRAME.server, body: encodeServerShare({...server, share})};
		t.deepEqual((await deliver(world, {...moment, frame})).ended.client, {kind: 'failed', reason: 'malformed'});
	}
});

test('key encapsulation that the suite does not have is refused', async t => {
	const world = aliceWorld();
	const asked = await until(world, setupFor('alice'), FRAME.response);
	const response = encodeResponse({...decodeResponse(asked.frame.body)!, kem: Buffer.alloc(4)});
	const toServer = {...asked, frame: {type: FRAME.response, body: response}};
	t.deepEqual((await deliver(world, toServer)).ended.server, {kind: 'dropped'});
	const answered = await until(world, setupFor('alice'), FRAME.server);
	const server = encodeServerShare({...decodeServerShare(answered.frame.body)!, kem: Buffer.alloc(4)});
	const toClient = {...answered, frame: {type: FRAME.server, body: server}};
	t.deepEqual((await deliver(world, toClient)).ended.client, {kind: 'failed', reason: 'malformed'});
});

test('a challenge of another version, suite or impossible puzzle ends the login before any work', async t => {
	const world = aliceWorld();
	const moment = await until(world, setupFor('alice'), FRAME.challenge);
	const challenge = decodeChallenge(moment.frame.body)!;
	const ends = async (change: object) => {
		const frame = {type: FRAME.challenge, body: encodeChallenge({...challenge, ...change})};
		return (await deliver(world, {...moment, frame})).ended.client;
	};

	t.deepEqual(await ends({version: 2}), {kind: 'failed', reason: 'unsupported'});
	t.deepEqual(await ends({suite: 9}), {kind: 'failed', reason: 'unsupported'});
	t.deepEqual(await ends({difficulty: 25}), {kind: 'failed', reason: 'weak-parameters'});
	t.is(await ends({difficulty: 4}), undefined);
});

test('scrypt parameters that are too weak or too dear are not computed', async t => {
	const world = aliceWorld();
	let stretched = 0;
	const setup = setupFor('alice', {
		async stretch() {
			stretched++;
			return Buffer.alloc(32, 1);
		},
	});
	const moment = await until(world, setup, FRAME.srp);
	const reply = decodeSrpReply(opened(moment))!;
	const changes: Array<Partial<Stretching>> = [{logN: 14}, {logN: 21}, {logN: 0}, {r: 1}, {r: 255}, {p: 0}, {p: 2}];
	for (const change of changes) {
		const body = encodeSrpReply({...reply, stretching: {...reply.stretching, ...change}});
		const {ended} = await deliver(world, forgedByServer(moment, body));
		t.deepEqual(ended.client, {kind: 'failed', reason: 'weak-parameters'});
	}

	t.is(stretched, 0);
	for (const logN of [15, 20]) {
		const body = encodeSrpReply({...reply, stretching: {...reply.stretching, logN}});
		t.is((await deliver(world, forgedByServer(moment, body))).next?.frame.type, FRAME.proof);
	}
});

test('a server that answers B = 0 or the like gets no proof', async t => {
	const world = aliceWorld();
	const moment = await until(world, setupFor('alice'), FRAME.srp);
	const reply = decodeSrpReply(opened(moment))!;
	for (const srp of degenerate(SRP3072)) {
		const {ended} = await deliver(world, forgedByServer(moment, encodeSrpReply({...reply, srp})));
		t.deepEqual(ended.client, {kind: 'failed', reason: 'malformed'});
	}
});

test('a client that sends A = 0 or the like is refused, though it knows what the key would be', async t => {
	const known = [0n, 1n].map(secret => sha256(fromBigInt(secret, 384)));
	for (const srp of degenerate(SRP3072)) {
		const world = aliceWorld();
		const moment = await until(world, setupFor('alice'), FRAME.auth);
		const auth = decodeAuth(opened(moment))!;
		const replied = (await deliver(world, forgedByClient(moment, encodeAuth({...auth, srp})))).next!;
		t.is(replied.frame.type, FRAME.srp);
		for (const key of known) {
			const {server} = keysOf(replied);
			const proof = encodeProof({proof: clientProof(key, server.th)});
			const frame = sealRecord(server.keys.client, FRAME.proof, proof, random);
			const outcome = await deliver(world, {...replied, to: 'server', frame});
			t.like(outcome.ended.server, {kind: 'refused', reason: 'credentials'});
		}
	}
});

test('a server that accepts without knowing the verifier is found out', async t => {
	const world = aliceWorld();
	const moment = await until(world, setupFor('alice'), FRAME.accept);
	const {client} = moment;
	if (client.phase !== 'proof-sent') throw new Error('no proof was sent');
	// The server's keys are gone once it is established: the client's copy seals as well.
	const keys = clone(client).keys.server;
	const accept = decodeAccept(openRecord(clone(client).keys.server, moment.frame)!)!;
	const frame = sealRecord(keys, FRAME.accept, encodeAccept({...accept, proof: random(32)}), random);
	t.deepEqual((await deliver(world, {...moment, frame})).ended.client, {kind: 'failed', reason: 'server-proof'});
});

test('AUTH with another name or key than the device signed is dropped before anything is counted', async t => {
	const world = aliceWorld();
	const moment = await until(world, setupFor('alice'), FRAME.auth);
	const auth = decodeAuth(opened(moment))!;
	const {server} = keysOf(moment);
	const stranger = identity('stranger');
	const changes = [
		{name: 'bob'},
		{identityKey: stranger.publicKey},
		{signature: sign(stranger, deviceStatement('device', server.th, 'alice', auth.identityKey))},
		{signature: sign(identity('alice'), deviceStatement('device', Buffer.alloc(32), 'alice', auth.identityKey))},
	];
	for (const change of changes) {
		const {ended} = await deliver(world, forgedByClient(moment, encodeAuth({...auth, ...change})));
		t.deepEqual(ended.server, {kind: 'dropped'});
	}

	t.deepEqual(world.directory.calls, []);
});

test('REGISTER with another signature, weak stretching or a degenerate verifier registers nobody', async t => {
	const world = createWorld();
	const moment = await until(world, setupFor('bob', {mode: 'sign-up'}), FRAME.register);
	const register = decodeRegister(opened(moment))!;
	const {server} = keysOf(moment);
	const ends = async (change: object, resigned: boolean) => {
		const altered = {...register, ...change};
		const signature = resigned ? sign(identity('bob'), registerStatement(server.th, altered)) : register.signature;
		return (await deliver(world, forgedByClient(moment, encodeRegister({...altered, signature})))).ended.server;
	};

	t.deepEqual(await ends({name: 'alice'}, false), {kind: 'dropped'});
	t.deepEqual(await ends({verifier: random(384)}, false), {kind: 'dropped'});
	t.deepEqual(await ends({identityKey: identity('stranger').publicKey}, true), {kind: 'dropped'});
	for (const verifier of degenerate(SRP3072)) t.like(await ends({verifier}, true), {reason: 'malformed'});
	t.like(await ends({stretching: {...register.stretching, logN: 1}}, true), {reason: 'malformed'});
	t.deepEqual(world.directory.calls, []);
	t.is(await ends({}, true), undefined);
	t.deepEqual(world.directory.calls, ['register bob']);
});

test('a second REGISTER in one channel is dropped, well signed as it is', async t => {
	const world = createWorld();
	const first = await until(world, setupFor('bob', {mode: 'sign-up'}), FRAME.register);
	const moment = await until(createWorld(), setupFor('bob', {mode: 'sign-up'}), FRAME.auth);
	const {server} = keysOf(moment);
	const register = {...decodeRegister(opened(first))!, name: 'bobby'};
	const signature = sign(identity('bob'), registerStatement(server.th, register));
	const frame = sealRecord(server.keys.client, FRAME.register, encodeRegister({...register, signature}), random);
	t.deepEqual((await deliver(world, {...moment, frame})).ended.server, {kind: 'dropped'});
	t.deepEqual(world.directory.calls, []);
});

test('a frame that is not the awaited one ends the login as unexpected', async t => {
	const world = aliceWorld();
	for (const type of [FRAME.challenge, FRAME.server, FRAME.srp, FRAME.accept]) {
		const moment = await until(world, setupFor('alice'), type);
		const frame = {...moment.frame, type: FRAME.registered};
		t.deepEqual((await deliver(world, {...moment, frame})).ended.client, {kind: 'failed', reason: 'unexpected'});
	}
});

test('records whose tag is right and whose body is not are refused', async t => {
	const body = Buffer.from('nonsense');
	for (const type of [FRAME.auth, FRAME.proof]) {
		const world = aliceWorld();
		const moment = await until(world, setupFor('alice'), type);
		t.deepEqual((await deliver(world, forgedByClient(moment, body))).ended.server, {kind: 'dropped'});
	}

	const srp = await until(aliceWorld(), setupFor('alice'), FRAME.srp);
	t.deepEqual((await deliver(aliceWorld(), forgedByServer(srp, body))).ended.client, {
		kind: 'failed',
		reason: 'malformed',
	});
	const world = createWorld();
	const registered = await until(world, setupFor('bob', {mode: 'sign-up'}), FRAME.registered);
	t.deepEqual((await deliver(world, forgedByServer(registered, body))).ended.client, {
		kind: 'failed',
		reason: 'malformed',
	});
});

test('an alert ends a login in clear before SERVER, and only sealed after it', async t => {
	const world = aliceWorld();
	const alert: Frame = {type: FRAME.alert, body: Buffer.from([3, 0, 0, 30])};
	const early = await until(world, setupFor('alice'), FRAME.challenge);
	t.deepEqual(alertOf((await deliver(world, {...early, frame: alert})).ended), {
		reason: 'busy',
		triesLeft: 0,
		retryAfter: 30,
	});
	const unknown = {type: FRAME.alert, body: Buffer.from([200, 0, 0, 0])};
	t.deepEqual((await deliver(world, {...early, frame: unknown})).ended.client, {kind: 'failed', reason: 'malformed'});
	const late = await until(world, setupFor('alice'), FRAME.srp);
	t.deepEqual((await deliver(world, {...late, frame: alert})).ended.client, {kind: 'failed', reason: 'malformed'});
});

test('a HELLO of another version or without a common suite is told so', async t => {
	const world = aliceWorld();
	const {frame, ...moment} = await until(world, setupFor('alice'), FRAME.hello);
	const version = Buffer.from(frame.body);
	version.writeUInt8(2, 0);
	const suite = Buffer.from(frame.body);
	suite.writeUInt8(7, 2);
	for (const body of [version, suite]) {
		const outcome = await run(world, {...moment, frame: {type: FRAME.hello, body}});
		t.is(alertOf(outcome)?.reason, 'unsupported');
	}
});

test('the transcript covers the frames as they were: appending one changes it', t => {
	const th = Buffer.alloc(32, 1);
	const frame = {type: FRAME.ping, body: Buffer.from('x')};
	t.notDeepEqual(appendFrame(th, frame), appendFrame(th, {...frame, type: FRAME.pong}));
});
