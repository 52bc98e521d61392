// The line in place of the status line while letters do not go into the input: it names the mode and its keys.
import {catalogue} from '../../catalogue/catalogue.ts';
import {SELECTION_KEYS, selectionLabel} from '../keymap.ts';
import {safeText} from '../text/safe.ts';
import {truncate} from '../text/width.ts';
import {type ScreenRow, fitRow, rowWidth, span} from '../widgets/spans.ts';

/** What Enter and x do with the selected message, where that is not what they do with any. */
export type SelectionMode = {
	/** Enter opens or folds it. */
	readonly isLong?: boolean;
	/** It offers a file, which Enter gets. */
	readonly canGet?: boolean;
	/** How x gets rid of the file. */
	readonly refusal?: 'decline' | 'stop' | undefined;
};

/** Where Enter has nothing to do with the message it leaves, as Escape does. */
function selectionHint({isLong = false, canGet = false, refusal}: SelectionMode): string {
	const {selection, file} = catalogue.keys;
	const shown = SELECTION_KEYS.filter(({action}) => isLong || canGet || action !== 'open');
	const isOfFile = ({action}: (typeof SELECTION_KEYS)[number]) => action === 'take-back' && refusal !== undefined;
	const [first, ...rest] = shown.filter(key => !isOfFile(key));
	const at = canGet ? 1 : 0;
	const keys = [
		...(first === undefined ? [] : [first]),
		...rest.slice(0, at),
		...shown.filter(isOfFile),
		...rest.slice(at),
	];
	const words = (action: (typeof SELECTION_KEYS)[number]['action']) => {
		if (action === 'open' && canGet) return file.get;
		return action === 'take-back' && refusal !== undefined ? file[refusal] : selection[action].words;
	};

	return keys.map(({keys: [key = ''], action}) => `${selectionLabel(key)} ${words(action)}`).join(' · ');
}

/** A `notice` is shown in place of the keys. */
export function modeRow(mode: 'list' | SelectionMode, notice: string, width: number): ScreenRow {
	const isList = mode === 'list';
	const name = [span(` ${isList ? catalogue.keys.listMode : catalogue.keys.selectMode} `, 'selected'), span(' ')];
	const room = Math.max(0, width - rowWidth(name));
	const hint = truncate(isList ? catalogue.keys.listHint : selectionHint(mode), room);
	const rest = notice === '' ? span(hint, 'muted') : span(safeText(notice, {newlines: false}), 'title');
	return fitRow([...name, rest], width);
}
