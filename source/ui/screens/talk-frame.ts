// One frame of the signed-in screen as rows: the list, and beside it the open conversation, and the overlay in front of it.
import {catalogue} from '../../catalogue/catalogue.ts';
import {type Conversation, contactIn} from '../../client/snapshot.ts';
import {welcomeRows} from '../panes/first-minutes.ts';
import {quietRule} from '../panes/box.ts';
import {messagesHeight} from '../panes/layout.ts';
import {PROMPT_CELLS, type FieldPlace, overlayRows} from '../panes/overlay-rows.ts';
import {type Anchor, anchorShowing, below, onPage, page} from '../panes/scroll.ts';
import {serverKeyRows} from '../panes/server-key.ts';
import {statusRow} from '../panes/status.ts';
import {titleRow} from '../panes/title.ts';
import {composerRows} from '../widgets/composer-rows.ts';
import {fieldCursor} from '../widgets/field.tsx';
import {type ScreenRow, emptyRow, fitRow, rowWidth, span} from '../widgets/spans.ts';
import {
	type TalkView,
	bannerRows,
	firstRowOf,
	isShut,
	listRows,
	messageRowsOf,
	modeLine,
	saidRows,
} from './talk-view.ts';

type Cursor = {readonly x: number; readonly y: number} | undefined;

export type TalkFrame = {
	/** All of the right side, in exactly the rows there are. */
	readonly rows: readonly ScreenRow[];
	readonly list: readonly ScreenRow[];
	/** Columns of the list and its border. */
	readonly left: number;
	readonly cursor: Cursor;
	/** The overlay's field, with its row on the screen; undefined while there is none to type into. */
	readonly field: FieldPlace | undefined;
};

export function talkFrame(view: TalkView): TalkFrame {
	const {snapshot, state, layout} = view;
	const alone = {list: [], left: 0, field: undefined};
	if (isShut(snapshot)) {
		const words = catalogue.decisions.serverKeyLater(snapshot.account?.server ?? '');
		const rows = serverKeyRows(words, {width: layout.columns, height: layout.rows, isBox: false});
		return {...alone, rows, cursor: undefined};
	}

	const isFiltering = state.pane === 'list' && state.overlay === undefined;
	const filter = {x: 1 + state.filter.length, y: 0};
	if (layout.list === 0 && isFiltering) {
		return {...alone, rows: listRows(view, layout.columns).rows, cursor: filter};
	}

	const {rows, rules, cursor, field} = talkRows(view);
	const inTalk = cursor && {x: layout.left + cursor.x, y: cursor.y};
	return {
		rows,
		list: layout.left === 0 ? [] : borderedList(view, rules),
		left: layout.left,
		cursor: isFiltering ? filter : inTalk,
		field,
	};
}

/** `rules`: the rows that are lines, which the one beside the list meets. */
function borderedList(view: TalkView, rules: readonly number[]): ScreenRow[] {
	const {list, rows} = view.layout;
	const buddies = listRows(view, list);
	const [border, joint] = [span('│ ', 'rule'), span('├─', 'rule')];
	return Array.from({length: rows}, (_, index) => [
		...(buddies.rows[index] ?? fitRow(emptyRow, list)),
		rules.includes(index) ? joint : border,
	]);
}

type TalkRows = Pick<TalkFrame, 'cursor' | 'field'> & {
	readonly rows: ScreenRow[];
	readonly rules: readonly number[];
};

function talkRows(view: TalkView): TalkRows {
	const {snapshot, state, draft, layout} = view;
	const {open, overlay, notice, anchors, pane, selected} = state;
	const {talk: width, rows: screenRows, isRoomy, hasRules} = layout;
	const contact = contactIn(snapshot, open);
	const conversation = open && snapshot.conversations.get(open);
	const anchor = open === undefined ? undefined : anchors.get(open);

	const composer = composerRows(draft, width, layout.composer);
	const banner = bannerRows(view);
	const height = messagesHeight(layout, composer.rows.length + banner.length);
	const panel = overlay && overlayRows(overlay, {width, height});
	const above = panel?.isBox === false ? 0 : height - (panel?.rows.length ?? 0);
	const middle =
		conversation === undefined || conversation.messages.length === 0
			? welcomeRows(contact, width, above)
			: conversationPage(view, conversation, anchor, above);
	const space = Array.from({length: Math.max(0, height - middle.length - (panel?.rows.length ?? 0))}, () => emptyRow);
	const status = {open, notice, below: below(conversation?.messages ?? [], anchor), isRoomy};
	const mode = modeLine(view);
	const line = hasRules ? [quietRule(width)] : [];
	const lines = [
		...line,
		...banner,
		mode ?? saidRows(view).at(-1) ?? statusRow(snapshot, status, width),
		...composer.rows,
	];
	// A screen of one row shows the mode alone.
	const bottom = mode !== undefined && selected !== undefined && screenRows === 1 ? [mode] : lines;
	const body = panel?.isBox === false ? [...panel.rows, ...space] : [...space, ...middle, ...(panel?.rows ?? [])];
	const title = titleRow(contact, width, {now: view.now, isMuted: contact?.muted === true});
	const all = [title, ...line, ...body, ...bottom];
	// A screen of one or two rows keeps the lowest ones.
	const rows = all.slice(-screenRows);
	const rules = hasRules ? [1, rows.length - lines.length] : [];
	const cut = all.length - rows.length;
	if (overlay?.query !== undefined && panel?.field !== undefined && cut === 0) {
		const {row, before, after} = panel.field;
		const y = 1 + line.length + (panel.isBox ? height - panel.rows.length : 0) + row;
		const x = rowWidth(before) + PROMPT_CELLS + fieldCursor(overlay.query, overlay.isSecret);
		const last = width - rowWidth(after) - 1;
		return {rows, rules, cursor: {x: Math.min(x, last), y}, field: {row: y, before, after}};
	}

	// The cursor stands at the selected message: the first row that is selected as a whole.
	if (selected !== undefined && overlay === undefined) {
		const at = rows.findIndex(row => row.length > 0 && row.every(({role}) => role === 'selected'));
		return {rows, rules, cursor: at === -1 ? undefined : {x: 0, y: at}, field: undefined};
	}

	const y = rows.length - composer.rows.length + composer.cursor.y;
	const hasCursor = pane === 'input' && overlay === undefined && y >= 0;
	return {rows, rules, cursor: hasCursor ? {x: composer.cursor.x, y} : undefined, field: undefined};
}

/** At most `height` rows of the conversation; what keys act on is among them. */
function conversationPage(view: TalkView, conversation: Conversation, anchor: Anchor, height: number): ScreenRow[] {
	const {messages} = conversation;
	const rowsAt = messageRowsOf(view, conversation);
	const {selected, overlay} = view.state;
	const at = overlay === undefined || selected === undefined ? -1 : messages.findIndex(({id}) => id === selected);
	const shown =
		at !== -1 && selected !== undefined && at < onPage(messages, rowsAt, anchor, height).first + 1
			? anchorShowing(messages, rowsAt, selected, height)
			: anchor;
	return page(messages, rowsAt, shown, height, firstRowOf(view, conversation));
}
