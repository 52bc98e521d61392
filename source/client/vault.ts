// The profile's secrets in one sealed file: the identity key, the key of the history, and the keys pinned to other people. It
// opens with the password alone, and says apart whether the password is wrong or the file is damaged.
//   magic 8 ‖ version 1 ‖ logN 1 ‖ r 1 ‖ p 1 ‖ salt 16 ‖ sealed CBOR ‖ SHA-256 over all before it
import {Buffer} from 'node:buffer';
import {existsSync, readFileSync} from 'node:fs';
import {decode, encode} from 'cborg';
import * as z from 'zod/mini';
import {concat, equal, intoSecret, wipe} from '../crypto/bytes.ts';
import {sha256} from '../crypto/hash.ts';
import {type IdentityKey, identityFromSeed} from '../crypto/identity.ts';
import {expandLabel} from '../crypto/kdf.ts';
import {type ScryptParameters, acceptsScrypt, stretch} from '../crypto/password.ts';
import {type Random} from '../crypto/random.ts';
import {type Entropy} from '../protocol/entropy.ts';
import {open, seal, sealKey} from '../crypto/seal.ts';
import {isName} from '../wire/name.ts';
import {ClientError} from '../os/errors.ts';
import {reasonOf, replaceFile} from '../os/files.ts';
import {type Pin, type Pins} from '../messaging/pins.ts';
import {catalogue} from '../catalogue/catalogue.ts';

const MAGIC = Buffer.from('simchatV', 'latin1');
const VERSION = 1;
const SALT_SIZE = 16;
const HEADER_SIZE = MAGIC.length + 4 + SALT_SIZE;
const CHECKSUM_SIZE = 32;
/** People remembered. */
const PIN_LIMIT = 10_000;

const bytes32 = z.instanceof(Uint8Array).check(z.refine(bytes => bytes.length === 32));
const pinEntry = z.tuple([
	z.string().check(z.refine(isName)),
	bytes32,
	z.boolean(),
	z.int().check(z.minimum(0), z.maximum(255)),
	z.nullable(bytes32),
]);
const pinEntries = z.array(pinEntry).check(z.maxLength(PIN_LIMIT));

/** The array of three, and each of its first two as 32 bytes, in CBOR (RFC 8949 §3.1): read and written here, since a library copies them. */
const OPENING = Buffer.of(0x83);
const KEY_HEAD = Buffer.of(0x58, 32);
const KEYS_SIZE = OPENING.length + 2 * (KEY_HEAD.length + 32);

type VaultEntropy = Pick<Entropy, 'random' | 'salt'>;

export type NewVault = {
	/** The identity key's, 32 bytes; the vault's from here on. */
	readonly seed: Buffer;
	/** The history's key, 32 bytes; the vault's from here on. */
	readonly dataKey: Buffer;
	readonly entropy: VaultEntropy;
	readonly scrypt: ScryptParameters;
};

/** Writes a new vault. Throws ClientError: has-account when there is one, disk; PasswordError. */
export async function createVault(
	file: string,
	password: string,
	{seed, dataKey, entropy, scrypt}: NewVault,
): Promise<Vault> {
	if (existsSync(file)) throw new ClientError('has-account', catalogue.files.vaultThere(file));
	const wrap = await newWrap(password, scrypt, entropy.salt);
	const vault = new Vault(file, wrap, {seed, dataKey, pins: new Map()}, entropy);
	vault.save();
	return vault;
}

/** Throws ClientError: wrong-password, damaged, newer; the file is left as it is. */
export async function openVault(file: string, password: string, entropy: VaultEntropy): Promise<Vault> {
	const {header, sealed, scrypt} = readVault(file);
	const wrap = {header, scrypt, key: await wrapKey(password, header.subarray(-SALT_SIZE), scrypt)};
	const opened = open(sealKey(wrap.key), sealed, header);
	if (opened === undefined) {
		wipe(wrap.key);
		throw new ClientError('wrong-password', catalogue.account.wrongPassword);
	}

	const parsed = parse(opened);
	wipe(opened);
	if (parsed === undefined) {
		wipe(wrap.key);
		throw damaged(file);
	}

	const {seed, dataKey, entries} = parsed;
	const pins = new Map(
		entries.map(([name, identityKey, verified, suite, changedTo]) => {
			const pin = {identityKey: Buffer.from(identityKey), verified, suite};
			return [name, changedTo === null ? pin : {...pin, changedTo: Buffer.from(changedTo)}];
		}),
	);
	return new Vault(file, wrap, {seed, dataKey, pins}, entropy);
}

/** What would seal the vault in this file under a password, without opening it; the caller's to wipe. Throws ClientError: damaged, newer. */
export async function wrapForFile(file: string, password: string, salt: Random): Promise<Wrap> {
	return newWrap(password, readVault(file).scrypt, salt);
}

/** What the contents are sealed under: 64 bytes from the password, and the header that says how. */
export type Wrap = {readonly header: Buffer; readonly scrypt: ScryptParameters; readonly key: Buffer};
type Secrets = {readonly seed: Buffer; readonly dataKey: Buffer; readonly pins: Map<string, Pin>};

export class Vault implements Pins {
	readonly identity: IdentityKey;
	readonly #file: string;
	readonly #entropy: VaultEntropy;
	readonly #secrets: Secrets;
	#wrap: Wrap;
	#closed = false;

	constructor(file: string, wrap: Wrap, secrets: Secrets, entropy: VaultEntropy) {
		this.#file = file;
		this.#wrap = wrap;
		this.#secrets = secrets;
		this.#entropy = entropy;
		this.identity = identityFromSeed(secrets.seed);
	}

	/** 32 bytes; the vault's own, wiped when it closes. */
	get dataKey(): Buffer {
		this.#checkOpen();
		return this.#secrets.dataKey;
	}

	/** 32 bytes that who has the password derives alike, and a stranger cannot; the caller's, to be wiped. */
	handoverKey(): Buffer {
		this.#checkOpen();
		return expandLabel(this.#wrap.key, 'handover', Buffer.alloc(0), 32);
	}

	pin(account: string): Pin | undefined {
		return this.#secrets.pins.get(account);
	}

	/** On the disk when it returns. Throws ClientError 'disk'. */
	setPin(account: string, pin: Pin): void {
		const {pins} = this.#secrets;
		if (!pins.has(account) && pins.size >= PIN_LIMIT) {
			throw new ClientError('disk', () => catalogue.files.vaultFull(PIN_LIMIT));
		}

		if (!isName(account)) throw new RangeError('a pin is for an account name');
		const before = pins.get(account);
		pins.set(account, pin);
		try {
			this.save();
		} catch (error) {
			if (before === undefined) pins.delete(account);
			else pins.set(account, before);
			throw error;
		}
	}

	/** Throws ClientError 'wrong-password'. */
	async checkPassword(password: string): Promise<void> {
		this.#checkOpen();
		const {header, scrypt, key} = this.#wrap;
		const guess = await wrapKey(password, header.subarray(-SALT_SIZE), scrypt);
		const right = equal(guess, key);
		wipe(guess);
		if (!right) throw new ClientError('wrong-password', catalogue.account.wrongVaultPassword);
	}

	/** What seals it under another password; the caller's to wipe until it is used. Throws PasswordError. */
	async wrapFor(password: string): Promise<Wrap> {
		this.#checkOpen();
		return newWrap(password, this.#wrap.scrypt, this.#entropy.salt);
	}

	/** Seals the same contents anew: the password of before opens it no more. Throws ClientError 'disk'; then all is as before. */
	rewrap(after: Wrap): void {
		this.#checkOpen();
		const before = this.#wrap;
		this.#wrap = after;
		try {
			this.save();
		} catch (error) {
			this.#wrap = before;
			wipe(after.key);
			throw error;
		}

		wipe(before.key);
	}

	/** Seals and writes everything. Throws ClientError 'disk'. */
	save(): void {
		this.#checkOpen();
		const {seed, dataKey, pins} = this.#secrets;
		const entries = [...pins].map(([name, {identityKey, verified, suite, changedTo}]) => [
			name,
			identityKey,
			verified,
			suite,
			changedTo ?? null,
		]);
		const plaintext = concat(OPENING, KEY_HEAD, seed, KEY_HEAD, dataKey, encode(entries));
		const {header, key} = this.#wrap;
		const body = Buffer.concat([header, seal(sealKey(key), plaintext, header, this.#entropy.random(16))]);
		wipe(plaintext);
		replaceFile(this.#file, Buffer.concat([body, sha256(body)]));
	}

	/** Wipes every secret. */
	close(): void {
		if (this.#closed) return;
		this.#closed = true;
		wipe(this.#secrets.seed, this.#secrets.dataKey, this.#wrap.key);
		this.#secrets.pins.clear();
	}

	#checkOpen(): void {
		if (this.#closed) throw new Error('the vault is closed');
	}
}

async function newWrap(password: string, scrypt: ScryptParameters, salts: Random): Promise<Wrap> {
	const salt = salts(SALT_SIZE);
	const {logN, r, p} = scrypt;
	const header = Buffer.concat([MAGIC, Buffer.from([VERSION, logN, r, p]), salt]);
	return {header, scrypt, key: await wrapKey(password, salt, scrypt)};
}

/** The label keeps it apart from SRP's x, should a salt ever be the same. */
async function wrapKey(password: string, salt: Buffer, scrypt: ScryptParameters): Promise<Buffer> {
	const stretched = await stretch(password, salt, scrypt);
	const key = expandLabel(stretched, 'vault', Buffer.alloc(0), 64);
	wipe(stretched);
	return key;
}

function readVault(file: string): {header: Buffer; sealed: Buffer; scrypt: ScryptParameters} {
	let bytes: Buffer;
	try {
		bytes = readFileSync(file);
	} catch (error) {
		throw new ClientError('damaged', catalogue.files.vaultUnreadable(file, reasonOf(error)), {cause: error});
	}

	const body = bytes.subarray(0, Math.max(bytes.length - CHECKSUM_SIZE, 0));
	const whole = body.length > HEADER_SIZE && sha256(body).equals(bytes.subarray(body.length));
	if (!whole || !body.subarray(0, MAGIC.length).equals(MAGIC)) throw damaged(file);
	const [version = 0, logN = 0, r = 0, p = 0] = body.subarray(MAGIC.length);
	if (version > VERSION) {
		throw new ClientError('newer', catalogue.files.newer(file));
	}

	if (version !== VERSION || !acceptsScrypt({logN, r, p})) throw damaged(file);
	return {header: body.subarray(0, HEADER_SIZE), sealed: body.subarray(HEADER_SIZE), scrypt: {logN, r, p}};
}

type Contents = {readonly seed: Buffer; readonly dataKey: Buffer; readonly entries: z.infer<typeof pinEntries>};

/** The two keys are moved out of `opened`. */
function parse(opened: Buffer): Contents | undefined {
	const keys = opened.subarray(0, KEYS_SIZE);
	const [seed, dataKey] = [keys.subarray(3, 35), keys.subarray(37)];
	if (!concat(OPENING, KEY_HEAD).equals(keys.subarray(0, 3)) || !KEY_HEAD.equals(keys.subarray(35, 37)))
		return undefined;
	try {
		const entries = pinEntries.parse(decode(opened.subarray(KEYS_SIZE)));
		return {seed: intoSecret(seed), dataKey: intoSecret(dataKey), entries};
	} catch {
		return undefined;
	}
}

function damaged(file: string): ClientError {
	return new ClientError('damaged', catalogue.files.vaultDamaged(file));
}
