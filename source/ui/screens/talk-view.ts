// What one frame of the signed-in screen is computed from, and what follows from that. Pure: nothing here asks the client.
import {
	type Contact,
	type Conversation,
	type ConversationId,
	type Snapshot,
	contactIn,
	otherIn,
	transferKey,
} from '../../client/snapshot.ts';
import {type Composer} from '../composer/composer.ts';
import {buddyRows} from '../panes/buddies.ts';
import {type ComposeTarget, targetRow} from '../panes/compose-target.ts';
import {type Look, conversationFirstRow, conversationRows} from '../panes/conversation-rows.ts';
import {type DroppedFiles, droppedRow} from '../panes/dropped-files.ts';
import {tipRows} from '../panes/first-minutes.ts';
import {deviceNewsRows} from '../panes/device-news.ts';
import {type Layout, messagesHeight} from '../panes/layout.ts';
import {listEntries} from '../panes/list-entries.ts';
import {mentionCount} from '../panes/mention-count.ts';
import {columnsFor, isLong} from '../panes/message-rows.ts';
import {canGet, offerState, hasFile, refusalOf} from '../panes/offer-state.ts';
import {type SelectionMode, modeRow} from '../panes/mode.ts';
import {noticeRows} from '../panes/status.ts';
import {requestLine, requestRows} from '../panes/request.ts';
import {type FirstRowAt, type RowsAt} from '../panes/scroll.ts';
import {warningLine, warningRows} from '../panes/warning.ts';
import {composerRows} from '../widgets/composer-rows.ts';
import {type ScreenRow} from '../widgets/spans.ts';
import {type DraftName} from './drafts.ts';
import {type TalkState} from './talk-state.ts';

export type TalkView = {
	readonly snapshot: Snapshot;
	readonly state: TalkState;
	/** What the composer shows. */
	readonly draft: Composer;
	readonly layout: Layout;
	/** Local ms. */
	readonly now: number;
};

/** The target row and what is explained are drawn only on a screen with more rows than this. */
const TARGET_ROWS = 5;
/** Of news of the own devices at most, where a quarter of the screen is no less. */
const NEWS_ROWS = 5;
const TIP_ROWS = 15;
/** What is said has more than one row on a screen with so many, and at most so many. */
const SAID_LEAST = 12;
const SAID_ROWS = 3;

export function hasTipRoom({rows}: Layout): boolean {
	return rows > TIP_ROWS;
}

/** What the person must decide first about whom they talk to: a changed key, or a stranger. Until then nothing is sent. */
export function undecidedAbout(
	snapshot: Snapshot,
	conversation: ConversationId | undefined,
): 'key' | 'request' | undefined {
	const contact = contactIn(snapshot, conversation);
	if (contact?.identity === 'changed') return 'key';
	return contact?.request === true ? 'request' : undefined;
}

/** The message that the draft of the open conversation replies to or edits. */
export function targetOf({open, target}: Pick<TalkState, 'open' | 'target'>): ComposeTarget | undefined {
	return target?.conversation === open ? target : undefined;
}

/** The files that Enter offers: for as long as the draft is what was dropped. */
export function droppedIn({open, target, dropped}: TalkState, {text}: Composer): DroppedFiles | undefined {
	const isThere = dropped?.conversation === open && dropped?.text === text;
	return isThere && targetOf({open, target})?.kind !== 'edit' ? dropped : undefined;
}

/** Which draft the composer shows. An edit has its own: the draft stays as it is. */
export function draftNameOf(conversation: ConversationId | undefined, target: ComposeTarget | undefined): DraftName {
	return {conversation, kind: conversation !== undefined && target?.kind === 'edit' ? 'edit' : 'draft'};
}

/** Another server answers in place of the known one: the input is not shown, nothing is typed and nothing is sent. */
export function isShut({connection}: Snapshot): boolean {
	return connection.state === 'stopped' && connection.problem === 'server-key';
}

/** Since when the way to somebody is looked for, of those whose path is on show; undefined while it is not. Local ms. */
export function lookingSince(snapshot: Snapshot, {open, overlay}: TalkState): number | undefined {
	const current = contactIn(snapshot, open);
	// An overlay that follows the client may show every contact.
	const shown = [
		...(current === undefined ? [] : [current]),
		...(overlay?.renew === undefined ? [] : snapshot.contacts),
	];
	for (const {path} of shown) if (path.kind === 'looking' && path.after === undefined) return path.since;
	return undefined;
}

/** Rows above the status line: what must be decided first, the message that the draft is about, or what is explained. */
export function bannerRows(view: TalkView): readonly ScreenRow[] {
	const {snapshot, state, layout, now} = view;
	const banner = talkBanner(view, state.open);
	return [...newsRows(snapshot, layout, now), ...banner, ...saidRows(view).slice(0, -1)];
}

/** What is said in place of the status line, which is its last row; none where the mode of the keys is told, or on a screen of few rows, which has one for it. */
export function saidRows({snapshot, state, layout}: TalkView): readonly ScreenRow[] {
	const {overlay, selected, pane, notice} = state;
	const hasMode = overlay === undefined && (selected !== undefined || pane === 'list');
	return hasMode || layout.rows < SAID_LEAST ? [] : noticeRows(snapshot, notice, layout.talk, SAID_ROWS);
}

/** What another device has done to the list of the own ones comes first, on a screen that has room for more than it. */
function newsRows({devices}: Snapshot, {talk: width, rows}: Layout, now: number): readonly ScreenRow[] {
	if (devices === undefined || rows <= TARGET_ROWS) return [];
	return deviceNewsRows(devices, {width, height: Math.min(NEWS_ROWS, Math.ceil(rows / 4)), now});
}

function talkBanner(
	{snapshot, state, layout, draft}: TalkView,
	open: ConversationId | undefined,
): readonly ScreenRow[] {
	if (open === undefined) return [];
	const undecided = undecidedAbout(snapshot, open);
	if (undecided === 'key') return warningRows(otherIn(open), layout);
	if (undecided === 'request') return requestRows(otherIn(open), layout);
	const dropped = droppedIn(state, draft);
	if (dropped !== undefined) return layout.rows > TARGET_ROWS ? [droppedRow(dropped, layout.talk)] : [];
	const target = targetOf(state);
	if (target !== undefined) return layout.rows > TARGET_ROWS ? [targetRow(target, layout.talk)] : [];
	const {tip} = state;
	return tip !== undefined && hasTipRoom(layout) ? tipRows(tip, layout.talk) : [];
}

/** In place of the status line: the mode that keys are in, where nothing else on the screen says so. */
export function modeLine(view: TalkView): ScreenRow | undefined {
	const {snapshot, state, layout} = view;
	const {open, selected, overlay, pane, notice} = state;
	const {talk: width} = layout;
	if (overlay !== undefined) return undefined;
	if (selected !== undefined) return modeRow(selectionModeOf(view, selected), notice, width);
	if (pane === 'list') return modeRow('list', notice, width);
	const devices = snapshot.devices && layout.rows <= TARGET_ROWS ? snapshot.devices : undefined;
	const [news] = devices === undefined ? [] : deviceNewsRows(devices, {width, height: 1, now: view.now});
	if (news !== undefined) return news;
	if (open === undefined || bannerRows(view).length > 0) return undefined;
	const undecided = undecidedAbout(snapshot, open);
	if (undecided !== undefined) return undecided === 'key' ? warningLine(width) : requestLine(width);
	const dropped = droppedIn(state, view.draft);
	if (dropped !== undefined) return droppedRow(dropped, width);
	const target = targetOf(state);
	return target && targetRow(target, width);
}

function selectionModeOf(view: TalkView, selected: string): SelectionMode {
	const {snapshot, state} = view;
	const message = state.open && snapshot.conversations.get(state.open)?.messages.find(({id}) => id === selected);
	if (message === undefined || !hasFile(message)) return {isLong: isLongIn(view, selected)};
	const file = offerState(message, snapshot.transfers?.get(transferKey({...message, message})));
	return {canGet: canGet(message, file), refusal: refusalOf(message, file)};
}

/** Rows between the title and the status line: for messages, or for the overlay on top of them. */
export function middleHeight(view: TalkView): number {
	const {draft, layout} = view;
	const {rows} = composerRows(draft, layout.talk, layout.composer);
	return messagesHeight(layout, rows.length + bannerRows(view).length);
}

/** The list in `width` cells, and the entry in its first row. */
export function listRows({snapshot, state, layout}: TalkView, width: number) {
	const {open, chosen, pane, filter, found} = state;
	const entries = listEntries(snapshot.contacts, filter, found);
	const mentions = (contact: Contact) => mentionCount(snapshot, contact);
	const look = {
		open: open && otherIn(open),
		chosen,
		isActive: pane === 'list',
		filter,
		mentions,
		isMuted: ({muted}: Contact) => muted === true,
		isRoomy: layout.isRoomy,
	};
	return buddyRows(entries, look, width, layout.rows);
}

/** The rows of the messages of a conversation. */
export function messageRowsOf(view: TalkView, conversation: Conversation): RowsAt {
	return conversationRows(conversation, lookOf(view, conversation));
}

/** The first row of a page of them. */
export function firstRowOf(view: TalkView, conversation: Conversation): FirstRowAt {
	return conversationFirstRow(conversation, lookOf(view, conversation));
}

/** Whether there is more of a message of the open conversation than is drawn before it is opened. */
export function isLongIn({snapshot, state, layout}: TalkView, id: string): boolean {
	const {open} = state;
	const message = open && snapshot.conversations.get(open)?.messages.find(each => each.id === id);
	if (message === undefined) return false;
	const self = snapshot.account?.name ?? '';
	const columns = columnsFor(layout.talk, self, otherIn(message.conversation));
	return isLong(message, {self, columns, isRaw: state.raw.has(id)});
}

function lookOf({snapshot, state, layout, now}: TalkView, {id}: Conversation): Look {
	const {selected, marked, opened, raw, firstNew} = state;
	const self = snapshot.account?.name ?? '';
	const {talk: width, isTall} = layout;
	const {devices} = contactIn(snapshot, id) ?? {};
	return {
		width,
		self,
		isTall,
		firstNew: firstNew.get(id),
		selected,
		marked,
		opened,
		raw,
		now,
		devices,
		transfers: snapshot.transfers,
	};
}
