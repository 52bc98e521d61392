// What the system's description of a terminal says of it (terminfo): whether text can be put in its place there.
import {readFileSync} from 'node:fs';
import path from 'node:path';

type Env = Readonly<Record<string, string | undefined>>;

/** Names of terminals of which nothing is known. */
const NOTHING = new Set(['', 'dumb', 'unknown']);
/** The first two bytes, little endian, of a file with numbers of 16 bits and of one with 32 (term(5)). */
const NUMBER_BYTES: ReadonlyMap<number, number> = new Map([
	[0o432, 2],
	[0o1036, 4],
]);
const HEADER_BYTES = 12;
/** The place of `cup` among the strings (term.h of X/Open Curses). */
const CURSOR_ADDRESS = 10;

/**
 * Whether a program can put the cursor where it wants: false where TERM is unset or `dumb`, and where its description has no
 * `cup`. A terminal without a description is taken for one that can, as containers have none. `read` throws for what is not there.
 */
export function canPlaceText(env: Env, read: (file: string) => Buffer = file => readFileSync(file)): boolean {
	const name = env['TERM'] ?? '';
	if (NOTHING.has(name)) return false;
	if (!/^\w[\w.+-]*$/.test(name)) return true;
	for (const folder of foldersOf(env)) {
		for (const place of [name.slice(0, 1), name.charCodeAt(0).toString(16)]) {
			const description = readOr(read, path.join(folder, place, name));
			if (description !== undefined) return hasCursorAddress(description);
		}
	}

	return true;
}

/** Where descriptions are looked for, in the order of terminfo(5). */
function foldersOf(env: Env): string[] {
	const own = env['HOME'] === undefined ? [] : [path.join(env['HOME'], '.terminfo')];
	const listed = [env['TERMINFO'] ?? '', ...own, ...(env['TERMINFO_DIRS'] ?? '').split(':')];
	return [...listed.filter(Boolean), '/etc/terminfo', '/lib/terminfo', '/usr/share/terminfo'];
}

function readOr(read: (file: string) => Buffer, file: string): Buffer | undefined {
	try {
		return read(file);
	} catch {
		return undefined;
	}
}

/** A file that is none of terminfo's says nothing against the terminal. */
function hasCursorAddress(description: Buffer): boolean {
	if (description.length < HEADER_BYTES) return true;
	const [magic, names, flags, numbers, strings] = [0, 2, 4, 6, 8].map(at => description.readInt16LE(at)) as [
		number,
		number,
		number,
		number,
		number,
	];
	const numberBytes = NUMBER_BYTES.get(magic);
	if (numberBytes === undefined) return true;
	if (strings <= CURSOR_ADDRESS) return false;
	// Numbers begin at an even place.
	const flagsEnd = HEADER_BYTES + names + flags;
	const at = flagsEnd + (flagsEnd % 2) + numbers * numberBytes + CURSOR_ADDRESS * 2;
	return at + 2 > description.length || description.readInt16LE(at) >= 0;
}
