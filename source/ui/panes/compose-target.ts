// The line above the composer while the draft replies to a message or edits one.
import {type ConversationId, type MessageName, otherIn} from '../../client/snapshot.ts';
import {safeName} from '../text/safe.ts';
import {truncate, widthOf} from '../text/width.ts';
import {type ScreenRow, fitRow, span} from '../widgets/spans.ts';
import {oneLine} from './about-message.ts';

export type ComposeTarget = {
	readonly kind: 'reply' | 'edit';
	readonly conversation: ConversationId;
	readonly message: MessageName;
	/** The text of that message. */
	readonly text: string;
};

/** Cells of a space and two quotation marks; and the fewest cells in which the text is quoted. */
const QUOTES = 3;
const LEAST = 4;

export function targetRow({kind, conversation, message, text}: ComposeTarget, width: number): ScreenRow {
	const whom = message.direction === 'out' ? 'your message' : safeName(otherIn(conversation));
	const head = kind === 'edit' ? 'Editing' : `Replying to ${whom}`;
	const tail = kind === 'edit' ? ' · Enter saves · Esc cancels' : ' · Esc cancels';
	const room = width - widthOf(head) - widthOf(tail) - QUOTES;
	// Without room for the text, the line still says what is written and which key ends it.
	const quoted = room < LEAST ? '' : ` “${truncate(oneLine(text), room)}”`;
	return fitRow([span(head, 'title'), span(quoted), span(tail, 'muted')], width);
}
