// The state of the signed-in screen, besides what the client knows. Immutable.
import {type ConversationId} from '../../client/snapshot.ts';
import {type ComposeTarget} from '../panes/compose-target.ts';
import {type DroppedFiles} from '../panes/dropped-files.ts';
import {type Tip} from '../panes/first-minutes.ts';
import {type DirectoryName} from '../panes/list-entries.ts';
import {type Anchor} from '../panes/scroll.ts';
import {type Overlay} from '../screen-controls.ts';

/** Under which the client remembers which conversation was open. */
export const OPEN_KEY = 'open';

export type FirstNew = {readonly id: string; readonly count: number};

export type TalkState = {
	/** The open conversation, and the one before. */
	readonly open: ConversationId | undefined;
	readonly last: ConversationId | undefined;
	readonly pane: 'list' | 'input';
	/** The chosen entry of the list, by name. */
	readonly chosen: string | undefined;
	/** Letters typed in the list, which shows names with them only; and names of the directory that begin with them. */
	readonly filter: string;
	readonly found: readonly DirectoryName[];
	/** By conversation. */
	readonly anchors: ReadonlyMap<ConversationId, Anchor>;
	readonly firstNew: ReadonlyMap<ConversationId, FirstNew>;
	/** The message that keys act on, by id. */
	readonly selected: string | undefined;
	/** The message that the person went to, by id; keys still go to the input. */
	readonly marked: string | undefined;
	/** Long messages of the open conversation that are drawn whole, by id: as many as the person opens. */
	readonly opened: ReadonlySet<string>;
	/** Messages of the open conversation that are drawn without markup, by id: as many as the person asks for. */
	readonly raw: ReadonlySet<string>;
	/** The message that the draft replies to or edits. */
	readonly target: ComposeTarget | undefined;
	/** Files whose paths were pasted into the empty input: Enter offers them. */
	readonly dropped: DroppedFiles | undefined;
	readonly overlay: Overlay | undefined;
	/** What is explained for the first time, until it is put away. */
	readonly tip: Tip | undefined;
	/** One line, shown until the next key. */
	readonly notice: string;
	readonly isQuitting: boolean;
	/** Of the terminal's window; true when the terminal does not report focus. */
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
	opened: new Set(),
	raw: new Set(),
	target: undefined,
	dropped: undefined,
	overlay: undefined,
	tip: undefined,
	notice: '',
	isQuitting: false,
	isFocused: true,
};
