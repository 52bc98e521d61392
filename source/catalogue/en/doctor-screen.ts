// The path doctor on the screen; what it finds is in doctor.ts.
export const doctorScreen = {
	title: 'Path doctor',
	hint: '↑ ↓ scroll · Esc closes',
	/** Labels in front of what to do first, and of what was thrown away: some 12 cells. */
	nextStep: 'next step',
	dropped: 'dropped',
	/** Behind them, where there is nothing to say. */
	noStep: 'none: all is well',
	nothingDropped: 'nothing since the start',
};
