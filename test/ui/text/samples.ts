// What terminals have met: each a grapheme and the cells it takes.
export const SAMPLES: ReadonlyArray<readonly [grapheme: string, cells: number]> = [
	['a', 1],
	['é', 1],
	['e\u0301', 1],
	['漢', 2],
	['한', 2],
	['ｱ', 1],
	['👍', 2],
	['👍🏽', 2],
	['👨‍👩‍👧‍👦', 2],
	['👩🏽‍❤️‍💋‍👨🏽', 2],
	['🏳️‍🌈', 2],
	['🇯🇵', 2],
	['🏴󠁧󠁢󠁥󠁮󠁧󠁿', 2],
	['❤️', 2],
	['1️⃣', 2],
	['กี่', 1],
	['ש', 1],
];

/** What attacks and accidents are made of. */
export const NASTY: readonly string[] = [
	...Array.from('\u0000\u0007\b\t\n\v\r\u001B\u007F\u0085\u009B\u009D\u00AD\u034F\u061C\u0600\u200B\u200C\u200D\u200E'),
	...Array.from('\u202E\u2028\u2029\u2066\u2069\u2060\u3164\u1100\u1161\u115F\uFEFF\uFE0F\uFFF9\uFFFE\uD83D!\uDC00'),
	...Array.from('\u0336\u0301\u093E\u094D\u0915\u20E3\u{E0067}\u{E007F}\u{1F3F4}\u{1F3FD}👩🇯 a漢1'),
	'\r\n',
	'[31m',
	']52;c;',
];
