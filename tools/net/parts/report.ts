// What a part of the run found: its lines, and how many of them are as they should be.
export type Report = {
	/** Prints a line, which counts nothing. */
	readonly say: (words: string) => void;
	/** Prints a line with a mark, and counts it. */
	readonly judge: (isGood: boolean, words: string) => void;
};

export type Tally = {good: number; all: number};

export const MARKS = {good: '✔', bad: '✘'} as const;

/** Counts into `tally`, and hands each line to `print`. */
export function reportInto(tally: Tally, print: (line: string) => void): Report {
	return {
		say: words => print(words),
		judge(isGood, words) {
			tally.all++;
			if (isGood) tally.good++;
			print(`${isGood ? MARKS.good : MARKS.bad} ${words}`);
		},
	};
}
