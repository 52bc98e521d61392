// A message that offers a file, in place of a text: the name, the size, and how it stands.
import path from 'node:path';
import {type Transfer} from '../../client/snapshot.ts';
import {sizeText} from '../text/file-size.ts';
import {truncate, widthOf} from '../text/width.ts';
import {wrap} from '../text/wrap.ts';
import {type ThemeRole} from '../theme.ts';
import {barRow} from '../widgets/bar.ts';
import {type ScreenRow, fitRow, rowWidth, span} from '../widgets/spans.ts';
import {
	type OfferMessage,
	type OfferState,
	fileName,
	offerState,
	progressWords,
	shareOf,
	offerWords,
} from './offer-state.ts';

const SIGN = '▤ ';
/** Cells: between two things, the fewest of a name beside its size, those of a short bar, and the most that a bar has with its words. */
const SPACE = 2;
const LEAST_NAME = 6;
const SHORT_BAR = 8;
const BAR_LIMIT = 64;
/** What stays free behind a bar: for the time, and for what became of the message. */
const END = 9;
/** In fewer cells a state is cut, so that the name stays in sight. */
const NARROW = 30;

type FileLook = {
	/** Cells. */
	readonly width: number;
	/** Of this device. */
	readonly transfer: Transfer | undefined;
	readonly isSelected: boolean;
};

/** Rows of at most `width` cells. */
export function offerRows(message: OfferMessage, look: FileLook): ScreenRow[] {
	return laidOut(message, look).map(row => (rowWidth(row) > look.width ? fitRow(row, look.width) : row));
}

function laidOut(message: OfferMessage, {width, transfer, isSelected}: FileLook): ScreenRow[] {
	const state = offerState(message, transfer);
	const size = sizeText(message.file.size);
	const room = width - SIGN.length - SPACE - widthOf(size);
	const isBeside = room >= LEAST_NAME;
	const sizeSpan = span(size, 'muted');
	const name = span(cutName(fileName(message), isBeside ? room : width - SIGN.length), 'title');
	const head: ScreenRow = [span(SIGN, 'muted'), name, ...(isBeside ? [span(' '.repeat(SPACE)), sizeSpan] : [])];
	const below = isBeside ? [] : [[indent, sizeSpan]];
	if (state.kind === 'running') return [head, ...below, progressRow(state, width)];
	const role = roleOf(state);
	const mark = state.kind === 'failed' ? '! ' : '';
	const words = `${mark}${offerWords(message, state, isSelected)}`;
	if (isBeside && rowWidth(head) + SPACE + widthOf(words) <= width) {
		return [[...head, span(' '.repeat(SPACE)), span(words, role)]];
	}

	const column = Math.max(1, width - SPACE);
	const lines = width < NARROW && mark === '' ? [truncate(words, column)] : wrap(words, column);
	return [head, ...below, ...lines.map(line => [indent, span(line, role)])];
}

const indent = span(' '.repeat(SPACE));

function roleOf({kind}: OfferState): ThemeRole {
	if (kind === 'failed') return 'danger';
	return kind === 'done' ? 'good' : 'muted';
}

function progressRow(state: Parameters<typeof progressWords>[0], width: number): ScreenRow {
	const parts = progressWords(state);
	const text = () => parts.join('  ');
	const room = Math.max(1, Math.min(width < NARROW ? width : width - END, BAR_LIMIT) - SPACE);
	while (parts.length > 1 && widthOf(text()) > room - SHORT_BAR - SPACE) parts.pop();
	return [indent, ...barRow(shareOf(state), text(), room)];
}

/** A name in at most `width` cells: cut in the middle, so that its end says what it is. */
export function cutName(name: string, width: number): string {
	if (widthOf(name) <= width) return name;
	const {ext} = path.parse(name);
	const end = widthOf(ext) <= width - 2 ? ext : '';
	return truncate(end === '' ? name : name.slice(0, -end.length), width - widthOf(end)) + end;
}
