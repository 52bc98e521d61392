// How the screen is shared out: what the server does above, below it who is online, who is locked, and what happened; side by
// side, or one below the other where it is narrow. Cells.
import {type Size} from '../ui/widgets/spans.ts';

/** Under so many columns there is one column. */
const WIDE = 60;
/** From so many rows on there is room for what one can do without. */
const ROOMY = 16;
/** Names of 32 letters and a day. */
const LEFT_LIMIT = 46;

/** How much there is to show. */
export type Amounts = {readonly online: number; readonly locks: number; readonly lines: number};

export type TopLayout = Size & {
	readonly isWide: boolean;
	/** With headings and keys. */
	readonly isRoomy: boolean;
	/** Columns of names, and of what happened. */
	readonly left: number;
	readonly right: number;
	/** Rows of each part, with its title; 0 when it is not there. */
	readonly online: number;
	readonly locks: number;
	readonly lines: number;
};

export function layoutOf({columns, rows}: Size, amounts: Amounts): TopLayout {
	const isWide = columns >= WIDE;
	const isRoomy = rows >= ROOMY;
	const left = isWide ? Math.min(LEFT_LIMIT, Math.floor(columns * 0.4)) : columns;
	const right = isWide ? columns - left - 1 : columns;
	const body = Math.max(0, rows - headHeight(isRoomy) - (isRoomy ? 1 : 0));
	const locks = amounts.locks === 0 ? 0 : Math.min(body, amounts.locks + 1, Math.max(2, Math.floor(body / 3)));
	const rest = body - locks;
	const half = Math.max(Math.ceil(rest / 2), rest - amounts.lines - 1);
	const online = isWide ? rest : Math.min(Math.max(1, amounts.online) + 1, half);
	return {columns, rows, isWide, isRoomy, left, right, online, locks, lines: isWide ? body : rest - online};
}

/** Rows that say what the server does: title, figures, heading, and one a kind of event. */
function headHeight(isRoomy: boolean): number {
	return isRoomy ? 7 : 6;
}

/** Names that are seen at once. */
export function visibleNames({online}: TopLayout): number {
	return Math.max(0, online - 1);
}
