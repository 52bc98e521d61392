// The safety number, to be compared by two people.
export const verify = {
	title: (name: string) => `Safety number with ${name}`,
	hint: '↑ ↓ choose · Enter · Esc closes',
	escCloses: 'Esc closes',
	noNumber: (name: string) => `There is no safety number before the first message: write to ${name} first.`,
	/** The answers. */
	notYet: 'Not compared yet',
	match: 'They match: mark the key as verified',
	tooSmall: 'Make the window larger to answer.',
	/** What to do with the number: where there is no code to scan beside it, and where there is. */
	advice: (name: string) =>
		`Read it to ${name} in person or by telephone, or have them read theirs. Match: nobody is intercepting. No match: someone may be. Do not write here.`,
	adviceWithCode: (name: string) =>
		`Read it to ${name} in person or by telephone, or have them read theirs, or scan the code on their screen. Match: nobody is intercepting. No match: someone may be. Do not write here.`,
};
