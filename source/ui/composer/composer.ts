// What is being written: a text of many lines, the cursor in it, what was cut last, and what was sent before. Immutable.

export type Composer = {
	/** Safe to draw: what is seen is what is sent. At most DRAFT_LIMIT bytes of UTF-8. */
	readonly text: string;
	/** UTF-16 units before the cursor, which stands between graphemes. */
	readonly cursor: number;
	/** The column that moves up and down keep to, while there is nothing but these. */
	readonly goal: number | undefined;
	/** What was cut last; cuts in a row add up. */
	readonly killed: string;
	readonly isKilling: boolean;
	/** Sent texts, oldest first: at most HISTORY_LIMIT. */
	readonly history: readonly string[];
	/** Which of them is looked at, for as long as the text is that. */
	readonly place: number;
	/** The last text that was inserted did not fit whole. */
	readonly isFull: boolean;
};

/** Bytes of UTF-8 that fit one message with its envelope. */
export const DRAFT_LIMIT = 65_408;
export const HISTORY_LIMIT = 100;

export const emptyComposer: Composer = {
	text: '',
	cursor: 0,
	goal: undefined,
	killed: '',
	isKilling: false,
	history: [],
	place: 0,
	isFull: false,
};

type Plain =
	| 'newline'
	| 'backspace'
	| 'delete'
	| 'left'
	| 'right'
	| 'word-left'
	| 'word-right'
	| 'home'
	| 'end'
	/** Up to the beginning or the end of the line, and the line end itself when there is nothing else. */
	| 'kill-to-home'
	| 'kill-to-end'
	| 'kill-word-left'
	| 'kill-word-right'
	/** Back to the last space. */
	| 'kill-argument'
	| 'yank'
	| 'clear'
	/** Empties the text and takes it into the history. */
	| 'sent';

export type EditAction =
	| {readonly kind: Plain}
	/** Typed or pasted; made safe on the way. */
	| {readonly kind: 'insert'; readonly text: string}
	/** In place of all there is. */
	| {readonly kind: 'set'; readonly text: string}
	/** By rows as `view` draws them in `columns`; from an empty text through the history. */
	| {readonly kind: 'up' | 'down'; readonly columns: number};
