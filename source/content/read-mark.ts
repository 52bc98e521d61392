// A reading: the receiver's messages up to this one have been seen.
import {type ActKind} from './act.ts';

export const readMark: ActKind<'read'> = {
	name: 'read',
	number: 7,
	row: 4,
	about: 'others',
	effect: 'reading',
	value: undefined,
	none: undefined,
	kept: 1,
	event: () => ({}),
};
