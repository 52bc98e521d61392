// The one table that a run prints: each figure beside its limit, and whether it keeps what was promised.

export type Unit = 'µs' | 'ms' | '/s' | 'KiB' | 'MiB' | 'B' | 's' | 'kB/s';

/** `must` is what is promised, `goal` what is hoped for; of the value, or of its ratio to the limit. */
export type Target = {
	readonly of: 'value' | 'ratio';
	readonly sign: '≤' | '≥';
	readonly must: number;
	readonly goal: number;
};

export type Row = {
	readonly what: string;
	/** A figure, or in words why there is none. */
	readonly measured: number | string;
	readonly unit?: Unit;
	/** What bounds the figure, in the same unit, measured in the same run. */
	readonly limit?: {readonly what: string; readonly value: number};
	readonly target?: Target;
};

export type Verdict = 'goal' | 'must' | 'missed' | undefined;

export function ratioOf({measured, limit}: Row): number | undefined {
	return typeof measured === 'number' && limit !== undefined ? measured / limit.value : undefined;
}

/** Undefined where there is nothing to judge. */
export function verdictOf(row: Row): Verdict {
	const {target, measured} = row;
	const value = target?.of === 'ratio' ? ratioOf(row) : measured;
	if (target === undefined || typeof value !== 'number') return undefined;
	const keeps = (bound: number) => (target.sign === '≤' ? value <= bound : value >= bound);
	return keeps(target.goal) ? 'goal' : keeps(target.must) ? 'must' : 'missed';
}

const verdicts = {goal: 'must ✔ goal ✔', must: 'must ✔ goal ✘', missed: 'must ✘'};
const heads = ['what', 'measured', 'limit beside it, same run', 'ratio', 'target: must / goal', 'met'];
/** Columns of figures stand right. */
const right = new Set([1, 3]);

export function tableText(rows: readonly Row[]): string {
	const cells = rows.map(row => cellsOf(row));
	const widths = heads.map((head, column) => Math.max(head.length, ...cells.map(line => line[column]!.length)));
	const lines = [heads, widths.map(width => '─'.repeat(width)), ...cells].map(line =>
		line
			.map((cell, column) => (right.has(column) ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)))
			.join('  ')
			.trimEnd(),
	);
	const judged = rows.map(row => verdictOf(row)).filter(verdict => verdict !== undefined);
	const kept = judged.filter(verdict => verdict !== 'missed').length;
	return `${lines.join('\n')}\n\n${kept} of ${judged.length} musts met, ${judged.filter(verdict => verdict === 'goal').length} goals\n`;
}

function cellsOf(row: Row): string[] {
	const {what, measured, unit, limit, target} = row;
	const ratio = ratioOf(row);
	const verdict = verdictOf(row);
	const bound = (value: number) => (target?.of === 'value' ? figure(value, unit) : String(value));
	const bounds = target === undefined ? [] : [target.must, target.goal];
	const isOfRatio = target?.of === 'ratio';
	return [
		what,
		typeof measured === 'number' ? figureBeside(measured, isOfRatio ? [] : bounds, unit) : measured,
		limit === undefined ? '' : `${figure(limit.value, unit)} ${limit.what}`,
		ratio === undefined ? '' : figureBeside(ratio, isOfRatio ? bounds : []),
		target === undefined
			? ''
			: `${target.of === 'ratio' ? 'ratio ' : ''}${target.sign} ${bound(target.must)} / ${bound(target.goal)}`,
		verdict === undefined ? '' : verdicts[verdict],
	];
}

/** What a double holds. */
const MOST_DIGITS = 17;

/** With as many more digits as tell `value` from bounds that it does not meet exactly. */
function figureBeside(value: number, bounds: readonly number[], unit?: Unit): string {
	const isApart = (digits: number) =>
		bounds.every(bound => bound === value || figure(bound, unit, digits) !== figure(value, unit, digits));
	let digits = 3;
	while (digits < MOST_DIGITS && !isApart(digits)) digits++;
	return figure(value, unit, digits);
}

/** So many digits that count, thousands set apart. */
export function figure(value: number, unit?: Unit, digits = 3): string {
	const isShort = Math.abs(value) < 10 ** (digits - 1);
	const text = isShort ? String(Number(value.toPrecision(digits))) : Math.round(value).toLocaleString('en');
	return unit === undefined ? text : unit === '/s' ? `${text}/s` : `${text} ${unit}`;
}
