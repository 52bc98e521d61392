import {Buffer} from 'node:buffer';
import {mkdirSync, readFileSync, readdirSync, rmdirSync, statSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {encode} from 'cborg';
import {ClientError, type ClientErrorCode} from '../../source/os/errors.ts';
import {type Vault, createVault, openVault} from '../../source/client/vault.ts';
import {type Pin} from '../../source/messaging/pins.ts';
import {sha256} from '../../source/crypto/hash.ts';
import {expandLabel} from '../../source/crypto/kdf.ts';
import {stretch} from '../../source/crypto/password.ts';
import {systemRandom} from '../../source/crypto/random.ts';
import {systemEntropy} from '../../source/protocol/entropy.ts';
import {seal, sealKey} from '../../source/crypto/seal.ts';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {quickScrypt} from '../twins/people.ts';
import {runChild, source} from './children.ts';

const password = 'correct horse';
const VERSION_AT = 8;
const LOG_N_AT = 9;
const HEADER_SIZE = 28;

async function newVault(t: ExecutionContext): Promise<{file: string; vault: Vault}> {
	const file = path.join(temporaryFolder(t), 'vault');
	const vault = await createVault(file, password, {
		seed: Buffer.alloc(32, 1),
		dataKey: Buffer.alloc(32, 2),
		entropy: systemEntropy,
		scrypt: quickScrypt,
	});
	t.teardown(() => vault.close());
	return {file, vault};
}

async function reopened(t: ExecutionContext, file: string, with_ = password): Promise<Vault> {
	const vault = await openVault(file, with_, systemEntropy);
	t.teardown(() => vault.close());
	return vault;
}

/** It does not open, for this reason, and is as it was. */
async function refused(
	t: ExecutionContext,
	file: string,
	code: ClientErrorCode,
	with_ = password,
	hint = '',
): Promise<void> {
	const before = readFileSync(file);
	const error = await t.throwsAsync(openVault(file, with_, systemEntropy), {instanceOf: ClientError}, hint);
	t.is(error?.code, code, hint);
	if (code !== 'wrong-password') t.true(error?.message.includes(file), error?.message);
	t.true(readFileSync(file).equals(before), hint);
	t.deepEqual(readdirSync(path.dirname(file)), ['vault'], hint);
}

/** With a checksum that is right, as somebody makes who knows the format. */
function checked(body: Buffer): Buffer {
	return Buffer.concat([body, sha256(body)]);
}

test('what was put in comes out, after it was closed too; the file is for its owner alone', async t => {
	const {file, vault} = await newVault(t);
	const pins: Array<[string, Pin]> = [
		['ann', {identityKey: Buffer.alloc(32, 3), verified: false, suite: 1}],
		['bob', {identityKey: Buffer.alloc(32, 4), verified: true, suite: 2}],
		['eve', {identityKey: Buffer.alloc(32, 5), verified: true, suite: 0, changedTo: Buffer.alloc(32, 6)}],
	];
	for (const [name, pin] of pins) vault.setPin(name, pin);
	vault.setPin('ann', {...pins[0]![1], verified: true});
	vault.setPin('ann', pins[0]![1]);
	const {publicKey} = vault.identity;
	vault.close();
	const again = await reopened(t, file);
	for (const [name, pin] of pins) t.deepEqual(again.pin(name), pin);
	t.is(again.pin('nobody'), undefined);
	t.deepEqual(again.dataKey, Buffer.alloc(32, 2));
	t.deepEqual(again.identity.publicKey, publicKey);
	t.is(statSync(file).mode & 0o777, 0o600);
	const bytes = readFileSync(file);
	for (const secret of [Buffer.alloc(16, 1), Buffer.alloc(16, 2), Buffer.alloc(16, 4), Buffer.from('bob')]) {
		t.is(bytes.indexOf(secret), -1);
	}
});

test('a wrong password is told apart from damage', async t => {
	const {file} = await newVault(t);
	for (const wrong of ['Correct horse', 'correct horse ', 'x']) await refused(t, file, 'wrong-password', wrong);
	await reopened(t, file);
});

test('a changed byte anywhere is damage, whatever the password', async t => {
	const {file} = await newVault(t);
	const whole = readFileSync(file);
	for (let offset = 0; offset < whole.length; offset += offset < HEADER_SIZE ? 1 : 8) {
		const bad = Buffer.from(whole);
		bad[offset]! ^= 1 << (offset % 8);
		writeFileSync(file, bad);
		await refused(t, file, 'damaged', password, `byte ${offset}`);
	}
});

test('a file that was cut off or grew is damaged, an empty one too', async t => {
	const {file} = await newVault(t);
	const whole = readFileSync(file);
	for (let size = 0; size < whole.length; size++) {
		writeFileSync(file, whole.subarray(0, size));
		await refused(t, file, 'damaged', password, `${size} bytes`);
	}

	writeFileSync(file, Buffer.concat([whole, Buffer.alloc(1)]));
	await refused(t, file, 'damaged');
	writeFileSync(file, whole);
	await reopened(t, file);
});

test('a newer version is left to a newer program', async t => {
	const {file} = await newVault(t);
	const body = readFileSync(file).subarray(0, -32);
	body[VERSION_AT] = 2;
	writeFileSync(file, checked(body));
	await refused(t, file, 'newer');
});

test('a vault that asks for more work than any password is worth is refused before it is done', async t => {
	const {file} = await newVault(t);
	const body = readFileSync(file).subarray(0, -32);
	for (const [logN, r, p] of [
		[31, 8, 1],
		[255, 255, 255],
		[21, 8, 1],
		[15, 9, 1],
		[15, 8, 2],
		[14, 8, 1],
		[0, 0, 0],
	] as const) {
		body.set([logN, r, p], LOG_N_AT);
		writeFileSync(file, checked(body));
		await refused(t, file, 'damaged', password, `logN ${logN}, r ${r}, p ${p}`);
	}
});

test('contents that are none are damage, even when they are sealed under the right password', async t => {
	const {file} = await newVault(t);
	const header = readFileSync(file).subarray(0, HEADER_SIZE);
	const stretched = await stretch(password, header.subarray(-16), quickScrypt);
	const key = sealKey(expandLabel(stretched, 'vault', Buffer.alloc(0), 64));
	const bytes = Buffer.alloc(32, 1);
	const pin = ['bob', bytes, true, 1, null];
	const put = (contents: Uint8Array) =>
		writeFileSync(file, checked(Buffer.concat([header, seal(key, contents, header, systemRandom(16))])));
	put(encode([bytes, bytes, [pin]]));
	t.true((await reopened(t, file)).pin('bob')?.verified);
	for (const contents of [
		Buffer.alloc(0),
		Buffer.from([0xff]),
		Buffer.from([0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
		encode(null),
		encode([bytes, bytes]),
		encode([bytes, bytes.subarray(1), []]),
		encode([bytes, bytes, [pin], 0]),
		encode([bytes, bytes, [['no name', ...pin.slice(1)]]]),
		encode([bytes, bytes, [['bob', bytes.subarray(1), true, 1, null]]]),
		encode([bytes, bytes, [['bob', bytes, true, 256, null]]]),
	]) {
		put(contents);
		await refused(t, file, 'damaged');
	}
});

test('a new password opens it, the old one does not, and a wrong one changes nothing', async t => {
	const {file, vault} = await newVault(t);
	vault.setPin('bob', {identityKey: Buffer.alloc(32, 4), verified: true, suite: 2});
	const before = readFileSync(file);
	const wrong = await t.throwsAsync(vault.checkPassword('not it'), {instanceOf: ClientError});
	t.is(wrong?.code, 'wrong-password');
	await t.throwsAsync(vault.wrapFor(''), {name: 'PasswordError'});
	t.true(readFileSync(file).equals(before));
	await vault.checkPassword(password);
	vault.rewrap(await vault.wrapFor('fresh'));
	await vault.checkPassword('fresh');
	await t.throwsAsync(vault.checkPassword(password), {instanceOf: ClientError});
	await refused(t, file, 'wrong-password');
	t.false(readFileSync(file).subarray(0, HEADER_SIZE).equals(before.subarray(0, HEADER_SIZE)), 'another salt');
	const again = await reopened(t, file, 'fresh');
	t.true(again.pin('bob')?.verified);
	t.deepEqual(again.dataKey, Buffer.alloc(32, 2));
});

test('what cannot be written is told of, and both the file and what is remembered stand', async t => {
	const {file, vault} = await newVault(t);
	const known = {identityKey: Buffer.alloc(32, 4), verified: false, suite: 2};
	vault.setPin('bob', known);
	const before = readFileSync(file);
	mkdirSync(`${file}.new`);
	const fails = t.throws(() => vault.setPin('bob', {...known, verified: true}), {instanceOf: ClientError});
	t.is(fails?.code, 'disk');
	t.true(fails?.message.includes(file));
	t.throws(() => vault.setPin('ann', known), {instanceOf: ClientError});
	const fresh = await vault.wrapFor('fresh');
	t.throws(() => vault.rewrap(fresh), {instanceOf: ClientError});
	t.deepEqual(vault.pin('bob'), known);
	t.is(vault.pin('ann'), undefined);
	t.true(readFileSync(file).equals(before));
	rmdirSync(`${file}.new`);
	await vault.checkPassword(password);
	vault.setPin('bob', {...known, verified: true});
	t.true((await reopened(t, file)).pin('bob')?.verified);
});

test('a vault that is closed holds nothing', async t => {
	const {vault} = await newVault(t);
	vault.setPin('bob', {identityKey: Buffer.alloc(32, 4), verified: true, suite: 2});
	const {dataKey} = vault;
	vault.close();
	vault.close();
	t.deepEqual(dataKey, Buffer.alloc(32));
	t.is(vault.pin('bob'), undefined);
	t.throws(() => vault.dataKey);
	t.throws(() => vault.save());
	await t.throwsAsync(vault.checkPassword(password));
});

test('a vault that is being written while the process is killed opens, with every pin that was said to be in it', async t => {
	const {file, vault} = await newVault(t);
	vault.close();
	for (let round = 1; round <= 4; round++) {
		const {output} = await runChild(
			`
			import {openVault} from '${source('client/vault.ts')}';
			import {systemEntropy} from '${source('protocol/entropy.ts')}';
			import {writeSync} from 'node:fs';
			const vault = await openVault(${JSON.stringify(file)}, '${password}', systemEntropy);
			for (let count = 0; count < 100_000; count++) {
				vault.setPin('p' + (count % 10), {identityKey: Buffer.alloc(32, count), verified: true, suite: ${round}});
				writeSync(1, count + '\\n');
			}
			`,
			{killWhen: text => text.split('\n').length > round * 20},
		);
		const last = Number(output.trim().split('\n').at(-1));
		t.true(last >= round * 20 - 1);
		const again = await reopened(t, file);
		// The pin after the last may be in it already: the child was killed before it could say so.
		for (let count = last - 8; count <= last; count++) {
			t.deepEqual(again.pin(`p${count % 10}`), {identityKey: Buffer.alloc(32, count), verified: true, suite: round});
		}

		again.close();
	}
});
