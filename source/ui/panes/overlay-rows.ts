// An overlay as rows: what it is and its keys, room for its field, and what it shows.
import {type Snapshot} from '../../client/snapshot.ts';
import {type Overlay} from '../overlays/overlay.ts';
import {truncate} from '../text/width.ts';
import {type ScreenRow, fitRow, rowWidth, span, spread} from '../widgets/spans.ts';

/** What stands before a field. */
export const FIELD_PROMPT = '/ ';

/** Rows from which on there is room for the title above a field. */
const TITLED = 4;

/** In `height` rows at most, and which of them is the field's, if there is one. */
export function overlayRows(
	overlay: Overlay,
	snapshot: Snapshot,
	width: number,
	height: number,
): {readonly rows: readonly ScreenRow[]; readonly field: number | undefined} {
	const {query} = overlay;
	const title = query === undefined || height >= TITLED ? [headRow(overlay, width)] : [];
	const field = query === undefined ? [] : [fitRow([span(FIELD_PROMPT, 'muted'), span(query)], width)];
	const room = Math.max(0, height - title.length - field.length);
	const rows = [...title, ...field, ...overlay.rows({width, height: room, snapshot})].slice(0, height);
	return {rows, field: query === undefined || height < 1 ? undefined : title.length};
}

/** The keys at the end of the row, or, where there is no room for all of them, cut behind the title. */
function headRow({title, hint}: Overlay, width: number): ScreenRow {
	const left = [span(title, 'title'), span('  ')];
	const room = width - rowWidth(left);
	return spread(left, [span(room > 0 ? truncate(hint, room) : '', 'muted')], width);
}
