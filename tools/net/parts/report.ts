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

/** What does not come about is a bad line of its own. */
export async function reported(report: Report, title: string, run: () => Promise<void>): Promise<void> {
	try {
		await run();
	} catch (error) {
		report.judge(false, `${title}: ${error instanceof Error ? error.message : String(error)}`);
	}
}
