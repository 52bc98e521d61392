// A row of bars, one a value: how something went, in the height of one line.

const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** The last `width` of `values`, the newest at the right end. Nothing is the lowest bar, anything more is higher, the most is the highest. */
export function sparkline(values: readonly number[], width: number): string {
	const shown = width > 0 ? values.slice(-width) : [];
	const most = Math.max(1, ...shown);
	const bars = shown.map(value => BARS[Math.ceil((value / most) * (BARS.length - 1))]);
	return bars.join('').padStart(width);
}
