// What was typed and may not be sent yet: it is kept until the person has decided what stands in its way, and offered then. Pure.
import {type ConversationId, type MessageName, type Snapshot, contactIn, otherIn} from '../client/snapshot.ts';
import {type Question} from '../ui/screen-controls.ts';
import {undecidedAbout} from '../ui/screens/talk-view.ts';
import {keyChoices, requestChoices} from './linear-news.ts';
import {quoted} from './linear-words.ts';
import {catalogue} from '../catalogue/catalogue.ts';

export type Unsent = {
	readonly conversation: ConversationId;
	readonly text: string;
	readonly reply: MessageName | undefined;
};

/** Why nothing is sent in a conversation just now, and what to do; undefined where it is. */
export function refusalLines(snapshot: Snapshot, conversation: ConversationId): string[] | undefined {
	const name = otherIn(conversation);
	const undecided = undecidedAbout(snapshot, conversation);
	if (undecided === 'key') return [catalogue.linear.notSentKey(name), keyChoices(name)];
	return undecided && [catalogue.linear.notSentRequest(name), requestChoices(name)];
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
		words: catalogue.linear.youTyped(quoted(text)),
		keep: catalogue.linear.keepUnsent,
		choices: [{label: catalogue.linear.sendIt, act: send}],
	};
}
