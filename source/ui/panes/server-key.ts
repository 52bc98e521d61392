// The full page that stands between a person and a server whose key is another: nothing leads on from it.
import {catalogue} from '../../catalogue/catalogue.ts';
import {safeText} from '../text/safe.ts';
import {sentence} from '../text/sentence.ts';
import {type ScreenRow, emptyRow, paragraph} from '../widgets/spans.ts';

/** `words` say what was found. */
export function serverKeyRows(words: string, width: number): ScreenRow[] {
	return [
		...paragraph(catalogue.decisions.serverKeyHeading, width, 'danger'),
		emptyRow,
		...paragraph(sentence(safeText(words, {newlines: true})), width),
		emptyRow,
		...paragraph(catalogue.decisions.serverKey, width),
		emptyRow,
		...paragraph(catalogue.decisions.ctrlCQuits, width, 'muted'),
	];
}
