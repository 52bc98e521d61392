// The line in place of the status line while letters do not go into the input: it names the mode and its keys.
import {SELECTION_KEYS, selectionLabel} from '../keymap.ts';
import {safeText} from '../text/safe.ts';
import {truncate} from '../text/width.ts';
import {type ScreenRow, fitRow, rowWidth, span} from '../widgets/spans.ts';

const SELECTION_HINT = SELECTION_KEYS.map(({keys, words}) => `${selectionLabel(keys[0] ?? '')} ${words}`).join(' · ');
const LIST_HINT = 'Esc leaves · letters filter the list · ↑ ↓ move · Enter opens';

/** A `notice` is shown in place of the keys. */
export function modeRow(mode: 'selection' | 'list', notice: string, width: number): ScreenRow {
	const name = [span(mode === 'selection' ? ' SELECT ' : ' LIST ', 'selected'), span(' ')];
	const room = Math.max(0, width - rowWidth(name));
	const hint = truncate(mode === 'selection' ? SELECTION_HINT : LIST_HINT, room);
	const rest = notice === '' ? span(hint, 'muted') : span(safeText(notice, {newlines: false}), 'warning');
	return fitRow([...name, rest], width);
}
