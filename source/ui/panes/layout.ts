// How the screen is shared out. Under 60 columns the list hides, under 100 nothing optional is drawn. Cells.
import {type Size} from '../widgets/spans.ts';

export type Layout = {
	readonly columns: number;
	readonly rows: number;
	/** The buddy list without the line beside it; 0 when it hides. */
	readonly list: number;
	/** Title, messages, status line and composer. */
	readonly talk: number;
	/** Rows that the composer may have. */
	readonly composer: number;
	/** Where there is room for what one can do without. */
	readonly isRoomy: boolean;
	/** The same of rows. */
	readonly isTall: boolean;
};

const LIST = 16;
const ROOMY_LIST = 24;
/** Rows that the composer grows to. */
const COMPOSER_LIMIT = 6;
/** Title and status line, and a line of messages. */
const OTHER_ROWS = 3;
/** 24 rows of messages, and the title, the status line and an input of one row. */
const TALL = 27;

export function layoutFor({columns, rows}: Size): Layout {
	const isRoomy = columns >= 100;
	const list = columns < 60 ? 0 : isRoomy ? ROOMY_LIST : LIST;
	return {
		columns: Math.max(1, columns),
		rows: Math.max(1, rows),
		list,
		talk: Math.max(1, list === 0 ? columns : columns - list - 1),
		composer: Math.max(1, Math.min(COMPOSER_LIMIT, rows - OTHER_ROWS)),
		isRoomy,
		isTall: rows >= TALL,
	};
}

/** Rows left for messages under a title and above a status line and a composer of `composer` rows. */
export function messagesHeight({rows}: Layout, composer: number): number {
	return Math.max(0, rows - composer - 2);
}
