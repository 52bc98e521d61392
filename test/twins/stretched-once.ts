// What scrypt has made of a password, found again by all processes of a run of tests: it takes a tenth of a second of CPU time, and is the
// same each time. What nobody has stretched before is stretched.
import type {Buffer} from 'node:buffer';
import crypto, {type ScryptOptions, createHash} from 'node:crypto';
import {readFileSync, renameSync, writeFileSync} from 'node:fs';
import {syncBuiltinESMExports} from 'node:module';
import path from 'node:path';
import process from 'node:process';
import type {Random} from '../../source/crypto/random.ts';

/** Of one run (ava.config.js): a file for each, 32 bytes. A program that is given another environment stretches for itself. */
const folder = process.env['SIMCHAT_STRETCHED'];
const {scrypt} = crypto;

type Done = (error: Error | null, key: Buffer) => void;

function stretchedOnce(password: Buffer, salt: Buffer, size: number, options: ScryptOptions, done: Done): void {
	const asked = JSON.stringify([password.toString('hex'), salt.toString('hex'), size, options]);
	const file = path.join(folder!, createHash('sha256').update(asked).digest('hex'));
	const known = read(file);
	if (known !== undefined) {
		setImmediate(done, null, known);
		return;
	}

	scrypt(password, salt, size, options, (error, key) => {
		if (!error) keep(file, key);
		done(error, key);
	});
}

function read(file: string): Buffer | undefined {
	try {
		return readFileSync(file);
	} catch {
		return undefined;
	}
}

/** Whole, or not at all. A program that may not write there is not one that fails. */
function keep(file: string, key: Buffer): void {
	const own = `${file}-${process.pid}-${performance.now()}`;
	try {
		writeFileSync(own, key);
		renameSync(own, file);
	} catch {}
}

/** Salts that are the same for each client, one after the other: what one test has had stretched, others find. */
export function saltsInOrder(): Random {
	let drawn = 0;
	return size => createHash('sha256').update(`salt ${drawn++}`).digest().subarray(0, size);
}

/** From now on, in this process. Once is enough. */
export function stretchOnce(): void {
	if (folder === undefined) return;
	crypto.scrypt = stretchedOnce as typeof scrypt;
	syncBuiltinESMExports();
}
