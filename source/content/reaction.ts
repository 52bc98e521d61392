// A reaction: what the sender thinks of a message; '' takes it back.
import {type ActKind, textValue} from './act.ts';

/** Bytes of UTF-8. */
export const EMOJI_LIMIT = 64;

export const reaction: ActKind<'reaction'> = {
	name: 'reaction',
	number: 6,
	row: 3,
	about: 'any',
	effect: 'mark',
	value: textValue(EMOJI_LIMIT),
	none: '',
	kept: 1,
	event: emoji => ({emoji}),
};
