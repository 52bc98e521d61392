// Writes down every key that this process gives to its cryptography, each byte masked, so that the notes are never found in its place.
import {type Buffer} from 'node:buffer';
import crypto from 'node:crypto';
import {createRequire, syncBuiltinESMExports} from 'node:module';
import type BetterSqlite from 'better-sqlite3-multiple-ciphers';

export const MASK = 0xa5;
const HEX = Array.from('0123456789abcdef', digit => digit.codePointAt(0)!);
const BLOCK = 64;
const INNER_PAD = 0x36;

/** What it is, and its bytes, each with MASK added. */
export type Note = {readonly what: string; readonly masked: Uint8Array};

export class Recorder {
	readonly #notes = new Map<string, Note>();
	/** Called when a password is stretched, which has its bytes in memory. */
	onPassword: () => void = () => {};

	get notes(): Note[] {
		return [...this.#notes.values()];
	}

	/** From here on everything is written down. */
	start(): void {
		this.#watchHmac();
		this.#watchKeyObjects();
		this.#watchScrypt();
		syncBuiltinESMExports();
		this.#watchDatabase();
	}

	/** As it is, and as it would lie there from a BigInt or as hexadecimal. */
	#note(what: string, key: Uint8Array, xor = 0): void {
		const plain = new Uint8Array(128);
		for (let index = 0; index < key.length; index++) plain[index] = key[index]! ^ xor ^ MASK;
		const masked = plain.subarray(0, key.length);
		// Hardly a secret.
		if (new Set(masked).size < 8) return;
		const hex = new Uint8Array(2 * key.length);
		for (const [index, byte] of masked.entries()) {
			hex[2 * index] = HEX[(byte ^ MASK) >> 4]! ^ MASK;
			hex[2 * index + 1] = HEX[(byte ^ MASK) & 15]! ^ MASK;
		}

		this.#add(what, masked);
		this.#add(`${what}, reversed`, masked.toReversed());
		this.#add(`${what}, as hexadecimal`, hex);
	}

	#add(what: string, masked: Uint8Array): void {
		const name = masked.join(' ');
		if (!this.#notes.has(name)) this.#notes.set(name, {what, masked});
	}

	/** HMAC is two hashes: the first begins with a block of the key and 0x36. With SHA-512 it is a seal's. */
	#watchHmac(): void {
		const {hash} = crypto;
		let isChain = false;
		const watched = (algorithm: string, data: Buffer, encoding?: 'buffer') => {
			const isKeyed = isInner(data, algorithm === 'sha512' ? 2 * BLOCK : BLOCK);
			const what = isKeyed ? (algorithm === 'sha512' ? 'key that seals' : useOf(data)) : undefined;
			if (what !== undefined) this.#note(what, data.subarray(0, 32), INNER_PAD);
			const result = hash(algorithm, data, encoding as 'buffer');
			// The second hash of HMAC(CK, 2) yields the CK that waits for the next datagram.
			if (isChain && !isKeyed) this.#note('chain key', result);
			isChain = what === 'chain key' && data[BLOCK] === 2;
			return result;
		};

		Object.assign(crypto, {hash: watched});
	}

	#watchKeyObjects(): void {
		const {createSecretKey, createPrivateKey} = crypto;
		Object.assign(crypto, {
			createSecretKey: (key: Buffer) => {
				this.#note('key that seals', key);
				return createSecretKey(key);
			},
			createPrivateKey: (input: {key: Buffer}) => {
				const {key} = input;
				if (key.length === 48) this.#note('identity seed', key.subarray(16));
				else this.#note('SRP exponent', exponentOf(key));
				return createPrivateKey(input);
			},
		});
	}

	#watchScrypt(): void {
		const {scrypt} = crypto;
		Object.assign(crypto, {
			scrypt: (password: Buffer, ...rest: unknown[]) => {
				this.#note('password', password);
				this.onPassword();
				return Reflect.apply(scrypt, crypto, [password, ...rest]);
			},
		});
	}

	#watchDatabase(): void {
		const Database = createRequire(import.meta.url)('better-sqlite3-multiple-ciphers') as typeof BetterSqlite;
		const {prototype} = Database;
		const key = Reflect.get(prototype, 'key');
		const note = (bytes: Buffer) => this.#note('history key', bytes.subarray(-32));
		prototype.key = function (bytes) {
			note(bytes);
			return key.call(this, bytes);
		};
	}
}

function isInner(data: Buffer, block: number): boolean {
	return data.length > block && data.subarray(32, block).every(byte => byte === INNER_PAD);
}

/** What an HMAC's key is for, by the message behind its block; undefined for keys that are none, such as salts. */
function useOf(data: Buffer): string | undefined {
	if (data.length === BLOCK + 1) return 'chain key';
	if (data.toString('latin1', BLOCK, BLOCK + 13) === 'simchat1 bind') return 'bind key';
	if (data.toString('latin1', BLOCK + 3, BLOCK + 12) !== 'simchat1 ') return undefined;
	const label = data.toString('latin1', BLOCK + 12, BLOCK + 3 + data.readUInt8(BLOCK + 2));
	return label === 'challenge' || label.startsWith('decoy') ? undefined : `key for ${label}`;
}

/** PKCS #8 of a DH key ends with OCTET STRING { INTEGER }; the integer has less than 128 bytes here. Nothing of what is no such key. */
function exponentOf(der: Buffer): Buffer {
	for (let size = 1; size < 128; size++) {
		const head = der.length - size;
		if (der[head - 2] === 0x02 && der[head - 1] === size && der[head - 4] === 0x04 && der[head - 3] === size + 2) {
			return der.subarray(head + (der[head] === 0 ? 1 : 0));
		}
	}

	return der.subarray(0, 0);
}
