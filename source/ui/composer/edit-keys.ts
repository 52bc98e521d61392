// The keys that edit, as data: readline's, and those with a name. By name as input/key-events.ts writes them.
import {type EditAction} from './composer.ts';

export type EditBinding = {
	readonly keys: readonly string[];
	readonly edit: Exclude<EditAction['kind'], 'insert' | 'set' | 'clear' | 'sent' | 'newline'>;
	readonly help: string;
};

export const EDIT_KEYS: readonly EditBinding[] = [
	{keys: ['left'], edit: 'left', help: 'back'},
	{keys: ['right'], edit: 'right', help: 'on'},
	{keys: ['up'], edit: 'up', help: 'a row up; in an empty input: what was sent before'},
	{keys: ['down'], edit: 'down', help: 'a row down'},
	{keys: ['alt-b', 'ctrl-left', 'alt-left'], edit: 'word-left', help: 'back a word'},
	{keys: ['alt-f', 'ctrl-right', 'alt-right'], edit: 'word-right', help: 'on a word'},
	{keys: ['ctrl-a', 'home'], edit: 'home', help: 'beginning of the line'},
	{keys: ['ctrl-e', 'end'], edit: 'end', help: 'end of the line'},
	{keys: ['backspace', 'shift-backspace'], edit: 'backspace', help: 'delete before the cursor'},
	{keys: ['delete', 'ctrl-d'], edit: 'delete', help: 'delete behind the cursor'},
	{keys: ['ctrl-w'], edit: 'kill-argument', help: 'cut back to a space'},
	{keys: ['alt-backspace', 'ctrl-backspace'], edit: 'kill-word-left', help: 'cut the word before the cursor'},
	{keys: ['alt-d', 'ctrl-delete'], edit: 'kill-word-right', help: 'cut the word behind the cursor'},
	{keys: ['ctrl-u'], edit: 'kill-to-home', help: 'cut to the beginning of the line'},
	{keys: ['ctrl-k'], edit: 'kill-to-end', help: 'cut to the end of the line'},
	{keys: ['ctrl-y'], edit: 'yank', help: 'insert what was cut'},
];

/** Keyed by key name: as many as EDIT_KEYS has. */
const byKey = new Map(EDIT_KEYS.flatMap(({keys, edit}) => keys.map(key => [key, edit] as const)));

/** What `key` does to a text that is drawn in `columns`; undefined for keys that do not edit. */
export function editOf(key: string, columns: number): EditAction | undefined {
	const kind = byKey.get(key);
	if (kind === undefined) return undefined;
	return kind === 'up' || kind === 'down' ? {kind, columns} : {kind};
}
