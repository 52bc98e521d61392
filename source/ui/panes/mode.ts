// The line in place of the status line while letters do not go into the input: it names the mode and its keys.
import {catalogue} from '../../catalogue/catalogue.ts';
import {SELECTION_KEYS, selectionLabel} from '../keymap.ts';
import {safeText} from '../text/safe.ts';
import {truncate} from '../text/width.ts';
import {type ScreenRow, fitRow, rowWidth, span} from '../widgets/spans.ts';

/** Enter opens what is longer than is drawn; else it leaves, as Escape does. */
const selectionHint = (isLong: boolean) =>
	SELECTION_KEYS.filter(({action}) => isLong || action !== 'open')
		.map(({keys, action}) => `${selectionLabel(keys[0] ?? '')} ${catalogue.keys.selection[action].words}`)
		.join(' · ');

const HINTS = {
	selection: () => selectionHint(false),
	'long-selection': () => selectionHint(true),
	list: () => catalogue.keys.listHint,
} as const;

/** `long-selection`: the selected message can be opened. A `notice` is shown in place of the keys. */
export function modeRow(mode: keyof typeof HINTS, notice: string, width: number): ScreenRow {
	const name = [
		span(` ${mode === 'list' ? catalogue.keys.listMode : catalogue.keys.selectMode} `, 'selected'),
		span(' '),
	];
	const room = Math.max(0, width - rowWidth(name));
	const hint = truncate(HINTS[mode](), room);
	const rest = notice === '' ? span(hint, 'muted') : span(safeText(notice, {newlines: false}), 'title');
	return fitRow([...name, rest], width);
}
