// The line above the composer while the draft replies to a message or edits one.
import {catalogue} from '../../catalogue/catalogue.ts';
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

/** The fewest cells in which the text is quoted. */
const LEAST = 4;

export function targetRow({kind, conversation, message, text}: ComposeTarget, width: number): ScreenRow {
	const words = catalogue.conversation;
	const replying =
		message.direction === 'out' ? words.replyingToOwn : words.replyingTo(safeName(otherIn(conversation)));
	const head = kind === 'edit' ? words.editing : replying;
	const tail = ` · ${kind === 'edit' ? words.enterSavesEscCancels : words.escCancels}`;
	const room = width - widthOf(head) - widthOf(tail) - widthOf(` ${words.quoted('')}`);
	// Without room for the text, the line still says what is written and which key ends it.
	const quoted = room < LEAST ? '' : ` ${words.quoted(truncate(oneLine(text), room))}`;
	return fitRow([span(head, 'title'), span(quoted), span(tail, 'muted')], width);
}
