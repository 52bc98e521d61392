// An overlay as rows: what it is and its keys, room for its field, and what it shows.
import {type Snapshot} from '../../client/snapshot.ts';
import {type Overlay} from '../overlays/overlay.ts';
import {type Row, fitRow, span, spread} from '../widgets/spans.ts';

/** What stands before a field. */
export const FIELD_PROMPT = '/ ';

/** In `height` rows at most; the field, if there is one, is drawn in the second. */
export function overlayRows(overlay: Overlay, snapshot: Snapshot, width: number, height: number): readonly Row[] {
	const head = [
		spread([span(overlay.title, 'title')], [span(overlay.hint, 'muted')], width),
		...(overlay.query === undefined ? [] : [fitRow([span(FIELD_PROMPT, 'muted'), span(overlay.query)], width)]),
	];
	return [...head, ...overlay.rows({width, height: Math.max(0, height - head.length), snapshot})].slice(0, height);
}
