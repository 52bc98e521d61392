// One frame of the signed-in screen as rows: the list, and beside it the open conversation or the overlay on top of it.
import {contactIn} from '../../client/snapshot.ts';
import {messagesHeight} from '../panes/layout.ts';
import {FIELD_PROMPT, overlayRows} from '../panes/overlay-rows.ts';
import {below, page} from '../panes/scroll.ts';
import {serverKeyRows} from '../panes/server-key.ts';
import {statusRow} from '../panes/status.ts';
import {titleRow} from '../panes/title.ts';
import {composerRows} from '../widgets/composer-rows.ts';
import {fieldCursor} from '../widgets/field.tsx';
import {type ScreenRow, emptyRow, firstRows, fitRow, paragraph, span} from '../widgets/spans.ts';
import {type TalkView, bannerRows, firstRowOf, isShut, listRows, messageRowsOf, modeLine} from './talk-view.ts';

/** Before the first contact. */
const NOBODY = 'Nobody is in your list yet: /add NAME adds somebody, F1 shows the keys.';

type Cursor = {readonly x: number; readonly y: number} | undefined;

export type TalkFrame = {
	/** All of the right side, in exactly the rows there are. */
	readonly rows: readonly ScreenRow[];
	readonly list: readonly ScreenRow[];
	/** Columns of the list and its border. */
	readonly left: number;
	readonly cursor: Cursor;
};

export function talkFrame(view: TalkView): TalkFrame {
	const {snapshot, state, layout} = view;
	if (isShut(snapshot)) {
		const words = `The server at ${snapshot.account?.server ?? ''} has another key than the one that you joined with.`;
		return {rows: serverKeyRows(words, layout.columns).slice(0, layout.rows), list: [], left: 0, cursor: undefined};
	}

	const isFiltering = state.pane === 'list' && state.overlay === undefined;
	const filter = {x: 1 + state.filter.length, y: 0};
	if (layout.list === 0 && isFiltering) {
		return {rows: listRows(view, layout.columns).rows, list: [], left: 0, cursor: filter};
	}

	const left = layout.list === 0 ? 0 : layout.list + 1;
	const {rows, cursor} = talkRows(view);
	const inTalk = cursor && {x: left + cursor.x, y: cursor.y};
	return {rows, list: left === 0 ? [] : borderedList(view), left, cursor: isFiltering ? filter : inTalk};
}

function borderedList(view: TalkView): ScreenRow[] {
	const {list, rows} = view.layout;
	const buddies = listRows(view, list);
	const border = span('│', 'rule');
	return Array.from({length: rows}, (_, index) => [...(buddies.rows[index] ?? fitRow(emptyRow, list)), border]);
}

function talkRows(view: TalkView): {rows: ScreenRow[]; cursor: Cursor} {
	const {snapshot, state, draft, layout} = view;
	const {open, overlay, notice, anchors, pane, selected, muted} = state;
	const {talk: width, rows: screenRows, isRoomy} = layout;
	const contact = contactIn(snapshot, open);
	const conversation = open && snapshot.conversations.get(open);
	const anchor = open === undefined ? undefined : anchors.get(open);

	const composer = composerRows(draft, width, layout.composer);
	const banner = bannerRows(view);
	const height = messagesHeight(layout, composer.rows.length + banner.length);
	const covering = overlay && overlayRows(overlay, {width, height});
	const middle =
		covering?.rows ??
		(conversation === undefined
			? firstRows(paragraph(NOBODY, width, 'muted'), width, height)
			: page(conversation.messages, messageRowsOf(view, conversation), anchor, height, firstRowOf(view, conversation)));
	const space = Array.from({length: Math.max(0, height - middle.length)}, () => emptyRow);
	const status = {open, notice, below: below(conversation?.messages ?? [], anchor), isRoomy};
	const mode = modeLine(view);
	const lines = [...banner, mode ?? statusRow(snapshot, status, width), ...composer.rows];
	// A screen of one row shows the mode alone.
	const bottom = mode !== undefined && selected !== undefined && screenRows === 1 ? [mode] : lines;
	const body = overlay === undefined ? [...space, ...middle] : [...middle, ...space];
	const all = [
		titleRow(contact, width, {now: view.now, isMuted: open !== undefined && muted.has(open)}),
		...body,
		...bottom,
	];
	// A screen of one or two rows keeps the lowest ones.
	const rows = all.slice(-screenRows);
	const cut = all.length - rows.length;
	if (overlay?.query !== undefined && covering?.field !== undefined && cut === 0) {
		const x = Math.min(FIELD_PROMPT.length + fieldCursor(overlay.query), width - 1);
		return {rows, cursor: {x, y: 1 + covering.field}};
	}

	// The cursor stands at the selected message: the first row that is selected as a whole.
	if (selected !== undefined && overlay === undefined) {
		const at = rows.findIndex(row => row.length > 0 && row.every(({role}) => role === 'selected'));
		return {rows, cursor: at === -1 ? undefined : {x: 0, y: at}};
	}

	const y = rows.length - composer.rows.length + composer.cursor.y;
	const hasCursor = pane === 'input' && overlay === undefined && y >= 0;
	return {rows, cursor: hasCursor ? {x: composer.cursor.x, y} : undefined};
}
