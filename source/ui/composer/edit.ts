// Editing as a pure function: what a text, and the cursor in it, become.
import {Buffer} from 'node:buffer';
import {safeText} from '../text/safe.ts';
import {graphemes} from '../text/width.ts';
import {argumentLeftOf, endOf, homeOf, leftOf, rightOf, snap, wordLeftOf, wordRightOf} from './borders.ts';
import {type Composer, type EditAction, HISTORY_LIMIT, DRAFT_LIMIT} from './composer.ts';
import {caretOf, placeAt} from './view.ts';

/** `state` after `action`. Never throws; what does not fit is left out, and `isFull` says so. */
export function edit(state: Composer, action: EditAction): Composer {
	const {text, cursor} = state;
	const calm: Composer = {...state, goal: undefined, isKilling: false, isFull: false};
	switch (action.kind) {
		case 'insert':
			return insert(calm, action.text);
		case 'newline':
			return insert(calm, '\n');
		case 'yank':
			return insert(calm, state.killed);
		case 'backspace':
			return remove(calm, leftOf(text, cursor), cursor);
		case 'delete':
			return remove(calm, cursor, rightOf(text, cursor));
		case 'left':
			return {...calm, cursor: leftOf(text, cursor)};
		case 'right':
			return {...calm, cursor: rightOf(text, cursor)};
		case 'word-left':
			return {...calm, cursor: wordLeftOf(text, cursor)};
		case 'word-right':
			return {...calm, cursor: wordRightOf(text, cursor)};
		case 'home':
			return {...calm, cursor: homeOf(text, cursor)};
		case 'end':
			return {...calm, cursor: endOf(text, cursor)};
		case 'kill-to-home': {
			const home = homeOf(text, cursor);
			return kill(state, home === cursor ? leftOf(text, cursor) : home, cursor);
		}

		case 'kill-to-end': {
			const end = endOf(text, cursor);
			return kill(state, cursor, end === cursor ? rightOf(text, cursor) : end);
		}

		case 'kill-word-left':
			return kill(state, wordLeftOf(text, cursor), cursor);
		case 'kill-word-right':
			return kill(state, cursor, wordRightOf(text, cursor));
		case 'kill-argument':
			return kill(state, argumentLeftOf(text, cursor), cursor);
		case 'up':
			return vertical(state, -1, action.columns);
		case 'down':
			return vertical(state, 1, action.columns);
		case 'set':
			return insert({...calm, text: '', cursor: 0}, action.text);
		case 'clear':
			return {...calm, text: '', cursor: 0};
		case 'sent':
			return {...calm, text: '', cursor: 0, history: remembered(state)};
	}
}

function insert(state: Composer, typed: string): Composer {
	const after = state.text.slice(state.cursor);
	// Together with what stands before it: a mark belongs to the letter there. More than the limit cannot fit.
	const whole = safeText(state.text.slice(0, state.cursor) + typed.slice(0, DRAFT_LIMIT), {newlines: true});
	const before = fitting(whole, DRAFT_LIMIT - Buffer.byteLength(after));
	const text = before + after;
	return {...state, text, cursor: snap(text, before.length), isFull: before !== whole || typed.length > DRAFT_LIMIT};
}

/** As many graphemes of `text` as `size` bytes of UTF-8 hold. */
function fitting(text: string, size: number): string {
	if (Buffer.byteLength(text) <= size) return text;
	let left = size;
	let end = 0;
	for (const grapheme of graphemes(text)) {
		left -= Buffer.byteLength(grapheme);
		if (left < 0) break;
		end += grapheme.length;
	}

	return text.slice(0, end);
}

function remove(state: Composer, from: number, to: number): Composer {
	const text = state.text.slice(0, from) + state.text.slice(to);
	return {...state, text, cursor: snap(text, from)};
}

/** Cuts; a cut that follows a cut adds to it, on the side that it was made. */
function kill(state: Composer, from: number, to: number): Composer {
	const {text, cursor, isKilling} = state;
	const cut = text.slice(from, to);
	const before = isKilling ? state.killed : '';
	const killed = from < cursor ? cut + before : before + cut;
	const removed = remove({...state, goal: undefined, isFull: false}, from, to);
	return cut === '' ? {...removed, isKilling} : {...removed, killed, isKilling: true};
}

/** A row up or down; at the first and the last one through the history, if nothing was written. */
function vertical(state: Composer, step: 1 | -1, columns: number): Composer {
	const {text, cursor, goal, history, place} = state;
	const calm: Composer = {...state, goal: undefined, isKilling: false, isFull: false};
	const caret = caretOf(text, cursor, columns);
	const column = goal ?? caret.column;
	const next = placeAt(text, {row: caret.row + step, column}, columns);
	if (next !== undefined) return {...calm, goal: column, cursor: next};
	const isLooking = text !== '' && text === history[place];
	if (text !== '' && !isLooking) return {...calm, goal};
	const sought = (isLooking ? place : history.length) + step;
	if (sought < 0 || sought > history.length) return calm;
	const found = history[sought] ?? '';
	return {...calm, text: found, cursor: found.length, place: sought};
}

function remembered({text, history}: Composer): readonly string[] {
	return text === '' || text === history.at(-1) ? history : [...history, text].slice(-HISTORY_LIMIT);
}
