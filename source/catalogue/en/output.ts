// What is told of this machine's disk and of standard output. It follows `simchat: `.
export const output = {
	/** `code`: the system's, such as ENOSPC; `advice`: one of the two below. */
	cannotWrite: (code: string, advice: string) => `cannot write to standard output (${code}): ${advice}`,
	nobodyReads: 'nobody reads it any more',
	makeRoom: 'make room, or write to another place',
};
