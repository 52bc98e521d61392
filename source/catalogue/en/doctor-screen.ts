// The path doctor on the screen; what it finds is in doctor.ts.
export const doctorScreen = {
	title: 'Path doctor',
	hint: '↑ ↓ scroll · Esc closes',
	/** A label, in front of what was thrown away: at most 12 cells. */
	dropped: 'dropped',
	/** Behind the labels, where there is nothing to say. */
	noStep: 'none: all is well',
	nothingDropped: 'nothing since the start',
};
