// The keys that edit, as data: readline's, and those with a name. By name as input/key-events.ts writes them.
import {type EditAction} from './composer.ts';

export type EditBinding = {
	readonly keys: readonly string[];
	readonly edit: Exclude<EditAction['kind'], 'insert' | 'set' | 'clear' | 'sent' | 'newline'>;
};

export const EDIT_KEYS: readonly EditBinding[] = [
	{keys: ['left'], edit: 'left'},
	{keys: ['right'], edit: 'right'},
	{keys: ['up'], edit: 'up'},
	{keys: ['down'], edit: 'down'},
	{keys: ['alt-b', 'ctrl-left', 'alt-left'], edit: 'word-left'},
	{keys: ['alt-f', 'ctrl-right', 'alt-right'], edit: 'word-right'},
	{keys: ['ctrl-a', 'home'], edit: 'home'},
	{keys: ['ctrl-e', 'end'], edit: 'end'},
	{keys: ['backspace', 'shift-backspace'], edit: 'backspace'},
	{keys: ['delete', 'ctrl-d'], edit: 'delete'},
	{keys: ['ctrl-w'], edit: 'kill-argument'},
	{keys: ['alt-backspace', 'ctrl-backspace'], edit: 'kill-word-left'},
	{keys: ['alt-d', 'ctrl-delete'], edit: 'kill-word-right'},
	{keys: ['ctrl-u'], edit: 'kill-to-home'},
	{keys: ['ctrl-k'], edit: 'kill-to-end'},
	{keys: ['ctrl-y'], edit: 'yank'},
];

/** Keyed by key name: as many as EDIT_KEYS has. */
const byKey = new Map(EDIT_KEYS.flatMap(({keys, edit}) => keys.map(key => [key, edit] as const)));

/** What `key` does to a text that is drawn in `columns`; undefined for keys that do not edit. */
export function editOf(key: string, columns: number): EditAction | undefined {
	const kind = byKey.get(key);
	if (kind === undefined) return undefined;
	return kind === 'up' || kind === 'down' ? {kind, columns} : {kind};
}
