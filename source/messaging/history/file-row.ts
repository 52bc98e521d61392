// A file of this device that was offered, as the history keeps it.
import {type ConversationId} from '../conversation.ts';
import {type MessageName} from '../message.ts';

/** given: ours, for whoever it was offered to. fetching: somebody's, which the person here wants; it goes on by itself. done: it is there. */
export type FileState = 'given' | 'fetching' | 'done' | 'stopped' | 'failed';

export type FileRow = {
	readonly conversation: ConversationId;
	/** The message that offers it. */
	readonly message: MessageName;
	/** Of the file, or of the part of it that is there. */
	readonly path: string;
	/** Another one for another file of that path. */
	readonly stamp: string;
	/** Parts of the hash tree that are there. */
	readonly leaves: number;
	readonly state: FileState;
};
