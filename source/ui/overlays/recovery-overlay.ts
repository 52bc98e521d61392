// Recovery words: shown once, and asked back, before the account is recovered by them; and typed to be taken away. They are in this overlay
// and nowhere else.
import {catalogue} from '../../catalogue/catalogue.ts';
import {type NewRecovery, WORD_COLUMN, typedWords, wordColumns} from '../../client/facade.ts';
import {type Overlay, type OverlaySize} from '../screen-controls.ts';
import {safeName, safeText} from '../text/safe.ts';
import {sentence} from '../text/sentence.ts';
import {type ScreenRow, emptyRow, fitRow, paragraph, span} from '../widgets/spans.ts';
import {showWorking, workingOverlay} from './working.ts';

/** The most columns of words. */
const COLUMNS = 3;

export type ShownRecovery = NewRecovery & {readonly name: string; readonly advice: string};

/** The words. `trouble`: why they are shown once more. */
export function recoveryOverlay(recovery: ShownRecovery, trouble = ''): Overlay {
	const words = catalogue.recovery;
	return {
		title: words.title,
		hint: words.copyHint,
		needsAll: true,
		rows: size => shownRows(recovery, trouble, size) ?? paragraph(words.tooSmall, size.width, 'warning'),
		take(key, screen, size) {
			if (key !== 'enter') return false;
			if (shownRows(recovery, trouble, size) !== undefined) screen.show(askedOverlay(recovery, 0));
			return true;
		},
	};
}

/** Asks for the word number `turn` of those that are asked back. */
function askedOverlay(recovery: ShownRecovery, turn: number, query = ''): Overlay {
	const words = catalogue.recovery;
	const place = recovery.asked[turn] ?? 0;
	const question = words.askWord(place + 1, recovery.words.length).replace(/[:：]\s*$/u, '');
	return {
		title: words.title,
		hint: words.askHint,
		query,
		isAnswer: true,
		ask: typed => askedOverlay(recovery, turn, typed),
		rows: ({width, height}) => paragraph(question, width).slice(0, height),
		take(key, screen) {
			if (key !== 'enter') return false;
			const [typed] = typedWords(query);
			if (typed === undefined) return true;
			if (typed !== recovery.words[place]) screen.show(recoveryOverlay(recovery, words.otherWord));
			else if (turn + 1 < recovery.asked.length) screen.show(askedOverlay(recovery, turn + 1));
			else {
				void showWorking(screen, workingOverlay(words.title, words.wait), {
					work: async () => screen.client.recovery.admit(recovery),
					done: words.made(recovery.name),
					again: () => undefined,
				});
			}

			return true;
		},
	};
}

/** Takes away the words that are typed. `trouble`: why they are asked for once more. */
export function removedRecoveryOverlay(query = '', trouble = ''): Overlay {
	const words = catalogue.recovery;
	return {
		title: words.removeTitle,
		hint: words.removeHint,
		query,
		ask: typed => removedRecoveryOverlay(typed),
		rows: ({width, height}) => {
			const said = trouble === '' ? [] : paragraph(safeText(trouble, {newlines: false}), width, 'warning');
			return [...said, ...paragraph(words.removeWords, width)].slice(0, height);
		},
		take(key, screen) {
			if (key !== 'enter') return false;
			if (query.trim() === '') return true;
			void showWorking(screen, workingOverlay(words.removeTitle, words.wait), {
				work: async () => screen.client.recovery.remove(query),
				done: sentence(words.removed),
				again: refusal => removedRecoveryOverlay(query, refusal),
			});
			return true;
		},
	};
}

/** Undefined where not all of it has room. */
function shownRows(
	{words, name, advice}: ShownRecovery,
	trouble: string,
	{width, height}: OverlaySize,
): ScreenRow[] | undefined {
	const columns = Math.max(1, Math.min(COLUMNS, Math.floor(width / WORD_COLUMN)));
	const rows = wordColumns(words, columns);
	if (rows.some(row => row.length > width)) return undefined;
	const said = [
		...(trouble === '' ? [] : paragraph(safeText(trouble, {newlines: false}), width, 'warning')),
		...paragraph(catalogue.recovery.copy(safeName(name)), width),
		...(advice === '' ? [] : paragraph(sentence(safeText(advice, {newlines: false})), width, 'muted')),
	];
	const drawn = rows.map(row => fitRow([span(row, 'title')], width));
	if (said.length + drawn.length > height) return undefined;
	return said.length + drawn.length < height ? [...said, emptyRow, ...drawn] : [...said, ...drawn];
}
