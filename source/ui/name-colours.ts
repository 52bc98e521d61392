// The colour of a name: one of six, by the letters of the name alone, so that it is the same in every place and after every start.
import {NAMES, type ThemeRole} from './theme.ts';

/** Names that differ in one letter mostly differ in it. */
export function nameRole(name: string): ThemeRole {
	let hash = 0;
	for (let at = 0; at < name.length; at++) hash = (Math.imul(hash, 31) + name.charCodeAt(at)) >>> 0;
	return NAMES[hash % NAMES.length] ?? NAMES[0];
}
