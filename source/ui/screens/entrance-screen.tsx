// Signing up and signing in, on the screen.
import {Box, Text, useCursor, useWindowSize} from 'ink';
import {useLayoutEffect} from 'react';
import {type Keyboard} from '../hooks/keyboard.ts';
import {useCountdown} from '../hooks/use-countdown.ts';
import {useStore} from '../hooks/use-store.ts';
import {useTheme} from '../hooks/use-theme.ts';
import {serverKeyRows} from '../panes/server-key.ts';
import {safeText} from '../text/safe.ts';
import {barRow} from '../widgets/bar.ts';
import {Field, fieldCursor} from '../widgets/field.tsx';
import {Rows} from '../widgets/row-list.tsx';
import {type ScreenRow, emptyRow, fitRow, paragraph, span} from '../widgets/spans.ts';
import {type Entrance, type EntranceState, type FormField} from './entrance.ts';

type EntranceScreenProps = {
	readonly entrance: Entrance;
	readonly keyboard: Keyboard;
	/** What is signed up for or in to. */
	readonly title: string;
};

/** The widest that lines of words get. */
const WIDTH = 72;
const LABEL = 12;

export function EntranceScreen({entrance, keyboard, title}: EntranceScreenProps) {
	const state = useStore(entrance.store);
	const {columns, rows: screenRows} = useWindowSize();
	const {setCursorPosition} = useCursor();
	useLayoutEffect(() => keyboard.listen(entrance.take), [keyboard, entrance]);
	const {phase, fields, focus} = state;
	const secondsLeft = useCountdown(phase.kind === 'locked', entrance.left, () => entrance.unlock());

	const width = Math.max(1, Math.min(WIDTH, columns));
	const height = Math.max(1, screenRows);
	const isTyping = phase.kind === 'form';
	const head = phase.kind === 'server-key' ? [] : [fitRow([span(title, 'title')], width), emptyRow];
	const form = phase.kind === 'server-key' ? [] : fields;
	const foot =
		phase.kind === 'server-key'
			? serverKeyRows(phase.words, width)
			: [emptyRow, ...footRows(state, secondsLeft, width)];
	// Of a screen that is too low the field with the cursor stays.
	const top = isTyping ? Math.max(0, head.length + focus + 1 - height) : 0;
	const label = Math.min(LABEL, Math.floor(width / 2));
	const current = fields[focus];
	const x = label + (current === undefined ? 0 : fieldCursor(current.value, current.isSecret));
	setCursorPosition(isTyping ? {x: Math.min(x, width - 1), y: head.length + focus - top} : undefined);
	return (
		<Box flexDirection="column" width={Math.max(1, columns)} height={height} overflow="hidden">
			<Rows rows={head.slice(top)} width={width} />
			{form.slice(Math.max(0, top - head.length), Math.max(0, top - head.length) + height).map(field => (
				<FieldRow
					key={field.label}
					field={field}
					label={label}
					width={width}
					isActive={isTyping && field === current}
					onChange={entrance.put}
				/>
			))}
			<Rows rows={foot.slice(0, Math.max(0, height - head.length - form.length + top))} width={width} />
		</Box>
	);
}

type FieldRowProps = {
	readonly field: FormField;
	readonly label: number;
	readonly width: number;
	readonly isActive: boolean;
	readonly onChange: (value: string) => void;
};

function FieldRow({field, label, width, isActive, onChange}: FieldRowProps) {
	const theme = useTheme();
	return (
		<Box height={1} width={width} flexShrink={0}>
			<Box width={label} flexShrink={0}>
				<Text wrap="truncate-end" {...theme[isActive ? 'title' : 'muted']}>
					{field.label.slice(0, label).padEnd(label)}
				</Text>
			</Box>
			<Box width={Math.max(1, width - label - 1)} flexShrink={0}>
				<Field value={field.value} onChange={onChange} isActive={isActive} isSecret={field.isSecret} />
			</Box>
		</Box>
	);
}

function footRows({phase, problem}: EntranceState, secondsLeft: number, width: number): ScreenRow[] {
	const words = safeText(problem, {newlines: true});
	switch (phase.kind) {
		case 'working':
			return paragraph('Making the key from the password, and asking the server …', width, 'muted');
		case 'locked':
			return [
				barRow(secondsLeft / phase.seconds, `${secondsLeft} s`, width),
				emptyRow,
				...paragraph('Too many wrong passwords.', width, 'danger'),
				...paragraph('The form comes back by itself.', width, 'muted'),
			];
		default:
			return words === ''
				? paragraph('Enter goes on, Tab moves, Ctrl-C leaves.', width, 'muted')
				: paragraph(words, width, 'danger');
	}
}
