// An edit: the sender's own message has another text now.
import {type ActKind, textValue} from './act.ts';
import {TEXT_LIMIT} from './text.ts';

/** Edits of one message that are kept, the latest ones: its former texts, beside the first. */
export const EDITS_KEPT = 32;

export const textEdit: ActKind<'edit'> = {
	name: 'edit',
	number: 4,
	row: 1,
	about: 'own',
	effect: 'text',
	// An edit to nothing would be a deletion.
	value: textValue(TEXT_LIMIT, text => text !== ''),
	none: undefined,
	kept: EDITS_KEPT,
	event: text => ({text}),
};
