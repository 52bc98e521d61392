// How many cells a terminal gives to a grapheme of several code points: terminals differ in a few ways, and each is a number here.
import stringWidth from 'string-width';

/** What a terminal does, in cells; `USUAL` is what those do that know of grapheme clusters. */
export type CellRules = {
	/** A skin tone behind its emoji adds so many: 👋🏽. */
	readonly tone: number;
	/** A selector that asks for an emoji (U+FE0F) adds so many to a narrow sign: ❤️. */
	readonly selector: number;
	/** The frame of a key (U+20E3) adds so many to its sign: 1️⃣. */
	readonly keycap: number;
	/** The two letters of a flag take so many: 🇨🇭. */
	readonly flag: number;
	/** What a joiner joins has cells of its own (1) or shares those before (0): 👨‍👩‍👧‍👦. */
	readonly joined: number;
	/** A vowel sign that has a place of its own adds so many: நி. */
	readonly spacing: number;
	/** A vowel that is a letter to Unicode adds so many to the one before: กำ. */
	readonly vowel: number;
	/** A letter behind one whose vowel is taken away adds so many: क्ष. */
	readonly conjunct: number;
	/** Each vowel or final letter of a syllable of hangul that is written in its parts adds so many: 각. */
	readonly jamo: number;
	/** Signs that are narrow in the West and wide in the East (UAX #11, ambiguous) take so many: ①. */
	readonly ambiguous: number;
};

export const USUAL: CellRules = {
	tone: 0,
	selector: 1,
	keycap: 1,
	flag: 2,
	joined: 0,
	spacing: 1,
	vowel: 1,
	conjunct: 1,
	jamo: 0,
	ambiguous: 1,
};

const JOINER = '\u200D';
const EMOJI_SELECTOR = '\uFE0F';
const KEY = '\u20E3';

const flagHalf = /^\p{Regional_Indicator}/u;
const tone = /^\p{Emoji_Modifier}/u;
const pictograph = /^\p{Extended_Pictographic}/u;
const silent = /^[\p{Mn}\p{Me}\p{Cf}\p{Default_Ignorable_Code_Point}]/u;
const spacingMark = /^\p{Mc}/u;
/** Sara am, and its Lao sister: letters that never stand alone (UAX #29, SpacingMark). */
const lateVowel = /^[\u0E33\u0EB3]/u;
const laterJamo = /^[\u1160-\u11FF\uD7B0-\uD7C6\uD7CB-\uD7FB]/u;
const brahmic = /^[\u0900-\u0DFF\u1000-\u109F\u1780-\u17FF\u1A00-\u1BFF\uA980-\uA9DF\uAAE0-\uAAFF\uABC0-\uABFF]/u;

/** Cells that a terminal with these `rules` gives to one grapheme. */
export function clusterWidth(grapheme: string, rules: CellRules): number {
	const points = Array.from(grapheme);
	let width = 0;
	/** Of the last sign that was counted. */
	let last = 0;
	let pictographs = 0;
	let isJoined = false;
	for (const [index, point] of points.entries()) {
		let cells = 0;
		if (point === EMOJI_SELECTOR) {
			cells = last === 1 && points[index + 1] !== KEY ? rules.selector : 0;
			last = 0;
		} else if (point === KEY) cells = width === 1 ? rules.keycap : 0;
		else if (silent.test(point)) cells = 0;
		else if (index === 0) cells = baseWidth(point, rules);
		else if (flagHalf.test(point)) cells = rules.flag - width;
		else if (tone.test(point)) cells = rules.tone;
		else if (isJoined && pictograph.test(point)) cells = rules.joined * baseWidth(point, rules);
		else if (lateVowel.test(point)) cells = rules.vowel;
		else if (spacingMark.test(point)) cells = rules.spacing;
		else if (laterJamo.test(point)) cells = rules.jamo;
		else if (brahmic.test(point)) cells = rules.conjunct * baseWidth(point, rules);
		else cells = baseWidth(point, rules);

		if (pictograph.test(point)) pictographs++;
		if (point !== JOINER && !silent.test(point)) last = isJoined && rules.joined === 0 ? 0 : cells;
		isJoined = point === JOINER;
		width += Math.max(0, cells);
	}

	// An emoji that lacks its selector is one to who joins it nevertheless.
	const isEmoji = pictographs > 1 && rules.joined === 0 && rules.selector === 1 && points.includes(JOINER);
	return isEmoji ? Math.max(2, width) : width;
}

/** Of a code point alone. */
function baseWidth(point: string, {ambiguous}: CellRules): number {
	if (flagHalf.test(point)) return 1;
	if (ambiguous === 1) return stringWidth(point);
	return stringWidth(point, {ambiguousIsNarrow: false});
}
