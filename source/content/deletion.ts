// A deletion: the sender's own message is gone, on both sides and for ever.
import {type ActKind} from './act.ts';

export const deletion: ActKind<'delete'> = {
	name: 'delete',
	number: 5,
	row: 2,
	about: 'own',
	effect: 'text',
	value: undefined,
	none: undefined,
	kept: 1,
	event: () => ({}),
};
