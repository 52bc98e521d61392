// A timer: messages from here on disappear so many seconds after they were read; 0: they do not.
import {type ActKind} from './act.ts';

/** Seconds that a message may have before it disappears: a year. */
export const LIFETIME_LIMIT_S = 31_536_000;

export const timer: ActKind<'timer'> = {
	name: 'timer',
	number: 8,
	row: 5,
	about: 'conversation',
	effect: 'setting',
	value: {
		accepts: item => Number.isSafeInteger(item) && Number(item) >= 0 && Number(item) <= LIFETIME_LIMIT_S,
		encode: Number,
		decode: String,
	},
	none: '0',
	kept: 1,
	event: seconds => ({seconds: Number(seconds)}),
};
