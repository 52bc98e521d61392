// How many cells a character takes, and which characters share them: without this the emulator knows nothing of emoji.
import type {IUnicodeVersionProvider} from '@xterm/headless';

const wide =
	/[\p{Emoji_Presentation}\u1100-\u115F\u2329\u232A\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97C\uAC00-\uD7A3\uF900-\uFAFF\uFE10-\uFE19\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6\u{16FE0}-\u{18DFF}\u{1AFF0}-\u{1B2FF}\u{20000}-\u{3FFFD}]/v;
const widthless = /[[\p{Mn}\p{Me}\p{Cf}\u1160-\u11FF]--\u{AD}]/v;
const pictograph = /\p{Extended_Pictographic}/v;
/** What the selector makes an emoji of: digits too. */
const maybeEmoji = /\p{Emoji}/v;
const flagHalf = /\p{Regional_Indicator}/v;
const skinTone = /\p{Emoji_Modifier}/v;
const ZERO_WIDTH_JOINER = 0x20_0d;
const EMOJI_SELECTOR = 0xfe_0f;

/** What the emulator keeps of the character before, for the next to see. */
const BEFORE = {other: 0, joiner: 1, flagHalf: 2, emoji: 3} as const;

/** Joins emoji sequences, flags and marks into one cluster of two cells, as terminals of today do. */
export const clusters: IUnicodeVersionProvider = {
	version: 'clusters',

	wcwidth(code) {
		const character = String.fromCodePoint(code);
		if (widthless.test(character)) return 0;
		return wide.test(character) ? 2 : 1;
	},

	/** Packed as the emulator wants it: what to keep, two bits of width, and whether this joins the cell before. */
	charProperties(code, preceding) {
		const character = String.fromCodePoint(code);
		const [before, widthBefore] = [preceding >> 3, (preceding >> 1) & 3];
		const completesFlag = before === BEFORE.flagHalf && flagHalf.test(character);
		const isJoined =
			completesFlag ||
			(before === BEFORE.joiner && pictograph.test(character)) ||
			(widthBefore === 2 && skinTone.test(character)) ||
			(widthBefore > 0 && this.wcwidth(code) === 0);

		let width: number = isJoined ? widthBefore : this.wcwidth(code);
		if (code === EMOJI_SELECTOR && before === BEFORE.emoji) width = 2;
		let kept: number = BEFORE.other;
		if (code === ZERO_WIDTH_JOINER) kept = BEFORE.joiner;
		else if (flagHalf.test(character)) kept = completesFlag ? BEFORE.other : BEFORE.flagHalf;
		else if (maybeEmoji.test(character)) kept = BEFORE.emoji;
		return (kept << 3) | (width << 1) | Number(isJoined);
	},
};
