// Signing up and signing in, on the screen.
import {Box, useCursor, useWindowSize} from 'ink';
import {useLayoutEffect} from 'react';
import {useCountdown} from '../hooks/use-countdown.ts';
import {type Keyboard} from '../hooks/keyboard.ts';
import {useStore} from '../hooks/use-store.ts';
import {safeText} from '../text/safe.ts';
import {wrap} from '../text/wrap.ts';
import {barRow} from '../widgets/bar.ts';
import {fieldRow} from '../widgets/composer-rows.ts';
import {Rows} from '../widgets/rows.tsx';
import {type Row, emptyRow, fitRow, span} from '../widgets/spans.ts';
import {type Entrance, type EntranceState} from './entrance.ts';

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
	const {phase} = state;
	const secondsLeft = useCountdown(phase.kind === 'locked' ? phase.until : undefined, () => entrance.unlock());

	const width = Math.max(1, Math.min(WIDTH, columns));
	const head = [fitRow([span(title, 'title')], width), emptyRow];
	const {rows, cursor} = bodyOf(state, secondsLeft, width);
	const all = [...head, ...rows];
	// Of a screen that is too low the field with the cursor stays.
	const top = Math.max(0, (cursor === undefined ? 0 : head.length + cursor.y + 1) - Math.max(1, screenRows));
	const y = cursor === undefined ? 0 : head.length + cursor.y - top;
	setCursorPosition(cursor && {x: Math.min(cursor.x, Math.max(0, columns - 1)), y});
	return (
		<Box width={Math.max(1, columns)} height={Math.max(1, screenRows)} overflow="hidden">
			<Rows rows={all.slice(top, top + Math.max(1, screenRows))} width={width} />
		</Box>
	);
}

type Body = {readonly rows: readonly Row[]; readonly cursor: {readonly x: number; readonly y: number} | undefined};

function bodyOf({fields, focus, phase, problem}: EntranceState, secondsLeft: number, width: number): Body {
	const paragraph = (words: string, role?: 'danger' | 'muted') =>
		wrap(safeText(words, {newlines: true}), width).map(line => fitRow([span(line, role)], width));
	if (phase.kind === 'server-key') {
		return {
			rows: [
				fitRow([span(' SOMEBODY ELSE MAY BE ANSWERING IN PLACE OF YOUR SERVER ', 'danger')], width),
				emptyRow,
				...paragraph(phase.words),
				emptyRow,
				...paragraph(
					'Your password has not been sent, and nothing goes on from here. Ask whoever runs the server, in person or by telephone, whether its key was replaced. If it was, they give you a new join link for a new profile. If it was not, somebody stands between you and the server.',
				),
				emptyRow,
				...paragraph('Ctrl-C leaves.', 'muted'),
			],
			cursor: undefined,
		};
	}

	const label = Math.min(LABEL, Math.floor(width / 2));
	const drawn = fields.map(({draft, isSecret}) => fieldRow(draft, width - label, isSecret));
	const form = fields.map(({label: words}, index) =>
		fitRow(
			[span(words.slice(0, label).padEnd(label), index === focus ? 'title' : 'muted'), span(drawn[index]?.text ?? '')],
			width,
		),
	);
	const isTyping = phase.kind === 'form';
	const x = label + (drawn[focus]?.x ?? 0);
	return {
		rows: [...form, emptyRow, ...belowForm()],
		cursor: isTyping ? {x, y: focus} : undefined,
	};

	function belowForm(): Row[] {
		if (phase.kind === 'working') {
			return paragraph('Making the key from the password, and asking the server …', 'muted');
		}

		if (phase.kind === 'locked') {
			return [
				...paragraph(problem === '' ? 'Too many wrong passwords.' : problem, 'danger'),
				emptyRow,
				barRow(secondsLeft / phase.seconds, `${secondsLeft} s`, width),
				...paragraph('The form comes back by itself.', 'muted'),
			];
		}

		return problem === ''
			? paragraph('Enter goes on, Tab moves, Ctrl-C leaves.', 'muted')
			: paragraph(problem, 'danger');
	}
}
