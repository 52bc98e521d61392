// The path doctor: what is known of the path to the directory and to each contact, and one thing to do about it.
import {type Diagnosis, type Finding, findingsOf, nextStep} from '../../client/facade.ts';
import {catalogue} from '../../catalogue/catalogue.ts';
import {type Overlay} from '../screen-controls.ts';
import {safeName, safeText} from '../text/safe.ts';
import {padTo, widthOf} from '../text/width.ts';
import {type ThemeRole} from '../theme.ts';
import {type ScreenRow, fitRow, paragraph, span} from '../widgets/spans.ts';
import {movedPage, pageRows} from './choice.ts';

/** The narrowest column of labels. */
const LABEL = 18;

/** How each grade looks, beside its words. */
const LOOKS: Readonly<Record<Finding['grade'], {readonly glyph: string; readonly role: ThemeRole}>> = {
	good: {glyph: '✓', role: 'good'},
	warning: {glyph: '~', role: 'warning'},
	bad: {glyph: '!', role: 'danger'},
	plain: {glyph: '·', role: 'muted'},
};

export type DoctorOptions = {
	/** Local ms. */
	readonly now: () => number;
	/** What was dropped, too. */
	readonly isVerbose?: boolean;
	/** The first row on show. */
	readonly top?: number;
};

export function doctorOverlay(diagnosis: Diagnosis, options: DoctorOptions): Overlay {
	const {now, isVerbose = false, top = 0} = options;
	const allRows = (width: number) => {
		const found = findingsOf(diagnosis, {problems: catalogue.status.problems, now: now()});
		const all = isVerbose ? [...found, ...droppedFindings(diagnosis)] : found;
		return [...stepRows(nextStep(found), width), ...all.flatMap(finding => findingRows(finding, width))];
	};

	return {
		title: catalogue.doctorScreen.title,
		hint: catalogue.doctorScreen.hint,
		renew: screen => doctorOverlay(screen.client.diagnose(), options),
		rows: size => pageRows(allRows(size.width), top, size),
		take(key, screen, {width, height}) {
			const next = movedPage(top, key, allRows(width).length, height);
			if (next !== undefined) screen.show(doctorOverlay(diagnosis, {...options, top: next}));
			return key === 'enter' || next !== undefined;
		},
	};
}

/** Reasons as the protocol calls them: for whoever looks for a fault. */
function droppedFindings({dropped}: Diagnosis): Finding[] {
	const label = catalogue.doctorScreen.dropped;
	if (dropped.length === 0) return [{label, grade: 'plain', words: catalogue.doctorScreen.nothingDropped}];
	return dropped.map(({source, reason, count}, index) => ({
		label: index === 0 ? label : '',
		grade: 'plain',
		words: `${count} × ${source}: ${reason}`,
	}));
}

/** What to do comes first: the rest may be more than there is room for. */
function stepRows(step: string | undefined, width: number): ScreenRow[] {
	const words = step ?? catalogue.doctorScreen.noStep;
	return labelledRows(
		{glyph: '›', role: step === undefined ? 'muted' : 'title'},
		catalogue.doctor.labels.nextStep,
		words,
		width,
	);
}

function findingRows({label, grade, words}: Finding, width: number): ScreenRow[] {
	const {glyph, role} = LOOKS[grade];
	// What belongs to the finding before it has no glyph of its own.
	const shown = label === '' && grade === 'plain' ? ' ' : glyph;
	return labelledRows({glyph: shown, role}, label === '' ? '' : safeName(label), words, width);
}

/** Cells of labels, and a space. */
function labelColumn(): number {
	return Math.max(LABEL, ...Object.values(catalogue.doctor.labels).map(label => widthOf(label) + 1));
}

function labelledRows(
	{glyph, role}: {readonly glyph: string; readonly role: ThemeRole},
	label: string,
	words: string,
	width: number,
): ScreenRow[] {
	const column = Math.min(labelColumn(), Math.floor(width / 3));
	const head: ScreenRow = [span(`${glyph} `, role), span(`${padTo(label, column - 1)} `)];
	const safe = safeText(words, {newlines: false});
	return paragraph(safe, Math.max(1, width - column - 2), role === 'good' ? undefined : role).map((row, index) =>
		fitRow(index === 0 ? [...head, ...row] : [span(' '.repeat(column + 2)), ...row], width),
	);
}
