// The help: every key and every command, each from its own table.
import {catalogue} from '../../catalogue/catalogue.ts';
import {EDIT_KEYS} from '../composer/edit-keys.ts';
import {type Keymap, SELECTION_KEYS, helpOf, keyLabel, keysText, selectionLabel} from '../keymap.ts';
import {type Overlay} from '../screen-controls.ts';
import {type SlashCommand} from '../slash-command.ts';
import {widthOf} from '../text/width.ts';
import {type ScreenRow, emptyRow, fitRow, paragraph, span} from '../widgets/spans.ts';
import {movedPage, pageRows} from './choice.ts';

/** Cells of keys and commands, where there are so many in all, and where there are fewer. */
const KEY_COLUMN = 30;
const WIDE = 76;
const NARROW_COLUMN = 20;

export function helpOverlay(keymap: Keymap, commands: readonly SlashCommand[], top = 0): Overlay {
	const lines = helpLines(keymap, commands);
	const rowsIn = (width: number) => lines.flatMap(line => drawn(line, width));
	return {
		title: catalogue.help.title,
		hint: catalogue.help.hint,
		rows: size => pageRows(rowsIn(size.width), top, size),
		take(key, screen, {width, height}) {
			if (key === 'enter') screen.show(undefined);
			const next = movedPage(top, key, rowsIn(width).length, height);
			if (next !== undefined) screen.show(helpOverlay(keymap, commands, next));
			return key === 'enter' || next !== undefined;
		},
	};
}

type Line = {readonly left: string; readonly help: string} | {readonly heading: string; readonly aside: string};

function helpLines({bindings}: Keymap, commands: readonly SlashCommand[]): Line[] {
	const headings = catalogue.help;
	return [
		{heading: headings.keys, aside: headings.keysAside},
		...bindings.flatMap(binding => {
			const help = helpOf(binding);
			return help === undefined ? [] : [{left: keysText(binding), help}];
		}),
		{heading: headings.selected, aside: headings.selectedAside},
		...SELECTION_KEYS.map(({keys, action}) => ({
			left: keys.map(selectionLabel).join(', '),
			help: catalogue.keys.selection[action].help,
		})),
		{heading: headings.editing, aside: ''},
		...EDIT_KEYS.map(({keys, edit}) => ({
			left: keys.map(keyLabel).join(', '),
			help: catalogue.keys.editing[edit],
		})),
		{heading: headings.commands, aside: headings.commandsAside},
		...commands.map(({name, words, help}) => ({left: `/${name} ${words}`.trim(), help})),
	];
}

/** What a line needs: more than one row where its words have no room in one. */
function drawn(line: Line, width: number): ScreenRow[] {
	if ('heading' in line) {
		const aside = line.aside === '' ? emptyRow : [span(` · ${line.aside}`, 'muted')];
		const words = [span('── ', 'rule'), span(line.heading, 'title'), ...aside];
		return [fitRow([...words, span(` ${'─'.repeat(width)}`, 'rule')], width, '')];
	}

	const column = width < WIDE ? Math.min(NARROW_COLUMN, Math.floor(width / 2)) : KEY_COLUMN;
	const left = span(`${line.left}${' '.repeat(Math.max(0, column - widthOf(line.left)))} `, 'title');
	const isBeside = widthOf(left.text) === column + 1;
	const words = paragraph(line.help, Math.max(1, width - column - 1)).map((row, index) =>
		fitRow([index === 0 && isBeside ? left : span(' '.repeat(column + 1)), ...row], width),
	);
	return isBeside ? words : [fitRow([left], width), ...words];
}
