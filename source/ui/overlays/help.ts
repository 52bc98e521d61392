// The help: every key and every command, each from its own table.
import {EDIT_KEYS} from '../composer/edit-keys.ts';
import {type Keymap, SELECTION_KEYS, keyLabel, selectionLabel} from '../keymap.ts';
import {type Overlay} from '../screen-controls.ts';
import {type SlashCommand} from '../slash-command.ts';
import {truncate, widthOf} from '../text/width.ts';
import {type ScreenRow, emptyRow, fitRow, span} from '../widgets/spans.ts';
import {movedPage, pageRows} from './choice.ts';

const KEY_COLUMN = 30;

export function helpOverlay(keymap: Keymap, commands: readonly SlashCommand[], top = 0): Overlay {
	const lines = helpLines(keymap, commands);
	return {
		title: 'Help',
		hint: '↑ ↓ scroll · Esc closes',
		rows: ({width, height}) =>
			pageRows(
				lines.map(line => drawn(line, width)),
				top,
				{width, height},
			),
		take(key, screen, {height}) {
			if (key === 'enter') screen.show(undefined);
			const next = movedPage(top, key, lines.length, height);
			if (next !== undefined) screen.show(helpOverlay(keymap, commands, next));
			return key === 'enter' || next !== undefined;
		},
	};
}

type Line = {readonly left: string; readonly help: string} | {readonly heading: string; readonly aside: string};

function helpLines({bindings}: Keymap, commands: readonly SlashCommand[]): Line[] {
	return [
		{heading: 'Keys', aside: '/settings changes them'},
		...bindings.flatMap(({keys, shown, help}) =>
			help === undefined ? [] : [{left: shown ?? (keys.map(keyLabel).join(', ') || 'no key'), help}],
		),
		{heading: 'With a message selected', aside: 'any other letter goes into the input'},
		...SELECTION_KEYS.map(({keys, help}) => ({left: keys.map(selectionLabel).join(', '), help})),
		{heading: 'Editing', aside: ''},
		...EDIT_KEYS.map(({keys, help}) => ({left: keys.map(keyLabel).join(', '), help})),
		{heading: 'Commands', aside: '// begins a message with a slash'},
		...commands.map(({name, words, help}) => ({left: `/${name} ${words}`.trim(), help})),
	];
}

function drawn(line: Line, width: number): ScreenRow {
	if ('heading' in line) {
		return fitRow(
			[
				span('── ', 'rule'),
				span(line.heading, 'title'),
				...(line.aside === '' ? emptyRow : [span(` · ${line.aside}`, 'muted')]),
				span(` ${'─'.repeat(width)}`, 'rule'),
			],
			width,
			'',
		);
	}

	const column = Math.min(KEY_COLUMN, Math.floor(width / 2));
	const left = `${line.left.padEnd(column)} `;
	return fitRow([span(left, 'title'), span(truncate(line.help, Math.max(0, width - widthOf(left))))], width);
}
