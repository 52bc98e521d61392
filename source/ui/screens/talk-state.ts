// What the signed-in screen remembers besides what the client knows. Immutable.
import {type ComposeTarget} from '../panes/compose-target.ts';
import {type DirectoryName} from '../panes/list-entries.ts';
import {type Anchor} from '../panes/scroll.ts';
import {type Overlay} from '../screen-controls.ts';

export type FirstNew = {readonly id: string; readonly count: number};

export type TalkState = {
	/** Whose conversation is open, and whose was before. */
	readonly open: string | undefined;
	readonly last: string | undefined;
	readonly pane: 'list' | 'input';
	/** In the list, by name. */
	readonly chosen: string | undefined;
	/** Letters typed in the list, that names in it have; and what the directory knows of them. */
	readonly filter: string;
	readonly found: readonly DirectoryName[];
	/** By contact. */
	readonly anchors: ReadonlyMap<string, Anchor>;
	readonly firstNew: ReadonlyMap<string, FirstNew>;
	/** The message that keys act on, by id. */
	readonly selected: string | undefined;
	/** The message that was gone to, by id; keys are still the input's. */
	readonly marked: string | undefined;
	/** What is written is about this message. */
	readonly target: ComposeTarget | undefined;
	readonly overlay: Overlay | undefined;
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
	chosen: undefined,
	filter: '',
	found: [],
	anchors: new Map(),
	firstNew: new Map(),
	selected: undefined,
	marked: undefined,
	target: undefined,
	overlay: undefined,
	notice: '',
	isQuitting: false,
	isFocused: true,
};
