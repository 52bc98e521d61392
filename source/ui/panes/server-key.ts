// The full page that stands between a person and a server whose key is another: nothing leads on from it.
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
		...paragraph('SOMEBODY ELSE MAY BE ANSWERING IN PLACE OF YOUR SERVER', width, 'danger'),
		emptyRow,
		...paragraph(sentence(safeText(words, {newlines: true})), width),
		emptyRow,
		...paragraph(
			'Your password has not been sent, and nothing goes on from here. Ask whoever runs the server, in person or by telephone, whether its key was replaced. If it was, they give you a new join link for a new profile. If it was not, somebody is intercepting the connection.',
			width,
		),
		emptyRow,
		...(isBox ? [] : paragraph('Ctrl-C quits.', width, 'muted')),
	];
	return firstRows(rows, width, height);
}
