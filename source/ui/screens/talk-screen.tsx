// Draws the signed-in screen: one frame from one snapshot, and hands it its keys.
import {Box, Text, useCursor, useWindowSize} from 'ink';
import {useLayoutEffect, useMemo} from 'react';
import {type Snapshot, otherIn} from '../../client/snapshot.ts';
import {type Keyboard} from '../hooks/keyboard.ts';
import {useSecondsSince} from '../hooks/use-seconds.ts';
import {useStore} from '../hooks/use-store.ts';
import {ThemeContext, useTheme} from '../hooks/use-theme.ts';
import {type ValueStore} from '../hooks/value-store.ts';
import {nameRole} from '../name-colours.ts';
import {type FieldPlace, PROMPT_CELLS, promptOf} from '../panes/overlay-rows.ts';
import {type Overlay} from '../screen-controls.ts';
import {Field} from '../widgets/field.tsx';
import {Rows} from '../widgets/row-list.tsx';
import {rowWidth} from '../widgets/spans.ts';
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
	useSecondsSince(state.overlay?.since ?? lookingSince(snapshot, state), talk.now);
	const {setCursorPosition} = useCursor();
	const keys = useMemo(() => new TalkKeys(talk), [talk]);
	useLayoutEffect(() => keyboard.listen(keys.take), [keyboard, keys]);
	useLayoutEffect(() => snapshots.subscribe(talk.attend), [snapshots, talk]);
	useLayoutEffect(() => talk.attach(), [talk]);

	const view = talk.viewOf(snapshot, state);
	const {layout} = view;
	useLayoutEffect(() => talk.drawnIn(layout));
	const {rows, cursor, left, list, field} = talkFrame(view);
	setCursorPosition(cursor && {x: Math.min(cursor.x, layout.columns - 1), y: cursor.y});
	const width = layout.columns - left;
	const {overlay} = state;
	// The other of the open conversation has the colour of their name in it.
	const theme = useTheme();
	const open = state.open === undefined ? undefined : nameRole(otherIn(state.open));
	const own = useMemo(() => (open === undefined ? theme : {...theme, peer: theme[open]}), [theme, open]);
	return (
		<ThemeContext value={own}>
			<Box width={layout.columns} height={layout.rows} overflow="hidden">
				{left > 0 && <Rows rows={list} width={left} />}
				{overlay?.query !== undefined && field !== undefined ? (
					<Box flexDirection="column" width={width}>
						<Rows rows={rows.slice(0, field.row)} width={width} />
						<FieldRow overlay={overlay} ask={keys.ask} place={field} width={width} />
						<Rows rows={rows.slice(field.row + 1)} width={width} />
					</Box>
				) : (
					<Rows rows={rows} width={width} />
				)}
			</Box>
		</ThemeContext>
	);
}

type FieldRowProps = {
	readonly overlay: Overlay;
	readonly ask: (query: string) => void;
	readonly place: FieldPlace;
	readonly width: number;
};

function FieldRow({overlay, ask, place: {before, after}, width}: FieldRowProps) {
	const {query = '', isSecret} = overlay;
	const theme = useTheme();
	const [start, end] = [rowWidth(before), rowWidth(after)];
	return (
		<Box height={1} width={width} flexShrink={0}>
			{start > 0 && <Rows rows={[before]} width={start} />}
			<Text {...theme.muted}>{promptOf(overlay)}</Text>
			<Box width={Math.max(1, width - start - end - PROMPT_CELLS - (end > 0 ? 0 : 1))} flexShrink={0}>
				<Field value={query} onChange={ask} isActive isSecret={isSecret === true} />
			</Box>
			{end > 0 && <Rows rows={[after]} width={end} />}
		</Box>
	);
}
