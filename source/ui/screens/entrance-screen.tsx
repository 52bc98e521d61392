// Signing up and signing in, on the screen.
import {catalogue} from '../../catalogue/catalogue.ts';
import {Box, Text, useCursor, useWindowSize} from 'ink';
import {useLayoutEffect} from 'react';
import {type Keyboard} from '../hooks/keyboard.ts';
import {useCountdown} from '../hooks/use-countdown.ts';
import {useStore} from '../hooks/use-store.ts';
import {useTheme} from '../hooks/use-theme.ts';
import {serverKeyRows} from '../panes/server-key.ts';
import {BOX_EDGES, BOX_SIDES, boxSides, boxed} from '../panes/box.ts';
import {safeText} from '../text/safe.ts';
import {sentence} from '../text/sentence.ts';
import {padTo, widthOf} from '../text/width.ts';
import {barRow} from '../widgets/bar.ts';
import {Field, fieldCursor} from '../widgets/field.tsx';
import {Rows} from '../widgets/row-list.tsx';
import {type ScreenRow, emptyRow, fitRow, paragraph, span} from '../widgets/spans.ts';
import {type Entrance, type EntranceState, type FormField} from './entrance.ts';

type EntranceScreenProps = {
	readonly entrance: Entrance;
	readonly keyboard: Keyboard;
};

/** The widest that lines of words get. */
const WIDTH = 72;
/** The narrowest column of what fields are called. */
const LABEL = 12;
/** From which size on a box is drawn around all, and the most rows above it. */
const BOXED = {columns: 50, rows: 16};
const ABOVE = 8;

export function EntranceScreen({entrance, keyboard}: EntranceScreenProps) {
	const state = useStore(entrance.store);
	const {title} = entrance;
	const {columns, rows: screenRows} = useWindowSize();
	const {setCursorPosition} = useCursor();
	useLayoutEffect(() => keyboard.listen(entrance.take), [keyboard, entrance]);
	const {phase, fields, focus} = state;
	const secondsLeft = useCountdown(phase.kind === 'locked', entrance.left, () => entrance.unlock());

	const isTyping = phase.kind === 'form';
	const isBox = columns >= BOXED.columns && screenRows >= BOXED.rows;
	const width = Math.max(1, Math.min(WIDTH, isBox ? columns - BOX_SIDES : columns));
	const above = isBox ? Math.min(ABOVE, Math.floor((screenRows - BOXED.rows) / 3)) : 0;
	const height = Math.max(1, isBox ? screenRows - BOX_EDGES - above : screenRows);
	const label = Math.min(labelColumn(), Math.floor(width / 2));
	const lines = linesOf(state, {title, secondsLeft, label, width, height, isBox});
	const at = lines.findIndex(line => 'field' in line && line.index === focus);
	// Of a screen that is too low the field with the cursor stays, and as much of what is said of it as there is room for.
	const said = lines.findIndex((line, index) => index > at && line.about !== focus);
	const typedTop = Math.max(0, Math.min(at, (said === -1 ? lines.length : said) - height));
	// Who waits sees what for.
	const waitingTop = lines.length > height ? lines.findLastIndex(line => line.about !== undefined) + 2 : 0;
	const top = isTyping ? typedTop : phase.kind === 'joining' ? waitingTop : 0;
	const current = fields[focus];
	const x = label + (current === undefined ? 0 : fieldCursor(current.value, current.isSecret));
	const left = isBox ? Math.floor((columns - width - BOX_SIDES) / 2) : 0;
	const inBox = isBox ? {x: left + BOX_SIDES / 2, y: above + 1} : {x: 0, y: 0};
	setCursorPosition(isTyping ? {x: inBox.x + Math.min(x, width - 1), y: inBox.y + at - top} : undefined);
	const {hint: typingHint, quitHint} = catalogue.entrance;
	const hint = isTyping ? typingHint : phase.kind === 'joining' ? catalogue.devices.joinHint : quitHint;
	const [upper = emptyRow, lower = emptyRow] = boxed([], {title, hint}, width + BOX_SIDES);
	const drawn = (line: Line, index: number) =>
		'field' in line ? (
			<FieldRow
				key={line.field.label}
				field={line.field}
				label={label}
				width={width}
				isActive={isTyping && line.index === focus}
				onChange={entrance.put}
			/>
		) : (
			<Rows key={`row ${top + index}`} rows={[line.row]} width={width} />
		);
	return (
		<Box
			flexDirection="column"
			width={Math.max(1, columns)}
			height={Math.max(1, screenRows)}
			paddingLeft={left}
			paddingTop={above}
			overflow="hidden"
		>
			{isBox && <Rows rows={[upper]} width={width + BOX_SIDES} />}
			{lines.slice(top, top + height).map((line, index) =>
				isBox ? (
					<Box key={'field' in line ? line.field.label : `row ${top + index}`} height={1} flexShrink={0}>
						<Rows rows={[[boxSides.left]]} width={BOX_SIDES / 2} />
						{drawn(line, index)}
						<Rows rows={[[boxSides.right]]} width={BOX_SIDES / 2} />
					</Box>
				) : (
					drawn(line, index)
				),
			)}
			{isBox && <Rows rows={[lower]} width={width + BOX_SIDES} />}
		</Box>
	);
}

/** Cells of what fields are called, and a space. */
function labelColumn(): number {
	return Math.max(LABEL, ...Object.values(catalogue.entrance.fields).map(label => widthOf(label) + 1));
}

/** A row of the screen: a field, or words; `about` is the field that they are about. */
type Line =
	| {readonly field: FormField; readonly index: number; readonly about: number}
	| {readonly row: ScreenRow; readonly about?: number};

type LinesOptions = {
	readonly title: string;
	readonly secondsLeft: number;
	/** Cells of what a field is called. */
	readonly label: number;
	readonly width: number;
	readonly height: number;
	/** Title and keys stand in the edges of a box. */
	readonly isBox: boolean;
};

function linesOf(state: EntranceState, options: LinesOptions): Line[] {
	const {title, label, width, height, isBox} = options;
	const {phase, fields, joins} = state;
	if (phase.kind === 'server-key') return serverKeyRows(phase.words, {width, height, isBox}).map(row => ({row}));
	const form = fields.flatMap((field, index): Line[] => [
		{field, index, about: index},
		...noteRows(field, label, width).map(row => ({row, about: index})),
	]);
	// Who signs up has not seen it before.
	const words = joins === undefined ? catalogue.entrance.intro : catalogue.devices.joinIntro(joins.name);
	const intro = fields.length > 1 ? [emptyRow, ...paragraph(words, width, 'muted')] : [];
	const head = isBox ? [...intro, emptyRow] : [fitRow([span(title, 'title')], width), emptyRow];
	const foot = footRows(state, options);
	const below = isBox ? [...foot, ...(foot.length > 0 ? [emptyRow] : [])] : foot;
	return [...head.map(row => ({row})), ...form, {row: emptyRow}, ...below.map(row => ({row}))];
}

/** What is wrong with a field, or should be known of it: under it, where its value stands. */
function noteRows({problem, advice}: FormField, label: number, width: number): ScreenRow[] {
	const words = sentence(safeText(problem || advice, {newlines: false}));
	if (words === '') return [];
	const role = problem === '' ? 'warning' : 'danger';
	return paragraph(words, Math.max(1, width - label), role).map(row => [span(' '.repeat(label)), ...row]);
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
					{padTo(catalogue.entrance.fields[field.label], label, '')}
				</Text>
			</Box>
			<Box width={Math.max(1, width - label - 1)} flexShrink={0}>
				<Field value={field.value} onChange={onChange} isActive={isActive} isSecret={field.isSecret} />
			</Box>
		</Box>
	);
}

function footRows({phase, problem}: EntranceState, {secondsLeft, width, isBox}: LinesOptions): ScreenRow[] {
	const words = catalogue.entrance;
	const trouble = sentence(safeText(problem, {newlines: true}));
	switch (phase.kind) {
		case 'working':
			return paragraph(words.working, width, 'muted');
		case 'joining': {
			const {joinAsked, joinAbsent, joinHint} = catalogue.devices;
			const said = phase.waits === 'asked' ? joinAsked : joinAbsent;
			return [
				...paragraph(said, width, phase.waits === 'asked' ? 'muted' : 'warning'),
				...(isBox ? [] : paragraph(joinHint, width, 'muted')),
			];
		}

		case 'locked':
			return [
				barRow(secondsLeft / phase.seconds, words.secondsLeft(secondsLeft), width),
				emptyRow,
				...paragraph(words.tooManyWrong, width, 'danger'),
				...paragraph(words.comesBack, width, 'muted'),
			];
		default:
			if (trouble !== '') return paragraph(trouble, width, 'danger');
			return isBox ? [] : paragraph(words.hintSentence, width, 'muted');
	}
}
