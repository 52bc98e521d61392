// What the signed-in screen remembers besides what the client knows. Immutable.
import {type Composer} from '../composer/composer.ts';
import {type Anchor} from '../panes/scroll.ts';

export type Overlay =
	| {readonly kind: 'help'; readonly top: number}
	| {readonly kind: 'verify'; readonly name: string; readonly digits: string | undefined}
	| {
			readonly kind: 'directory';
			readonly prefix: string;
			readonly names: ReadonlyArray<{readonly name: string; readonly online: boolean}>;
			readonly more: boolean;
			readonly chosen: number;
	  }
	| undefined;

export type FirstNew = {readonly id: string; readonly count: number};

export type TalkState = {
	/** Whose conversation is open, and whose was before. */
	readonly open: string | undefined;
	readonly last: string | undefined;
	readonly pane: 'list' | 'input';
	/** In the list. */
	readonly selected: string | undefined;
	/** By conversation: one a contact, and one while nothing is open. */
	readonly drafts: ReadonlyMap<string, Composer>;
	/** By contact. */
	readonly anchors: ReadonlyMap<string, Anchor>;
	readonly firstNew: ReadonlyMap<string, FirstNew>;
	readonly overlay: Overlay;
	/** One line, until the next key. */
	readonly notice: string;
	readonly isQuitting: boolean;
	/** The terminal's window; one that does not tell has the focus. */
	readonly isFocused: boolean;
};

export const nothingYet: TalkState = {
	open: undefined,
	last: undefined,
	pane: 'input',
	selected: undefined,
	drafts: new Map(),
	anchors: new Map(),
	firstNew: new Map(),
	overlay: undefined,
	notice: '',
	isQuitting: false,
	isFocused: true,
};
