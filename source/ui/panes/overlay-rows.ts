// An overlay as rows: its title and keys, its field, and its content.
import {type Overlay, type OverlaySize} from '../screen-controls.ts';
import {truncate} from '../text/width.ts';
import {type ScreenRow, fitRow, rowWidth, span, spread} from '../widgets/spans.ts';

/** Drawn before a field. */
export const FIELD_PROMPT = '/ ';

/** The title is drawn above a field from this many rows on. */
const TITLED = 4;

/** At most `height` rows, and the index of the field's row, if there is one. */
export function overlayRows(
	overlay: Overlay,
	{width, height}: OverlaySize,
): {readonly rows: readonly ScreenRow[]; readonly field: number | undefined} {
	const {query} = overlay;
	const title = hasTitle(overlay, height) ? [headRow(overlay, width)] : [];
	const field = query === undefined ? [] : [fitRow([span(FIELD_PROMPT, 'muted'), span(query)], width)];
	const rows = [...title, ...field, ...overlay.rows(contentSize(overlay, {width, height}))].slice(0, height);
	return {rows, field: query === undefined || height < 1 ? undefined : title.length};
}

/** What is left for the overlay's own rows, below title and field. */
export function contentSize(overlay: Overlay, {width, height}: OverlaySize): OverlaySize {
	const head = Number(hasTitle(overlay, height)) + Number(overlay.query !== undefined);
	return {width, height: Math.max(0, height - head)};
}

function hasTitle({query}: Overlay, height: number): boolean {
	return query === undefined || height >= TITLED;
}

/** The title, and the keys at the end of the row; they are cut where there is no room. */
function headRow({title, hint}: Overlay, width: number): ScreenRow {
	const left = [span(title, 'title'), span('  ')];
	const room = width - rowWidth(left);
	return spread(left, [span(room > 0 ? truncate(hint, room) : '', 'muted')], width);
}
