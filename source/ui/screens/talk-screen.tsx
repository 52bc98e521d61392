// Draws the signed-in screen: one frame from one snapshot, and hands it its keys.
import {Box, Text, useCursor, useWindowSize} from 'ink';
import {useLayoutEffect, useMemo} from 'react';
import {type Snapshot} from '../../client/snapshot.ts';
import {type Keyboard} from '../hooks/keyboard.ts';
import {useSecondsSince} from '../hooks/use-seconds.ts';
import {useStore} from '../hooks/use-store.ts';
import {useTheme} from '../hooks/use-theme.ts';
import {type ValueStore} from '../hooks/value-store.ts';
import {FIELD_PROMPT} from '../panes/overlay-rows.ts';
import {Field} from '../widgets/field.tsx';
import {Rows} from '../widgets/row-list.tsx';
import {talkFrame} from './talk-frame.ts';
import {lookingSince} from './talk-view.ts';
import {TalkKeys} from './talk-keys.ts';
import {type Talk} from './talk.ts';

type TalkScreenProps = {
	readonly talk: Talk;
	readonly keyboard: Keyboard;
	readonly snapshots: ValueStore<Snapshot>;
};

export function TalkScreen({talk, keyboard, snapshots}: TalkScreenProps) {
	const snapshot = useStore(snapshots);
	const state = useStore(talk.store);
	useStore(talk.writing.drafts.store);
	useWindowSize();
	useSecondsSince(lookingSince(snapshot, state), talk.now);
	const {setCursorPosition} = useCursor();
	const keys = useMemo(() => new TalkKeys(talk), [talk]);
	useLayoutEffect(() => keyboard.listen(keys.take), [keyboard, keys]);
	useLayoutEffect(() => snapshots.subscribe(talk.attend), [snapshots, talk]);
	useLayoutEffect(() => talk.attach(), [talk]);

	const view = talk.viewOf(snapshot, state);
	const {layout} = view;
	useLayoutEffect(() => talk.drawnIn(layout));
	const {rows, cursor, left, list} = talkFrame(view);
	setCursorPosition(cursor && {x: Math.min(cursor.x, layout.columns - 1), y: cursor.y});
	const width = layout.columns - left;
	const {overlay} = state;
	const hasField = overlay?.query !== undefined && cursor !== undefined;
	return (
		<Box width={layout.columns} height={layout.rows} overflow="hidden">
			{left > 0 && <Rows rows={list} width={left} />}
			{hasField ? (
				<Box flexDirection="column" width={width}>
					<Rows rows={rows.slice(0, cursor.y)} width={width} />
					<FieldRow query={overlay.query} ask={keys.ask} width={width} />
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
