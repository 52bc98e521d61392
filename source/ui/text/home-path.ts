// Paths of this machine as a person writes them.
import {homedir} from 'node:os';
import path from 'node:path';
import {safeText} from './safe.ts';

/** `/home/me/Downloads/a` → `~/Downloads/a`, and harmless on the screen. */
export function homePath(file: string, home = homedir()): string {
	const inside = path.relative(home, file);
	const isInside = inside !== '' && !inside.startsWith('..') && !path.isAbsolute(inside);
	return safeText(isInside ? path.join('~', inside) : file, {newlines: false});
}
