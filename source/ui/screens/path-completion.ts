// What a path that is being typed may become: names in its folder, read as long as that is quick.
import {opendir} from 'node:fs/promises';
import {escapedPath, lastWord, absolutePathOf} from '../text/typed-paths.ts';
import {safeText} from '../text/safe.ts';

/** A command whose words are paths, and what is typed of them. */
const SEND = /^\/send\s([^]*)$/;
/** Entries of a folder that are looked at, and those that are told. */
const LOOKED_AT = 10_000;
const FITS = 200;

export type PathFits = {
	/** What stands in the draft before the cursor, and each of `fits` may take the place of. */
	readonly word: string;
	/** As they are typed; those of folders end in a slash. */
	readonly fits: readonly string[];
	/** As they are told. */
	readonly names: readonly string[];
};

/** The part of `before` in which paths are typed; undefined in any other draft. */
export function typedPaths(before: string): string | undefined {
	return SEND.exec(before)?.[1];
}

/** Sorted; hidden names only behind a dot. What cannot be drawn as it is cannot be typed, and is left out. Never rejects. */
export async function pathFits(typed: string): Promise<PathFits> {
	const {start, value} = lastWord(typed);
	const at = value.lastIndexOf('/') + 1;
	const [folder, begun] = [value.slice(0, at), value.slice(at)];
	const names: string[] = [];
	try {
		let count = 0;
		for await (const entry of await opendir(absolutePathOf(folder === '' ? '.' : folder))) {
			if (++count > LOOKED_AT) break;
			const {name} = entry;
			const isFit = name.startsWith(begun) && (begun !== '' || !name.startsWith('.'));
			if (!isFit || safeText(name, {newlines: false}) !== name) continue;
			// Where a link leads is not looked after.
			names.push(entry.isDirectory() ? `${name}/` : name);
		}
	} catch {
		// A folder that is not there, or not to be read, has nothing that fits.
	}

	const sorted = names.toSorted().slice(0, FITS);
	const root = folder.startsWith('~/') ? `~/${escapedPath(folder.slice(2))}` : escapedPath(folder);
	return {
		word: typed.slice(start),
		fits: sorted.map(name => root + escapedPath(name)),
		names: sorted,
	};
}
