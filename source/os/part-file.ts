// A file that comes in parts: `NAME.part` until all of it is there, then NAME. Nothing that is there already is written over.
import {type Buffer} from 'node:buffer';
import {constants} from 'node:fs';
import {type FileHandle, link, lstat, open, rename, statfs, unlink} from 'node:fs/promises';
import path from 'node:path';
import {makeFolder} from './folder.ts';

const ENDING = '.part';
/** Files of one name. */
const TRIES = 10_000;
const MODE = 0o600;

export class PartFile {
	/** Where it is. */
	readonly path: string;
	/** Another one for another file of that name. */
	readonly stamp: string;
	readonly #handle: FileHandle;

	private constructor(file: string, stamp: string, handle: FileHandle) {
		this.path = file;
		this.stamp = stamp;
		this.#handle = handle;
	}

	/**
	 * A new one in `folder`, which is made if it is not there. `nameOf` says what to try, from 1 on; whose file is there already is passed over.
	 * `before` is told each path that is tried, so that it is known whose it is if the process is killed. Throws what the file system throws.
	 */
	static async create(
		folder: string,
		nameOf: (number: number) => string,
		before: (path: string) => void,
	): Promise<PartFile> {
		makeFolder(folder);
		for (let number = 1; number <= TRIES; number++) {
			const name = path.join(folder, nameOf(number));
			if ((await isThere(name)) || (await isThere(name + ENDING))) continue;
			before(name + ENDING);
			try {
				const handle = await open(name + ENDING, 'wx+', MODE);
				const {dev, ino} = await handle.stat({bigint: true});
				return new PartFile(name + ENDING, `${dev} ${ino}`, handle);
			} catch (error) {
				if (!isCode(error, 'EEXIST')) throw error;
			}
		}

		throw new Error('EEXIST');
	}

	/**
	 * One that was begun, `size` bytes long from here on; undefined when it is another file, or shorter. With an empty stamp it may have been made just
	 * before a process was killed: then nothing is in it.
	 */
	static async resume(file: string, stamp: string, size: number): Promise<PartFile | undefined> {
		let handle: FileHandle | undefined;
		try {
			handle = await open(file, constants.O_RDWR | constants.O_NOFOLLOW | constants.O_NONBLOCK);
			const stats = await handle.stat({bigint: true});
			const found = `${stats.dev} ${stats.ino}`;
			const isOurs = stamp === '' ? stats.size === 0n && stats.nlink === 1n : found === stamp;
			if (stats.isFile() && isOurs && stats.size >= BigInt(size)) {
				await handle.truncate(size);
				return new PartFile(file, found, handle);
			}
		} catch {
			// It is not there any more, or not ours to write to.
		}

		await handle?.close();
		return undefined;
	}

	/** Where one has got its name that was whole; undefined when it has none of those that `nameOf` says, up to the first that nobody has. */
	static async finished(file: string, stamp: string, nameOf: (number: number) => string): Promise<string | undefined> {
		for (let number = 1; number <= TRIES; number++) {
			const name = path.join(path.dirname(file), nameOf(number));
			const stats = await lstat(name, {bigint: true}).catch(() => undefined);
			if (stats === undefined) return undefined;
			if (`${stats.dev} ${stats.ino}` === stamp) return name;
		}

		return undefined;
	}

	/** On the disk when it returns. Throws what the file system throws. */
	async write(bytes: Buffer, start: number): Promise<void> {
		for (let written = 0; written < bytes.length;) {
			const {bytesWritten} = await this.#handle.write(bytes, written, bytes.length - written, start + written);
			written += bytesWritten;
		}

		await this.#handle.datasync();
	}

	/** Of what is there, into `bytes`; how many there were. Throws what the file system throws. */
	async read(bytes: Buffer, start: number): Promise<number> {
		let filled = 0;
		for (;;) {
			const {bytesRead} = await this.#handle.read(bytes, filled, bytes.length - filled, start + filled);
			filled += bytesRead;
			if (bytesRead === 0 || filled === bytes.length) return filled;
		}
	}

	/** It is whole: gives it the first name of `nameOf` that nobody has, and closes it; where it is now. Throws what the file system throws. */
	async finish(nameOf: (number: number) => string): Promise<string> {
		await this.#handle.sync();
		const folder = path.dirname(this.path);
		for (let number = 1; number <= TRIES; number++) {
			const name = path.join(folder, nameOf(number));
			if (!(await this.#name(name))) continue;
			await this.#handle.close();
			await sync(folder);
			return name;
		}

		throw new Error('EEXIST');
	}

	/** What was written is on the disk already. */
	async close(): Promise<void> {
		await this.#handle.close().catch(() => {});
	}

	/** Closes it and takes it off the disk, as far as it is still the one that was begun. */
	async discard(): Promise<void> {
		await this.close();
		const stats = await lstat(this.path, {bigint: true}).catch(() => undefined);
		if (stats !== undefined && `${stats.dev} ${stats.ino}` === this.stamp) await unlink(this.path).catch(() => {});
	}

	/** Whether it has this name now: not where somebody else has it. */
	async #name(name: string): Promise<boolean> {
		try {
			await link(this.path, name);
		} catch (error) {
			if (isCode(error, 'EEXIST')) return this.#hasName(name);
			if (!isCode(error, 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK')) throw error;
			// A file system that knows no second name: the name is taken first, empty, and then written over.
			if (!(await isTaken(name))) return false;
			await rename(this.path, name);
			return true;
		}

		await unlink(this.path);
		return true;
	}

	/** Whether it has got this name already, just before a process was killed. */
	async #hasName(name: string): Promise<boolean> {
		const {dev, ino} = await lstat(name, {bigint: true});
		if (`${dev} ${ino}` !== this.stamp) return false;
		await unlink(this.path);
		return true;
	}
}

/** Bytes that the file system of `folder` has for us; of the nearest folder above it that is there. Throws what the file system throws. */
export async function freeBytes(folder: string): Promise<number> {
	try {
		const {bavail, bsize} = await statfs(folder);
		return bavail * bsize;
	} catch (error) {
		const above = path.dirname(folder);
		if (!isCode(error, 'ENOENT') || above === folder) throw error;
		return freeBytes(above);
	}
}

/** Whether anything has this name, a link that leads nowhere included. */
async function isThere(name: string): Promise<boolean> {
	try {
		await lstat(name);
		return true;
	} catch (error) {
		if (isCode(error, 'ENOENT')) return false;
		throw error;
	}
}

async function isTaken(name: string): Promise<boolean> {
	try {
		await (await open(name, 'wx', MODE)).close();
		return true;
	} catch (error) {
		if (isCode(error, 'EEXIST')) return false;
		throw error;
	}
}

async function sync(folder: string): Promise<void> {
	const handle = await open(folder, 'r');
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}

function isCode(error: unknown, ...codes: readonly string[]): boolean {
	return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}
