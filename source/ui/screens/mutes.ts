// Who brings no notifications: the list says it, whichever process or device has set it.
import {MUTE} from '../../client/facade.ts';
import {type ConversationId, contactIn} from '../../client/snapshot.ts';
import {type ScreenClient} from '../screen-controls.ts';

export function isMutedIn(client: Pick<ScreenClient, 'snapshot'>, conversation: ConversationId): boolean {
	return contactIn(client.snapshot(), conversation)?.muted === true;
}

/** Throws ClientError: not-signed-in, disk. */
export function muteIn(client: Pick<ScreenClient, 'remember'>, conversation: ConversationId, isMuted: boolean): void {
	client.remember(MUTE, isMuted ? 'yes' : undefined, conversation);
}
