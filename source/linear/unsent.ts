// What was typed and may not be sent yet: it is kept until the person has decided what stands in its way, and offered then. Pure.
import {type ConversationId, type MessageName, type Snapshot, contactIn, otherIn} from '../client/snapshot.ts';
import {type Question} from '../ui/screen-controls.ts';
import {undecidedAbout} from '../ui/screens/talk-view.ts';
import {keyChoices, requestChoices} from './linear-news.ts';
import {quoted} from './linear-words.ts';

export type Unsent = {
	readonly conversation: ConversationId;
	readonly text: string;
	readonly reply: MessageName | undefined;
};

/** Why nothing is sent in a conversation just now, and what to do; undefined where it is. */
export function refusalLines(snapshot: Snapshot, conversation: ConversationId): string[] | undefined {
	const name = otherIn(conversation);
	const undecided = undecidedAbout(snapshot, conversation);
	if (undecided === 'key') return [`Not sent: the key of ${name} has changed.`, keyChoices(name)];
	return undecided && [`Not sent: ${name} is not in your list.`, requestChoices(name)];
}

/** Whether what was refused still waits for a decision, is to be asked about, or is out of place. */
export function fateOf(
	{conversation}: Unsent,
	snapshot: Snapshot,
	open: ConversationId | undefined,
): 'waits' | 'ask' | 'drop' {
	const contact = contactIn(snapshot, conversation);
	if (contact === undefined || contact.blocked) return 'drop';
	if (undecidedAbout(snapshot, conversation) !== undefined) return 'waits';
	return conversation === open ? 'ask' : 'drop';
}

export function sendQuestion({text}: Unsent, send: () => void): Question {
	return {
		words: `you typed before: ${quoted(text)}`,
		keep: 'not sent',
		choices: [{label: 'send it', act: send}],
	};
}
