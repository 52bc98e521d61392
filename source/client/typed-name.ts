// What a person typed for somebody: the account with that name, and the talk with them.
import {foldName} from '../wire/name.ts';
import {ClientError} from '../os/errors.ts';
import {type ConversationId, talkWith} from '../messaging/conversation.ts';

/** A typed name as the directory spells it. Throws ClientError 'bad-name'. */
export function typedName(typed: string): string {
	const name = foldName(typed);
	if (name !== undefined) return name;
	throw new ClientError(
		'bad-name',
		'that is no name: one has 1 to 32 of a–z, 0–9, dot, underscore and hyphen, and starts with a letter',
	);
}

/** The talk of two with whoever has this name. Throws ClientError 'bad-name'. */
export function typedTalk(typed: string): ConversationId {
	return talkWith(typedName(typed));
}
