// The help: every key and every command, each from its own table.
import {SLASH_COMMANDS} from '../commands.ts';
import {EDIT_KEYS} from '../composer/edit-keys.ts';
import {type Keymap, SELECTION_KEYS, keyLabel, selectionLabel} from '../keymap.ts';
import {truncate, widthOf} from '../text/width.ts';
import {type ScreenRow, emptyRow, fitRow, span} from '../widgets/spans.ts';
import {moved} from './choice.ts';
import {type Overlay} from './overlay.ts';

const KEY_COLUMN = 30;

export function helpOverlay(keymap: Keymap, top = 0): Overlay {
	const lines = helpLines(keymap);
	/** The first line of the last page, when it was drawn last. */
	let end = lines.length;
	return {
		title: 'Help',
		hint: '↑ ↓ move, Esc closes',
		rows({width, height}) {
			end = Math.max(0, lines.length - height);
			const first = Math.min(top, end);
			return lines.slice(first, first + height).map(line => drawn(line, width));
		},
		take(key, screen) {
			if (key === 'enter') screen.show(undefined);
			const next = moved(Math.min(top, end), key, end + 1);
			if (next !== undefined) screen.show(helpOverlay(keymap, next));
			return key === 'enter' || next !== undefined;
		},
	};
}

type Line = {readonly left: string; readonly help: string} | {readonly heading: string; readonly aside: string};

function helpLines({bindings}: Keymap): Line[] {
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
		...SLASH_COMMANDS.map(({name, words, help}) => ({left: `/${name} ${words}`.trim(), help})),
	];
}

function drawn(line: Line, width: number): ScreenRow {
	if ('heading' in line) {
		return fitRow(
			[span(line.heading, 'peer'), ...(line.aside === '' ? emptyRow : [span(`   ${line.aside}`, 'muted')])],
			width,
		);
	}

	const column = Math.min(KEY_COLUMN, Math.floor(width / 2));
	const left = `${line.left.padEnd(column)} `;
	return fitRow([span(left, 'title'), span(truncate(line.help, Math.max(0, width - widthOf(left))))], width);
}
