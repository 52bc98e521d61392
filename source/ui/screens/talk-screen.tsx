// The signed-in screen: the list, the open conversation or what lies on top of it, the status line and the composer.
import {Box, useCursor, useWindowSize} from 'ink';
import {useLayoutEffect} from 'react';
import {type Snapshot} from '../../client/snapshot.ts';
import {type Keyboard} from '../hooks/keyboard.ts';
import {type Store} from '../hooks/store.ts';
import {useStore} from '../hooks/use-store.ts';
import {buddyRows} from '../panes/buddies.ts';
import {type Layout, messagesHeight} from '../panes/layout.ts';
import {overlayRows} from '../panes/overlays.ts';
import {below, page} from '../panes/scroll.ts';
import {statusRow} from '../panes/status.ts';
import {titleRow} from '../panes/title.ts';
import {warningRows} from '../panes/warning.ts';
import {composerRows} from '../widgets/composer-rows.ts';
import {Rows} from '../widgets/rows.tsx';
import {type Row, emptyRow, fitRow, span} from '../widgets/spans.ts';
import {type Talk} from './talk.ts';

type TalkScreenProps = {
	readonly talk: Talk;
	readonly keyboard: Keyboard;
	readonly snapshots: Store<Snapshot>;
};

export function TalkScreen({talk, keyboard, snapshots}: TalkScreenProps) {
	const snapshot = useStore(snapshots);
	useStore(talk.store);
	useWindowSize();
	const {setCursorPosition} = useCursor();
	useLayoutEffect(() => keyboard.listen(talk.take), [keyboard, talk]);
	useLayoutEffect(() => snapshots.subscribe(talk.attend), [snapshots, talk]);

	const {layout} = talk;
	const {rows, cursor} = talkRows(talk, snapshot, layout);
	const left = layout.list === 0 ? 0 : layout.list + 1;
	setCursorPosition(cursor && {x: Math.min(left + cursor.x, layout.columns - 1), y: cursor.y});
	return (
		<Box width={layout.columns} height={layout.rows} overflow="hidden">
			{layout.list > 0 && <Rows rows={listRows(talk, snapshot, layout)} width={left} />}
			<Rows rows={rows} width={layout.talk} />
		</Box>
	);
}

function listRows(talk: Talk, {contacts}: Snapshot, {list, rows}: Layout): Row[] {
	const {open, selected, pane} = talk.store.value;
	const buddies = buddyRows(contacts, {open, selected, isActive: pane === 'list'}, list, rows);
	const border = span('│', 'rule');
	return Array.from({length: rows}, (_, index) => [...(buddies[index] ?? fitRow(emptyRow, list)), border]);
}

/** All of the right side, in exactly the rows there are, and where the cursor stands in it. */
function talkRows(talk: Talk, snapshot: Snapshot, layout: Layout): {rows: Row[]; cursor: Cursor} {
	const {open, overlay, notice, anchors, pane} = talk.store.value;
	const {talk: width, rows: screenRows} = layout;
	const contact = snapshot.contacts.find(({name}) => name === open);
	const conversation = snapshot.conversations.get(open ?? '');
	const anchor = open === undefined ? undefined : anchors.get(open);

	const warning = talk.isWarned && contact !== undefined ? warningRows(contact.name, width) : [];
	const shownWarning = warning.slice(0, Math.max(0, screenRows - 4));
	const composer = composerRows(talk.draft, width, layout.composer);
	const height = messagesHeight(layout, composer.rows.length + shownWarning.length);
	const status = {open, notice, below: below(conversation?.messages ?? [], anchor), isRoomy: layout.isRoomy};
	const middle =
		overlay === undefined
			? conversation === undefined
				? []
				: page(conversation.messages, talk.reading.rowsOf(conversation), anchor, height)
			: overlayRows(overlay, width, height);
	const space = Array.from({length: Math.max(0, height - middle.length)}, () => emptyRow);
	const bottom = [...shownWarning, statusRow(snapshot, status, width), ...composer.rows];
	const body = overlay === undefined ? [...space, ...middle] : [...middle, ...space];
	const all = [titleRow(contact, width), ...body, ...bottom];
	// A screen of one row or two keeps what is lowest.
	const rows = all.slice(-screenRows);
	const y = rows.length - composer.rows.length + composer.cursor.y;
	const hasCursor = pane === 'input' && overlay === undefined && y >= 0;
	return {rows, cursor: hasCursor ? {x: composer.cursor.x, y} : undefined};
}

type Cursor = {readonly x: number; readonly y: number} | undefined;
