// The whole screen as rows. Pure.
import {type ScreenRow, type Size, emptyRow, fitRow, span, spread} from '../ui/widgets/spans.ts';
import {figuresRow, paceRows, serverRow} from './head.ts';
import {type TopLayout, layoutOf} from './top-layout.ts';
import {lineRows, lockRows, onlineRows} from './parts.ts';
import {type State} from './state.ts';

export function layoutOfState({answer}: State, size: Size): TopLayout {
	const amounts = {
		online: answer?.status.online ?? 0,
		locks: answer?.top.locked ?? 0,
		lines: answer?.top.lines.length ?? 0,
	};
	return layoutOf(size, amounts);
}

/** Exactly `size.rows` rows of `size.columns` cells. `place` is the data directory. */
export function topRows(state: State, size: Size, place: string): ScreenRow[] {
	const layout = layoutOfState(state, size);
	const {columns, rows, isWide, isRoomy} = layout;
	const head = [serverRow(state, place, columns), figuresRow(state, layout), ...paceRows(state, layout)];
	const names = [...onlineRows(state, layout), ...lockRows(state, layout)];
	const lines = lineRows(state, layout);
	const body = isWide ? beside(names, lines) : [...names, ...lines];
	const keys = spread([span('q quits', 'muted')], [span('↑ ↓ PgUp PgDn Home End: names', 'muted')], columns);
	return [...head, ...body, ...(isRoomy ? [keys] : [])].slice(0, rows).map(row => fitRow(row, columns));
}

function beside(left: readonly ScreenRow[], right: readonly ScreenRow[]): ScreenRow[] {
	return left.map((row, index) => [...row, span(index === 0 ? '┬' : '│', 'rule'), ...(right[index] ?? emptyRow)]);
}
