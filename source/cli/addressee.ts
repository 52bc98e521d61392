// Whom a command writes to: somebody in the list, or a name that the directory knows.
import {type Client, ClientError} from '../client/facade.ts';
import {type ConversationId, talkWith} from '../client/snapshot.ts';

/**
 * The talk with whoever has this name. Without the directory a name that is not in the list is taken as it is: what is written to it
 * waits. Throws ClientError: bad-name, unknown-contact when there is no such name, refused.
 */
export async function addressee(client: Pick<Client, 'lookUp'>, typed: string): Promise<ConversationId> {
	try {
		return talkWith(await client.lookUp(typed));
	} catch (error) {
		if (error instanceof ClientError && error.code === 'unreachable') return talkWith(typed);
		throw error;
	}
}
