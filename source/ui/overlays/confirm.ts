// A question before something that cannot be undone. Each answer is a row, and the first row changes nothing.
import {catalogue} from '../../catalogue/catalogue.ts';
import {type ScreenRow, emptyRow, firstRows, paragraph, span} from '../widgets/spans.ts';
import {type Choice, type Overlay, type OverlaySize, type Question, type ScreenControls} from '../screen-controls.ts';
import {choiceRows, moved} from './choice.ts';

export {type Choice} from '../screen-controls.ts';

/** Cells from which on a row stays empty above the answers. */
const GAP_FROM = 30;

/**
 * Enter does what the chosen row says, which at first is nothing: an Enter that comes too early does no harm, and a letter, which
 * may be meant for the input, is none of its keys.
 */
export function confirmOverlay(question: Question, chosen = 0): Overlay {
	const {title = catalogue.decisions.sure, words, keep, choices} = question;
	const labels = [keep, ...choices.map(({label}) => label)];
	return {
		title,
		hint: catalogue.decisions.hint,
		needsAll: true,
		question,
		rows({width, height}) {
			const said = paragraph(words, width);
			const hasGap = said.length + labels.length < height && width >= GAP_FROM;
			const shown = [...firstRows(said, width, height - labels.length), ...(hasGap ? [emptyRow] : [])];
			return [...shown, ...labelRows(labels, chosen, {width, height: height - shown.length})];
		},
		take(key, screen, {width, height}) {
			const next = moved(chosen, key, labels.length);
			if (next !== undefined) screen.show(confirmOverlay(question, next));
			if (key === 'enter') {
				const isWhole = paragraph(words, width).length + labels.length <= height;
				decide(screen, choices[chosen - 1], isWhole);
			}

			return key === 'enter' || next !== undefined;
		},
	};
}

function decide(screen: ScreenControls, choice: Choice | undefined, isWhole: boolean): void {
	if (choice !== undefined && !isWhole) return screen.tell(catalogue.notices.largerForAll);
	screen.show(undefined);
	choice?.act(screen);
}

/** Labels as rows, the chosen one marked. */
export function labelRows(labels: readonly string[], chosen: number, size: OverlaySize): readonly ScreenRow[] {
	return choiceRows(labels, chosen, label => [span(label)], size);
}
