// Signs that terminals count differently, or that somebody sends to disturb a screen: each is put wherever text is drawn.

/** Code points, in hexadecimal where the sign could not be told from another in an editor. */
const hidden = (...points: readonly number[]) => String.fromCodePoint(...points);

const MARKS = [0x351, 0x36b, 0x313, 0x36a, 0x302, 0x36b, 0x33d, 0x34f, 0x334, 0x319, 0x324, 0x31c, 0x349, 0x32f, 0x31e];

const groups: ReadonlyArray<readonly string[]> = [
	// Skin tones, selectors, keys
	['👋🏽', '👍🏿', '🧑🏿‍🚀', '👩🏽‍❤️‍💋‍👨🏻', '🫱🏼‍🫲🏿', '🏽'],
	['❤️', '☺️', '✌️', '⚠️', '☑️', '©️', '‼️', '🅰️', '♥️', '☠', '☠︎', '♥', '👁️‍🗨️', '⌚', '🀄', '🫨', '🫩'],
	['1️⃣', '#️⃣', '1⃣'],
	// Flags, whole and halved
	['🇨🇭', '🇺🇳', '🇨', '🏳️‍🌈', '🏴󠁧󠁢󠁥󠁮󠁧󠁿'],
	// What joiners join
	['👨‍👩‍👧‍👦', '🐻‍❄️', '🏳‍🌈', '❤️‍🔥'],
	// Scripts with marks, with vowels that have a place, with letters that join
	['é́́́', 'n̈̃', 'क्षि', 'क्ष', 'நி', 'கௌ', 'กำ', 'กี่', 'ກຳ', 'မြန်', 'ខ្មែរ', 'ᬓᬸ', 'བོད', 'ש', 'שָׁ', 'ش', 'لا', 'ﷺ', '﷽'],
	// East Asian: whole, in parts, half as wide, compatible, with a variant
	['ぱ', 'は゜', 'ﾞ', 'ｶﾞ', '한', '각', '㍿', '葛󠄀', '々', '〱', '𠮷', 'ㄱ'],
	[hidden(0x11_00, 0x11_61, 0x11_a8), hidden(0x11_00, 0x11_00, 0x11_61)],
	// Ambiguous, private, and wider than their cells
	['①', '★', '…', '–', '→', '꧁꧂', '⸻', '𒐫', '𒈙', '🖕', '⿻', '♔', '🮲', '𝔘'],
	[hidden(0xe0_b0), hidden(0xf_00_01), hidden(0x10_00_00), hidden(0x10_ff_fd)],
	// Without width: alone, before and behind letters
	[
		`${hidden(0x20_60)}x`,
		`${hidden(0xad)}y`,
		`${hidden(0x31_64)}z`,
		`${hidden(0x20_0b)}a`,
		`${hidden(0x20_0d)}b`,
		`a${hidden(0x20_0d)}`,
		`a${hidden(0x20_0e)}b${hidden(0x20_0f)}c`,
		`${hidden(0x20_2e)}abc${hidden(0x20_2c)}`,
		`${hidden(0x20_67)}abc`,
		`a${hidden(0xfe_0f)}`,
		`a${hidden(0xfe_00)}`,
		`a${hidden(0xe_00_67, 0xe_00_62)}`,
		hidden(0xe_00_67, 0xe_00_62),
		hidden(0x3_01),
		hidden(0x9_3e),
	],
	// A tower of marks
	[
		`Z${hidden(0x3_51, 0x3_6b, 0x3_13, 0x3_6a, 0x3_02, 0x3_6b, 0x3_3d, 0x3_4f, 0x3_34, 0x3_19, 0x3_24, 0x3_1e, 0x3_49, 0x3_5a, 0x3_2f, 0x3_1e, 0x3_20, 0x3_4d)}A${hidden(0x3_34, 0x3_35, 0x3_1c, 0x3_30, 0x3_54, 0x3_6b, 0x3_57, 0x3_62)}`,
		`Z${hidden(...MARKS)}A${hidden(...MARKS, ...MARKS)}`,
		`o${hidden(...Array.from({length: 200}, (_, index) => 0x300 + (index % 0x50)))}`,
		`g${hidden(0x20_dd)}`,
	],
];

export const CLUSTERS = groups.flat();
