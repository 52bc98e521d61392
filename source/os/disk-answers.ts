// Whether the disk of a folder does what it is told. One that is full does: it says so.
import {open, rm} from 'node:fs/promises';
import path from 'node:path';

const FULL = new Set(['ENOSPC', 'EDQUOT']);

/** Writes a byte to the file `name`, waits until it is on the disk, and removes the file. A disk that hangs never answers. */
export async function diskAnswers(folder: string, name: string): Promise<boolean> {
	const file = path.join(folder, name);
	try {
		const handle = await open(file, 'w', 0o600);
		try {
			await handle.write('.');
			await handle.datasync();
		} finally {
			await handle.close();
			await rm(file, {force: true});
		}

		return true;
	} catch (error) {
		return error instanceof Error && 'code' in error && FULL.has(String(error.code));
	}
}
