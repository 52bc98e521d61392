// How far a file is on its way, as a person is shown it.
import {type ConversationId} from '../conversation.ts';
import {type MessageName, messageKey} from '../message.ts';

/**
 * limit: the file is larger than the person takes. no-room: the disk has less free space than the file is large. folder: the folder cannot be written to. changed, unreadable: the file is not, at its
 * sender, what was offered, or cannot be read. missing: the device that offered it does not have it any more. damaged: what came is not what was
 * offered. disk: a write failed.
 */
export const FILE_PROBLEMS = [
	'limit',
	'no-room',
	'folder',
	'changed',
	'unreadable',
	'missing',
	'damaged',
	'disk',
] as const;
export type FileProblem = (typeof FILE_PROBLEMS)[number];

/** waiting: for the device that has the file, or for its turn; 'running': some of it came lately. */
export type TransferState = 'waiting' | 'running' | 'checking' | 'done' | 'stopped' | 'failed';

export type Transfer = {
	readonly conversation: ConversationId;
	/** The message that offers the file; of direction 'out' it is ours. */
	readonly message: MessageName;
	readonly state: TransferState;
	/** Of a failed one. */
	readonly problem?: FileProblem;
	/** Bytes that are there, and of the whole file. */
	readonly done: number;
	readonly size: number;
	/** Bytes a second of late; 0 while nothing is known. */
	readonly rate: number;
	/** The file here: ours, or where it is saved once it is done. */
	readonly path?: string;
};

/** Names a transfer, on this device. */
export function transferKey({conversation, message}: Pick<Transfer, 'conversation' | 'message'>): string {
	return `${messageKey(message)} ${conversation}`;
}
