// What became of a file that was offered, as each side says it.
import {type ActKind} from './act.ts';

/** In the order of their numbers on the wire, from 1 on. 'stopped' is for either side, the others are the receiver's. */
export const FILE_ANSWERS = ['accepted', 'declined', 'received', 'stopped'] as const;
export type FileAnswer = (typeof FILE_ANSWERS)[number];

export const fileAnswer: ActKind<'file'> = {
	name: 'file',
	number: 13,
	row: 8,
	about: 'any',
	effect: 'mark',
	value: {
		accepts: item => Number.isInteger(item) && FILE_ANSWERS[Number(item) - 1] !== undefined,
		encode: value => FILE_ANSWERS.indexOf(value as FileAnswer) + 1,
		decode: item => FILE_ANSWERS[Number(item) - 1]!,
	},
	none: undefined,
	kept: 1,
	event: value => ({file: value}),
};
