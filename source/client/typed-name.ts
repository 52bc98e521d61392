// What a person typed for somebody: the account with that name, and the talk with them.
import {foldName} from '../wire/name.ts';
import {ClientError} from '../os/errors.ts';
import {type ConversationId, talkWith} from '../messaging/conversation.ts';
import {catalogue} from '../catalogue/catalogue.ts';

/** A typed name as the directory spells it. Throws ClientError 'bad-name'. */
export function typedName(typed: string): string {
	const name = foldName(typed);
	if (name !== undefined) return name;
	throw new ClientError('bad-name', catalogue.refusals.noName);
}

/** The talk of two with whoever has this name. Throws ClientError 'bad-name'. */
export function typedTalk(typed: string): ConversationId {
	return talkWith(typedName(typed));
}
