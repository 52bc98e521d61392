// Messages for histories of tests, and a place for these.
import {Buffer} from 'node:buffer';
import path from 'node:path';
import {type ExecutionContext} from 'ava';
import {type Message} from '../../../source/client/snapshot.ts';
import {temporaryFolder} from '../../../tools/temporary-folder.ts';
import {talkWith} from '../../../source/messaging/conversation.ts';

export const key = Buffer.alloc(32, 7);

/** Message `number`, of that moment. */
export function message(direction: Message['direction'], account: string, number: number, text: string): Message {
	const id = number.toString(16).padStart(32, '0');
	return {id, conversation: talkWith(account), direction, time: number, text, state: 'delivered', reason: undefined};
}

export async function historyFile(t: ExecutionContext): Promise<string> {
	return path.join(temporaryFolder(t), 'history.db');
}
