// A whole login computed a second time, straight from docs/protocol.md with nothing but Node's hash and cipher functions.
import {Buffer} from 'node:buffer';
import {createDecipheriv, createHash, createHmac, createPublicKey, diffieHellman, verify} from 'node:crypto';
import test from 'ava';
import {dhKeyPairFromExponent} from '../../../source/crypto/dh.ts';
import {group, publicKey} from '../../../source/crypto/group.ts';
import {FFDHE3072} from '../../../source/crypto/primes.ts';
import {identityChangeStatement} from '../../../source/protocol/login/login-keys.ts';
import {encodeFrame} from '../../../source/wire/frame.ts';
import {createWorld, enrol, fastEntropy, identity, login, seeded, setupFor} from './parties.ts';

const sha = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
const mac = (key: Buffer, ...parts: Buffer[]) => createHmac('sha256', key).update(Buffer.concat(parts)).digest();
const ascii = (text: string) => Buffer.from(text, 'latin1');

function integer(size: number, value: number): Buffer {
	const bytes = Buffer.alloc(size);
	bytes.writeUIntBE(value, Math.max(0, size - 6), Math.min(6, size));
	return bytes;
}

function expandLabel(key: Buffer, label: string, context: Buffer, size: number): Buffer {
	const name = ascii(`simchat1 ${label}`);
	const info = Buffer.concat([integer(2, size), Buffer.of(name.length), name, Buffer.of(context.length), context]);
	const blocks: Buffer[] = [Buffer.alloc(0)];
	while (blocks.length <= Math.ceil(size / 32)) blocks.push(mac(key, blocks.at(-1)!, info, Buffer.of(blocks.length)));
	return Buffer.concat(blocks).subarray(0, size);
}

function unseal(key: Buffer, sealed: Buffer, aad: Buffer): Buffer {
	const body = sealed.subarray(0, -32);
	const input = Buffer.concat([aad, body, integer(8, aad.length * 8)]);
	const tag = createHmac('sha512', key.subarray(0, 32)).update(input).digest().subarray(0, 32);
	if (!tag.equals(sealed.subarray(-32))) throw new Error('wrong tag');
	const decipher = createDecipheriv('aes-256-cbc', key.subarray(32), body.subarray(0, 16));
	return Buffer.concat([decipher.update(body.subarray(16)), decipher.final()]);
}

function verifies(key: Buffer, message: Buffer, signature: Buffer): boolean {
	const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), key]);
	return verify(null, message, createPublicKey({key: der, format: 'der', type: 'spki'}), signature);
}

test('a registration and login, recomputed from its bytes, one exponent and the SRP key', async t => {
	const world = createWorld();
	const dh = dhKeyPairFromExponent(seeded('one exponent')(40));
	const entropy = {...fastEntropy('client'), dhKeyPair: async () => dh};
	const {moments, client, server} = await login(world, setupFor('alice', {mode: 'sign-up', entropy}));
	if (client?.kind !== 'established' || server?.kind !== 'established') throw new Error('not established');
	const proofSent = moments.at(-1)!.client;
	if (proofSent.phase !== 'proof-sent') throw new Error('no proof was sent');
	const wire = moments.map(({frame}) => encodeFrame(frame));
	t.is(wire.length, 10);
	const [hello, challenge, response, serverFrame, register, registered, auth, srp, proof, accept] = wire;
	const append = (th: Buffer, bytes: Buffer) => sha(th, integer(4, bytes.length), bytes);

	let th = sha(ascii('simchat1 login'));
	for (const frame of [hello, challenge, response]) th = append(th, frame!);
	const t1 = append(th, serverFrame!.subarray(3, 3 + 384 + 2));
	const peer = publicKey(group(FFDHE3072, 2), serverFrame!.subarray(3, 3 + 384));
	const secret = diffieHellman({privateKey: dh.privateKey, publicKey: peer});
	const hs = mac(t1, Buffer.concat([Buffer.alloc(384 - secret.length), secret]));
	const clientKey = expandLabel(hs, 'login client handshake', t1, 64);
	const serverKey = expandLabel(hs, 'login server handshake', t1, 64);

	const keyProof = unseal(serverKey, serverFrame!.subarray(3 + 384 + 2), t1);
	t.deepEqual(keyProof.subarray(0, 32), identity('server').publicKey);
	t.true(
		verifies(keyProof.subarray(0, 32), Buffer.concat([ascii('simchat1 login server'), t1]), keyProof.subarray(32)),
	);
	const t2 = append(t1, serverFrame!);

	const record = (key: Buffer, sequence: number, frame: Buffer) =>
		unseal(key, frame.subarray(3), Buffer.concat([frame.subarray(0, 3), integer(8, sequence)]));
	const registration = record(clientKey, 0, register!);
	const name = Buffer.concat([Buffer.of(5), ascii('alice'), Buffer.alloc(27)]);
	t.deepEqual(registration.subarray(0, 33), name);
	const verifier = registration.subarray(33 + 19, 33 + 19 + 384);
	const identityKey = registration.subarray(33 + 19 + 384, 33 + 19 + 384 + 32);
	const registerSigned = Buffer.concat([ascii('simchat1 login register'), t2, name, identityKey, verifier]);
	t.true(verifies(identityKey, registerSigned, registration.subarray(-65, -1)));
	t.is(record(serverKey, 0, registered!).length, 0);

	const t4 = append(append(t2, register!), registered!);
	const authentication = record(clientKey, 1, auth!);
	const authSigned = Buffer.concat([ascii('simchat1 login device'), t4, name, identityKey]);
	t.true(verifies(identityKey, authSigned, authentication.subarray(-64)));
	const t6 = append(append(t4, auth!), srp!);
	t.is(record(serverKey, 1, srp!).length, 19 + 384);
	const {srpKey} = proofSent;
	const m1 = mac(expandLabel(srpKey, 'login client proof', t6, 32), t6);
	t.deepEqual(record(clientKey, 2, proof!), m1);
	const t7 = append(t6, proof!);
	const m2 = mac(expandLabel(srpKey, 'login server proof', t7, 32), t7);
	const accepted = record(serverKey, 2, accept!);
	t.deepEqual(accepted.subarray(0, 32), m2);

	const t8 = append(t7, accept!);
	const dhKey1 = mac(expandLabel(hs, 'derived', Buffer.alloc(0), 32), srpKey);
	const {session} = server;
	t.deepEqual(session.sessionId, accepted.subarray(32, 48));
	t.deepEqual(session.receive.key, expandLabel(dhKey1, 'record client', t8, 64));
	t.deepEqual(session.send.key, expandLabel(dhKey1, 'record server', t8, 64));
	t.deepEqual(session.ticketKey, expandLabel(dhKey1, 'ticket', t8, 64));
	t.deepEqual(session.ticketKeyId, expandLabel(dhKey1, 'ticket key id', t8, 8));
	t.deepEqual(session.bindKey, expandLabel(dhKey1, 'udp bind', t8, 32));
	t.deepEqual([session.send.sequence, session.receive.sequence], [0, 0]);
});

test('a change of identity is signed over the name and the new key', t => {
	const identityKey = identity('new').publicKey;
	const name = Buffer.concat([Buffer.of(5), ascii('alice'), Buffer.alloc(27)]);
	const expected = Buffer.concat([ascii('simchat1 identity change'), name, identityKey]);
	t.deepEqual(identityChangeStatement('alice', identityKey), expected);
});

test('the sizes of the eight messages of signing in', async t => {
	const world = createWorld();
	enrol(world, 'alice', 'correct horse');
	const {moments} = await login(world, setupFor('alice'));
	t.deepEqual(
		moments.map(({frame}) => frame.body.length),
		[43, 111, 515, 546, 576, 464, 96, 128],
	);
});
