// An overlay as rows: what it is and its keys, room for its field, and what it shows.
import {type Snapshot} from '../../client/snapshot.ts';
import {type Overlay} from '../overlays/overlay.ts';
import {truncate} from '../text/width.ts';
import {type Row, fitRow, rowWidth, span, spread} from '../widgets/spans.ts';

/** What stands before a field. */
export const FIELD_PROMPT = '/ ';

/** In `height` rows at most; the field, if there is one, is drawn in the second. */
export function overlayRows(overlay: Overlay, snapshot: Snapshot, width: number, height: number): readonly Row[] {
	const head = [
		headRow(overlay, width),
		...(overlay.query === undefined ? [] : [fitRow([span(FIELD_PROMPT, 'muted'), span(overlay.query)], width)]),
	];
	return [...head, ...overlay.rows({width, height: Math.max(0, height - head.length), snapshot})].slice(0, height);
}

/** The keys at the end of the row, or, where there is no room for all of them, cut behind the title. */
function headRow({title, hint}: Overlay, width: number): Row {
	const left = [span(title, 'title'), span('  ')];
	const room = width - rowWidth(left);
	return spread(left, [span(room > 0 ? truncate(hint, room) : '', 'muted')], width);
}
