// send: one message, and whether it reached the disk of its receiver.
import {type Client} from '../../client/facade.ts';
import {type ConversationId, type MessageName} from '../../client/snapshot.ts';
import {addressee} from '../addressee.ts';
import {type CommandIo} from '../command-io.ts';
import {untilDelivered} from '../until-delivered.ts';
import {type NewMessage} from '../to-send.ts';

/** Returns once the message is delivered. Throws Failure, 75 when it is kept for later, and ClientError. */
export async function send(
	client: Client,
	name: string,
	waitMs: number,
	{toSend, stop}: Pick<CommandIo, 'toSend' | 'stop'>,
): Promise<void> {
	const conversation = await addressee(client, name);
	const message = await toSend.next();
	if (message === undefined) return;
	const id = sendOnce(client, conversation, message, toSend);
	await untilDelivered(client, {conversation, id}, {waitMs, stop});
}

/** Sends a message that a process which has ended may have sent already; its id. */
export function sendOnce(
	client: Pick<Client, 'send'>,
	conversation: ConversationId,
	{id, text, isKept}: NewMessage,
	toSend: Pick<CommandIo['toSend'], 'kept'>,
	reply?: MessageName,
): string {
	if (!isKept) client.send(conversation, text, {id, reply});
	toSend.kept();
	return id;
}
