// How long something is to last, as a person types it: `30s`, `5m`, `1h`, `1d`, `1w`, or `off`.

const UNITS: Readonly<Record<string, number>> = {s: 1, m: 60, min: 60, h: 3600, d: 86_400, w: 604_800};

/** Seconds, 0 for `off`; undefined for what is neither. */
export function typedSeconds(typed: string): number | undefined {
	if (typed === 'off') return 0;
	const [, count = '', unit = ''] = /^(\d{1,8}) ?([a-z]+)$/.exec(typed) ?? [];
	const seconds = Number(count) * (UNITS[unit] ?? Number.NaN);
	return seconds > 0 ? seconds : undefined;
}
