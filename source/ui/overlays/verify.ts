// A safety number to compare: as digits, and as a code that a camera reads.
import {catalogue} from '../../catalogue/catalogue.ts';
import {type Overlay, type OverlaySize} from '../screen-controls.ts';
import {safeName} from '../text/safe.ts';
import {qrRows} from '../../content/qr.ts';
import {type ScreenRow, emptyRow, firstRows, fitRow, paragraph, span} from '../widgets/spans.ts';
import {moved} from './choice.ts';
import {labelRows} from './confirm.ts';

/** Cells between the digits and the code. */
const GAP = 3;
/** The narrowest column of words beside the code: four groups of digits. */
const WORDS = 23;

/** The answers; the first changes nothing. */
const ANSWERS = 2;
const labels = () => [catalogue.verify.notYet, catalogue.verify.match];

/** `digits` as the client gives them; undefined before a key is known. */
export function verifyOverlay(name: string, digits: string | undefined, chosen = 0): Overlay {
	const title = catalogue.verify.title(safeName(name));
	if (digits === undefined) {
		return {
			title,
			hint: catalogue.verify.escCloses,
			rows: ({width}) => paragraph(catalogue.verify.noNumber(safeName(name)), width),
			take: () => false,
		};
	}

	const code = qrRows(digits.replaceAll(' ', ''));
	return {
		title,
		hint: catalogue.verify.hint,
		needsAll: true,
		rows({width, height}) {
			const {hasCode, column} = columnsOf(code, {width, height});
			if (!isWhole(digits, code, {width, height})) return partRows(digits, {width, height});
			const words = [...numberRows(digits, column), emptyRow, ...paragraph(advice(name, hasCode), column)];
			const room = Math.max(0, height - ANSWERS);
			const spaced = !hasCode && words.length < room ? [...words, emptyRow] : words;
			const above = hasCode ? besideCode(spaced, code, {width, height: room}) : firstRows(spaced, column, room);
			// Below the code they have the whole width.
			const gap = hasCode && above.length + ANSWERS < height ? [emptyRow] : [];
			return [...above, ...gap, ...labelRows(labels(), chosen, {width, height: height - above.length - gap.length})];
		},
		take(key, screen, size) {
			const next = moved(chosen, key, ANSWERS);
			if (next !== undefined) screen.show(verifyOverlay(name, digits, next));
			if (key !== 'enter') return next !== undefined;
			if (chosen === 0) {
				screen.show(undefined);
			} else if (!isWhole(digits, code, size)) {
				screen.tell(catalogue.notices.largerForDigits);
			} else if (screen.client.safetyNumber(name) === digits) {
				screen.client.verify(name);
				screen.show(undefined);
				screen.tell(catalogue.notices.verified(name));
			} else {
				screen.show(verifyOverlay(name, screen.client.safetyNumber(name)));
				screen.tell(catalogue.notices.changedMeanwhile);
			}

			return true;
		},
	};
}

/** Whether there is room for all digits and both answers. */
function isWhole(digits: string, code: readonly string[], size: OverlaySize): boolean {
	return numberRows(digits, columnsOf(code, size).column).length + ANSWERS <= size.height;
}

/** As many digits as there is room for, with a mark where they are cut; the answers, of which none can be taken, leave them their rows. */
function partRows(digits: string, {width, height}: OverlaySize): readonly ScreenRow[] {
	const numbers = numberRows(digits, width);
	const hint = paragraph(catalogue.verify.tooSmall, width, 'warning');
	const rest = height - numbers.length;
	if (rest > 0) return [...numbers, ...firstRows(hint, width, rest)];
	return firstRows(numbers, width, height);
}

/** Whether the code has room beside the words, and how many cells the words have. */
function columnsOf(code: readonly string[], {width, height}: OverlaySize) {
	const side = code[0]?.length ?? 0;
	const hasCode = height >= code.length + ANSWERS && width >= side + GAP + WORDS;
	return {hasCode, column: hasCode ? width - side - GAP : width};
}

/** At most `height` rows, the code being whole. */
function besideCode(words: readonly ScreenRow[], code: readonly string[], {width, height}: OverlaySize): ScreenRow[] {
	const column = width - (code[0]?.length ?? 0) - GAP;
	const rows = Math.min(height, Math.max(words.length, code.length));
	const shown = firstRows(words, column, rows);
	return Array.from({length: rows}, (_, index) => {
		const left = fitRow(shown[index] ?? emptyRow, column);
		const right = code[index] === undefined ? emptyRow : [span(' '.repeat(GAP)), span(code[index], 'qr')];
		return fitRow([...left, ...right], width);
	});
}

/** `hasCode`: there is a code to scan. */
function advice(name: string, hasCode: boolean): string {
	const {advice: without, adviceWithCode} = catalogue.verify;
	return (hasCode ? adviceWithCode : without)(safeName(name));
}

/** Four groups a line, or fewer where there is no room. */
function numberRows(digits: string, width: number): ScreenRow[] {
	const groups = digits.split(' ');
	const perLine = Math.max(1, Math.min(4, Math.floor((width + 1) / 6)));
	const rows: ScreenRow[] = [];
	for (let at = 0; at < groups.length; at += perLine) {
		rows.push(fitRow([span(groups.slice(at, at + perLine).join(' '), 'title')], width));
	}

	return rows;
}
