// Text taken apart into graphemes (UAX #29), as Intl.Segmenter does. That takes 9 ms to make: it is made for the first text that needs it.

/**
 * Latin letters, controls but the carriage return, punctuation, arrows, lines and blocks, Chinese characters, kana, and what is as wide as
 * these: in a text of these alone each UTF-16 unit is a grapheme.
 */
const ALONE =
	/^[[\p{Cc}\u0020-\u02FF\u2010-\u2027\u2030-\u205E\u2190-\u25FF\u3001-\u3029\u3041-\u3096\u30A0-\u30FF\u4E00-\u9FFF\uFF01-\uFF5E]--\r]*$/v;

let made: Intl.Segmenter | undefined;

export const segmenter = {
	/** The graphemes of `text`, and where each begins. */
	segment(text: string): Pick<Intl.Segments, 'containing'> & Iterable<Intl.SegmentData> {
		if (isEachAlone(text)) return unitsOf(text);
		made ??= new Intl.Segmenter(undefined, {granularity: 'grapheme'});
		return made.segment(text);
	},
};

/** Whether each UTF-16 unit of `text` is a grapheme; of some texts it is not said that they are. */
export function isEachAlone(text: string): boolean {
	return ALONE.test(text);
}

function unitsOf(text: string) {
	const at = (index: number) => ({segment: text.charAt(index), index, input: text});
	return {
		*[Symbol.iterator]() {
			for (let index = 0; index < text.length; index++) yield at(index);
		},
		containing: (index = 0) => (index >= 0 && index < text.length ? at(index) : undefined),
	};
}
