// The cryptography alone, each operation in a loop that does nothing else.
import {Buffer} from 'node:buffer';
import {createCipheriv, createHmac} from 'node:crypto';
import {Bench} from 'tinybench';
import {deriveDh, generateDhKeyPair} from '../../source/crypto/dh.ts';
import {hmac} from '../../source/crypto/hash.ts';
import {generateIdentity, sign, verify} from '../../source/crypto/identity.ts';
import {expandLabel} from '../../source/crypto/kdf.ts';
import {DEFAULT_SCRYPT, stretch} from '../../source/crypto/password.ts';
import {systemRandom} from '../../source/crypto/random.ts';
import {open, seal, sealKey} from '../../source/crypto/seal.ts';
import {
	srpClientEphemeral,
	srpClientSecret,
	srpKeyPair,
	srpServerEphemeral,
	srpServerSecret,
	srpVerifier,
} from '../../source/crypto/srp.ts';
import {type Row} from '../table.ts';

export async function primitives(quick: boolean): Promise<Row[]> {
	const bench = new Bench({time: quick ? 100 : 500, warmupTime: 50, iterations: 5, warmupIterations: 2});
	const raw = systemRandom(64);
	const key = sealKey(raw);
	const aad = Buffer.alloc(12);
	const plaintext = Buffer.alloc(255);
	const sealed = seal(key, plaintext, aad, systemRandom(16));
	const iv = systemRandom(16);
	const {identity} = generateIdentity(systemRandom);
	const signature = sign(identity, plaintext);
	const [own, peer] = [await generateDhKeyPair(), await generateDhKeyPair()];
	const x = systemRandom(32);
	const verifier = srpVerifier(x);
	const client = srpClientEphemeral(systemRandom);
	const server = srpServerEphemeral(verifier, await srpKeyPair(systemRandom));

	bench
		.add('AES-256-CBC and HMAC-SHA-512, 255 B, keys ready, nothing joined', () => {
			const cipher = createCipheriv('aes-256-cbc', key.enc, iv);
			cipher.update(plaintext);
			cipher.final();
			createHmac('sha512', key.mac).update(plaintext).digest();
		})
		.add('seal 255 B, key ready', () => seal(key, plaintext, aad, iv))
		.add('open 255 B, key ready', () => open(key, sealed, aad))
		.add('seal 255 B, own key and IV', () => seal(sealKey(raw), plaintext, aad, systemRandom(16)))
		.add('open 255 B, own key', () => open(sealKey(raw), sealed, aad))
		.add('16 random bytes', () => systemRandom(16))
		.add('HMAC-SHA-256, raw key', () => hmac(x, plaintext))
		.add('expandLabel, 64 B', () => expandLabel(x, 'bench', aad, 64))
		.add('Ed25519 sign', () => sign(identity, plaintext))
		.add('Ed25519 verify', () => verify(identity.publicKey, plaintext, signature))
		.add('ffdhe3072 key pair', async () => generateDhKeyPair())
		.add('ffdhe3072 derive', async () => deriveDh(own.privateKey, peer.share))
		.add('SRP verifier', () => srpVerifier(x))
		.add('SRP client, A', () => srpClientEphemeral(systemRandom))
		.add('SRP server, B', async () => srpServerEphemeral(verifier, await srpKeyPair(systemRandom)))
		.add('SRP client, secret', () => srpClientSecret({...client, B: server.B, x}))
		.add('SRP server, secret', async () => srpServerSecret({b: server.b, A: client.A, B: server.B, verifier}))
		.add('scrypt 2^17', async () => stretch('correct horse', x, DEFAULT_SCRYPT));
	await bench.run();

	const medianOf = (name: string) => {
		const {result} = bench.getTask(name)!;
		if (!('latency' in result)) throw new Error(`${name}: no result`);
		return 1000 / result.latency.p50;
	};

	return bench.tasks.map(({name}) => ({what: name, measured: medianOf(name), unit: '/s'}));
}
