// How the screen is shared out. Under 60 columns the list hides, under 100 nothing optional is drawn. Cells.
import {type Size} from '../widgets/spans.ts';

export type Layout = {
	readonly columns: number;
	readonly rows: number;
	/** The buddy list without the line beside it; 0 when it hides. */
	readonly list: number;
	/** The list, the line beside it and the space behind that. */
	readonly left: number;
	/** Title, messages, status line and composer. */
	readonly talk: number;
	/** Rows that the composer may have. */
	readonly composer: number;
	/** Where there is room for what one can do without. */
	readonly isRoomy: boolean;
	/** The same of rows. */
	readonly isTall: boolean;
	/** A line is drawn below the title and above the status line. */
	readonly hasRules: boolean;
};

const LIST = 15;
const ROOMY_LIST = 23;
/** The line beside the list, and a space. */
const BORDER = 2;
/** Rows from which on there is room for lines across. */
const RULED = 28;
/** Rows that the composer grows to. */
const COMPOSER_LIMIT = 6;
/** Title and status line, and a line of messages. */
const OTHER_ROWS = 3;
/** 24 rows of messages, and the title, the status line and an input of one row. */
const TALL = 27;

export function layoutFor({columns, rows}: Size): Layout {
	const isRoomy = columns >= 100;
	const list = columns < 60 ? 0 : isRoomy ? ROOMY_LIST : LIST;
	const left = list === 0 ? 0 : list + BORDER;
	return {
		columns: Math.max(1, columns),
		rows: Math.max(1, rows),
		list,
		left,
		talk: Math.max(1, columns - left),
		composer: Math.max(1, Math.min(COMPOSER_LIMIT, rows - OTHER_ROWS)),
		isRoomy,
		isTall: rows >= TALL,
		hasRules: rows >= RULED,
	};
}

/** Rows left for messages under a title and above a status line and a composer of `composer` rows. */
export function messagesHeight({rows, hasRules}: Layout, composer: number): number {
	return Math.max(0, rows - composer - (hasRules ? 4 : 2));
}
