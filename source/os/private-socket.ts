// A Unix socket that belongs to a folder and that nobody but the folder's owner can open: where it is, and whose it is.
import {createHash} from 'node:crypto';
import {once} from 'node:events';
import {chmodSync, lstatSync, rmSync} from 'node:fs';
import {type Server} from 'node:net';
import os from 'node:os';
import path from 'node:path';
import {makeFolder} from './folder.ts';
import {isOwn} from './own-file.ts';

/** The path of a Unix socket may have 107 bytes on Linux and 103 on macOS. */
const PATH_LIMIT = 100;

/** The path of the socket `name`: in `folder`, or, if that path is too long, in a private directory below the temporary one. */
export function socketPath(folder: string, name: string): string {
	const direct = path.resolve(folder, name);
	if (Buffer.byteLength(direct) <= PATH_LIMIT) return direct;
	const digest = createHash('sha256').update(direct).digest('hex').slice(0, 16);
	return path.join(os.tmpdir(), `simchat-${digest}`, name);
}

/**
 * Has `server` listen at `socketPath(folder, name)`; the path. The caller holds the lock of the folder, so a socket that is there was left
 * by a process that has ended. Throws errors of the file system, and Error when the directory is open to others.
 */
export async function listenPrivately(server: Server, folder: string, name: string): Promise<string> {
	const file = socketPath(folder, name);
	const directory = path.dirname(file);
	// Others can make files in the temporary one.
	makeFolder(directory);
	if (!isOwn(directory)) {
		throw new Error(`${directory} belongs to somebody else: remove it, or choose another folder with a shorter path`);
	}

	rmSync(file, {force: true});
	server.listen(file);
	await once(server, 'listening');
	chmodSync(file, 0o600);
	return file;
}

/** Whether the socket and its directory belong to this user and are closed to all others: only then is its listener one of ours. */
export function isPrivateSocket(file: string): boolean {
	return isOwn(path.dirname(file)) && isOwn(file) && lstatSync(file, {throwIfNoEntry: false})?.isSocket() === true;
}
