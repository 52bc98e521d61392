import {Buffer} from 'node:buffer';
import {createHash} from 'node:crypto';
import test from 'ava';
import {fromBigInt, group} from '../../source/crypto/group.ts';
import {FFDHE3072, SRP3072} from '../../source/crypto/primes.ts';
import {systemRandom} from '../../source/crypto/random.ts';
import {
	type SrpSuite,
	isSrpValue,
	srpClientEphemeral,
	srpClientSecret,
	srpDecoyVerifier,
	srpKeyPair,
	srpServerEphemeral,
	srpServerSecret,
	srpVerifier,
} from '../../source/crypto/srp.ts';

const N = group(SRP3072, 5).modulus;
const number = (value: bigint) => fromBigInt(value, 384);

test('SRP-6a of RFC 5054 appendix B', async t => {
	const rfc: SrpSuite = {
		hash: 'sha1',
		group: group(
			`EEAF0AB9 ADB38DD6 9C33F80A FA8FC5E8 60726187 75FF3C0B 9EA2314C 9C256576 D674DF74 96EA81D3 383B4813 D692C6E0
			E0D5D8E2 50B98BE4 8E495C1D 6089DAD1 5DC7D7B4 6154D6B6 CE8EF4AD 69B15D49 82559B29 7BCF1885 C529F566 660E57EC
			68EDBC3C 05726CC0 2FD4CBF4 976EAA9A FD5138FE 8376435B 9FC61D2F C0EB06E3`,
			2,
		),
	};
	const salt = hex('BEB25379 D1A8581E B5A72767 3A2441EE');
	const x = sha1(salt, sha1(Buffer.from('alice:password123')));
	t.deepEqual(x, hex('94B7555A ABE9127C C58CCF49 93DB6CF8 4D16C124'));
	const verifier = srpVerifier(x, rfc);
	t.deepEqual(
		verifier,
		hex(`7E273DE8 696FFC4F 4E337D05 B4B375BE B0DDE156 9E8FA00A 9886D812 9BADA1F1 822223CA 1A605B53 0E379BA4 729FDC59
		F105B478 7E5186F5 C671085A 1447B52A 48CF1970 B4FB6F84 00BBF4CE BFBB1681 52E08AB5 EA53D15C 1AFF87B2 B9DA6E04
		E058AD51 CC72BFC9 033B564E 26480D78 E955A5E2 9E7AB245 DB2BE315 E2099AFB`),
	);
	const {a, A} = srpClientEphemeral(
		() => hex('60975527 035CF2AD 1989806F 0407210B C81EDC04 E2762A56 AFD529DD DA2D4393'),
		rfc,
	);
	t.deepEqual(
		A,
		hex(`61D5E490 F6F1B795 47B0704C 436F523D D0E560F0 C64115BB 72557EC4 4352E890 3211C046 92272D8B 2D1A5358 A2CF1B6E
		0BFCF99F 921530EC 8E393561 79EAE45E 42BA92AE ACED8251 71E1E8B9 AF6D9C03 E1327F44 BE087EF0 6530E69F 66615261
		EEF54073 CA11CF58 58F0EDFD FE15EFEA B349EF5D 76988A36 72FAC47B 0769447B`),
	);
	const pair = await srpKeyPair(
		() => hex('E487CB59 D31AC550 471E81F0 0F6928E0 1DDA08E9 74A004F4 9E61F5D1 05284D20'),
		undefined,
		rfc,
	);
	const {b, B} = srpServerEphemeral(verifier, pair, rfc);
	t.deepEqual(
		B,
		hex(`BD0C6151 2C692C0C B6D041FA 01BB152D 4916A1E7 7AF46AE1 05393011 BAF38964 DC46A067 0DD125B9 5A981652 236F99D9
		B681CBF8 7837EC99 6C6DA044 53728610 D0C6DDB5 8B318885 D7D82C7F 8DEB75CE 7BD4FBAA 37089E6F 9C6059F3 88838E7A
		00030B33 1EB76840 910440B1 B27AAEAE EB4012B7 D7665238 A8E3FB00 4B117B58`),
	);
	const premaster = hex(
		`B0DC82BA BCF30674 AE450C02 87745E79 90A3381F 63B387AA F271A10D 233861E3 59B48220 F7C4693C 9AE12B0A 6F67809F
		0876E2D0 13800D6C 41BB59B6 D5979B5C 00A172B4 A2A5903A 0BDCAF8A 709585EB 2AFAFA8F 3499B200 210DCC1F 10EB3394
		3CD67FC8 8A2F39A4 BE5BEC4E C0A3212D C346D7E4 74B29EDE 8A469FFE CA686E5A`,
	);
	t.deepEqual(srpClientSecret({a, A, B, x}, rfc), sha1(premaster));
	t.deepEqual(await srpServerSecret({b, A, B, verifier}, undefined, rfc), sha1(premaster));
});

test('client and server agree on 32 bytes, new ones every time', async t => {
	const x = Buffer.alloc(32, 0x9d);
	const verifier = srpVerifier(x);
	t.is(verifier.length, 384);
	const secrets = new Set<string>();
	for (let run = 0; run < 20; run++) {
		const {a, A} = srpClientEphemeral(systemRandom);
		const {b, B} = srpServerEphemeral(verifier, await srpKeyPair(systemRandom));
		const ours = srpClientSecret({a, A, B, x});
		t.is(ours?.length, 32);
		t.deepEqual(await srpServerSecret({b, A, B, verifier}), ours);
		secrets.add(String(ours?.toString('hex')));
	}

	t.is(secrets.size, 20);
});

test('another password, another secret', async t => {
	const verifier = srpVerifier(Buffer.alloc(32, 1));
	const {a, A} = srpClientEphemeral(systemRandom);
	const {b, B} = srpServerEphemeral(verifier, await srpKeyPair(systemRandom));
	const ours = srpClientSecret({a, A, B, x: Buffer.alloc(32, 2)});
	t.is(ours?.length, 32);
	t.notDeepEqual(await srpServerSecret({b, A, B, verifier}), ours);
});

test('the exponents have 288 bits, and the caller may wipe a', async t => {
	const sizes: number[] = [];
	const random = (size: number) => {
		sizes.push(size);
		return Buffer.alloc(size, 0xee);
	};
	const {a} = srpClientEphemeral(random);
	t.deepEqual(a, Buffer.alloc(36, 0xee));
	srpServerEphemeral(srpVerifier(Buffer.of(5)), await srpKeyPair(random));
	t.deepEqual(sizes, [36, 36]);
});

test('a value of the group is 384 bytes from 2 to N − 2, also where ffdhe3072 ends earlier', t => {
	for (const value of [0n, 1n, N - 1n, N, N + 1n, 2n ** 3072n - 1n]) t.false(isSrpValue(number(value)), `${value}`);
	const p = group(FFDHE3072, 2).modulus;
	t.true(p < N);
	for (const value of [2n, p - 1n, p, p + 1n, N - 2n]) t.true(isSrpValue(number(value)), `${value}`);
	for (const size of [0, 383, 385]) t.false(isSrpValue(Buffer.alloc(size, 7)), `${size} bytes`);
});

test('the server refuses an A that is 0, 1, −1 or N, or not below N', async t => {
	const verifier = srpVerifier(Buffer.alloc(32, 1));
	const {b, B} = srpServerEphemeral(verifier, await srpKeyPair(systemRandom));
	for (const A of [0n, 1n, N - 1n, N, N + 1n, 2n ** 3072n - 1n])
		t.is(await srpServerSecret({b, A: number(A), B, verifier}), undefined);
	for (const A of [Buffer.alloc(0), Buffer.alloc(383, 7), Buffer.alloc(385, 7)])
		t.is(await srpServerSecret({b, A, B, verifier}), undefined);
});

test('the client refuses a B that is 0, 1, −1 or N, or not below N', t => {
	const x = Buffer.alloc(32, 1);
	const {a, A} = srpClientEphemeral(systemRandom);
	for (const B of [0n, 1n, N - 1n, N, N + 1n, 2n ** 3072n - 1n])
		t.is(srpClientSecret({a, A, B: number(B), x}), undefined);
	for (const B of [Buffer.alloc(0), Buffer.alloc(383, 7), Buffer.alloc(385, 7)])
		t.is(srpClientSecret({a, A, B, x}), undefined);
});

test('a B made from the verifier alone gives nothing away', t => {
	const x = Buffer.alloc(32, 3);
	const verifier = srpVerifier(x);
	const {a, A} = srpClientEphemeral(systemRandom);
	const k = createHash('sha256').update(number(N)).update(number(5n)).digest('hex');
	const kv = (BigInt(`0x${k}`) * BigInt(`0x${verifier.toString('hex')}`)) % N;
	for (const known of [0n, 1n, N - 1n]) t.is(srpClientSecret({a, A, B: number((kv + known) % N), x}), undefined);
});

test('a stored verifier of 0 or N gives nothing, and no other makes the server throw', async t => {
	for (const [v, size] of [
		[0n, undefined],
		[N, undefined],
		[1n, 32],
		[N - 1n, 32],
		[2n ** 3072n - 1n, 32],
	] as const) {
		const verifier = number(v);
		const {A} = srpClientEphemeral(systemRandom);
		const {b, B} = srpServerEphemeral(verifier, await srpKeyPair(systemRandom));
		t.is((await srpServerSecret({b, A, B, verifier}))?.length, size);
	}
});

test('a decoy verifier is a number of the group, and the exchange with it runs to its end', async t => {
	const verifier = srpDecoyVerifier(Buffer.alloc(384, 0xff));
	t.deepEqual(verifier, number(2n ** 3072n - 1n - N));
	const {A} = srpClientEphemeral(systemRandom);
	const {b, B} = srpServerEphemeral(verifier, await srpKeyPair(systemRandom));
	t.is((await srpServerSecret({b, A, B, verifier}))?.length, 32);
});

function hex(text: string): Buffer {
	return Buffer.from(text.replaceAll(/\s/g, ''), 'hex');
}

function sha1(...parts: Buffer[]): Buffer {
	return createHash('sha1').update(Buffer.concat(parts)).digest();
}
