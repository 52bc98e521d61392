// Whether something on the disk is ours alone.
import {lstatSync} from 'node:fs';
import process from 'node:process';

const OTHERS = 0o077;

/** Whether it belongs to this user and is closed to all others. False as well when it is not there, or is a symbolic link. */
export function isOwn(file: string): boolean {
	try {
		const stats = lstatSync(file);
		return !stats.isSymbolicLink() && stats.uid === process.getuid?.() && (stats.mode & OTHERS) === 0;
	} catch {
		return false;
	}
}
