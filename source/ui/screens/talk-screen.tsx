// The signed-in screen: the list, the open conversation or what lies on top of it, the status line and the composer.
import {Box, Text, useCursor, useWindowSize} from 'ink';
import {useLayoutEffect} from 'react';
import {type Snapshot} from '../../client/snapshot.ts';
import {type Keyboard} from '../hooks/keyboard.ts';
import {type ValueStore} from '../hooks/value-store.ts';
import {useStore} from '../hooks/use-store.ts';
import {useTheme} from '../hooks/use-theme.ts';
import {type Layout, messagesHeight} from '../panes/layout.ts';
import {FIELD_PROMPT, overlayRows} from '../panes/overlay-rows.ts';
import {below, page} from '../panes/scroll.ts';
import {serverKeyRows} from '../panes/server-key.ts';
import {statusRow} from '../panes/status.ts';
import {titleRow} from '../panes/title.ts';
import {composerRows} from '../widgets/composer-rows.ts';
import {Field, fieldCursor} from '../widgets/field.tsx';
import {Rows} from '../widgets/row-list.tsx';
import {type ScreenRow, emptyRow, fitRow, paragraph, span} from '../widgets/spans.ts';
import {type Talk} from './talk.ts';

/** Before the first contact. */
const NOBODY = 'Nobody is in your list yet: /add NAME adds somebody, F1 shows the keys.';

type TalkScreenProps = {
	readonly talk: Talk;
	readonly keyboard: Keyboard;
	readonly snapshots: ValueStore<Snapshot>;
};

export function TalkScreen({talk, keyboard, snapshots}: TalkScreenProps) {
	const snapshot = useStore(snapshots);
	const {overlay} = useStore(talk.store);
	useStore(talk.writing.drafts.store);
	useWindowSize();
	const {setCursorPosition} = useCursor();
	useLayoutEffect(() => keyboard.listen(talk.take), [keyboard, talk]);
	useLayoutEffect(() => snapshots.subscribe(talk.attend), [snapshots, talk]);
	useLayoutEffect(() => talk.attach(), [talk]);

	const {layout} = talk;
	useLayoutEffect(() => talk.drawn());
	const {rows, cursor, left, list} = screenOf(talk, snapshot, layout);
	setCursorPosition(cursor && {x: Math.min(cursor.x, layout.columns - 1), y: cursor.y});
	const width = layout.columns - left;
	const hasField = overlay?.query !== undefined && cursor !== undefined;
	return (
		<Box width={layout.columns} height={layout.rows} overflow="hidden">
			{left > 0 && <Rows rows={list} width={left} />}
			{hasField ? (
				<Box flexDirection="column" width={width}>
					<Rows rows={rows.slice(0, cursor.y)} width={width} />
					<FieldRow query={overlay.query} ask={talk.ask} width={width} />
					<Rows rows={rows.slice(cursor.y + 1)} width={width} />
				</Box>
			) : (
				<Rows rows={rows} width={width} />
			)}
		</Box>
	);
}

type FieldRowProps = {readonly query: string; readonly ask: (query: string) => void; readonly width: number};

function FieldRow({query, ask, width}: FieldRowProps) {
	const theme = useTheme();
	return (
		<Box height={1} width={width} flexShrink={0}>
			<Text {...theme.muted}>{FIELD_PROMPT}</Text>
			<Box width={Math.max(1, width - FIELD_PROMPT.length - 1)} flexShrink={0}>
				<Field value={query} onChange={ask} isActive />
			</Box>
		</Box>
	);
}

type Cursor = {readonly x: number; readonly y: number} | undefined;

type Screen = {
	/** All of the right side, in exactly the rows there are. */
	readonly rows: readonly ScreenRow[];
	readonly list: readonly ScreenRow[];
	/** Columns of the list and its border. */
	readonly left: number;
	readonly cursor: Cursor;
};

function screenOf(talk: Talk, snapshot: Snapshot, layout: Layout): Screen {
	const {connection} = snapshot;
	if (connection.state === 'stopped' && connection.problem === 'server-key') {
		const words = `The server at ${snapshot.account?.server ?? ''} has another key than the one that you joined with.`;
		return {rows: serverKeyRows(words, layout.columns).slice(0, layout.rows), list: [], left: 0, cursor: undefined};
	}

	const isListAlone = layout.list === 0 && talk.store.value.pane === 'list' && talk.store.value.overlay === undefined;
	const filter = {x: 1 + talk.store.value.filter.length, y: 0};
	if (isListAlone) return {rows: talk.listRows(layout.columns).rows, list: [], left: 0, cursor: filter};
	const left = layout.list === 0 ? 0 : layout.list + 1;
	const {rows, cursor} = talkRows(talk, snapshot, layout);
	const inTalk = cursor && {x: left + cursor.x, y: cursor.y};
	const isFiltering = talk.store.value.pane === 'list' && talk.store.value.overlay === undefined;
	return {rows, list: left === 0 ? [] : listRows(talk, layout), left, cursor: isFiltering ? filter : inTalk};
}

function listRows(talk: Talk, {list, rows}: Layout): ScreenRow[] {
	const buddies = talk.listRows(list);
	const border = span('│', 'rule');
	return Array.from({length: rows}, (_, index) => [...(buddies.rows[index] ?? fitRow(emptyRow, list)), border]);
}

function talkRows(talk: Talk, snapshot: Snapshot, layout: Layout): {rows: ScreenRow[]; cursor: Cursor} {
	const {open, overlay, notice, anchors, pane, selected} = talk.store.value;
	const {talk: width, rows: screenRows, isRoomy} = layout;
	const contact = snapshot.contacts.find(({name}) => name === open);
	const conversation = snapshot.conversations.get(open ?? '');
	const anchor = open === undefined ? undefined : anchors.get(open);

	const {banner} = talk;
	const composer = composerRows(talk.writing.draft, width, layout.composer);
	const height = messagesHeight(layout, composer.rows.length + banner.length);
	const covering = overlay && overlayRows(overlay, snapshot, width, height);
	const middle =
		covering?.rows ??
		(conversation === undefined
			? paragraph(NOBODY, width, 'muted').slice(0, height)
			: page(conversation.messages, talk.reading.rowsOf(conversation), anchor, height));
	const space = Array.from({length: Math.max(0, height - middle.length)}, () => emptyRow);
	const status = {open, notice, below: below(conversation?.messages ?? [], anchor), isRoomy};
	const {mode} = talk;
	const lines = [...banner, mode ?? statusRow(snapshot, status, width), ...composer.rows];
	// The mode is seen on a screen of one row, too.
	const bottom = mode !== undefined && selected !== undefined && screenRows === 1 ? [mode] : lines;
	const body = overlay === undefined ? [...space, ...middle] : [...middle, ...space];
	const all = [titleRow(contact, width), ...body, ...bottom];
	// A screen of one row or two keeps what is lowest.
	const rows = all.slice(-screenRows);
	const cut = all.length - rows.length;
	if (overlay?.query !== undefined && covering?.field !== undefined && cut === 0) {
		const x = Math.min(FIELD_PROMPT.length + fieldCursor(overlay.query), width - 1);
		return {rows, cursor: {x, y: 1 + covering.field}};
	}

	// Where all of a row is selected, the message is.
	if (selected !== undefined && overlay === undefined) {
		const at = rows.findIndex(row => row.length > 0 && row.every(({role}) => role === 'selected'));
		return {rows, cursor: at === -1 ? undefined : {x: 0, y: at}};
	}

	const y = rows.length - composer.rows.length + composer.cursor.y;
	const hasCursor = pane === 'input' && overlay === undefined && y >= 0;
	return {rows, cursor: hasCursor ? {x: composer.cursor.x, y} : undefined};
}
