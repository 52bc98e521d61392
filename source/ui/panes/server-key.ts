// The full page that stands between a person and a server whose key is another: nothing leads on from it.
import {catalogue} from '../../catalogue/catalogue.ts';
import {safeText} from '../text/safe.ts';
import {sentence} from '../text/sentence.ts';
import {type ScreenRow, emptyRow, firstRows, paragraph} from '../widgets/spans.ts';

type Page = {
	readonly width: number;
	readonly height: number;
	/** The key that quits stands in the edge of a box around the page. */
	readonly isBox: boolean;
};

/** `words` say what was found. At most `height` rows; the last one ends with a mark where more would follow. */
export function serverKeyRows(words: string, {width, height, isBox}: Page): readonly ScreenRow[] {
	const rows = [
		...paragraph(catalogue.decisions.serverKeyHeading, width, 'danger'),
		emptyRow,
		...paragraph(sentence(safeText(words, {newlines: true})), width),
		emptyRow,
		...paragraph(catalogue.decisions.serverKey, width),
		emptyRow,
		...(isBox ? [] : paragraph(catalogue.decisions.ctrlCQuits, width, 'muted')),
	];
	return firstRows(rows, width, height);
}
