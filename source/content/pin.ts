// A pin: this message stands above the conversation, for both; false takes it off.
import {type ActKind} from './act.ts';

const PINNED = 'pinned';
const NONE = '';

export const pin: ActKind<'pin'> = {
	name: 'pin',
	number: 11,
	row: 7,
	about: 'any',
	effect: 'setting',
	value: {
		accepts: item => typeof item === 'boolean',
		encode: value => value === PINNED,
		decode: isPinned => (isPinned === true ? PINNED : NONE),
	},
	none: NONE,
	kept: 1,
	event: value => ({pinned: value !== NONE}),
};
