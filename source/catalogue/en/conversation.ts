// What stands with messages in a conversation.
import {pluralIn} from '../plural.ts';

const plural = pluralIn('en');

export const conversation = {
	/** Around a text that is quoted, with the quotation marks of this language. */
	quoted: (text: string) => `“${text}”`,
	/** Behind a message that was changed. */
	edited: 'edited',
	/** In place of the text of a message that is replied to. */
	notHere: 'a message that is not here',
	/** In place of the text of a deleted message. */
	deleted: 'deleted by its sender',
	/** In a line of its own, where it was learned. */
	devices: (name: string, count: number) =>
		plural(count, {one: `${name} now uses ${count} device`, other: `${name} now uses ${count} devices`}),
	/** In the line above the first unread message. */
	newMessages: (count: number) => `${count} new`,
	/** In place of the end of a long message; and of one that is selected, where Enter opens it. */
	moreLines: (count: number) => plural(count, {one: `${count} more line`, other: `${count} more lines`}),
	moreLinesEnter: (count: number) =>
		plural(count, {one: `${count} more line: Enter opens`, other: `${count} more lines: Enter opens`}),
	/** Why a message was not sent, behind it. Commands stay as they are. */
	failed: {
		'identity-changed': 'the identity key has changed: /verify or /trust, then /retry',
		blocked: 'blocked: /block to undo, then /retry',
		cancelled: 'taken back: /retry sends it',
		refused: 'their simchat cannot read it',
	},
	/** The line above the input while a message is replied to or edited. In one line: as few cells as can be. */
	replyingTo: (name: string) => `Replying to ${name}`,
	replyingToOwn: 'Replying to your message',
	editing: 'Editing',
	escCancels: 'Esc cancels',
	enterSavesEscCancels: 'Enter saves · Esc cancels',
};
