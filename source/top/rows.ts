// The whole screen as rows. Pure.
import {type Row, emptyRow, fitRow, span, spread} from '../ui/widgets/spans.ts';
import {figuresRow, paceRows, titleRow} from './head.ts';
import {type Layout, type Size, layoutOf} from './layout.ts';
import {lineRows, lockRows, onlineRows} from './parts.ts';
import {type State} from './state.ts';

export function layoutFor({answer}: State, size: Size): Layout {
	const amounts = {
		online: answer?.status.online ?? 0,
		locks: answer?.top.locked ?? 0,
		lines: answer?.top.lines.length ?? 0,
	};
	return layoutOf(size, amounts);
}

/** Exactly `size.rows` rows of `size.columns` cells. `place` is the data directory. */
export function topRows(state: State, size: Size, place: string): Row[] {
	const layout = layoutFor(state, size);
	const {columns, rows, isWide, isRoomy} = layout;
	const head = [titleRow(state, place, columns), figuresRow(state, layout), ...paceRows(state, layout)];
	const names = [...onlineRows(state, layout), ...lockRows(state, layout)];
	const lines = lineRows(state, layout);
	const body = isWide ? beside(names, lines) : [...names, ...lines];
	const keys = spread([span('q leaves', 'muted')], [span('↑ ↓ PgUp PgDn Home End: names', 'muted')], columns);
	return [...head, ...body, ...(isRoomy ? [keys] : [])].slice(0, rows).map(row => fitRow(row, columns));
}

function beside(left: readonly Row[], right: readonly Row[]): Row[] {
	return left.map((row, index) => [...row, span(index === 0 ? '┬' : '│', 'rule'), ...(right[index] ?? emptyRow)]);
}
