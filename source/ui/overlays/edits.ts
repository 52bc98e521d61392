// What a message said before it was edited.
import {catalogue} from '../../catalogue/catalogue.ts';
import {type Overlay} from '../screen-controls.ts';
import {clockText, dayText} from '../text/time.ts';
import {safeText} from '../text/safe.ts';
import {type ScreenRow, fitRow, paragraph, span} from '../widgets/spans.ts';

/** `former`, oldest first. */
export function editsOverlay(
	former: ReadonlyArray<{readonly time: number; readonly text: string}>,
	now: number,
): Overlay {
	return {
		title: catalogue.search.edits,
		hint: catalogue.search.editsHint,
		rows({width, height}) {
			const rows: ScreenRow[] = [];
			// What is not on the screen is not laid out.
			for (let index = former.length - 1; index >= 0 && rows.length < height; index--) {
				const {time, text} = former[index]!;
				rows.push(
					fitRow([span(`${dayText(time, now)} ${clockText(time)}`, 'muted')], width),
					...paragraph(safeText(text, {newlines: true}), width),
				);
			}

			return rows.slice(0, height);
		},
		take: () => false,
	};
}
