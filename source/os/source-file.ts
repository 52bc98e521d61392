// A file that is given to others, read in parts: as it was when it was offered, or not at all.
import {Buffer} from 'node:buffer';
import {constants} from 'node:fs';
import {type FileHandle, open} from 'node:fs/promises';

/** folder, special: it is no file of bytes. */
export type SourceRefusal = 'missing' | 'folder' | 'special' | 'unreadable';

export type OpenedSource = {readonly file: SourceFile} | {readonly refusal: SourceRefusal};

export class SourceFile {
	/** Bytes. */
	readonly size: number;
	/** Another one when the file is another, or was written to. */
	readonly stamp: string;
	readonly #handle: FileHandle;

	private constructor(handle: FileHandle, size: number, stamp: string) {
		this.#handle = handle;
		this.size = size;
		this.stamp = stamp;
	}

	/** Waits for nothing, as a pipe would make it. */
	static async open(path: string): Promise<OpenedSource> {
		let handle: FileHandle;
		try {
			handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
		} catch (error) {
			return {refusal: refusalOf(error)};
		}

		const stats = await handle.stat({bigint: true});
		if (stats.isFile()) return {file: new SourceFile(handle, Number(stats.size), stampOf(stats))};
		await handle.close();
		return {refusal: stats.isDirectory() ? 'folder' : 'special'};
	}

	/** `size` bytes from `start` on; undefined when the file is not what it was. Throws what the file system throws. */
	async read(start: number, size: number): Promise<Buffer | undefined> {
		const bytes = Buffer.allocUnsafe(size);
		for (let filled = 0; filled < size;) {
			const {bytesRead} = await this.#handle.read(bytes, filled, size - filled, start + filled);
			if (bytesRead === 0) return undefined;
			filled += bytesRead;
		}

		return stampOf(await this.#handle.stat({bigint: true})) === this.stamp ? bytes : undefined;
	}

	async close(): Promise<void> {
		await this.#handle.close();
	}
}

function stampOf({dev, ino, size, mtimeNs}: {dev: bigint; ino: bigint; size: bigint; mtimeNs: bigint}): string {
	return [dev, ino, size, mtimeNs].join(' ');
}

function refusalOf(error: unknown): SourceRefusal {
	const code = error instanceof Error && 'code' in error ? error.code : undefined;
	if (code === 'ENOENT' || code === 'ENOTDIR') return 'missing';
	// What nothing can be opened for: a socket, a device that is not there.
	return code === 'ENXIO' || code === 'ENODEV' ? 'special' : 'unreadable';
}
